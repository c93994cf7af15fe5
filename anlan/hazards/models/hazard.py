"""The hazard itself: where it was found, who answers for it now, and where it stands."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from anlan.hazards.states import Basis, Grade, State, Track, number_of
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import Coordinates, ScopedModel

CODE: dict[str, Any] = {"max_length": 12}
NAME: dict[str, Any] = {"max_length": 60, "default": "", "blank": True}


IS_OPEN = Q(closed_on__isnull=True)
#: the legal clock runs: such a row is late once its deadline has passed
RUNS = Q(stopped_on__isnull=True, due_on__isnull=False)
IS_MAJOR = Q(grade=Grade.MAJOR)


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
    late_before = models.JSONField(default=list)  # when it was late in earlier rounds: [[from, until], …]
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
    opinions_given = models.SmallIntegerField(default=0)
    instructions_open = models.SmallIntegerField(default=0)
    instructed = models.JSONField(default=list)  # the organisations that owe an answer, once for each

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
            models.Index(fields=["now_county", "now_sector", "found_at", "id"], name="hazard_county_sector"),
            # what is few beside all there is, in the order of the lists: open, running, major
            models.Index(fields=["found_at", "id"], name="hazard_open", condition=IS_OPEN),
            models.Index(
                fields=["now_county", "found_at", "id"], name="hazard_open_county", condition=IS_OPEN
            ),
            models.Index(fields=["found_at", "id", "due_on"], name="hazard_running", condition=RUNS),
            models.Index(
                fields=["now_county", "found_at", "id"], name="hazard_running_county", condition=RUNS
            ),
            models.Index(fields=["found_at", "id"], name="hazard_majors", condition=IS_MAJOR),
            models.Index(
                fields=["now_county", "found_at", "id"], name="hazard_majors_county", condition=IS_MAJOR
            ),
            # with all that tells how many different firms there were
            models.Index(fields=["found_county", "found_on", "state", "enterprise"], name="hazard_counted"),
            models.Index(fields=["found_town", "found_on"], name="hazard_counted_town"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/hazards/{self.pk}/"

    @property
    def number(self) -> str:
        """Its number for people: unit, year and a running number that is never given twice."""
        return number_of(self.found_county, self.found_on, self.pk)

    @property
    def is_major(self) -> bool:
        return self.grade == Grade.MAJOR

    def derive(self) -> None:
        """What follows from other columns; called by the kernel before every save."""
        self.late_from = self.due_on + timedelta(days=1) if self.due_on else None
