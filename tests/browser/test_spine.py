"""One row of a street office's sheet goes all the way round, through the pages, on either database."""

import json
import re
from datetime import date, timedelta

import pytest
import xlsxwriter

from anlan.evidence import samples

pytestmark = pytest.mark.browser
WHAT = "二号库房防火门闭门器损坏,常开不能自闭"
FIRM = "河南砚澜精细化工有限公司"


def _sheet(path) -> None:
    """A title, a stamp, the header on row three, one row, a footnote: as a street office sends it."""
    day = (date.today() - timedelta(days=3)).strftime("%Y.%m.%d")
    rows = [
        ["安全生产隐患排查台账"],
        ["填报单位(盖章):经八路街道"],
        ["上报单位", "行业领域", "企业名称", "属地", "隐患分类", "隐患描述", "隐患位置", "检查方式",
         "检查人", "检查时间", "是否整改"],
        ["经八路街道", "危化", FIRM, "金水区", "消防", WHAT, "二号库房", "督导检查", "街道检查组", day, "否"],
        ["备注:本表每周五12:00前报送"],
    ]  # fmt: skip
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for n, row in enumerate(rows):
            page.write_row(n, 0, row)


def test_one_row_of_a_sheet_goes_all_the_way_round(served, sign_in, tmp_path):
    sheet, photo = tmp_path / "台账.xlsx", tmp_path / "after.jpg"
    _sheet(sheet)
    photo.write_bytes(samples.photo(77, put_right=True).data)

    office = sign_in("office")
    office.goto(f"{served.url}/sheets/")
    office.set_input_files("input[type=file]", str(sheet))
    office.click("button[type=submit]:has-text('上传')")
    assert "共1行,可接收1行" in office.inner_text(".head-note")
    office.click("button[value=import]")
    assert "已完成" in office.inner_text(".head-note")

    office.goto(f"{served.url}/hazards/?text={WHAT[:10]}")
    office.click("tbody a[data-open]")
    address = office.url
    number = office.inner_text("h1").strip()
    assert re.fullmatch(r"410105-\d{4}-\d{7}", number)
    office.click("a:has-text('交办')")
    office.select_option("select[name=to]", label="金水区应急管理局")
    office.fill("textarea[name=words]", "请依法核查处理")
    office.click("button[type=submit]:has-text('交办')")
    assert "已交办" in office.inner_text(".head-note")

    officer = sign_in("department")
    officer.goto(address)
    officer.click("a:has-text('签收')")
    officer.click("button[type=submit]:has-text('签收')")
    officer.click("a:has-text('责令整改')")
    officer.fill("input[name=due_on]", (date.today() - timedelta(days=1)).isoformat())
    officer.fill("textarea[name=requirement]", "更换闭门器")
    officer.click("button[type=submit]:has-text('责令整改')")
    assert "早于今天" in officer.inner_text(".refusal")
    officer.fill("input[name=due_on]", (date.today() + timedelta(days=5)).isoformat())
    officer.click("button[type=submit]:has-text('责令整改')")
    assert "整改中" in officer.inner_text(".head-note")

    firm = sign_in("principal", width=390)
    firm.goto(address)
    firm.click("a:has-text('提交整改')")
    firm.fill("textarea[name=measures]", "已更换闭门器并测试")
    firm.set_input_files("input[type=file]", str(photo))
    firm.wait_for_selector(".upload.is-done input[name=photos]", state="attached")
    firm.click("button[type=submit]:has-text('提交整改')")
    firm.wait_for_url(address)
    assert "待验收" in firm.inner_text(".head-note")

    officer.goto(address)
    officer.click("a:has-text('验收销号')")
    officer.fill("textarea[name=opinion]", "现场复查,已更换")
    officer.click("button[type=submit]:has-text('验收销号')")
    assert "已销号" in officer.inner_text(".head-note")
    timeline = officer.inner_text(".timeline")
    for act in ("导入登记", "交办", "签收", "责令整改", "提交整改", "验收销号"):
        assert act in timeline

    for which in ("risks", "assignments", "leaders", "acceptance"):
        answer = office.goto(f"{served.url}/hazards/four-lists/{which}/?text={WHAT[:10]}")
        assert answer.status == 200
        assert number in office.inner_text("table")

    today = date.today().isoformat()
    rows = f"{served.url}/figures/rows/?code=closed&place=410105&from={today}&to={today}"
    office.goto(rows)
    assert number in office.inner_text("main")
    shown = int(office.inner_text(".figure-value").replace(",", ""))
    said = json.loads(
        served.anlan(
            "figures", "--codes", "closed", "--place", "410105", "--from", today, "--to", today, "--json"
        ).stdout
    )
    assert shown == said["figures"]["closed"]

    checked = served.anlan("verify")
    assert checked.returncode == 0, checked.stdout
