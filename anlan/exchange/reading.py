"""Rows of a file from outside, read by a confined child as they are asked for; and which row is the header."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anlan.exchange.headers import COUNTERS, Kind
from anlan.kernel.words import Reason, Refused

#: a child that takes longer is ended; the time in which its rows are used does not count against it
WALL_S = 90
WHY = {
    "LOCKED": Reason("文件有密码,无法读取。请先取消密码,再上传"),
    "EMPTY": Reason("表里没有内容。请检查是否选错了文件"),
    "KIND": Reason("这不是表格文件。请上传 .xlsx、.xls 或 .csv"),
    "BOMB": Reason("文件展开后过大,已停止读取。请只保留台账所在的工作表,另存后上传"),
    "COLUMNS": Reason("表格超过120列,不像台账。请只保留台账的各栏后上传"),
    "ROWS": Reason("表格超过40万行,请分成几个文件上传"),
    "BROKEN": Reason("文件已损坏或不是正常的表格。请用表格软件打开,另存为 .xlsx 后上传"),
}
NOTICED = {
    "MACROS": Reason("文件里有宏,没有运行,只读取了单元格的值"),
    "LINKS": Reason("文件里有外部链接,没有打开,只读取了单元格的值"),
    "FORMULAS": Reason("文件里有公式,没有计算,只读取了保存时的结果"),
}
NO_HEADER = Reason("没有找到表头。请保留“隐患描述”“检查时间”“企业名称”“属地”等栏名,或下载空白模板填写")
#: how far down a header may stand, how many of its cells must be known, how many sheets are looked at
DEEPEST, LEAST, SHEETS = 15, 4, 5


@dataclass(slots=True)
class Row:
    """One row as it stands in the file: its number there, and its cells as text."""

    number: int
    cells: list[str]

    def text(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell]


@dataclass(slots=True)
class Sheet:
    """A sheet with its header found. `above` are titles over it; `below` is read as it is asked for, once."""

    kind: Kind
    header: Row
    headers: tuple[str, ...]
    fields: dict[str, str]
    above: tuple[Row, ...]
    below: Iterator[Row]
    last_row: int = 0
    notes: list[Reason] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The first column with a header."""
        return next(n for n, h in enumerate(self.headers) if h)

    @property
    def total(self) -> int:
        """How many rows there are at most below the header."""
        return max(0, self.last_row - self.header.number)

    def is_header(self, row: Row) -> bool:
        """Whether the header stands here once more, as on every printed page."""
        if row.text(self.first) != self.headers[self.first]:
            return False
        same = sum(1 for n, h in enumerate(self.headers) if h and row.text(n) == h)
        return same >= LEAST and same * 2 > len(row.filled())

    def is_counted_only(self, row: Row) -> bool:
        """Nothing but a running number, as in a form that was not filled to its end."""
        return all(
            self.headers[n] in COUNTERS for n, c in enumerate(row.cells) if c != "" and n < len(self.headers)
        )


class Child:
    """The confined process that reads one sheet of a file."""

    def __init__(self, path: Path, which: int):
        self.process = subprocess.Popen(  # noqa: S603  our own interpreter, our own module
            [sys.executable, "-I", str(Path(__file__).with_name("parse.py")), str(path), str(which)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True, encoding="utf-8",
        )  # fmt: skip
        self.timer = threading.Timer(WALL_S, self.process.kill)
        self.timer.daemon = True
        self.timer.start()
        try:
            self.head = self._said()["head"]
        except BaseException:
            self.end()
            raise
        self.timer.cancel()

    def _said(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:  # it was ended for the memory or the time it took
            raise Refused(WHY["BOMB"], "file")
        said = json.loads(line)
        if isinstance(said, dict) and "refused" in said:
            raise Refused(WHY.get(said["refused"], WHY["BROKEN"]), "file")
        return said

    def rows(self) -> Iterator[Row]:
        while not isinstance(said := self._said(), dict):
            yield Row(*said)

    def end(self) -> None:
        self.timer.cancel()
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextmanager
def opened(path: Path, *, kinds: Iterable[Kind]) -> Iterator[Sheet]:
    """Find the header below titles, in the first sheet that has one. The rows below stream while it is open.

    Raises Refused, in words, for what is no sheet, where no row looks like a header, or one stands twice.
    """
    child, sheet = _first_with_a_header(path, tuple(kinds))
    try:
        yield sheet
    finally:
        child.end()


def _first_with_a_header(path: Path, kinds: tuple[Kind, ...]) -> tuple[Child, Sheet]:
    which, sheets, why = 0, 1, WHY["EMPTY"]
    while which < min(sheets, SHEETS):
        child = Child(path, which)
        try:
            sheets = child.head["sheets"]
            found = _found(child, kinds)
        except Refused as refusal:
            child.end()
            if refusal.reason is not WHY["EMPTY"]:
                raise
        except BaseException:
            child.end()
            raise
        else:
            if found is not None:
                return child, found
            child.end()
            why = NO_HEADER
        which += 1
    raise Refused(why, "file")


def _found(child: Child, kinds: tuple[Kind, ...]) -> Sheet | None:
    above: list[Row] = []
    rows = child.rows()
    for row in rows:
        headers = tuple(row.text(n) for n in range(len(row.cells)))
        kind = _kind_of(headers, kinds)
        if kind is not None:
            _once(headers)
            notes = [NOTICED[n] for n in child.head["noticed"]]
            if child.head["sheets"] > 1:
                others = child.head["sheets"] - 1
                notes.append(
                    Reason(
                        "只读取了工作表“%(sheet)s”,另有%(n)s张没有读取",
                        {"sheet": child.head["sheet"], "n": others},
                    )
                )
            fields = kind.fields_of(h for h in headers if h)
            return Sheet(kind, row, headers, fields, tuple(above), rows, child.head["rows"], notes)
        above.append(row)
        if len(above) > DEEPEST:
            return None
    return None


def _kind_of(headers: tuple[str, ...], kinds: tuple[Kind, ...]) -> Kind | None:
    """The kind that knows most of these headers; of two the one that has what it is told by."""
    best, most = None, (LEAST - 1, True)
    for kind in kinds:
        known = {name for h in headers if (name := kind.field_of(h))}
        told = kind.told_by <= known
        if kind.only_if_told and not told and len(kinds) > 1:
            continue
        score = (len(known), told)
        if score > most:
            best, most = kind, score
    return best


def _once(headers: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for header in headers:
        if header and header in seen:
            raise Refused(Reason("表头“%(header)s”出现了两次,请删去一栏后上传", {"header": header}), "file")
        seen.add(header)
