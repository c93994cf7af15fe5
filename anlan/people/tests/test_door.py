"""The door: who comes in, for how long, and what a wrong password, a lost phone or a demonstration meets."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from anlan.hazards.tests import scenes
from anlan.kernel.words import Refused
from anlan.people import commands
from anlan.people.middleware import SEEN, SINCE
from anlan.people.models import User
from anlan.site.counts import counts

pytestmark = pytest.mark.django_db
WORD = "Pinghe-2019"
FRESH = {"since": timezone.localdate() - timedelta(days=400)}


@pytest.fixture(autouse=True)
def _fresh_counters():
    counts.clear()


@pytest.fixture
def officer() -> User:
    user = scenes.account("王一", username="wangyi", password=make_password(WORD))
    office = scenes.organisation("OFFICE", "市集中办公室")
    scenes.appoint(user, office, "office", "CITY")
    return user


def sign_in(client: Any, username: str = "wangyi", password: str = WORD, to: str = "/login/") -> Any:
    return client.post(to, {"username": username, "password": password})


def test_nobody_sees_the_desk_without_signing_in(client):
    answer = client.get("/hazards/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/?next=")


def test_a_wrong_password_is_refused_and_says_nothing_of_the_account(client, officer):
    wrong, unknown = sign_in(client, password="Wrong-2019"), sign_in(client, username="nobody")
    assert wrong.status_code == unknown.status_code == 422
    words = [re.findall(r'role="alert">(.*?)</div>', a.content.decode(), re.S) for a in (wrong, unknown)]
    assert words[0] == words[1] != []


def test_after_five_wrong_passwords_the_right_one_does_not_help(client, officer):
    answers = [sign_in(client, password=f"Wrong-{n}") for n in range(5)]
    assert answers[-1].status_code == 429
    locked = sign_in(client)
    assert locked.status_code == 429
    assert "15分钟" in locked.content.decode()
    assert "_auth_user_id" not in client.session


def test_many_attempts_from_one_address_are_slowed_whatever_the_name(client, officer, monkeypatch):
    monkeypatch.setattr("anlan.people.pages.LOGINS", "3/m")
    monkeypatch.setattr("django_ratelimit.core._get_window", lambda value, period: 9_999_999_999)
    answers = [sign_in(client, username=f"guess{n}").status_code for n in range(4)]
    assert answers == [422, 422, 422, 429]


def test_a_demonstration_does_not_work_in_production(client, officer, settings):
    User.objects.filter(pk=officer.pk).update(is_demo=True)
    assert sign_in(client).status_code == 302
    settings.PRODUCTION = True
    assert client.get("/hazards/").status_code == 302, "a session of before ends too"
    refused = sign_in(client)
    assert refused.status_code == 422
    assert "演示账号不能在正式环境登录" in refused.content.decode()


def test_a_closed_account_does_not_come_in_and_its_session_ends(client, officer):
    sign_in(client)
    assert client.get("/me/").status_code == 200
    commands.disable(officer.pk, by=commands.CONSOLE, at=scenes.later(), reason="调离")
    assert client.get("/me/").status_code == 302
    assert sign_in(client).status_code == 422


def test_who_is_led_elsewhere_after_the_login_is_led_home(client, officer):
    answer = sign_in(client, to="/login/?next=https://example.org/")
    assert answer["Location"] == "/"


def test_an_idle_session_ends(client, officer, settings):
    sign_in(client)
    session = client.session
    session[SEEN] = session[SEEN] - settings.SESSION_IDLE_S - 1
    session.save()
    assert client.get("/me/").status_code == 302


def test_a_session_ends_after_its_longest_day_even_when_busy(client, officer, settings):
    sign_in(client)
    session = client.session
    session[SINCE] = session[SINCE] - settings.SESSION_ABSOLUTE_S - 1
    session.save()
    assert client.get("/me/").status_code == 302


def test_signing_in_changes_the_key_of_the_session(client, officer):
    client.get("/login/")
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_leaving_is_a_post(client, officer):
    sign_in(client)
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")
    assert client.get("/me/").status_code == 302


def test_the_first_password_must_be_changed_before_anything_else(client, officer):
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    sign_in(client)
    for asked in ("/", "/hazards/"):
        assert client.get(asked)["Location"] == "/me/password/"
    page = client.get("/me/password/")
    assert "一次性密码" in page.content.decode()
    done = client.post("/me/password/", {"old": WORD, "new": "Qingtian-88", "again": "Qingtian-88"})
    assert done["Location"] == "/"
    assert client.get("/").status_code == client.get("/hazards/").status_code == 200


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        ("Ab-1", "Ab-1", "10"),
        ("abcdefghijkl", "abcdefghijkl", "至少三种"),
        ("Password123", "Password123", "常见"),
        ("Qingtian-88", "Qingtian-89", "不一致"),
        (WORD, WORD, "不能与现在的密码相同"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_in_words(client, officer, new, again, words):
    sign_in(client)
    answer = client.post("/me/password/", {"old": WORD, "new": new, "again": again})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert User.objects.get(pk=officer.pk).check_password(WORD)


def test_who_does_not_know_the_old_password_sets_no_new_one(client, officer):
    sign_in(client)
    answer = client.post("/me/password/", {"old": "x", "new": "Qingtian-88", "again": "Qingtian-88"})
    assert answer.status_code == 422
    assert "现在的密码不对" in answer.content.decode()


def test_a_new_password_ends_the_sessions_elsewhere(client, officer):
    from django.test import Client

    other = Client()
    sign_in(client)
    sign_in(other)
    client.post("/me/password/", {"old": WORD, "new": "Qingtian-88", "again": "Qingtian-88"})
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


def _device(user: User) -> TOTPDevice:
    return TOTPDevice.objects.get(user=user)


def _token(device: TOTPDevice, ago: int = 0) -> str:
    return f"{totp(device.bin_key, drift=-ago):06d}"


def test_a_second_factor_is_proved_before_it_is_asked_for(client, officer):
    sign_in(client)
    assert "data:image/svg+xml" in client.get("/me/second/").content.decode()
    assert client.post("/me/second/", {"token": "000000"}).status_code == 422
    assert not User.objects.get(pk=officer.pk).second_factor
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post("/me/second/", {"token": _token(_device(officer))}).status_code == 302
    assert User.objects.get(pk=officer.pk).second_factor
    assert client.get("/me/").status_code == 200


def test_with_a_second_factor_the_password_alone_opens_nothing(client, officer):
    device = TOTPDevice.objects.create(user=officer, name="x", confirmed=True)
    User.objects.filter(pk=officer.pk).update(second_factor=True)
    assert sign_in(client)["Location"] == "/login/second/"
    assert client.get("/me/").status_code == 302
    wrong = client.post("/login/second/", {"token": "123"})
    assert wrong.status_code == 422
    assert "动态口令不对" in wrong.content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    token = _token(device)
    assert client.post("/login/second/", {"token": token}).status_code == 302
    assert client.get("/me/").status_code == 200
    client.post("/logout/")
    sign_in(client)
    assert client.post("/login/second/", {"token": token}).status_code == 422, "a token works once"


def test_the_second_factor_is_not_asked_for_without_a_password(client, officer):
    assert client.get("/login/second/")["Location"] == "/login/"


def test_who_lost_his_phone_is_let_in_by_the_administrator(client, officer):
    TOTPDevice.objects.create(user=officer, name="x", confirmed=True)
    User.objects.filter(pk=officer.pk).update(second_factor=True)
    commands.drop_second_factor(officer.pk, by=commands.CONSOLE, at=scenes.later())
    assert sign_in(client)["Location"] == "/"
    with pytest.raises(Refused, match="没有启用动态口令"):
        commands.drop_second_factor(officer.pk, by=commands.CONSOLE, at=scenes.later())
