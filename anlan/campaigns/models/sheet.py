"""Worksheets of the four questions (四问四查), and what came of each answer."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from anlan.campaigns.models.base import CODE, NAME, SECTOR
from anlan.campaigns.models.campaign import Campaign
from anlan.campaigns.states import Block, ItemState, SheetState
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import Coordinates, ScopedModel


class Worksheet(ScopedModel, Journaled):
    """One unit, one sector, four questions. `issuer` asked for it, `organisation` answers."""

    coordinates: ClassVar = Coordinates(sector="", enterprise="")

    state = models.CharField(max_length=10, choices=SheetState)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="worksheets")
    title = models.CharField(max_length=150)
    issuer = models.BigIntegerField()
    issuer_name = models.CharField(max_length=100)
    organisation = models.BigIntegerField()
    organisation_name = models.CharField(max_length=100)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    sector = models.CharField(**SECTOR)
    started_on = models.DateField()
    due_on = models.DateField()
    concluded_on = models.DateField(null=True)
    concluded_by_name = models.CharField(**NAME)
    conclusion = models.CharField(max_length=500, default="", blank=True)

    class Meta(ScopedModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["county", "state"], name="worksheet_county"),
            models.Index(fields=["organisation", "state"], name="worksheet_organisation"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:sheet", args=[self.pk])


class SheetItem(ScopedModel, Journaled):
    """An answer that has become a thing to do, with its owner and deadline; followed until it is accepted."""

    coordinates: ClassVar = Coordinates(sector="", enterprise="")

    state = models.CharField(max_length=10, choices=ItemState)
    sheet = models.ForeignKey(Worksheet, models.PROTECT, related_name="items")
    block = models.CharField(max_length=10, choices=Block)
    words = models.CharField(max_length=500)
    issuer = models.BigIntegerField()
    organisation = models.BigIntegerField()
    owner = models.BigIntegerField()
    owner_name = models.CharField(max_length=100)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    sector = models.CharField(**SECTOR)
    raised_on = models.DateField()
    due_on = models.DateField()
    answer = models.CharField(max_length=500, default="", blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.BigIntegerField(null=True)
    answered_by_name = models.CharField(**NAME)
    returned_no = models.SmallIntegerField(default=0)
    return_reason = models.CharField(max_length=300, default="", blank=True)
    accepted_on = models.DateField(null=True)
    accepted_by_name = models.CharField(**NAME)
    urged_no = models.SmallIntegerField(default=0)
    void_reason = models.CharField(max_length=300, default="", blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                name="sheet_item_accepted_was_answered",
                condition=~Q(state=ItemState.ACCEPTED) | Q(answered_on__isnull=False),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "state", "due_on"], name="sheet_item_owner")]

    def __str__(self) -> str:
        return self.words[:40]

    def get_absolute_url(self) -> str:
        return f"{reverse('campaigns:sheet', args=[self.sheet_id])}#i-{self.pk}"
