"""Whatever people do in whatever order: figures are a recount of the rows, stocks are never negative, verify holds."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlan.figures import engine
from anlan.figures.engine import Ask, Period
from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Counted
from anlan.hazards.models import Hazard, Suspension
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import JINSHUI, STREET, City, fresh, later, register
from anlan.hazards.tests.test_complete import inputs
from anlan.hazards.workflow import HAZARD
from anlan.kernel import tally
from anlan.kernel.command import COMMANDS
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.kernel.tally import MEASURES, Stock, TallyDay, TallyLine
from anlan.kernel.words import Refused
from anlan.site import verify

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WHO = (
    "clerk",
    "officer",
    "second",
    "head",
    "town_officer",
    "principal",
    "manager",
    "expert",
    "leader",
    "supervisor",
)
#: what only says something, and what would need another city
LEFT_OUT = {"rehome", "instruct", "urge", "progress", "opinion", "consult"}
CODES = tuple(
    c for c, i in INDICATORS.items() if isinstance(i, Counted) and not i.measure.startswith("visit")
)
PLACES = ("4101", JINSHUI, STREET)
PERIODS = (
    Period(date(2019, 9, 1), date(2019, 9, 30)),
    Period(date(2019, 9, 5), date(2019, 9, 5)),
    Period(date(2019, 8, 20), date(2019, 10, 10)),
)
STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60), st.integers(0, 2)), min_size=8, max_size=30)


def begun(city: City) -> list[Hazard]:
    return [
        register(city.officer, city.firm),
        register(city.manager, city.firm),
        register(city.clerk, city.firm, general=False),
        scenes.proposed(city),
    ]


def offered(h: Hazard, city: City, at) -> list[tuple[str, str]]:
    return [
        (who, t.name)
        for who in WHO
        for t in HAZARD
        if not t.creates and t.name not in LEFT_OUT
        and HAZARD.why_not(t, h, getattr(city, who), at) is None
    ]  # fmt: skip


def walk(city: City, steps: list[tuple[int, int, int]]) -> int:
    """Take each step that can be taken. Days pass between them. Returns how many were."""
    hazards, taken, day = begun(city), 0, 0
    for which, choice, days in steps:
        day += days
        at = later(day, hours=1)
        h = fresh(hazards[which % len(hazards)])
        choices = offered(h, city, at)
        if not choices:
            continue
        who, act = choices[choice % len(choices)]
        by = getattr(city, who)
        said = inputs(act, h, by, city, fresh(hazards[(which + 1) % len(hazards)]))
        if "due_on" in said:
            said["due_on"] = scenes.TODAY + timedelta(days=day + choice % 9)
        try:
            COMMANDS[f"hazard.{act}"](h.pk, by=by, at=at, **said)
        except (Refused, Hazard.DoesNotExist):  # what was filled in, or who sees it
            continue
        taken += 1
    return taken


def counted_from_rows() -> Counter:
    marks: Counter = Counter()
    for model in (Hazard, Suspension):
        for row in model.everything.all():
            marks.update(tally.lines(row))
    return Counter({k: n for k, n in marks.items() if n})


def counted_by_tally() -> Counter:
    marks: Counter = Counter()
    for line in TallyLine.objects.all():
        cell = (line.county, line.town, line.sector, line.source, line.grade, line.system)
        marks[line.measure, line.day, cell] += line.n
    return Counter({k: n for k, n in marks.items() if n})


def is_the_sum_of_its_parts(row: Hazard) -> None:
    fact, marks = tally.FACTS[type(row)], tally.lines(row)
    for whole in (m for m in fact.measures if m.parts):
        counts = all(where.holds(row) for where in whole.where)
        parts = Counter({key[1]: n for key, n in marks.items() if key[0] in whole.parts})
        assert parts == (Counter(dict(whole.marks(row))) if counts else Counter()), whole.code


def no_stock_is_negative(marks: Counter) -> bool:
    by_cell = defaultdict(list)
    for (measure, day, cell), n in marks.items():
        if isinstance(MEASURES[measure][1], Stock):
            by_cell[measure, cell].append((day, n))
    for changes in by_cell.values():
        standing = 0
        for _day, n in sorted(changes):
            standing += n
            if standing < 0:
                return False
    return True


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(STEPS)
def test_after_any_walk_the_figures_are_a_recount_of_the_rows(steps):
    with transaction.atomic():
        city = City()
        walk(city, steps)
        marks = counted_by_tally()
        assert marks == counted_from_rows()
        for row in Hazard.everything.all():
            is_the_sum_of_its_parts(row)
        assert no_stock_is_negative(marks)
        report = verify.run()
        assert report.holds, [str(f.reason) for f in report.findings]
        told = figures()
        open_into_their_rows(told)
        tally.fold()
        assert not TallyLine.objects.exists()
        assert TallyDay.objects.exists()
        assert figures() == told
        assert verify.run().holds
        transaction.set_rollback(True)


def figures() -> dict[tuple[str, str, Period], int]:
    tables = {period: engine.read(Ask(CODES, PLACES, period)) for period in PERIODS}
    return {
        (code, place, period): tables[period][code, place]
        for code in CODES
        for place in PLACES
        for period in PERIODS
    }


def open_into_their_rows(told: dict[tuple[str, str, Period], int]) -> None:
    for (code, place, period), n in told.items():
        amount = getattr(MEASURES[INDICATORS[code].measure][1], "amount", "")
        with acting_as(SYSTEM):
            rows = engine.rows(code, place=place, period=period).values_list(amount or "pk", flat=True)
        assert n == (sum(rows) if amount else len(rows)), (code, place, period)


def test_a_walk_goes_somewhere():
    city = City()
    assert walk(city, [(n % 4, n * 7, n % 2) for n in range(40)]) >= 20
    assert Hazard.everything.exclude(state="REGISTERED").exists()
