"""The child that reads a spreadsheet: little memory, little time, no Django.

Prints JSON, a line for each row: [number, [cells]], each cell as text. The first line is {"head": …}: how
many rows there are, which sheet this is of how many, and what was noticed. Merged cells are filled with
their value. Blank rows are left out, so that a million of them cost nothing above.
"""

import csv
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

MEMORY, CPU_S = 1024 * 1024 * 1024, 90
MOST_COLUMNS, MOST_ROWS = 120, 400_000
MOST_BYTES, MOST_PARTS = 512 * 1024 * 1024, 2000
#: so much of a sheet is looked through for formulas
LOOKED = 2 * 1024 * 1024


class Unreadable(Exception):
    """Says in a word why: LOCKED, EMPTY, KIND, BOMB, COLUMNS, ROWS, BROKEN."""


def main(path: str, which: int = 0, sink: TextIO = sys.stdout) -> None:
    """Read one sheet of a file and print its rows; the last line is {"end": rows}, or {"refused": why}."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    try:
        count = 0
        head, rows = _opened(Path(path), which)
        sink.write(encode({"head": head}) + "\n")
        for number, cells in rows:
            count += 1
            if count > MOST_ROWS:
                raise Unreadable("ROWS")
            sink.write(encode([number, cells]) + "\n")
        if not count:
            raise Unreadable("EMPTY")
        sink.write(encode({"end": count}) + "\n")
    except Unreadable as why:
        sink.write(encode({"refused": str(why)}) + "\n")
    except MemoryError:
        sink.write(encode({"refused": "BOMB"}) + "\n")


def _opened(path: Path, which: int) -> tuple[dict[str, Any], Iterator[tuple[int, list[Any]]]]:
    head = path.open("rb").read(8)
    if not head:
        raise Unreadable("EMPTY")
    if head.startswith(b"PK"):
        return _workbook(path, which, _noticed(path))
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _workbook(path, which, [])
    return _text(path)


# -- workbooks -------------------------------------------------------------------------------------


def _noticed(path: Path) -> list[str]:
    """Refuse a bomb and what is no workbook; say what is in it beside values."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {i.filename: i for i in archive.infolist()}
            if sum(i.file_size for i in parts.values()) > MOST_BYTES or len(parts) > MOST_PARTS:
                raise Unreadable("BOMB")
            if not any(name.startswith("xl/") for name in parts):
                raise Unreadable("KIND")
            found = []
            if any(name.endswith("vbaProject.bin") for name in parts):
                found.append("MACROS")
            if any(name.startswith("xl/externalLinks/") for name in parts):
                found.append("LINKS")
            sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
            if any(_has_formulas(archive, name) for name in sheets[:3]):
                found.append("FORMULAS")
            return found
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise Unreadable("BROKEN") from None


def _has_formulas(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        begin = part.read(LOOKED)
    return b"<f>" in begin or b"<f " in begin


def _workbook(path: Path, which: int, noticed: list[str]) -> Any:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
        if which >= len(names):
            raise Unreadable("EMPTY")
        sheet = book.get_sheet_by_index(which)
    except calamine.PasswordError:
        raise Unreadable("LOCKED") from None
    except (calamine.CalamineError, OSError, ValueError):
        raise Unreadable("LOCKED" if _is_locked(path) else "BROKEN") from None
    if sheet.total_width > MOST_COLUMNS:
        raise Unreadable("COLUMNS")
    head = {
        "rows": sheet.end[0] + 1 if sheet.end else 0,
        "sheet": names[which],
        "sheets": len(names),
        "noticed": noticed,
    }
    return head, _unmerged(sheet)


def _is_locked(path: Path) -> bool:
    """A workbook with a password is a container with the encrypted package in it."""
    return "EncryptedPackage".encode("utf-16-le") in path.open("rb").read(4 * 1024 * 1024)


def _unmerged(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Rows that are not blank, each cell of a merged range with the value of its first."""
    filled, starts = _merged(sheet)
    known: dict[tuple[int, int], Any] = {}
    for n, row in enumerate(sheet.iter_rows()):
        cells = [_plain(cell) for cell in row]
        if n in filled or n in starts:
            for at, begin in filled.get(n, {}).items():
                if at < len(cells) and cells[at] == "":
                    cells[at] = known.get(begin, "")
            for at in starts.get(n, ()):
                known[n, at] = cells[at] if at < len(cells) else ""
        if any(cells):
            yield n + 1, cells


def _merged(sheet: Any) -> tuple[dict[int, dict[int, tuple[int, int]]], dict[int, list[int]]]:
    """row → column → where the merged cell begins; and row → columns at which one begins.

    Rows are counted from the first of the sheet, columns from the first that is filled. Titles that span
    a whole row are left as they are.
    """
    before = (sheet.start or (0, 0))[1]
    found: dict[int, dict[int, tuple[int, int]]] = {}
    starts: dict[int, list[int]] = {}
    for (top, left), (bottom, right) in getattr(sheet, "merged_cell_ranges", None) or ():
        if bottom - top > 5000 or right - left > 2:
            continue
        left, right = left - before, right - before
        starts.setdefault(top, []).append(left)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    found.setdefault(row, {})[column] = (top, left)
    return found, starts


def _plain(cell: Any) -> str:
    """A cell as text: a day as 2019-09-11, a whole number without a point."""
    if type(cell) is str:
        return cell.strip()
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()[:10]
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


# -- text ------------------------------------------------------------------------------------------


def _text(path: Path) -> Any:
    data = path.read_bytes()
    text = _decoded(data)
    said, _, rest = text.partition("\n")
    if said.strip().strip('"').lower().startswith("sep=") and len(said.strip()) <= 6:
        delimiter, text, first = said.strip().strip('"')[4:] or ",", rest, 2
    else:
        delimiter, first = _delimiter(text), 1
    rows = text.count("\n") + 1
    return {"rows": rows, "sheet": "", "sheets": 1, "noticed": []}, _cut(text, delimiter, first)


def _decoded(data: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else GB 18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in data[:4096]:
        raise Unreadable("KIND")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if text.lstrip().lower().startswith(("<html", "<!doctype", "<?xml", "{\\rtf", "%pdf")):
                raise Unreadable("KIND")
            return text
    raise Unreadable("KIND")


def _delimiter(text: str) -> str:
    """The sign that divides the widest of the first rows into most cells."""
    begin = text[:20_000].splitlines()[:20]
    return max(",;\t|", key=lambda sign: (max((line.count(sign) for line in begin), default=0), sign == ","))


def _cut(text: str, delimiter: str, first: int) -> Iterator[tuple[int, list[Any]]]:
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        number = first
        for row in reader:
            if len(row) > MOST_COLUMNS:
                raise Unreadable("COLUMNS")
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, cells
            number += 1
    except csv.Error:
        raise Unreadable("BROKEN") from None


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
