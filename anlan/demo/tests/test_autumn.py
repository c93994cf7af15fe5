"""The autumn of 2019 as it was lived: its figures are counted from records, and the records hold.

One small city is lived for the whole file, in a transaction that is rolled back.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils.translation import override

from anlan.demo import city, photos
from anlan.demo.autumn import formalism, load
from anlan.demo.autumn.article import ARTICLE, MID_AUTUMN, NATIONAL_DAY
from anlan.demo.autumn.steps import done
from anlan.duty.models import RollCall
from anlan.enforcement.models import Document
from anlan.evidence.models import Attachment
from anlan.figures import engine
from anlan.figures.engine import Ask, Period
from anlan.hazards.models import Hazard, Suspension
from anlan.inspections.models import Finding, Visit
from anlan.kernel import search
from anlan.kernel.clock import day_of
from anlan.kernel.command import Command, Outcome
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import SYSTEM, Access, acting_as
from anlan.kernel.tally import TallyDay
from anlan.people import commands as people
from anlan.register.models import Enterprise, Park
from anlan.site import verify

pytestmark = pytest.mark.slow

SCALE = 0.01
TOLD = ARTICLE.scaled(SCALE)
LONG_BEFORE, TODAY = datetime(2018, 12, 3, 1, tzinfo=UTC), date(2026, 9, 15)
CAMPAIGN = (date(2019, 7, 31), date(2019, 10, 31))


@pytest.fixture(scope="module")
def autumn(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[SimpleNamespace]:
    folder = tmp_path_factory.mktemp("autumn")
    own = override_settings(EVIDENCE_DIR=folder / "evidence", FONTS_DIR=folder / "fonts")
    said: list[tuple[str, int, int]] = []
    with django_db_blocker.unblock(), own, transaction.atomic(), override("zh-hans"):
        tell = lambda *what: said.append(what)
        cast = city.organs(at=LONG_BEFORE, today=TODAY, chance=random.Random(1), tell=tell)
        pictures = photos.pool(seed=1, at=LONG_BEFORE, tell=tell)
        plan = load.load(cast, seed=2019, scale=SCALE, pictures=pictures, tell=tell)
        yield SimpleNamespace(plan=plan, said=said, folder=folder)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_the_city(request: pytest.FixtureRequest, settings: Any) -> Iterator[None]:
    if "django_db" in request.keywords:
        yield
        return
    settings.EVIDENCE_DIR = request.getfixturevalue("autumn").folder / "evidence"
    with transaction.atomic(), acting_as(SYSTEM):
        yield
        transaction.set_rollback(True)


def counted(window: tuple[date, date], *codes: str, system: str = "") -> list[Any]:
    """The figures, each opened into exactly as many records."""
    only = (("system", (system,)),) if system else ()
    period = Period(*window)
    table = engine.read(Ask(codes, ("4101",), period, only))
    return [table[code, "4101"] for code in codes]


def papers(first: date, last: date) -> int:
    return Document.everything.filter(
        type="RECTIFY_ORDER", state="SERVED", approved_on__range=(first, last)
    ).count()


@pytest.mark.django_db
def test_an_act_that_the_plan_got_wrong_is_told_and_not_passed_over() -> None:
    unknown = [{"at": LONG_BEFORE, "username": "a b", "name": "王伟", "password": "!"}]
    with pytest.raises(RuntimeError, match=r"account\.open"):
        done(people.open_account, unknown, by=people.CONSOLE)


def lived_through(scale: float, folder: Any) -> dict[str, Any]:
    """A city of this size, as what it leaves behind; then it is taken back."""
    with override_settings(EVIDENCE_DIR=folder), transaction.atomic(), override("zh-hans"), acting_as(SYSTEM):
        cast = city.organs(at=LONG_BEFORE, today=TODAY, chance=random.Random(1), tell=lambda *said: None)
        pictures = photos.pool(seed=1, at=LONG_BEFORE, tell=lambda *said: None)
        load.load(cast, seed=3, scale=scale, pictures=pictures, tell=lambda *said: None)
        columns = ("found_at", "state", "grade", "description", "enterprise__name", "found_organisation_name", "due_on",
                   "rectified_on", "closed_at", "late_from", "round", "seq", "measures")  # fmt: skip
        left = {
            "hazards": Counter(Hazard.everything.values_list(*columns)),
            "visits": Counter(Visit.everything.values_list("held_on", "source", "found_no", "system", "people_no", "seq")),
            "journal": Counter(JournalEntry.objects.values_list("kind", "act", "seq", "person_name", "happened", "county")),
            "access": Counter(Access.objects.values_list("kind")),
            "photos": Counter(Attachment.everything.values_list("kind", "label", "at", "county")),
            "tally": set(TallyDay.objects.exclude(n=0).values_list("measure", "day", "county", "sector", "source", "grade",
                                                                   "system", "n")),
            "found": search.SOURCES[Hazard].index._base_manager.count(),
            "agrees": [str(f.reason) for f in verify.run().findings],
        }  # fmt: skip
        transaction.set_rollback(True)
    return left


def one_by_one(self: Command, requests: Any, *, by: Any, at: Any) -> list[Outcome]:
    """A list of acts as so many single acts."""
    done_ = []
    for request in requests:
        said = {"at": at} | request
        key = said.pop("pk", None)
        done_.append(Outcome(key, row=self(key, by=by, **said)))
    return done_


@pytest.mark.django_db
def test_a_list_leaves_what_single_acts_would_have_left(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = lived_through(0.001, tmp_path)
    monkeypatch.setattr(Command, "many", one_by_one)
    singly = lived_through(0.001, tmp_path)
    assert together["agrees"] == []
    for what, left in together.items():
        assert left == singly[what], what


def test_the_campaign_until_the_end_of_october_is_counted_from_its_records() -> None:
    found = counted(
        CAMPAIGN, "visits", "found_general", "found_major", "found_ungraded", "suspended", "firms_suspended"
    )
    assert papers(*CAMPAIGN) == TOLD.orders == counted(CAMPAIGN, "ordered")[0]
    assert found == [TOLD.visits, TOLD.general, TOLD.major, 0, TOLD.suspended, TOLD.suspended]


def test_mid_autumn_is_counted_for_the_emergency_system_alone() -> None:
    t = TOLD.mid_autumn
    codes = ("groups_out", "sorties", "sortie_people", "firms_checked", "visits", "found", "on_spot", "found_major", "ordered",
             "suspended", "interviews", "fines", "leader_trips")  # fmt: skip
    expected = [t.groups, t.groups, t.people, t.firms, t.firms, t.found, t.on_spot, 0, 0, 0, 0, 0, 0]
    assert counted(MID_AUTUMN, *codes, system="EMERGENCY") == expected
    everybody = counted(MID_AUTUMN, "visits", "found")
    assert everybody[0] > t.firms
    assert everybody[1] > t.found


def test_national_day_is_counted_for_the_whole_city() -> None:
    t = TOLD.national_day
    codes = ("groups_out", "sorties", "sortie_people", "firms_checked", "visits", "found_general", "found_major",
             "rectified_general", "rectified_major", "suspended", "ordered", "interviews", "fines", "leader_trips",
             "leader_trips_principal")  # fmt: skip
    assert counted(NATIONAL_DAY, *codes) == [
        t.groups, t.groups, t.people, t.firms, t.firms, t.general, t.major, t.rectified, t.major, 0, t.orders, t.interviews,
        t.fines, t.trips, t.trips,
    ]  # fmt: skip
    assert papers(*NATIONAL_DAY) == t.orders


def test_every_finding_stands_in_the_ledger_and_every_hazard_was_found_by_a_visit() -> None:
    linked = set(Finding.everything.filter(visit__in=Visit.everything.all()).values_list("hazard", flat=True))
    assert linked == set(Hazard.everything.values_list("pk", flat=True))
    assert not Hazard.everything.filter(enterprise=None).exists()


def test_firms_have_premises_and_posts_in_sixteen_units() -> None:
    firms = Enterprise.everything.all()
    assert firms.count() >= TOLD.firms
    assert firms.values("county").distinct().count() == 16
    assert not firms.filter(premises=None).exists()
    assert not firms.filter(workposts=None).exists()
    parks = Park.everything.all()
    assert parks.values("county").distinct().count() == 16
    assert all(p.firms_no == p.firms.count() > 1 for p in parks)


def test_deadlines_were_kept_and_missed_extended_and_work_was_refused() -> None:
    rows = Hazard.everything.filter(due_on__isnull=False)
    assert rows.filter(round__gt=1).exists()
    assert rows.filter(extended=1).exists()
    assert rows.filter(late_from__isnull=False, rectified_on__isnull=False).exists()
    assert counted(CAMPAIGN, "overdue")[0] > 0


def test_no_work_of_the_autumn_lies_on_a_desk_of_today() -> None:
    assert set(Hazard.everything.values_list("state", flat=True)) == {"CLOSED"}
    assert set(Suspension.everything.values_list("state", flat=True)) == {"LIFTED"}


def test_who_works_for_show_is_found_in_the_records(autumn: SimpleNamespace) -> None:
    hidden = {one.kind: one for one in formalism.told(autumn.plan)}
    idle = Visit.everything.filter(town=hidden["IDLE"].unit, mode="GOV", level="TOWN")
    assert idle.count() > 2
    assert not idle.exclude(found_no=0).exists()
    ordered = Hazard.everything.filter(due_on__isnull=False)
    hasty = [h for h in ordered if h.closed_on == h.found_on]
    assert {h.found_town for h in hasty} == {hidden["HASTY"].unit}
    assert all(h.closed_at - h.stopped_at == timedelta(minutes=5) for h in hasty)
    alike = Hazard.everything.filter(found_county=hidden["ALIKE"].county, found_system=hidden["ALIKE"].unit,
                                     due_on=None, source__startswith="GOV",
                                     found_on__range=(hidden["ALIKE"].first, hidden["ALIKE"].last))  # fmt: skip
    assert max(Counter(alike.values_list("description", flat=True)).values()) > 3
    taken: dict[int, dict[str, str]] = defaultdict(dict)
    for a in Attachment.everything.filter(kind="hazard"):
        taken[a.subject][a.label] = a.sha256
    retaken = {pk for pk, shas in taken.items() if shas.get("BEFORE") == shas.get("AFTER")}
    where = Hazard.everything.filter(pk__in=retaken).values_list("found_county", "found_system")
    assert set(where) == {(hidden["RETAKEN"].county, hidden["RETAKEN"].unit)}


def test_the_roll_was_called_on_every_day_of_the_holidays_and_mostly_answered() -> None:
    for first, last in (MID_AUTUMN, NATIONAL_DAY):
        calls = RollCall.everything.filter(home="", day__range=(first, last))
        assert calls.count() == 26 * ((last - first).days + 1)
        assert all(day_of(c.called_at) == c.day for c in calls)
    called, normal, absent, waiting = counted(
        NATIONAL_DAY, "roll_calls", "roll_calls_normal", "roll_calls_absent", "roll_calls_waiting"
    )
    assert waiting == 0
    assert called / 2 < normal < called
    assert absent < called / 10


def test_progress_was_told_in_numbers_up_to_the_end(autumn: SimpleNamespace) -> None:
    told = [(done, total) for what, done, total in autumn.said if what.startswith("2019年秋")]
    assert told[-1][0] == told[-1][1]
    assert sorted(told) == told


def test_journal_rows_seals_and_figures_agree() -> None:
    report = verify.run()
    assert report.holds, [str(f.reason) for f in report.findings][:5]
