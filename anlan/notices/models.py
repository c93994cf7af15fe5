"""Notices to people, and subscriptions by which other systems are told."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from anlan.kernel.journal import Journaled
from anlan.kernel.words import Reason
from anlan.places.models import OpenManager


class Kind(models.TextChoices):
    ASSIGNED = "ASSIGNED", _("交办")
    DUE = "DUE", _("临期")
    OVERDUE = "OVERDUE", _("逾期")
    RETURNED = "RETURNED", _("退回")
    DECIDED = "DECIDED", _("办结")
    WAITING = "WAITING", _("待办")
    URGED = "URGED", _("催办")
    INSTRUCTED = "INSTRUCTED", _("批示")


class Notice(models.Model):
    """What one person was told about one record. `msgid` and `params` are translated when shown."""

    person = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    msgid = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, default="")
    subject_kind = models.CharField(max_length=30)
    subject = models.BigIntegerField()
    at = models.DateTimeField()
    on = models.DateField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "read_at", "at"], name="notice_inbox"),
            models.Index(fields=["subject_kind", "subject", "kind"], name="notice_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject_kind", "subject", "on", "msgid"], name="notice_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.msgid % self.params

    @property
    def reason(self) -> Reason:
        """What was said, to be put into the reader's language."""
        return Reason(self.msgid, self.params)


class SubscriptionState(models.TextChoices):
    LIVE = "LIVE", _("推送中")
    PAUSED = "PAUSED", _("已暂停")
    ENDED = "ENDED", _("已取消")


class DeliveryState(models.TextChoices):
    WAITING = "WAITING", _("待推送")
    DELIVERED = "DELIVERED", _("已送达")
    DEAD = "DEAD", _("未送达")


class Subscription(Journaled):
    """Another system that is told of acts, as one person in one position sees them.

    `events` are names of acts ("hazard.accept"). The secret follows from `key` and is kept nowhere.
    """

    state = models.CharField(max_length=10, choices=SubscriptionState)
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    position = models.ForeignKey("people.Position", models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    url = models.CharField(max_length=300)
    events = models.JSONField(default=list)
    key = models.CharField(max_length=32)
    made_at = models.DateTimeField()

    objects = OpenManager()

    class Meta:
        indexes = [models.Index(fields=["state"], name="subscription_state")]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One event on its way to one subscriber. `body` is what is signed and sent, byte for byte."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject = models.BigIntegerField()
    body = models.TextField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField()
    status = models.SmallIntegerField(null=True)
    error = models.CharField(max_length=200, default="", blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_at"], name="delivery_due"),
            models.Index(fields=["subscription", "made_at"], name="delivery_subscription"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_kind}:{self.subject}"

    @property
    def why(self) -> Reason | None:
        """Why it has not arrived."""
        return Reason(self.error, {"status": self.status}) if self.error else None
