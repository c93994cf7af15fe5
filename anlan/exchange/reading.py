"""Rows of a file from outside, read by a confined child; and which row is the header."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anlan.exchange.headers import field_of
from anlan.kernel.words import Reason, Refused

WALL_S = 150
WHY = {
    "LOCKED": Reason("文件有密码,无法读取。请先取消密码,再上传"),
    "EMPTY": Reason("表里没有内容。请检查是否选错了文件"),
    "KIND": Reason("这不是表格文件。请上传 .xlsx、.xls 或 .csv"),
    "BOMB": Reason("文件展开后过大,已停止读取。请只保留台账所在的工作表,另存后上传"),
    "COLUMNS": Reason("表格超过120列,不像台账。请只保留台账的各栏后上传"),
    "ROWS": Reason("表格超过40万行,请分成几个文件上传"),
    "BROKEN": Reason("文件已损坏或不是正常的表格。请用表格软件打开,另存为 .xlsx 后上传"),
}
#: how far down a header may stand, and how many of its cells must be known
DEEPEST, LEAST = 15, 4


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file: its number there, and its cells."""

    number: int
    cells: tuple[Any, ...]

    def text(self, column: int) -> str:
        cell = self.cells[column] if column < len(self.cells) else ""
        return cell["d"] if isinstance(cell, dict) else str(cell).strip()


def rows(path: Path) -> Iterator[Row]:
    """The rows that are not blank, merged cells filled. Raises Refused, in words, for what is no sheet."""
    child = subprocess.Popen(  # noqa: S603  our own interpreter, our own module
        [sys.executable, "-I", str(Path(__file__).with_name("parse.py")), str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, text=True, encoding="utf-8",
    )  # fmt: skip
    assert child.stdout is not None
    ended = False
    try:
        for line in child.stdout:
            said = json.loads(line)
            if isinstance(said, dict):
                if "refused" in said:
                    raise Refused(WHY.get(said["refused"], WHY["BROKEN"]), "file")
                ended = True
                break
            yield Row(said[0], tuple(said[1]))
        if not ended:
            raise Refused(WHY["BOMB"], "file")
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its header found. `above` are titles over it."""

    header: Row
    fields: dict[str, str]
    above: tuple[Row, ...]
    below: tuple[Row, ...]


def sheet(path: Path, *, at_most: int | None = None) -> Sheet:
    """Find the header below titles. Raises Refused where no row looks like one, or a header stands twice."""
    above: list[Row] = []
    found: Row | None = None
    below: list[Row] = []
    for row in rows(path):
        if found is None:
            known = [h for h in map(str, row.cells) if field_of(h)]
            if len(known) >= LEAST:
                found = row
            elif len(above) >= DEEPEST:
                break
            else:
                above.append(row)
            continue
        below.append(row)
        if at_most is not None and len(below) >= at_most:
            break
    if found is None:
        raise Refused(
            Reason("没有找到表头。请保留“隐患描述”“检查时间”“企业名称”“属地”等栏名,或下载空白模板填写"),
            "file",
        )
    fields: dict[str, str] = {}
    for cell in found.cells:
        header = str(cell).strip()
        if not header:
            continue
        if header in fields:
            raise Refused(Reason("表头“%(header)s”出现了两次,请删去一栏后上传", {"header": header}), "file")
        fields[header] = field_of(header) or ""
    return Sheet(found, fields, tuple(above), tuple(below))
