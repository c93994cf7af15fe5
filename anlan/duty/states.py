"""The words of duty."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallState(models.TextChoices):
    """What came of a call. Ten letters at most: the result stands in a cell of the figures."""

    WAITING = "WAITING", _("待点名")
    NORMAL = "NORMAL", _("正常")
    LATE = "LATE", _("迟接")
    UNANSWERED = "UNANSWERED", _("无人接")
    ABSENT = "ABSENT", _("脱岗")
    VOID = "VOID", _("作废")


#: what a call can come to
RESULTS = (CallState.NORMAL, CallState.LATE, CallState.UNANSWERED, CallState.ABSENT)
#: what a second call can come to: whoever answers now answers late
AGAIN = (CallState.LATE, CallState.UNANSWERED, CallState.ABSENT)
#: somebody answered for the unit
REACHED = frozenset({CallState.NORMAL, CallState.LATE})


class Light(models.TextChoices):
    """How a unit's duty stands on a screen."""

    GREEN = "GREEN", _("在岗")
    YELLOW = "YELLOW", _("迟接")
    RED = "RED", _("无人接、脱岗")
    GREY = "GREY", _("待点名")


LIGHTS = {
    CallState.NORMAL: Light.GREEN, CallState.LATE: Light.YELLOW, CallState.UNANSWERED: Light.RED,
    CallState.ABSENT: Light.RED, CallState.WAITING: Light.GREY,
}  # fmt: skip
