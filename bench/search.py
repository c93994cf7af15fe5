"""Search in the ledger: words that many rows hold, words that few hold, for the city and for a small town."""

from datetime import date

from anlan.hazards import queries
from anlan.hazards.finding import SOURCE
from anlan.hazards.models import Hazard
from anlan.kernel import paging, search
from anlan.kernel.scope import SYSTEM, Actor, Level, acting_as
from bench.filling import fill
from bench.result import Options, Row, clocked, interleaved, median, p95
from bench.world import world

#: what is typed: in every row, in one of a hundred or fewer, in none, two words together, in many that are all old
TEXTS = {"common": "配电箱", "rare": "第77处", "absent": "液氨罐区", "two words": "线路 第12", "old": "第5"}
TIMES = 30


def measure(options: Options) -> list[Row]:
    here = world()
    fill(here, options.hazards)
    with acting_as(SYSTEM):
        built = clocked(lambda: search.rebuild(SOURCE))
    limit = 20 if options.hazards <= 200_000 else 60
    rows = [
        Row(
            name="search index rebuilt", target="—", said=f"{built / 1000:.1f} s for {options.hazards:,} rows"
        )
    ]
    town = _smallest_town()
    for who, actor in (("city", here.clerk), (f"a town of {town[1]:,}", _of_town(town[0]))):
        for kind, text in TEXTS.items():
            rows.append(_asked(f"search, {kind}, {who}", text, actor, here.today, limit))
    return rows


def _asked(name: str, text: str, actor: Actor, today: date, limit: int) -> Row:
    filters = queries.Filters(text=text)
    key, column = queries.order_of(filters)

    def ask(n: int) -> int:
        with acting_as(actor):
            found = queries.ledger(filters=filters, on=today).select_related("enterprise")
            return len(paging.page(found, key=key, column=column, cursor="", bound="", size=50).rows)

    (times,) = interleaved(ask, times=TIMES)
    shown = ask(0)
    return Row(
        name=name, target=f"p50 ≤ {limit} ms", median=median(times), p95=p95(times), said=f"{shown} shown",
        passed=median(times) <= limit,
    )  # fmt: skip


def _smallest_town() -> tuple[str, int]:
    with acting_as(SYSTEM):
        counts: dict[str, int] = {}
        for town in Hazard.objects.exclude(now_town="").values_list("now_town", flat=True).iterator():
            counts[town] = counts.get(town, 0) + 1
    return min(counts.items(), key=lambda pair: pair[1])


def _of_town(code: str) -> Actor:
    return Actor(
        id=9,
        name="镇安监",
        role="town_officer",
        level=Level.TOWN,
        code=code,
        can=frozenset({"see"}),
        organisation=9,
    )
