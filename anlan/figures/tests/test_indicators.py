"""Each indicator by its definition: what it counts, by which date, of which place. Refusals first."""

from datetime import date

import pytest

from anlan.figures import engine, reach
from anlan.figures.engine import Ask, Period, read
from anlan.figures.indicators import INDICATORS, SUBJECTS
from anlan.figures.kinds import Added, Counted, Filed, Rate
from anlan.hazards import commands
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import ERQI, JINSHUI, STREET, City, later, photos, register
from anlan.kernel import tally
from anlan.kernel.words import Refused

pytestmark = pytest.mark.django_db
FOUND, DONE, CLOSED = date(2019, 9, 2), date(2019, 9, 4), date(2019, 9, 10)


@pytest.fixture
def city() -> City:
    return City()


def on(code: str, day: date, place: str = "4101"):
    return read(Ask((code,), (place,), Period(day, day)))[code, place]


def test_an_unknown_code_is_refused_and_the_nearest_named():
    with pytest.raises(Refused, match="相近的有:overdue"):
        read(Ask(("overdeu",), ("4101",), Period(FOUND, CLOSED)))


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(Refused, match="早于开始日"):
        Period(CLOSED, FOUND)


def test_a_place_of_another_city_or_outside_one_s_own_is_refused(city):
    for place in ("4102", "410205", "999999"):
        with pytest.raises(Refused, match="没有代码为"):
            reach.place_within(place, actor=city.clerk)
    with pytest.raises(Refused, match="不在您的职责范围内"):
        reach.place_within(ERQI, actor=city.officer)
    with pytest.raises(Refused, match="不看统计"):
        reach.place_within("", actor=city.principal)


def test_there_are_at_least_sixty_and_no_code_is_declared_twice():
    codes = [i.code for _label, group in SUBJECTS.values() for i in group]
    assert len(codes) >= 60
    assert len(codes) == len(set(codes))
    assert len([i for i in INDICATORS.values() if not isinstance(i, Filed | Added)]) >= 60


@pytest.mark.parametrize("code", sorted(INDICATORS))
def test_each_says_what_it_counts_and_by_which_date(code):
    i = INDICATORS[code]
    assert i.label
    assert len(str(i.definition)) > 6
    assert str(i.counted_by)
    if isinstance(i, Rate):
        assert {i.part, i.whole, i.apart} <= set(INDICATORS) | {""}
    elif isinstance(i, Added):
        assert set(i.parts) <= set(INDICATORS)
    elif not isinstance(i, Filed):
        assert i.measure in tally.MEASURES


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("found", {FOUND}), ("found_general", {FOUND}), ("rectified", {DONE}), ("rectified_general", {DONE}),
        ("closed", {CLOSED}), ("ordered", {FOUND}), ("firms_with_hazards", {FOUND}),
        ("cohort_rectified", {FOUND}), ("cohort_closed", {FOUND}),
    ],
)  # fmt: skip
def test_each_is_counted_by_its_own_date(city, code, days):
    h = register(city.officer, city.firm)
    order = {"due_on": date(2019, 9, 9), "requirement": "装门", "legal": True, "second": city.second}
    commands.order(h.pk, by=city.officer, at=later(), **order)
    commands.submit(h.pk, by=city.principal, at=later(2), measures="已装门", photos=photos(), money_spent=700)
    commands.accept(h.pk, by=city.officer, at=later(8), opinion="合格", second=city.second)
    assert {d for d in (FOUND, DONE, CLOSED) if on(code, d)} == days
    assert on("money", DONE) == 700
    assert [on("open", d) for d in (FOUND, DONE, CLOSED)] == [1, 1, 0]


def test_general_major_and_ungraded_are_all_that_was_found(city):
    register(city.officer, city.firm)
    register(city.officer, city.firm, general=False)
    scenes.major(city)
    parts = [on(c, FOUND) for c in ("found_general", "found_major", "found_ungraded")]
    assert (parts, on("found", FOUND)) == ([1, 1, 1], 3)
    assert on("open_major", FOUND) == 1


def test_late_is_arithmetic_written_ahead_and_ends_with_the_submission(city):
    h = scenes.ordered(city, due=5)  # due on the 7th
    days = [date(2019, 9, n) for n in (7, 8, 9, 10)]
    assert [on("overdue", d) for d in days] == [0, 1, 1, 1]
    commands.submit(h.pk, by=city.principal, at=later(7), measures="已装门", photos=photos())
    assert [on("overdue", d) for d in days] == [0, 1, 0, 0]


def test_an_extension_moves_what_was_written_ahead(city):
    h = scenes.ordered(city, due=5)
    commands.ask_extension(h.pk, by=city.principal, at=later(1), reason="配件未到", until=date(2019, 9, 20))
    commands.grant_extension(h.pk, by=city.officer, at=later(2))
    assert [on("overdue", date(2019, 9, n)) for n in (8, 20, 21)] == [0, 0, 1]


def test_a_failed_acceptance_takes_the_rectified_back(city):
    h = scenes.submitted(city)
    assert on("rectified", date(2019, 9, 3)) == 1
    commands.fail(h.pk, by=city.officer, at=later(2), still_open="未锁", due_on=date(2019, 9, 9))
    assert on("rectified", date(2019, 9, 3)) == 0


def test_a_city_is_the_sum_of_its_counties_and_a_town_is_read_by_itself(city):
    register(city.officer, city.firm)
    far = scenes.firms.enterprise(ERQI)
    register(city.clerk, far, general=False)
    assert [on("found", FOUND, p) for p in ("4101", JINSHUI, ERQI, STREET)] == [2, 1, 1, 1]
    tally.fold()
    assert [on("found", FOUND, p) for p in ("4101", JINSHUI, ERQI, STREET)] == [2, 1, 1, 1]


def test_firms_are_different_ones_and_hazards_are_not(city):
    for n in range(3):
        register(city.officer, city.firm, description=f"第{n}处隐患")
    assert (on("found", FOUND), on("firms_with_hazards", FOUND)) == (3, 1)


def test_every_counted_one_opens_into_the_rows_it_counted(city):
    scenes.major_submitted(city)
    h = scenes.submitted(city)
    commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格")
    period = Period(date(2019, 9, 1), date(2019, 9, 30))
    codes = tuple(c for c, i in INDICATORS.items() if isinstance(i, Counted) and c != "money")
    table = read(Ask(codes, ("4101",), period))
    counts = {c: engine.rows(c, place="4101", period=period).count() for c in codes}
    assert {c: table[c, "4101"] for c in codes} == counts
    assert counts["found"] == 2
