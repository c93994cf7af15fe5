"""Figures over any period: a table of sixteen counties × twelve indicators, different firms, one month by county ×
sector × grade, and what keeping the tallies costs an act; each beside the bare GROUP BY in the same run.

The same questions are asked twice: with a campaign's hazards over 92 days, and once nine times as many lie before
them, over nine times as many days. What is asked of the last 92 days at most is compared with itself; two years are
another question with a longer history, and have a limit of their own. The rows are bare (see `filling.fill`): figures
read nothing else.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Count

from anlan.figures import engine
from anlan.figures.engine import Ask, Period
from anlan.hazards import commands
from anlan.hazards.models import Hazard
from anlan.kernel import tally
from anlan.places import queries as places
from bench import filling
from bench.result import Options, Row, clocked, interleaved, median, p95
from bench.world import World, world

TIMES, WARM, TENFOLD = 30, 3, 10
TWELVE = ("visits", "found", "found_general", "found_major", "rectified", "closed", "on_spot", "open", "open_major",
          "overdue", "ordered", "rectification_rate")  # fmt: skip
DIFFERENT = ("firms_with_hazards", "firms_checked", "firms_suspended")
GRADES = ("GENERAL", "MAJOR", "UNGRADED")


def measure(options: Options) -> list[Row]:
    here = world()
    kept = _keeping(here)
    filling.fill(here, options.hazards, bare=True)
    tally.fold()
    small = _asked(here)
    before, days = options.hazards * (TENFOLD - 1), filling.DAYS * (TENFOLD - 1)
    filling.fill(here, before, days=days, ago=filling.DAYS, bare=True)
    tally.fold()
    large = _asked(here)
    n, many = f"{options.hazards:,}", f"{options.hazards * TENFOLD:,}"
    return [*_rows(small, n, None), *_rows(large, many, small), kept]


Times = dict[str, tuple[list[float], list[float]]]
#: question → at most so many milliseconds; with ten times the history at most 1.3 × that (different ones: none)
LIMITS = {
    "16 × 12, last 30 days": 50.0, "16 × 12, last quarter": 50.0, "16 × 12, all of two years": 50.0,
    "different firms, 92 days": 150.0, "different firms, two years": 1500.0, "a month by county × sector × grade": 200.0,
}  # fmt: skip
RATIO = 1.3


def _asked(here: World) -> Times:
    """Each question and its bare GROUP BY, in turn."""
    at = ("4101", *(c.code for c in places.counties()))

    def last(days: int) -> Period:
        return Period(here.today - timedelta(days=days - 1), here.today)

    def table(days: int, codes: tuple[str, ...] = TWELVE) -> Callable[[int], Any]:
        return lambda n: engine.read(Ask(codes, at[1:], last(days)))

    def bare(days: int, *columns: str, of: str = "pk") -> Callable[[int], Any]:
        rows = Hazard.everything.filter(found_on__range=(last(days).start, here.today)).order_by()
        return lambda n: list(rows.values_list(*columns).annotate(n=Count(of, distinct=of != "pk")))

    def by_three(n: int) -> None:
        for grade in GRADES:
            engine.read(Ask(("found",), at[1:], last(30), (("grade", (grade,)),), "sector"))

    questions = {
        "16 × 12, last 30 days": (table(30), bare(30, "found_county")),
        "16 × 12, last quarter": (table(92), bare(92, "found_county")),
        "16 × 12, all of two years": (table(730), bare(730, "found_county")),
        "different firms, 92 days": (table(92, DIFFERENT), bare(92, "found_county", of="enterprise_id")),
        "different firms, two years": (table(730, DIFFERENT), bare(730, "found_county", of="enterprise_id")),
        "a month by county × sector × grade": (by_three, bare(30, "found_county", "found_sector", "grade")),
    }
    found: Times = {}
    for name, (ours, floor) in questions.items():
        times = TIMES if clocked(lambda ours=ours: ours(0)) < 500 else 5
        taken = interleaved(ours, floor, times=times, warm=WARM)
        found[name] = (taken[0], taken[1])
    return found


def _rows(taken: Times, n: str, small: Times | None) -> list[Row]:
    rows = []
    for name, (ours, floor) in taken.items():
        limit, p50 = LIMITS[name], median(ours)
        said, target, passed = f"bare GROUP BY {median(floor):.1f} ms", f"p50 ≤ {limit:.0f} ms", p50 <= limit
        if small is not None:
            before = median(small[name][0])
            said += f"; {before:.1f} ms with a tenth"
            if "two years" in name:
                target, passed = f"p50 ≤ {RATIO} × {limit:.0f} ms", p50 <= RATIO * limit
            elif "different" not in name and "month" not in name:
                target += f", ≤ {RATIO} × a tenth of the history"
                passed = passed and p50 <= RATIO * before
        rows.append(Row(
            name=f"{name}, {n} hazards", target=target, median=p50, p95=p95(ours), ratio=p50 / median(floor), said=said,
            passed=passed,
        ))  # fmt: skip
    return rows


def _keeping(here: World, times: int = 200, warm: int = 20) -> Row:
    """An act with and without what it writes into the tallies, in turn."""
    keys = here.found(2 * (times + warm))
    written = tally.write

    def act(pk: int) -> None:
        commands.order(pk, by=here.officer, at=here.now, **here.order)

    def without(n: int) -> None:
        tally.write = lambda delta: None
        try:
            act(keys[2 * n + 1])
        finally:
            tally.write = written

    ours, bare = interleaved(lambda n: act(keys[2 * n]), without, times=times, warm=warm)
    ratio = median(ours) / median(bare)
    return Row(
        name="keeping tallies, of an act", target="at most 15 %", median=median(ours), p95=p95(ours), ratio=ratio,
        said=f"{100 * (ratio - 1):.1f} % more than {median(bare):.2f} ms without", passed=ratio <= 1.15,
    )  # fmt: skip
