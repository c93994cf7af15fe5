"""The nodes of a roll, copied from the register by the database itself, some firms at a time.

Each portion is a transaction of its own, so that nobody waits for long; the roll counts nothing before all of
it is there and `coverage.stand` has written the numbers and their digest into the journal.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Case, F, Max, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Substr

from anlan.inspections import coverage_counts as counts
from anlan.inspections import draws_queries, draws_rules
from anlan.inspections.coverage_models import Node, Roll
from anlan.inspections.states import Tier
from anlan.kernel import bulk
from anlan.register import queries as register

#: firms of one portion
PORTION = 2000
NAME = 100


def firms(roll: Roll) -> QuerySet:
    """The firms that are to stand on it."""
    return counts.within(register.standing(), roll)


def fill(roll: Roll) -> Iterator[int]:
    """Write what is still missing. Gives after each portion how many firms are there."""
    done = _nodes(roll, Tier.ENTERPRISE).count()
    while done_now := _portion(roll):
        done += done_now
        yield done
    _above(roll)


def clear(roll: Roll) -> Iterator[int]:
    """Take away the nodes of a roll that was given up. Gives how many went with each portion."""
    while keys := list(Node._base_manager.filter(roll=roll).values_list("pk", flat=True)[:5000]):
        Node._base_manager.filter(roll=roll, pk__lte=max(keys), pk__gte=min(keys)).delete()
        yield len(keys)


def numbers(roll: Roll) -> dict[str, int]:
    """How many nodes by tier."""
    rows = Node._base_manager.filter(roll=roll).order_by().values_list("tier")
    found = dict(rows.annotate(n=models.Count("pk")))
    return {tier.name: found.get(tier.value, 0) for tier in Tier}


def _nodes(roll: Roll, tier: Tier) -> QuerySet[Node]:
    return Node._base_manager.filter(roll=roll, tier=tier)


@transaction.atomic
def _portion(roll: Roll) -> int:
    """The next firms by key, with their premises and posts. Returns how many firms."""
    last = _nodes(roll, Tier.ENTERPRISE).aggregate(last=Max("subject"))["last"] or 0
    keys = list(firms(roll).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PORTION])
    if not keys:
        return 0
    here = Q(pk__gte=keys[0], pk__lte=keys[-1])
    _copy(roll, Tier.ENTERPRISE, firms(roll).filter(here), lng=F("lng"), lat=F("lat"))
    beneath = Q(enterprise__state="ACTIVE", enterprise__gte=keys[0], enterprise__lte=keys[-1])
    for tier, rows, place in (
        (Tier.PREMISES, register.premises_in_use(), ""),
        (Tier.WORKPOST, register.workposts_in_use(), "premises__"),
    ):
        rows = counts.within(rows.filter(beneath), roll, prefix="enterprise__")
        known = {f"{place}lng__isnull": False}
        lat = Case(When(**known, then=F(f"{place}lat")), default=F("enterprise__lat"))
        _copy(roll, tier, rows, firm="enterprise__", lng=Coalesce(f"{place}lng", "enterprise__lng"), lat=lat)
    _raise(roll, keys[0], keys[-1])
    return len(keys)


def _copy(roll: Roll, tier: Tier, rows: QuerySet, *, firm: str = "", **place: Any) -> None:
    """One INSERT … SELECT: a node for each of the rows, with what it copies from its firm."""
    risk = Case(When(**{f"{firm}is_key": True}, then=Value(_risk(key=True))), default=Value(_risk(key=False)))
    told: dict[str, Any] = {
        "roll_id": Value(roll.pk), "tier": Value(tier.value), "subject": F("pk"), "name": Substr("name", 1, NAME),
        "enterprise_id": F(f"{firm}pk"), "park": Subquery(register.park_of(f"{firm}pk").values("park")[:1]),
        "county": F(f"{firm}county"), "town": F(f"{firm}town"), "sector": F(f"{firm}sector"), "risk": risk, **place,
        **{name: Value(0) for name in ("visits", *counts.MODES.values())},
    }  # fmt: skip
    select, params = rows.order_by("pk").values_list(*told.values()).query.sql_with_params()
    into = ", ".join(told)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {Node._meta.db_table} ({into}) {select}", params)


def _risk(*, key: bool, majors: int = 0) -> int:
    return draws_rules.risk(is_key=key, majors=majors)


def _raise(roll: Roll, first: int, last: int) -> None:
    """Where major hazards are open, the risk of the firm and of all that belongs to it is higher."""
    majors = [firm for firm in draws_queries.open_majors() if first <= firm <= last]
    for key in (True, False):
        rows = Node._base_manager.filter(roll=roll, risk=_risk(key=key), enterprise__in=majors)
        rows.update(risk=_risk(key=key, majors=1))


@transaction.atomic
def _above(roll: Roll) -> None:
    """Fields and parks, from the firms that stand there."""
    Node._base_manager.filter(roll=roll, tier__in=(Tier.DOMAIN, Tier.PARK)).delete()
    rows = _nodes(roll, Tier.ENTERPRISE).order_by()
    fields = rows.values_list("county", "sector").annotate(risk=Max("risk")).order_by("county", "sector")
    nodes = [_node(roll, Tier.DOMAIN, 0, s, county=c, sector=s, risk=risk) for c, s, risk in fields]
    risks = dict(rows.filter(park__isnull=False).values_list("park").annotate(risk=Max("risk")))
    counties = [roll.county] if roll.county else roll.counties
    for p in register.standing_parks():
        if (not counties or p.county in counties) and (p.pk in risks or not roll.sectors):
            risk = risks.get(p.pk, 1)
            nodes.append(
                _node(roll, Tier.PARK, p.pk, p.name, park=p.pk, county=p.county, town=p.town, risk=risk)
            )
    bulk.insert(nodes)


def _node(roll: Roll, tier: Tier, subject: int, name: str, **where: Any) -> Node:
    return Node(roll_id=roll.pk, tier=tier, subject=subject, name=name[:NAME], **where)
