"""What stands on a roll and how often it was looked at: made from the register, kept in step with the visits.

A visit counts for its firm, the premises and the post it names, the park of the firm, and the field of its
county: once it is done, as long as it is not veiled, on the day it was held.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from anlan.inspections import draws_rules
from anlan.inspections.coverage_models import Cell, Node, Roll
from anlan.inspections.draws_queries import open_majors
from anlan.inspections.models import Visit
from anlan.inspections.states import DONE, RollState, Tier, Veil
from anlan.kernel import bulk, canonical
from anlan.kernel.clock import Moment
from anlan.kernel.events import Performed
from anlan.kernel.scope import Actor
from anlan.register import queries as register

ALTERS = frozenset({"visit.finish", "visit.file", "visit.record", "visit.void"})
MODES = {"SELF": "self_no", "EXPERT": "expert_no", "GOV": "gov_no"}
Key = tuple[int, int, str, str]
SUMS = {
    "nodes": Count("id"),
    "seen": Count("id", filter=Q(visits__gt=0)),
    "seen_self": Count("id", filter=Q(self_no__gt=0)),
    "seen_expert": Count("id", filter=Q(expert_no__gt=0)),
    "seen_gov": Count("id", filter=Q(gov_no__gt=0)),
    "visits_sum": Sum("visits"),
    "self_sum": Sum("self_no"),
    "expert_sum": Sum("expert_no"),
    "gov_sum": Sum("gov_no"),
}


@dataclass(slots=True)
class Looked:
    """What the visits to one node add up to."""

    visits: int = 0
    first_on: date | None = None
    first_visit: int | None = None
    modes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MODES.values(), 0))

    def add(self, day: date, pk: int, mode: str) -> None:
        if self.first_on is None or (day, pk) < (self.first_on, self.first_visit or 0):
            self.first_on, self.first_visit = day, pk
        self.visits += 1
        self.modes[MODES[mode]] += 1

    def columns(self) -> dict[str, Any]:
        return {
            "visits": self.visits, "first_on": self.first_on, "first_visit": self.first_visit, **self.modes,
        }  # fmt: skip


# -- the roll --------------------------------------------------------------------------------------


def within(rows: QuerySet, roll: Roll, *, prefix: str = "") -> QuerySet:
    """Narrowed to the roll's counties and fields."""
    counties = [roll.county] if roll.county else roll.counties
    if counties:
        rows = rows.filter(**{f"{prefix}county__in": counties})
    return rows.filter(**{f"{prefix}sector__in": roll.sectors}) if roll.sectors else rows


def fill(roll: Roll) -> tuple[dict[str, int], str]:
    """Write a node for everything that stands on the register now. Returns the numbers by tier and the digest."""
    majors, parks = open_majors(), register.park_of_firms()
    firms: dict[int, Node] = {}
    for e in within(register.standing(), roll).order_by("pk"):
        risk = draws_rules.risk(is_key=e.is_key, majors=majors.get(e.pk, 0))
        firms[e.pk] = _node(
            roll, Tier.ENTERPRISE, e.pk, e.name, e.pk, parks.get(e.pk), e.county, e.town, e.sector, risk, e.lng, e.lat
        )  # fmt: skip
    nodes = [*_domains(roll, firms.values()), *_parks(roll, firms.values()), *firms.values()]
    for tier, rows in ((Tier.PREMISES, register.premises_of), (Tier.WORKPOST, register.workposts_of)):
        for pk, firm, name, lng, lat in rows():
            if (e := firms.get(firm)) is not None:
                lng, lat = (e.lng, e.lat) if lng is None else (lng, lat)
                nodes.append(
                    _node(roll, tier, pk, name, firm, e.park, e.county, e.town, e.sector, e.risk, lng, lat)
                )
    for i in range(0, len(nodes), 2000):
        bulk.insert(nodes[i : i + 2000])
    numbers = {tier.name: sum(1 for n in nodes if n.tier == tier) for tier in Tier}
    return numbers, digest_of((n.tier, n.subject, n.county, n.sector) for n in nodes)


def _node(
    roll: Roll, tier: int, subject: int, name: str, enterprise: int | None, park: int | None, county: str, town: str,
    sector: str, risk: int, lng: Any, lat: Any,
) -> Node:  # fmt: skip
    return Node(
        roll_id=roll.pk, tier=tier, subject=subject, name=name[:100], enterprise_id=enterprise, park=park,
        county=county, town=town, sector=sector, risk=risk, lng=lng, lat=lat,
    )  # fmt: skip


def _domains(roll: Roll, firms: Iterable[Node]) -> Iterator[Node]:
    """Each field in which a county has firms."""
    found: dict[tuple[str, str], int] = {}
    for n in firms:
        found[n.county, n.sector] = max(n.risk, found.get((n.county, n.sector), 0))
    for (county, sector), risk in sorted(found.items()):
        yield _node(roll, Tier.DOMAIN, 0, sector, None, None, county, "", sector, risk, None, None)


def _parks(roll: Roll, firms: Iterable[Node]) -> Iterator[Node]:
    risks: dict[int, int] = {}
    for n in firms:
        if n.park is not None:
            risks[n.park] = max(n.risk, risks.get(n.park, 0))
    counties = [roll.county] if roll.county else roll.counties
    for p in register.standing_parks():
        if (not counties or p.county in counties) and (p.pk in risks or not roll.sectors):
            yield _node(
                roll, Tier.PARK, p.pk, p.name, None, p.pk, p.county, p.town, "", risks.get(p.pk, 1), None, None
            )  # fmt: skip


def digest_of(keys: Iterable[tuple[Any, ...]]) -> str:
    """The denominators as one hash: which nodes stand on the roll."""
    return canonical.digest("\n".join(":".join(str(part) for part in key) for key in sorted(keys)))


def stands(roll: Roll) -> str:
    """The digest of the nodes that are there now."""
    rows = Node._base_manager.filter(roll=roll).values_list("tier", "subject", "county", "sector")
    return digest_of(rows)


# -- visits ----------------------------------------------------------------------------------------


def counted(roll: Roll) -> QuerySet[Visit]:
    """Visits that count for a roll."""
    rows = Visit._base_manager.filter(state__in=DONE, held_on__range=(roll.since, roll.until))
    rows = rows.exclude(veil=Veil.FROM_ALL)
    counties = [roll.county] if roll.county else roll.counties
    return rows.filter(county__in=counties) if counties else rows


_FIELDS = ("pk", "enterprise", "premises", "workpost", "park", "county", "sector", "mode", "held_on")


def keys_of(row: tuple[Any, ...], parks: dict[int, int | None]) -> Iterator[Key]:
    """The nodes that a visit touches."""
    _pk, firm, premises, workpost, park, county, sector, _mode, _day = row
    yield Tier.DOMAIN, 0, county, sector
    if firm is not None:
        yield Tier.ENTERPRISE, firm, "", ""
        park = park or parks.get(firm)
    for tier, key in ((Tier.PARK, park), (Tier.PREMISES, premises), (Tier.WORKPOST, workpost)):
        if key is not None:
            yield tier, key, "", ""


def recount(roll: Roll) -> None:
    """Count everything anew."""
    parks = dict(Node._base_manager.filter(roll=roll, tier=Tier.ENTERPRISE).values_list("subject", "park"))
    looked: dict[Key, Looked] = defaultdict(Looked)
    for row in counted(roll).values_list(*_FIELDS):
        for key in keys_of(row, parks):
            looked[key].add(row[8], row[0], row[7])
    changed = []
    for n in Node._base_manager.filter(roll=roll).iterator(5000):
        now = looked.get(_key(n)) or Looked()
        if any(getattr(n, name) != value for name, value in now.columns().items()):
            changed.append(_written(n, now))
    Node._base_manager.bulk_update(changed, ["first_on", "first_visit", "visits", *MODES.values()], 500)
    Cell._base_manager.filter(roll=roll).delete()
    Cell._base_manager.bulk_create(_cells(roll, Node._base_manager.filter(roll=roll)), 500)


def _key(n: Node) -> Key:
    return (n.tier, n.subject, n.county, n.sector) if n.tier == Tier.DOMAIN else (n.tier, n.subject, "", "")


def _written(n: Node, now: Looked) -> Node:
    for name, value in now.columns().items():
        setattr(n, name, value)
    return n


def _cells(roll: Roll, nodes: QuerySet[Node]) -> list[Cell]:
    rows: Any = nodes.order_by().values("tier", "county", "sector").annotate(**SUMS)
    return [
        Cell(
            roll=roll, tier=r["tier"], county=r["county"], sector=r["sector"], nodes=r["nodes"], seen=r["seen"],
            seen_self=r["seen_self"], seen_expert=r["seen_expert"], seen_gov=r["seen_gov"], visits=r["visits_sum"],
            self_no=r["self_sum"], expert_no=r["expert_sum"], gov_no=r["gov_sum"],
        )
        for r in rows
    ]  # fmt: skip


def heed(event: Performed, *, by: Actor, at: Moment) -> None:
    """A visit was finished, filed, recorded later or taken back: its nodes are counted anew, in the same transaction."""
    if event.command not in ALTERS:
        return
    visits = [v for v in event.rows if v.held_on is not None]
    for roll in Roll._base_manager.filter(state=RollState.RUNNING) if visits else ():
        inside = [v for v in visits if roll.since <= v.held_on <= roll.until]
        if inside:
            note(roll, inside)


def note(roll: Roll, visits: Iterable[Visit]) -> None:
    """Count anew what these visits touch. The cells are locked first: nobody else counts them meanwhile."""
    nodes: dict[int, Node] = {}
    for v in visits:
        nodes |= {n.pk: n for n in _touched(roll, v)}
    cells = {(n.tier, n.county, n.sector) for n in nodes.values()}
    where = Q(pk__in=[])
    for tier, county, sector in cells:
        where |= Q(tier=tier, county=county, sector=sector)
    locked = {
        (c.tier, c.county, c.sector): c
        for c in Cell._base_manager.select_for_update().filter(where, roll=roll).order_by("pk")
    }
    for n in nodes.values():
        now = Looked()
        looks: Any = _visits_to(roll, n).values_list("pk", "mode", "held_on")
        for pk, mode, day in looks:
            now.add(day, pk, mode)
        Node._base_manager.filter(pk=n.pk).update(**now.columns())
    for fresh in _cells(roll, Node._base_manager.filter(where, roll=roll)):
        fresh.pk = locked[fresh.tier, fresh.county, fresh.sector].pk
        fresh.save(force_update=True)


def _touched(roll: Roll, v: Visit) -> list[Node]:
    where = Q(tier=Tier.DOMAIN, county=v.county, sector=v.sector)
    nodes = Node._base_manager.filter(roll=roll)
    park = v.park
    if v.enterprise_id is not None:
        where |= Q(tier=Tier.ENTERPRISE, subject=v.enterprise_id)
        firm = nodes.filter(tier=Tier.ENTERPRISE, subject=v.enterprise_id).first()
        park = park or (firm.park if firm is not None else None)
    for tier, key in (
        (Tier.PARK, park),
        (Tier.PREMISES, v.premises_id),
        (Tier.WORKPOST, v.workpost_id),
    ):
        if key is not None:
            where |= Q(tier=tier, subject=key)
    return list(nodes.filter(where))


def _visits_to(roll: Roll, n: Node) -> QuerySet[Visit]:
    rows = counted(roll)
    if n.tier == Tier.DOMAIN:
        return rows.filter(county=n.county, sector=n.sector)
    if n.tier == Tier.PARK:
        firms = Node._base_manager.filter(roll=roll, tier=Tier.ENTERPRISE, park=n.subject).values("subject")
        return rows.filter(Q(park=n.subject) | Q(park=None, enterprise__in=firms))
    column = {Tier.ENTERPRISE: "enterprise", Tier.PREMISES: "premises", Tier.WORKPOST: "workpost"}[
        Tier(n.tier)
    ]
    return rows.filter(**{column: n.subject})
