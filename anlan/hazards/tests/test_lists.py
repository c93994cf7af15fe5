"""Lists on the page: what is chosen, kept, counted, searched; and one act upon many rows."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from anlan.hazards import bulk_pages
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import ERQI, City
from anlan.kernel import tables
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor
from anlan.kernel.tables import SavedView
from anlan.people.models import User
from anlan.site import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def client(actor: Actor) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=actor.id))
    return made


def page(by: Actor, address: str) -> str:
    answer = client(by).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def unassigned(city: City, n: int) -> list[Hazard]:
    return [
        scenes.register(city.clerk, city.firm, description=f"{i}号仓库配电箱无门", general=False)
        for i in range(n)
    ]


# -- the page ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/hazards/?since=nonsense",
        "/hazards/?until=2019-13-01",
        "/hazards/?cursor=forged",
        "/hazards/?cursor=",
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(city, address):
    assert client(city.officer).get(address).status_code in (200, 422)


@pytest.mark.parametrize(
    "query", ["enterprise=abc", "col=nothing", "axis=sideways", "queue=unknown", "text=%00"]
)
def test_a_strange_address_shows_a_list_or_says_why(city, query):
    assert client(city.officer).get(f"/hazards/?{query}").status_code in (200, 400, 422)


@pytest.mark.parametrize(
    "address", ["/hazards/", "/hazards/four-lists/risks/", "/hazards/?text=配电箱", "/register/"]
)
def test_a_list_asks_the_same_number_of_questions_however_many_rows_it_has(city, address):
    browser = client(city.officer)
    unassigned(city, 2)
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(address)
    unassigned(city, 12)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) <= len(few) <= 16


def test_the_columns_of_the_address_are_those_of_the_page(city):
    scenes.ordered(city)
    shown = page(city.officer, "/hazards/?col=found_on&col=number")
    heads = re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', shown)
    assert heads == ["发现日期", "编号"]


def test_a_chip_says_itself_and_takes_itself_off(city):
    unassigned(city, 1)
    shown = page(city.officer, "/hazards/?state=REGISTERED&text=配电箱")
    assert 'href="?text=' in shown.partition('class="chips"')[2].partition("</div>")[0]
    assert "已登记" in shown.partition('class="chips"')[2]


def test_one_character_is_too_short_and_says_so(city):
    unassigned(city, 1)
    assert "请至少输入两个字" in page(city.officer, "/hazards/?text=箱")


def test_beyond_ten_thousand_the_total_is_not_counted(city, monkeypatch):
    unassigned(city, 3)
    assert "共 3 条" in page(city.officer, "/hazards/")
    monkeypatch.setattr(tables, "COUNTED", 2)
    assert "共 3 条" not in page(city.officer, "/hazards/")


def test_paper_holds_the_columns_and_lines_to_sign_on(city):
    scenes.ordered(city)
    for address in (
        "/hazards/?print=1&col=number&col=firm",
        "/hazards/four-lists/acceptance/?print=1",
        "/register/?print=1",
    ):
        shown = page(city.officer, address)
        assert "审核人" in shown
        assert 'class="paper' in shown


# -- views ---------------------------------------------------------------------------------------------


def test_a_kept_view_is_a_tab_of_his_alone(city):
    browser = client(city.officer)
    given = {"table": "hazards", "name": "逾期化工", "query": "when=overdue&col=number", "next": "/hazards/"}
    answer = browser.post("/views/keep/", given)
    assert answer["Location"] == "/hazards/?when=overdue&col=number"
    assert "逾期化工" in page(city.officer, "/hazards/")
    assert "逾期化工" not in page(city.second, "/hazards/")
    view = SavedView.objects.get()
    assert client(city.second).post(f"/views/{view.pk}/drop/").status_code == 404
    assert browser.post(f"/views/{view.pk}/drop/", {"next": "/hazards/"}).status_code == 302
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("said", [{"name": ""}, {"table": "nothing"}])
def test_a_view_without_a_name_or_list_is_refused(city, said):
    given = {"table": "hazards", "name": "某视图", "query": ""} | said
    assert client(city.officer).post("/views/keep/", given).status_code == 422
    assert not SavedView.objects.exists()


def test_keeping_a_view_leads_nowhere_else(city):
    given = {"table": "hazards", "name": "某", "query": "", "next": "https://elsewhere.example/"}
    assert client(city.officer).post("/views/keep/", given)["Location"].startswith("/?")


# -- search --------------------------------------------------------------------------------------------


def test_the_box_finds_hazards_firms_and_pages_of_mine_and_no_canary(city):
    elsewhere = City(county=ERQI, town="")
    scenes.register(city.clerk, elsewhere.firm, description="金丝雀配电箱", general=False)
    [h] = unassigned(city, 1)
    found = page(city.officer, "/search/?q=配电箱&bare=1")
    assert h.number in found
    assert "金丝雀" not in found
    assert city.firm.name in page(city.officer, f"/search/?q={city.firm.name[2:6]}")
    assert elsewhere.firm.name not in page(city.officer, f"/search/?q={elsewhere.firm.name}").replace(
        f'value="{elsewhere.firm.name}"', ""
    ).replace(f"“{elsewhere.firm.name}”", "")
    assert 'href="/figures/"' in page(city.officer, "/search/?q=统计&bare=1")


def test_whoever_has_no_position_finds_no_rows(city):
    unassigned(city, 1)
    made = Client()
    made.force_login(scenes.account("无职务"))
    assert "data-hit" not in made.get("/search/?q=配电箱&bare=1").content.decode()


# -- many at once --------------------------------------------------------------------------------------


def preview(by: Actor, act: str, rows: list[Hazard], **more: str) -> tuple[str, dict[str, str]]:
    """The preview, and what its form would send."""
    chosen = [f"{h.pk}:{scenes.fresh(h).seq}" for h in rows]
    answer = client(by).post("/hazards/bulk/", {"act": act, "pk": chosen, **more})
    assert answer.status_code == 200
    shown = answer.content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
    return shown, {k: hidden[k] for k in ("act", "act_id", "rows", "back", "go") if k in hidden}


def test_preview_and_outcome_agree_row_by_row(city):
    fits = unassigned(city, 3)
    not_fit = scenes.ordered(city)
    shown, form = preview(city.clerk, "assign", [*fits, not_fit])
    assert "可以办理 3 条" in shown
    assert "不能办理 1 条" in shown
    assert Hazard.everything.filter(state="ASSIGNED").count() == 0
    answer = client(city.clerk).post(
        "/hazards/bulk/", {**form, "to": city.bureau.pk, "reply_due": _soon(), "words": "请尽快"}
    )
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "已办理 3 条" in said
    assert "未办理 1 条" in said
    assert {scenes.fresh(h).state for h in fits} == {"ASSIGNED"}
    assert scenes.fresh(not_fit).state == "RECTIFYING"
    assert verify.run().holds


def _soon() -> str:
    return f"{timezone.localdate() + timedelta(days=5)}"


def test_the_same_form_sent_twice_acts_once(city):
    rows = unassigned(city, 2)
    _shown, form = preview(city.clerk, "urge", rows)
    browser, said = client(city.clerk), {**form, "words": "请尽快办理"}
    first, second = browser.post("/hazards/bulk/", said), browser.post("/hazards/bulk/", said)
    assert (first.status_code, second.status_code) == (200, 200)
    assert JournalEntry.objects.filter(act="urge").count() == 2


def test_a_row_that_has_moved_on_is_refused_alone(city):
    first, second = unassigned(city, 2)
    _shown, form = preview(city.clerk, "assign", [first, second])
    client(city.clerk).post(f"/hazards/{first.pk}/urge/", {"words": "请尽快"})
    said = (
        client(city.clerk)
        .post("/hazards/bulk/", {**form, "to": city.bureau.pk, "words": ""})
        .content.decode()
    )
    assert "已办理 1 条" in said
    assert "不是最新" in said
    assert (scenes.fresh(first).state, scenes.fresh(second).state) == ("REGISTERED", "ASSIGNED")


def test_an_incomplete_form_changes_nothing_and_keeps_the_rows(city):
    rows = unassigned(city, 2)
    _shown, form = preview(city.clerk, "assign", rows)
    answer = client(city.clerk).post("/hazards/bulk/", {**form, "to": ""})
    assert answer.status_code == 422
    assert form["rows"] in answer.content.decode()
    assert not JournalEntry.objects.filter(act="assign").exists()


def test_a_row_of_another_county_is_neither_shown_nor_done(city):
    elsewhere = City(county=ERQI, town="")
    canary = scenes.register(city.clerk, elsewhere.firm, description="金丝雀描述", general=False)
    mine = scenes.register(city.officer, city.firm)
    shown, form = preview(city.officer, "urge", [mine, canary])
    assert "金丝雀" not in shown
    assert "另有 1 条没有找到" in shown
    client(city.officer).post(
        "/hazards/bulk/", {**form, "rows": f"{mine.pk}:1,{canary.pk}:1", "words": "请尽快"}
    )
    assert scenes.fresh(canary).seq == 1
    assert scenes.fresh(mine).seq == 2


def test_all_that_match_are_taken_to_a_limit(city, monkeypatch):
    rows = unassigned(city, 3)
    shown, _form = preview(city.clerk, "urge", rows[:1], all="1", query="text=配电箱")
    assert "可以办理 3 条" in shown
    monkeypatch.setattr(bulk_pages, "AT_MOST", 2)
    answer = client(city.clerk).post("/hazards/bulk/", {"act": "urge", "all": "1", "query": ""})
    assert answer.status_code == 422


def test_an_act_that_the_position_has_not_is_not_offered(city):
    rows = unassigned(city, 1)
    answer = client(city.leader).post("/hazards/bulk/", {"act": "assign", "pk": [rows[0].pk]})
    assert answer.status_code == 404
    answer = client(city.head).post("/hazards/bulk/", {"act": "assign", "pk": [rows[0].pk]})
    assert answer.status_code == 422
    assert not JournalEntry.objects.filter(act="assign").exists()


def test_a_record_on_paper_has_its_facts_its_course_and_lines_to_sign_on(city):
    h = scenes.ordered(city)
    shown = page(city.officer, f"/hazards/{h.pk}/?print=1")
    assert h.number in shown
    assert "责令整改" in shown
    assert "审核人" in shown
