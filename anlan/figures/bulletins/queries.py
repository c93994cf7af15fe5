"""Reads of bulletins, already limited to whoever acts."""

from dataclasses import dataclass, fields

from django.db.models import Q, QuerySet

from anlan.figures.bulletins.models import Bulletin, BulletinSeries
from anlan.figures.bulletins.states import State
from anlan.kernel.scope import Actor, Axis, Level
from anlan.people import queries as people
from anlan.people.states import Kind as OrganisationKind
from anlan.places import queries as places

#: who of a place reads what is sent to it
READERS = frozenset({
    OrganisationKind.COMMITTEE, OrganisationKind.COUNTY_GOVERNMENT, OrganisationKind.COUNTY_OFFICE,
    OrganisationKind.COUNTY_BUREAU, OrganisationKind.TOWN_STATION,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list can be narrowed by; "" is no narrowing."""

    kind: str = ""
    state: str = ""
    text: str = ""

    def given(self) -> dict[str, str]:
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}


def bulletins(*, filters: Filters, axis: Axis = Axis.PLACE) -> QuerySet[Bulletin]:
    """Bulletins along one axis: my place's own, or those sent to us."""
    rows = Bulletin.objects.along(axis)
    for name in ("kind", "state"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.text:
        rows = rows.filter(Q(number__contains=filters.text) | Q(title__contains=filters.text))
    return rows


def bulletin(pk: int) -> Bulletin:
    """One, if it may be opened. Raises Bulletin.DoesNotExist."""
    return Bulletin.objects.opening(pk=pk).select_related("replaces").get()


def corrected_by(b: Bulletin) -> Bulletin | None:
    """The signed one that stands in its place."""
    return Bulletin.objects.opening(replaces=b.pk, state=State.SIGNED).first()


def replacing(b: Bulletin) -> Bulletin | None:
    """The one that replaces it or is drafted to."""
    return Bulletin.objects.opening(replaces=b.pk).exclude(state=State.WITHDRAWN).first()


def readers(b: Bulletin) -> list[int]:
    """The organisations of the places that it is sent to: of a county its organs, of a town its station."""
    found: list[int] = []
    for place in b.sent_to:
        county, town = (place, "") if len(place) == 6 else (b.county, place)
        organs = people.organisations(kinds=READERS, county=county)
        found += [o.pk for o in organs if o.town == town]
    return found


def to_sign(actor: Actor) -> QuerySet[Bulletin]:
    """Drafts of my level that others made and that wait for a signature."""
    county = actor.code if actor.level is Level.COUNTY else ""
    rows = Bulletin.objects.filter(state=State.DRAFT, county=county, sent_back_on=None)
    return rows.exclude(drafted_by=actor.id).order_by("drafted_on", "pk")


def sent_back(actor: Actor) -> QuerySet[Bulletin]:
    """Drafts of my office that came back."""
    rows = Bulletin.objects.filter(state=State.DRAFT, organisation=actor.organisation)
    return rows.filter(sent_back_on__isnull=False).order_by("sent_back_on", "pk")


def places_below(county: str) -> list[tuple[str, str]]:
    """To which places an office may send: the city to its counties, a county to its towns."""
    return places.town_choices(county) if county else places.county_choices()


def own_signed(actor: Actor, at_most: int = 50) -> list[Bulletin]:
    """The newest signed ones of one's own office, which it may correct."""
    rows = Bulletin.objects.filter(state=State.SIGNED, organisation=actor.organisation)
    return list(rows.order_by("-signed_at", "-pk")[:at_most])


def series() -> QuerySet[BulletinSeries]:
    return BulletinSeries.objects.select_related("organisation").order_by("organisation", "kind", "year")
