"""Tables of the law and of the field's codes. No row is changed when law changes: it ends, another begins."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anlan.kernel.clock import Days, Term
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import ChildModel
from anlan.kernel.words import Reason
from anlan.places.dated import Dated, ends_after_it_begins
from anlan.places.models import OpenManager


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

    Said in our own words; the clause leads to the original. An `element` makes none by itself: so many of
    them together do (`RuleCount`).
    """

    natural = ("pack", "version", "code")
    pack = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    sector = models.CharField(max_length=20)
    clause = models.CharField(max_length=80)
    text = models.CharField(max_length=300)
    mark = models.CharField(max_length=12, choices=Mark, default=Mark.UNVERIFIED)
    element = models.BooleanField(default=False)

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


class Form(models.TextChoices):
    """What kind of text a pack is."""

    STATUTE = "STATUTE", _("行政法规")
    ORDER = "ORDER", _("部门规章")
    NOTICE = "NOTICE", _("部门文件")
    STANDARD = "STANDARD", _("强制性标准")


class RulePack(Dated):
    """The text in which a sector's criteria stand, in one version; its clauses are `MajorRule` rows."""

    natural = ("code", "version")
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    sector = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    form = models.CharField(max_length=10, choices=Form)
    mark = models.CharField(max_length=12, choices=Mark, default=Mark.UNVERIFIED)

    class Meta:
        ordering: ClassVar = ["sector", "since"]
        constraints: ClassVar = [
            ends_after_it_begins("rulepack_ends_after_it_begins"),
            models.UniqueConstraint(fields=["code", "version", "since"], name="rulepack_begins_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class RuleCount(Dated):
    """So many elements in one place make a major hazard, by kind of place; `of` names those that count.

    Empty `of`: any of the pack's elements.
    """

    natural = ("pack", "version", "code")
    pack = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    sector = models.CharField(max_length=20)
    places = models.CharField(max_length=20)
    label = models.CharField(max_length=40)
    needs = models.SmallIntegerField()
    of = models.CharField(max_length=200, default="", blank=True)
    clause = models.CharField(max_length=80)
    mark = models.CharField(max_length=12, choices=Mark, default=Mark.UNVERIFIED)

    class Meta:
        ordering: ClassVar = ["sector", "pack", "code"]
        constraints: ClassVar = [
            ends_after_it_begins("rulecount_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["pack", "version", "code", "since"], name="rulecount_begins_once"
            ),
            models.CheckConstraint(name="rulecount_needs_two", condition=Q(needs__gte=2)),
        ]

    def __str__(self) -> str:
        return f"{self.pack} {self.clause} {self.label}≥{self.needs}"


class Stage(models.TextChoices):
    """Of a version of a checklist. In force is the published one that began last."""

    DRAFT = "DRAFT", _("草稿")
    PUBLISHED = "PUBLISHED", _("已发布")
    DISCARDED = "DISCARDED", _("已放弃")


class Checklist(Journaled):
    """One version of a sector's or a theme's checklist. Published, it never changes: visits answered it."""

    state = models.CharField(max_length=10, choices=Stage)
    code = models.CharField(max_length=20)
    version = models.IntegerField()
    label = models.CharField(max_length=60)
    since = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, default="", blank=True)
    drafted_by_name = models.CharField(max_length=60, default="", blank=True)
    drafted_on = models.DateField(null=True, blank=True)
    published_by_name = models.CharField(max_length=60, default="", blank=True)
    published_on = models.DateField(null=True, blank=True)

    objects = OpenManager()

    class Meta:
        ordering: ClassVar = ["code", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="checklist_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(state=Stage.DRAFT), name="checklist_one_draft"
            ),
            models.UniqueConstraint(
                fields=["code", "since"], condition=Q(state=Stage.PUBLISHED), name="checklist_one_a_day"
            ),
            models.CheckConstraint(
                name="checklist_published_has_a_day",
                condition=~Q(state=Stage.PUBLISHED) | Q(since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("standards:checklist", args=[self.pk])


class Weight(models.TextChoices):
    """Whether what an item asks is a criterion of the sector's pack."""

    NONE = "", _("一般项")
    CRITERION = "M", _("重大隐患判定项")
    CONDITION = "IF", _("符合条件时为重大")
    ELEMENT = "EL", _("综合判定要素")


class Direction(models.TextChoices):
    MAX = "MAX", _("不得超过")
    MIN = "MIN", _("不得低于")


class ChecklistItem(ChildModel):
    """What is looked at: how, what counts as not met, on which clause.

    `rules` names criteria as version/code, parted by semicolons, with SECTOR: before one of another
    sector; the first that is in force on the day counts. With `number` the item asks for a figure:
    `direction` says on which side of `limit` × `factor` it must stay; without `limit` the approved figure is
    entered beside it.
    """

    parent: ClassVar = "checklist"
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="items")
    code = models.CharField(max_length=12)
    order = models.SmallIntegerField()
    heading = models.CharField(max_length=30)
    text = models.CharField(max_length=200)
    how = models.CharField(max_length=300, default="", blank=True)
    not_met = models.CharField(max_length=300, default="", blank=True)
    clause = models.CharField(max_length=150, default="", blank=True)
    major = models.CharField(max_length=4, choices=Weight, default=Weight.NONE, blank=True)
    rules = models.CharField(max_length=120, default="", blank=True)
    number = models.CharField(max_length=30, default="", blank=True)
    unit = models.CharField(max_length=10, default="", blank=True)
    limit_label = models.CharField(max_length=30, default="", blank=True)
    limit = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    factor = models.DecimalField(max_digits=6, decimal_places=3, default=Decimal(1))
    direction = models.CharField(max_length=3, choices=Direction, default="", blank=True)
    gone = models.BooleanField(default=False)

    class Meta(ChildModel.Meta):
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["checklist", "code"], name="checklistitem_code_once"),
            models.CheckConstraint(
                name="checklistitem_number_has_a_side", condition=Q(number="") | ~Q(direction="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


DRAFT_STANDS = Reason("这份检查表已有一份草稿,请在草稿上修改,或先放弃它")
DAY_TAKEN = Reason("这一天已有另一版检查表生效,请换一个日期")
CONSTRAINTS |= {  # SQLite names columns: the longer list stands first
    "standards_checklist.code, standards_checklist.since": DAY_TAKEN,
    "checklist_one_draft": DRAFT_STANDS,
    "standards_checklist.code": DRAFT_STANDS,
    "checklist_version_once": DRAFT_STANDS,
    "checklist_one_a_day": DAY_TAKEN,
    "checklistitem_code_once": Reason("这个编号已经用过,请换一个"),
    "standards_checklistitem.checklist_id": Reason("这个编号已经用过,请换一个"),
}
