"""The API of hazards, through its address: what is refused first, then the loop round."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from anlan.hazards import queries, shapes
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City
from anlan.hazards.workflow import HAZARD
from anlan.kernel.scope import Actor, acting_as
from anlan.people.models import User

pytestmark = pytest.mark.django_db
HAZARDS = "/api/v1/hazards"


@pytest.fixture
def city() -> City:
    return City()


def desk(actor: Actor, **more: Any) -> Client:
    """Somebody signed in at the desk, calling from a page."""
    client = Client(**more)
    client.force_login(User.objects.get(pk=actor.id))
    return client


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(path, json.dumps(body, default=str), content_type="application/json")


def in_days(n: int) -> Any:
    return timezone.localdate() + timedelta(days=n)


def fresh(city: City, **given: Any) -> Hazard:
    """A hazard found a minute ago: the addresses read the clock."""
    return scenes.register(city.officer, city.firm, at=timezone.now() - timedelta(minutes=1), **given)


def test_nobody_is_told_to_sign_in(client):
    answer = client.get(HAZARDS)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["detail"] == "请登录,或在Authorization中提供令牌"


def test_a_page_of_another_site_cannot_act_for_who_is_signed_in(city):
    h = fresh(city)
    forged = desk(city.officer, enforce_csrf_checks=True)
    answer = post(forged, f"{HAZARDS}/{h.pk}/acts/urge", words="请尽快")
    assert (answer.status_code, scenes.fresh(h).seq) == (403, 1)


def test_a_hazard_of_another_county_is_not_found(city):
    h = fresh(city)
    user = scenes.account("外区")
    other = scenes.organisation("COUNTY_BUREAU", "二七区应急管理局", county=scenes.ERQI)
    scenes.appoint(user, other, "department_officer", "COUNTY", code=scenes.ERQI, sectors=["HAZCHEM"])
    stranger = desk(scenes.actor(user))
    hidden, nothing = stranger.get(f"{HAZARDS}/{h.pk}"), stranger.get(f"{HAZARDS}/999999")
    assert (hidden.status_code, hidden["Content-Type"]) == (404, "application/problem+json")
    assert hidden.json() | {"instance": ""} == nothing.json() | {"instance": ""}
    assert post(stranger, f"{HAZARDS}/{h.pk}/acts/urge", words="请尽快").status_code == 404
    assert stranger.get(HAZARDS).json()["items"] == []


def test_a_refused_act_tells_the_sentence_in_two_languages_and_changes_nothing(city):
    h = fresh(city)
    client = desk(city.officer)
    body = {"due_on": in_days(-3), "requirement": "加装箱门"}
    chinese = post(client, f"{HAZARDS}/{h.pk}/acts/order", **body)
    english = client.post(
        f"{HAZARDS}/{h.pk}/acts/order", json.dumps(body, default=str), content_type="application/json",
        headers={"Accept-Language": "en"},
    )  # fmt: skip
    assert (chinese.status_code, english.status_code) == (422, 422)
    assert "早于今天" in chinese.json()["detail"]
    assert english.json()["detail"].isascii()
    assert english.json()["reason"] == "整改期限%(day)s早于今天,请填写今天或以后的日期"
    assert english.json()["params"] == {"day": str(in_days(-3))}
    assert (scenes.fresh(h).state, scenes.fresh(h).seq) == ("REGISTERED", 1)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"due_on": "下周", "requirement": "装门"}, "due_on"),
        ({"due_on": "2031-01-01"}, "requirement"),
        ({"due_on": "2031-01-01", "requirement": "装门", "county": "410103"}, "county"),
        ({"due_on": "2031-01-01", "requirement": "装门", "second": "别人"}, "second"),
        ({"due_on": "2031-01-01", "requirement": "装门", "seen": False}, "seen"),
        ({"due_on": "2031-01-01", "requirement": "装门", "seen": "1"}, "seen"),
        ({"due_on": "2031-01-01", "requirement": "装门", "legal": "yes"}, "legal"),
        ({"due_on": "2031-01-01", "requirement": "装门", "happened": "2019-10-02T15:20:00"}, "happened"),
    ],
)
def test_an_input_that_is_wrong_is_named(city, body, field):
    h = fresh(city)
    answer = post(desk(city.officer), f"{HAZARDS}/{h.pk}/acts/order", **body)
    assert answer.status_code == 422
    assert [e["field"] for e in answer.json()["errors"]] == [field]


def test_an_unknown_filter_is_refused_and_not_ignored(city):
    answer = desk(city.officer).get(HAZARDS, {"conty": "410105"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "conty", "message": "没有这一项,请删去"}]


def test_a_filter_given_twice_is_refused_and_neither_value_is_chosen(city):
    answer = desk(city.officer).get(f"{HAZARDS}?sector=HAZCHEM&sector=FIRE")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "sector", "message": "这一项给了不止一次,请只留一个"}]


def test_a_cursor_of_somebody_else_is_refused_in_words(city):
    for _ in range(3):
        fresh(city)
    mine = desk(city.officer).get(HAZARDS, {"size": 1}).json()
    assert len(mine["items"]) == 1
    theirs = desk(city.clerk).get(HAZARDS, {"size": 1, "cursor": mine["next"]})
    assert (theirs.status_code, theirs.json()["reason"]) == (
        422,
        "翻页标记属于另一次查询或另一位用户,请从第一页重新查看",
    )
    assert desk(city.officer).get(HAZARDS, {"cursor": "xx"}).status_code == 422


def test_pages_by_cursor_show_every_row_once(city):
    made = {fresh(city).pk for _ in range(7)}
    client, seen, cursor = desk(city.officer), [], ""
    while True:
        page = client.get(HAZARDS, {"size": 3, "cursor": cursor}).json()
        seen += [row["id"] for row in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert (len(seen), set(seen)) == (7, made)


def test_a_stale_version_is_told_who_was_faster(city):
    h = fresh(city)
    post(desk(city.officer), f"{HAZARDS}/{h.pk}/acts/urge", words="请尽快")
    answer = post(desk(city.officer), f"{HAZARDS}/{h.pk}/acts/urge", words="再催一次", seen=1)
    assert answer.status_code == 409
    assert "李强刚刚办理了“催办”" in answer.json()["detail"]


def test_the_same_act_sent_twice_is_one_act_and_other_inputs_conflict(city):
    h, key = fresh(city), str(uuid4())
    client, path = desk(city.officer), f"{HAZARDS}/{h.pk}/acts/order"
    body = {"due_on": in_days(5), "requirement": "加装箱门", "responsible": "王某"}
    first = post(client, path, id=key, **body)
    second = client.post(
        path, json.dumps(body, default=str), content_type="application/json", headers={"Idempotency-Key": key}
    )
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json()["version"] == second.json()["version"] == 2
    assert post(client, path, id=key, **(body | {"due_on": in_days(6)})).status_code == 409
    assert scenes.fresh(h).seq == 2


def test_a_registration_sent_twice_is_one_hazard_and_a_likely_double_is_shown_once(city):
    body = {
        "enterprise": city.firm.name, "description": "消防通道堆放货物", "source": "GOV_OPEN",
        "no_photo_because": "防爆区禁止拍照", "id": str(uuid4()),
    }  # fmt: skip
    client = desk(city.officer)
    first, again = post(client, HAZARDS, **body), post(client, HAZARDS, **body)
    assert (first.status_code, again.status_code) == (201, 201), first.content.decode()
    assert first.json()["id"] == again.json()["id"]
    double = post(client, HAZARDS, **(body | {"id": str(uuid4())}))
    assert (double.status_code, Hazard.everything.count()) == (409, 1)
    assert first.json()["number"] in double.json()["detail"]
    assert post(client, HAZARDS, **(body | {"id": str(uuid4()), "anyway": True})).status_code == 201


def test_what_happened_earlier_is_judged_by_its_day_within_a_week(city):
    at = timezone.now()
    h = scenes.register(city.officer, city.firm, at=at - timedelta(days=20))
    client = desk(city.officer)
    post(client, f"{HAZARDS}/{h.pk}/acts/urge", words="请尽快", happened=(at + timedelta(days=2)).isoformat())
    post(client, f"{HAZARDS}/{h.pk}/acts/urge", words="再催", happened=(at - timedelta(days=40)).isoformat())
    told = [line["at"] for line in client.get(f"{HAZARDS}/{h.pk}").json()["timeline"]]
    assert told[1][:10] <= timezone.now().isoformat()[:10]
    assert told[0][:10] == (at - timedelta(days=7)).isoformat()[:10]


def test_a_hazard_goes_round_by_the_api_alone(city):
    officer, principal = desk(city.officer), desk(city.principal)
    body = {"enterprise": city.firm.name, "description": "配电箱无门", "source": "GOV_OPEN", "general": True,
            "no_photo_because": "防爆区禁止拍照"}  # fmt: skip
    h = post(officer, HAZARDS, **body).json()
    assert h["state"] == "REGISTERED"
    ordered = post(
        officer, f"{HAZARDS}/{h['id']}/acts/order", seen=h["version"], due_on=in_days(5), requirement="装门"
    )
    assert ordered.json()["state"] == "RECTIFYING", ordered.content.decode()
    bare = post(principal, f"{HAZARDS}/{h['id']}/acts/submit", measures="已装门")
    assert (bare.status_code, bare.json()["detail"]) == (422, "请先上传整改后照片")
    found = principal.get(f"{HAZARDS}/{h['id']}").json()
    assert {a["name"] for a in found["actions"] if a["allowed"]} >= {"submit", "progress"}


def test_actions_of_a_list_are_those_of_the_record_and_of_the_workflow(city):
    h = scenes.ordered(city)
    fresh(city)
    for who in (city.officer, city.second, city.head, city.clerk, city.principal, city.leader):
        client = desk(who)
        rows = client.get(HAZARDS).json()["items"]
        assert len(rows) == 2
        for row in rows:
            assert row["actions"] == client.get(f"{HAZARDS}/{row['id']}").json()["actions"]
        with acting_as(who):
            offers = HAZARD.offers(queries.hazard(h.pk), who, timezone.now())
        told = next(row["actions"] for row in rows if row["id"] == h.pk)
        assert [(a["name"], a["allowed"]) for a in told] == [(o.name, o.allowed) for o in offers]
        assert all(bool(a["why_not"]) is not a["allowed"] for a in told)


def test_the_list_has_the_declared_shape_and_costs_the_same_for_one_row_and_for_many(
    city, django_assert_max_num_queries
):
    for _ in range(20):
        fresh(city)
    client = desk(city.officer)
    client.get(HAZARDS)
    with django_assert_max_num_queries(5):  # session, account, positions, rows; one to spare
        answer = client.get(HAZARDS)
    page = shapes.HazardRows.model_validate_json(answer.content)
    assert json.loads(page.model_dump_json()) == answer.json()
    assert len(page.items) == 20


def test_an_act_says_what_it_asks_for(city):
    h = fresh(city)
    said = desk(city.officer).get(f"{HAZARDS}/{h.pk}/acts/order/form").json()
    assert (said["label"], said["allowed"], said["version"]) == ("责令整改", True, 1)
    second = next(i for i in said["inputs"] if i["name"] == "second")
    assert second["choices"] == [] or second["choices"][0]["value"]
