"""Deadlines of plans and items, told once when they come near and once when they have passed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from anlan.campaigns import queries
from anlan.kernel.clock import day_of
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.kernel.words import Reason
from anlan.notices import queries as notices
from anlan.notices.commands import tell
from anlan.notices.models import Kind
from anlan.people import queries as people

AHEAD, BEHIND, DAY = timedelta(days=3), timedelta(days=7), timedelta(days=1)

SIGN = Reason("行动方案“%(title)s”须于%(due)s前签收")
FILE = Reason("行动方案“%(title)s”的细化方案须于%(due)s前上报")
SIGN_LATE = Reason("行动方案“%(title)s”逾期未签收,期限为%(due)s")
FILE_LATE = Reason("行动方案“%(title)s”的细化方案逾期未上报,期限为%(due)s")
ITEM = Reason("四问四查事项须于%(due)s前落实:%(title)s")
ITEM_LATE = Reason("四问四查事项已逾期(期限为%(due)s):%(title)s")


def remind(*, at: datetime) -> int:
    """Tell addressees and owners what falls due, and with the issuer what fell due. Returns how many were told."""
    today = day_of(at)
    with acting_as(SYSTEM):
        return (
            _receipts(today, today + AHEAD, at, late=False)
            + _receipts(today - BEHIND, today - DAY, at, late=True)
            + _items(today, today + AHEAD, at, late=False)
            + _items(today - BEHIND, today - DAY, at, late=True)
        )


def _receipts(first: date, last: date, at: datetime, *, late: bool) -> int:
    told = 0
    for r in queries.due_receipts(first, last).select_related("plan"):
        title = r.plan.title[:40]
        if r.state == "SENT" and first <= r.sign_due_on <= last:
            told += _once(
                r, SIGN_LATE if late else SIGN, title, r.sign_due_on, _who(r, late, at), at, late=late
            )
        if first <= r.file_due_on <= last:
            told += _once(
                r, FILE_LATE if late else FILE, title, r.file_due_on, _who(r, late, at), at, late=late
            )
    return told


def _items(first: date, last: date, at: datetime, *, late: bool) -> int:
    told = 0
    for i in queries.due_items(first, last):
        whom = people.holders(i.owner, on=day_of(at), can="campaign.answer")
        if late:
            whom += people.holders(i.issuer, on=day_of(at), can="campaign.manage")
        told += _once(i, ITEM_LATE if late else ITEM, i.words[:40], i.due_on, whom, at, late=late)
    return told


def _who(r: Any, late: bool, at: datetime) -> list[int]:
    """The addressee; who issued the plan too once it is late."""
    whom = people.holders(r.organisation, on=day_of(at), can="campaign.answer")
    return [*whom, *people.holders(r.issuer, on=day_of(at), can="campaign.manage")] if late else whom


def _once(
    row: Any, words: Reason, title: str, due: date, whom: Iterable[int], at: datetime, *, late: bool
) -> int:
    kind, said = Kind.OVERDUE if late else Kind.DUE, Reason(words.msgid, {"title": title, "due": due})
    already = notices.told(kind=kind, words=said, about=row)
    left = [p for p in whom if p not in already]
    return tell(left, kind=kind, words=said, about=row, at=at) if left else 0
