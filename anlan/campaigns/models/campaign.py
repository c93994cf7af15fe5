"""A campaign and what it is made of; records tagged into it by hand."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anlan.campaigns.models.base import CODE, CODES, NAME, SECTOR, TITLE
from anlan.campaigns.states import Body, CampaignState, RuleKind, TagState
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import ChildModel, Coordinates, Level, ScopedManager, ScopedModel, ScopeNotSet, acting
from anlan.kernel.words import Reason


class CampaignManager(ScopedManager):
    """The city's campaigns are every official's; a county's are its own and the city's. Drafts are the office's."""

    def get_queryset(self) -> models.QuerySet:
        actor = acting()
        if actor is None:
            raise ScopeNotSet("Campaign")
        rows = models.Manager.get_queryset(self)
        if actor.level is Level.SYSTEM:
            return rows
        if not actor.may("campaign.see"):
            return rows.none()
        if not actor.may("campaign.manage"):
            rows = rows.exclude(state__in=(CampaignState.DRAFT, CampaignState.VOID))
        if actor.level is Level.CITY:
            return rows
        own = actor.code[:6] if actor.level in (Level.COUNTY, Level.TOWN) else ""
        return rows.filter(county__in=("", own))

    def opening(self, **key: Any) -> models.QuerySet:
        return self.get_queryset().filter(**key)


class Campaign(ScopedModel, Journaled):
    """Ordered by a government for a time. Its lens: a record belongs where period, place, sector, source fit.

    An empty list of counties, sectors or sources narrows nothing.
    """

    coordinates: ClassVar = Coordinates(town="town", sector="", enterprise="")
    everything: ClassVar = models.Manager()
    objects: ClassVar = CampaignManager()

    state = models.CharField(max_length=10, choices=CampaignState)
    name = models.CharField(max_length=100, verbose_name=_("名称"))
    code = models.CharField(max_length=40, unique=True)
    slogan = models.CharField(max_length=200, default="", blank=True)
    basis = models.CharField(max_length=300)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    since = models.DateField()
    until = models.DateField()
    counties = models.JSONField(**CODES)
    sectors = models.JSONField(**CODES)
    sources = models.JSONField(**CODES)
    office = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    office_name = models.CharField(max_length=100)
    opened_on = models.DateField(null=True)
    opened_by_name = models.CharField(**NAME)
    closed_on = models.DateField(null=True)
    closed_by_name = models.CharField(**NAME)
    summary = models.CharField(max_length=2000, default="", blank=True)
    problems = models.CharField(max_length=2000, default="", blank=True)
    # the closing report as it was frozen: files named by their hash
    report_number = models.CharField(max_length=60, default="", blank=True)
    report_to = models.CharField(max_length=100, default="", blank=True)
    report_sha256 = models.CharField(max_length=64, default="", blank=True)
    report_kept_sha256 = models.CharField(max_length=64, default="", blank=True)
    report_pdf_sha256 = models.CharField(max_length=64, default="", blank=True)
    report_docx_sha256 = models.CharField(max_length=64, default="", blank=True)
    report_version = models.CharField(max_length=40, default="", blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                name="campaign_state_is_known", condition=Q(state__in=CampaignState.values)
            ),
            models.CheckConstraint(name="campaign_ends_after_it_begins", condition=Q(until__gte=F("since"))),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.pk])


class Of(ChildModel):
    """A record of the campaign's own; seen with it."""

    parent: ClassVar = "campaign"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="%(class)ss")
    gone = models.BooleanField(default=False)

    class Meta(ChildModel.Meta):
        abstract = True


class Phase(Of):
    """A stretch of the campaign; a named period of the figures."""

    name = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    aim = models.CharField(max_length=300, default="", blank=True)

    class Meta(Of.Meta):
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="phase_ends_after_it_begins", condition=Q(until__gte=F("since")))
        ]

    def __str__(self) -> str:
        return self.name


class Milestone(Of):
    """A day on the timeline: a meeting, a telegram, a group set up."""

    day = models.DateField()
    what = models.CharField(max_length=200)
    document = models.CharField(max_length=100, default="", blank=True)
    reached_on = models.DateField(null=True)
    reached_by_name = models.CharField(**NAME)

    class Meta(Of.Meta):
        ordering: ClassVar = ["day", "id"]

    def __str__(self) -> str:
        return self.what


class Post(Of):
    """Who leads and who works in the office; seconded people keep their home organisation."""

    body = models.CharField(max_length=20, choices=Body)
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=60)
    home = models.BigIntegerField(null=True)
    home_name = models.CharField(**TITLE)
    seconded = models.BooleanField(default=False)
    task = models.CharField(max_length=200, default="", blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta(Of.Meta):
        ordering: ClassVar = ["body", "id"]

    def __str__(self) -> str:
        return f"{self.name} {self.title}"


class WorkRule(Of):
    """One line of the office's work rules (五统一、五加强): what it asks, and who ticked it when."""

    kind = models.CharField(max_length=15, choices=RuleKind)
    title = models.CharField(max_length=60)
    text = models.CharField(max_length=500)
    ticked_on = models.DateField(null=True)
    ticked_by_name = models.CharField(**NAME)
    note = models.CharField(max_length=300, default="", blank=True)

    class Meta(Of.Meta):
        ordering: ClassVar = ["-kind", "id"]

    def __str__(self) -> str:
        return self.title


class Tag(ScopedModel, Journaled):
    """A record that the lens does not hold, put into a campaign by hand, with the reason.

    `kind` and `subject` name the record; place and sector are copied for the scope.
    """

    coordinates: ClassVar = Coordinates(enterprise="")

    state = models.CharField(max_length=10, choices=TagState)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="tags")
    kind = models.CharField(max_length=30)
    subject = models.BigIntegerField()
    label = models.CharField(max_length=100)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    sector = models.CharField(**SECTOR)
    why = models.CharField(max_length=300)
    on = models.DateField()
    by_name = models.CharField(**NAME)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "kind", "subject"],
                condition=Q(state=TagState.TAGGED),
                name="campaign_tagged_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "subject"], name="tag_subject")]

    def __str__(self) -> str:
        return self.label


_TWICE = Reason("这条记录已标注到该行动")
_CODE = Reason("行动代码已经使用,请换一个")
CONSTRAINTS |= {
    "campaign_tagged_once": _TWICE,
    "campaigns_tag.campaign_id": _TWICE,
    "campaigns_campaign.code": _CODE,
    "campaigns_campaign_code": _CODE,
}
