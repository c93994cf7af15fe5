"""Who was late stays late on that day, whatever became of him: handed in, sent back, given a new deadline."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from anlan.figures import engine
from anlan.figures.engine import Ask, Period
from anlan.hazards import commands
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City, later
from anlan.kernel import tables, tally
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.kernel.words import Refused
from anlan.site import verify

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def overdue(h: Hazard, on: date) -> set[int]:
    """How many stand overdue at the end of a day: for the city, the county and the town."""
    at = ("4101", h.found_county, h.found_town)
    table = engine.read(Ask(("overdue",), at, Period(on, on)))
    return {table["overdue", place] for place in at}


def opened(h: Hazard, on: date) -> list[int]:
    with acting_as(SYSTEM):
        found = engine.rows("overdue", place=h.found_town, period=Period(on, on))
        return list(found.values_list("pk", flat=True))


@pytest.fixture
def late() -> SimpleNamespace:
    """Due on the fifth day, handed in on the eighth."""
    city = City()
    h = scenes.ordered(city, due=5)
    h = commands.submit(
        h.pk, by=city.principal, at=later(8), measures="已清理", photos=scenes.photos(at=later(8))
    )
    return SimpleNamespace(city=city, h=h)


def failed(it: SimpleNamespace, day: int, due: int) -> Hazard:
    said = {"still_open": "仍有缺口", "due_on": scenes.TODAY + timedelta(days=due)}
    return commands.fail(it.h.pk, by=it.city.officer, at=later(day), **said)


def evenings(h: Hazard) -> dict[int, set[int]]:
    return {n: overdue(h, scenes.TODAY + n * DAY) for n in range(4, 16)}


def test_sending_it_back_takes_no_lateness_away(late):
    before = evenings(late.h)
    assert [n for n, said in before.items() if said == {1}] == [6, 7]
    h = failed(late, 9, due=12)
    after = evenings(h)
    assert [n for n, said in after.items() if said == {1}] == [6, 7, 13, 14, 15]
    assert all(said in ({0}, {1}) for said in after.values())
    tally.fold()
    assert evenings(h) == after
    assert verify.run().holds


def test_each_evening_opens_into_the_hazard_that_was_late(late):
    h = failed(late, 9, due=12)
    for n in range(4, 16):
        on = scenes.TODAY + n * DAY
        assert opened(h, on) == ([h.pk] if overdue(h, on) == {1} else []), n


@pytest.mark.parametrize("split", ["day", "week"])
def test_day_by_day_a_town_says_the_same(late, split):
    h = failed(late, 9, due=12)
    period = Period(scenes.TODAY, scenes.TODAY + 20 * DAY)
    table = engine.read(Ask(("overdue",), ("4101", h.found_town), period, split=split))
    town = {value: n for (_code, place, value), n in table.values.items() if place == h.found_town}
    assert town == {value: n for (_code, place, value), n in table.values.items() if place == "4101"}
    assert sum(town.values()) > 0


def test_a_third_round_keeps_both(late):
    it = late
    it.h = failed(it, 9, due=12)
    at = later(14)
    it.h = commands.submit(
        it.h.pk, by=it.city.principal, at=at, measures="再次清理", photos=scenes.photos(at=at)
    )
    h = failed(it, 15, due=30)
    assert [n for n, said in evenings(h).items() if said == {1}] == [6, 7, 13]
    assert h.late_before == [[str(scenes.TODAY + n * DAY) for n in spell] for spell in ((6, 8), (13, 14))]
    assert verify.run().holds


def test_what_is_void_was_never_late(late):
    h = failed(late, 9, due=12)
    Hazard.everything.filter(pk=h.pk).update(state="VOID")
    assert opened(h, scenes.TODAY + 6 * DAY) == []


def test_each_evening_says_since_when(late):
    failed(late, 9, due=12)
    for n, since in ((6, 6), (7, 6), (13, 13), (15, 13)):
        on = scenes.TODAY + n * DAY
        asked = {"code": "overdue", "place": late.h.found_county, "from": str(on), "to": str(on)}
        with acting_as(late.city.clerk):
            listing = tables.TABLES["figure_rows"].listing(asked, late.city.clerk, on)
            rows = listing.rows.order_by("pk")
            [row] = tables.TABLES["figure_rows"].read(rows, [late.h.pk])
            [found] = engine.rows("overdue", place=late.h.found_county, period=Period(on, on))
        assert row["counted_on"] == found.counted_on == scenes.TODAY + since * DAY


def test_nothing_is_sent_back_before_it_was_handed_in(late):
    with pytest.raises(Refused, match="早于提交整改"):
        failed(late, 7, due=9)
    assert evenings(late.h)[7] == {1}
    assert scenes.fresh(late.h).round == 1
