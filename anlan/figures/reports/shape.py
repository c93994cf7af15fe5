"""What a form is made of: columns that are indicators, rows that narrow them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anlan.figures.ask import Only
from anlan.figures.reports.states import Cadence


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: an indicator under the form's own words.

    `group` is the heading over several columns, `only` narrows further, `scale` divides what is shown (万元: 10,000).
    `so_far`: counted from the first day of the year, not of the period (累计).
    """

    code: str
    label: Any
    group: Any = ""
    only: Only = ()
    scale: int = 1
    so_far: bool = False

    @property
    def key(self) -> str:
        """The name of the column within its form."""
        cells = "".join(f".{d}-{'-'.join(values)}" for d, values in self.only)
        return f"{self.code}{cells}{'.y' if self.so_far else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: what of the place it counts; `place` where the row is a place of its own.

    `unit` says what its firms are counted in, where the form's rows differ. `deep` indents. `total`: what is entered
    by hand is added up here. `by_hand`: the system sees nothing of this row, every number of it is entered.
    """

    key: str
    label: Any
    only: Only = ()
    place: str = ""
    unit: Any = ""
    deep: int = 0
    total: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form. `rows` are fixed, or made for the place that reports. `note` stands under the table."""

    code: str
    title: Any
    cadence: Cadence
    first: Any
    columns: tuple[Column, ...]
    rows: Callable[[str], tuple[Row, ...]]
    note: Any = ""
    unit: Any = ""
    wide: bool = field(default=True)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c.code for c in self.columns))


def fixed(*rows: Row) -> Callable[[str], tuple[Row, ...]]:
    """The same rows wherever it is filed."""
    return lambda place: rows


def sector(*codes: str) -> Only:
    return (("sector", codes),)
