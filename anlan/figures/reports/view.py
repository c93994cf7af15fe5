"""A report's table as page and sheet show it: headings, cells, and what has changed since it was frozen."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from anlan.figures import whose
from anlan.figures.ask import Value, indicator
from anlan.figures.kinds import Rate
from anlan.figures.reports import filling, queries
from anlan.figures.reports.models import Frozen, Report
from anlan.figures.reports.shape import Column, Form
from anlan.figures.reports.tables import FORMS
from anlan.kernel.web import whole
from anlan.places import queries as places
from anlan.standards import queries as standards


def table(r: Report, *, nth: str = "") -> dict[str, Any]:
    """Everything that is shown of a report: live while it is filled in, else as it was frozen.

    `nth` asks for an earlier frozen table. The cells say what the records say now where that differs.
    """
    form = filling.form_of(r)
    versions = queries.frozen_of(r)
    shown = _asked(versions, nth, r)
    now = filling.fill(r)
    kept = shown.table if shown else None
    lines, changed = [], 0
    for row in form.rows(r.place):
        cells = []
        for column in form.columns:
            cell = now[row.key, column.key]
            value = filling.thawed(kept, row.key, column.key) if kept else cell.value
            differs = kept is not None and value != cell.value
            changed += differs
            cells.append(_cell(cell, value, differs, kept, row.key))
        lines.append({"row": row, "cells": cells})
    return {
        "form": form, "heads": heads(form.columns), "lines": lines, "versions": versions, "shown": shown,
        "changed": changed, "place": places.name_of(r.place), "whose": heading(r), "has_entered": has_entered(form, r),
    }  # fmt: skip


def _asked(versions: Sequence[Frozen], nth: str, r: Report) -> Frozen | None:
    number = whole(nth)
    if number is not None:
        return next((f for f in versions if f.nth == number), None)
    return versions[0] if versions and r.state in ("FROZEN", "FILED") else None


def _cell(cell: filling.Cell, value: Value, differs: bool, kept: Any, row: str) -> dict[str, Any]:
    i = indicator(cell.column.code)
    by = cell.by
    if kept is not None:
        by = kept["entered"].get(f"{row}.{cell.column.key}", [""])[0]
    return {
        "value": value,
        "text": filling.scaled(value, cell.column.scale),
        "column": cell.column,
        "href": "" if cell.filed or value is None else cell.href,
        "filed": cell.filed,
        "by": by,
        "now": filling.scaled(cell.value, cell.column.scale) if differs else "",
        "differs": differs,
        "is_rate": isinstance(i, Rate),
    }


def heads(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The upper line of the heading: groups with how many columns stand under each."""
    found: list[dict[str, Any]] = []
    for column in columns:
        if found and column.group and found[-1]["group"] == column.group:
            found[-1]["columns"].append(column)
        else:
            found.append({"group": column.group, "columns": [column]})
    return found


def heading(r: Report) -> str:
    """Whose figures these are: every heading says it (口径)."""
    return f"{whose.heading(())} · {standards.sector_name(r.sector) if r.sector else _('全部行业')}"


def named(r: Any) -> Any:
    """A report of a list, with the names that stand there."""
    r.title, r.place_name = FORMS[r.form].title, places.name_of(r.place)
    r.sector_name = standards.sector_name(r.sector) if r.sector else ""
    return r


def has_entered(form: Form, r: Report) -> bool:
    return any(filling.by_hand(form, form.rows(r.place)))


def grid(form: Form, entering: Any, r: Report) -> dict[str, Any]:
    """The fields of what is entered by hand as the form has them: a line for each row, a field for each column."""
    rows = {row.key: row for row in form.rows(r.place)}
    codes: dict[str, Any] = {}
    lines: dict[str, dict[str, Any]] = {}
    for row, code in filling.by_hand(form, rows.values()):
        column = next(c for c in form.columns if c.code == code)
        codes[code] = f"{column.group} {column.label}" if column.group else column.label
        lines.setdefault(row.key, {})[code] = entering[f"{row.key}.{code}"]
    heads = [(code, label, indicator(code).unit) for code, label in codes.items()]
    return {
        "heads": heads,
        "lines": [(rows[key].label, [fields.get(code) for code in codes]) for key, fields in lines.items()],
    }
