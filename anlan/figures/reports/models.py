"""A report, the figures entered by hand, and each table as it was frozen."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from anlan.figures.reports.states import State
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import ChildModel, Coordinates, ScopedModel
from anlan.kernel.words import Reason

CODE: dict[str, Any] = {"max_length": 12, "default": "", "blank": True}
NAME: dict[str, Any] = {"max_length": 60, "default": "", "blank": True}


class Report(ScopedModel, Journaled):
    """One form of one place for one period. `county` "" is the city's own; `sector` "" covers every sector.

    A position that is limited to sectors sees the reports of these sectors alone.
    """

    coordinates: ClassVar = Coordinates(town="town", enterprise="")

    state = models.CharField(max_length=10, choices=State)
    form = models.CharField(max_length=4)
    place = models.CharField(max_length=12)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    sector = models.CharField(max_length=20, default="", blank=True)
    start = models.DateField()
    end = models.DateField()
    due_at = models.DateTimeField()
    organisation = models.BigIntegerField()
    organisation_name = models.CharField(max_length=100)
    begun_by_name = models.CharField(**NAME)
    begun_on = models.DateField()
    #: who filled in last: he does not sign, also where the job froze the table
    filled_by = models.BigIntegerField(null=True)

    nth = models.SmallIntegerField(default=0)
    digest = models.CharField(max_length=64, default="", blank=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.BigIntegerField(null=True)
    frozen_by_name = models.CharField(**NAME)
    filed_at = models.DateTimeField(null=True)
    filed_by_name = models.CharField(**NAME)
    returned_on = models.DateField(null=True)
    returned_by_name = models.CharField(**NAME)
    return_reason = models.CharField(max_length=300, default="", blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(name="report_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="report_days_in_order", condition=Q(end__gte=F("start"))),
            models.CheckConstraint(
                name="report_filed_is_frozen",
                condition=~Q(state__in=[State.FROZEN, State.FILED])
                | (Q(frozen_at__isnull=False) & ~Q(digest="")),
            ),
            models.CheckConstraint(
                name="report_filed_has_an_hour",
                condition=~Q(state=State.FILED) | Q(filed_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["form", "place", "sector", "start"], name="report_once_for_a_period"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["county", "end", "id"], name="report_county"),
            models.Index(fields=["end", "id"], name="report_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.place} {self.start}–{self.end}"

    def get_absolute_url(self) -> str:
        return reverse("figures:report", args=[self.pk])

    @property
    def is_late(self) -> bool:
        """Filed after its hour; arithmetic, no state."""
        return self.filed_at is not None and self.filed_at > self.due_at


class FiledFigure(ChildModel):
    """A number that the system cannot see, entered by hand: who, when, for which row and indicator.

    Place, sector and days are the report's, copied for counting. `counts` once the report is filed.
    """

    parent: ClassVar = "report"

    report = models.ForeignKey(Report, models.PROTECT, related_name="figures")
    row = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    n = models.BigIntegerField()
    county = models.CharField(**CODE)
    sector = models.CharField(max_length=20, default="", blank=True)
    start = models.DateField()
    end = models.DateField()
    counts = models.BooleanField(default=False)
    by_name = models.CharField(max_length=60)
    on = models.DateField()

    class Meta(ChildModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "row", "code"], name="filed_figure_once"),
            models.CheckConstraint(name="filed_figure_is_no_debt", condition=Q(n__gte=0)),
        ]
        indexes: ClassVar = [models.Index(fields=["code", "end"], name="filed_figure_code")]

    def __str__(self) -> str:
        return f"{self.row} {self.code} {self.n}"


class Frozen(ChildModel):
    """A table as it stood when it was frozen: canonical text, its hash, and the code that counted it."""

    parent: ClassVar = "report"

    report = models.ForeignKey(Report, models.PROTECT, related_name="frozen")
    nth = models.SmallIntegerField()
    body = models.TextField()
    digest = models.CharField(max_length=64)
    version = models.CharField(max_length=40)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)

    class Meta(ChildModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "nth"], name="frozen_once")]

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def table(self) -> dict[str, Any]:
        return json.loads(self.body)


_TWICE = Reason("这张报表本期已经建立,请从报表列表中打开")
CONSTRAINTS |= {
    "report_once_for_a_period": _TWICE,
    "figures_report.form": _TWICE,
    "filed_figure_is_no_debt": Reason("填报数不能是负数"),
}
