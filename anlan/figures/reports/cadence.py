"""Which days a report covers, and the hour by which it is filed. The hour is another thing than the window.

A week runs as `periods.week_of` has it (Friday to Thursday) and is filed on the day after its last, at 12:00;
a month and a quarter on the 15th of the month that follows, at 12:00; a day on the next day at 9:00. A date that
an order names never rolls.
"""

from datetime import date, datetime, time, timedelta

from anlan.figures import periods
from anlan.figures.periods import Period
from anlan.figures.reports.states import Cadence
from anlan.kernel.clock import CHINA

DAY = timedelta(days=1)
NOON, MORNING = time(12), time(9)
FIFTEENTH = 15


def period_of(cadence: str, day: date) -> Period:
    """The reporting period in which a day lies."""
    if cadence == Cadence.DAILY:
        return Period(day, day)
    if cadence == Cadence.WEEKLY:
        return periods.week_of(day)
    if cadence == Cadence.MONTHLY:
        return periods.month_of(day)
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Period(first, periods.month_of(first + 70 * DAY).end)


def due(cadence: str, period: Period) -> datetime:
    """The filing hour of a period."""
    after = period.end + DAY
    if cadence == Cadence.DAILY:
        return datetime.combine(after, MORNING, CHINA)
    if cadence == Cadence.WEEKLY:
        return datetime.combine(after, NOON, CHINA)
    return datetime.combine(after.replace(day=FIFTEENTH), NOON, CHINA)


def last_ended(cadence: str, on: date) -> Period:
    """The latest period that is over on a day: the one that is to be reported."""
    return period_of(cadence, period_of(cadence, on).start - DAY)


def recent(cadence: str, on: date, *, n: int = 6) -> list[Period]:
    """The running period and those before it, the latest first."""
    found = [period_of(cadence, on)]
    while len(found) < n:
        found.append(period_of(cadence, found[-1].start - DAY))
    return found


def words(cadence: str, period: Period) -> str:
    """The period as the name by which periods.named knows it."""
    if cadence == Cadence.DAILY:
        return f"{period.start}"
    if cadence == Cadence.WEEKLY:
        return f"week-{period.start}"
    if cadence == Cadence.MONTHLY:
        return f"{period.start:%Y-%m}"
    return f"{period.start.year}-Q{(period.start.month - 1) // 3 + 1}"
