"""Action plans (行动方案), what each addressee did with one, and the sub-actions into which it was refined."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from anlan.campaigns.models.base import CODE, NAME, SECTOR, TITLE
from anlan.campaigns.models.campaign import Campaign
from anlan.campaigns.states import ActionKind, PlanKind, PlanState, ReceiptState
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import ChildModel, Coordinates, ScopedModel
from anlan.kernel.words import Reason


class ActionPlan(ScopedModel, Journaled):
    """A plan that goes down: to departments and counties, or from a county to its bureaus and towns.

    Seen by its place and by each addressee.
    """

    coordinates: ClassVar = Coordinates(sector="", enterprise="")

    state = models.CharField(max_length=10, choices=PlanState)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="plans")
    refines = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=PlanKind)
    title = models.CharField(max_length=150)
    number = models.CharField(**TITLE)
    basis = models.CharField(max_length=300)
    text = models.TextField()
    sector = models.CharField(**SECTOR)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    issuer = models.BigIntegerField()
    issuer_name = models.CharField(max_length=100)
    sign_due_on = models.DateField()
    file_due_on = models.DateField()
    issued_on = models.DateField(null=True)
    issued_by_name = models.CharField(**NAME)
    void_reason = models.CharField(max_length=300, default="", blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                name="plan_filed_after_signed", condition=Q(file_due_on__gte=F("sign_due_on"))
            ),
            models.CheckConstraint(
                name="plan_issued_has_day", condition=~Q(state=PlanState.ISSUED) | Q(issued_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:plan", args=[self.pk])


class Receipt(ScopedModel, Journaled):
    """A plan at one addressee: signed for, refined, filed upward, returned or accepted."""

    coordinates: ClassVar = Coordinates(sector="", enterprise="")

    state = models.CharField(max_length=10, choices=ReceiptState)
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="receipts")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    issuer = models.BigIntegerField()
    organisation = models.BigIntegerField()
    organisation_name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    sent_on = models.DateField()
    sign_due_on = models.DateField()
    file_due_on = models.DateField()
    signed_on = models.DateField(null=True)
    signed_by_name = models.CharField(**NAME)
    own_title = models.CharField(max_length=150, default="", blank=True)
    own_number = models.CharField(**TITLE)
    own_text = models.TextField(default="", blank=True)
    filed_on = models.DateField(null=True)
    filed_by_name = models.CharField(**NAME)
    returned_no = models.SmallIntegerField(default=0)
    return_reason = models.CharField(max_length=300, default="", blank=True)
    accepted_on = models.DateField(null=True)
    accepted_by_name = models.CharField(**NAME)
    urged_no = models.SmallIntegerField(default=0)
    urged_on = models.DateField(null=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "organisation"], name="plan_sent_once"),
            models.CheckConstraint(
                name="receipt_filed_was_signed",
                condition=~Q(state__in=(ReceiptState.FILED, ReceiptState.ACCEPTED))
                | Q(signed_on__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "state"], name="receipt_organisation"),
            models.Index(fields=["county", "state"], name="receipt_county"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}→{self.organisation_name}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:receipt", args=[self.pk])


class SubAction(ChildModel):
    """One action of the addressee's own plan: concentrated, or of one field; with its place, days, target, owner."""

    parent: ClassVar = "receipt"

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="actions")
    kind = models.CharField(max_length=15, choices=ActionKind)
    name = models.CharField(max_length=100)
    sector = models.CharField(**SECTOR)
    county = models.CharField(**CODE)
    since = models.DateField()
    until = models.DateField()
    target = models.IntegerField(null=True)
    owner = models.CharField(max_length=100)
    measures = models.CharField(max_length=500, default="", blank=True)
    gone = models.BooleanField(default=False)

    class Meta(ChildModel.Meta):
        ordering: ClassVar = ["kind", "since", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="sub_action_ends_after_it_begins", condition=Q(until__gte=F("since")))
        ]

    def __str__(self) -> str:
        return self.name


_SENT = Reason("该单位已收到这份方案,不重复下发")
CONSTRAINTS |= {"plan_sent_once": _SENT, "campaigns_receipt.plan_id": _SENT}
