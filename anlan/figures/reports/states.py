"""The words of reports."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "DRAFT", _("填报中")
    FROZEN = "FROZEN", _("待审签")
    FILED = "FILED", _("已上报")
    RETURNED = "RETURNED", _("已退回")


class Cadence(TextChoices):
    """How often a form is filed."""

    DAILY = "DAILY", _("日报")
    WEEKLY = "WEEKLY", _("周报")
    MONTHLY = "MONTHLY", _("月报")
    QUARTERLY = "QUARTERLY", _("季报")
