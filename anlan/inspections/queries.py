"""Reads of visits, already limited to whoever acts."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from anlan.evidence import queries as evidence
from anlan.inspections import rules
from anlan.inspections.models import Answer, Finding, Visit
from anlan.inspections.states import DONE, Mode, State
from anlan.kernel.scope import Actor, Axis
from anlan.people import queries as people
from anlan.people.states import Kind
from anlan.register import queries as register
from anlan.register.models import Enterprise
from anlan.standards import checklists
from anlan.standards.models import ChecklistItem


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of visits can be narrowed by; "" is no narrowing."""

    state: str = ""
    mode: str = ""
    sector: str = ""
    county: str = ""
    town: str = ""
    enterprise: str = ""
    what: str = ""
    text: str = ""
    since: str = ""
    until: str = ""

    def given(self) -> dict[str, str]:
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}


#: further narrowings by what came of a visit
WHAT = {
    "clean": Q(found_nothing=True), "found": Q(found_no__gt=0), "led": Q(led=True), "covert": Q(covert=True),
    "joint": Q(joint=True), "unplanned": Q(planned=False), "advice": Q(advice_open__gt=0),
}  # fmt: skip


def visits(*, filters: Filters, axis: Axis = Axis.PLACE) -> QuerySet[Visit]:
    """Visits along one axis, narrowed."""
    rows = Visit.objects.along(axis).select_related("enterprise", "checklist")
    for name in ("state", "mode", "sector", "county", "town", "enterprise"):
        if value := getattr(filters, name):
            rows = rows.filter(**{name: value})
    if filters.what in WHAT:
        rows = rows.filter(WHAT[filters.what])
    if filters.since:
        rows = rows.filter(day__gte=filters.since)
    if filters.until:
        rows = rows.filter(day__lte=filters.until)
    if text := filters.text.strip():
        tail = text.rsplit("-", 1)[-1]
        by_number = Q(pk=int(tail)) if tail.isdigit() and len(tail) < 10 else Q(pk__in=[])
        rows = rows.filter(by_number | Q(enterprise__name__contains=text) | Q(spot__contains=text))
    return rows


def visit(pk: int) -> Visit:
    """One visit, if it opens. Raises Visit.DoesNotExist."""
    return (
        Visit.objects.opening(pk=pk).select_related("enterprise", "checklist", "premises", "workpost").get()
    )


def axis_of(actor: Actor) -> Axis:
    """Along which axis a position's visits are listed."""
    if Visit.coordinates.q(actor) is not None:
        return Axis.PLACE
    return Axis.MINE if actor.role == "expert" else Axis.HANDED


def mine(actor: Actor, *, on: date) -> list[Visit]:
    """What this person has to do next: planned ones of these days, and those he is in the middle of."""
    axes = {axis_of(actor), Axis.HANDED if actor.organisation else Axis.MINE, Axis.MINE}
    wanted = Q(state=State.UNDERWAY) | Q(state=State.PLANNED, planned_until__gte=on)
    found: dict[int, Visit] = {}
    for axis in axes:
        rows = Visit.objects.along(axis).filter(wanted, day__gte=on - timedelta(days=62))
        if actor.organisation is not None and axis is Axis.PLACE:
            rows = rows.filter(organisation=actor.organisation)
        for v in rows.select_related("enterprise").order_by("day", "pk")[:100]:
            if actor.id in v.party or (v.mode == Mode.SELF and actor.is_enterprise):
                found[v.pk] = v
    return sorted(found.values(), key=lambda v: (v.state != State.UNDERWAY, v.day, v.pk))


def to_authorise(actor: Actor) -> list[Visit]:
    """Plans that wait for this head."""
    rows: QuerySet[Visit] = Visit.objects.along(Axis.HANDED) if actor.organisation else Visit.objects.none()
    rows = rows.filter(state=State.PLANNED, needs_authorisation=True, authorised_on=None)
    return [
        v for v in rows.select_related("enterprise").order_by("day", "pk")[:50] if v.planned_by != actor.id
    ]


# -- on site ---------------------------------------------------------------------------------------


def sheet(v: Visit) -> tuple[list[ChecklistItem], dict[str, Answer]]:
    """The items of a visit's own version, and what has been answered."""
    assert v.checklist is not None
    return checklists.items_of(v.checklist), {a.code: a for a in v.answers.all()}


def shots(v: Visit) -> dict[str, Any]:
    """The photos of a visit by hash, ready for a page."""
    rows = evidence.for_subject(kind="visit", subject=v.pk)
    return {a.sha256: evidence.shot(a) for a in rows}


def approved_before(v: Visit, codes: Iterable[str]) -> dict[str, Decimal]:
    """The approved figures that were entered at this firm's last visit: they seldom change."""
    if v.enterprise_id is None:
        return {}
    past = Visit.objects.filter(enterprise=v.enterprise_id, list_code=v.list_code, state__in=DONE)
    last = list(past.order_by("-held_on", "-pk")[:5])
    known: dict[str, Decimal] = {}
    rows = Answer.objects.of(last).filter(code__in=list(codes), limit__isnull=False)
    for a in sorted(rows, key=lambda a: [v.pk for v in last].index(a.visit_id), reverse=True):
        known[a.code] = a.limit
    return known


def of_hazard(hazard: int) -> Visit | None:
    """The visit at which a hazard was found, where it opens."""
    return Visit.objects.opening(pk__in=_visits_of([hazard])).first()


def _visits_of(hazards: list[int]) -> QuerySet:
    return Finding._base_manager.filter(hazard__in=hazards).values("visit")


# -- who may come along ------------------------------------------------------------------------------


def companions(actor: Actor, *, county: str, on: date) -> list[tuple[str, list[Actor]]]:
    """By organisation: one's own people first, then organs of the place, groups' members and experts."""
    found = []
    own = [a for a in people.colleagues(actor.organisation, on=on, can="visit.hold") if a.id != actor.id]
    if own:
        found.append((actor.organisation_name, own))
    if actor.is_enterprise:
        return found
    organs = [o for o in people.organs_for(county=county, on=on) if o.pk != actor.organisation]
    organs += list(people.organisations(kinds=[Kind.EXPERT_POOL]))
    for organ in organs:
        members = people.colleagues(organ.pk, on=on, can="visit.hold")
        if members:
            found.append((organ.name, members))
    return found


def enforces(actor: Actor) -> bool:
    return actor.role in rules.ENFORCING


# -- rhythm ----------------------------------------------------------------------------------------


def month_of(on: date) -> tuple[date, date]:
    first = on.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def checked_themselves(*, on: date) -> QuerySet[Visit]:
    """Self-checks of the month that are done."""
    return Visit.objects.filter(mode=Mode.SELF, state__in=DONE, held_on__range=month_of(on))


def rhythm(*, on: date, done: bool = False) -> QuerySet[Enterprise]:
    """Firms on the register that have, or have not yet, checked themselves in the month (每月自查)."""
    firms = register.enterprises(active=True)
    who = checked_themselves(on=on).values("enterprise")
    return firms.filter(pk__in=who) if done else firms.exclude(pk__in=who)


def last_self_check(enterprise: int) -> Visit | None:
    rows = Visit.objects.filter(enterprise=enterprise, mode=Mode.SELF, state__in=DONE)
    return rows.order_by("-held_on", "-pk").first()


def of_firm(enterprise: int, *, at_most: int = 8) -> list[Visit]:
    rows = Visit.objects.filter(enterprise=enterprise).exclude(state=State.VOID)
    return list(rows.select_related("checklist").order_by("-day", "-pk")[:at_most])


def recorded(keys: Iterable[str]) -> dict[str, tuple[Visit, set[str]]]:
    """Visits recorded from sheets, by import key, each with the descriptions of its findings."""
    wanted = list(keys)
    found: dict[str, tuple[Visit, set[str]]] = {}
    for i in range(0, len(wanted), 500):
        rows = {v.pk: v for v in Visit.objects.opening(import_key__in=wanted[i : i + 500])}
        told: dict[int, set[str]] = {pk: set() for pk in rows}
        for f in Finding.objects.of(rows):
            told[f.visit_id].add(f.description)
        found |= {v.import_key: (v, told[v.pk]) for v in rows.values() if v.import_key}
    return found
