"""A question about figures and its answer, as plain values."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Indicator
from anlan.figures.periods import Period, month_of, week_of
from anlan.kernel.words import Reason, Refused

#: what a tally's cell tells; any period of ten years costs the same
CELLS = ("sector", "source", "grade", "system")
#: what follows from the day; read from the tally's days and months
TIMES = ("day", "week", "month")
#: what only the records tell; read from them by the same declaration
FROM_RECORDS = ("hour", "organisation", "enterprise", "group", "leader")
SPLITS = (*CELLS, *TIMES, *FROM_RECORDS)

Only = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: which figures, of which places, in which period, of which cells.

    `places` are codes of the city (4), counties (6) or towns (9 and more); with `regions` a county's
    code is the statistical region of that code, not the management unit. `only` narrows dimensions.
    `split` gives each figure per value of that dimension as well.
    """

    codes: tuple[str, ...]
    places: tuple[str, ...]
    period: Period
    only: Only = ()
    split: str = ""
    regions: bool = False

    def __post_init__(self) -> None:
        if self.split and self.split not in SPLITS:
            raise Refused(
                Reason(
                    "统计不能按“%(split)s”分组,可以按:%(known)s",
                    {"split": self.split, "known": "、".join(SPLITS)},
                )
            )


Value = int | float | None


@dataclass(slots=True)
class Table:
    """The answer: a value by (code, place, split value); "" where not split. None is no rate."""

    ask: Ask
    values: dict[tuple[str, str, str], Value] = field(default_factory=dict)

    def __getitem__(self, key: tuple[str, str]) -> Value:
        return self.values[(*key, "")]

    def parts(self, place: str) -> list[str]:
        """The values by which a figure of this place was split, in order."""
        return sorted({value for _code, at, value in self.values if at == place and value})

    def part(self, code: str, place: str, value: str) -> Value:
        """One part of a split figure; nothing counted is 0, except for rates."""
        empty: Any = (
            0 if (code, place, "") in self.values and self.values[code, place, ""] is not None else None
        )
        return self.values.get((code, place, value), empty)


def indicator(code: str) -> Indicator:
    """The declaration. Refused for an unknown code, naming the nearest ones."""
    if code in INDICATORS:
        return INDICATORS[code]
    near = get_close_matches(code, INDICATORS, n=3, cutoff=0.4)
    raise Refused(
        Reason("没有指标“%(code)s”,相近的有:%(near)s", {"code": code, "near": "、".join(near) or "—"}),
        "codes",
    )


def is_town(place: str) -> bool:
    return len(place) > 6


def is_city(place: str) -> bool:
    return len(place) <= 4


def bucket(day: date, split: str) -> str:
    """The day, or the first day of the week or month in which it lies."""
    if split == "week":
        return week_of(day).start.isoformat()
    return (day.replace(day=1) if split == "month" else day).isoformat()


def buckets(ask: Ask) -> list[str]:
    """Every bucket of a period, also those in which nothing happened."""
    days = (ask.period.start + timedelta(days=n) for n in range(ask.period.days))
    return list(dict.fromkeys(bucket(day, ask.split) for day in days))


def days_of(step: str, split: str, period: Period) -> Period:
    """The days of a bucket that lie within a period."""
    first = date.fromisoformat(step)
    whole = (
        week_of(first) if split == "week" else month_of(first) if split == "month" else Period(first, first)
    )
    return Period(max(whole.start, period.start), min(whole.end, period.end))
