"""Who is told what about a campaign."""

from typing import Any

from anlan.campaigns import events
from anlan.kernel.clock import Moment
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason
from anlan.notices.commands import tell
from anlan.notices.models import Kind
from anlan.people import queries as people


def _whom(organisation: int | None, at: Moment, can: str = "campaign.answer") -> list[int]:
    return people.holders(organisation, on=at.day, can=can) if organisation else []


def _tell(whom: list[int], kind: str, words: Reason, about: Any, *, by: Actor, at: Moment) -> None:
    tell(whom, kind=kind, words=words, about=about, at=at.received, except_for=by.id)


def of_plan(event: events.Sent, *, by: Actor, at: Moment) -> None:
    r = event.receipt
    words = Reason(
        "收到行动方案“%(title)s”,请于%(due)s前签收", {"title": r.plan.title[:40], "due": r.sign_due_on}
    )
    _tell(_whom(r.organisation, at), Kind.ASSIGNED, words, r, by=by, at=at)


def of_filing(event: events.Filed, *, by: Actor, at: Moment) -> None:
    r = event.receipt
    words = Reason("%(who)s已上报细化方案,请审查", {"who": r.organisation_name})
    _tell(_whom(r.issuer, at, "campaign.manage"), Kind.WAITING, words, r, by=by, at=at)


def of_receipt_returned(event: events.ReceiptReturned, *, by: Actor, at: Moment) -> None:
    words = Reason("细化方案被退回:%(why)s", {"why": event.reason[:60]})
    _tell(_whom(event.receipt.organisation, at), Kind.RETURNED, words, event.receipt, by=by, at=at)


def of_receipt_accepted(event: events.ReceiptAccepted, *, by: Actor, at: Moment) -> None:
    words = Reason("细化方案“%(title)s”已准予备案", {"title": event.receipt.own_title[:40]})
    _tell(_whom(event.receipt.organisation, at), Kind.DECIDED, words, event.receipt, by=by, at=at)


def of_urging(event: events.ReceiptUrged, *, by: Actor, at: Moment) -> None:
    r = event.receipt
    words = Reason(
        "请尽快办理行动方案“%(title)s”。%(words)s", {"title": r.plan.title[:40], "words": event.words[:60]}
    )
    _tell(_whom(r.organisation, at), Kind.URGED, words, r, by=by, at=at)


def of_membership(event: events.Joined, *, by: Actor, at: Moment) -> None:
    m = event.member
    words = Reason("您已加入%(group)s,自%(since)s起", {"group": event.group.name, "since": m.since})
    _tell([m.user], Kind.ASSIGNED, words, event.group, by=by, at=at)


def of_roster(event: events.Rostered, *, by: Actor, at: Moment) -> None:
    s = event.sortie
    words = Reason("%(group)s%(day)s出动,请准备", {"group": s.name, "day": s.day})
    _tell(list(event.party), Kind.ASSIGNED, words, s, by=by, at=at)


def of_item(event: events.ItemRaised, *, by: Actor, at: Moment) -> None:
    i = event.item
    words = Reason("四问四查事项请于%(due)s前落实:%(what)s", {"due": i.due_on, "what": i.words[:40]})
    _tell(_whom(i.owner, at), Kind.ASSIGNED, words, i, by=by, at=at)


def of_answer(event: events.ItemAnswered, *, by: Actor, at: Moment) -> None:
    i = event.item
    words = Reason("四问四查事项已答复,请审核:%(what)s", {"what": i.words[:40]})
    whom = [*_whom(i.issuer, at), *(_whom(i.organisation, at) if i.organisation != i.owner else [])]
    _tell(whom, Kind.WAITING, words, i, by=by, at=at)


def of_item_returned(event: events.ItemReturned, *, by: Actor, at: Moment) -> None:
    words = Reason("四问四查事项被退回:%(why)s", {"why": event.reason[:60]})
    _tell(_whom(event.item.owner, at), Kind.RETURNED, words, event.item, by=by, at=at)


def of_item_urged(event: events.ItemUrged, *, by: Actor, at: Moment) -> None:
    i = event.item
    words = Reason("请尽快落实四问四查事项(%(due)s到期):%(what)s", {"due": i.due_on, "what": i.words[:40]})
    _tell(_whom(i.owner, at), Kind.URGED, words, i, by=by, at=at)
