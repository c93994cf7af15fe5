"""Tables as files: .csv and .xlsx of exactly the rows and columns of a list, one row at a time.

No cell starts a formula: in .csv such text gets an apostrophe, in .xlsx every text is written as text.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db.models import QuerySet

from anlan.kernel.tables import Column, Kind, Table, fields_of

CHUNK = 1000
#: whether to go on; called with rows done
Going = Callable[[int], bool]
_START = ("=", "+", "-", "@", "\t", "\r", "\n", "=", "+", "-", "@")
_EPOCH = date(1899, 12, 30)


class Stopped(Exception):
    """Somebody cancelled; what was written is to be thrown away."""


def safe(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_START) and not isinstance(cell, int) else text


def values(table: Table, columns: Sequence[Column], rows: QuerySet, going: Going) -> Iterator[list[Any]]:
    """Each row as its cells: which rows, is decided once; they are read a thousand at a time, so that nobody
    waits for the file and it can be stopped. Raises Stopped when told not to go on.
    """
    names, makers, fields = table.names(), [c.of for c in columns], fields_of(columns)
    model: Any = rows.model
    keys = list(rows.values_list("pk", flat=True))
    no = 0
    for start in range(0, len(keys), CHUNK):
        if not going(start):
            raise Stopped
        wanted = keys[start : start + CHUNK]
        read = (
            table.read(rows, wanted) if table.read else model.objects.opening(pk__in=wanted).values(*fields)
        )
        found = {row["pk"]: row for row in read}
        for pk in wanted:
            row = found.get(pk)
            if row is not None:
                no += 1
                row["no"] = no
                yield [make(row, names) for make in makers]


def to_csv(
    path: Path, *, table: Table, columns: Sequence[Column], rows: QuerySet, going: Going = lambda done: True
) -> int:
    """Write a .csv that spreadsheets open in Chinese. Returns how many rows."""
    n = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([safe(str(c.label)) for c in columns])
        for cells in values(table, columns, rows, going):
            writer.writerow([safe(cell) for cell in cells])
            n += 1
    return n


def to_xlsx(
    path: Path, *, table: Table, columns: Sequence[Column], rows: QuerySet, going: Going = lambda done: True
) -> int:
    """Write an .xlsx line by line, in little memory: days are days, figures figures, the rest text."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    n = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(str(table.title)[:31])
        head = book.add_format({"bold": True, "bg_color": "#F0F2F5", "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, column in enumerate(columns):
            sheet.set_column(at, at, _width(column))
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, str(column.label), head)
        for n, cells in enumerate(values(table, columns, rows, going), 1):
            for at, cell in enumerate(cells):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, date):
                    sheet.write_number(n, at, (cell - _EPOCH).days, day)
                elif isinstance(cell, int):
                    sheet.write_number(n, at, cell)
                else:
                    sheet.write_string(n, at, str(cell))
        sheet.autofilter(0, 0, max(n, 1), len(columns) - 1)
    return n


def _width(column: Column) -> int:
    return 44 if column.kind is Kind.WIDE else 12 if column.kind is Kind.DAY else 20


FORMS: dict[str, Callable[..., int]] = {"csv": to_csv, "xlsx": to_xlsx}


def write(
    path: Path, *, form: str, table: Table, columns: Sequence[Column], rows: QuerySet,
    going: Going = lambda done: True,
) -> int:  # fmt: skip
    """Write a file that is there only when it is whole."""
    part = path.with_name(f"{path.name}.part")
    try:
        n = FORMS[form](part, table=table, columns=columns, rows=rows, going=going)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return n


def named(title: str, at: datetime, form: str) -> str:
    return f"{title}-{at:%Y%m%d-%H%M}.{form}"
