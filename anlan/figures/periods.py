"""Periods with names: holidays of any year, weeks, months, quarters, half-years, to date.

A name is a code that can stand in an address or on the command line (`national-day-2019`); its label is
what a heading says. A holiday is the whole run of days off in which its named days lie, weekends at
its ends included, as the calendar in force has it. A week runs from Friday to Thursday unless
`ANLAN_WEEK_STARTS` says otherwise (0 is Monday); the hour at which a report is filed is another thing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from anlan.kernel.clock import Calendar
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places

#: code → (name in the calendar, label)
HOLIDAYS = {
    "new-year": ("元旦", _later("元旦")),
    "spring-festival": ("春节", _later("春节")),
    "qingming": ("清明", _later("清明节")),
    "labour-day": ("劳动节", _later("劳动节")),
    "dragon-boat": ("端午", _later("端午节")),
    "mid-autumn": ("中秋", _later("中秋节")),
    "national-day": ("国庆节", _later("国庆节")),
}
DAY = timedelta(days=1)
_SHAPES = {
    "month": re.compile(r"(\d{4})-(\d{2})"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])", re.I),
    "half": re.compile(r"(\d{4})-H([12])", re.I),
    "year": re.compile(r"(\d{4})"),
    "week": re.compile(r"week-(\d{4}-\d{2}-\d{2})"),
    "holiday": re.compile(rf"({'|'.join(HOLIDAYS)})-(\d{{4}})"),
    "last": re.compile(r"last-(\d{1,3})-days"),
    "to-date": re.compile("to-date"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both days included. Refused where it ends before it starts."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise Refused(
                Reason(
                    "期间的结束日%(end)s早于开始日%(start)s,请核对", {"end": self.end, "start": self.start}
                )
            )

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Named:
    """A period under its name."""

    code: str
    label: str
    period: Period

    def __canonical__(self) -> str:
        return f"{self.code}:{self.period.start}:{self.period.end}"


#: more names, given by whoever knows them (campaigns and their phases): day asked → periods
PROVIDERS: list[Callable[[date], list[Named]]] = []


def week_starts() -> int:
    """The weekday on which a reporting week begins, Monday 0; Friday by default."""
    return int(getattr(settings, "WEEK_STARTS", 4))


def week_of(day: date) -> Period:
    """The reporting week in which a day lies."""
    first = day - timedelta(days=(day.weekday() - week_starts()) % 7)
    return Period(first, first + 6 * DAY)


def month_of(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, _after_months(first, 1) - DAY)


def _after_months(first: date, n: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + n, 12)
    return date(year, month + 1, 1)


def _months(year: int, first: int, n: int) -> Period:
    start = date(year, first, 1)
    return Period(start, _after_months(start, n) - DAY)


def holiday(name: str, year: int) -> Period:
    """A public holiday of a year. Refused where the calendar does not know it."""
    found = _holidays_of(year, places.calendar()).get(name)
    if found is None:
        raise Refused(
            Reason(
                "工作日历中没有%(year)s年的%(name)s,请先录入放假安排",
                {"year": year, "name": HOLIDAYS[name][1]},
            )
        )
    return found


@lru_cache(maxsize=64)
def _holidays_of(year: int, calendar: Calendar) -> dict[str, Period]:
    """Every public holiday that a calendar knows in a year; worked out once for each calendar in force."""
    special, found = places.special_days(year), {}
    for name, (word, _label) in HOLIDAYS.items():
        days = [d.day for d in special if not d.working and word in d.name]
        if days:
            found[name] = _whole_run(min(days), max(days), calendar)
    return found


def _whole_run(start: date, end: date, calendar: Calendar) -> Period:
    """The days off around these, weekends at the ends included."""
    while start - DAY >= calendar.first and not calendar.is_working(start - DAY):
        start -= DAY
    while end + DAY <= calendar.last and not calendar.is_working(end + DAY):
        end += DAY
    return Period(start, end)


def named(code: str, *, on: date) -> Named:
    """The period of a name, on the day it is asked. Refused for an unknown one, naming the nearest."""
    code = code.strip()
    for own in provided(on):
        if own.code == code:
            return own
    try:
        if (usual := _usual(code, on)) is not None:
            return usual
    except ValueError:  # a month 13, a day that is none
        pass
    years = re.findall(r"\d{4}", code)
    known = [n.code for n in offered(on=on)] + [f"{name}-{year}" for year in years for name in HOLIDAYS]
    near = get_close_matches(code.lower(), known, n=3, cutoff=0.4)
    raise Refused(
        Reason("没有名为“%(code)s”的期间,相近的有:%(near)s", {"code": code, "near": "、".join(near) or "—"}),
        "period",
    )


def provided(on: date) -> list[Named]:
    return [n for provider in PROVIDERS for n in provider(on)]


def offered(*, on: date) -> list[Named]:
    """What a list of periods offers on a day: the campaign's own first, then the usual ones."""
    first = on.replace(day=1)
    quarter = (on.month - 1) // 3 + 1
    last_month, last_week = first - DAY, week_of(on).start - DAY
    codes = [
        "last-30-days", f"week-{on}", f"week-{last_week}", f"{on:%Y-%m}", f"{last_month:%Y-%m}",
        f"{on.year}-Q{quarter}", f"{on.year}", f"{on.year - 1}",
    ]  # fmt: skip
    usual = [known for code in codes if (known := _usual(code, on)) is not None]
    own = provided(on)
    return [*own, Named("to-date", *_since(own, on)), *usual, *_holidays(on)]


def _holidays(on: date) -> list[Named]:
    calendar = places.calendar()
    found = [
        Named(f"{name}-{year}", _label_of_holiday(name, year), period)
        for year in (on.year, on.year - 1)
        for name, period in _holidays_of(year, calendar).items()
        if period.start <= on
    ]
    return sorted(found, key=lambda n: n.period.start, reverse=True)


def _usual(code: str, on: date) -> Named | None:
    for shape, pattern in _SHAPES.items():
        if found := pattern.fullmatch(code):
            return Named(code, *_READ[shape](found, on))
    return None


def _label_of_holiday(name: str, year: int) -> str:
    return _("%(year)s年%(name)s") % {"year": year, "name": HOLIDAYS[name][1]}


def _year(found: re.Match[str], on: date) -> tuple[str, Period]:
    year = int(found[1])
    return _("%(year)s年") % {"year": year}, _months(year, 1, 12)


def _half(found: re.Match[str], on: date) -> tuple[str, Period]:
    year, half = int(found[1]), int(found[2])
    label = _("%(year)s年上半年") if half == 1 else _("%(year)s年下半年")
    return label % {"year": year}, _months(year, 6 * half - 5, 6)


def _quarter(found: re.Match[str], on: date) -> tuple[str, Period]:
    year, n = int(found[1]), int(found[2])
    return _("%(year)s年第%(n)s季度") % {"year": year, "n": n}, _months(year, 3 * n - 2, 3)


def _month(found: re.Match[str], on: date) -> tuple[str, Period]:
    year, month = int(found[1]), int(found[2])
    return _("%(year)s年%(month)s月") % {"year": year, "month": month}, _months(year, month, 1)


def _week(found: re.Match[str], on: date) -> tuple[str, Period]:
    period = week_of(date.fromisoformat(found[1]))
    return _("%(start)s至%(end)s当周") % {"start": period.start, "end": period.end}, period


def _holiday(found: re.Match[str], on: date) -> tuple[str, Period]:
    name, year = found[1], int(found[2])
    return _label_of_holiday(name, year), holiday(name, year)


def _last(found: re.Match[str], on: date) -> tuple[str, Period]:
    n = max(1, int(found[1]))
    return _("近%(n)s天") % {"n": n}, Period(on - (n - 1) * DAY, on)


def _to_date(found: re.Match[str], on: date) -> tuple[str, Period]:
    """From the start of the running campaign, or of the year."""
    return _since(provided(on), on)


def _since(own: list[Named], on: date) -> tuple[str, Period]:
    running = [n.period.start for n in own if n.period.start <= on <= n.period.end]
    start = min(running, default=on.replace(month=1, day=1))
    return _("截至%(day)s") % {"day": on}, Period(start, on)


_READ: dict[str, Callable] = {
    "month": _month, "quarter": _quarter, "half": _half, "year": _year, "week": _week, "holiday": _holiday,
    "last": _last, "to-date": _to_date,
}  # fmt: skip
