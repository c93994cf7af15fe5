"""Coverage: a roll with its denominators frozen on a day, a row for every node, and the sums of a county and field.

Nodes and cells are a cache of the register and of the visits: no act decides them, `coverage.recount` makes
them again. The roll's digest, which the journal holds, proves the denominators.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from anlan.inspections.states import ErrandKind, RollState, Step, Tier
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import Coordinates, Level, ScopedManager, ScopedModel, ScopeNotSet, acting

CODE: dict[str, Any] = {"max_length": 12, "default": "", "blank": True}
LIST: dict[str, Any] = {"default": list, "blank": True}


class RollManager(ScopedManager):
    """The city's rolls are every official's, each of whom sees his place in them; a county's are its own."""

    def get_queryset(self) -> models.QuerySet:
        actor = acting()
        if actor is None:
            raise ScopeNotSet("Roll")
        rows = models.Manager.get_queryset(self)
        if actor.level is Level.SYSTEM:
            return rows
        if not actor.may("see") or actor.is_enterprise or actor.level is Level.NAMED:
            return rows.none()
        return rows if actor.level is Level.CITY else rows.filter(county__in=("", actor.code[:6]))

    def opening(self, **key: Any) -> models.QuerySet:
        return self.get_queryset().filter(**key)


class Roll(ScopedModel, Journaled):
    """What is to be covered between two days. `numbers` holds the denominators by tier."""

    coordinates: ClassVar = Coordinates(town="", sector="", enterprise="")
    everything: ClassVar = models.Manager()
    objects: ClassVar = RollManager()

    state = models.CharField(max_length=10, choices=RollState)
    name = models.CharField(max_length=100)
    campaign = models.BigIntegerField(null=True)
    county = models.CharField(**CODE)
    since = models.DateField()
    until = models.DateField()
    counties = models.JSONField(**LIST)
    sectors = models.JSONField(**LIST)
    organisation = models.BigIntegerField(null=True)
    organisation_name = models.CharField(max_length=100, default="", blank=True)
    frozen_on = models.DateField()
    numbers = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, default="", blank=True)
    shared_no = models.IntegerField(default=0)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(name="roll_days_in_order", condition=Q(until__gte=F("since"))),
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(campaign__isnull=False), name="roll_of_campaign_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("inspections:coverage", args=[self.pk])


class Seen(models.Model):
    """How often something was looked at in the window, and how often in each mode."""

    visits = models.IntegerField(default=0)
    self_no = models.IntegerField(default=0)
    expert_no = models.IntegerField(default=0)
    gov_no = models.IntegerField(default=0)

    class Meta:
        abstract = True


class Node(ScopedModel, Seen):
    """One thing to be covered, with its first visit. `subject` is its key; a domain is a field of a county."""

    roll = models.ForeignKey(Roll, models.PROTECT, related_name="+")
    tier = models.SmallIntegerField(choices=Tier)
    subject = models.BigIntegerField()
    name = models.CharField(max_length=100)
    enterprise = models.ForeignKey("register.Enterprise", models.PROTECT, null=True, related_name="+")
    park = models.BigIntegerField(null=True)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    sector = models.CharField(max_length=20, default="", blank=True)
    risk = models.SmallIntegerField(default=1)
    lng = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    lat = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    first_on = models.DateField(null=True)
    first_visit = models.BigIntegerField(null=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["roll", "tier", "subject", "county", "sector"], name="coverage_node_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["roll", "tier", "county", "sector", "visits"], name="coverage_cell"),
            models.Index(
                fields=["roll", "tier", "risk", "id"], condition=Q(visits=0), name="coverage_unseen"
            ),
            models.Index(
                fields=["roll", "tier", "county", "risk", "id"],
                condition=Q(visits=0),
                name="coverage_unseen_county",
            ),
            models.Index(fields=["roll", "tier", "town"], name="coverage_town"),
        ]

    def __str__(self) -> str:
        return self.name


class Cell(ScopedModel, Seen):
    """A county and field of a roll at one tier: how many there are, how many were looked at, how often."""

    coordinates: ClassVar = Coordinates(town="", enterprise="")

    roll = models.ForeignKey(Roll, models.PROTECT, related_name="+")
    tier = models.SmallIntegerField(choices=Tier)
    county = models.CharField(**CODE)
    sector = models.CharField(max_length=20, default="", blank=True)
    nodes = models.IntegerField(default=0)
    seen = models.IntegerField(default=0)
    seen_self = models.IntegerField(default=0)
    seen_expert = models.IntegerField(default=0)
    seen_gov = models.IntegerField(default=0)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roll", "tier", "county", "sector"], name="coverage_cell_once")
        ]

    def __str__(self) -> str:
        return f"{self.roll_id}:{self.tier}:{self.county}:{self.sector}"


class Errand(models.Model):
    """Long work upon a roll, left to the worker: to freeze it, or to share out much of it.

    `asked` is what its sender said, `plan` who would go where, once that is worked out. `beat` is when the worker
    last said that it goes on: an errand that fell silent is taken up again. Opened by its sender alone.
    """

    kind = models.CharField(max_length=10, choices=ErrandKind)
    roll = models.ForeignKey(Roll, models.PROTECT, related_name="+")
    person = models.BigIntegerField()
    position = models.BigIntegerField(null=True)
    asked: Any = models.JSONField(default=dict)
    plan: Any = models.JSONField(default=list)
    step = models.CharField(max_length=10, choices=Step, default=Step.WAITING)
    go = models.BooleanField(default=False)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    failed: Any = models.JSONField(null=True)
    at = models.DateTimeField()
    beat = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["step", "at"], name="errand_step"),
            models.Index(fields=["roll", "at"], name="errand_roll"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.roll_id}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:errand", args=[self.roll_id, self.pk])
