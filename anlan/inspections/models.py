"""A visit and what belongs to it. Coverage reads its columns: firm, premises, workpost, place, sector, mode,
level, group, campaign, day."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anlan.inspections.coverage_models import Cell, Node, Roll  # noqa: F401  tables of this module
from anlan.inspections.draws_models import Draw, DrawPapers, Recusal  # noqa: F401  tables of this module
from anlan.inspections.states import DONE, Mode, PlaceKind, Result, State, Veil
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import Access, ChildModel, Coordinates, Level, ScopedManager, ScopedModel, acting
from anlan.kernel.words import Reason

CODE: dict[str, Any] = {"max_length": 12}
NAME: dict[str, Any] = {"max_length": 60, "default": "", "blank": True}
SHOTS: dict[str, Any] = {"default": list, "blank": True}


class VisitManager(ScopedManager):
    """Beside place and sector: what is veiled is seen by those who were admitted to it alone."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(_unveiled())

    def opening(self, **key: Any) -> models.QuerySet:
        rows = super().opening(**key)
        actor = acting()
        if actor is None or actor.level is Level.SYSTEM:
            return rows
        who = Q(person=actor.id)
        if actor.organisation is not None:
            who |= Q(organisation=actor.organisation)
        if actor.today is not None:
            who &= Q(until__isnull=True) | Q(until__gte=actor.today)
        admitted = Access.objects.filter(who, kind="visit", subject=models.OuterRef("pk"))
        return rows.filter(_unveiled() | models.Exists(admitted))


def _unveiled() -> Q:
    actor = acting()
    if actor is None or actor.level is Level.SYSTEM:
        return Q(pk__isnull=False)
    return Q(veil=Veil.OPEN) if actor.is_enterprise else Q(veil__lt=Veil.FROM_ALL)


class Visit(ScopedModel, Journaled):
    """One visit to one place, by one checklist. Counted on the day it was held (家次)."""

    coordinates: ClassVar = Coordinates()
    everything: ClassVar = models.Manager()
    objects: ClassVar = VisitManager()

    state = models.CharField(max_length=10, choices=State)
    veil = models.SmallIntegerField(choices=Veil, default=Veil.OPEN)

    # which kind of check
    mode = models.CharField(max_length=8, choices=Mode)
    source = models.CharField(max_length=30)
    planned = models.BooleanField(default=False)
    covert = models.BooleanField(default=False)
    theme = models.CharField(max_length=20, default="", blank=True)
    basis = models.CharField(max_length=200, default="", blank=True)

    # where
    enterprise = models.ForeignKey("register.Enterprise", models.PROTECT, null=True, related_name="+")
    premises = models.ForeignKey("register.Premises", models.PROTECT, null=True, related_name="+")
    workpost = models.ForeignKey("register.Workpost", models.PROTECT, null=True, related_name="+")
    park = models.BigIntegerField(null=True)
    spot = models.CharField(max_length=200, default="", blank=True)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE, default="", blank=True)
    sector = models.CharField(max_length=20)

    # by whom
    organisation = models.BigIntegerField(null=True)
    organisation_name = models.CharField(max_length=100, default="", blank=True)
    level = models.CharField(max_length=10)
    system = models.CharField(max_length=20, default="", blank=True)
    group = models.BigIntegerField(null=True)
    campaign = models.BigIntegerField(null=True)
    party = models.JSONField(default=list)
    people_no = models.SmallIntegerField(default=0)
    joint = models.BooleanField(default=False)
    led = models.BooleanField(default=False)
    led_by_name = models.CharField(**NAME)
    led_post = models.CharField(**NAME)

    # plan and authorisation
    planned_on = models.DateField(null=True)
    planned_until = models.DateField(null=True)
    planned_by = models.BigIntegerField(null=True)
    planned_by_name = models.CharField(**NAME)
    #: the draw that it came from
    draw = models.BigIntegerField(null=True, db_index=True)
    needs_authorisation = models.BooleanField(default=False)
    authorised_on = models.DateField(null=True)
    authorised_by_name = models.CharField(**NAME)

    # on site
    list_code = models.CharField(max_length=20)
    checklist = models.ForeignKey("standards.Checklist", models.PROTECT, null=True, related_name="+")
    places = models.CharField(max_length=10, choices=PlaceKind, default=PlaceKind.OTHER)
    started_at = models.DateTimeField(null=True)
    started_where = models.CharField(max_length=100, default="", blank=True)
    held_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_where = models.CharField(max_length=100, default="", blank=True)
    answered_no = models.SmallIntegerField(default=0)
    unmet_no = models.SmallIntegerField(default=0)

    # the end
    found_no = models.SmallIntegerField(default=0)
    found_nothing = models.BooleanField(default=False)
    conclusion = models.CharField(max_length=500, default="", blank=True)
    signer = models.CharField(**NAME)
    signer_post = models.CharField(**NAME)
    refused = models.BooleanField(default=False)
    witness = models.CharField(**NAME)
    firm_opinion = models.CharField(max_length=300, default="", blank=True)
    finished_by_name = models.CharField(**NAME)
    filed_on = models.DateField(null=True)
    filed_by_name = models.CharField(**NAME)
    void_reason = models.CharField(max_length=300, default="", blank=True)
    advice_open = models.SmallIntegerField(default=0)
    #: recorded afterwards from a sheet: its hash, the row there, by what the row is known again
    import_file = models.CharField(max_length=64, default="", blank=True)
    import_row = models.IntegerField(null=True)
    import_key = models.CharField(max_length=64, null=True)
    #: the day on which the visit sorts: held, or planned for
    day = models.DateField()

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(name="visit_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="visit_held_has_day_and_list",
                condition=Q(state__in=(State.PLANNED, State.VOID))
                | Q(held_on__isnull=False, checklist__isnull=False)
                | Q(held_on__isnull=False, import_key__isnull=False),
            ),
            models.UniqueConstraint(
                name="visit_recorded_once", fields=["import_key"], condition=Q(import_key__isnull=False)
            ),
            models.CheckConstraint(
                name="visit_refusal_has_a_witness", condition=Q(refused=False) | ~Q(witness="")
            ),
            models.CheckConstraint(
                name="visit_done_has_an_end",
                condition=~Q(state__in=sorted(DONE)) | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_days_in_order",
                condition=Q(planned_on__isnull=True) | Q(planned_until__gte=F("planned_on")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "day", "id"], name="visit_county"),
            models.Index(fields=["town", "day", "id"], name="visit_town"),
            models.Index(fields=["sector", "day", "id"], name="visit_sector"),
            models.Index(fields=["day", "id"], name="visit_recent"),
            models.Index(fields=["enterprise", "held_on"], name="visit_firm"),
            models.Index(fields=["county", "held_on", "mode"], name="visit_counted"),
            models.Index(fields=["organisation", "state", "day"], name="visit_organ"),
            models.Index(fields=["campaign", "held_on"], name="visit_campaign"),
            # different firms of any time and place are counted from the index alone
            models.Index(fields=["held_on", "state", "veil", "enterprise"], name="visit_firms_counted"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("inspections:visit", args=[self.pk])

    @property
    def number(self) -> str:
        """Its number for people: J, unit, year and a running number."""
        return f"J{self.county}-{self.day.year}-{self.pk:07d}" if self.day else "—"

    @property
    def where(self) -> str:
        return self.enterprise.name if self.enterprise else self.spot

    def derive(self) -> None:
        self.day = self.held_on or self.planned_on or self.day


class Part(ChildModel):
    """A record of the visit's file; seen with the visit."""

    parent: ClassVar = "visit"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="%(class)ss")

    class Meta(ChildModel.Meta):
        abstract = True


class Participant(Part):
    """Who was there, in which post, with which credential on the day.

    `person` is None for somebody without an account, named in a record of the past.
    """

    person = models.BigIntegerField(null=True)
    name = models.CharField(max_length=60)
    title = models.CharField(**NAME)
    role = models.CharField(max_length=30)
    organisation = models.BigIntegerField(null=True)
    organisation_name = models.CharField(max_length=100, default="", blank=True)
    credential = models.CharField(max_length=30, default="", blank=True)
    credential_until = models.DateField(null=True)
    head = models.BooleanField(default=False)

    class Meta(Part.Meta):
        ordering: ClassVar = ["-head", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "person"], name="participant_once")]

    def __str__(self) -> str:
        return self.name


class Answer(Part):
    """What was found at one item. An item without a row was not looked at.

    `code` names the item of the visit's checklist; +1, +2 … are findings beside it. `before` and `after`
    name photos of the visit by hash. `limit` is the approved figure against which `number` stands.
    """

    code = models.CharField(max_length=12)
    result = models.CharField(max_length=8, choices=Result)
    number = models.DecimalField(_("数值"), max_digits=14, decimal_places=3, null=True)
    limit = models.DecimalField(_("核定数"), max_digits=14, decimal_places=3, null=True)
    words = models.CharField(_("存在的问题"), max_length=500, default="", blank=True)
    location = models.CharField(_("部位"), max_length=100, default="", blank=True)
    on_spot = models.BooleanField(default=False)
    measures = models.CharField(_("整改措施"), max_length=300, default="", blank=True)
    no_photo = models.CharField(_("无法拍照的原因"), max_length=100, default="", blank=True)
    before = models.JSONField(**SHOTS)
    after = models.JSONField(**SHOTS)
    at = models.DateTimeField()
    by_name = models.CharField(**NAME)

    class Meta(Part.Meta):
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "code"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.result}"


class Finding(Part):
    """What becomes a hazard: an item not met, something beside the list, or elements that count together.

    `sector` is that of the criterion, where it is not the visit's: the fire criterion of a chemical works.
    """

    codes = models.CharField(max_length=120)
    description = models.CharField(max_length=1000)
    location = models.CharField(max_length=100, default="", blank=True)
    basis = models.CharField(max_length=200, default="", blank=True)
    major_clause = models.CharField(max_length=300, default="", blank=True)
    sector = models.CharField(max_length=20, default="", blank=True)
    on_spot = models.BooleanField(default=False)
    measures = models.CharField(max_length=300, default="", blank=True)
    no_photo = models.CharField(max_length=100, default="", blank=True)
    before = models.JSONField(**SHOTS)
    after = models.JSONField(**SHOTS)
    hazard = models.BigIntegerField(null=True, db_index=True)

    class Meta(Part.Meta):
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.description[:40]


class Advice(Part):
    """What an expert advises; the firm says whether it follows, and why not."""

    words = models.CharField(max_length=500)
    by = models.BigIntegerField()
    by_name = models.CharField(**NAME)
    on = models.DateField()
    adopted = models.BooleanField(null=True)
    why = models.CharField(max_length=300, default="", blank=True)
    decided_by_name = models.CharField(**NAME)
    decided_on = models.DateField(null=True)

    class Meta(Part.Meta):
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.words[:40]


TWICE = Reason("同一检查项已有答案,请刷新后再填")
TAKEN = Reason("这次检查已经补录过,不必重复导入")
CONSTRAINTS |= {
    "visit_recorded_once": TAKEN,
    "inspections_visit.import_key": TAKEN,
    "answer_once": TWICE,
    "inspections_answer.visit_id": TWICE,
    "participant_once": Reason("同一人员重复选择,请核对检查人员"),
    "inspections_participant.visit_id": Reason("同一人员重复选择,请核对检查人员"),
    "visit_refusal_has_a_witness": Reason("现场负责人拒绝签字的,请填写见证人姓名"),
}
