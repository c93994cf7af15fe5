"""The office opens a campaign and sees departments and counties sign its plan, refine it and file it."""

from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.browser
NAME = "冬春火灾防控集中行动"


def test_the_office_opens_a_campaign_and_sees_departments_sign_and_refine(served, sign_in):
    today = date.today()
    office = sign_in("office")
    office.goto(f"{served.url}/campaigns/new/")
    office.fill("input[name=name]", NAME)
    office.fill("textarea[name=basis]", "市安委会会议纪要")
    office.fill("input[name=since]", (today + timedelta(days=9)).isoformat())
    office.fill("input[name=until]", today.isoformat())
    office.click("button[type=submit]:has-text('筹备行动')")
    assert "早于开始日期" in office.inner_text(".refusal")
    office.fill("input[name=since]", today.isoformat())
    office.fill("input[name=until]", (today + timedelta(days=60)).isoformat())
    office.click("button[type=submit]:has-text('筹备行动')")
    assert "筹备中" in office.inner_text(".head-note")
    address = office.url

    county = sign_in("county_office", width=390)
    office.click("a:has-text('启动行动')")
    office.click("button[type=submit]:has-text('启动行动')")
    assert "进行中" in office.inner_text(".head-note")

    office.click("a:has-text('起草方案')")
    office.fill("input[name=title]", "冬春火灾防控方案")
    office.fill("input[name=basis]", "市安委会会议纪要")
    office.fill("textarea[name=text]", "全面排查人员密集场所,立查立改。")
    office.fill("input[name=sign_due_on]", (today + timedelta(days=2)).isoformat())
    office.fill("input[name=file_due_on]", (today + timedelta(days=7)).isoformat())
    office.click("button[type=submit]:has-text('起草方案')")
    office.click("a:has-text('下发方案')")
    office.click("button[type=submit]:has-text('下发方案')")
    assert "签收 0 家" in office.inner_text("main")
    plan = office.url

    county.goto(f"{served.url}/campaigns/")
    county.click("a:has-text('冬春火灾防控方案')")
    county.click("a:has-text('签收')")
    county.click("button[type=submit]:has-text('签收')")
    mine = county.url
    assert "已签收" in county.inner_text(".head-note")
    county.click("a:has-text('添加分行动')")
    county.check("input[name=kind][value=SECTOR]")
    county.fill("input[name=name]", "商场市场专项检查")
    county.select_option("select[name=sector]", "FIRE")
    county.fill("input[name=owner]", "消防大队")
    county.click("button[type=submit]:has-text('添加分行动')")
    assert "商场市场专项检查" in county.inner_text("main")
    county.click("a:has-text('上报细化方案')")
    county.fill("input[name=title]", "金水区实施方案")
    county.fill("textarea[name=text]", "商场市场逐家检查,每周通报。")
    county.click("button[type=submit]:has-text('上报细化方案')")
    assert "已上报" in county.inner_text(".head-note")

    office.goto(plan)
    assert "签收 1 家" in office.inner_text("main")
    assert "上报 1 家" in office.inner_text("main")
    office.goto(mine)
    assert "商场市场专项检查" in office.inner_text("main")
    office.click("a:has-text('退回修改')")
    office.fill("textarea[name=reason]", "没有写明每周检查家次")
    office.click("button[type=submit]:has-text('退回修改')")
    county.goto(mine)
    assert "没有写明每周检查家次" in county.inner_text(".head-note")
    county.click("a:has-text('上报细化方案')")
    county.click("button[type=submit]:has-text('上报细化方案')")
    office.goto(mine)
    office.click("a:has-text('准予备案')")
    office.click("button[type=submit]:has-text('准予备案')")
    office.goto(address)
    assert "备案 1 家" in office.inner_text("main")
    checked = served.anlan("verify")
    assert checked.returncode == 0, checked.stdout
