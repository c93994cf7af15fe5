"""A figure is what the rows say: every place, period and split against a recount of the records."""

from collections import Counter
from datetime import date, timedelta

import pytest

from anlan.figures import engine
from anlan.figures.ask import CELLS, TIMES, bucket
from anlan.figures.engine import Ask, Period, read
from anlan.figures.tests import ledger
from anlan.hazards.models import Hazard
from anlan.hazards.tests.scenes import City
from anlan.kernel import tally
from anlan.kernel.words import Refused
from anlan.places import queries as places

pytestmark = pytest.mark.django_db
PERIODS = (
    Period(date(2019, 8, 1), date(2019, 10, 31)),
    Period(date(2019, 8, 12), date(2019, 8, 20)),
    Period(date(2019, 7, 30), date(2019, 11, 3)),
    Period(date(2019, 9, 13), date(2019, 9, 15)),
)
DAY = timedelta(days=1)
COLUMN = {"sector": "found_sector", "source": "source", "grade": "grade", "system": "found_system"}


@pytest.fixture
def rows() -> list[Hazard]:
    made = ledger.fill(City())
    tally.fold()
    made += ledger.fill(City(), n=40, seed=8)  # these stay unfolded
    return made


def inside(h: Hazard, place: str, *, regions: bool = False) -> bool:
    if len(place) <= 4:
        return True
    if len(place) > 6:
        return h.found_town == place
    return places.region_of(h.found_town) == place if regions else h.found_county == place


def found(rows, place, period, regions=False):
    return [h for h in rows if period.start <= h.found_on <= period.end and inside(h, place, regions=regions)]


def late(h: Hazard, day: date) -> bool:
    return h.late_from is not None and h.late_from <= day and (h.stopped_on is None or h.stopped_on > day)


@pytest.mark.parametrize("period", PERIODS)
def test_city_counties_and_towns_are_what_their_rows_say(rows, period):
    towns = tuple(sorted({h.found_town for h in rows}))[:6]
    at = ("4101", *(c.code for c in places.counties()), *towns)
    table = read(Ask(("found", "overdue", "closed"), at, period))
    for place in at:
        mine = [h for h in rows if inside(h, place)]
        assert table["found", place] == len(found(rows, place, period)), place
        assert table["overdue", place] == sum(late(h, period.end) for h in mine), place
        closed = [h for h in mine if h.closed_on and period.start <= h.closed_on <= period.end]
        assert table["closed", place] == len(closed), place


@pytest.mark.parametrize("period", PERIODS)
def test_units_add_up_to_the_city_and_so_do_regions_but_not_to_each_other(rows, period):
    units = tuple(p.code for p in places.counties())
    regions = tuple(p.code for p in places.regions())
    by_unit = read(Ask(("found",), ("4101", *units), period))
    by_region = read(Ask(("found",), regions, period, regions=True))
    city = by_unit["found", "4101"]
    assert sum(by_unit["found", u] for u in units) == city
    lying = [h for h in rows if places.region_of(h.found_town) and period.start <= h.found_on <= period.end]
    assert sum(by_region["found", r] for r in regions) == len(lying)
    for r in regions:
        assert by_region["found", r] == len(found(rows, r, period, regions=True))
    assert by_unit["found", "410105"] >= 0


@pytest.mark.parametrize("split", [*CELLS, *TIMES])
@pytest.mark.parametrize("period", PERIODS[:3])
def test_the_parts_of_a_figure_are_its_rows_apart(rows, split, period):
    town = max(Counter(h.found_town for h in rows).items(), key=lambda p: p[1])[0]
    for place in ("4101", "410105", town):
        table = read(Ask(("found", "overdue"), (place,), period, split=split))
        expected: Counter = Counter()
        for h in found(rows, place, period):
            part = bucket(h.found_on, split) if split in TIMES else getattr(h, COLUMN[split])
            expected[part] += 1
        shown = {v: n for (c, p, v), n in table.values.items() if c == "found" and p == place and v and n}
        assert shown == dict(expected), (split, place)
        assert table["found", place] == sum(expected.values())
        mine = [h for h in rows if inside(h, place)]
        if split in TIMES:
            for step in engine.buckets(table.ask):
                last = max(
                    d for n in range(period.days) if bucket(d := period.start + n * DAY, split) == step
                )
                assert table.part("overdue", place, step) == sum(late(h, last) for h in mine), (step, place)
        assert table["overdue", place] == sum(late(h, period.end) for h in mine)


def test_hours_and_organisations_are_read_from_the_records_and_add_up(rows):
    period = PERIODS[0]
    for split in ("hour", "organisation", "enterprise"):
        table = read(Ask(("found",), ("4101", "410105"), period, split=split))
        for place in ("4101", "410105"):
            known = found(rows, place, period)
            parts = {v: n for (c, p, v), n in table.values.items() if p == place and v}
            if split == "hour":
                assert parts == ({"12": len(known)} if known else {})
            if split == "enterprise":
                assert sum(parts.values()) == sum(h.enterprise_id is not None for h in known)


def test_a_narrowed_figure_counts_only_those_cells(rows):
    period = PERIODS[0]
    only = (("sector", ("FIRE",)), ("source", ("EXPERT", "GOV_OPEN")))
    table = read(Ask(("found", "found_major"), ("4101",), period, only))
    expected = [h for h in found(rows, "4101", period) if h.found_sector == "FIRE" and h.source in only[1][1]]
    assert table["found", "4101"] == len(expected)
    assert table["found_major", "4101"] == 0


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize(
    "code", ["found", "found_general", "closed_imported", "open", "overdue", "firms_with_hazards"]
)
def test_a_figure_opens_into_as_many_rows_as_it_says(rows, period, code):
    town = rows[0].found_town
    for place, regions in (("4101", False), ("410105", False), ("410105", True), (town, False)):
        value = read(Ask((code,), (place,), period, regions=regions))[code, place]
        behind = engine.rows(code, place=place, period=period, regions=regions)
        shown = (
            behind.values("enterprise_id").distinct().count()
            if code == "firms_with_hazards"
            else behind.count()
        )
        if code == "firms_with_hazards":
            shown = behind.exclude(enterprise=None).order_by().values("enterprise_id").distinct().count()
        assert shown == value, (place, regions)


def test_different_firms_are_never_added_up(rows):
    table = read(Ask(("firms_with_hazards",), ("4101", "410105", "410103"), PERIODS[0], split="sector"))
    assert table["firms_with_hazards", "4101"] == 2  # one firm of each of the two casts
    parts = [n for (c, p, v), n in table.values.items() if p == "4101" and v]
    assert sum(parts) >= 2


def test_a_stock_cannot_be_split_by_the_hour_and_says_so(rows):
    with pytest.raises(Refused, match="期末存量"):
        read(Ask(("open",), ("4101",), PERIODS[0], split="hour"))


def test_an_unknown_split_is_refused_with_the_known_ones():
    with pytest.raises(Refused, match="可以按"):
        Ask(("found",), ("4101",), PERIODS[0], split="weather")


def test_the_page_behind_a_figure_names_every_record(client, rows):
    from anlan.people.models import User

    clerk = City().clerk
    client.force_login(User.objects.get(pk=clerk.id))
    page = client.get("/figures/rows/?code=found&place=410105&from=2019-08-01&to=2019-10-31")
    behind = found(rows, "410105", PERIODS[0])
    assert behind
    assert all(h.number in page.content.decode() for h in behind)
