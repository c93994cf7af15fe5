"""A covert group is drawn, goes and files, hidden from the others before; the list of what nobody saw shrinks."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.browser
PHONE = 390


def unseen(page: Any) -> int:
    """How many firms nobody has looked at, from the list itself."""
    return int(re.search(r"未查 ([\d,]+)", page.inner_text(".head-note")).group(1).replace(",", ""))


def test_a_covert_group_is_drawn_goes_and_files_and_the_coverage_list_shrinks(served, sign_in):
    office = sign_in("office")
    office.goto(f"{served.url}/inspections/coverage/new/")
    office.fill("[name=name]", "冬季全覆盖排查")
    office.fill("[name=since]", date.today().isoformat())
    office.fill("[name=until]", (date.today() + timedelta(days=40)).isoformat())
    office.click("button[type=submit]:has-text('建立覆盖名册')")
    roll = office.url
    assert "五个一" in office.inner_text("main")
    office.goto(f"{roll}unseen/")
    before = unseen(office)

    office.goto(f"{served.url}/inspections/draws/new/covert/")
    office.fill("[name=purpose]", "夜间暗访")
    office.check("label:has-text('市督导第一组') input[name=groups]")
    office.fill("[name=groups_no]", "1")
    office.fill("[name=firms_no]", "1")
    office.click("button[type=submit]:has-text('封存名单待抽')")
    draw = office.url
    assert "已封存待抽" in office.inner_text(".head-note")
    sealed = office.locator(".draw-seals code").first.inner_text()
    office.fill("[name=witness]", "纪检老周")
    office.fill("[name=said]", "8 15")
    office.click("button[type=submit]:has-text('抽取')")
    assert "已抽取" in office.inner_text(".head-note")
    assert office.locator(".record-main .waiting a").count() == 0
    office.click("button[type=submit]:has-text('公开抽取结果')")
    assert "还有1次检查没有归档" in office.inner_text("main")

    group = sign_in("supervisor", width=PHONE)
    group.goto(f"{served.url}/inspections/")
    group.click("main .waiting a.btn:has-text('到场检查')")
    visit = group.url.rsplit("/start/", 1)[0] + "/"
    office.goto(visit)
    assert "404" in office.inner_text("body") or "没有找到" in office.inner_text("body")
    group.goto(f"{visit}start/")
    group.click("button[type=submit]:has-text('到场检查')")
    with group.expect_response(lambda answer: answer.request.method == "POST"):
        group.click("button[value=MET] >> nth=0")
    group.goto(f"{visit}finish/")
    group.fill("[name=conclusion]", "未发现问题")
    group.fill("[name=signer]", "现场负责人")
    group.click("button[type=submit]:has-text('结束检查')")
    group.goto(visit)
    firm = group.inner_text("h1")
    office.goto(f"{roll}unseen/")
    assert unseen(office) == before
    new = firm in office.inner_text("main")  # the lot may fall on one that was looked at today already
    group.goto(f"{visit}file/")
    group.click("button[type=submit]:has-text('归档')")
    office.goto(f"{roll}unseen/")
    assert unseen(office) == before - new
    assert firm not in office.inner_text("main")
    assert office.goto(visit).status == 200

    office.goto(draw)
    office.click("button[type=submit]:has-text('公开抽取结果')")
    office.click("a:has-text('重新计算')")
    assert "重新计算的结果与公开的结果一致" in office.inner_text("main")
    assert office.locator(".draw-seals code").first.inner_text() == sealed
    assert office.evaluate("document.documentElement.scrollWidth") <= office.viewport_size["width"]


def test_what_nobody_saw_is_shared_out_among_groups(served, sign_in):
    office = sign_in("office")
    office.goto(f"{served.url}/inspections/coverage/")
    office.click("a[data-open] >> nth=0")
    roll = office.url
    office.goto(f"{roll}share/")
    office.fill("[name=number]", "6")
    for box in office.locator("input[name=groups]").all()[:2]:
        box.check()
    office.fill("[name=until]", (date.today() + timedelta(days=7)).isoformat())
    office.click("button[type=submit]:has-text('预览分派')")
    assert re.search(r"将安排 \d 次检查|没有可以分派", office.inner_text("main"))
