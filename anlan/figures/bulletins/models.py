"""A bulletin and the series from which it takes its number.

A draft holds a choice and words; its figures are drawn whenever it is read. Signing freezes what it says as canonical
text (`content`) and the keys of the records behind each figure in a file named by its hash (`kept_sha256`), so that a
later correction can be shown figure by figure and record by record.
"""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from anlan.figures.bulletins.reading import About
from anlan.figures.bulletins.states import KIND_WORDS, Kind, State
from anlan.figures.periods import Period
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import Coordinates, ScopedModel
from anlan.kernel.words import Reason

CODE: dict[str, Any] = {"max_length": 12, "default": "", "blank": True}
NAME: dict[str, Any] = {"max_length": 60, "default": "", "blank": True}
HASH: dict[str, Any] = {"max_length": 64, "default": "", "blank": True}


class Bulletin(ScopedModel, Journaled):
    """One bulletin of one office. `county` "" is the city's own; whoever it is sent to is admitted at signing."""

    coordinates: ClassVar = Coordinates(sector="", enterprise="")

    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    organisation_name = models.CharField(max_length=100)
    word = models.CharField(max_length=40, default="", blank=True)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)

    # about what and whose
    place = models.CharField(max_length=12)
    start = models.DateField()
    end = models.DateField()
    period = models.CharField(max_length=40, default="", blank=True)
    period_label = models.CharField(max_length=60, default="", blank=True)
    system = models.CharField(max_length=20, default="", blank=True)
    group = models.CharField(max_length=12, default="", blank=True)
    sections = models.CharField(max_length=100)

    # the words that a person adds
    title = models.CharField(max_length=80)
    problems = models.TextField(default="", blank=True)
    requirements = models.TextField(default="", blank=True)
    addressed = models.CharField(max_length=400, default="", blank=True)
    main_to = models.CharField(max_length=200)
    copied_to = models.CharField(max_length=200, default="", blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")
    correction = models.CharField(max_length=300, default="", blank=True)

    drafted_by = models.BigIntegerField()
    drafted_by_name = models.CharField(**NAME)
    drafted_on = models.DateField()
    sent_back_on = models.DateField(null=True)
    sent_back_reason = models.CharField(max_length=300, default="", blank=True)
    withdrawn_reason = models.CharField(max_length=300, default="", blank=True)

    # signing gives the number and freezes
    year = models.SmallIntegerField(null=True)
    no = models.IntegerField(null=True)
    number = models.CharField(max_length=80, default="", blank=True)
    signed_by = models.BigIntegerField(null=True)
    signed_by_name = models.CharField(**NAME)
    signed_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    content = models.TextField(default="", blank=True)
    digest = models.CharField(**HASH)
    kept_sha256 = models.CharField(**HASH)
    pdf_sha256 = models.CharField(**HASH)
    docx_sha256 = models.CharField(**HASH)
    version = models.CharField(max_length=40, default="", blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(name="bulletin_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="bulletin_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="bulletin_days_in_order", condition=Q(end__gte=F("start"))),
            models.CheckConstraint(
                name="bulletin_unsigned_has_no_number",
                condition=Q(state=State.SIGNED) | Q(no__isnull=True, year__isnull=True, number="", content=""),
            ),
            models.CheckConstraint(
                name="bulletin_signed_is_frozen",
                condition=~Q(state=State.SIGNED)
                | (
                    Q(no__gt=0, year__isnull=False, signed_on__isnull=False, signed_at__isnull=False)
                    & ~Q(number="") & ~Q(content="") & ~Q(digest="") & ~Q(kept_sha256="")
                    & ~Q(pdf_sha256="") & ~Q(docx_sha256="") & ~Q(version="")
                ),
            ),
            models.CheckConstraint(
                name="bulletin_withdrawn_says_why", condition=~Q(state=State.WITHDRAWN) | ~Q(withdrawn_reason="")
            ),
            models.CheckConstraint(
                name="bulletin_correction_says_why", condition=Q(replaces__isnull=True) | ~Q(correction="")
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "year", "no"], name="bulletin_number_once"
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=~Q(state=State.WITHDRAWN), name="bulletin_replaced_once"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["county", "drafted_on", "id"], name="bulletin_county"),
            models.Index(fields=["drafted_on", "id"], name="bulletin_recent"),
            models.Index(fields=["organisation", "state"], name="bulletin_office"),
        ]

    def __str__(self) -> str:
        return self.called or self.title

    def get_absolute_url(self) -> str:
        return reverse("bulletins:detail", args=[self.pk])

    @property
    def called(self) -> str:
        """The number as others name it: 安委办〔2019〕3号, 简报2019年第3期; "" of a draft."""
        return (
            self.number
            if not self.number or self.kind == Kind.NOTICE
            else f"{KIND_WORDS[Kind(self.kind)]}{self.number}"
        )

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(filter(None, self.sections.split(",")))

    @property
    def sent_to(self) -> tuple[str, ...]:
        """Codes of the places that it is sent to."""
        return tuple(filter(None, self.addressed.split(",")))

    @property
    def about(self) -> About:
        return About(
            self.place, Period(self.start, self.end), system=self.system, group=self.group, code=self.period,
            label=self.period_label,
        )  # fmt: skip

    @property
    def frozen(self) -> dict[str, Any]:
        """What was signed. Only of a signed one."""
        return json.loads(self.content)


class BulletinSeries(models.Model):
    """The last number given: per organisation, kind and year. It only grows."""

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "year"], name="bulletin_series_once"),
            models.CheckConstraint(name="bulletin_series_counts_up", condition=Q(last__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.year}: {self.last}"


_TAKEN = Reason("这个文号已经使用,请刷新后重新签发")
_TWICE = Reason("原件已有一份更正件,请刷新后核对")
CONSTRAINTS |= {
    "bulletin_number_once": _TAKEN,
    "bulletins_bulletin.organisation_id": _TAKEN,
    "bulletin_replaced_once": _TWICE,
    "bulletins_bulletin.replaces_id": _TWICE,
}
