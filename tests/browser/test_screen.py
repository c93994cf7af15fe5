"""A leader reads the screen and opens what is behind it; an act elsewhere shows by itself; the explorer draws its table."""

import re
import subprocess
from typing import Any

import pytest

pytestmark = pytest.mark.browser
#: the screen asks for itself again after twenty seconds
PATIENCE_MS = 40_000


def painted(page: Any, host: str) -> bool:
    """Whether something has been drawn upon the canvas of a chart."""
    look = """host => { const c = document.querySelector(`#${host} canvas`); if (!c) return false;
        const all = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        for (let i = 3; i < all.length; i += 4) if (all[i]) return true; return false; }"""
    return bool(page.evaluate(look, host))


def whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def test_a_leader_reads_the_screen_and_a_total_opens_into_as_many_records(served, sign_in):
    leader = sign_in("leader", width=1920)
    leader.goto(f"{served.url}/screen/")
    assert leader.locator(".units li").count() == 16
    for host in ("map", "trend", "sectors"):
        leader.locator(f"#{host}[data-drawn]").wait_for()
        assert painted(leader, host), host
    said = whole(leader.inner_text(".total.is-found_general b"))
    leader.click(".total.is-found_general")
    assert whole(leader.inner_text(".figure-value")) == said
    leader.go_back()
    leader.click(".units a:has-text('金水区')")
    assert "金水区" in leader.inner_text("h1")
    leader.click("a:has-text('返回上级')")
    assert "郑州市" in leader.inner_text("h1")


def test_an_act_of_somebody_else_appears_without_anybody_asking(served, sign_in):
    leader, finder = sign_in("leader", width=1920), sign_in("department")
    leader.goto(f"{served.url}/screen/")
    latest = leader.inner_text(".feed li >> nth=0")
    finder.goto(f"{served.url}/hazards/?state=RECTIFYING")
    finder.locator("table a[data-open]").first.click()
    finder.click("a:has-text('催办')")
    for box in finder.locator("main form textarea").all():
        box.fill("请抓紧整改")
    finder.click("main form button[type=submit]:has-text('催办')")
    leader.locator(f".feed li >> nth=0 >> text={latest.split()[1]}").wait_for(state="attached")
    leader.locator(".feed li:first-child:has-text('催办')").wait_for(timeout=PATIENCE_MS)


def test_the_screen_is_one_column_on_a_phone_and_fits_it(served, sign_in):
    phone = sign_in("leader", width=390)
    phone.goto(f"{served.url}/screen/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert phone.locator(".total").count() == 9


def test_the_screen_is_one_sheet_of_paper_with_the_whole_ranking(served, sign_in, tmp_path):
    leader, paper = sign_in("leader", width=1920), tmp_path / "screen.pdf"
    leader.goto(f"{served.url}/screen/")
    leader.locator("#map[data-drawn]").wait_for()
    units = leader.locator(".is-ranking tbody th, .is-ranking tbody td:nth-child(2)").all_inner_texts()
    leader.pdf(path=paper, prefer_css_page_size=True)
    read = subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, check=True)
    assert read.stdout.count("\f") == 1
    said = "".join(read.stdout.split())
    for words in ("郑州市·安全生产隐患治理", "全部系统", "整改率排名", "在办重大隐患", *units):
        assert words in said, words
    assert len(units) == 16
    assert "打印" not in said


def test_the_explorer_draws_what_its_table_says_and_hands_it_out(served, sign_in):
    office = sign_in("office")
    office.goto(f"{served.url}/figures/explore/?i=found&i=rectified&by=place&as=bar")
    office.locator("#picture[data-drawn]").wait_for()
    assert painted(office, "picture")
    assert office.locator("tbody tr").count() == 17
    office.select_option("[name=as]", "map")
    office.click("form.explore button:has-text('统计')")
    office.wait_for_url("**as=map**")
    office.locator("#picture[data-drawn]").wait_for()
    assert painted(office, "picture")
    with office.expect_download() as taken:
        office.click("a:has-text('CSV')")
    assert "金水区" in taken.value.path().read_text(encoding="utf-8-sig")
    office.goto(f"{served.url}/figures/explore/?i=found&i=rectified&by=day&as=line&period=last-30-days")
    office.locator("#picture[data-drawn]").wait_for()
    assert painted(office, "picture")
