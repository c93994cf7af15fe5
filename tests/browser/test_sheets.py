"""A new user brings in the ledger of a street office by himself: sends it, mends what is not understood, sends it again.

The sheet is a real one of another city: its places are strange here, some of its days lack the year or the day.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from anlan.evidence import samples

pytestmark = pytest.mark.browser
SHEET = Path(__file__).parents[2] / "anlan/exchange/tests/data/published-hazards-21-columns.xlsx"
#: the row that is followed
WHAT, FIRM = "有限空间无安全警示标志", "某生态农业园"
#: the account of its head, and the password that he chooses
HEAD, OWN = "nongyeyuan", "Qingshan-2025"
PLACES = {"魏都区": "中牟县", "桂花镇": "金水区", "巢湖市": "巩义市", "(空白)": "二七区"}


def _counts(page) -> list[int]:
    """Rows, acceptable, new, present, not acceptable, as the head says them."""
    return [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", page.inner_text(".head-note"))[:5]]


def _figures(page) -> dict[str, int]:
    boxes = page.locator(".figure-box")
    told = (boxes.nth(n).inner_text().split() for n in range(boxes.count()))
    return {words[0]: int(words[1].replace(",", "")) for words in told}


def _send(page, sheet: Path) -> None:
    page.set_input_files("input[type=file]", str(sheet))
    page.click("button[type=submit]:has-text('上传')")
    page.wait_for_selector("#mapping")


def test_the_published_sheet_comes_in_by_page_is_mended_and_comes_in_once(served, sign_in, tmp_path):
    office = sign_in("office")
    # found from the ledger, without an address
    office.click("nav >> text=隐患")
    office.click("a:has-text('导入台账')")
    _send(office, SHEET)
    assert _counts(office) == [17, 0, 0, 0, 17]
    assert office.is_disabled("button[value=import] >> nth=0")
    why = office.inner_text(".why")
    for words in ("没有写年份", "没有写到日", "不是本市的县(市、区)或乡镇(街道)", "没有写属地"):
        assert words in why

    # the values are explained on the page, once
    for said, meant in PLACES.items():
        office.get_by_label(re.compile(f"^{re.escape(said)}")).select_option(label=meant)
    office.click("button[value=check] >> nth=0")
    office.wait_for_selector("button[value=import]:not([disabled])")
    rows, fit, _new, _present, unfit = _counts(office)
    assert (rows, fit + unfit) == (17, 17)
    assert unfit == 8

    # what can come in comes in; the rest comes back as the same sheet
    office.click("button[value=import] >> nth=0")
    office.wait_for_selector(".figure-box")
    assert _figures(office)["新增"] == 9
    with office.expect_download() as download:
        office.click("a:has-text('下载未接收的行')")
    back = tmp_path / "未接收.xlsx"
    download.value.save_as(back)

    # sent again, with the year and the day given for the whole sheet; the places are remembered
    office.click("a:has-text('再传一张')")
    _send(office, back)
    assert _counts(office)[0] == 8
    office.fill("#year", "2017")
    office.fill("#day", "1")
    office.click("button[value=check] >> nth=0")
    office.wait_for_selector("button[value=import]:not([disabled])")
    office.click("button[value=import] >> nth=0")
    office.wait_for_selector(".figure-box")
    figures = _figures(office)
    assert (figures["新增"], figures["未接收"]) == (8, 0)

    # the whole sheet once more: all 17 accepted, none new
    office.click("a:has-text('再传一张')")
    _send(office, SHEET)
    office.fill("#year", "2017")
    office.fill("#day", "1")
    office.click("button[value=check] >> nth=0")
    office.wait_for_selector(".head-note:has-text('可接收17行')")
    assert _counts(office) == [17, 17, 0, 17, 0]
    office.click("button[value=import] >> nth=0")
    office.wait_for_selector(".figure-box")
    figures = _figures(office)
    assert (figures["行"], figures["新增"], figures["已有"], figures["未接收"]) == (17, 0, 17, 0)

    # what was sent stands in the history, with its hash
    office.click("a:has-text('再传一张')")
    history = office.inner_text("table")
    assert SHEET.name in history
    assert "已完成" in history

    address, number = _goes_all_the_way_round(served, sign_in, office, tmp_path)

    # exported as the form, and sent in again: nothing is new
    office.goto(f"{served.url}/hazards/?text={WHAT}")
    office.click("summary:has-text('导出')")
    with office.expect_download() as download:
        office.click("button[value='form21.xlsx']")
    out = tmp_path / "导出.xlsx"
    download.value.save_as(out)
    office.goto(f"{served.url}/sheets/")
    _send(office, out)
    rows, fit, new, present, unfit = _counts(office)
    assert rows == fit == present > 0
    assert (new, unfit) == (0, 0)
    office.click("button[value=import] >> nth=0")
    office.wait_for_selector(".figure-box")
    figures = _figures(office)
    assert (figures["新增"], figures["已有"], figures["未接收"]) == (0, rows, 0)

    # and what was written off here is not opened again by a sheet that was older
    office.goto(address)
    assert "已销号" in office.inner_text(".head-note")
    assert office.inner_text("h1").strip() == number
    checked = served.anlan("verify")
    assert checked.returncode == 0, checked.stdout


def _goes_all_the_way_round(served, sign_in, office, tmp_path) -> tuple[str, str]:
    """One imported row from hand to hand until it is written off. Returns its address and its number."""
    office.goto(f"{served.url}/hazards/?text={WHAT}")
    office.click("tbody a[data-open]")
    address, number = office.url, office.inner_text("h1").strip()
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
    officer.fill("input[name=due_on]", (date.today() + timedelta(days=5)).isoformat())
    officer.fill("textarea[name=requirement]", "设置警示标志和告知牌")
    officer.click("button[type=submit]:has-text('责令整改')")
    assert "整改中" in officer.inner_text(".head-note")

    # the firm came with the sheet and has nobody here yet: its officer opens an account
    firm = sign_in(HEAD, width=390, password=_account_for_the_firm(officer), new_password=OWN)
    firm.goto(address)
    firm.click("a:has-text('提交整改')")
    firm.fill("textarea[name=measures]", "已设置警示标志和风险告知牌")
    photo = tmp_path / "after.jpg"
    photo.write_bytes(samples.photo(78, put_right=True).data)
    firm.set_input_files("input[type=file]", str(photo))
    firm.wait_for_selector(".upload.is-done input[name=photos]", state="attached")
    firm.click("button[type=submit]:has-text('提交整改')")
    firm.wait_for_url(address)
    assert "待验收" in firm.inner_text(".head-note")

    officer.goto(address)
    officer.click("a:has-text('验收销号')")
    officer.fill("textarea[name=opinion]", "现场复查,标志齐全")
    officer.click("button[type=submit]:has-text('验收销号')")
    assert "已销号" in officer.inner_text(".head-note")
    timeline = officer.inner_text(".timeline")
    for act in ("导入登记", "交办", "签收", "责令整改", "提交整改", "验收销号"):
        assert act in timeline
    return address, number


def _account_for_the_firm(officer) -> str:
    """From the hazard to the firm it names, and an account for its head: the one-time password that is shown."""
    officer.click(f".facts a:has-text('{FIRM}')")
    officer.click("a:has-text('为企业开通账号')")
    officer.fill("input[name=username]", HEAD)
    officer.fill("input[name=name]", "园丁")
    officer.select_option("select[name=role]", "principal")
    officer.click("main button[type=submit]")
    return officer.inner_text(".one-time").strip()
