"""Carrying deliveries to other systems: again and later where nobody takes them, until they are dead.

A delivery is claimed by moving its next time ahead, so that two workers do not send it twice; nothing is
held in a transaction while the network is waited for.
"""

from collections import Counter
from datetime import datetime, timedelta

from django.utils.translation import gettext_noop as _

from anlan.kernel.command import COMMANDS
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused
from anlan.notices import outbound, webhooks
from anlan.notices.commands import tell
from anlan.notices.models import Delivery, DeliveryState, Kind, Subscription, SubscriptionState

#: how long to wait after the first try, the second, …; after the last one it is dead
BACKOFF = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6),
    timedelta(hours=12), timedelta(hours=24),
)  # fmt: skip
LEASE = timedelta(minutes=2)
#: in one tick, in all and for one subscriber, so that a slow one does not keep the others waiting
TOGETHER, EACH = 20, 5
KEEP = timedelta(days=30)

ANSWERED = _("对方回答%(status)s")
SILENT = _("对方没有应答")
NO_LONGER = _("订阅人已不担任原职务,或看不到这条记录")


def deliver(*, at: datetime) -> int:
    """Send what is due. Returns how many arrived."""
    due = Delivery.objects.filter(
        state=DeliveryState.WAITING, next_at__lte=at, subscription__state=SubscriptionState.LIVE
    )
    rows = due.select_related("subscription__user").order_by("next_at", "made_at")
    each: Counter[int] = Counter()
    actors: dict[int, Actor | None] = {}
    arrived = 0
    for d in list(rows[: TOGETHER * EACH]):
        s = d.subscription
        if each[s.pk] == EACH or each.total() == TOGETHER or not _claimed(d, at):
            continue
        each[s.pk] += 1
        if s.pk not in actors:
            actors[s.pk] = webhooks.actor_of(s, at=at)
        arrived += _send(d, actors[s.pk], at)
    return arrived


def _claimed(d: Delivery, at: datetime) -> bool:
    mine = Delivery.objects.filter(pk=d.pk, state=DeliveryState.WAITING, next_at=d.next_at)
    return bool(mine.update(next_at=at + LEASE))


def _send(d: Delivery, actor: Actor | None, at: datetime) -> bool:
    if actor is None or not webhooks.sees(actor, COMMANDS[d.event].on, [d.subject]):
        _end(d, DeliveryState.DEAD, at, error=NO_LONGER)
        return False
    try:
        told = outbound.post(d.subscription.url, d.body.encode(), webhooks.headers(d, at=at))
    except Refused as refusal:
        _again(d, at, None, refusal.reason.msgid)
        return False
    if told.arrived:
        _end(d, DeliveryState.DELIVERED, at, status=told.status)
        return True
    _again(d, at, told.status, SILENT if told.status is None else ANSWERED)
    return False


def _again(d: Delivery, at: datetime, status: int | None, error: str) -> None:
    if d.tries >= len(BACKOFF):
        _end(d, DeliveryState.DEAD, at, status=status, error=error)
        _tell(d.subscription, at)
        return
    when = at + BACKOFF[d.tries]
    Delivery.objects.filter(pk=d.pk).update(tries=d.tries + 1, next_at=when, status=status, error=error)


def _end(d: Delivery, state: str, at: datetime, *, status: int | None = None, error: str = "") -> None:
    Delivery.objects.filter(pk=d.pk).update(
        state=state, tries=d.tries + 1, status=status, error=error, ended_at=at
    )


def _tell(s: Subscription, at: datetime) -> None:
    words = Reason("推送“%(name)s”多次没有送达,已停止重试,请核对对方系统", {"name": s.name})
    tell([s.user_id], kind=Kind.WAITING, words=words, about=s, at=at, link=f"/me/webhooks/{s.pk}/")


def forget(*, at: datetime) -> int:
    """Let go of deliveries that ended a month ago."""
    ended = Delivery.objects.filter(ended_at__lt=at - KEEP).exclude(state=DeliveryState.WAITING)
    return ended.delete()[0]
