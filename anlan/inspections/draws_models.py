"""A draw, the papers from which it can be repeated, and who must stand back from which firm."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from anlan.inspections.states import DrawKind, DrawState, RecusalState
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import ChildModel, Coordinates, ScopedModel
from anlan.kernel.words import Reason

CODE: dict[str, Any] = {"max_length": 12, "default": "", "blank": True}
NAME: dict[str, Any] = {"max_length": 60, "default": "", "blank": True}
DIGEST: dict[str, Any] = {"max_length": 64, "default": "", "blank": True}
LIST: dict[str, Any] = {"default": list, "blank": True}


class Draw(ScopedModel, Journaled):
    """Places and people drawn by lot. `county` and `town` say whose draw it is, not where it leads.

    `secret` stands outside the journal until the draw is published as `revealed`: who knows it can tell where
    the groups go. What was drawn is nowhere written down before that but in the visits, which are veiled.
    """

    coordinates: ClassVar = Coordinates(sector="", enterprise="")
    uncovered: ClassVar = frozenset({"secret"})

    state = models.CharField(max_length=10, choices=DrawState)
    kind = models.CharField(max_length=8, choices=DrawKind)
    purpose = models.CharField(max_length=200)
    day = models.DateField()
    until = models.DateField()
    organisation = models.BigIntegerField()
    organisation_name = models.CharField(max_length=100)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    campaign = models.BigIntegerField(null=True)
    counties = models.JSONField(**LIST)
    sectors = models.JSONField(**LIST)
    groups_no = models.SmallIntegerField(default=0)
    firms_no = models.SmallIntegerField()
    candidates_no = models.IntegerField()
    nth = models.SmallIntegerField(default=1)
    reason = models.CharField(max_length=300, default="", blank=True)

    version = models.CharField(max_length=12)
    commitment = models.CharField(max_length=64)
    papers_digest = models.CharField(max_length=64)
    committed_at = models.DateTimeField()
    committed_by_name = models.CharField(**NAME)
    secret = models.CharField(**DIGEST)

    said = models.CharField(max_length=60, default="", blank=True)
    witness = models.CharField(**NAME)
    drawn_at = models.DateTimeField(null=True)
    drawn_by_name = models.CharField(**NAME)
    drawn_no = models.SmallIntegerField(default=0)

    revealed = models.CharField(**DIGEST)
    outcome = models.JSONField(**LIST)
    published_on = models.DateField(null=True)
    published_by_name = models.CharField(**NAME)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(name="draw_state_is_known", condition=Q(state__in=DrawState.values)),
            models.CheckConstraint(name="draw_days_in_order", condition=Q(until__gte=F("day"))),
            models.CheckConstraint(
                name="draw_published_is_revealed",
                condition=~Q(state=DrawState.PUBLISHED) | ~Q(revealed=""),
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "day", "nth"], name="draw_counted_once"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["county", "day", "id"], name="draw_county")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:draw", args=[self.pk])


class DrawPapers(ChildModel):
    """What lay on the table: candidates with weights, groups or officers, who stands back; compressed text.

    The journal holds its digest; the text itself can be fetched by whoever wants to repeat the draw.
    """

    parent: ClassVar = "draw"
    uncovered: ClassVar = frozenset({"body"})

    draw = models.OneToOneField(Draw, models.PROTECT, related_name="papers")
    digest = models.CharField(max_length=64)
    body = models.BinaryField()

    def __str__(self) -> str:
        return self.digest[:12]


class Recusal(ScopedModel, Journaled):
    """An officer says that he must not look at a firm: family there, a share, an old quarrel (回避)."""

    coordinates: ClassVar = Coordinates(sector="", enterprise="")

    state = models.CharField(max_length=10, choices=RecusalState)
    user = models.BigIntegerField()
    name = models.CharField(max_length=60)
    enterprise = models.ForeignKey("register.Enterprise", models.PROTECT, related_name="+")
    enterprise_name = models.CharField(max_length=100)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    why = models.CharField(max_length=200)
    on = models.DateField()

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "enterprise"],
                condition=Q(state=RecusalState.STANDS),
                name="recusal_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}–{self.enterprise_name}"


_TWICE = Reason("已经申报过回避这家企业,不必重复申报")
_COUNTED = Reason("刚刚有人为同一天登记了抽取,请刷新后再办理")
CONSTRAINTS |= {
    "recusal_once": _TWICE,
    "inspections_recusal.user": _TWICE,
    "draw_counted_once": _COUNTED,
    "inspections_draw.organisation": _COUNTED,
}
