"""Acts upon the work calendar. Terms that were computed before keep their day; new ones use the change."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from anlan.kernel.clock import Moment
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused, require
from anlan.places import queries, rules
from anlan.places.models import CalendarChange
from anlan.places.workflow import CALENDAR


@performs(CALENDAR, "set_day", on=CalendarChange)
def set_day(
    change: CalendarChange, *, act: Act, day: date, working: bool, name: str, source: str
) -> Done | None:
    """A day is worked or not, whatever its weekday. `source` names the notice."""
    if not source.strip():
        raise Refused(Reason("请填写依据(放假安排通知的名称或文号)"), "source")
    known = queries.calendar()
    require(rules.within_years(day, known.first, known.last), "day")
    special = {d.day: d.working for d in queries.special_days(day.year)}
    require(rules.differs(day, working, special.get(day, day.weekday() < 5)), "day")
    change.day, change.working, change.name, change.source = day, working, name, source
    return None


@performs(CALENDAR, "complete_year", on=CalendarChange)
def complete_year(change: CalendarChange, *, act: Act, year: int, source: str) -> Done | None:
    """All of a year's holidays are entered: from now on terms may reach into it."""
    require(rules.next_year(year, queries.calendar_ends()), "year")
    if not any(not d.working for d in queries.special_days(year)):
        raise Refused(Reason("请先录入%(year)s年的放假日,再确认年度日历", {"year": year}), "year")
    change.year, change.source = year, source
    return None


@performs(CALENDAR, "withdraw", on=CalendarChange)
def withdraw(change: CalendarChange, *, act: Act) -> Done | None:
    """Take back a decision. A confirmed year cannot be taken back once the year after it is confirmed."""
    if change.year is not None and queries.calendar_ends().year != change.year:
        raise Refused(Reason("其后的年度已经确认,请先撤回其后的年度"))
    return None


def enter_days(
    *,
    first: date,
    last: date,
    working: bool,
    name: str,
    source: str,
    by: Actor,
    at: Moment | datetime,
    id: UUID | None = None,
) -> Sequence[CalendarChange]:
    """A run of days from one line of a notice; days that are so already are passed over.

    Raises Refused where nothing would change. `id` settles the double click: it goes to the first day.
    """
    if last < first or (last - first).days > 30:
        raise Refused(Reason("请核对起止日期:结束日不得早于开始日,一次不超过31天"), "last")
    made: list[CalendarChange] = []
    with transaction.atomic():
        for day in rules.days_from(first, last):
            special = {d.day: d.working for d in queries.special_days(day.year)}
            if special.get(day, day.weekday() < 5) is not working:
                words: dict[str, Any] = {"day": day, "working": working, "name": name, "source": source}
                made.append(set_day(by=by, at=at, id=None if made else id, **words))
    if not made:
        raise Refused(Reason("这些日期原本就是这样安排,不需要录入"), "first")
    return made
