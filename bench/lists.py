"""Lists of fifty out of a campaign's ledger, filtered and scoped: by API and as a page, for the city and for
a county; and the pages that are opened most.

The floor of a list is its query alone, through the ORM, and its rows as plain JSON.
"""

import json

from anlan.hazards import queries
from anlan.hazards.api import COLUMNS
from anlan.hazards.models import Hazard
from anlan.kernel.scope import Actor, acting_as
from bench.filling import fill
from bench.result import Options, Row, interleaved, median, p95
from bench.visitor import Visitor
from bench.world import World, world

TIMES = 60
#: asked in turn: each narrows by a column of an index
FILTERS = (
    {"state": "RECTIFYING"},
    {"state": "REVIEW"},
    {"sector": "TRADE"},
    {"grade": "MAJOR"},
    {"when": "overdue"},
)
SIZE = 50


def measure(options: Options) -> list[Row]:
    here = world()
    fill(here, options.hazards)
    rows = []
    medians = {}
    for who, actor in (("city", here.clerk), ("county", here.county_clerk)):
        visitor, floor = Visitor(actor), Floor(here, actor)
        api, page, under = interleaved(
            lambda n, v=visitor: v.get(f"/api/v1/hazards?{_query(n)}"),
            lambda n, v=visitor: v.get(f"/hazards/?{_query(n)}"),
            floor,
            times=TIMES,
        )
        for name, target, times in ((f"API list of 50, {who}", 8, api), (f"ledger page, {who}", 25, page)):
            medians[name] = median(times)
            rows.append(
                Row(
                    name=name, target=f"p50 ≤ {target} ms", median=median(times), p95=p95(times),
                    ratio=median(times) / median(under), said=f"floor {median(under):.2f} ms, {options.hazards:,} hazards",
                    passed=median(times) <= target,
                )
            )  # fmt: skip
        rows += _pages(visitor, actor, who)
    ratio = medians["API list of 50, county"] / medians["API list of 50, city"]
    rows.append(Row(name="API list, county beside city", target="≤ 1.1 ×", ratio=ratio, passed=ratio <= 1.1))
    return rows


def _query(n: int) -> str:
    ((name, value),) = FILTERS[n % len(FILTERS)].items()
    return f"{name}={value}"


def _pages(visitor: Visitor, actor: Actor, who: str) -> list[Row]:
    """What has no target of its own."""
    with acting_as(actor):
        keys = list(
            Hazard.objects.filter(state="CLOSED").order_by("-found_at").values_list("pk", flat=True)[:50]
        )
    desk, record = interleaved(
        lambda n: visitor.get("/"),
        lambda n: visitor.get(f"/hazards/{keys[n % len(keys)]}/"),
        times=TIMES // 2,
    )
    return [
        Row(name=f"desk, {who}", target="—", median=median(desk), p95=p95(desk)),
        Row(name=f"record page, {who}", target="—", median=median(record), p95=p95(record)),
    ]


class Floor:
    """The rows of a list and nothing else."""

    def __init__(self, here: World, actor: Actor):
        self.here, self.actor = here, actor

    def __call__(self, n: int) -> None:
        filters = queries.Filters(**FILTERS[n % len(FILTERS)])
        with acting_as(self.actor):
            found = queries.ledger(filters=filters, on=self.here.today)
            rows = list(found.order_by("-found_at", "-pk").values(*COLUMNS)[: SIZE + 1])
        json.dumps(rows, ensure_ascii=False, default=str)
