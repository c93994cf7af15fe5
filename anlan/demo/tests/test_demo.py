"""The demonstration city: what it shows, who can enter it, and where it may not be made.

One small city is lived once for the whole file, in a transaction that is rolled back; a second one,
begun anew in a process and a database of its own, must be the same.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from anlan.demo import city, firms, haste, play, programme, texts
from anlan.demo.plot import office_hours
from anlan.enforcement.models import Document
from anlan.enforcement.panels import waiting as papers_waiting
from anlan.enforcement.states import Kind, Receipt
from anlan.enforcement.states import State as PaperState
from anlan.enforcement.workflow import DOCUMENT
from anlan.evidence.samples import SUBJECTS
from anlan.hazards.models import Extension, Hazard, Instruction, Opinion, Suspension
from anlan.hazards.states import Basis, Grade, State, Track
from anlan.hazards.suspension import SUSPENSION
from anlan.hazards.workflow import HAZARD
from anlan.inspections.models import Visit
from anlan.inspections.workflow import VISIT
from anlan.kernel.clock import CHINA, day_of
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.kernel.words import Refused
from anlan.people import commands as people
from anlan.people import queries
from anlan.people.models import Organisation, User
from anlan.people.roles import ROLES
from anlan.places import queries as places
from anlan.register.models import Enterprise
from anlan.site import verify
from anlan.standards import checklists
from anlan.standards import queries as standards
from anlan.standards.workflow import CHECKLIST

pytestmark = pytest.mark.slow

SCALE = 0.1
#: a Tuesday, half past ten and half past five in Zhengzhou
MORNING, EVENING = datetime(2026, 9, 15, 2, 30, tzinfo=UTC), datetime(2026, 9, 15, 9, 30, tzinfo=UTC)
NO_HAZARDS = {"duty", "auditor", "admin"}


@pytest.fixture(scope="module")
def demo(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[SimpleNamespace]:
    folder = tmp_path_factory.mktemp("demo")
    own = override_settings(EVIDENCE_DIR=folder / "evidence", FONTS_DIR=folder / "fonts")
    with django_db_blocker.unblock(), own, transaction.atomic():
        logins = play.run(scale=SCALE, at=MORNING)
        yield SimpleNamespace(logins=logins, folder=folder)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_the_city(request: pytest.FixtureRequest, settings: Any) -> Iterator[None]:
    """What a test changes in the city is taken back; its photos lie where they were brought."""
    if "demo" not in request.fixturenames:
        yield
        return
    settings.EVIDENCE_DIR = request.getfixturevalue("demo").folder / "evidence"
    with transaction.atomic(), acting_as(SYSTEM):
        yield
        transaction.set_rollback(True)


def rows(**q: Any) -> Any:
    return Hazard.everything.filter(**q)


DIGEST = """
import hashlib, json
from anlan.hazards.models import Hazard
columns = ("state", "track", "grade", "description", "source", "found_at", "found_by_name", "due_on", "closed_at",
           "now_organ_name", "enterprise__name", "measures", "money_spent", "extended", "returns", "late_from")
found = [[str(v) for v in row] for row in Hazard.everything.order_by("found_at", "pk").values_list(*columns)]
from anlan.enforcement.models import Document
papers = Document.everything.order_by("drafted_on", "pk").values_list("number", "state", "context", "pdf_sha256", "docx_sha256")
found += [[str(v) for v in row] for row in papers]
digest = hashlib.sha256(json.dumps(found, ensure_ascii=False).encode()).hexdigest()
"""


def digest() -> str:
    said: dict[str, Any] = {}
    exec(DIGEST, said)
    return said["digest"]


@pytest.mark.django_db
def test_what_was_broken_off_is_told_from_what_is_whole() -> None:
    assert not play._half()
    people.open_account(
        by=people.CONSOLE, at=MORNING, username="office", name="王伟", password="!", demo=True
    )
    assert play._half()


def test_a_whole_one_is_kept(demo: SimpleNamespace) -> None:
    assert not play._half()


# -- where it is not made ----------------------------------------------------------------------------


def test_it_is_not_made_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(Refused, match="生产环境"):
        play.run(fresh=True)


@pytest.mark.django_db
@pytest.mark.parametrize("fresh", [True, False])
def test_it_is_not_made_beside_real_accounts(fresh: bool) -> None:
    people.open_account(by=people.CONSOLE, at=MORNING, username="wangwei", name="王伟", password="!")
    with pytest.raises(Refused, match="非演示账号"):
        play.run(fresh=fresh, scale=0, at=MORNING)
    assert User.objects.filter(username="wangwei").exists()


@pytest.mark.django_db
def test_where_somebody_has_begun_to_work_nothing_is_added() -> None:
    people.found(by=people.CONSOLE, at=MORNING, name="市集中办公室", kind="OFFICE")
    assert play.run(at=MORNING) == []
    assert Organisation.objects.count() == 1
    assert play.table([]) == "没有演示账号:数据库里已有其他数据。"


def test_a_second_run_adds_nothing_and_prints_the_same_logins(demo: SimpleNamespace) -> None:
    before = JournalEntry.objects.count()
    assert play.run(scale=SCALE, at=EVENING) == demo.logins
    assert JournalEntry.objects.count() == before


# -- what it shows -------------------------------------------------------------------------------------


def test_every_act_of_every_workflow_of_the_field_has_been_performed(demo: SimpleNamespace) -> None:
    elsewhere = {"visit": {"task", "record"}, "document": {"record"}}  # of the past: proven with the autumn
    for workflow in (HAZARD, SUSPENSION, DOCUMENT, VISIT, CHECKLIST):
        done = JournalEntry.objects.filter(kind=workflow.name).values_list("act", flat=True)
        assert set(workflow.transitions) == set(done) | elsewhere.get(workflow.name, set())


def test_every_state_grade_and_basis_is_there_on_both_tracks(demo: SimpleNamespace) -> None:
    assert set(rows().values_list("state", flat=True)) == set(State)
    assert set(rows().values_list("grade", flat=True)) == set(Grade)
    assert set(rows(state=State.CLOSED).values_list("close_basis", flat=True)) == set(Basis)
    for track in Track:
        moving = {State.REGISTERED, State.RECTIFYING, State.REVIEW, State.CLOSED}
        assert moving <= set(rows(track=track).values_list("state", flat=True))
    assert set(Suspension.everything.values_list("state", flat=True)) == set(Suspension.Step)


def test_papers_of_every_kind_and_state_wait_on_the_desks_of_who_signs_and_who_serves(
    demo: SimpleNamespace,
) -> None:
    papers = Document.everything.all()
    assert set(papers.values_list("type", flat=True)) == set(Kind)
    assert set(papers.values_list("state", flat=True)) == set(PaperState)
    assert {Receipt.SIGNED, Receipt.REFUSED} <= set(papers.values_list("receipt", flat=True))
    assert papers.filter(state=PaperState.VOID, no__isnull=False).exists()
    waits = {"department_head": {"approve"}, "department": {"serve"}, "office": {"approve", "serve"}}
    for username, acts in waits.items():
        actor = queries.actor_for(User.objects.get(username=username), on=day_of(MORNING))
        with acting_as(actor):
            found = papers_waiting(actor)
        assert acts <= {q["act"] for q in found}, username
    firm = queries.actor_for(User.objects.get(username="principal"), on=day_of(MORNING))
    with acting_as(firm):
        assert Document.objects.count() >= 2


def test_what_is_no_state_is_there_too(demo: SimpleNamespace) -> None:
    today = day_of(MORNING)
    assert rows(state=State.RECTIFYING, due_on__lt=today).count() >= 5  # overdue
    assert rows(extension_pending=True).exists()
    assert rows(extended=1).exists()
    assert {0, 1, 2} <= set(rows().values_list("returns", flat=True))
    assert rows(transfer_to__isnull=False).exists()
    assert rows(leaving_asked_by__isnull=False, state=State.REGISTERED).exists()
    assert rows(relapse_of__isnull=False).exists()
    assert rows(taken_over=True).exists()
    assert rows(state=State.REVIEW, grade=Grade.MAJOR, acceptance_by__isnull=False).exists()
    assert rows(grade=Grade.MAJOR, state=State.CLOSED, plan_on__isnull=False).exists()
    assert rows(import_row__isnull=False).count() == 12
    assert rows(round__gt=1).exists()
    assert Opinion.objects.exists()
    assert set(Extension.objects.values_list("granted", flat=True)) == {True, False, None}
    spots = JournalEntry.objects.filter(act="fix_on_spot").values_list("body", flat=True)
    assert {json.loads(body)["note"].get("signature", {}).get("refused") for body in spots} >= {True, False}
    answered = Counter(a is not None for a in Instruction.objects.values_list("answered_on", flat=True))
    assert answered[True]
    assert answered[False]


def test_visits_of_all_three_modes_are_made_and_some_find_nothing(demo: SimpleNamespace) -> None:
    done = Visit.everything.filter(state__in=("FINISHED", "FILED"))
    assert set(done.values_list("mode", flat=True)) == {"SELF", "EXPERT", "GOV"}
    assert done.filter(found_nothing=True).exists()
    assert done.filter(found_no__gt=0).exists()
    for flag in ("led", "covert", "refused", "planned"):
        assert done.filter(**{flag: True}).exists(), flag
    assert set(Visit.everything.values_list("state", flat=True)) >= {"PLANNED", "UNDERWAY", "FILED", "VOID"}


def test_a_checklist_has_a_second_version_and_visits_keep_theirs(demo: SimpleNamespace) -> None:
    today = checklists.in_force("HAZCHEM", on=day_of(MORNING))
    assert today is not None
    assert today.version == 3  # the second was discarded
    for v in Visit.everything.filter(list_code="HAZCHEM", checklist__isnull=False).select_related(
        "checklist"
    ):
        assert v.checklist is not None
        assert v.checklist == checklists.in_force("HAZCHEM", on=v.held_on)


def test_every_county_has_a_firm_a_hazard_and_an_organ_for_every_sector(demo: SimpleNamespace) -> None:
    units = {place.code for place in places.counties()}
    assert len(units) == 16
    assert set(Enterprise.everything.values_list("county", flat=True)) == units
    assert Enterprise.everything.filter(state="ACTIVE").count() == 40
    assert Enterprise.everything.filter(state="PENDING").count() == 3
    kinds = {"SECTOR", "FIELD"}
    for unit in units:
        for sector in standards.sectors(on=day_of(MORNING)):
            if sector.kind in kinds:
                assert queries.competent_organ(sector=sector.code, county=unit, on=day_of(MORNING)), sector


def test_every_officer_finds_a_colleague_with_a_valid_credential(demo: SimpleNamespace) -> None:
    on = day_of(MORNING)
    bureaus = Organisation.objects.filter(kind="COUNTY_BUREAU")
    assert bureaus.count() == 16 * len(city.BUREAUS)
    for bureau in bureaus:
        able = queries.colleagues(bureau.pk, on=on, can="hazard.accept")
        assert sum(1 for actor in able if actor.credential_until and actor.credential_until > on) >= 2


def test_all_acts_lie_in_office_hours_of_the_ninety_days_before_today_and_in_order(
    demo: SimpleNamespace,
) -> None:
    acts = list(
        JournalEntry.objects.filter(kind="hazard").order_by("no").values_list("happened", "received", "act")
    )
    received = [r for _h, r, _a in acts]
    assert received == sorted(received)
    assert all(day_of(h) < day_of(MORNING) for h, _r, _a in acts)
    assert (day_of(MORNING) - day_of(received[0])).days <= play.DAYS
    assert {h.astimezone(CHINA).hour for h, _r, _a in acts} <= set(range(8, 18))


def test_the_journal_the_figures_and_the_photos_agree_with_the_records(demo: SimpleNamespace) -> None:
    report = verify.run()
    assert [str(f.reason) for f in report.findings] == []
    assert report.seals > 30  # one for each night after a day of work
    assert report.unsealed < 100


# -- who can enter -----------------------------------------------------------------------------------


def test_each_of_the_fifteen_roles_has_a_login_and_the_campaign_office_is_called_office(
    demo: SimpleNamespace,
) -> None:
    assert tuple(login.username for login in demo.logins) == play.LOGINS
    held = {
        queries.positions_of(user, on=day_of(MORNING))[0].role
        for user in User.objects.filter(username__in=play.LOGINS)
    }
    assert held == set(ROLES)
    office = demo.logins[0]
    assert (office.username, office.where) == ("office", "市集中行动办公室")
    assert not User.objects.filter(is_demo=False).exists()
    assert not User.objects.filter(must_change_password=True).exists()


def test_at_least_ten_things_wait_on_every_desk_where_hazards_wait(demo: SimpleNamespace) -> None:
    few = {login.username: login.waiting for login in demo.logins if login.waiting < 10}
    assert set(few) == NO_HAZARDS
    assert all(login.waits for login in demo.logins)


def test_the_list_names_everybody_and_the_password_once(demo: SimpleNamespace) -> None:
    printed = play.table(demo.logins)
    assert printed.count(city.PASSWORD) == 1
    assert all(login.username in printed and login.name in printed for login in demo.logins)


def test_every_login_opens_the_door_with_the_printed_password(demo: SimpleNamespace) -> None:
    for login in demo.logins:
        client = Client()
        answer = client.post(
            reverse("people:login"), {"username": login.username, "password": login.password}
        )
        assert answer.status_code == 302, login.username
        assert client.session.get("_auth_user_id"), login.username


# -- the same again ------------------------------------------------------------------------------------


def test_begun_anew_at_another_hour_of_the_same_day_the_city_is_the_same(
    demo: SimpleNamespace, django_db_setup: Any, tmp_path: Path
) -> None:
    script = f"""
import django
django.setup()
from datetime import datetime
from anlan.demo import play
from anlan.people import commands as people
from anlan.people.models import Organisation
evening = datetime.fromisoformat("{EVENING.isoformat()}")
people.found(by=people.CONSOLE, at=evening, name="旧单位", kind="OFFICE")
play.run(scale={SCALE}, fresh=True, at=evening)
{DIGEST}
print(json.dumps([digest, Organisation.objects.filter(name="旧单位").count()]))
"""
    own = {k: v for k, v in os.environ.items() if not k.startswith("ANLAN_")}
    own |= {"DJANGO_SETTINGS_MODULE": "anlan.site.settings", "ANLAN_DATA_DIR": str(tmp_path)}
    with django_db_setup.again(tmp_path) as url:
        done = subprocess.run(
            [sys.executable, "-c", script], env=own | {"DATABASE_URL": url}, capture_output=True, text=True,
            check=False, cwd=Path(play.__file__).parents[2],
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == [digest(), 0]


# -- the texts -----------------------------------------------------------------------------------------


def test_the_texts_are_whole() -> None:
    assert sum(len(found) for found in texts.FOUND.values()) >= 60
    sectors = {firm.sector for firm in firms.FIRMS}
    assert sectors <= set(texts.FOUND)
    assert all(f.picture in SUBJECTS for fs in texts.FOUND.values() for f in fs)
    assert all(f.picture in SUBJECTS for fs in texts.MAJOR.values() for f in fs)
    assert len({f.name for f in firms.FIRMS + firms.APPLICANTS}) == 43
    assert sum(lives.n for lives in programme.CITY + programme.DESKS) >= 400


@pytest.mark.django_db
def test_every_major_text_names_a_criterion_in_force_today() -> None:
    for sector, majors in texts.MAJOR.items():
        clauses = standards.major_clauses(sector, on=day_of(MORNING))
        for major in majors:
            assert any(major.part in clause for clause in clauses), (sector, major.part)


def test_nobody_works_at_night() -> None:
    night = datetime(2026, 9, 15, 14, 0, tzinfo=UTC)  # ten in the evening
    early = datetime(2026, 9, 14, 20, 0, tzinfo=UTC)  # four in the morning
    assert office_hours(night).astimezone(CHINA).strftime("%d %H") == "16 08"
    assert office_hours(early).astimezone(CHINA).strftime("%d %H") == "15 08"
    assert office_hours(MORNING) == MORNING


@pytest.mark.django_db
def test_what_is_put_aside_for_speed_stands_again_afterwards() -> None:
    """In the test's own transaction: the database takes back an index that is missed."""
    plain = lambda: sorted(haste._plain())
    before = plain()
    assert len(before) > 20
    aside = haste._put_aside()
    assert plain() == []
    haste._say([sql for _name, sql in aside])
    assert plain() == before
    with haste.hasty():
        assert plain() == before  # within a transaction nothing is put aside
