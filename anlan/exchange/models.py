"""Sheets that came in: whose, what they said, how they were read, what became of them."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    MAPPING = "MAPPING", _("待确认")
    WAITING = "WAITING", _("排队中")
    RUNNING = "RUNNING", _("导入中")
    DONE = "DONE", _("已完成")
    CANCELLED = "CANCELLED", _("已取消")
    FAILED = "FAILED", _("未完成")


class SheetIn(models.Model):
    """One upload. Seen by who sent it alone; `mapping` is offered again for the same headers."""

    person = models.BigIntegerField()
    position = models.BigIntegerField(null=True)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    headers = models.CharField(max_length=64)
    step = models.CharField(max_length=10, choices=Step, default=Step.MAPPING)
    mapping: Any = models.JSONField(default=dict)
    report: Any = models.JSONField(default=dict)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "at"], name="sheet_person"),
            models.Index(fields=["step", "at"], name="sheet_step"),
        ]

    def __str__(self) -> str:
        return self.name
