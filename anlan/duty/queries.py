"""Reads of duty, already limited to whoever acts."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Max

from anlan.duty.models import RollCall
from anlan.duty.states import CallState
from anlan.kernel.scope import Actor, Level
from anlan.people import queries as people
from anlan.people.models import Organisation
from anlan.people.states import Kind

#: so long ago a unit's telephone is looked for
REMEMBERED = timedelta(days=120)


def call(pk: int) -> RollCall:
    """Raises RollCall.DoesNotExist."""
    return RollCall.objects.opening(pk=pk).get()


def calls(*, day: date) -> list[RollCall]:
    """Every call of a day, roll call by roll call, in the order in which the units are called."""
    rows = RollCall.objects.filter(day=day).exclude(state=CallState.VOID)
    return list(rows.order_by("home", "caller", "round", "pk"))


def near(day: date) -> tuple[date | None, date | None]:
    """The days with calls before and after a day."""
    rows = RollCall.objects.exclude(state=CallState.VOID)
    before = rows.filter(day__lt=day).order_by("-day").values_list("day", flat=True).first()
    after = rows.filter(day__gt=day).order_by("day").values_list("day", flat=True).first()
    return before, after


def below(actor: Actor) -> list[Organisation]:
    """The units that somebody calls: of the city the counties and its departments, of a county its own."""
    if actor.organisation is None:
        return []
    if actor.level is Level.CITY:
        found = list(people.organisations(kinds=(Kind.COUNTY_OFFICE, Kind.DEPARTMENT)))
        return sorted(found, key=lambda o: (o.kind != Kind.COUNTY_OFFICE, o.county, o.pk))
    if actor.level is Level.COUNTY:
        return list(people.organisations(kinds=(Kind.COUNTY_BUREAU, Kind.TOWN_STATION), county=actor.code))
    return []


def phones(organisations: Iterable[int], *, caller: int, on: date) -> dict[int, str]:
    """By which number each was called last."""
    rows = RollCall.objects.filter(
        caller=caller, organisation__in=list(organisations), day__gte=on - REMEMBERED
    ).exclude(phone="")
    return dict(rows.order_by("day", "round", "pk").values_list("organisation", "phone"))


def next_round(caller: int, *, day: date, organisation: int | None = None) -> int:
    """The number of a round that begins now; of one unit, in which it is called once more."""
    rows = RollCall.objects.filter(caller=caller, day=day).exclude(state=CallState.VOID)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    return (rows.aggregate(last=Max("round"))["last"] or 0) + 1


def history(organisation: int, *, upto: date, days: int = 30) -> list[RollCall]:
    """How a unit answered of late, newest first."""
    rows = RollCall.objects.filter(
        organisation=organisation, day__gt=upto - timedelta(days=days), day__lte=upto
    ).exclude(state=CallState.VOID)
    return list(rows.order_by("-day", "-round")[:60])


def lights(*, home: str, upto: date) -> tuple[date | None, list[RollCall]]:
    """The last call of each unit in the newest roll call that the city ("") or a county made, not older than a day."""
    rows = RollCall.objects.filter(home=home, day__gte=upto - timedelta(days=1), day__lte=upto).exclude(
        state=CallState.VOID
    )
    found = list(rows.order_by("day", "round", "pk"))
    if not found:
        return None, []
    day = found[-1].day
    latest: dict[int, RollCall] = {}
    for c in found:
        if c.day == day:
            latest[c.organisation] = c
    return day, list(latest.values())
