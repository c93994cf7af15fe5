"""Roll calls (点名): one unit called by one that it answers to, in one round of a day."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from anlan.duty.states import RESULTS, CallState
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.journal import Journaled
from anlan.kernel.scope import Coordinates, ScopedModel
from anlan.kernel.words import Reason

CODE: dict[str, Any] = {"max_length": 12, "default": "", "blank": True}
NAME: dict[str, Any] = {"max_length": 60, "default": "", "blank": True}


class RollCall(ScopedModel, Journaled):
    """One call. `county` and `town` say where the called unit is ("" for the city's departments), `home` whose
    roll call it is ("" for the city's).

    A day and a round hold one call of a unit; what is still waiting when the day is over was not called.
    """

    coordinates: ClassVar = Coordinates(sector="", enterprise="")

    state = models.CharField(max_length=10, choices=CallState)
    day = models.DateField()
    round = models.SmallIntegerField(default=1)
    caller = models.BigIntegerField()
    caller_name = models.CharField(max_length=100)
    home = models.CharField(**CODE)
    system = models.CharField(max_length=20, default="", blank=True)
    organisation = models.BigIntegerField()
    organisation_name = models.CharField(max_length=100)
    county = models.CharField(**CODE)
    town = models.CharField(**CODE)
    #: of the duty room, no person's
    phone = models.CharField(max_length=30, default="", blank=True)
    called_at = models.DateTimeField(null=True)
    rings = models.SmallIntegerField(null=True)
    answered_by = models.CharField(**NAME)
    post = models.CharField(**NAME)
    leader_present = models.BooleanField(null=True)
    again_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=300, default="", blank=True)
    reason = models.CharField(max_length=300, default="", blank=True)

    class Meta(ScopedModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["caller", "day", "round", "organisation"],
                condition=~Q(state=CallState.VOID),
                name="roll_call_once_a_round",
            ),
            models.CheckConstraint(
                name="roll_call_result_has_time", condition=~Q(state__in=RESULTS) | Q(called_at__isnull=False)
            ),
            models.CheckConstraint(name="roll_call_round_counts_up", condition=Q(round__gt=0)),
            models.CheckConstraint(
                name="roll_call_void_has_reason", condition=~Q(state=CallState.VOID) | ~Q(reason="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["day", "home"], name="roll_call_day"),
            models.Index(fields=["county", "day"], name="roll_call_county"),
            models.Index(fields=["town", "day"], name="roll_call_town"),
            models.Index(fields=["organisation", "day"], name="roll_call_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name} {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("duty:call", args=[self.pk])


_ONCE = Reason("该单位已在本轮点名表中,同一轮只点名一次。请刷新后核对")
CONSTRAINTS |= {"roll_call_once_a_round": _ONCE, "duty_rollcall.caller": _ONCE}
