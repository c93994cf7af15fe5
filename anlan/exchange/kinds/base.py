"""What the readers of every kind of sheet share: cells, days, words that are mapped once."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.exchange import values
from anlan.exchange.headers import Kind
from anlan.exchange.mapping import Mapping as Meanings
from anlan.exchange.reading import Row, Sheet
from anlan.exchange.report import Change, Refusal
from anlan.exchange.values import Wrong
from anlan.kernel.clock import Moment, day_of
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places
from anlan.standards import queries as standards

#: says what is wrong with a column, and what to do
Bad = Callable[[str, Reason, Reason], None]
ELSEWHERE = Reason("请按提示改正后再导入")


@dataclass(slots=True)
class Draft:
    """A row on its way: the inputs of its act, the key by which it is known again, what is wrong with it."""

    row: Row
    inputs: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    wrong: list[Refusal] = field(default_factory=list)
    present: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A word that was not understood: how often it stands there, what was chosen, what it may be.

    `among` empty: anything of the vocabulary.
    """

    vocabulary: str
    said: str
    times: int
    chosen: str = ""
    among: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a column: what is understood without help, and what one can choose from.

    `groups`: (code, label, [(code, label)]) for a choice in two steps.
    """

    name: str
    label: Any
    known: Mapping[str, str]
    choices: Sequence[tuple[str, Any]]
    remedy: Reason
    unknown: Reason
    missing: Reason | None = None
    groups: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = ()

    def find(self, said: str) -> str | None:
        """The code of a word, None for a stranger."""
        return self.known.get(said) if said in self.known else self.known.get(said.lower())


class Reader:
    """Turns rows into the inputs of an act, for one person and one mapping.

    A kind says `vocabularies`, `prepare`, `present`, `rehearse` and `perform`.
    """

    def __init__(self, *, kind: Kind, sheet: Sheet, mapping: Meanings, by: Actor, at: datetime, file: str):
        self.kind, self.mapping, self.by, self.at, self.file = kind, mapping, by, Moment.at(at), file
        self.today = day_of(at)
        self.new_firms = 0
        #: records made of the new rows, where several rows are one; None where each row is one
        self.records: int | None = None
        #: (user name, name, one-time password) of accounts just opened
        self.opened: list[tuple[str, str, str]] = []
        #: vocabulary → word → how often it stood there and was not understood without help
        self.strangers: dict[str, Counter[str]] = defaultdict(Counter)
        self.likely_year: int | None = None
        said = sheet.fields | {h: f for h, f in mapping.columns.items() if h in sheet.fields}
        headers = sheet.headers
        self.fields = {h: f for h, f in said.items() if f in kind.by_name or not f}
        if twice := _twice(self.fields.values()):
            header = str(kind.by_name[twice].label)
            raise Refused(Reason("有两栏都对应“%(field)s”,请只留一栏", {"field": header}), "columns")
        self.columns = {said[h]: n for n, h in enumerate(headers) if said.get(h)}
        self.headers = {said[h]: h for h in headers if said.get(h)}
        self.vocabularies = self.vocabularies_on(self.today)
        self.meanings = {name: self._meanings(v) for name, v in self.vocabularies.items()}

    @classmethod
    def words(cls, on: date) -> Iterable[Vocabulary]:
        """The vocabularies of this kind, as they are in force."""
        return ()

    @classmethod
    def vocabularies_on(cls, on: date) -> dict[str, Vocabulary]:
        return {v.name: v for v in cls.words(on)}

    def _meanings(self, v: Vocabulary) -> dict[str, str]:
        """What the person chose, as codes. Raises Refused for a choice that is none."""
        chosen: dict[str, str] = {}
        for said, meant in getattr(self.mapping, v.name).items():
            code = v.find(str(meant))
            if code is None:
                raise Refused(
                    Reason("对应关系里的“%(value)s”不在可选的值中", {"value": str(meant)[:40]}), "mapping"
                )
            chosen[said] = code
        return chosen

    # -- what a kind does ---------------------------------------------------------------------------

    def chunks(self, rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
        """The rows in parts; a kind of which several rows are one record keeps those together."""
        rows = iter(rows)
        while chunk := list(islice(rows, size)):
            yield chunk

    def prepare(self, rows: Sequence[Row]) -> list[Draft]:
        raise NotImplementedError

    def present(self, keys: Iterable[str]) -> set[str]:
        """Which keys stand in the records already."""
        return set()

    def changed(self, drafts: Sequence[Draft]) -> list[Change]:
        """What rows that stand in the records already now say otherwise."""
        return []

    def rehearse(self, drafts: Sequence[Draft]) -> list[Refusal | None]:
        raise NotImplementedError

    def perform(self, drafts: Sequence[Draft]) -> list[Refusal | None]:
        raise NotImplementedError

    # -- cells ------------------------------------------------------------------------------------------

    def cell(self, row: Row, name: str) -> str:
        at = self.columns.get(name)
        return row.cells[at] if at is not None and at < len(row.cells) else ""

    def has_what_it_must(self, row: Row) -> bool:
        return all(self.cell(row, name) for name in self.kind.must())

    def refusal(self, row: Row, name: str, reason: Reason, remedy: Reason = ELSEWHERE) -> Refusal:
        header = self.headers.get(name) or str(self.kind.by_name[name].also[0])
        return Refusal(row.number, header, self.cell(row, name)[:60], reason, remedy)

    def bad(self, draft: Draft) -> Bad:
        def say(name: str, reason: Reason, remedy: Reason) -> None:
            draft.wrong.append(self.refusal(draft.row, name, reason, remedy))

        return say

    def day(self, row: Row, name: str, bad: Bad, *, missing: Reason | None = None) -> date | None:
        said = self.cell(row, name)
        if not said:
            if missing is not None:
                bad(name, missing, Reason("请填写,如 2019-09-11"))
            return None
        day = values.day_of(said, year=self.mapping.year, day=self.mapping.day, likely=self.likely_year)
        if isinstance(day, Wrong):
            bad(name, day.reason, day.remedy)
            return None
        self.likely_year = day.year
        return day

    def code(self, row: Row, name: str, bad: Bad, *, asks: bool = True) -> str:
        """What a word means; "" where it is not known, and then said to be bad.

        `asks`: whether the person is asked for the meaning.
        """
        v = self.vocabularies[self.kind.by_name[name].values]
        said = self.cell(row, name)
        found = v.find(said)
        if said in self.meanings[v.name]:
            found = self.meanings[v.name][said]
            self.strangers[v.name][said] += 1
        elif found is None:
            if asks:
                self.strangers[v.name][said] += 1
            missing = v.missing if not said else None
            bad(name, missing or Reason(v.unknown.msgid, {"value": said[:20]}), v.remedy)
        return found or ""

    def questions(self) -> list[Question]:
        """The words that only the person can explain, with what he chose."""
        return [
            Question(v.name, said, n, self.meanings[v.name].get(said, ""))
            for v in self.vocabularies.values()
            for said, n in sorted(self.strangers[v.name].items())
        ]


def _twice(names: Iterable[str]) -> str:
    seen: set[str] = set()
    for name in names:
        if name and name in seen:
            return name
        seen.add(name)
    return ""


# -- words that several kinds share ---------------------------------------------------------------------


def place_words() -> Vocabulary:
    """Counties and towns by name and code; a name that two towns have is asked about."""
    known: dict[str, str] = {}
    double: set[str] = set()
    counties = places.counties()
    for place in (*counties, *places.towns()):
        for name in {place.name, place.name_en, place.name.removesuffix("街道"), place.code} - {""}:
            if known.setdefault(name, place.code) != place.code:
                double.add(name)
    return Vocabulary(
        "places", "",
        {name: code for name, code in known.items() if name not in double},
        [(p.code, p.label) for p in counties],
        Reason("请写本市的县(市、区)或乡镇(街道),或在导入时为这个值选择对应的地方"),
        Reason("“%(value)s”不是本市的县(市、区)或乡镇(街道)"),
        Reason("没有写属地"),
        groups=[(p.code, p.label, [(t.code, t.label) for t in places.towns(p.code)]) for p in counties],
    )  # fmt: skip


def sector_words(on: date) -> Vocabulary:
    rows = [s for s in standards.sectors(on=None) if s.kind != "THEME"]
    known = values.SECTORS | {name: s.code for s in rows for name in (s.label, s.label_en, s.code) if name}
    return Vocabulary(
        "sectors", "", known, standards.sector_choices(on=on),
        Reason("请写九大行业领域之一,或在导入时为这个值选择行业"),
        Reason("不认识行业领域“%(value)s”"),
        Reason("没有写行业领域"),
    )  # fmt: skip


def source_words(on: date) -> Vocabulary:
    rows = standards.sources(on=None)
    known = values.SOURCES | {name: s.code for s in rows for name in (s.label, s.label_en, s.code) if name}
    return Vocabulary(
        "sources", "", known, standards.source_choices("", on=on),
        Reason("请写督导检查、暗访、专项检查、自查等,或在导入时为这个值选择来源"),
        Reason("不认识检查方式“%(value)s”"),
    )  # fmt: skip


def done_words() -> Vocabulary:
    known = {said: "yes" if done else "no" for said, done in values.DONE.items()}
    return Vocabulary(
        "rectified", "", known | {"True": "yes", "False": "no"},
        [("yes", _("已整改")), ("no", _("未整改"))],
        Reason("请写“是”或“否”,或在导入时为这个值选择含义"),
        Reason("不认识“%(value)s”"),
    )  # fmt: skip


def belongs(place: str) -> tuple[str, str]:
    """(county, town) of a code."""
    if not place:
        return "", ""
    return (places.unit_of(place), place) if len(place) > 6 else (place, "")
