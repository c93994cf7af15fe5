"""What stands on a roll and how often it was looked at: made from the register, kept in step with the visits.

A visit counts for its firm, the premises and the post it names, the park of the firm, and the field of its
county: once it is done, as long as it is not veiled, on the day it was held.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from anlan.inspections.coverage_models import Cell, Node, Roll
from anlan.inspections.models import Visit
from anlan.inspections.states import DONE, RollState, Tier, Veil
from anlan.kernel import canonical
from anlan.kernel.clock import Moment
from anlan.kernel.events import Performed
from anlan.kernel.scope import Actor

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


# -- the denominators --------------------------------------------------------------------------------------


def within(rows: QuerySet, roll: Roll, *, prefix: str = "") -> QuerySet:
    """Narrowed to the roll's counties and fields."""
    counties = [roll.county] if roll.county else roll.counties
    if counties:
        rows = rows.filter(**{f"{prefix}county__in": counties})
    return rows.filter(**{f"{prefix}sector__in": roll.sectors}) if roll.sectors else rows


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
    """Count everything anew. The cells are locked first: nobody else counts them meanwhile."""
    list(Cell._base_manager.select_for_update().filter(roll=roll).order_by("pk").values("pk"))
    day = connection.ops.adapt_datefield_value
    _write([(*(now.columns() | {"first_on": day(now.first_on)}).values(), pk) for pk, now in differing(roll)])
    Cell._base_manager.filter(roll=roll).delete()
    Cell._base_manager.bulk_create(cells(roll, Node._base_manager.filter(roll=roll)), 500)


def _write(rows: list[tuple[Any, ...]]) -> None:
    """Each with the values of its columns, the key last."""
    if not rows:
        return
    assign = ", ".join(f"{name} = %s" for name in Looked().columns())
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {Node._meta.db_table} SET {assign} WHERE id = %s", rows)  # noqa: S608


def differing(roll: Roll) -> Iterator[tuple[int, Looked]]:
    """Nodes whose numbers are not what the visits add up to, with what they should be."""
    parks = dict(Node._base_manager.filter(roll=roll, tier=Tier.ENTERPRISE).values_list("subject", "park"))
    looked: dict[Key, Looked] = defaultdict(Looked)
    for row in counted(roll).values_list(*_FIELDS):
        for key in keys_of(row, parks):
            looked[key].add(row[8], row[0], row[7])
    nothing, names = Looked(), tuple(Looked().columns())
    rows = Node._base_manager.filter(roll=roll).values_list(
        "pk", "tier", "subject", "county", "sector", *names
    )
    for pk, tier, subject, county, sector, *stands in rows.iterator(5000):
        now = looked.get(_key(tier, subject, county, sector), nothing)
        if stands != list(now.columns().values()):
            yield pk, now


def _key(tier: int, subject: int, county: str, sector: str) -> Key:
    return (tier, subject, county, sector) if tier == Tier.DOMAIN else (tier, subject, "", "")


def cells(roll: Roll, nodes: QuerySet[Node]) -> list[Cell]:
    """The sums of nodes by county and field, not yet written."""
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
    touched = {(n.tier, n.county, n.sector) for n in nodes.values()}
    where = Q(pk__in=[])
    for tier, county, sector in touched:
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
    for fresh in cells(roll, Node._base_manager.filter(where, roll=roll)):
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
