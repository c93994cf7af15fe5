"""Leaders in the field (领导带队): a trip is one leader on one day in one county, its stops what he visited."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from anlan.campaigns.models.base import CODE, SECTOR
from anlan.campaigns.states import Rank, TripState
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import ChildModel, Coordinates, ScopedModel


class LeaderTrip(ScopedModel, Journaled):
    """Counted as one trip, however many places were visited."""

    coordinates: ClassVar = Coordinates(sector="", enterprise="")

    state = models.CharField(max_length=10, choices=TripState)
    leader = models.CharField(max_length=60)
    post = models.CharField(max_length=60)
    rank = models.CharField(max_length=12, choices=Rank)
    of = models.CharField(max_length=12, default="", blank=True)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    sector = models.CharField(**SECTOR)
    day = models.DateField()
    organisation = models.BigIntegerField()
    organisation_name = models.CharField(max_length=100)
    system = models.CharField(max_length=20, default="", blank=True)
    what = models.CharField(max_length=300)
    stops_no = models.IntegerField(default=0)
    void_reason = models.CharField(max_length=300, default="", blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                name="trip_void_has_reason", condition=~Q(state=TripState.VOID) | ~Q(void_reason="")
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "day"], name="trip_county"),
            models.Index(fields=["leader", "day"], name="trip_leader"),
        ]

    def __str__(self) -> str:
        return f"{self.leader} {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:trip", args=[self.pk])


class TripStop(ChildModel):
    """A place that the leader visited; a visit's file where there is one."""

    parent: ClassVar = "trip"

    trip = models.ForeignKey(LeaderTrip, models.PROTECT, related_name="stops")
    where = models.CharField(max_length=200)
    visit = models.BigIntegerField(null=True, db_index=True)

    class Meta(ChildModel.Meta):
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.where
