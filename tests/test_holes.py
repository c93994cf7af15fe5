"""The classes of holes that systems like this one had, each tried here (SQL, IDOR, mass assignment, scripts, sessions, …)."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.urls import reverse

from anlan.hazards.lists import LISTS
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.kernel.clock import day_of
from anlan.people.models import User
from anlan.site.counts import counts
from tests import world
from tests.test_doors import ACTS, DOORS
from tests.world import World, _django_db_helper  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def text(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode()


#: the keys of the hazards that a page leads to
KEYS = re.compile(r'href="/hazards/(\d+)/"')


# -- the address: SQL, keys of others, cursors -------------------------------------------------------

INJECTIONS = (
    "' OR '1'='1",
    "1) OR 1=1--",
    "4101' UNION SELECT password FROM people_user--",
    "x'; DROP TABLE hazards_hazard;--",
)


@pytest.mark.parametrize("said", INJECTIONS)
@pytest.mark.parametrize(
    "path", ["/hazards/", "/register/", "/documents/", "/hazards/four-lists/risks/", "/hazards/?print"]
)
def test_words_of_sql_in_a_filter_are_words(path: str, said: str, w: World):
    for name in ("state", "sector", "county", "town", "source", "text", "enterprise", "grade"):
        answer = w.client("officer").get(path, {name: said})
        assert answer.status_code in (200, 422)
        assert w.hazard.number not in text(answer), name
    assert Hazard.everything.filter(pk=w.hazard.pk).exists()


@pytest.mark.parametrize("said", INJECTIONS)
def test_words_of_sql_in_a_figure_are_refused(said: str, w: World):
    for name in ("place", "code", "by", "sector", "source", "from"):
        answer = w.client("clerk").get("/figures/rows/", {"code": "found", "place": "4101"} | {name: said})
        assert answer.status_code in (200, 422)
        assert f"/hazards/{w.hazard.pk}/" not in text(answer), name


def test_a_sort_key_is_not_taken_from_the_address(w: World):
    plain = w.client("clerk").get("/hazards/")
    for sort in ("password", "-enterprise__persons__name", "found_by__password", "id;--"):
        answer = w.client("clerk").get("/hazards/", {"sort": sort, "order_by": sort, "ordering": sort})
        assert answer.status_code == 200
        assert KEYS.findall(text(answer)) == KEYS.findall(text(plain))


def test_a_cursor_of_somebody_else_is_refused_in_words(w: World):
    for n in range(51):
        scenes.register(w.actors["officer"], w.firm, at=w.ago(1 + n / 100), description=f"第{n}处隐患")
    cursor = re.search(r"cursor=([\w%.:-]+)", text(w.client("officer").get("/hazards/")))
    assert cursor
    for who in ("clerk", "far_officer", "principal"):
        answer = w.client(who).get(f"/hazards/?cursor={cursor[1]}")
        assert answer.status_code == 422
        assert "翻页标记" in text(answer)
    assert w.client("officer").get(f"/hazards/?cursor={cursor[1][:-2]}xx").status_code == 422


def test_the_page_and_the_api_agree_on_who_sees_what(w: World):
    """One reads what the other reads; what one refuses, so does the other."""
    for who in w.users:
        page, api = (
            w.client(who).get(f"/hazards/{w.hazard.pk}/"),
            w.client(who).get(f"/api/v1/hazards/{w.hazard.pk}"),
        )
        assert (page.status_code == 200) == (api.status_code == 200), who
        listed = w.client(who).get("/api/v1/hazards")
        if listed.status_code == 200:
            keys = {row["id"] for row in json.loads(listed.content)["items"]}
            assert keys == {int(k) for k in KEYS.findall(text(w.client(who).get("/hazards/")))}, who
        before = world.tables()
        for act, said in (
            ("accept", {"opinion": "合格"}),
            ("accept_own", {"opinion": "合格"}),
            ("take_over", {"reason": "重要"}),
        ):
            one = w.client(who).post(f"/hazards/{w.hazard.pk}/{act}/", said).status_code
            two = w.client(who).post(
                f"/api/v1/hazards/{w.hazard.pk}/acts/{act}", json.dumps(said), content_type="application/json"
            ).status_code  # fmt: skip
            assert (one in (403, 404)) == (two in (401, 403, 404)), f"{who} {act}: {one} {two}"
        assert world.moved(before) == []


# -- the form: what names another's rows, and what it does not ask for ---------------------------------


def refused(answer: Any, before: dict[str, str], words: str = "") -> None:
    """A sentence, and nothing has moved."""
    assert answer.status_code in (400, 403, 404, 409, 422), answer.status_code
    assert words in text(answer)
    assert world.moved(before) == []


def test_a_hazard_is_not_assigned_to_an_organ_of_another_county(w: World):
    h = scenes.register(
        w.actors["county_clerk"], w.firm, at=w.ago(1), general=False, description="消防水带缺失,压力不足"
    )
    before = world.tables()
    for organ in ("far_bureau",):
        answer = w.client("county_clerk").post(f"/hazards/{h.pk}/assign/", {"to": w.organs[organ].pk})
        refused(answer, before, "可用的选项")
    for other in (w.firm.pk, w.far_firm.pk, 0, -1, 10**30, "x"):
        refused(w.client("county_clerk").post(f"/hazards/{h.pk}/assign/", {"to": other}), before)


def test_a_hazard_is_not_registered_with_a_firm_of_another_county(w: World):
    before = world.tables()
    for firm in (w.far_firm.name, w.far_firm.uscc, str(w.far_firm.pk)):
        answer = w.client("officer").post("/hazards/register/", {
            "enterprise": firm, "description": "配电箱无门", "source": "GOV_OPEN", "no_photo_because": "防爆区"})  # fmt: skip
        refused(answer, before, "没有找到这家企业")
    answer = w.client("principal").post("/hazards/register/", {
        "enterprise": w.other_firm.name, "description": "配电箱无门", "source": "SELF_DAILY",
        "no_photo_because": "防爆区"})  # fmt: skip
    refused(answer, before, "表单里多了“enterprise”")


def test_a_hazard_is_not_merged_into_one_of_another_county(w: World):
    other = scenes.register(w.actors["far_officer"], w.far_firm, at=w.ago(1), description="外区的隐患")
    before = world.tables()
    for said in (other.number, str(other.pk)):
        for name in ("into", "merge_into", "target"):
            refused(
                w.client("officer").post(
                    f"/hazards/{w.found.pk}/ask_merge/", {name: said, "reason": "重复登记"}
                ),
                before,
            )


def test_no_second_officer_is_taken_from_elsewhere(w: World):
    stranger = w.actors["far_officer"]
    before = world.tables()
    answer = w.client("officer").post(f"/hazards/{w.found.pk}/order/", {
        "due_on": day_of(w.now) + timedelta(days=5), "requirement": "加装箱门", "legal": "on",
        "second": f"{stranger.id}@{stranger.position}"})  # fmt: skip
    refused(answer, before, "可用的选项")


def test_a_suspension_does_not_rest_on_another_firms_hazard(w: World):
    before = world.tables()
    answer = w.client("officer").post(f"/hazards/suspensions/propose/{w.other_firm.pk}/", {
        "hazards": [w.hazard.pk], "extent": "WHOLE", "reason": "隐患未消除"})  # fmt: skip
    refused(answer, before)


def test_a_photo_of_somebody_elses_is_not_brought_to_bear(w: World):
    from anlan.evidence.tests import scenes as files

    theirs = files.brought(files.photo(21), by=w.actors["far_officer"], at=w.now)
    before = world.tables()
    answer = w.client("officer").post("/hazards/register/", {
        "enterprise": w.firm.name, "description": "疏散门上锁", "source": "GOV_OPEN", "photos": str(theirs.token)})  # fmt: skip
    refused(answer, before)


#: what somebody might slip into a form
TOO_MUCH = (
    "state",
    "now_county",
    "found_by",
    "head",
    "seq",
    "closed_on",
    "id",
    "grade",
    "is_superuser",
    "role",
    "county",
)


@pytest.mark.parametrize("name", TOO_MUCH)
def test_a_field_too_many_is_refused_with_a_sentence(name: str, w: World):
    before = world.tables()
    answer = w.client("officer").post(f"/hazards/{w.hazard.pk}/urge/", {"words": "请尽快", name: "CLOSED"})
    refused(answer, before, f"表单里多了“{name}”")
    answer = w.client("principal").post(
        f"/register/{w.firm.pk}/add_workpost/", {"name": "电焊", name: "x"} | {"seq": "9"}
    )
    refused(answer, before, "表单里多了")
    answer = w.client("officer").post(
        "/me/password/", {"old": "x", "new": "Qingtian-88", "again": "Qingtian-88", name: "1"}
    )
    refused(answer, before, f"表单里多了“{name}”")
    answer = w.client("officer").post(f"/api/v1/hazards/{w.hazard.pk}/acts/urge", json.dumps({"words": "请尽快", name: "CLOSED"}),
                                      content_type="application/json")  # fmt: skip
    assert answer.status_code == 422 or name in ("seen", "id")
    assert world.moved(before) == []


def test_every_form_of_an_act_refuses_a_field_too_many():
    """Also those that are yet to be written: whoever adds a form of an act begins from Strict."""
    from django import forms

    from anlan.enforcement import forms as papers
    from anlan.hazards import forms as hazards
    from anlan.hazards import suspensions
    from anlan.kernel.forms import Strict
    from anlan.people import keeping_pages
    from anlan.register import forms as register

    acts: list[type[forms.Form]] = [
        *hazards.BY_ACT.values(), *papers.BY_ACT.values(), *suspensions.FORMS.values(), suspensions.Propose, papers.Draft,
        *register.BY_ACT.values(), register.SignUp, register.Enter,
        *(act.form for kind in keeping_pages.ACTS.values() for act in kind.values()),
    ]  # fmt: skip
    assert [f.__name__ for f in acts if not issubclass(f, Strict)] == []


FORM = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>.*?</form>", re.S)
NAMED = re.compile(r"<(?:input|select|textarea|button)\b[^>]*\bname=\"([^\"]+)\"")


@pytest.mark.parametrize("name", sorted([*(n for n, d in DOORS.items() if d.get and d.post), *ACTS]))
def test_no_form_is_refused_for_what_its_own_page_sends(name: str, w: World):
    if name in ACTS:
        acts = ACTS[name]
        known, key = acts.flow.transitions, getattr(w, acts.row).pk
        asked = [
            (next((p for p in acts.sees.split() if w.actors[p].may(known[act].needs)), ""), reverse(name, args=(key, act)))
            for act in acts.names
        ]  # fmt: skip
    else:
        entry = DOORS[name]
        who = next((p for p in entry.post.split() if p in w.users), "officer")
        asked = [(who, reverse(name, args=entry.args(w)))]
    for who, path in asked:
        if not who:
            continue
        page = text(w.client(who).get(path))
        for form in FORM.findall(page):
            if " action=" in form.split(">", 1)[0]:
                continue  # a form of the frame: language, light, position
            names = set(NAMED.findall(form)) - {"csrfmiddlewaretoken"}
            with world.undone():
                answer = w.client(who).post(path, dict.fromkeys(names, ""))
            assert "表单里多了" not in text(answer), f"{path}: {sorted(names)}"


def test_an_administrator_does_not_raise_himself_nor_reach_beyond_his_county(w: World):
    before = world.tables()
    admin = w.client("far_admin")
    office, own = w.organs["office"].pk, w.users["far_admin"].pk
    refused(admin.post(f"/people/{own}/appoint/", {"organisation": office, "role": "administrator"}), before)
    bureau = w.organs["far_bureau"].pk
    refused(
        admin.post(
            f"/people/{own}/appoint/",
            {"organisation": bureau, "role": "department_head", "sectors": ["HAZCHEM"]},
        ),
        before,
    )
    for who in ("officer", "clerk", "admin"):
        for act in ("reset_password", "disable", "rename", "drop_second_factor"):
            refused(
                admin.post(f"/people/account/{w.users[who].pk}/{act}/", {"name": "改名", "reason": "调离"}),
                before,
            )


# -- words of people: scripts ------------------------------------------------------------------------

SCRIPT = "<script>alert(1)</script>\"onmouseover=alert(2) x='<img src=x onerror=alert(3)>"
#: what must not stand unescaped: a tag of ours opened by their words, or an attribute broken out of
RAW = re.compile(r"<script>alert|<img src=x|\"onmouseover=alert")


def test_a_script_in_every_text_field_is_shown_as_text(w: World):
    firm = world.firms.enterprise(
        scenes.JINSHUI, town=world.STREET, at=w.ago(9), name=f"安顺{SCRIPT}公司"[:60], address=SCRIPT[:60]
    )
    c, due = w.client("officer"), (day_of(w.now) + timedelta(days=4)).isoformat()
    made = c.post("/hazards/register/", {"enterprise": firm.uscc, "description": SCRIPT, "location": SCRIPT, "source": "GOV_OPEN",
                  "no_photo_because": SCRIPT, "general": "on", "basis": SCRIPT, "clause": SCRIPT})  # fmt: skip
    assert made.status_code == 302, text(made)[:3000]
    h = Hazard.everything.order_by("-pk").first()
    for act, said in {
        "urge": {"words": SCRIPT},
        "order": {"due_on": due, "requirement": SCRIPT, "responsible": SCRIPT[:60]},
    }.items():
        assert c.post(f"/hazards/{h.pk}/{act}/", said).status_code == 302, act
    proposed = c.post(f"/hazards/suspensions/propose/{firm.pk}/", {
        "hazards": [h.pk], "extent": "PART", "scope_words": SCRIPT, "reason": SCRIPT})  # fmt: skip
    assert proposed.status_code == 302
    paths = [
        "/", "/hazards/", f"/hazards/{h.pk}/", f"/hazards/{h.pk}/urge/", f"/hazards/{h.pk}/accept/", proposed["Location"],
        "/hazards/suspensions/", "/register/", f"/register/{firm.pk}/", "/figures/rows/?code=found", "/hazards/register/",
        *(f"/hazards/four-lists/{which}/{p}" for which in LISTS for p in ("", "?print")),
    ]  # fmt: skip
    for path in paths:
        answer = c.get(path)
        assert answer.status_code == 200, path
        assert not RAW.search(text(answer)), path
    journal = w.client("auditor").get("/journal/", {"kind": "hazard", "subject": h.pk})
    assert not RAW.search(text(journal))


@pytest.mark.parametrize("name", sorted(n for n, d in DOORS.items() if d.get))
def test_a_script_in_the_address_is_shown_as_text(name: str, w: World):
    entry = DOORS[name]
    who = next((p for p in entry.get.split() if p in w.users), "clerk")
    asked = dict.fromkeys(
        ("text", "q", "person", "next", "place", "state", "sector", "view", "enterprise", "cursor", "since"),
        SCRIPT,
    )
    answer = w.client(who).get(reverse(name, args=entry.args(w)), asked)
    assert answer.status_code < 500
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        assert not RAW.search(text(answer))


# -- headers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(n for n, d in DOORS.items() if d.get))
def test_every_answer_has_a_strict_content_policy_and_is_kept_by_nobody(name: str, w: World):
    entry = DOORS[name]
    who = next((p for p in entry.get.split() if p in w.users), "clerk")
    answer = w.client(who).get(reverse(name, args=entry.args(w)) + entry.query)
    guarded(answer)
    kept = answer["Cache-Control"]
    assert "private" in kept and ("no-store" in kept or "no-cache" in kept)  # noqa: PT018


def guarded(answer: Any) -> None:
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_refusals_and_redirects_carry_the_policy_too(w: World):
    c = w.client("officer")
    for answer in (
        c.get("/nothing/"), c.get("/journal/"), c.get("/logout/"), c.get("/hazards/?since=x"), c.get("/hazards/?text=%00"),
        c.post(f"/hazards/{w.hazard.pk}/urge/", {}), Client().get("/hazards/"), c.get("/static/nothing.js"),
    ):  # fmt: skip
        guarded(answer)


def test_a_script_of_ours_carries_the_policy(w: World):
    from django.conf import settings

    manifest = json.loads((settings.BUILT / "manifest.json").read_text())
    answer = w.client("nobody").get(f"/static/built/{next(iter(manifest.values()))['file']}")
    assert answer.status_code == 200
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


# -- sessions, origins, hosts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "to",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "http:///example.org"],
)
def test_no_address_leads_out_of_the_house(to: str, w: World):
    c = w.client("officer")
    position = w.actors["officer"].position
    for path, said in (
        ("/theme/", {"next": to}), ("/i18n/setlang/", {"next": to, "language": "en"}),
        ("/me/switch/", {"next": to, "position": position}), (f"/login/?next={to}", {"username": "x", "password": "y"}),
    ):  # fmt: skip
        answer = c.post(path, said)
        assert "example.org" not in answer.headers.get("Location", ""), path
        assert not answer.headers.get("Location", "").startswith("javascript"), path


@pytest.mark.parametrize("name", sorted([*(n for n, d in DOORS.items() if d.post)]))
def test_a_form_from_elsewhere_is_not_carried_out(name: str, w: World):
    entry = DOORS[name]
    who = next((p for p in entry.post.split() if p in w.users), "officer")
    theirs = Client(enforce_csrf_checks=True)
    theirs.cookies.update(w.client(who).cookies)
    before = world.tables()
    answer = theirs.post(reverse(name, args=entry.args(w)), {"act_id": "x"})
    assert answer.status_code == 403
    assert "刷新页面" in text(answer)
    assert world.moved(before) == []


def test_the_api_takes_no_act_by_cookie_without_the_token_of_a_page(w: World):
    theirs = Client(enforce_csrf_checks=True)
    theirs.cookies.update(w.client("officer").cookies)
    before = world.tables()
    answer = theirs.post(
        f"/api/v1/hazards/{w.hazard.pk}/acts/urge", '{"words": "请尽快"}', content_type="application/json"
    )
    assert answer.status_code == 403
    assert world.moved(before) == []


def test_a_token_never_becomes_a_session(w: World):
    bearer = {"Authorization": f"Bearer {w.secret}"}
    c = Client()
    assert c.get("/api/v1/hazards", headers=bearer).status_code == 200
    assert "anlan_session" not in c.cookies
    assert Client().get("/hazards/", headers=bearer).status_code == 302, "a token opens no page"
    assert Client().get("/me/", headers=bearer).status_code == 302
    assert (
        Client().get("/api/v1/hazards", headers={"Authorization": f"Bearer {w.secret[:-1]}x"}).status_code
        == 401
    )


def test_nobody_elses_answer_is_handed_out(w: World):
    """No cache stands between two people: the same address, one after the other, each his own."""
    for path in ("/", "/hazards/", "/register/", "/figures/", "/api/v1/hazards"):
        mine, theirs = (text(w.client(who).get(path)) for who in ("officer", "far_officer"))
        again = text(w.client("officer").get(path))
        assert w.firm.name not in theirs, path
        assert (w.firm.name in again) == (w.firm.name in mine), path


def test_a_person_who_sends_too_much_is_slowed(w: World, settings: Any, monkeypatch: Any):
    settings.ACT_RATE = 3
    monkeypatch.setattr("django_ratelimit.core._get_window", lambda value, period: 9_999_999_999)
    counts.clear()
    codes = [w.client("officer").post(f"/hazards/{w.hazard.pk}/accept/", {}).status_code for _ in range(5)]
    assert codes == [422, 422, 422, 429, 429]
    slowed = w.client("officer").post(f"/hazards/{w.hazard.pk}/urge/", {"words": "请尽快"})
    assert slowed["Retry-After"] == "60"
    assert "一分钟" in text(slowed)
    assert w.client("clerk").post(f"/hazards/{w.hazard.pk}/urge/", {}).status_code == 422, "another is not"


def test_sign_ups_from_one_address_are_slowed(w: World, monkeypatch: Any):
    monkeypatch.setattr("anlan.register.pages.SIGN_UPS", "2/h")
    monkeypatch.setattr("django_ratelimit.core._get_window", lambda value, period: 9_999_999_999)
    counts.clear()
    assert [Client().post("/register/sign-up/", {}).status_code for _ in range(3)] == [422, 422, 429]


def test_only_a_named_proxy_says_who_asked(w: World, settings: Any, monkeypatch: Any):
    """Anybody can write the header: unnamed, it changes nobody's limit; named, each visitor has his own."""
    monkeypatch.setattr("anlan.register.pages.SIGN_UPS", "1/h")
    monkeypatch.setattr("django_ratelimit.core._get_window", lambda value, period: 9_999_999_999)

    def sign_up(forwarded: str) -> int:
        return Client().post("/register/sign-up/", {}, headers={"X-Forwarded-For": forwarded}).status_code

    counts.clear()
    assert [sign_up(said) for said in ("203.0.113.5", "203.0.113.6")] == [422, 429]
    settings.PROXIES = [ip_network("127.0.0.1/32"), ip_network("10.0.3.0/24")]
    counts.clear()
    assert [sign_up(said) for said in ("203.0.113.5", "203.0.113.6, 10.0.3.7", "203.0.113.5")] == [
        422,
        422,
        429,
    ]
    assert sign_up("198.51.100.1, 203.0.113.6") == 429, "what the visitor wrote himself is not read"
    assert sign_up("no address") == 422, "the proxy's own"


PROBE = """
import json, django
django.setup()
from django.conf import settings as s
from django.test import Client
c = Client()
plain = c.get("/health", headers={"host": "anlan.example"})
good = c.get("/robots.txt", headers={"host": "anlan.example", "x-forwarded-proto": "https"})
bad = c.get("/robots.txt", headers={"host": "evil.example", "x-forwarded-proto": "https"})
print(json.dumps({
    "debug": s.DEBUG, "session": s.SESSION_COOKIE_SECURE, "csrf": s.CSRF_COOKIE_SECURE, "http_only": s.SESSION_COOKIE_HTTPONLY,
    "same_site": s.SESSION_COOKIE_SAMESITE, "plain": [plain.status_code, plain.headers.get("Location", "")],
    "hsts": good.headers.get("Strict-Transport-Security", ""), "good": good.status_code, "bad": bad.status_code,
    "said": bad.content.decode(),
}))
"""


def test_in_production_cookies_are_secure_and_only_its_own_hosts_are_answered(tmp_path: Any):
    env = os.environ | {"ANLAN_ENV": "production", "ANLAN_HOSTS": "anlan.example", "ANLAN_DATA_DIR": str(tmp_path),
                        "DJANGO_SETTINGS_MODULE": "anlan.site.settings", "DATABASE_URL": ""}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PROBE], env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout.strip().splitlines()[-1])
    assert (said["debug"], said["session"], said["csrf"], said["http_only"], said["same_site"]) == (
        False,
        True,
        True,
        True,
        "Lax",
    )
    assert said["plain"] == [301, "https://anlan.example/health"]
    assert said["hsts"] == "max-age=31536000"
    assert said["bad"] == 400
    assert "evil.example" not in said["said"]


def test_a_statement_that_takes_too_long_is_given_up(settings: Any):
    if connection.vendor != "postgresql":
        assert settings.DATABASES["default"]["OPTIONS"]["timeout"] == 20
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone()[0] == f"{settings.STATEMENT_TIMEOUT_S}s"
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == "10s"


def test_an_error_says_nothing_of_what_is_inside(w: World, monkeypatch: Any):
    monkeypatch.setattr("anlan.hazards.pages.queries.ledger", lambda **given: 1 / 0)
    client = w.client("officer")
    client.raise_request_exception = False
    for path in ("/hazards/", "/api/v1/hazards"):
        answer = client.get(path)
        assert answer.status_code == 500
        said = text(answer)
        for secret in ("ZeroDivision", "Traceback", ".py", "SELECT", "SECRET", "anlan.hazards"):
            assert secret not in said
        guarded(answer)


def test_a_password_is_never_shown_nor_logged(w: World):
    own = {"old": "x", "new": "Qingtian-88", "again": "Qingtian-88"}
    User.objects.filter(pk=w.users["officer"].pk).update(password=make_password("x"))
    c = w.client("officer")
    c.force_login(User.objects.get(pk=w.users["officer"].pk), backend=world.BACKEND)
    assert c.post("/me/password/", own).status_code == 302
    for model in apps.get_models():
        if model._meta.label_lower in ("people.user", "sessions.session", "otp_totp.totpdevice"):
            continue
        said = repr(list(model._base_manager.values_list()))
        assert "pbkdf2_" not in said, model
        assert "Qingtian" not in said, model
    shown = text(w.client("admin").get(f"/people/{w.users['officer'].pk}/"))
    assert User.objects.get(pk=w.users["officer"].pk).password not in shown
