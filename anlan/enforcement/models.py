"""Official documents (执法文书) and the number series they take their numbers from.

A document has no number until it is approved; from then on the number is never given again, and a
document that must not stand keeps it as a voided number (作废号). The paper itself lies in a file named
by its hash; the row holds the words it was made of.
"""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from anlan.enforcement.states import How, Kind, Measure, Receipt, State
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import ChildModel, Coordinates, ScopedModel
from anlan.kernel.words import Reason

CODE: dict[str, Any] = {"max_length": 12, "default": "", "blank": True}
NAME: dict[str, Any] = {"max_length": 60, "default": "", "blank": True}
HASH: dict[str, Any] = {"max_length": 64, "default": "", "blank": True}


class Document(ScopedModel, Journaled):
    """One official document: drafted from the record, approved with a number, served.

    A firm sees it once it has been served on the firm (`open_to_id`), never as a draft; the organ to
    which a hand-over sheet goes is admitted when it is served.
    """

    coordinates: ClassVar = Coordinates(enterprise="open_to_id")

    type = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State)
    #: signed and served on paper, entered afterwards: its words are here, its files are not
    on_paper = models.BooleanField(default=False)
    #: the system of organisations in which the paper is counted
    system = models.CharField(max_length=20, default="", blank=True)
    agency = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    agency_name = models.CharField(max_length=100)
    word = models.CharField(max_length=40)

    # what it is about: copied, so that it stays when the record moves
    county = models.CharField(max_length=12)
    town = models.CharField(**CODE)
    sector = models.CharField(max_length=20, default="", blank=True)
    enterprise_id = models.BigIntegerField(null=True)
    open_to_id = models.BigIntegerField(null=True)
    addressee_id = models.BigIntegerField(null=True)
    addressee = models.CharField(max_length=100)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    # the words, as canonical text; number and date are added from the columns below
    context = models.TextField()
    drafted_by = models.BigIntegerField()
    drafted_by_name = models.CharField(**NAME)
    drafted_on = models.DateField()
    sent_back_on = models.DateField(null=True)

    # approval gives the number, the date and the files
    year = models.SmallIntegerField(null=True)
    no = models.IntegerField(null=True)
    number = models.CharField(max_length=80, default="", blank=True)
    approved_by = models.BigIntegerField(null=True)
    approved_by_name = models.CharField(**NAME)
    approved_on = models.DateField(null=True)
    pdf_sha256 = models.CharField(**HASH)
    docx_sha256 = models.CharField(**HASH)

    # service
    served_on = models.DateField(null=True)
    served_by_name = models.CharField(**NAME)
    served_how = models.CharField(max_length=12, choices=How, default="", blank=True)
    receipt = models.CharField(max_length=10, choices=Receipt, default="", blank=True)
    receiver = models.CharField(**HASH)  # kernel.personal digest
    witness = models.CharField(**HASH)  # kernel.personal digest

    void_reason = models.CharField(max_length=300, default="", blank=True)
    voided_on = models.DateField(null=True)
    voided_by_name = models.CharField(**NAME)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.CheckConstraint(name="document_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="document_type_is_known", condition=Q(type__in=Kind.values)),
            models.CheckConstraint(
                name="document_draft_has_no_number",
                condition=~Q(state=State.DRAFT) | Q(no__isnull=True, year__isnull=True, number=""),
            ),
            models.CheckConstraint(
                name="document_in_force_has_number",
                condition=~Q(state__in=[State.APPROVED, State.SERVED])
                | (
                    Q(no__gt=0, year__isnull=False)
                    & ~Q(number="")
                    & (Q(on_paper=True) | (~Q(pdf_sha256="") & ~Q(docx_sha256="")))
                ),
            ),
            models.CheckConstraint(
                name="document_void_has_reason", condition=~Q(state=State.VOID) | ~Q(void_reason="")
            ),
            models.CheckConstraint(
                name="document_served_has_day", condition=~Q(state=State.SERVED) | Q(served_on__isnull=False)
            ),
            models.UniqueConstraint(fields=["agency", "type", "year", "no"], name="document_number_once"),
        ]
        indexes = [
            models.Index(fields=["county", "drafted_on", "id"], name="document_county"),
            models.Index(fields=["town", "drafted_on", "id"], name="document_town"),
            models.Index(fields=["drafted_on", "id"], name="document_recent"),
            models.Index(fields=["agency", "state"], name="document_agency"),
            models.Index(fields=["open_to_id", "drafted_on"], name="document_firm"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.get_type_display()} {self.addressee}"

    def get_absolute_url(self) -> str:
        return reverse("enforcement:detail", args=[self.pk])

    def words(self) -> dict[str, Any]:
        """What the paper says, with number and date as they stand now: the context of the templates."""
        return {
            **json.loads(self.context),
            "number": self.number,
            "date": self.approved_on.isoformat() if self.approved_on else "",
        }


class DocumentLine(ChildModel):
    """A hazard that a document is about.

    `drawn_from` is what of the hazard's file it speaks of: the link of the chain for a hand-over sheet,
    the number of the round for an order and for a review opinion. Of the documents in force (`stands`) one
    of a kind may speak of it, so that nothing is ordered twice.
    """

    parent: ClassVar = "document"

    document = models.ForeignKey(Document, models.PROTECT, related_name="lines")
    no = models.SmallIntegerField()
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="+")
    drawn_from = models.BigIntegerField()
    type = models.CharField(max_length=20, choices=Kind)
    stands = models.BooleanField(default=False)

    class Meta(ChildModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["document", "hazard"], name="document_line_once"),
            models.UniqueConstraint(
                fields=["type", "hazard", "drawn_from"],
                condition=Q(stands=True),
                name="document_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.no}"


class DocumentSeries(models.Model):
    """The last number given: per agency, type and year. It only grows."""

    agency = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    type = models.CharField(max_length=20, choices=Kind)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "type", "year"], name="document_series_once"),
            models.CheckConstraint(name="document_series_counts_up", condition=Q(last__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.type} {self.year}: {self.last}"


class _Measure(ScopedModel, Journaled):
    """What an organ did to a firm on a day, beside the papers: counted where the firm lies."""

    coordinates: ClassVar = Coordinates()

    state = models.CharField(max_length=10, choices=Measure)
    enterprise = models.ForeignKey("register.Enterprise", models.PROTECT, related_name="+")
    county = models.CharField(max_length=12)
    town = models.CharField(**CODE)
    sector = models.CharField(max_length=20)
    system = models.CharField(max_length=20, default="", blank=True)
    organ = models.BigIntegerField()
    organ_name = models.CharField(max_length=100)
    day = models.DateField()
    reason = models.CharField(max_length=300)
    void_reason = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        abstract = True
        base_manager_name = "everything"
        default_manager_name = "objects"

    def get_absolute_url(self) -> str:
        return reverse("register:detail", args=[self.enterprise_id])


class Interview(_Measure):
    """An interview (约谈) with who answers for a firm: what about, and what was asked of him."""

    demands = models.CharField(max_length=500, default="", blank=True)

    class Meta(_Measure.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                name="interview_void_has_reason", condition=~Q(state=Measure.VOID) | ~Q(void_reason="")
            )
        ]
        indexes = [models.Index(fields=["county", "day", "id"], name="interview_county")]

    def __str__(self) -> str:
        return f"{self.organ_name} {self.day}"


class Fine(_Measure):
    """A fine (罚款) as it was decided, in whole yuan; the case with its papers is kept elsewhere."""

    yuan = models.BigIntegerField()
    basis = models.CharField(max_length=200, default="", blank=True)
    case_number = models.CharField(max_length=80, default="", blank=True)

    class Meta(_Measure.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(name="fine_is_more_than_nothing", condition=Q(yuan__gt=0)),
            models.CheckConstraint(
                name="fine_void_has_reason", condition=~Q(state=Measure.VOID) | ~Q(void_reason="")
            ),
        ]
        indexes = [models.Index(fields=["county", "day", "id"], name="fine_county")]

    def __str__(self) -> str:
        return f"{self.organ_name} {self.day}"


_TWICE = Reason("同一事项已有一份签发的同类文书,不重复出具,请刷新后核对")
_LISTED = Reason("同一处隐患在一份文书中只列一次,请核对")
_TAKEN = Reason("这个文号已经使用,请刷新后重新签发")
CONSTRAINTS |= {
    "document_stands_once": _TWICE,
    "enforcement_documentline.type": _TWICE,
    "document_line_once": _LISTED,
    "enforcement_documentline.document_id": _LISTED,
    "document_number_once": _TAKEN,
    "enforcement_document.agency_id": _TAKEN,
}
