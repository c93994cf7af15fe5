"""Tokens of the API: what they may never do, and how they end with their holder."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor
from anlan.kernel.words import Refused
from anlan.people import commands, token_commands, tokens
from anlan.people.models import ApiToken, Position, User
from anlan.site import verify
from anlan.site.counts import counts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters():
    counts.clear()


@pytest.fixture
def city() -> City:
    return City()


def make(by: Actor, *scopes: str, days: int = 30, name: str = "园区平台") -> tuple[ApiToken, str]:
    fresh, now = tokens.new(), timezone.now()
    token = token_commands.make(
        name=name, key=fresh.key, digest=fresh.digest, scopes=list(scopes), by=by, at=now,
        until=timezone.localdate() + timedelta(days=days),
    )  # fmt: skip
    return token, fresh.secret


def call(secret: str, path: str = "/api/v1/hazards", client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).get(path, headers={"Authorization": f"Bearer {secret}", **headers})


def send(secret: str, path: str, **body: Any) -> Any:
    return Client(enforce_csrf_checks=True).post(
        path, json.dumps(body, default=str), content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )  # fmt: skip


def ends(by: Actor) -> None:
    """His position ended the day before yesterday."""
    Position.objects.filter(pk=by.position).update(until=timezone.localdate() - timedelta(days=2))


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("Basic dTpw", "请以“Bearer 令牌”的形式提供令牌"),
        ("Bearer", "请以“Bearer 令牌”的形式提供令牌"),
        ("Bearer x", "令牌无效"),
        ("Bearer anlan_000000000000_x", "令牌无效"),
        ("Bearer anlan__", "令牌无效"),
        ("Bearer 令牌", "令牌无效"),
    ],
)
def test_what_is_no_token_is_refused_in_words(db, header, sentence):
    answer = Client().get("/api/v1/me", headers={"Authorization": header})
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert sentence in answer.json()["detail"]
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_the_token_of_a_person_who_left_opens_nothing_and_says_so(city):
    _token, secret = make(city.officer, "read", "act")
    h = scenes.register(city.officer, city.firm)
    assert call(secret).status_code == 200
    ends(city.officer)
    for answer in (call(secret), send(secret, f"/api/v1/hazards/{h.pk}/acts/urge", words="请尽快")):
        assert answer.status_code == 401
        assert answer.json()["detail"] == "令牌所属的人已不担任建立令牌时的职务,令牌不能再用"
    assert scenes.fresh(h).seq == 1
    english = call(secret, **{"Accept-Language": "en"})
    assert english.json()["detail"].isascii()


def test_handing_over_a_position_ends_its_tokens_at_once(city):
    _token, secret = make(city.officer, "read")
    successor = scenes.account("接任")
    commands.hand_over(city.officer.position, user=successor.pk, by=commands.CONSOLE, at=timezone.now())
    assert call(secret).status_code == 401


def test_a_disabled_account_an_expired_and_a_revoked_token_open_nothing(city):
    _t, secret = make(city.officer, "read")
    commands.disable(city.officer.id, by=commands.CONSOLE, at=timezone.now(), reason="调离")
    assert "账号已停用" in call(secret).json()["detail"]
    late, old = make(city.clerk, "read")
    ApiToken.objects.filter(pk=late.pk).update(until=timezone.localdate() - timedelta(days=1))
    assert "到期" in call(old).json()["detail"]
    token, secret = make(city.head, "read")
    token_commands.revoke(token.pk, by=city.head, at=timezone.now())
    assert call(secret).json()["detail"] == "令牌“园区平台”已吊销"


def test_a_token_never_makes_a_cookie_and_never_leans_on_one(city):
    _token, secret = make(city.officer, "read")
    desk = Client()
    desk.force_login(User.objects.get(pk=city.clerk.id))
    before = {name: c.value for name, c in desk.cookies.items()}
    answer = call(secret, "/api/v1/me", client=desk)
    assert answer.json()["id"] == city.officer.id
    assert not answer.cookies
    assert {name: c.value for name, c in desk.cookies.items()} == before
    assert call("anlan_x_y", "/api/v1/me", client=desk).status_code == 401
    assert not call(secret, client=Client()).cookies


def test_a_token_opens_no_page_of_the_desk(city):
    _token, secret = make(city.officer, "read", "act")
    assert call(secret, "/hazards/").status_code == 302
    assert call(secret, "/me/tokens/").status_code == 302


def test_a_token_that_reads_cannot_act_and_one_that_reports_cannot_read(city):
    h = scenes.register(city.officer, city.firm)
    _t, reader = make(city.officer, "read")
    _t, reporter = make(city.officer, "report", name="传感器")
    assert call(reader, f"/api/v1/hazards/{h.pk}").json()["actions"] == []
    refused = send(reader, f"/api/v1/hazards/{h.pk}/acts/urge", words="请尽快")
    assert (refused.status_code, scenes.fresh(h).seq) == (403, 1)
    assert call(reporter).json()["detail"] == "这个令牌没有“读取”权限"
    made = send(
        reporter, "/api/v1/hazards", enterprise=city.firm.name, description="阀门泄漏报警", source="GOV_OPEN",
        no_photo_because="传感器上报",
    )  # fmt: skip
    assert made.status_code == 201, made.content.decode()


def test_personal_data_needs_a_scope_of_its_own(city):
    h = scenes.register(city.officer, city.firm)
    order = {"due_on": timezone.localdate() + timedelta(days=5), "requirement": "装门", "responsible": "王某"}
    _t, actor = make(city.officer, "act")
    assert send(actor, f"/api/v1/hazards/{h.pk}/acts/order", **order).json()["responsible"] is None
    _t, both = make(city.officer, "read", "personal")
    assert call(both, f"/api/v1/hazards/{h.pk}").json()["responsible"] == "王某"


def test_a_token_acts_in_its_position_and_the_journal_names_it(city):
    h = scenes.register(city.officer, city.firm)
    _t, secret = make(city.officer, "act")
    assert send(secret, f"/api/v1/hazards/{h.pk}/acts/urge", words="请尽快").status_code == 200
    entry = JournalEntry.objects.get(kind="hazard", subject=h.pk, seq=2)
    by = json.loads(entry.body)["by"]
    assert (by["id"], by["position"], "园区平台" in by["title"]) == (
        city.officer.id,
        city.officer.position,
        True,
    )


def test_a_token_of_one_county_does_not_find_another(city):
    h = scenes.register(city.officer, city.firm)
    user = scenes.account("外区")
    other = scenes.organisation("COUNTY_BUREAU", "二七区应急管理局", county=scenes.ERQI)
    scenes.appoint(user, other, "department_officer", "COUNTY", code=scenes.ERQI, sectors=["HAZCHEM"])
    _t, secret = make(scenes.actor(user), "read", "act")
    assert call(secret, f"/api/v1/hazards/{h.pk}").status_code == 404


def test_too_many_requests_are_told_when_to_come_back(city, settings):
    settings.API_RATE = 3
    _t, secret = make(city.officer, "read")
    answers = [call(secret, "/api/v1/me") for _ in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert answers[-1].json()["title"] == "请求太频繁"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"scopes": ["act", "people"]}, "请选择令牌的权限"),
        ({"scopes": []}, "请选择令牌的权限"),
        ({"days": 400}, "令牌最长一年"),
        ({"days": -1}, "令牌最长一年"),
        ({"name": " "}, "请填写令牌的名称"),
    ],
)
def test_what_a_token_may_not_be_made_for(city, given, sentence):
    said = {"scopes": ["read"], "days": 30, "name": "平台"} | given
    with pytest.raises(Refused, match=sentence):
        make(city.officer, *said["scopes"], days=said["days"], name=said["name"])
    assert not ApiToken.objects.exists()


def test_nobody_revokes_the_token_of_a_colleague(city):
    token, _secret = make(city.officer, "read")
    with pytest.raises(Refused, match="只能吊销本人的令牌"):
        token_commands.revoke(token.pk, by=city.head, at=timezone.now())


def test_the_secret_is_shown_once_and_kept_nowhere(city):
    desk = Client()
    desk.force_login(User.objects.get(pk=city.officer.id))
    until = timezone.localdate() + timedelta(days=30)
    page = desk.post("/me/tokens/", {"name": "平台", "scopes": ["read"], "until": until})
    secret = page.content.decode().split('class="secret">')[1].split("<")[0]
    assert call(secret).status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert secret not in desk.get("/me/tokens/").content.decode()
    kept = json.dumps(list(ApiToken.objects.values()), default=str) + "".join(
        JournalEntry.objects.values_list("body", flat=True)
    )
    assert secret not in kept
    assert secret.split("_", 2)[2] not in kept
    assert verify.run().holds
    token = ApiToken.objects.get()
    assert desk.post(f"/me/tokens/{token.pk}/revoke/").status_code == 302
    assert call(secret).status_code == 401


def test_the_last_use_is_written_once_an_hour(city):
    token, secret = make(city.officer, "read")
    call(secret)
    first = ApiToken.objects.get(pk=token.pk).last_used_at
    call(secret)
    assert first is not None
    assert ApiToken.objects.get(pk=token.pk).last_used_at == first
