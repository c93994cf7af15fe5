"""Files that somebody asked for: which rows and columns, as what, how far, until when."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    WAITING = "WAITING", _("排队中")
    RUNNING = "RUNNING", _("导出中")
    DONE = "DONE", _("可下载")
    CANCELLED = "CANCELLED", _("已取消")
    FAILED = "FAILED", _("未完成")
    EXPIRED = "EXPIRED", _("已过期")


class Export(models.Model):
    """One export. `asked` is what the address said; `scope` whose rows these are, compared at download."""

    person = models.BigIntegerField()
    position = models.BigIntegerField(null=True)
    scope = models.CharField(max_length=64)
    table = models.CharField(max_length=30)
    asked: Any = models.JSONField(default=dict)
    columns: Any = models.JSONField(default=list)
    form = models.CharField(max_length=8)
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.WAITING)
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    bytes = models.BigIntegerField(default=0)
    failed = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()
    expires = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "at"], name="export_person"),
            models.Index(fields=["stage", "at"], name="export_stage"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0
