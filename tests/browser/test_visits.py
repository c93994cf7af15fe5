"""Visits and checklists through the pages: a new version, a check on a phone, the firm's own check."""

import re
from datetime import date

import pytest

from anlan.evidence import samples

pytestmark = pytest.mark.browser
PHONE = 390
FIRM = "河南砚澜精细化工有限公司"
NEW_ITEM = "受限空间入口设锁,钥匙由监护人保管"


def counted(page, served, code: str) -> int:
    """A figure of today, from the page that opens it into its rows."""
    today = date.today().isoformat()
    page.goto(f"{served.url}/figures/rows/?code={code}&place=410105&from={today}&to={today}")
    return int(page.inner_text(".figure-value").replace(",", "").replace("—", "0"))


def test_a_new_version_is_published_and_an_earlier_visit_keeps_its_own(served, sign_in):
    officer = sign_in("department")
    officer.goto(f"{served.url}/inspections/?sector=HAZCHEM&state=FILED")
    officer.click("tbody a[data-open] >> nth=0")
    visit = officer.url
    kept = re.search(r"第(\d+)版", officer.inner_text(".record-main")).group(0)

    office = sign_in("office")
    office.goto(f"{served.url}/standards/checklists/")
    office.click("a[data-open]:has-text('危险化学品')")
    in_force = int(re.search(r"第(\d+)版", office.inner_text(".head-note")).group(1))
    office.click("button:has-text('起草新版')")
    assert "草稿" in office.inner_text(".head-note")
    office.click("a:has-text('添加检查项')")
    office.fill("[name=code]", "HC30")
    office.fill("[name=heading]", "作业")
    office.fill("[name=text]", NEW_ITEM)
    office.click("button:has-text('保存检查项')")
    office.click("tr#HC02 a")
    office.fill("[name=text]", "特种作业人员持证上岗,证件随身")
    office.click("button:has-text('保存检查项')")
    office.click("a:has-text('与现行版对比')")
    assert "新增 1 项,删去 0 项,修改 1 项" in office.inner_text(".head-note")
    office.go_back()
    office.click(".head-actions a:has-text('发布')")
    office.fill("[name=since]", "2020-01-01")
    office.click("button[type=submit]:has-text('发布')")
    assert "不能追溯" in office.inner_text(".refusal")
    office.fill("[name=since]", date.today().isoformat())
    office.click("button[type=submit]:has-text('发布')")
    assert "现行" in office.inner_text(".head-note")
    assert NEW_ITEM in office.inner_text("table.checklist")

    officer.goto(visit)
    assert kept in officer.inner_text(".record-main")
    assert NEW_ITEM not in officer.inner_text(".record-main")
    officer.goto(f"{served.url}/inspections/begin/")
    officer.fill("[name=enterprise]", FIRM)
    officer.select_option("[name=source]", "GOV_OPEN")
    officer.check("input[name=party] >> nth=0")
    officer.click("button[type=submit]:has-text('开始检查')")
    assert f"第{in_force + 1}版" in officer.inner_text(".head-note")
    assert NEW_ITEM in officer.inner_text(".worksheet")


def test_an_officer_checks_a_firm_by_phone_and_what_he_finds_stands_in_the_ledger(served, sign_in, tmp_path):
    photo = tmp_path / "before.jpg"
    photo.write_bytes(samples.photo(91).data)
    page = sign_in("department", width=PHONE)
    before = counted(page, served, "visits"), counted(page, served, "found")

    page.goto(f"{served.url}/inspections/begin/")
    page.fill("[name=enterprise]", FIRM)
    page.select_option("[name=source]", "GOV_SPECIAL")
    page.click("button[type=submit]:has-text('开始检查')")
    assert "两名执法人员" in page.inner_text(".refusal")
    page.check("input[name=party] >> nth=0")
    page.click("button[type=submit]:has-text('开始检查')")
    sheet = page.url

    page.click("#i-HC01 button[value=MET]")
    page.locator("#i-HC01.is-met").wait_for()
    page.click("#i-HC13 button[value=NOT_MET]")
    fault = page.locator("#i-HC13.is-not_met")
    fault.locator("textarea[name=words]").fill("东侧租用院落内储存桶装溶剂")
    fault.locator("input[name=location]").fill("东院")
    fault.locator("input[type=file] >> nth=0").set_input_files(str(photo))
    fault.locator(".upload.is-done").wait_for()
    fault.locator("button:has-text('保存问题')").click()
    page.locator("#i-HC13 .uploads img").wait_for()
    number = page.locator("#i-HC15")
    number.locator("input[name=number]").fill("130")
    number.locator("input[name=limit]").fill("100")
    number.locator("button:has-text('保存数值')").click()
    page.locator("#i-HC15.is-not_met").wait_for()
    assert "超过限值 100 吨" in page.inner_text("#i-HC15 .ask-judged")
    assert "已填 3/" in page.inner_text("#numbers")
    assert "不符合 2 项" in page.inner_text("#numbers")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE

    page.click("a:has-text('结束检查')")
    assert "将登记 2 处隐患" in page.inner_text(".record-main")
    page.fill("[name=conclusion]", "责令限期整改")
    page.fill("[name=signer]", "王厂长")
    page.click("button[type=submit]:has-text('结束检查')")
    assert "请拍照" in page.inner_text(".refusal")
    page.goto(sheet)
    page.fill("#i-HC15 input[name=no_photo]", "储罐液位以仪表读数为准")
    page.click("#i-HC15 button:has-text('保存问题')")
    page.locator("#i-HC15.is-not_met .ask-by").wait_for()
    page.click("a:has-text('结束检查')")
    page.fill("[name=conclusion]", "责令限期整改")
    page.fill("[name=signer]", "王厂长")
    page.click("button[type=submit]:has-text('结束检查')")
    assert "登记隐患2处" in page.inner_text("#flashes")

    page.click("a.waiting-title:has-text('东侧租用院落')")
    assert "发现于检查" in page.inner_text(".record-main")
    assert page.locator(".gallery img").count() == 1
    assert (counted(page, served, "visits"), counted(page, served, "found")) == (before[0] + 1, before[1] + 2)


def test_the_firm_checks_itself_on_a_phone_without_a_script(served, sign_in, chromium):
    context = chromium.new_context(
        viewport={"width": PHONE, "height": 844}, java_script_enabled=False, locale="zh-CN"
    )
    page = context.new_page()
    page.goto(f"{served.url}/login/")
    page.fill("input[name=username]", "principal")
    page.fill("input[name=password]", "Anlan-2019")
    page.press("input[name=password]", "Enter")
    assert "本月还没有自查" in page.inner_text("main")
    page.click("main a:has-text('开始自查')")
    page.click("button[type=submit]:has-text('开始自查')")
    for code in ("HC01", "HC02", "HC03"):
        page.click(f"#i-{code} button[value=MET]")
        assert page.url.split("#")[0].endswith("/answer/")
    page.click("#i-HC04 button[value=NA]")
    assert "已填 4/" in page.inner_text("#numbers")
    page.click("a:has-text('结束检查')")
    assert "没有发现隐患" in page.inner_text(".record-main")
    page.fill("[name=conclusion]", "本月自查未发现隐患")
    page.click("button[type=submit]:has-text('结束检查')")
    assert "未发现隐患" in page.inner_text("#flashes")
    assert "已归档" in page.inner_text(".head-note")
    page.goto(f"{served.url}/")
    assert "本月还没有自查" not in page.inner_text("main")
    context.close()

    office = sign_in("county_office")
    office.goto(f"{served.url}/inspections/rhythm/?done=1")
    assert FIRM in office.inner_text("main")
    office.goto(f"{served.url}/inspections/rhythm/")
    assert FIRM not in office.inner_text("main")
