"""What a measurement says, and how times are taken."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table.

    `median` and `p95` in milliseconds, `ratio` to the floor (both None where they mean nothing), `said`
    what else was measured, with its unit; `passed` None where there is no target.
    """

    name: str
    target: str
    median: float | None = None
    p95: float | None = None
    ratio: float | None = None
    said: str = ""
    passed: bool | None = None

    def line(self) -> str:
        """As a line that the command that gathers them can read."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def markdown(self) -> str:
        verdict = "—" if self.passed is None else "pass" if self.passed else "**fail**"
        cells = (
            self.name, self.target, _number(self.median, " ms"), _number(self.p95, " ms"), _number(self.ratio, " ×"),
            self.said or "—", verdict,
        )  # fmt: skip
        return f"| {' | '.join(cells)} |"


HEAD = "| measured | target | median | p95 | to the floor | besides | |\n|---|---|---:|---:|---:|---|---|"  # fmt: skip


def _number(value: float | None, unit: str) -> str:
    return "—" if value is None else f"{value:.2f}{unit}"


@dataclass(frozen=True, slots=True)
class Options:
    """`hazards` is how many rows the large measurements make, `seconds` how long each kind of request runs."""

    hazards: int
    seconds: float


def p95(times: Sequence[float]) -> float:
    """The time that 95 of 100 do not exceed, in the unit of `times`."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def clocked(what: Callable[[], object]) -> float:
    """How long it took, in milliseconds."""
    began = time.perf_counter()
    what()
    return (time.perf_counter() - began) * 1000


def interleaved(*whats: Callable[[int], object], times: int, warm: int = 5) -> list[list[float]]:
    """Each in turn, `times` over, so that a slow moment strikes all alike; milliseconds of each.

    Every call is given its number, counted from 0; the first `warm` rounds are not kept.
    """
    taken: list[list[float]] = [[] for _ in whats]
    for n in range(times + warm):
        for what, kept in zip(whats, taken, strict=True):
            took = clocked(lambda what=what, n=n: what(n))
            if n >= warm:
                kept.append(took)
    return taken


def median(times: Sequence[float]) -> float:
    return statistics.median(times)
