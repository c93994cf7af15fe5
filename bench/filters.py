"""Five named filters of the ledger over ten times as many hazards, beside the same over a campaign's.

Two installations side by side, one of them in a process of its own, asked in turn in the same run: the
ratio is what ten times the rows cost. The rows are bare (see `filling.fill`): a list reads nothing else.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from bench.filling import fill
from bench.result import Options, Row, clocked, median, p95
from bench.scratch import ROOT, Scratch
from bench.visitor import Visitor
from bench.world import World, world

TIMES, WARM, TENFOLD = 40, 5, 10
LIMIT = 1.3
START = "import sys, django; django.setup(); from bench.filters import serve; serve(int(sys.argv[1]))"
FILTERS = {
    "overdue": "when=overdue", "major": "grade=MAJOR", "in review": "state=REVIEW", "a rare sector": "sector=COAL",
    "a week": "since={week}&until={today}",
}  # fmt: skip


def measure(options: Options) -> list[Row]:
    here = world()
    with _beside(options.hazards) as ask_small:
        fill(here, options.hazards * TENFOLD, bare=True)
        answers = Answers(here)
        rows = []
        for who in ("city", "county"):
            for name in FILTERS:
                small, large = [], []
                for n in range(TIMES + WARM):
                    pair = ask_small(who, name), answers(who, name)
                    if n >= WARM:
                        small.append(pair[0])
                        large.append(pair[1])
                rows.append(_row(who, name, small, large, options))
    return rows


def _row(who: str, name: str, small: list[float], large: list[float], options: Options) -> Row:
    ratio = median(large) / median(small)
    return Row(
        name=f"API list, {name}, {who}, {options.hazards * TENFOLD:,} hazards",
        target=f"≤ {LIMIT} × the same with {options.hazards:,}", median=median(large), p95=p95(large), ratio=ratio,
        said=f"{median(small):.2f} ms with {options.hazards:,}", passed=ratio <= LIMIT,
    )  # fmt: skip


class Answers:
    """How long this installation takes for a list, in milliseconds."""

    def __init__(self, here: World):
        self.here = here
        self.visitors = {"city": Visitor(here.clerk), "county": Visitor(here.county_clerk)}

    def __call__(self, who: str, name: str) -> float:
        week = self.here.today - timedelta(days=6)
        query = FILTERS[name].format(week=week, today=self.here.today)
        return clocked(lambda: self.visitors[who].get(f"/api/v1/hazards?{query}"))


@contextmanager
def _beside(hazards: int) -> Iterator:
    """Another installation in a process of its own, and how to ask it."""
    with Scratch() as there:
        words = [sys.executable, "-c", START, str(hazards)]
        other = subprocess.Popen(
            words,
            env=there.env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        assert other.stdin
        assert other.stdout
        say, hear = other.stdin, other.stdout

        def ask(who: str, name: str) -> float:
            print(f"{who}|{name}", file=say, flush=True)
            return float(hear.readline())

        try:
            if hear.readline().strip() != "filled":
                raise RuntimeError("the smaller installation could not be filled")
            yield ask
        finally:
            say.close()
            other.wait(30)


def serve(hazards: int) -> None:
    """The other side: answers line by line until nothing more is asked."""
    here = world()
    fill(here, hazards, bare=True)
    answers = Answers(here)
    print("filled", flush=True)
    for line in sys.stdin:
        who, name = line.strip().split("|")
        print(answers(who, name), flush=True)
