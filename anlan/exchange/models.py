"""Sheets that came in: whose, what they said, how they were read, what became of them."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from anlan.exchange.exports import Export  # noqa: F401  a table of this module


class Step(models.TextChoices):
    MAPPING = "MAPPING", _("待确认")
    WAITING = "WAITING", _("排队中")
    RUNNING = "RUNNING", _("导入中")
    DONE = "DONE", _("已完成")
    CANCELLED = "CANCELLED", _("已停止")
    FAILED = "FAILED", _("未完成")


class SheetIn(models.Model):
    """One upload. Opened by who sent it alone; his colleagues see that it was.

    `beat` is when the worker last said that it goes on: one that fell silent is taken up again.
    """

    kind = models.CharField(max_length=20, default="hazards")
    person = models.BigIntegerField()
    person_name = models.CharField(max_length=60, default="")
    position = models.BigIntegerField(null=True)
    organisation = models.BigIntegerField(null=True)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    headers = models.CharField(max_length=64)
    step = models.CharField(max_length=10, choices=Step, default=Step.MAPPING)
    mapping: Any = models.JSONField(default=dict)
    report: Any = models.JSONField(default=dict)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    at = models.DateTimeField()
    beat = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "at"], name="sheet_person"),
            models.Index(fields=["organisation", "at"], name="sheet_organisation"),
            models.Index(fields=["step", "at"], name="sheet_step"),
        ]

    def __str__(self) -> str:
        return self.name


class Habit(models.Model):
    """What a sender chose once: `headers` "" holds the meanings of values, another the columns of that header."""

    person = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    headers = models.CharField(max_length=64, default="", blank=True)
    said: Any = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "headers"], name="habit_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.kind}"
