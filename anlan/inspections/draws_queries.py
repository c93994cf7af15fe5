"""Reads for draws: who may be drawn, who must stand back, what became of a draw."""

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from anlan.campaigns import queries as campaigns
from anlan.campaigns.states import GroupState
from anlan.inspections import draws_rules as rules
from anlan.inspections.draws_models import Draw, DrawPapers, Recusal
from anlan.inspections.models import Participant, Visit
from anlan.inspections.rules import ENFORCING
from anlan.inspections.states import DONE, DrawState, RecusalState, State, Veil
from anlan.kernel import canonical
from anlan.kernel.scope import Actor, Axis, Level, acting_as
from anlan.people import queries as people
from anlan.people.models import Organisation
from anlan.people.states import Kind
from anlan.register import queries as register
from anlan.register.models import Enterprise

#: who knows of open major hazards: each gives their number by firm; modules above add theirs
MAJORS: list[Callable[[], dict[int, int]]] = []
#: who was last at a firm is asked of so many days back
MEMORY = timedelta(days=730)


def draws() -> QuerySet[Draw]:
    return Draw.objects.order_by("-day", "-pk")


def draw(pk: int) -> Draw:
    """Raises Draw.DoesNotExist."""
    return Draw.objects.opening(pk=pk).get()


def published() -> QuerySet[Draw]:
    """Draws whose results everybody may see (一公开)."""
    return Draw._base_manager.filter(state=DrawState.PUBLISHED).order_by("-published_on", "-pk")


def papers_of(d: Draw) -> dict[str, Any]:
    """The papers of a draw as they were sealed."""
    return json.loads(text_of(d))


def text_of(d: Draw) -> str:
    rows = DrawPapers.objects.of([d])
    return zlib.decompress(bytes(rows.get().body)).decode()


def made_on(day: date, *, kind: str, organisation: int) -> int:
    """How many draws of a kind an organisation has begun for a day; every one counts."""
    return Draw._base_manager.filter(day=day, kind=kind, organisation=organisation).count()


def of_draw(d: Draw) -> QuerySet[Visit]:
    """The visits of a draw that I may see."""
    return Visit.objects.opening(draw=d.pk).select_related("enterprise").order_by("pk")


def waiting(d: Draw) -> int:
    """How many visits of a draw are still to be held or filed, whoever asks: a number and no place."""
    states = (State.PLANNED, State.UNDERWAY, State.FINISHED)
    return Visit._base_manager.filter(draw=d.pk, state__in=states).count()


def ended(d: Draw) -> list[Visit]:
    """All visits of a draw, once nothing of it is veiled any more: for publication."""
    rows = Visit._base_manager.filter(draw=d.pk).select_related("enterprise")
    return list(rows.order_by("pk"))


def hidden_from(actor: Actor) -> QuerySet:
    """Keys of visits that are veiled from somebody now: their acts stand in no list of his either."""
    rows = Visit._base_manager.filter(veil=Veil.FROM_ALL)
    if actor.level is Level.SYSTEM:
        return rows.none().values("pk")
    with acting_as(actor):
        opened = Visit.objects.opening(veil=Veil.FROM_ALL).values("pk")
    return rows.exclude(pk__in=opened).values("pk")


# -- who draws and who is drawn --------------------------------------------------------------------


def groups_for(actor: Actor) -> list[Organisation]:
    """The standing groups that an office sends out: the city's, or its county's own; covert ones their keeper's alone."""
    county = "" if actor.level in (Level.CITY, Level.SYSTEM) else actor.code[:6]
    rows = [o for o in people.organisations(kinds=[Kind.GROUP]) if o.county == county]
    known = {g.pk: g for g in campaigns.Group._base_manager.filter(pk__in=[o.pk for o in rows])}
    gone = {pk for pk, g in known.items() if g.state != GroupState.STANDS or campaigns.veiled(g, actor)}
    return [o for o in rows if o.pk not in gone]


def crew(group: int, *, on: date) -> list[Actor]:
    return people.colleagues(group, on=on, can="visit.plan")


def officers_for(actor: Actor, *, on: date) -> list[Actor]:
    """Who of an organ can be drawn: those who check, with a credential where their post needs one."""
    rows = people.colleagues(actor.organisation, on=on, can="visit.hold")
    return [
        a for a in rows if a.role not in ENFORCING or (a.credential_until is not None and a.credential_until >= on)
    ]  # fmt: skip


def candidates(*, counties: Iterable[str], sectors: Iterable[str], on: date) -> list[rules.Candidate]:
    """Firms on the register within the organiser's reach, with their weights, by key."""
    rows = register.enterprises(active=True)
    if wanted := list(counties):
        rows = rows.filter(county__in=wanted)
    if fields := list(sectors):
        rows = rows.filter(sector__in=fields)
    last, majors = last_visits(), open_majors()
    found = []
    for key, county, is_key in rows.order_by("pk").values_list("pk", "county", "is_key"):
        risk = rules.risk(is_key=is_key, majors=majors.get(key, 0))
        found.append((key, county, rules.weight(risk=risk, last=last.get(key), on=on)))
    return found


def candidates_exist(*, counties: Iterable[str], sectors: Iterable[str]) -> bool:
    """Whether anything at all stands on the register there, whoever asks."""
    rows = register.standing()
    if wanted := list(counties):
        rows = rows.filter(county__in=wanted)
    if fields := list(sectors):
        rows = rows.filter(sector__in=fields)
    return rows.exists()


def last_visits() -> dict[int, date]:
    """The last day on which anybody but the firm itself looked, by firm."""
    rows = Visit._base_manager.filter(state__in=DONE, mode__in=("GOV", "EXPERT"), enterprise__isnull=False)
    return dict(rows.order_by().values_list("enterprise").annotate(last=Max("held_on")))


def open_majors() -> dict[int, int]:
    found: dict[int, int] = {}
    for ask in MAJORS:
        for firm, n in ask().items():
            found[firm] = found.get(firm, 0) + n
    return found


def barred(users: Iterable[int], *, on: date) -> dict[int, set[int]]:
    """By person, the firms at which he must not look: worked there, declared it, or was there last."""
    people_ = sorted(set(users))
    found: dict[int, set[int]] = defaultdict(set)
    for user, firm in people.firms_of(people_):
        found[user].add(firm)
    declared = Recusal._base_manager.filter(user__in=people_, state=RecusalState.STANDS)
    for user, firm in declared.values_list("user", "enterprise"):
        found[user].add(firm)
    been = Participant._base_manager.filter(
        person__in=people_,
        visit__state__in=DONE,
        visit__held_on__gte=on - MEMORY,
        visit__enterprise__isnull=False,
    ).values_list("person", "visit__enterprise", "visit__held_on")
    last = last_visits() if been else {}
    for person, firm, held in been:
        if person is not None and last.get(firm) == held:
            found[person].add(firm)
    return found


def sealed(papers: dict[str, Any]) -> tuple[str, bytes]:
    """Digest and compressed text of papers."""
    text = canonical.text(papers)
    return canonical.digest(text), zlib.compress(text.encode(), 3)


def firms(keys: Sequence[int]) -> dict[int, Enterprise]:
    """The firms of a draw by key, whoever made it."""
    return {e.pk: e for e in Enterprise._base_manager.filter(pk__in=list(keys))}


def names(keys: Sequence[int]) -> dict[int, str]:
    """Names of firms by key, for what is published."""
    return dict(Enterprise._base_manager.filter(pk__in=list(keys)).values_list("pk", "name"))


# -- standing back ---------------------------------------------------------------------------------


def my_recusals(actor: Actor) -> list[Recusal]:
    rows = Recusal.objects.along(Axis.MINE).filter(user=actor.id, state=RecusalState.STANDS)
    return list(rows.order_by("-on", "-pk"))
