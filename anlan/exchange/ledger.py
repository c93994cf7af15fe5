"""The ledger in: rows of a sheet become hazards by `adopt`, each with its own outcome.

accepted + refused = rows, always. What a row says is kept by a key of its content and of who sent it,
so the same sheet twice adds nothing, whatever it is called and however it is sorted.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from anlan.exchange import reading, values
from anlan.exchange.headers import LABELS
from anlan.exchange.reading import Row, Sheet
from anlan.exchange.values import Wrong
from anlan.hazards import commands as hazards
from anlan.hazards import queries
from anlan.kernel.canonical import digest
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, acting_as
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places
from anlan.register import commands as register_commands
from anlan.register import queries as register
from anlan.register.models import Enterprise
from anlan.standards import queries as standards

CHUNK = 500
#: whether to go on; called with rows done
Going = Callable[[int], bool]
KEYED = ("firm", "uscc", "place", "description", "location", "found_on", "finder", "basis", "clause")


@dataclass(slots=True)
class Mapping:
    """How a sheet is to be read: header → field, raw value → meaning, and what the sheet leaves out."""

    columns: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    sectors: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    rectified: dict[str, bool] = field(default_factory=dict)
    firms: dict[str, str] = field(default_factory=dict)  # name → credit code, or "new"
    year: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, said: dict[str, Any]) -> "Mapping":
        """From JSON. Raises Refused for what it cannot be."""
        if not isinstance(said, dict) or (strange := set(said) - set(cls.__dataclass_fields__)):
            names = "、".join(sorted(strange)) if isinstance(said, dict) else ""
            raise Refused(
                Reason("对应关系的内容不对:%(names)s", {"names": names or "须为JSON对象"}), "mapping"
            )
        return cls(**said)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that cannot be used: where, what, why, and what to do."""

    row: int
    column: str
    value: str
    reason: Reason
    remedy: Reason


@dataclass(slots=True)
class Report:
    """What became of every row."""

    rows: int = 0
    new: int = 0
    already_present: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    skipped: list[tuple[int, Reason]] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    new_firms: int = 0
    cancelled: bool = False

    @property
    def refused(self) -> int:
        return len({r.row for r in self.refusals})

    @property
    def accepted(self) -> int:
        return self.new + self.already_present

    def plain(self, words: Callable[[Reason], str] = str) -> dict[str, Any]:
        """As the command line and the page tell it."""
        return {
            "rows": self.rows, "accepted": self.accepted, "refused": self.refused, "new": self.new,
            "already_present": self.already_present, "new_firms": self.new_firms, "cancelled": self.cancelled,
            "skipped": [{"row": n, "why": words(why)} for n, why in self.skipped],
            "mapping": self.mapping,
            "refusals": [
                {"row": r.row, "column": r.column, "value": r.value, "reason": words(r.reason), "remedy": words(r.remedy)}
                for r in self.refusals
            ],
        }  # fmt: skip


class Reader:
    """Turns rows into the inputs of `adopt`, for one person and one mapping."""

    def __init__(self, *, sheet: Sheet, mapping: Mapping, by: Actor, at: datetime, file: str):
        self.mapping, self.by, self.at, self.file = mapping, by, at, file
        self.today = day_of(at)
        said = sheet.fields | mapping.columns
        self.columns = {said[h]: n for n, h in enumerate(_headers(sheet)) if said.get(h)}
        self.headers = {said[h]: h for h in _headers(sheet) if said.get(h)}
        self.known_places = place_names()
        self.sectors = dict(standards.sector_choices(on=None))
        self.sources = dict(standards.source_choices("", on=None))
        self._firms: dict[tuple[str, str], Enterprise | None] = {}

    def cell(self, row: Row, name: str) -> str:
        at = self.columns.get(name)
        return row.text(at) if at is not None else ""

    def refusal(self, row: Row, name: str, reason: Reason, remedy: Reason) -> Refusal:
        header = self.headers.get(name) or str(LABELS[name])
        return Refusal(row.number, header, self.cell(row, name)[:60], reason, remedy)

    def read(self, row: Row) -> tuple[dict[str, Any], list[Refusal]]:
        """The inputs of adopt, and every reason against them."""
        wrong: list[Refusal] = []

        def bad(name: str, reason: Reason, remedy: Reason) -> None:
            wrong.append(self.refusal(row, name, reason, remedy))

        description = self.cell(row, "description")
        if len(description) < 2:
            bad("description", Reason("没有隐患描述"), Reason("请写明隐患的部位和现状"))
        found = self._day(row, "found_on", bad, required=True)
        due = self._day(row, "due_on", bad)
        done, closed = self._rectified(row, bad, found)
        if found and found > self.today:
            bad("found_on", Reason("检查时间%(day)s晚于今天", {"day": found}), Reason("请核对检查时间"))
        if found and closed and closed < found:
            bad("closed_on", Reason("整改完成时间早于检查时间"), Reason("请核对两个日期"))
        sector = self._sector(row, bad)
        source = self._source(row, bad)
        place = self._place(row)
        firm, firm_wrong = self._firm(row, place, sector)
        if firm_wrong is not None:
            wrong.append(firm_wrong)
        county, town = self._belongs(place)
        if firm is None and not county and firm_wrong is None:
            said = self.cell(row, "place")
            bad(
                "place",
                Reason("“%(place)s”不是本市的县(市、区)或乡镇(街道)", {"place": said}) if said else Reason("没有写属地"),
                Reason("请写本市的县(市、区)或乡镇(街道),或在导入时为这个值选择对应的地方"),
            )  # fmt: skip
        inputs = {
            "description": description,
            "source": source,
            "found_on": found,
            "import_file": self.file,
            "import_row": row.number,
            "import_key": self.key(row, found),
            "enterprise": firm,
            "county": county,
            "town": town,
            "sector": sector,
            "location": self.cell(row, "location")[:200],
            "basis": self.cell(row, "basis")[:300],
            "clause": self.cell(row, "clause")[:200],
            "major": values.is_major(self.cell(row, "category")),
            "found_by_name": self.cell(row, "finder")[:60],
            "found_organisation_name": self.cell(row, "reporter")[:100],
            "measures": self.cell(row, "measures")[:1000],
            "due_on": None if done else due,
            "closed_on": closed if done else None,
        }
        return inputs, wrong

    def key(self, row: Row, found: date | None) -> str:
        """The content of a row and who sends it, so that it is taken once."""
        said = [self.cell(row, name) for name in KEYED if name != "found_on"]
        return digest(str(self.by.organisation), str(found), json.dumps(said, ensure_ascii=False))

    # -- single values -------------------------------------------------------------------------------

    def _day(self, row: Row, name: str, bad: Callable[..., None], *, required: bool = False) -> date | None:
        said = self.cell(row, name)
        if not said:
            if required:
                bad(name, Reason("没有写检查时间"), Reason("请填写检查时间,如 2019-09-11"))
            return None
        day = values.day_of(said, year=self.mapping.year, day=self.mapping.day)
        if isinstance(day, Wrong):
            bad(name, day.reason, day.remedy)
            return None
        return day

    def _rectified(self, row: Row, bad: Callable[..., None], found: date | None) -> tuple[bool, date | None]:
        said = self.cell(row, "rectified")
        done = self.mapping.rectified.get(said, values.DONE.get(said.lower()))
        if done is None:
            bad(
                "rectified", Reason("不认识“%(value)s”", {"value": said[:20]}),
                Reason("请写“是”或“否”,或在导入时为这个值选择含义"),
            )  # fmt: skip
            return False, None
        closed = self._day(row, "closed_on", bad)
        if done and closed is None and said in values.AT_ONCE:
            closed = found
        if done and closed is None and not self.cell(row, "closed_on"):
            bad("closed_on", Reason("已整改的没有写完成时间"), Reason("请填写实际整改完成时间"))
        return done, closed

    def _sector(self, row: Row, bad: Callable[..., None]) -> str:
        said = self.cell(row, "sector")
        code = self.mapping.sectors.get(said) or values.SECTORS.get(said)
        if code is None:
            code = next((c for c, name in self.sectors.items() if said in (c, name)), None)
        if code is None:
            bad(
                "sector", Reason("不认识行业领域“%(value)s”", {"value": said[:20]}) if said else Reason("没有写行业领域"),
                Reason("请写九大行业领域之一,或在导入时为这个值选择行业"),
            )  # fmt: skip
        return code or ""

    def _source(self, row: Row, bad: Callable[..., None]) -> str:
        said = self.cell(row, "source")
        code = self.mapping.sources.get(said) or values.SOURCES.get(said)
        if code is None:
            code = next((c for c, name in self.sources.items() if said in (c, name)), None)
        if code is None:
            bad(
                "source", Reason("不认识检查方式“%(value)s”", {"value": said[:20]}),
                Reason("请写督导检查、暗访、专项检查、自查等,或在导入时为这个值选择来源"),
            )  # fmt: skip
        return code or ""

    def _place(self, row: Row) -> str:
        said = self.cell(row, "place")
        if said in self.mapping.places:
            return self.mapping.places[said]
        found = self.known_places.get(said, [])
        return found[0] if len(found) == 1 else ""

    def _belongs(self, place: str) -> tuple[str, str]:
        """(county, town) of a code."""
        if not place:
            return "", ""
        return (places.unit_of(place), place) if len(place) > 6 else (place, "")

    def _firm(self, row: Row, place: str, sector: str) -> tuple[Enterprise | None, Refusal | None]:
        name, uscc = self.cell(row, "firm"), self.cell(row, "uscc").upper()
        if not name and not uscc:
            return None, None
        key = (name, uscc)
        if key not in self._firms:
            found = register.by_uscc(uscc) if uscc else None
            chosen = self.mapping.firms.get(name, "")
            if found is None and chosen and chosen != "new":
                found = register.by_uscc(chosen)
            if found is None and chosen != "new":
                found = register.named(name)
            if found is None and chosen != "new":
                alike = register.alike(name=name)
                if alike:
                    return None, self.refusal(
                        row, "firm",
                        Reason("没有名称完全相同的企业,相近的有“%(names)s”", {"names": "、".join(e.name for e in alike[:3])}),
                        Reason("请写全称或统一社会信用代码;确是另一家的,在导入时选择“作为新企业”"),
                    )  # fmt: skip
            self._firms[key] = found
        return self._firms[key], None

    def enter(self, inputs: dict[str, Any], row: Row) -> tuple[Enterprise | None, Refusal | None]:
        """Put a firm that nobody knows yet on the register, as the sheet has it."""
        name, uscc = self.cell(row, "firm"), self.cell(row, "uscc").upper()
        if not name:
            return None, None
        if (known := self._firms.get((name, uscc))) is not None:
            return known, None
        if not self.by.may("register.enter"):
            return None, self.refusal(
                row, "firm", Reason("企业“%(name)s”尚未登记", {"name": name}), Reason("请先登记企业,再导入")
            )
        try:
            made = register_commands.enter(
                by=self.by, at=self.at, name=name, uscc=uscc, county=inputs["county"], town=inputs["town"],
                sector=inputs["sector"], address=self.cell(row, "address"), scale="OTHER",
            )  # fmt: skip
        except Refused as refusal:
            return None, self.refusal(row, "firm", refusal.reason, Reason("请改正后再导入,或先登记企业"))
        self._firms[name, uscc] = made
        return made, None


def _headers(sheet: Sheet) -> list[str]:
    return [str(cell).strip() for cell in sheet.header.cells]


def place_names() -> dict[str, list[str]]:
    """Name → codes; a name that two towns have is asked about."""
    known: dict[str, list[str]] = {}
    for place in (*places.counties(), *places.towns()):
        for name in {place.name, place.name.removesuffix("街道"), place.code}:
            known.setdefault(name, []).append(place.code)
    return known


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def bring(
    path: Path, *, by: Actor, at: datetime, mapping: Mapping | None = None, dry_run: bool = False,
    going: Going = lambda done: True,
) -> Report:  # fmt: skip
    """Read a sheet and adopt what can be adopted. `dry_run` only says what would become of it."""
    if not by.may("hazard.adopt"):
        raise Refused(Reason("您的职务不能导入台账"))
    with acting_as(by):
        sheet = reading.sheet(path)
        reader = Reader(sheet=sheet, mapping=mapping or Mapping(), by=by, at=at, file=file_hash(path))
        report = Report(mapping=sheet.fields | reader.mapping.columns)
        report.skipped += [(row.number, Reason("表头以上的标题")) for row in sheet.above]
        report.skipped.append((sheet.header.number, Reason("表头")))
        seen: dict[str, int] = {}
        rows = list(sheet.below)
        for start in range(0, len(rows), CHUNK):
            if not going(start):
                report.cancelled = True
                break
            _chunk(rows[start : start + CHUNK], reader, report, seen, dry_run=dry_run)
        going(len(rows))
    return report


def _chunk(
    rows: Sequence[Row], reader: Reader, report: Report, seen: dict[str, int], *, dry_run: bool
) -> None:
    asked: list[tuple[Row, dict[str, Any]]] = []
    for row in rows:
        filled = [str(c) for c in row.cells if c != ""]
        if filled and values.is_footnote(filled[0], len(filled)):
            report.skipped.append((row.number, Reason("表后的备注或合计")))
            continue
        report.rows += 1
        inputs, wrong = reader.read(row)
        key = inputs["import_key"]
        if not wrong and key in seen:
            wrong.append(
                reader.refusal(
                    row,
                    "description",
                    Reason("与本表第%(row)s行重复", {"row": seen[key]}),
                    Reason("请删去重复的一行"),
                )
            )
        if wrong:
            report.refusals += wrong
            continue
        seen[key] = row.number
        asked.append((row, inputs))
    present = queries.imported(inputs["import_key"] for _row, inputs in asked)
    report.already_present += sum(inputs["import_key"] in present for _row, inputs in asked)
    fresh = [(row, inputs) for row, inputs in asked if inputs["import_key"] not in present]
    if dry_run:
        report.new += len(fresh)
        report.new_firms = len(
            {reader.cell(r, "firm") for r, i in fresh if i["enterprise"] is None and reader.cell(r, "firm")}
        ) + (report.new_firms if len(rows) == CHUNK else 0)
        return
    ready = []
    for row, inputs in fresh:
        if inputs["enterprise"] is None:
            before = len(reader._firms)
            inputs["enterprise"], refusal = reader.enter(inputs, row)
            report.new_firms += inputs["enterprise"] is not None and len(reader._firms) >= before
            if refusal is not None:
                report.refusals.append(refusal)
                continue
        ready.append((row, inputs))
    for (row, _inputs), outcome in zip(ready, _adopt(ready, reader), strict=True):
        if outcome.reason is None:
            report.new += 1
        else:
            report.refusals.append(
                reader.refusal(row, "description", outcome.reason, Reason("请按提示改正后再导入"))
            )


def _adopt(ready: Iterable[tuple[Row, dict[str, Any]]], reader: Reader) -> list[Any]:
    return hazards.adopt.many([inputs for _row, inputs in ready], by=reader.by, at=reader.at)


def as_json(mapping: Mapping) -> dict[str, Any]:
    return asdict(mapping)
