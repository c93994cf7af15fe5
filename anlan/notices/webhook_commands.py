"""Acts upon subscriptions. Each is journaled; a secret never is."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused
from anlan.notices import outbound, webhooks
from anlan.notices.models import Delivery, DeliveryState, Subscription, SubscriptionState
from anlan.notices.workflow import SUBSCRIPTION

AT_MOST = 20


@performs(SUBSCRIPTION, "subscribe", on=Subscription)
def subscribe(
    s: Subscription, *, act: Act, name: str, url: str, events: Sequence[str], key: str
) -> Done | None:
    """Tell another system of these acts, as far as one's own position sees them."""
    by = act.by
    if by.position is None or by.on_behalf_of:
        raise Refused(Reason("推送只能为本人现任的职务新建,请先切换到本人的职务"))
    if not name.strip():
        raise Refused(Reason("请填写推送的名称,写明推给哪个系统"), "name")
    outbound.shaped(url)
    known = {code for _kind, choices in webhooks.event_choices() for code, _label in choices}
    if not events or not set(events) <= known:
        raise Refused(Reason("请选择要推送的事项"), "events")
    standing = Subscription.objects.filter(user=by.id).exclude(state=SubscriptionState.ENDED).count()
    if standing >= AT_MOST:
        raise Refused(Reason("已有%(n)s个推送,请先取消不用的", {"n": standing}))
    s.user_id, s.position_id, s.name, s.url = by.id, by.position, name.strip(), url
    s.events, s.key, s.made_at = sorted(events), key, act.at.happened
    return None


def _own(s: Subscription, act: Act) -> None:
    if s.user_id != act.by.id:
        raise Refused(Reason("只能管理本人建立的推送"))


@performs(SUBSCRIPTION, "pause", on=Subscription)
def pause(s: Subscription, *, act: Act) -> Done | None:
    """Nothing more is written down for it; what waits, waits."""
    _own(s, act)
    return None


@performs(SUBSCRIPTION, "resume", on=Subscription)
def resume(s: Subscription, *, act: Act) -> Done | None:
    _own(s, act)
    return None


@performs(SUBSCRIPTION, "rotate", on=Subscription)
def rotate(s: Subscription, *, act: Act, key: str) -> Done | None:
    """A new secret from now on; the old one signs nothing more."""
    _own(s, act)
    s.key = key
    return None


@performs(SUBSCRIPTION, "end", on=Subscription)
def end(s: Subscription, *, act: Act) -> Done | None:
    _own(s, act)
    return None


def resend(pk: UUID, *, person: int, at: datetime) -> bool:
    """Try a delivery of one's own again from the beginning. False where there is none that ended."""
    mine = Delivery.objects.filter(pk=pk, subscription__user=person).exclude(state=DeliveryState.WAITING)
    return bool(mine.update(state=DeliveryState.WAITING, tries=0, next_at=at, error="", ended_at=None))
