"""The office drafts a bulletin, the leader signs it; what is corrected afterwards moves the live figure alone."""

import json
from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.browser
TITLE = "两周隐患排查治理情况"


def _figure(text: str) -> int:
    return int(text.replace(",", "").strip())


def test_a_signed_bulletin_stays_and_shows_what_was_corrected_since(served, sign_in, tmp_path):
    end = date.today()
    start = end - timedelta(days=13)

    office = sign_in("office")
    office.goto(f"{served.url}/bulletins/")
    office.click("a:has-text('起草通报')")
    office.select_option("select[name=period]", "")
    office.fill("input[name=start]", end.isoformat())
    office.fill("input[name=end]", start.isoformat())
    office.fill("input[name=title]", TITLE)
    office.click("button[type=submit]:has-text('存为草稿')")
    assert office.locator(".refusal").count() == 1
    office.fill("input[name=start]", start.isoformat())
    office.fill("input[name=end]", end.isoformat())
    office.click("button[type=submit]:has-text('存为草稿')")
    address = office.url
    assert "草稿" in office.inner_text(".head-note")
    assert office.locator("a:has-text('签发')").count() == 0

    leader = sign_in("leader")
    leader.goto(f"{address}sign/")
    assert TITLE in leader.inner_text("main")
    leader.click("button[type=submit]:has-text('签发')")
    assert "已签发" in leader.inner_text(".head-note")
    assert "号" in leader.inner_text(".head-note")
    assert "都与签发时相同" in leader.inner_text("#restated")
    said = leader.inner_text(".bulletin >> nth=0")
    for form, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        with leader.expect_download() as got:
            leader.click(f"a[href$='.{form}']")
        got.value.save_as(tmp_path / form)
        assert (tmp_path / form).read_bytes().startswith(head)

    whole = f"--place=4101 --from={start} --to={end}".replace("=", " ").split()

    def live(split: str = "sector") -> dict:
        answer = served.anlan("figures", "--codes", "found_general", *whole, "--split", split, "--json")
        return json.loads(answer.stdout)

    before = live()
    head = sign_in("department_head")
    head.goto(f"{served.url}/figures/rows/?code=found_general&place=410105&from={start}&to={end}")
    head.click("main tbody a")
    hazard, number = head.url, head.inner_text("h1").strip()
    head.goto(f"{hazard.rstrip('/')}/correct/")
    old = head.input_value("select[name=found_sector]")
    new = "FIRE" if old != "FIRE" else "BUILD"
    head.select_option("select[name=found_sector]", new)
    head.fill("textarea[name=reason]", "登记时行业领域选错")
    head.click("button[type=submit]:has-text('更正')")
    assert head.inner_text("h1").strip() == number

    after = live()
    was, now = before["split"]["found_general"], after["split"]["found_general"]
    assert after["figures"] == before["figures"]
    moved = {s: (now.get(s) or 0) - (was.get(s) or 0) for s in {*was, *now}}
    assert {s: by for s, by in moved.items() if by} == {old: -1, new: 1}

    leader.goto(address)
    assert leader.inner_text(".bulletin >> nth=0") == said
    lines = leader.locator("#restated tbody tr").filter(has_text=number)
    assert lines.count() >= 2
    for sector in (old, new):
        line = lines.filter(has=leader.locator(f"a[href*='sector={sector}'][href*='found_general']")).first
        assert _figure(line.locator("s").inner_text()) == (was.get(sector) or 0)
        link = line.locator(f"a[href*='sector={sector}']").first
        assert _figure(link.inner_text()) == now.get(sector)
        rows = sign_in("office")
        rows.goto(served.url + link.get_attribute("href"))
        assert _figure(rows.inner_text(".figure-value")) == now.get(sector)

    county = sign_in("county_office", width=390)
    county.goto(f"{served.url}/bulletins/?axis=handed")
    county.click(f"a:has-text('{TITLE}')")
    assert "已签发" in county.inner_text(".head-note")
    checked = served.anlan("verify")
    assert checked.returncode == 0, checked.stdout
