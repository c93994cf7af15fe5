"""A measure on an enterprise, and the hazards on which it rests."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anlan.hazards.models.hazard import CODE, NAME, Hazard
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import ChildModel, Coordinates, ScopedModel


class Suspension(ScopedModel, Journaled):
    """停产停业整顿: a measure on an enterprise, whole or part, resting on hazards; lifted after review."""

    class Extent(models.TextChoices):
        WHOLE = "WHOLE", _("全部停产停业")
        PART = "PART", _("局部停产停业")

    class Step(models.TextChoices):
        PROPOSED = "PROPOSED", _("待批准")
        IN_FORCE = "IN_FORCE", _("停产中")
        REVIEW = "REVIEW", _("申请复产")
        LIFTED = "LIFTED", _("已批准复产")
        REJECTED = "REJECTED", _("未批准")

    coordinates: ClassVar = Coordinates(enterprise="enterprise_id")

    state = models.CharField(max_length=10, choices=Step)
    enterprise = models.ForeignKey("register.Enterprise", models.PROTECT, related_name="+")
    county = models.CharField(**CODE)
    town = models.CharField(**CODE, default="", blank=True)
    sector = models.CharField(max_length=20)
    extent = models.CharField(max_length=5, choices=Extent)
    scope_words = models.CharField(max_length=300, default="", blank=True)
    reason = models.CharField(max_length=500)
    system = models.CharField(max_length=20, default="")
    source = models.CharField(max_length=30, default="")
    grade = models.CharField(max_length=10, default="")
    proposed_by = models.BigIntegerField()
    proposed_name = models.CharField(**NAME)
    proposed_on = models.DateField()
    organ = models.BigIntegerField(null=True)
    approved_by = models.BigIntegerField(null=True)
    approved_name = models.CharField(**NAME)
    began_on = models.DateField(null=True)
    asked_on = models.DateField(null=True)
    asked_words = models.CharField(max_length=500, default="", blank=True)
    reviewed_by = models.BigIntegerField(null=True)
    reviewed_name = models.CharField(**NAME)
    reviewed_on = models.DateField(null=True)
    review_passed = models.BooleanField(null=True)
    review_words = models.CharField(max_length=500, default="", blank=True)
    lifted_on = models.DateField(null=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(
                name="suspension_in_force_has_begun",
                condition=~Q(state__in=["IN_FORCE", "REVIEW", "LIFTED"]) | Q(began_on__isnull=False),
            ),
            models.CheckConstraint(
                name="suspension_lifted_has_day", condition=~Q(state="LIFTED") | Q(lifted_on__isnull=False)
            ),
            models.CheckConstraint(
                name="suspension_lifted_was_reviewed",
                condition=~Q(state="LIFTED") | Q(review_passed=True),
            ),
        ]
        indexes = [models.Index(fields=["county", "began_on"], name="suspension_county")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.began_on}"

    def get_absolute_url(self) -> str:
        return f"/hazards/suspensions/{self.pk}/"


class SuspensionGround(ChildModel):
    """A hazard on which a suspension rests."""

    parent: ClassVar = "suspension"

    suspension = models.ForeignKey(Suspension, models.PROTECT, related_name="grounds")
    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="+")

    class Meta(ChildModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["suspension", "hazard"], name="suspension_ground_once")
        ]

    def __str__(self) -> str:
        return f"{self.suspension_id}:{self.hazard_id}"
