"""A form's table counted from the records, each cell with what it rests on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.http import urlencode

from anlan.figures import engine
from anlan.figures.ask import Only, Value, indicator
from anlan.figures.kinds import Added, Filed, Rate
from anlan.figures.periods import Period
from anlan.figures.reports.models import FiledFigure, Report
from anlan.figures.reports.shape import Column, Form, Row
from anlan.figures.reports.tables import FORMS
from anlan.kernel import canonical
from anlan.places import queries as places

#: the key of a cell: row, column
At = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and what was asked for it; `by` is who entered it, where it was entered by hand."""

    value: Value
    column: Column
    place: str
    period: Period
    only: Only
    filed: bool = False
    by: str = ""
    on: date | None = None

    @property
    def href(self) -> str:
        """Into the records that were counted."""
        asked: list[tuple[str, Any]] = [
            ("code", self.column.code), ("place", self.place), ("from", self.period.start), ("to", self.period.end),
        ]  # fmt: skip
        asked += [(d, v) for d, values in self.only for v in values]
        return urlencode(asked)

    @property
    def shown(self) -> Value | str:
        """As the form shows it: 万元 with two decimals."""
        return scaled(self.value, self.column.scale)


def scaled(value: Value, scale: int) -> Value | str:
    return value if value is None or scale == 1 else f"{value / scale:,.2f}"


def form_of(r: Report) -> Form:
    return FORMS[r.form]


def by_hand(form: Form, rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """The cells that are entered: row and indicator. Rates and totals are worked out."""
    for row in rows:
        for column in form.columns:
            i = indicator(column.code)
            if not row.total and not isinstance(i, Rate | Added) and (row.by_hand or isinstance(i, Filed)):
                yield row, column.code


def fill(r: Report) -> dict[At, Cell]:
    """Every cell of a report as the records say now, and what was entered by hand as it was entered.

    A county's draft shows its own numbers; the city's report adds up what its counties have filed.
    """
    form, period = form_of(r), Period(r.start, r.end)
    rows = form.rows(r.place)
    cells = counted(
        form, rows, place=r.place, period=period, only=(("sector", (r.sector,)),) if r.sector else ()
    )
    entered = _entered(r)
    parts_of = [p for i in map(indicator, form.codes) if isinstance(i, Added) for p in i.parts]
    totals = {code: _added(rows, code, entered) for code in (*form.codes, *parts_of)}
    for row in rows:
        for column in form.columns:
            i, cell = indicator(column.code), cells[row.key, column.key]
            if isinstance(i, Filed | Added) or row.by_hand:
                if isinstance(i, Rate):
                    cells[row.key, column.key] = replace(cell, value=_rate(i, row.key, entered), filed=True)
                    continue
                if isinstance(i, Added):
                    parts = [totals[p] if row.total else entered.get((row.key, p), Said()) for p in i.parts]
                    said = _sum(parts)
                else:
                    said = totals[column.code] if row.total else entered.get((row.key, column.code), Said())
                cells[row.key, column.key] = replace(cell, value=said.n, filed=True, by=said.by, on=said.on)
    return cells


@dataclass(frozen=True, slots=True)
class Said:
    """What was entered by hand, by whom and when."""

    n: int | None = None
    by: str = ""
    on: date | None = None


def _entered(r: Report) -> dict[tuple[str, str], Said]:
    """By row and indicator: the report's own numbers, or of the city the sums over what was filed."""
    if r.county:
        return {(x.row, x.code): Said(x.n, x.by_name, x.on) for x in FiledFigure.objects.of([r])}
    rows = FiledFigure.everything.filter(
        report__form=r.form, start=r.start, end=r.end, counts=True, report__sector=r.sector
    ).order_by("report__county")
    found: dict[tuple[str, str], Said] = {}
    for x in rows:
        for row in {x.row, x.county}:  # a row of the form, and the county as a row of its own
            had = found.get((row, x.code), Said(0))
            name = places.name_of(x.county)
            by = had.by if name in had.by.split("、") else "、".join(filter(None, (had.by, name)))
            found[row, x.code] = Said((had.n or 0) + x.n, by, x.on)
    return found


def _added(rows: Iterable[Row], code: str, entered: Mapping[tuple[str, str], Said]) -> Said:
    return _sum([entered[row.key, code] for row in rows if not row.total and (row.key, code) in entered])


def _sum(parts: Iterable[Said]) -> Said:
    known = [said.n for said in parts if said.n is not None]
    return Said(sum(known)) if known else Said()


def _rate(i: Rate, row: str, entered: Mapping[tuple[str, str], Said]) -> Value:
    part, whole = (entered.get((row, code), Said()).n for code in (i.part, i.whole))
    return None if part is None or not whole else round(100 * part / whole, 1)


def counted(
    form: Form, rows: Sequence[Row], *, place: str, period: Period, only: Only = ()
) -> dict[At, Cell]:
    """The cells of a form for a place and a period. Cells that ask the same are asked together."""
    asked: dict[tuple[Only, Period], dict[str, set[str]]] = defaultdict(
        lambda: {"codes": set(), "places": set()}
    )
    cells: list[tuple[At, Row, Column, Only | None, Period]] = []
    for row in rows:
        for column in form.columns:
            narrowed = together(only, row.only, column.only)
            span = Period(period.start.replace(month=1, day=1), period.end) if column.so_far else period
            cells.append(((row.key, column.key), row, column, narrowed, span))
            if (
                narrowed is not None
                and not row.by_hand
                and not isinstance(indicator(column.code), Filed | Added)
            ):
                asked[narrowed, span]["codes"].add(column.code)
                asked[narrowed, span]["places"].add(row.place or place)
    tables = {
        key: engine.read(engine.Ask(tuple(sorted(what["codes"])), tuple(sorted(what["places"])), key[1], key[0]))
        for key, what in asked.items()
    }  # fmt: skip
    found = {}
    for at, row, column, narrowed, span in cells:
        where = row.place or place
        table = tables.get((narrowed, span)) if narrowed is not None else None
        asked_here = table is not None and column.code in table.ask.codes and not row.by_hand
        value = table[column.code, where] if table is not None and asked_here else None
        found[at] = Cell(value, column, where, span, narrowed or (), row.by_hand)
    return found


def together(*narrowings: Only) -> Only | None:
    """All narrowings at once; None where they have nothing in common."""
    cells: dict[str, tuple[str, ...]] = {}
    for narrowing in narrowings:
        for dimension, values in narrowing:
            kept = tuple(v for v in values if v in cells[dimension]) if dimension in cells else tuple(values)
            if not kept:
                return None
            cells[dimension] = kept
    return tuple(sorted(cells.items()))


def frozen_text(r: Report, *, at: datetime) -> str:
    """The table as canonical text: what is asked of whom, every cell, and who entered what."""
    form, cells = form_of(r), fill(r)
    values: dict[str, dict[str, int | str | None]] = {}
    entered: dict[str, list[str]] = {}
    for (row, column), cell in cells.items():
        kept = f"{cell.value:.1f}" if isinstance(cell.value, float) else cell.value
        values.setdefault(row, {})[column] = kept
        if cell.by:
            entered[f"{row}.{column}"] = [cell.by, str(cell.on)]
    said = {
        "form": r.form, "place": r.place, "sector": r.sector, "start": r.start, "end": r.end, "at": at,
        "columns": [c.key for c in form.columns], "rows": [row.key for row in form.rows(r.place)],
        "cells": values, "entered": entered,
    }  # fmt: skip
    return canonical.text(canonical.plain(said))


def thawed(table: Mapping[str, Any], row: str, column: str) -> Value:
    """A value out of a frozen table; rates are kept as text there, canonical bytes know no fractions."""
    value = table["cells"].get(row, {}).get(column)
    return float(value) if isinstance(value, str) else value
