"""Reads of coverage: the tree, places beside each other, the map, what nobody has looked at, who could go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Round

from anlan.inspections import draws_queries
from anlan.inspections import draws_rules as rules
from anlan.inspections import sharing_rules as sharing
from anlan.inspections.coverage_counts import SUMS
from anlan.inspections.coverage_models import Cell, Errand, Node, Roll
from anlan.inspections.models import Visit
from anlan.inspections.states import ErrandKind, RollState, State, Tier
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason, Refused, require
from anlan.people.models import Organisation
from anlan.register.models import Premises, Workpost

COLUMNS = (
    "nodes", "seen", "seen_self", "seen_expert", "seen_gov", "visits", "self_no", "expert_no", "gov_no",
)  # fmt: skip
#: cells of the map, across a degree
FINE = 50
#: visits that one act of sharing out plans at most, and those that the worker plans in many
MOST, MOST_LEFT = 1000, 5000


def rolls() -> QuerySet[Roll]:
    return Roll.objects.order_by("-since", "-pk")


def roll(pk: int) -> Roll:
    """Raises Roll.DoesNotExist."""
    return Roll.objects.opening(pk=pk).get()


def of_campaigns(keys: Iterable[int]) -> list[Roll]:
    """Those that run, or are still being made."""
    states = (RollState.WAITING, RollState.RUNNING)
    return list(Roll._base_manager.filter(campaign__in=list(keys), state__in=states))


def being_made(r: Roll) -> Errand | None:
    """How far it is, while the worker copies the register."""
    if r.state != RollState.WAITING:
        return None
    return Errand.objects.filter(roll=r, kind=ErrandKind.FREEZE).order_by("-pk").first()


def errands(r: Roll, actor: Actor) -> list[Errand]:
    """What I left to the worker to share out, the last first."""
    mine = Errand.objects.filter(roll=r, kind=ErrandKind.SHARE, person=actor.id, position=actor.position)
    return list(mine.defer("plan").order_by("-at", "-pk")[:5])


@dataclass(slots=True)
class Line:
    """One line of the tree: how many there are, 家 and 家次, and by mode."""

    nodes: int = 0
    seen: int = 0
    seen_self: int = 0
    seen_expert: int = 0
    seen_gov: int = 0
    visits: int = 0
    self_no: int = 0
    expert_no: int = 0
    gov_no: int = 0

    @property
    def unseen(self) -> int:
        return self.nodes - self.seen

    @property
    def rate(self) -> float | None:
        """Covered of all, from 0 to 1; None where there is nothing to cover."""
        return self.seen / self.nodes if self.nodes else None

    def add(self, row: dict[str, Any]) -> None:
        for name in COLUMNS:
            setattr(self, name, getattr(self, name) + (row[name] or 0))


def tree(r: Roll, actor: Actor, *, county: str = "", sector: str = "") -> dict[Tier, Line]:
    """The five tiers, as far as this person's place reaches."""
    return {tier: line for (tier, _p), line in _lines(r, actor, county, sector, by="").items()}


def beside(r: Roll, actor: Actor, tier: Tier, *, by: str = "county") -> list[tuple[str, Line]]:
    """One tier by county or by field, the least covered first."""
    lines = [(p, line) for (t, p), line in _lines(r, actor, "", "", by=by).items() if t == tier and p]
    return sorted(lines, key=lambda each: (each[1].rate or 0, -each[1].nodes, each[0]))


def _lines(r: Roll, actor: Actor, county: str, sector: str, *, by: str) -> dict[tuple[Tier, str], Line]:
    found: dict[tuple[Tier, str], Line] = {(tier, ""): Line() for tier in Tier} if not by else {}
    for row in _rows(r, actor, county, sector):
        key = (Tier(row["tier"]), row[by] if by else "")
        found.setdefault(key, Line()).add(row)
    return found


def _rows(r: Roll, actor: Actor, county: str, sector: str) -> Any:
    """Sums by county and field; a town has none of its own and counts its nodes."""
    narrow = {k: v for k, v in (("county", county), ("sector", sector)) if v}
    wanted = ("tier", "county", "sector", *COLUMNS)
    if actor.level is not Level.TOWN:
        return Cell.objects.filter(roll=r, **narrow).values(*wanted)
    rows: Any = (
        Node.objects.filter(roll=r, **narrow).order_by().values("tier", "county", "sector").annotate(**SUMS)
    )
    renamed = {"visits": "visits_sum", "self_no": "self_sum", "expert_no": "expert_sum", "gov_no": "gov_sum"}
    return [{c: row[renamed.get(c, c)] for c in wanted} for row in rows]


def unseen(r: Roll, tier: Tier, *, county: str = "", sector: str = "") -> QuerySet[Node]:
    """What nobody has looked at yet, the riskiest first (order by risk)."""
    rows = Node.objects.filter(roll=r, tier=tier, visits=0)
    if county:
        rows = rows.filter(county=county)
    return rows.filter(sector=sector) if sector else rows


def squares(r: Roll, *, county: str = "") -> list[tuple[float, float, int, int]]:
    """Firms gathered in squares of about two kilometres: the middle of each in WGS84, how many, how many seen."""
    rows = Node.objects.filter(roll=r, tier=Tier.ENTERPRISE, lng__isnull=False)
    if county:
        rows = rows.filter(county=county)
    found: Any = (
        rows.order_by()
        .annotate(gx=Round(F("lng") * FINE), gy=Round(F("lat") * FINE))
        .values_list("gx", "gy")
        .annotate(n=Count("id"), s=Count("id", filter=Q(visits__gt=0)))
    )
    return [(float(gx) / FINE, float(gy) / FINE, n, seen) for gx, gy, n, seen in found]


# -- sharing out -----------------------------------------------------------------------------------


@dataclass(slots=True)
class Portion:
    """What one group gets, in the order of a good round trip."""

    group: Organisation
    crew: list[Actor]
    team: sharing.Team
    nodes: list[Node] = field(default_factory=list)
    stops: list[sharing.Stop] = field(default_factory=list)

    @property
    def km(self) -> float:
        return sharing.length(range(len(self.stops)), self.stops, self.team)


def loads(groups: Sequence[int], *, since: date, until: date) -> dict[int, int]:
    """How many visits each group has planned in these days already."""
    rows = Visit._base_manager.filter(group__in=list(groups), state__in=(State.PLANNED, State.UNDERWAY))
    rows = rows.filter(planned_on__lte=until, planned_until__gte=since)
    return dict(rows.order_by().values_list("group").annotate(n=Count("id")))


def planned(nodes: Iterable[Node], *, on: date) -> set[tuple[int, int]]:
    """Which nodes somebody is to visit anyway."""
    firms = sorted({n.enterprise_id for n in nodes if n.enterprise_id is not None})
    waiting = Visit._base_manager.filter(state__in=(State.PLANNED, State.UNDERWAY), planned_until__gte=on)
    found: set[tuple[int, int]] = set()
    for i in range(0, len(firms), 500):
        rows = waiting.filter(enterprise__in=firms[i : i + 500])
        for firm, premises, workpost in rows.values_list("enterprise", "premises", "workpost"):
            found |= {(Tier.ENTERPRISE, firm), (Tier.PREMISES, premises), (Tier.WORKPOST, workpost)}
    return found


def chosen(
    r: Roll, tier: Tier, *, number: int, groups: Sequence[int], on: date, county: str = "", sector: str = ""
) -> list[int]:  # fmt: skip
    """Keys of the riskiest that nobody has looked at or is on his way to, in the counties where the groups go."""
    counties = {c for g in dict.fromkeys(groups) for a in draws_queries.crew(g, on=on) for c in a.duties}
    rows = unseen(r, tier, county=county, sector=sector).filter(enterprise__isnull=False)
    if counties:
        rows = rows.filter(county__in=sorted(counties))
    keys: list[int] = []
    for start in count(0, number):
        found = list(rows.order_by("-risk", "-pk")[start : start + number])
        there = planned(found, on=on)
        keys += [n.pk for n in found if (n.tier, n.subject) not in there]
        if len(found) < number or len(keys) >= number:
            break
    return keys[:number]


def portions(
    r: Roll, *, groups: Sequence[int], nodes: Sequence[int], since: date, until: date, by: Actor,
    laid_out: bool = False, most: int = MOST,
) -> list[Portion]:  # fmt: skip
    """Who would go where. Raises Refused where a group cannot go at all.

    `laid_out`: the nodes are one group's already, in the order of its trip.
    """
    if not groups or (laid_out and len(groups) > 1):
        raise Refused(Reason("请选择分派给哪些组"), "groups")
    if len(nodes) > most:
        raise Refused(Reason("一次最多分派%(most)s处,请缩小范围或分次分派", {"most": most}), "nodes")
    place = {key: n for n, key in enumerate(nodes)} if laid_out else {}
    rows = sorted(_nodes(r, nodes), key=lambda n: place.get(n.pk, n.pk))
    there = planned(rows, on=since)
    rows = [n for n in rows if (n.tier, n.subject) not in there]
    may = {o.pk: o for o in draws_queries.groups_for(by)}
    taken: list[Portion] = []
    load = loads(groups, since=since, until=until)
    points = {n.pk: _point(n) for n in rows}
    middle = _middle(points.values())
    for key in dict.fromkeys(groups):
        if key not in may:
            raise Refused(Reason("没有这个组,或它不归您单位派出,请重新选择"), "groups")
        crew = draws_queries.crew(key, on=since)
        duties = {c for a in crew for c in a.duties}
        require(rules.group_has_somebody(name=may[key].name, people=crew, counties=duties), "groups")
        taken.append(Portion(may[key], crew, sharing.Team(*middle, load.get(key, 0))))
    stops = _stops(rows, points, middle, taken, on=since)
    routes = (
        [[i for i, s in enumerate(stops) if s.may]]
        if laid_out
        else sharing.share(stops, [p.team for p in taken])
    )
    for portion, route in zip(taken, routes, strict=True):
        portion.nodes, portion.stops = [rows[i] for i in route], [stops[i] for i in route]
    return taken


def _nodes(r: Roll, keys: Sequence[int]) -> list[Node]:
    """Those of the keys that nobody has looked at; asked for in portions, for a database takes only so many."""
    found: list[Node] = []
    for i in range(0, len(keys), 500):
        rows = Node.objects.filter(pk__in=keys[i : i + 500], roll=r, visits=0, enterprise__isnull=False)
        found += rows.select_related("enterprise")
    return found


def _stops(
    rows: Sequence[Node],
    points: dict[int, Any],
    middle: tuple[float, float],
    taken: Sequence[Portion],
    *,
    on: date,
) -> list[sharing.Stop]:
    """Each node with the groups that may go there: their counties, and nobody who has to stand back."""
    barred = draws_queries.barred([a.id for p in taken for a in p.crew], on=on)
    duties = [{c for a in p.crew for c in a.duties} for p in taken]
    back = [set().union(*(barred.get(a.id, set()) for a in p.crew)) for p in taken]
    stops = []
    for n in rows:
        groups = tuple(
            g for g in range(len(taken)) if n.county in duties[g] and n.enterprise_id not in back[g]
        )
        x, y = points[n.pk] or middle
        stops.append(sharing.Stop(x, y, groups))
    return stops


def _point(n: Node) -> tuple[float, float] | None:
    return sharing.flat(float(n.lng), float(n.lat)) if n.lng is not None and n.lat is not None else None


def _middle(points: Iterable[tuple[float, float] | None]) -> tuple[float, float]:
    known = [p for p in points if p is not None]
    if not known:
        return sharing.flat(113.62, 34.75)
    return sum(p[0] for p in known) / len(known), sum(p[1] for p in known) / len(known)


def part(n: Node, tier: Tier) -> Any:
    """The premises or the post that a node is, for the visit to name it."""
    if n.tier != tier:
        return None
    model = Premises if tier == Tier.PREMISES else Workpost
    return model._base_manager.filter(pk=n.subject).first()
