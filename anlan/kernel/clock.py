"""The legal clock: pure date arithmetic, no Django, no now().

Instants are UTC; a day is the day in Asia/Shanghai, computed here and stored beside the instant.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


def day_of(instant: datetime) -> date:
    """The local day on which an instant falls. Raises ValueError for a naive instant."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(CHINA).date()


class Days(StrEnum):
    """How a term counts. It belongs to the term, never to the number (行政强制法 art. 69)."""

    CALENDAR = "CALENDAR"
    WORKING = "WORKING"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Public holidays and the weekend days worked in exchange for them.

    Known between `first` and `last`; outside, `is_working` raises CalendarEnds rather than guess.
    """

    first: date = date.min
    last: date = date.max
    holidays: frozenset[date] = field(default_factory=frozenset)
    make_up_days: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        if not self.first <= day <= self.last:
            raise CalendarEnds(day)
        if day in self.make_up_days:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`."""
        count, day = 0, start
        while day < end:
            day += ONE_DAY
            count += self.is_working(day)
        return count


class CalendarEnds(LookupError):
    """A working-day term reached a day for which no calendar has been entered yet."""

    def __init__(self, day: date):
        self.day = day
        super().__init__(f"no work calendar for {day:%Y-%m-%d}")


@dataclass(frozen=True, slots=True)
class Term:
    """A legal term: so many days, counted so, from such a law.

    `rolls`: a last day that is a holiday moves to the next working day. A date written into an order
    is no term and never rolls.
    """

    days: int
    count: Days
    law: str
    rolls: bool = False

    def last_day(self, start: date, calendar: Calendar) -> date:
        """The last day of the term; the day on which it starts is not counted (民法典 art. 201)."""
        if self.count is Days.CALENDAR:
            day = start + timedelta(days=self.days)
        else:
            day, left = start, self.days
            while left:
                day += ONE_DAY
                left -= calendar.is_working(day)
        while self.rolls and not calendar.is_working(day):
            day += ONE_DAY
        return day

    def starts_no_later_than(self, end: date, calendar: Calendar) -> date:
        """The last day on which something due `days` before `end` may still be done."""
        if self.count is Days.CALENDAR:
            return end - timedelta(days=self.days)
        day, left = end, self.days
        while left:
            left -= calendar.is_working(day)
            day -= ONE_DAY
        return day


@dataclass(frozen=True, slots=True)
class Moment:
    """When an act was done and when it reached us. Terms count by the first, order by the second.

    `happened` never lies after `received`; a device whose clock ran ahead is clamped and marked.
    """

    happened: datetime
    received: datetime
    clock_was_off: bool = False

    @classmethod
    def at(cls, instant: datetime) -> "Moment":
        return cls(instant, instant)

    @classmethod
    def reported(
        cls, *, happened: datetime, received: datetime, not_before: datetime | None = None
    ) -> "Moment":
        """Clamp what a device says between the time its data left us and the time it came back."""
        clamped = min(happened, received)
        if not_before is not None:
            clamped = max(clamped, min(not_before, received))
        return cls(clamped, received, clamped != happened)

    @property
    def day(self) -> date:
        return day_of(self.happened)
