"""A new user brings in the ledger of a street office by himself: sends it, mends what is not understood, sends it again.

The sheet is a real one of another city: its places are strange here, some of its days lack the year or the day.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
SHEET = Path(__file__).parents[2] / "anlan/exchange/tests/data/published-hazards-21-columns.xlsx"
#: the row that is followed
WHAT = "有限空间无安全警示标志"
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

    _handed_out_and_ordered(served, sign_in, office)

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


def _handed_out_and_ordered(served, sign_in, office) -> None:
    """One imported row is handed out, signed for and ordered; test_spine drives one to the end."""
    office.goto(f"{served.url}/hazards/?text={WHAT}")
    office.click("tbody a[data-open]")
    address = office.url
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
    timeline = officer.inner_text(".timeline")
    for act in ("导入登记", "交办", "签收", "责令整改"):
        assert act in timeline
