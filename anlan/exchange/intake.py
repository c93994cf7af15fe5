"""A sheet comes in: each row becomes an act by a command, or is refused with the reason. None is dropped.

accepted + refused = rows, always. A row is known again by what it says, so the same sheet twice adds
nothing, whatever it is called and however it is sorted; a sheet that was stopped half way goes on the same
way.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from anlan.exchange import reading, values
from anlan.exchange.headers import Kind
from anlan.exchange.kinds import KINDS
from anlan.exchange.kinds.base import Reader
from anlan.exchange.mapping import Mapping
from anlan.exchange.reading import Row, Sheet
from anlan.exchange.report import Report
from anlan.kernel.scope import Actor, acting_as
from anlan.kernel.words import Reason, Refused

CHUNK, SAMPLES = 1000, 3
#: whether to go on; called with the rows done and the rows there are at most
Going = Callable[[int, int], bool]
TITLE, HEADER, AGAIN = Reason("表头以上的标题"), Reason("表头"), Reason("表头重复出现")
UNDER, COUNTED = Reason("表后的备注或合计"), Reason("只有序号的空行")


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def may_send(by: Actor) -> list[Kind]:
    """The kinds of sheets that somebody may send."""
    return [kind for kind in KINDS.values() if by.may(kind.may)]


def kinds_for(by: Actor, kind: str) -> list[Kind]:
    """What a sheet may be: the kind that was named, or any. Raises Refused for one he may not send."""
    if not may_send(by):
        raise Refused(Reason("您的职务不能导入台账"))
    if not kind:
        return list(KINDS.values())
    if kind not in KINDS:
        raise Refused(Reason("没有这种表:%(kind)s", {"kind": kind}))
    return [KINDS[kind]]


def bring(
    path: Path, *, by: Actor, at: datetime, mapping: Mapping | None = None, kind: str = "", dry_run: bool = False,
    going: Going = lambda done, total: True, at_most: int | None = None,
) -> Report:  # fmt: skip
    """Read a sheet and take in what can be taken in. `dry_run` only says what would become of it.

    `at_most` stops after so many rows. Raises Refused for what is no sheet of a kind he may send.
    """
    with acting_as(by), reading.opened(path, kinds=kinds_for(by, kind)) as sheet:
        if not by.may(sheet.kind.may):
            raise Refused(Reason("您的职务不能导入“%(kind)s”", {"kind": sheet.kind.label}))
        reader = sheet.kind.reader(
            kind=sheet.kind, sheet=sheet, mapping=mapping or Mapping(), by=by, at=at, file=file_hash(path)
        )
        report = Report(kind=sheet.kind.name, mapping=reader.fields, notes=sheet.notes)
        report.skipped += [(row.number, TITLE) for row in sheet.above]
        report.skipped.append((sheet.header.number, HEADER))
        seen: dict[bytes, int] = {}
        rows, last = _rows(sheet, reader, report), sheet.header.number
        for chunk in reader.chunks(rows, CHUNK):
            if not going(report.rows, sheet.total) or (at_most is not None and report.rows >= at_most):
                report.cancelled, report.left = True, max(1, sheet.last_row - last)
                break
            last = max(last, *(row.number for row in chunk))
            if not report.samples:
                report.samples = _samples(sheet, chunk)
            _take(chunk, reader, report, seen, dry_run=dry_run)
        report.new_firms, report.questions, report.opened = (
            reader.new_firms,
            reader.questions(),
            reader.opened,
        )
        report.records = report.new if reader.records is None else reader.records
        going(report.rows, sheet.total)
    return report


def _rows(sheet: Sheet, reader: Reader, report: Report) -> Iterator[Row]:
    """The rows that say something; what stands between and under them is skipped with the reason."""
    for row in sheet.below:
        filled = row.filled()
        if sheet.is_header(row):
            report.skipped.append((row.number, AGAIN))
        elif sheet.is_counted_only(row):
            report.skipped.append((row.number, COUNTED))
        elif values.is_under_the_table(
            filled[0], filled=len(filled), has_what_it_must=reader.has_what_it_must(row)
        ):
            report.skipped.append((row.number, UNDER))
        else:
            yield row


def _samples(sheet: Sheet, rows: list[Row]) -> dict[str, list[str]]:
    """header → the first few values that stand under it."""
    return {
        header: list(islice(dict.fromkeys(v[:40] for row in rows if (v := row.text(n))), SAMPLES))
        for n, header in enumerate(sheet.headers)
        if header
    }


def _take(rows: list[Row], reader: Reader, report: Report, seen: dict[bytes, int], *, dry_run: bool) -> None:
    drafts = reader.prepare(rows)
    report.rows += len(drafts)
    present = reader.present(d.key for d in drafts if not d.wrong and not d.present)
    fresh, known = [], []
    for draft in drafts:
        if draft.wrong:
            report.refuse(draft.wrong)
            continue
        if draft.present:  # known by a number of its own: two such rows may read alike
            report.already_present += 1
            known.append(draft)
            continue
        key = bytes.fromhex(draft.key)
        if key in seen:
            twice = Reason("与本表第%(row)s行重复", {"row": seen[key]})
            report.refuse(
                [reader.refusal(draft.row, reader.kind.must()[0], twice, Reason("请删去重复的一行"))]
            )
            continue
        seen[key] = draft.row.number
        if draft.key in present:
            report.already_present += 1
            known.append(draft)
        else:
            fresh.append(draft)
    report.changed += reader.changed(known)
    for refusal in (reader.rehearse if dry_run else reader.perform)(fresh):
        if refusal is None:
            report.new += 1
        else:
            report.refuse([refusal])
