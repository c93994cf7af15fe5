"""The hazard and what belongs to it.

`found_*` is where, by whom and for which sector it was found, and never moves: figures count by it.
`now_*` is who answers for it today: desks and scope go by it, and an audited act moves it.
"""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anlan.hazards.finding import HazardIndex  # noqa: F401  a table of this module
from anlan.hazards.states import Basis, Grade, Handing, State, Track
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import ChildModel, Coordinates, ScopedModel
from anlan.kernel.words import Reason

CODE: dict[str, Any] = {"max_length": 12}
NAME: dict[str, Any] = {"max_length": 60, "default": "", "blank": True}


class Hazard(ScopedModel, Journaled):
    """A state of things, an act or a gap in management that may lead to an accident (总局令16 art. 3)."""

    coordinates: ClassVar = Coordinates(
        county="now_county", town="now_town", sector="now_sector", enterprise="enterprise_id"
    )

    state = models.CharField(max_length=12, choices=State)
    track = models.CharField(max_length=6, choices=Track)
    grade = models.CharField(max_length=10, choices=Grade, default=Grade.UNGRADED)
    source = models.CharField(max_length=30)

    # what and where
    enterprise = models.ForeignKey("register.Enterprise", models.PROTECT, null=True, related_name="+")
    description = models.CharField(max_length=1000)
    location = models.CharField(max_length=200, default="", blank=True)
    category = models.CharField(max_length=20, default="", blank=True)
    accident = models.CharField(max_length=20, default="", blank=True)
    basis = models.CharField(max_length=300, default="", blank=True)
    clause = models.CharField(max_length=200, default="", blank=True)
    no_photo_because = models.CharField(max_length=200, default="", blank=True)

    # how it was found; never moves
    found_at = models.DateTimeField()
    found_on = models.DateField()
    found_by = models.BigIntegerField(null=True)
    found_by_name = models.CharField(**NAME)
    found_organisation = models.BigIntegerField(null=True)
    found_organisation_name = models.CharField(max_length=100, default="", blank=True)
    found_system = models.CharField(max_length=20, default="")
    found_county = models.CharField(**CODE)
    found_town = models.CharField(**CODE, default="", blank=True)
    found_sector = models.CharField(max_length=20)

    # who answers for it now
    now_county = models.CharField(**CODE)
    now_town = models.CharField(**CODE, default="", blank=True)
    now_sector = models.CharField(max_length=20)
    now_organ = models.BigIntegerField(null=True)
    now_organ_name = models.CharField(max_length=100, default="", blank=True)

    # grading
    graded_on = models.DateField(null=True)
    graded_by_name = models.CharField(**NAME)
    grade_basis = models.CharField(max_length=300, default="", blank=True)
    proposed_on = models.DateField(null=True)
    evacuate = models.BooleanField(default=False)
    suspend = models.BooleanField(default=False)

    # chain of assignment, as it stands
    assigned_on = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    reply_due = models.DateField(null=True)
    replied_on = models.DateField(null=True)
    transfer_to = models.BigIntegerField(null=True)
    returns = models.SmallIntegerField(default=0)

    # order and deadline
    ordered_on = models.DateField(null=True)
    legal_order = models.BooleanField(default=False)
    ordered_by_name = models.CharField(max_length=100, default="", blank=True)
    requirement = models.CharField(max_length=500, default="", blank=True)
    responsible = models.CharField(max_length=64, default="", blank=True)  # kernel.personal digest
    due_on = models.DateField(null=True)
    due_original_on = models.DateField(null=True)
    late_from = models.DateField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_on = models.DateField(null=True)
    extended = models.SmallIntegerField(default=0)
    extension_pending = models.BooleanField(default=False)
    round = models.SmallIntegerField(default=0)
    taken_over = models.BooleanField(default=False)
    plan_on = models.DateField(null=True)

    # rectified: an event and a figure of its own
    rectified_on = models.DateField(null=True)
    rectified_by = models.BigIntegerField(null=True)
    rectified_by_name = models.CharField(**NAME)
    measures = models.CharField(max_length=1000, default="", blank=True)
    money_spent = models.BigIntegerField(default=0)
    evaluation = models.CharField(max_length=10, default="", blank=True)

    # closed: another
    acceptance_by = models.BigIntegerField(null=True)
    acceptance_name = models.CharField(**NAME)
    acceptance_second = models.BigIntegerField(null=True)
    acceptance_second_name = models.CharField(**NAME)
    acceptance_opinion = models.CharField(max_length=500, default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    closed_by_name = models.CharField(**NAME)
    close_basis = models.CharField(max_length=10, choices=Basis, default="", blank=True)

    # leaving the loop otherwise
    leaving_asked_by = models.BigIntegerField(null=True)
    leaving_asked_name = models.CharField(**NAME)
    leaving_reason = models.CharField(max_length=300, default="", blank=True)
    merge_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    relapse_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    relapsed_on = models.DateField(null=True)
    instructions_open = models.SmallIntegerField(default=0)

    # from another system or sheet
    import_file = models.CharField(max_length=64, default="", blank=True)
    import_row = models.IntegerField(null=True)
    import_key = models.CharField(max_length=64, null=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(name="hazard_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="hazard_grade_is_known", condition=Q(grade__in=Grade.values)),
            models.CheckConstraint(
                name="hazard_closed_has_day_and_basis",
                condition=~Q(state=State.CLOSED) | (Q(closed_on__isnull=False) & ~Q(close_basis="")),
            ),
            models.CheckConstraint(
                name="hazard_rectifying_has_deadline",
                condition=~Q(state=State.RECTIFYING) | Q(due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="hazard_in_review_has_stopped_clock",
                condition=~Q(state=State.REVIEW) | Q(stopped_on__isnull=False),
            ),
            models.CheckConstraint(
                name="hazard_late_from_follows_deadline",
                condition=Q(due_on__isnull=True, late_from__isnull=True) | Q(late_from__gt=F("due_on")),
            ),
            models.CheckConstraint(
                name="hazard_merged_names_the_other",
                condition=~Q(state=State.MERGED) | Q(merge_into__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["import_key"], name="hazard_imported_once", condition=Q(import_key__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["now_county", "found_at", "id"], name="hazard_county"),
            models.Index(fields=["now_town", "found_at", "id"], name="hazard_town"),
            models.Index(fields=["now_sector", "found_at", "id"], name="hazard_sector"),
            models.Index(fields=["found_at", "id"], name="hazard_recent"),
            models.Index(fields=["enterprise", "found_at", "id"], name="hazard_firm"),
            models.Index(fields=["now_county", "state", "found_at", "id"], name="hazard_county_state"),
            models.Index(fields=["state", "found_at", "id"], name="hazard_state"),
            models.Index(fields=["now_organ", "state", "found_at", "id"], name="hazard_organ"),
            models.Index(
                fields=["now_county", "due_on", "id"],
                name="hazard_running",
                condition=Q(stopped_on__isnull=True, due_on__isnull=False),
            ),
            models.Index(fields=["found_at", "id"], name="hazard_majors", condition=Q(grade=Grade.MAJOR)),
            models.Index(fields=["found_county", "found_on"], name="hazard_counted"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/hazards/{self.pk}/"

    @property
    def number(self) -> str:
        """Its number for people: unit, year and a running number that is never given twice."""
        return f"{self.found_county}-{self.found_on.year}-{self.pk:07d}" if self.found_on else "—"

    @property
    def is_major(self) -> bool:
        return self.grade == Grade.MAJOR

    def derive(self) -> None:
        """What follows from other columns; called by the kernel before every save."""
        self.late_from = self.due_on + timedelta(days=1) if self.due_on else None


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
    reviewed_name = models.CharField(**NAME)
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
        ]
        indexes = [models.Index(fields=["county", "began_on"], name="suspension_county")]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.began_on}"


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


CONSTRAINTS |= {
    "hazard_imported_once": Reason("表中的这一行已经登记过,不必重复导入"),
    "hazards_hazard.import_key": Reason("表中的这一行已经登记过,不必重复导入"),
    "extension_one_waits": Reason("已有一份延期申请等待决定,请等决定后再申请"),
    "hazards_extension.hazard_id": Reason("已有一份延期申请等待决定,请等决定后再申请"),
}
