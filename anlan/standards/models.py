"""Tables of the law and of the field's codes. No row is changed when law changes: it ends, another begins."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from anlan.kernel.clock import Days, Term
from anlan.places.dated import Dated, ends_after_it_begins


class SectorKind(models.TextChoices):
    SECTOR = "SECTOR", _("行业领域")
    THEME = "THEME", _("专题")
    FIELD = "FIELD", _("重点领域")


class Family(models.TextChoices):
    """The three checks (三查), and the public. Leniency depends on it."""

    SELF = "SELF", _("企业自查")
    EXPERT = "EXPERT", _("专家会诊")
    GOV = "GOV", _("政府检查")
    PUBLIC = "PUBLIC", _("社会举报")


class Mark(models.TextChoices):
    """How sure the value is."""

    LAW = "LAW", _("法定")
    SECONDARY = "SEC", _("二手资料")
    PRACTICE = "PRACTICE", _("实践做法")
    UNVERIFIED = "UNVERIFIED", _("未经核实")
    DERIVED = "DERIVED", _("推定")


class Sector(Dated):
    """One of the nine sectors, the theme of resumption, or a further field that cuts across sectors."""

    code = models.CharField(max_length=20)
    label = models.CharField(max_length=40)
    label_en = models.CharField(max_length=60, default="")
    kind = models.CharField(max_length=10, choices=SectorKind)
    order = models.SmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            ends_after_it_begins("sector_ends_after_it_begins"),
            models.UniqueConstraint(fields=["code", "since"], name="sector_begins_once"),
        ]

    def __str__(self) -> str:
        return self.label


class Source(Dated):
    """How a hazard came to be known: who checked (family) and on what occasion."""

    code = models.CharField(max_length=30)
    label = models.CharField(max_length=60)
    label_en = models.CharField(max_length=80, default="")
    family = models.CharField(max_length=10, choices=Family)
    order = models.SmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            ends_after_it_begins("source_ends_after_it_begins"),
            models.UniqueConstraint(fields=["code", "since"], name="source_begins_once"),
        ]

    def __str__(self) -> str:
        return self.label


class HazardCategory(Dated):
    """A class of dangerous and harmful factors (GB/T 13861), in one of its editions."""

    natural = ("edition", "code")
    edition = models.CharField(max_length=30)
    code = models.CharField(max_length=10)
    label = models.CharField(max_length=80)
    parent = models.CharField(max_length=10, default="", blank=True)
    mark = models.CharField(max_length=12, choices=Mark, default=Mark.UNVERIFIED)

    class Meta:
        ordering: ClassVar = ["edition", "code"]
        constraints: ClassVar = [
            ends_after_it_begins("category_ends_after_it_begins"),
            models.UniqueConstraint(fields=["edition", "code", "since"], name="category_begins_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class AccidentClass(Dated):
    """A class of accidents (GB 6441), in one of its editions."""

    natural = ("edition", "code")
    edition = models.CharField(max_length=30)
    code = models.CharField(max_length=10)
    label = models.CharField(max_length=60)
    mark = models.CharField(max_length=12, choices=Mark, default=Mark.UNVERIFIED)

    class Meta:
        ordering: ClassVar = ["edition", "code"]
        constraints: ClassVar = [
            ends_after_it_begins("accident_ends_after_it_begins"),
            models.UniqueConstraint(fields=["edition", "code", "since"], name="accident_begins_once"),
        ]

    def __str__(self) -> str:
        return self.label


class LegalBasis(Dated):
    """What an act rests on. `code` names the matter; the article that answers it changes with the law.

    `text` says the article in our own words; it is no quotation.
    """

    code = models.CharField(max_length=40)
    law = models.CharField(max_length=80)
    article = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    mark = models.CharField(max_length=12, choices=Mark, default=Mark.LAW)

    class Meta:
        ordering: ClassVar = ["code", "since"]
        constraints: ClassVar = [
            ends_after_it_begins("basis_ends_after_it_begins"),
            models.UniqueConstraint(fields=["code", "since"], name="basis_begins_once"),
        ]

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}"


class TermRow(Dated):
    """A term: so many days, counted so. `rolls`: a last day off moves on to the next working day."""

    code = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    law = models.CharField(max_length=80)
    article = models.CharField(max_length=40, default="", blank=True)
    days = models.SmallIntegerField()
    count = models.CharField(max_length=10, choices=[(d.value, d.value) for d in Days])
    rolls = models.BooleanField(default=False)
    mark = models.CharField(max_length=12, choices=Mark, default=Mark.LAW)

    class Meta:
        ordering: ClassVar = ["code", "since"]
        constraints: ClassVar = [
            ends_after_it_begins("term_ends_after_it_begins"),
            models.UniqueConstraint(fields=["code", "since"], name="term_begins_once"),
            models.CheckConstraint(name="term_is_not_negative", condition=models.Q(days__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.days}"

    @property
    def term(self) -> Term:
        law = f"{self.law}{self.article}"
        return Term(days=self.days, count=Days(self.count), law=law, rolls=self.rolls)


class MajorRule(Dated):
    """A criterion that makes a hazard a major one: a clause of a sector's pack (安全生产法 art. 118).

    Said in our own words; the clause leads to the original.
    """

    natural = ("pack", "version", "code")
    pack = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    sector = models.CharField(max_length=20)
    clause = models.CharField(max_length=80)
    text = models.CharField(max_length=300)
    mark = models.CharField(max_length=12, choices=Mark, default=Mark.UNVERIFIED)

    class Meta:
        ordering: ClassVar = ["sector", "pack", "code"]
        indexes: ClassVar = [models.Index(fields=["sector", "since"], name="majorrule_sector")]
        constraints: ClassVar = [
            ends_after_it_begins("majorrule_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["pack", "version", "code", "since"], name="majorrule_begins_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.text}"
