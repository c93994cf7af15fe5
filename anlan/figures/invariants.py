"""What must hold between figures, whatever is asked: checked by `anlan verify` and by tests.

Parts make their whole; counties add up to the city and regions to what has a region; a rate by cohort is never more
than the whole; nothing that stands is less than nothing. Different ones (家) are no sums and are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from anlan.figures import engine
from anlan.figures.engine import Ask, Period, Table
from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Counted, Rate
from anlan.kernel.tally import MEASURES, Stock
from anlan.kernel.words import Reason
from anlan.places import queries as places

LONG_AGO = date(1949, 10, 1)


@dataclass(frozen=True, slots=True)
class Whole:
    """A figure that is the sum of its parts."""

    whole: str
    parts: tuple[str, ...]


WHOLES = (
    Whole("found", ("found_general", "found_major", "found_ungraded")),
    Whole("found", ("cohort", "cohort_imported")),
    Whole("cohort", ("cohort_rectified", "cohort_unrectified")),
    Whole("visits", ("visits_self", "visits_expert", "visits_gov")),
    Whole("firms_listed", ("firms_reached", "firms_unreached")),
    Whole("firms_listed", ("firms_reported", "firms_silent")),
)
COUNTED = tuple(i for i in INDICATORS.values() if isinstance(i, Counted))
COHORTS = tuple(i for i in INDICATORS.values() if isinstance(i, Rate) and i.cohort)


def check(*, on: date) -> Iterator[Reason]:
    """What does not hold: over all there is, and over the last month and quarter."""
    city = places.city()
    if city is None:
        return
    counties = [c.code for c in places.counties()]
    for days in (None, 30, 92):
        period = Period(on - timedelta(days=days - 1) if days else LONG_AGO, on)
        codes = tuple(i.code for i in COUNTED)
        table = engine.read(Ask(codes, (city.code, *counties), period))
        yield from broken(table, city.code, counties)
        yield from _regions(city.code, period)


def broken(table: Table, city: str, counties: Sequence[str]) -> Iterator[Reason]:
    """What does not hold in a table of the city and its counties."""
    period = table.ask.period
    for i in COUNTED:
        total = sum(int(table[i.code, c] or 0) for c in counties)
        if total > (table[i.code, city] or 0) if i.beyond else total != table[i.code, city]:
            yield _differs("各县(市、区)之和与全市不符", i.code, total, table[i.code, city], period)
    for place in (city, *counties):
        for w in WHOLES:
            total = sum(int(table[code, place] or 0) for code in w.parts)
            if total != table[w.whole, place]:
                yield _differs(
                    "分项之和与合计不符", f"{w.whole} {place}", total, table[w.whole, place], period
                )
        for rate in COHORTS:
            part, whole = table.values.get((rate.part, place, "")), table.values.get((rate.whole, place, ""))
            if (part or 0) > (whole or 0):
                yield _differs("比率的分子大于分母", f"{rate.code} {place}", part, whole, period)
        for i in COUNTED:
            n = table[i.code, place]
            if isinstance(MEASURES[i.measure][1], Stock) and (n or 0) < 0:
                yield _differs("存量为负", f"{i.code} {place}", n, 0, period)


def _regions(city: str, period: Period) -> Iterator[Reason]:
    """Regions add up to the towns that have one."""
    regions = tuple(r.code for r in places.regions())
    table = engine.read(Ask(("found",), regions, period, regions=True))
    towns = tuple(sorted({t.code for r in regions for t in places.towns_in_region(r)}))
    by_town = engine.read(Ask(("found",), towns, period)) if towns else None
    total = sum(int(table["found", r] or 0) for r in regions)
    expected = sum(int(by_town["found", t] or 0) for t in towns) if by_town else 0
    if total != expected:
        yield _differs("各统计区划之和与其乡镇之和不符", f"found {city}", total, expected, period)


def _differs(what: str, code: str, one: object, other: object, period: Period) -> Reason:
    return Reason(
        "统计不变量不成立:%(what)s,%(code)s %(start)s至%(end)s 为%(one)s,应为%(other)s",
        {"what": what, "code": code, "start": period.start, "end": period.end, "one": one, "other": other},
    )
