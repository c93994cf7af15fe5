"""The child that reads a spreadsheet: little memory, little time, no Django.

Prints JSON, a line for each row: [number, [cells]]. A date is {"d": "2019-09-11"}, a number stays one.
The first line says what the sheet is. Merged cells are filled with their value. Blank rows are left
out, so that a million of them cost nothing above.
"""

import csv
import io
import json
import resource
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TextIO

MEMORY, CPU_S = 1536 * 1024 * 1024, 120
MOST_COLUMNS, MOST_ROWS = 120, 400_000
MOST_BYTES = 1024 * 1024 * 1024


class Unreadable(Exception):
    """Says in a word why: LOCKED, EMPTY, KIND, BOMB, COLUMNS, ROWS, BROKEN."""


def main(path: str, sink: TextIO = sys.stdout) -> None:
    """Read a file and print its rows; the last line is {"end": rows}, or {"refused": why}."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    try:
        count = 0
        for number, cells in _rows(Path(path)):
            count += 1
            if count > MOST_ROWS:
                raise Unreadable("ROWS")
            sink.write(json.dumps([number, cells], ensure_ascii=False) + "\n")
        if not count:
            raise Unreadable("EMPTY")
        sink.write(json.dumps({"end": count}) + "\n")
    except Unreadable as why:
        sink.write(json.dumps({"refused": str(why)}) + "\n")
    except MemoryError:
        sink.write(json.dumps({"refused": "BOMB"}) + "\n")


def _rows(path: Path) -> Any:
    head = path.open("rb").read(8)
    if head.startswith(b"PK"):
        _no_bomb(path)
        return _workbook(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _workbook(path)
    return _text(path)


def _no_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.infolist()
            if sum(i.file_size for i in names) > MOST_BYTES or len(names) > 2000:
                raise Unreadable("BOMB")
            if not any(i.filename.startswith("xl/") for i in names):
                raise Unreadable("KIND")
    except zipfile.BadZipFile:
        raise Unreadable("BROKEN") from None


def _workbook(path: Path) -> Any:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise Unreadable("LOCKED") from None
    except (calamine.CalamineError, OSError, ValueError):
        raise Unreadable("BROKEN") from None
    if not book.sheet_names:
        raise Unreadable("EMPTY")
    sheet = book.get_sheet_by_index(0)
    if sheet.total_width > MOST_COLUMNS:
        raise Unreadable("COLUMNS")
    filled = _merged(sheet)
    for n, row in enumerate(sheet.iter_rows()):
        cells = [_plain(cell) for cell in row]
        for at, (first, column) in filled.get(n, {}).items():
            if at < len(cells) and cells[at] == "":
                cells[at] = _known.get((first, column), "")
        for at, cell in enumerate(cells):
            if (n, at) in _starts:
                _known[n, at] = cell
        if any(cell != "" for cell in cells):
            yield n + 1, cells


_known: dict[tuple[int, int], Any] = {}
_starts: set[tuple[int, int]] = set()


def _merged(sheet: Any) -> dict[int, dict[int, tuple[int, int]]]:
    """row → column → where the merged cell begins. Titles that span a whole row are left as they are."""
    found: dict[int, dict[int, tuple[int, int]]] = {}
    for (top, left), (bottom, right) in getattr(sheet, "merged_cell_ranges", None) or ():
        if bottom - top > 5000 or right - left > 2:
            continue
        _starts.add((top, left))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    found.setdefault(row, {})[column] = (top, left)
    return found


def _plain(cell: Any) -> Any:
    if isinstance(cell, (datetime, date)):
        return {"d": cell.isoformat()[:10]}
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.strip() if isinstance(cell, str) else cell


def _text(path: Path) -> Any:
    data = path.read_bytes()
    if b"\x00" in data[:4096]:
        raise Unreadable("KIND")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable("KIND")
    csv.field_size_limit(1_000_000)
    try:
        for n, row in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
            if len(row) > MOST_COLUMNS:
                raise Unreadable("COLUMNS")
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield n, cells
    except csv.Error:
        raise Unreadable("BROKEN") from None


if __name__ == "__main__":
    main(sys.argv[1])
