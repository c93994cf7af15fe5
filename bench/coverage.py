"""Coverage of 60,000 firms × 5 tiers, a draw of 200 among them, and sharing out, beside OR-Tools where it is there.

The firms are copies: organisation and file, premises and two posts each, in sixteen counties. Sharing out is
measured on points scattered round sixteen towns; OR-Tools (`pip install ortools`, or ANLAN_ORTOOLS names a
folder that holds it) gets the same points, the same most visits a group, and sixty seconds.
"""

import importlib
import math
import os
import random
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import F

from anlan.campaigns.commands import group
from anlan.campaigns.tests.scenes import somebody
from anlan.inspections import coverage, coverage_counts, coverage_map, draws_rules, jobs
from anlan.inspections import coverage_queries as queries
from anlan.inspections import draws_queries as draws
from anlan.inspections import sharing_rules as sharing
from anlan.inspections.coverage_models import Node, Roll
from anlan.inspections.states import Tier
from anlan.kernel import bulk
from anlan.kernel.scope import acting_as
from anlan.people.models import Organisation
from anlan.places import queries as places
from anlan.register.models import Enterprise, Premises, Workpost
from bench.result import Options, Row, clocked, median, p95
from bench.world import SECTORS, World, world

FIRMS, DRAWN, TIMES, SECONDS = 60_000, 200, 21, 60
SENT, GROUPS = 5000, 28


def measure(options: Options) -> list[Row]:
    here = world()
    _firms(here)
    began = clocked(lambda: _freeze(here))
    r = Roll.everything.get()
    _seen(r)
    return [*_coverage(here, r, began), *_draw(here), *_sent_out(here, r), _many(), _beside()]


def _firms(here: World) -> None:
    counties, rnd = [p.code for p in places.counties()], random.Random(1)
    start = Organisation.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    for first in range(start, start + FIRMS, 2000):
        keys = range(first, first + 2000)
        bulk.insert([
            Organisation(pk=k, name=f"企业{k:06d}", kind="ENTERPRISE", county=counties[k % 16]) for k in keys
        ])  # fmt: skip
        bulk.insert([
            Enterprise(
                organisation_id=k, state="ACTIVE", name=f"企业{k:06d}", county=counties[k % 16], town=f"{counties[k % 16]}001",
                sector=SECTORS[k // 16 % 5], is_key=k % 20 == 0,
                lng=f"{113 + rnd.random():.6f}", lat=f"{34.3 + rnd.random() * 0.6:.6f}",
            )
            for k in keys
        ])  # fmt: skip
        bulk.insert([Premises(enterprise_id=k, name="厂区", since=here.today) for k in keys])
        bulk.insert(
            [Workpost(enterprise_id=k, name=n, since=here.today) for k in keys for n in ("操作工", "电工")]
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('people_organisation', 'id'), (SELECT max(id) FROM people_organisation))"
            )


def _freeze(here: World) -> None:
    """As the worker does it, in portions."""
    coverage.freeze(
        by=here.clerk, at=here.now, name="全市排查", since=here.today, until=here.today + timedelta(days=60)
    )
    jobs.run_waiting(at=here.now)


def _seen(r: Roll) -> None:
    """A third of everything looked at, as the visits would have left it."""
    Node._base_manager.filter(roll=r, pk__in=_third(r)).update(
        visits=2, gov_no=1, self_no=1, first_on=r.since
    )
    cells = coverage_counts.Cell._base_manager.filter(roll=r)
    cells.delete()
    cells.bulk_create(coverage_counts.cells(r, Node._base_manager.filter(roll=r)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _third(r: Roll) -> Any:
    rows = Node._base_manager.filter(roll=r, subject__gt=0)
    return rows.annotate(third=F("subject") % 3).filter(third=0).values("pk")


def _timed(
    name: str, target: float | None, what: Callable[[], Any], *, said: str = "", times: int = TIMES
) -> Row:
    what()
    took = [clocked(what) for _ in range(times)]
    return Row(
        name=name, target=f"at most {target:.0f} ms" if target else "—", median=median(took), p95=p95(took), said=said,
        passed=None if target is None else median(took) <= target,
    )  # fmt: skip


def _coverage(here: World, r: Roll, began: float) -> list[Row]:
    nodes = Node._base_manager.filter(roll=r).count()

    def page() -> None:
        with acting_as(here.clerk):
            queries.tree(r, here.clerk)
            for tier in Tier:
                queries.beside(r, here.clerk, tier)

    def unseen() -> None:
        with acting_as(here.clerk):
            list(queries.unseen(r, Tier.ENTERPRISE).order_by("-risk", "-pk")[:51])

    def drawn() -> None:
        with acting_as(here.clerk):
            coverage_map.picture(r, dict(queries.beside(r, here.clerk, Tier.ENTERPRISE)))

    return [
        _timed("coverage of five tiers, tree and by county", 150, page, said=f"{nodes:,} nodes; frozen in {began / 1000:.1f} s"),
        _timed("the first fifty that nobody has seen", None, unseen),
        _timed("the map: boundaries, shades, points", 150, drawn),
    ]  # fmt: skip


def _draw(here: World) -> list[Row]:
    with acting_as(here.clerk):
        found = draws.candidates(counties=(), sectors=(), on=here.today)
        papers = {"kind": "RANDOM", "firms_no": DRAWN, "candidates": found,
                  "officers": [{"id": n, "barred": []} for n in range(40)]}  # fmt: skip
        laid = clocked(lambda: draws.candidates(counties=(), sectors=(), on=here.today))
    took = _timed(
        f"a draw of {DRAWN} out of {len(found):,}", 200, lambda: draws_rules.draw(papers, "seed"),
        said=f"laying out the papers, once before: {laid:.0f} ms",
    )  # fmt: skip
    return [took]


def _sent_out(here: World, r: Roll) -> list[Row]:
    """The whole act: from asking, over the plan that its sender looks at, to planned visits in every group's list."""
    counties = [p.code for p in places.counties()]
    groups = []
    for n in range(GROUPS):
        g = group.found(
            by=here.clerk, at=here.now, kind="SUPERVISE", name=f"市督导第{n + 1}组", since=here.today,
            until=here.today + timedelta(days=60),
        )  # fmt: skip
        member = somebody(f"组员{n + 1}", where=f"市属单位{n + 1}")
        group.join(g.pk, by=here.clerk, at=here.now, user=member.id, title="组长", head=True)
        for k in range(4):
            group.assign(g.pk, by=here.clerk, at=here.now, county=counties[(n + 4 * k) % 16])
        groups.append(g.pk)
    errand = jobs.ask_share(
        r, by=here.clerk, at=here.now, tier=Tier.ENTERPRISE, number=SENT, groups=groups, since=here.today,
        until=here.today + timedelta(days=30),
    )  # fmt: skip
    planned = clocked(lambda: jobs.run_waiting(at=here.now))
    errand.refresh_from_db()
    jobs.go_on(errand, at=here.now)
    sent = clocked(lambda: jobs.run_waiting(at=here.now))
    errand.refresh_from_db()
    return [
        Row(
            name=f"a plan of {errand.total:,} visits among {GROUPS} groups, from the question", target="at most 5 s",
            median=planned, said=f"{sum(p['km'] for p in errand.plan):,.0f} km", passed=planned <= 5000,
        ),
        Row(
            name=f"sending them out: {errand.done:,} planned visits", target="—", median=sent,
            said=f"by the worker in portions of {jobs.SLICE}, each with journal and notices; {errand.step}",
        ),
    ]  # fmt: skip


def scattered(n: int, groups: int) -> tuple[list[sharing.Stop], list[sharing.Team]]:
    """Points round sixteen towns; every group may go anywhere and starts in the middle."""
    rnd = random.Random(7)
    towns = [(rnd.gauss(0, 30), rnd.gauss(0, 20)) for _ in range(16)]
    stops = []
    for _ in range(n):
        x, y = towns[rnd.randrange(16)]
        stops.append(sharing.Stop(x + rnd.gauss(0, 7), y + rnd.gauss(0, 7), tuple(range(groups))))
    return stops, [sharing.Team(0, 0) for _ in range(groups)]


def _length(routes: list[list[int]], stops: Any, teams: Any) -> float:
    return sum(sharing.length(r, stops, t) for r, t in zip(routes, teams, strict=True))


def _many() -> Row:
    stops, teams = scattered(5000, 28)
    plans: list[list[list[int]]] = []
    took = [clocked(lambda: plans.append(sharing.share(stops, teams))) for _ in range(3)]
    sizes = [len(r) for r in plans[0]]
    return Row(
        name="sharing out 5,000 among 28 groups", target="at most 5 s", median=median(took), p95=max(took),
        said=f"{_length(plans[0], stops, teams):,.0f} km; {min(sizes)} to {max(sizes)} visits a group",
        passed=median(took) <= 5000,
    )  # fmt: skip


def _beside() -> Row:
    stops, teams = scattered(500, 8)
    plans: list[list[list[int]]] = []
    took = clocked(lambda: plans.append(sharing.share(stops, teams)))
    ours, theirs = _length(plans[0], stops, teams), _or_tools(stops, teams)
    name, target = "500 among 8 groups, beside OR-Tools in 60 s", "at most 10 % longer"
    if theirs is None:
        return Row(name=name, target=target, median=took, said=f"{ours:,.0f} km; OR-Tools is not installed")
    return Row(
        name=name, target=target, median=took, ratio=ours / theirs, said=f"{ours:,.0f} km; OR-Tools {theirs:,.0f} km",
        passed=ours <= 1.1 * theirs,
    )  # fmt: skip


def _or_tools(stops: list[sharing.Stop], teams: list[sharing.Team]) -> float | None:
    if folder := os.environ.get("ANLAN_ORTOOLS"):
        sys.path.append(folder)
    try:
        routing = importlib.import_module("ortools.constraint_solver.pywrapcp")
        enums = importlib.import_module("ortools.constraint_solver.routing_enums_pb2")
    except ImportError:
        return None
    points = [(0.0, 0.0), *((s.x, s.y) for s in stops)]
    metres = [[round(1000 * math.dist(a, b)) for b in points] for a in points]
    manager = routing.RoutingIndexManager(len(points), len(teams), 0)
    model = routing.RoutingModel(manager)
    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix(metres))
    one = model.RegisterUnaryTransitVector([0] + [1] * len(stops))
    model.AddDimensionWithVehicleCapacity(one, 0, sharing.caps(len(stops), teams), True, "visits")
    asked = routing.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = enums.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    asked.local_search_metaheuristic = enums.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    asked.time_limit.seconds = SECONDS
    solved = model.SolveWithParameters(asked)
    return solved.ObjectiveValue() / 1000 if solved else None
