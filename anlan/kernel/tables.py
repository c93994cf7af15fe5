"""A list said once: its columns, its rows, its order. Page, file and paper all draw from it.

A row is a dict of the fields that the chosen columns need, never an object: a file of 22,000 rows is
made of 22,000 small dicts, one at a time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import QuerySet

from anlan.kernel.scope import Actor

#: how far a list is counted; beyond it the total is said as "10,000+"
COUNTED = 10_000
Row = dict[str, Any]


class Kind(StrEnum):
    """How a column stands: words, long words, a code that is not broken, figures, days."""

    TEXT = ""
    WIDE = "wide"
    CODE = "code"
    NUMBER = "num"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `of` makes its value of a row (text, whole number, day or None) and the table's names.

    `needs` names the fields it is made of; `shape` the template that draws it on the page from these fields
    alone (`row`) and the value (`cell.value`), where it is more than words; `link` that it opens the row.
    """

    code: str
    label: Any
    needs: tuple[str, ...]
    of: Callable[[Row, Any], Any]
    kind: Kind = Kind.TEXT
    shape: str = ""
    link: bool = False


def plain(code: str, label: Any, *, kind: Kind = Kind.TEXT) -> Column:
    """A column that shows one field as it is."""
    return Column(code=code, label=label, needs=(code,), of=lambda row, _names: row[code], kind=kind)


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows along one axis, and how they are sorted: the key and, where an index holds it, its column."""

    rows: QuerySet
    key: str = "pk"
    column: str = ""
    ascending: bool = False

    def ordered(self) -> QuerySet:
        sign = "" if self.ascending else "-"
        if self.key == "pk":
            return self.rows.order_by(f"{sign}{self.column or 'pk'}")
        return self.rows.order_by(f"{sign}{self.key}", f"{sign}pk")

    def total(self, *, whole: int | None = None) -> int | None:
        """How many rows, or None where there are more than are counted. `whole`: all of them are in hand."""
        n = self.rows.order_by()[: COUNTED + 1].count() if whole is None else whole
        return n if n <= COUNTED else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`asks` are the names in an address that narrow it; `listing` reads them; `names` are looked up once
    for all rows: what codes are called. `kind` is the record, for the log of who took what away. `read` makes
    the dicts of some keys where the rows are of different kinds; else they are fields of the model.
    """

    code: str
    title: Any
    kind: str
    columns: tuple[Column, ...]
    shown: tuple[str, ...]
    asks: frozenset[str]
    listing: Callable[[Mapping[str, str], Actor, date], Listing]
    names: Callable[[], Any] = dict
    read: Callable[[QuerySet, Sequence[int]], Iterable[Row]] | None = None
    chinese: bool = False
    widths: Mapping[str, int] = field(default_factory=dict)

    def chosen(self, codes: Iterable[str] = ()) -> tuple[Column, ...]:
        """The named columns in their order; those shown by custom where none is known."""
        by_code = {c.code: c for c in self.columns}
        named = tuple(by_code[code] for code in dict.fromkeys(codes) if code in by_code)
        return named or tuple(by_code[code] for code in self.shown)

    def asked(self, said: Mapping[str, Any]) -> dict[str, str]:
        """What an address asks of this list, and nothing else."""
        return {k: str(v).strip()[:60] for k, v in said.items() if k in self.asks and str(v).strip()}


def fields_of(columns: Iterable[Column], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(("pk", *more, *(f for c in columns for f in c.needs if f != "no"))))


TABLES: dict[str, Table] = {}


def declare(table: Table) -> Table:
    TABLES[table.code] = table
    return table


@dataclass(frozen=True, slots=True)
class Cell:
    """A value on a page: its column and how it is said."""

    column: Column
    value: Any

    @property
    def text(self) -> str:
        return said(self.value)


def said(value: Any) -> str:
    """A value in words: "—" for nothing, days as 2019-08-06, figures with separators."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return f"{value:,}"
    return value.isoformat() if isinstance(value, date) else str(value)


def cells(columns: Sequence[Column], row: Row, names: Any) -> list[Cell]:
    return [Cell(c, c.of(row, names)) for c in columns]


class SavedView(models.Model):
    """A list as somebody keeps it: its address, under a name of his own. Seen by him alone."""

    person = models.BigIntegerField()
    table = models.CharField(max_length=30)
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "table", "name"], name="saved_view_name_once")
        ]

    def __str__(self) -> str:
        return self.name
