"""Deadlines told before they pass: due in three days, and overdue since today."""

from datetime import date, datetime, timedelta

from anlan.hazards.models import Hazard
from anlan.hazards.states import State
from anlan.kernel.clock import day_of
from anlan.kernel.words import Reason
from anlan.notices.commands import tell
from anlan.notices.models import Kind
from anlan.people import queries as people

AHEAD = timedelta(days=3)


def remind(*, at: datetime) -> int:
    """Tell the firm what falls due in three days, and firm and organ what fell due yesterday.

    A notice is written once a day for each person and matter. Returns how many.
    """
    today = day_of(at)
    running = Hazard.objects.filter(state=State.RECTIFYING, stopped_on=None)
    told = 0
    for h in running.filter(due_on=today + AHEAD).iterator(chunk_size=500):
        words = Reason("%(number)s将于%(due)s到期,请抓紧整改", {"number": h.number, "due": h.due_on})
        told += tell(_firm(h, today), kind=Kind.DUE, words=words, about=h, at=at)
    for h in running.filter(due_on=today - timedelta(days=1)).iterator(chunk_size=500):
        words = Reason("%(number)s已逾期,期限为%(due)s", {"number": h.number, "due": h.due_on})
        told += tell([*_firm(h, today), *_organ(h, today)], kind=Kind.OVERDUE, words=words, about=h, at=at)
    return told


def _firm(h: Hazard, today: date) -> list[int]:
    return people.holders(h.enterprise_id, on=today, can="hazard.submit") if h.enterprise_id else []


def _organ(h: Hazard, today: date) -> list[int]:
    organ = h.now_organ or h.found_organisation
    return people.holders(organ, on=today, can="hazard.urge") if organ else []
