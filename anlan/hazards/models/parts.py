"""The records of a hazard's file, each with its own decider and day."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anlan.hazards.models.hazard import NAME, Hazard
from anlan.hazards.states import Handing
from anlan.kernel.scope import ChildModel


class Part(ChildModel):
    """A record of the hazard's file; seen with the hazard."""

    parent: ClassVar = "hazard"

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="%(class)ss")
    at = models.DateTimeField()
    by = models.BigIntegerField()
    by_name = models.CharField(**NAME)

    class Meta(ChildModel.Meta):
        abstract = True


class Assignment(Part):
    """One link of the chain: from an office or organ to an organ, signed for and timed."""

    kind = models.CharField(max_length=10, choices=Handing)
    from_organisation = models.BigIntegerField(null=True)
    from_name = models.CharField(max_length=100, default="")
    to_organisation = models.BigIntegerField()
    to_name = models.CharField(max_length=100)
    words = models.CharField(max_length=300, default="", blank=True)
    given_on = models.DateField()
    reply_due = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    signed_by_name = models.CharField(**NAME)
    returned_on = models.DateField(null=True)
    return_reason = models.CharField(max_length=300, default="", blank=True)
    proposed_name = models.CharField(max_length=100, default="", blank=True)
    passed_on = models.DateField(null=True)
    replied_on = models.DateField(null=True)
    reply = models.CharField(max_length=500, default="", blank=True)

    class Meta(Part.Meta):
        indexes = [models.Index(fields=["to_organisation", "given_on"], name="assignment_to")]

    def __str__(self) -> str:
        return f"{self.from_name} → {self.to_name}"


class Round(Part):
    """One go at rectifying. Its lateness stays known after the hazard is closed."""

    no = models.SmallIntegerField()
    due_on = models.DateField()
    submitted_on = models.DateField(null=True)
    submitted_by_name = models.CharField(**NAME)
    measures = models.CharField(max_length=1000, default="", blank=True)
    late = models.BooleanField(default=False)
    decided_on = models.DateField(null=True)
    decided_by_name = models.CharField(**NAME)
    passed = models.BooleanField(null=True)
    still_open = models.CharField(max_length=500, default="", blank=True)

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["hazard", "no"], name="round_once")]

    def __str__(self) -> str:
        return f"#{self.no}"


class Extension(Part):
    """An application for more time, and the decision on it."""

    reason = models.CharField(max_length=500)
    interim = models.CharField(max_length=500, default="", blank=True)
    old_due_on = models.DateField()
    until = models.DateField()
    decided_on = models.DateField(null=True)
    decided_by_name = models.CharField(**NAME)
    granted = models.BooleanField(null=True)
    opinion = models.CharField(max_length=300, default="", blank=True)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(name="extension_is_later", condition=Q(until__gt=F("old_due_on"))),
            models.UniqueConstraint(
                fields=["hazard"], name="extension_one_waits", condition=Q(granted__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on} → {self.until}"


class TreatmentPlan(Part):
    """治理方案: the six items of 总局令16 art. 15 and the five fulfilments (五落实)."""

    goals = models.CharField(_("目标和任务"), max_length=500)
    methods = models.CharField(_("方法和措施"), max_length=1000)
    funds_materials = models.CharField(_("经费和物资"), max_length=500)
    bodies_persons = models.CharField(_("机构和人员"), max_length=500)
    time_requirements = models.CharField(_("时限和要求"), max_length=500)
    safety_emergency = models.CharField(_("安全措施和应急预案"), max_length=1000)
    responsibility_fulfilled = models.BooleanField(_("责任落实"), default=False)
    measures_fulfilled = models.BooleanField(_("措施落实"), default=False)
    funds_fulfilled = models.BooleanField(_("资金落实"), default=False)
    time_fulfilled = models.BooleanField(_("时限落实"), default=False)
    emergency_fulfilled = models.BooleanField(_("预案落实"), default=False)
    money_planned = models.BigIntegerField(_("计划资金(元)"), default=0)

    def __str__(self) -> str:
        return self.goals[:40]

    SIX = ("goals", "methods", "funds_materials", "bodies_persons", "time_requirements", "safety_emergency")
    FIVE = (
        "responsibility_fulfilled", "measures_fulfilled", "funds_fulfilled", "time_fulfilled", "emergency_fulfilled",
    )  # fmt: skip


class ProgressReport(Part):
    """How far it is: in words and per cent."""

    words = models.CharField(max_length=500)
    percent = models.SmallIntegerField(default=0)

    class Meta(Part.Meta):
        constraints = [
            models.CheckConstraint(name="progress_is_per_cent", condition=Q(percent__gte=0, percent__lte=100))
        ]

    def __str__(self) -> str:
        return f"{self.percent}%"


class Opinion(Part):
    """What an expert says. It decides nothing."""

    words = models.CharField(max_length=1000)
    thinks_major = models.BooleanField(null=True)

    def __str__(self) -> str:
        return self.words[:40]


class Urging(Part):
    """催办: a reminder that stands in the file."""

    words = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.words[:40]


class Instruction(Part):
    """批示: a leader's instruction becomes an item with an owner and a deadline."""

    words = models.CharField(max_length=500)
    owner_organisation = models.BigIntegerField()
    owner_name = models.CharField(max_length=100)
    due_on = models.DateField()
    answered_on = models.DateField(null=True)
    answered_by_name = models.CharField(**NAME)
    answer = models.CharField(max_length=500, default="", blank=True)

    class Meta(Part.Meta):
        indexes = [models.Index(fields=["owner_organisation", "answered_on"], name="instruction_owner")]

    def __str__(self) -> str:
        return self.words[:40]
