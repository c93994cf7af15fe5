"""What may be done with a subscription of another system."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.workflow import Transition, Workflow
from anlan.notices.models import SubscriptionState

S = SubscriptionState
_MANAGE = "webhook.manage"
_LIVE, _PAUSED = frozenset({S.LIVE}), frozenset({S.PAUSED})

SUBSCRIPTION = Workflow(
    "subscription",
    S,
    (
        Transition(name="subscribe", label=_("新建推送"), needs=_MANAGE, targets=(S.LIVE,)),
        Transition(name="pause", label=_("暂停推送"), needs=_MANAGE, source=_LIVE, targets=(S.PAUSED,)),
        Transition(name="resume", label=_("恢复推送"), needs=_MANAGE, source=_PAUSED, targets=(S.LIVE,)),
        Transition(name="rotate", label=_("更换密钥"), needs=_MANAGE, source=_LIVE | _PAUSED),
        Transition(
            name="end",
            label=_("取消推送"),
            needs=_MANAGE,
            source=_LIVE | _PAUSED,
            targets=(S.ENDED,),
            danger=True,
        ),
    ),
)
