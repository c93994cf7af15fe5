"""The duty officer finds today's roll call half done and goes on; the screen shows the light of the unit."""

import pytest

pytestmark = pytest.mark.browser


def test_the_roll_call_of_today_is_worked_through_and_lights_the_screen(served, sign_in):
    duty = sign_in("duty")
    duty.goto(f"{served.url}/")
    duty.click(".desk-queue:has-text('今天的点名') .waiting-title >> nth=0")
    line = duty.locator(".duty-rows > li:has(form.duty-line)").first
    unit = line.locator(".duty-unit a").first.inner_text()
    before = duty.locator("form.duty-line").count()
    line.locator("button:has-text('正常')").click()  # nobody is named: it comes back with what is missing
    assert "请填写接听人姓名" in duty.inner_text("main")
    duty.fill("input[name=answered_by]", "周建军")
    duty.check("input[value=NORMAL]")
    duty.check("input[name=leader_present]")
    duty.click("main form button[type=submit]")
    duty.locator(f".duty-rows > li:has-text('{unit}') .duty-heard:has-text('周建军')").wait_for()
    assert duty.locator("form.duty-line").count() == before - 1
    # the next line lies before him: nobody answers, and a second call is offered
    silent = duty.locator(".duty-rows > li:has(form.duty-line)").first
    name = silent.locator(".duty-unit a").first.inner_text()
    silent.locator("button:has-text('无人接')").click()
    duty.click(f".duty-rows > li:has-text('{name}') a:has-text('再次呼叫')")
    duty.check("input[value=LATE]")
    duty.fill("input[name=answered_by]", "李值班")
    duty.click("main form button[type=submit]")
    duty.locator(f".duty-rows > li:has-text('{name}') .duty-heard:has-text('迟接')").wait_for()
    leader = sign_in("leader", width=1920)
    leader.goto(f"{served.url}/screen/")
    assert leader.locator(f".screen-duty li.is-GREEN a[title^='{unit}']").count() == 1
    assert leader.locator(f".screen-duty li.is-YELLOW a[title^='{name}']").count() == 1
