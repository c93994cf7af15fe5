"""The child that reads and fills a workbook: standard library only, little memory, little time, no Django.

Nothing but the cells with codes is changed: layout, pictures, formulas and print settings stay byte for byte, and
formulas are worked out anew when the file is opened.
"""

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from xml.etree import ElementTree
from xml.sax.saxutils import escape

MEMORY, CPU_S = 512 * 1024 * 1024, 15
MOST_BYTES, MOST_PARTS, MOST_CELLS = 64 * 1024 * 1024, 2000, 5000
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.S)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_VALUE = re.compile(r"<v>(\d+)</v>")

Cells = dict[str, dict[str, str]]


class Unreadable(Exception):
    """Says in a word why: KIND, BOMB, CELLS."""


class Book:
    """One workbook, as its parts."""

    def __init__(self, data: bytes):
        try:
            self.packed = zipfile.ZipFile(io.BytesIO(data))
            parts = self.packed.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_BYTES:
                raise Unreadable("BOMB")
            self.sheets = self._sheets()
            self.strings = self._strings()
        except (
            zipfile.BadZipFile,
            KeyError,
            ElementTree.ParseError,
            UnicodeDecodeError,
            ValueError,
        ) as error:
            raise Unreadable("KIND") from error

    def _text(self, name: str) -> str:
        text = self.packed.read(name).decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise Unreadable("KIND")
        return text

    def _sheets(self) -> dict[str, str]:
        """Name → part."""
        related = ElementTree.fromstring(self._text("xl/_rels/workbook.xml.rels"))  # noqa: S314  no entities
        targets = {r.get("Id"): str(r.get("Target")) for r in related}
        book = ElementTree.fromstring(self._text("xl/workbook.xml"))  # noqa: S314
        found = {}
        for sheet in book.iter(f"{NS}sheet"):
            target = targets[sheet.get(RELATED)]
            found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return found

    def _strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.packed.namelist():
            return []
        tree = ElementTree.fromstring(self._text("xl/sharedStrings.xml"))  # noqa: S314
        return [
            "".join(t.text or "" for t in item.iter(f"{NS}t")) for item in tree.iter(f"{NS}si")
        ]  # fmt: skip

    def _said(self, head: dict[str, str], inside: str) -> str:
        """What stands in a cell, if it is text."""
        if head.get("t") == "s" and (found := _VALUE.search(inside)):
            return self.strings[int(found[1])] if int(found[1]) < len(self.strings) else ""
        if head.get("t") == "inlineStr":
            tree = ElementTree.fromstring(f'<is xmlns="{NS[1:-1]}">{inside}</is>')  # noqa: S314
            return "".join(t.text or "" for t in tree.iter(f"{NS}t"))
        return ""

    def _with_codes(self, text: str) -> Iterator[tuple[re.Match[str], dict[str, str], str]]:
        for cell in _CELL.finditer(text):
            head = dict(_ATTRIBUTE.findall(cell[1]))
            said = self._said(head, cell[2] or "")
            if "{{" in said:
                yield cell, head, said

    def cells(self) -> Cells:
        """Sheet → cell → its text, of the cells that hold codes."""
        found: Cells = {}
        for name, part in self.sheets.items():
            if part not in self.packed.namelist():
                continue  # a chart on a sheet of its own
            mine = {
                head["r"]: said for _cell, head, said in self._with_codes(self._text(part)) if "r" in head
            }
            if mine:
                found[name] = mine
        if sum(map(len, found.values())) > MOST_CELLS:
            raise Unreadable("CELLS")
        return found

    def filled(self, values: dict[str, dict[str, float | str]]) -> bytes:
        """The workbook with these cells; a number as a number, words as words."""
        parts = {part: values.get(name, {}) for name, part in self.sheets.items()}
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as out:
            for info in self.packed.infolist():
                data = self.packed.read(info)
                if parts.get(info.filename):
                    data = self._put(self._text(info.filename), parts[info.filename]).encode()
                elif info.filename == "xl/workbook.xml":
                    data = _worked_out_anew(self._text(info.filename)).encode()
                out.writestr(info, data)
        return sink.getvalue()

    def _put(self, text: str, values: dict[str, float | str]) -> str:
        pieces, at = [], 0
        for cell, head, _said in self._with_codes(text):
            where = head.get("r", "")
            if where not in values:
                continue
            value = values[where]
            kept = f' s="{head["s"]}"' if "s" in head else ""
            if isinstance(value, str):
                made = f'<c r="{where}"{kept} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
            else:
                made = f'<c r="{where}"{kept}><v>{value}</v></c>'
            pieces += [text[at : cell.start()], made]
            at = cell.end()
        return "".join([*pieces, text[at:]])


def _worked_out_anew(text: str) -> str:
    """Formulas over the filled cells hold old results: say that they are to be worked out."""
    if "<calcPr" in text:
        text = re.sub(r'\sfullCalcOnLoad="[^"]*"', "", text)
        return text.replace("<calcPr", '<calcPr fullCalcOnLoad="1"', 1)
    after = "</definedNames>" if "</definedNames>" in text else "</sheets>"
    return text.replace(after, f'{after}<calcPr fullCalcOnLoad="1"/>', 1)


def main() -> None:
    """Read {"size", "values"?} and the file; print {"cells"} or {"size"} and the filled file, or {"refused"}."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    asked = json.loads(sys.stdin.buffer.readline())
    data, body = sys.stdin.buffer.read(asked["size"]), b""
    try:
        book = Book(data)
        if "values" in asked:
            body = book.filled(asked["values"])
            answer: dict[str, object] = {"size": len(body)}
        else:
            answer = {"cells": book.cells()}
    except Unreadable as why:
        answer = {"refused": str(why)}
    except MemoryError:
        answer = {"refused": "BOMB"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n" + body)
