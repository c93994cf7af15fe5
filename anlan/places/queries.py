"""Places, names and the work calendar. Everybody may read them; they are kept in each process.

Places change by release and rarely: a process looks again after a minute. The calendar can be edited
while people work, so each reading asks whether something was decided since.
"""

import calendar as monthcalendar
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Max, Min, QuerySet

from anlan.kernel.clock import Calendar
from anlan.kernel.kept import kept
from anlan.kernel.words import Reason
from anlan.places import rules
from anlan.places.models import CalendarChange, CalendarDay, ChangeState, Place, PlaceLevel

KEEP_S = 60.0


@dataclass(slots=True)
class _Kept:
    places: dict[str, list[Place]]
    read_at: float
    levels: dict[tuple[date | None, PlaceLevel], list[Place]] = field(default_factory=dict)


_kept: _Kept | None = None


def forget() -> None:
    """Read places anew."""
    global _kept
    _kept = None
    _built.cache_clear()


def _places() -> dict[str, list[Place]]:
    """Every row of every code, the latest first."""
    global _kept
    kept = _kept
    if kept is None or time.monotonic() - kept.read_at > KEEP_S:
        found: dict[str, list[Place]] = {}
        for place in Place.objects.order_by("code", "-since"):
            found.setdefault(place.code, []).append(place)
        kept = _Kept(found, time.monotonic())
        if found:
            _kept = kept
    return kept.places


def _standing(rows: Iterable[Place], on: date | None) -> Place | None:
    """The row that holds on a day; the latest where no day is named."""
    return next((row for row in rows if on is None or row.holds(on)), None)


def _all(on: date | None, level: PlaceLevel) -> list[Place]:
    """Places of a level on a day; without a day those that have not ended."""
    known = _places()
    levels = _kept.levels if _kept is not None and _kept.places is known else {}
    if (on, level) not in levels:
        rows = (_standing(rows, on) for rows in known.values())
        levels[on, level] = [
            p for p in rows if p is not None and p.level == level and (on is not None or p.until is None)
        ]
    return list(levels[on, level])


def place(code: str, *, on: date | None = None) -> Place | None:
    """The place of a code, as it stood on a day, or as it last stood."""
    return _standing(_places().get(code, ()), on)


def name_of(code: str, *, on: date | None = None) -> str:
    """A place's name in the language of the screen; the code itself where it is unknown."""
    found = place(code, on=on) or place(code)
    return found.label if found else code


class Names:
    """What places are called, each looked up once for many rows."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}

    def place(self, code: str) -> str:
        if code not in self._places:
            self._places[code] = name_of(code) if code else ""
        return self._places[code]


def city() -> Place | None:
    """The city of this installation."""
    return next(iter(_all(None, PlaceLevel.CITY)), None)


def counties(*, on: date | None = None) -> list[Place]:
    """The county-level management units (sixteen in Zhengzhou), in the order of their codes."""
    return [p for p in _all(on, PlaceLevel.COUNTY) if p.is_unit]


def regions(*, on: date | None = None) -> list[Place]:
    """The county-level statistical regions (national codes)."""
    return [p for p in _all(on, PlaceLevel.COUNTY) if p.is_region]


def towns(county: str = "", *, on: date | None = None) -> list[Place]:
    """Towns and streets of a management unit; of the whole city without one."""
    return [p for p in _all(on, PlaceLevel.TOWN) if not county or p.unit == county]


def towns_in_region(region: str, *, on: date | None = None) -> list[Place]:
    return [p for p in _all(on, PlaceLevel.TOWN) if p.region == region]


def unit_of(code: str, *, on: date | None = None) -> str:
    """The management unit that answers for a place; "" where none does."""
    found = place(code, on=on)
    return found.unit if found else ""


#: a town's managing county
county_of = unit_of


def region_of(code: str, *, on: date | None = None) -> str:
    """The statistical region in which a place lies; "" where it has none of its own."""
    found = place(code, on=on)
    return found.region if found else ""


def county_choices(*, on: date | None = None) -> list[tuple[str, str]]:
    return [(p.code, p.label) for p in counties(on=on)]


def town_choices(county: str = "", *, on: date | None = None) -> list[tuple[str, str]]:
    return [(p.code, p.label) for p in towns(county, on=on)]


@dataclass(frozen=True, slots=True)
class Branch:
    """A county-level place and the towns that belong to it in one of the two ways."""

    place: Place
    towns: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """The city on a day, divided both ways; either sum is the whole."""

    units: tuple[Branch, ...]
    regions: tuple[Branch, ...]
    towns: int

    @property
    def by_unit(self) -> int:
        return sum(len(branch.towns) for branch in self.units)

    @property
    def by_region(self) -> int:
        return sum(len(branch.towns) for branch in self.regions)


def tree(*, on: date) -> Tree:
    return Tree(
        units=tuple(Branch(p, tuple(towns(p.code, on=on))) for p in counties(on=on)),
        regions=tuple(Branch(p, tuple(towns_in_region(p.code, on=on))) for p in regions(on=on)),
        towns=len(towns(on=on)),
    )


# -- the work calendar ---------------------------------------------------------------------------


def calendar() -> Calendar:
    """Holidays and make-up days as they stand now. A day outside raises CalendarEnds."""
    return _built(_stamp())


def calendar_ends() -> date:
    """The last day for which the calendar is known."""
    return calendar().last


def calendar_warning(on: date) -> Reason | None:
    """What to tell an administrator while fewer than sixty days are left."""
    return rules.ends_soon(calendar_ends(), on)


def changes() -> list[CalendarChange]:
    """What was decided here, the latest first."""
    return list(CalendarChange.objects.order_by("-pk"))


@dataclass(frozen=True, slots=True)
class SpecialDay:
    day: date
    working: bool
    name: str
    source: str
    change: CalendarChange | None = None


def special_days(year: int) -> list[SpecialDay]:
    """The days of a year that differ from their weekday, with where that comes from."""
    found = {
        d.day: SpecialDay(d.day, d.working, d.name, d.source)
        for d in CalendarDay.objects.filter(day__year=year)
    }
    for change in _in_force().filter(day__year=year):
        if change.day is not None:
            found[change.day] = SpecialDay(change.day, change.working, change.name, change.source, change)
    return [found[day] for day in sorted(found)]


@dataclass(frozen=True, slots=True)
class Cell:
    """A day as it stands on the calendar's page."""

    day: date
    working: bool
    special: SpecialDay | None


def months(year: int) -> list[list[list[Cell | None]]]:
    """A year as months of weeks, Monday first; None before the first and after the last of a month."""
    special = {d.day: d for d in special_days(year)}

    def cell(day: date) -> Cell:
        found = special.get(day)
        return Cell(day, found.working if found else day.weekday() < 5, found)

    weeks = monthcalendar.Calendar()
    return [
        [[cell(date(year, m, d)) if d else None for d in week] for week in weeks.monthdayscalendar(year, m)]
        for m in range(1, 13)
    ]


def _in_force():
    return CalendarChange.objects.filter(state=ChangeState.IN_FORCE).order_by("pk")


@kept
def _last_change() -> QuerySet[CalendarChange, tuple[int, str]]:
    return CalendarChange.objects.order_by("-pk").values_list("pk", "head")[:1]


def _stamp() -> tuple:
    """Differs after every act about the calendar: rows are added or withdrawn, never rewritten."""
    last = _last_change()
    if not last:
        return ()
    return last[0], CalendarChange.objects.filter(state=ChangeState.WITHDRAWN).count()


@lru_cache(maxsize=4)
def _built(stamp: tuple) -> Calendar:
    span = CalendarDay.objects.aggregate(first=Min("day"), last=Max("day"))
    if span["first"] is None:
        _built.cache_clear()
        return Calendar(first=date.max, last=date.min)
    first, last = span["first"].replace(month=1, day=1), span["last"].replace(month=12, day=31)
    days = dict(CalendarDay.objects.values_list("day", "working"))
    for change in _in_force():
        if change.day is not None:
            days[change.day] = change.working
        elif change.year == last.year + 1:
            last = date(change.year, 12, 31)
    return Calendar(
        first=first,
        last=last,
        holidays=frozenset(d for d, working in days.items() if not working),
        make_up_days=frozenset(d for d, working in days.items() if working),
    )


def next_working_day(day: date) -> date:
    """That day, or the first working day after it. Raises CalendarEnds."""
    known = calendar()
    while not known.is_working(day):
        day += timedelta(days=1)
    return day
