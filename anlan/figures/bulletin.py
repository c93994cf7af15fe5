"""The statistics paragraph of a bulletin, in the field's order of sentences and with its unit words.

A clause over nothing is left out, except where the field expects the words "重大隐患0处". The text is
Chinese whatever the reader's language: it is an official document.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from anlan.figures.engine import Ask, Period, read
from anlan.places.queries import name_of

CODES = (
    "inspectors", "visits",
    "found_general", "found_major", "found_ungraded", "rectified_general", "rectified_major", "on_spot", "closed",
    "suspended", "ordered", "open_major", "overdue", "found", "rectification_rate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A paragraph and every figure in it, in order of appearance."""

    text: str
    figures: tuple[tuple[str, int | float | None], ...]


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def bulletin(*, place: str, period: Period, only: tuple = ()) -> Bulletin:
    """The paragraph for a place and a period."""
    table = read(Ask(CODES, (place,), period, only))
    value = {code: table[code, place] for code in CODES}
    used: list[tuple[str, int | float | None]] = []

    def n(code: str) -> str:
        used.append((code, value[code]))
        return f"{value[code]}"

    clauses = []
    if value["inspectors"]:
        clauses.append(f"出动检查人员{n('inspectors')}人次")
    if value["visits"]:
        clauses.append(f"检查企业{n('visits')}家次")
    if value["found_general"]:
        clauses.append(f"排查一般隐患{n('found_general')}处")
    clauses.append(f"重大隐患{n('found_major')}处")
    if value["found_ungraded"]:
        clauses.append(f"另有{n('found_ungraded')}处尚待定级")
    done = []
    if value["rectified_general"]:
        done.append(f"一般隐患{n('rectified_general')}处")
    if value["rectified_major"]:
        done.append(f"重大隐患{n('rectified_major')}处")
    if done:
        clauses.append("已整改" + "、".join(done))
    if value["on_spot"]:
        clauses.append(f"其中当即整改{n('on_spot')}处")
    if value["closed"]:
        clauses.append(f"验收销号{n('closed')}处")
    if value["suspended"]:
        clauses.append(f"停产整顿{n('suspended')}家次")
    if value["ordered"]:
        clauses.append(f"责令限期整改{n('ordered')}处")
    if value["rectification_rate"] is not None:
        clauses.append(f"期间发现的隐患整改率{n('rectification_rate')}%")
    tail = []
    if value["open_major"]:
        tail.append(f"在办重大隐患{n('open_major')}处")
    if value["overdue"]:
        tail.append(f"逾期未改{n('overdue')}处")
    with override("zh-hans"):
        said = name_of(place)
    start, end = chinese(period.start), chinese(period.end)
    text = f"{start}至{end},{said}共{','.join(clauses)}。"
    if tail:
        text += f"截至{end},{','.join(tail)}。"
    return Bulletin(text, tuple(used))
