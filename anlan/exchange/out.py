"""The ledger out, as .csv: the columns of the 21-column form, so that what goes out can come in again."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from anlan.hazards import queries
from anlan.hazards.models import Hazard
from anlan.hazards.states import State
from anlan.kernel import accesslog
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, acting_as
from anlan.places import queries as places
from anlan.standards import queries as standards

_START = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "编号", "上报单位", "行业领域", "企业名称", "统一社会信用代码", "属地", "隐患分类", "隐患描述", "隐患位置", "检查方式",
    "检查人", "检查时间", "判定依据", "违反判定依据具体条款", "整改期限", "是否整改", "实际整改完成时间", "整改措施", "状态",
    "销号日期",
)  # fmt: skip


def safe(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_START) else text


def line(h: Hazard, *, sectors: dict[str, str], sources: dict[str, str]) -> list[str]:
    firm = h.enterprise
    grade = {"MAJOR": "重大隐患", "GENERAL": "一般隐患"}.get(h.grade, "未定级")
    cells = (
        h.number, h.found_organisation_name, sectors.get(h.now_sector, h.now_sector), firm.name if firm else "",
        firm.uscc if firm else "", places.name_of(h.now_town or h.now_county), grade, h.description, h.location,
        sources.get(h.source, h.source), h.found_by_name, h.found_on, h.basis, h.clause, h.due_on,
        "是" if h.rectified_on else "否", h.rectified_on, h.measures, State(h.state).label, h.closed_on,
    )  # fmt: skip
    return [safe(cell) for cell in cells]


def lines(rows: Any) -> Iterator[list[str]]:
    """Header and rows, streamed."""
    sectors, sources = dict(standards.sector_choices(on=None)), dict(standards.source_choices("", on=None))
    yield list(COLUMNS)
    for h in rows.select_related("enterprise").iterator(chunk_size=1000):
        yield line(h, sectors=sectors, sources=sources)


def ledger_csv(path: Path, *, by: Actor, at: datetime) -> int:
    """Everything of the ledger that this person may list. Returns how many; the export is logged."""
    with acting_as(by), path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = queries.ledger(filters=queries.Filters(), on=day_of(at))
        writer, n = csv.writer(file), -1
        for cells in lines(rows):
            writer.writerow(cells)
            n += 1
    accesslog.note(by=by, at=at, what="export", kind="hazard", subject=None, count=n)
    accesslog.flush(force=True)
    return n
