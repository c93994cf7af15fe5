"""Deadlines told before they pass: due within three days, and overdue since yesterday.

Each deadline is told once: a day on which the job did not run is made up for, and none is told twice.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from anlan.hazards import waiting as hazards
from anlan.hazards.models import Hazard
from anlan.kernel.clock import day_of
from anlan.kernel.words import Reason
from anlan.notices import queries as notices
from anlan.notices.commands import tell
from anlan.notices.models import Kind
from anlan.people import queries as people

AHEAD = timedelta(days=3)
#: so long after a deadline a missed run is still made up for
BEHIND = timedelta(days=7)

DUE = Reason("%(number)s将于%(due)s到期,请抓紧整改")
OVERDUE = Reason("%(number)s已逾期,期限为%(due)s")
REPLY = Reason("%(number)s须于%(due)s前办结反馈")
ANSWER = Reason("领导对%(number)s的批示须于%(due)s前答复")


def remind(*, at: datetime) -> int:
    """Tell the firm what falls due, firm and organ what fell due, organs what they owe an answer to.

    Returns how many notices were written.
    """
    today = day_of(at)
    soon, past = (today, today + AHEAD), (today - BEHIND, today - timedelta(days=1))
    running = hazards.running()

    def firm_and_organ(h: Hazard) -> list[int]:
        return [*_firm(h, today), *_organ(h, today)]

    return (
        _tell(
            _due(running.filter(due_on__range=soon), "due_on"), Kind.DUE, DUE, lambda h: _firm(h, today), at
        )
        + _tell(_due(running.filter(due_on__range=past), "due_on"), Kind.OVERDUE, OVERDUE, firm_and_organ, at)
        + _tell(_due(hazards.to_reply(soon), "reply_due"), Kind.DUE, REPLY, lambda h: _organ(h, today), at)
        + _answers(soon, at)
    )


def _due(rows: Any, column: str) -> Iterable[tuple[Hazard, date]]:
    return ((h, getattr(h, column)) for h in rows.iterator(chunk_size=500))


def _answers(soon: tuple[date, date], at: datetime) -> int:
    """Each instruction to the organisation that owes the answer."""
    told = 0
    for h, item in hazards.to_answer(soon):
        owner = people.holders(item.owner_organisation, on=day_of(at), can="hazard.answer_instruction")
        told += _once(h, item.due_on, Kind.DUE, ANSWER, owner, at)
    return told


def _tell(
    rows: Iterable[tuple[Hazard, date]],
    kind: str,
    words: Reason,
    whom: Callable[[Hazard], list[int]],
    at: datetime,
) -> int:
    return sum(_once(h, due, kind, words, whom(h), at) for h, due in rows)


def _once(h: Hazard, due: date, kind: str, words: Reason, whom: list[int], at: datetime) -> int:
    said = Reason(words.msgid, {"number": h.number, "due": due})
    already = notices.told(kind=kind, words=said, about=h)
    left = [p for p in whom if p not in already]
    return tell(left, kind=kind, words=said, about=h, at=at) if left else 0


def _firm(h: Hazard, today: date) -> list[int]:
    return people.holders(h.enterprise_id, on=today, can="hazard.submit") if h.enterprise_id else []


def _organ(h: Hazard, today: date) -> list[int]:
    organ = h.now_organ or h.found_organisation
    return people.holders(organ, on=today, can="hazard.urge") if organ else []
