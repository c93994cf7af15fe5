"""One notice to one person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from anlan.kernel.words import Reason


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
