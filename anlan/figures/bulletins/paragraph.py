"""The statistics paragraph of a bulletin, in the field's order of sentences and with its unit words.

The order is: period, groups, people, firms, general and major hazards, what was put right, suspensions, orders, fines
and interviews. A clause over nothing is left out; of major hazards "重大隐患0处" is said whatever was found. What the
records cannot tell is left out too, and never printed as 0 or as 0 %. The text is Chinese whatever the reader's
language: it is an official document.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from anlan.figures.ask import Only, Value
from anlan.figures.bulletins import reading
from anlan.figures.bulletins.reading import About
from anlan.figures.periods import Period
from anlan.places.queries import name_of

_FIGURE = re.compile(r"\{(\w+)(:wan)?\}")


@dataclass(frozen=True, slots=True)
class Clause:
    """Words around figures. Left out where none of its figures counts anything, unless `always`.

    `unless` names a figure that, where it counts something, says the same better. `of` puts clauses with one word in
    front of them together: 已整改一般隐患3处、重大隐患1处.
    """

    words: str
    always: bool = False
    unless: str = ""
    of: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _form in _FIGURE.findall(self.words))


CLAUSES = (
    Clause("派出检查组{groups_out}个、{sorties}组次"),
    Clause("出动人员{sortie_people}人次"),
    Clause("出动检查人员{inspectors}人次", unless="sortie_people"),
    Clause("领导带队督导{leader_trips}次"),
    Clause("其中党政主要负责同志带队{leader_trips_principal}次"),
    Clause("检查企业{firms_checked}家、{visits}家次"),
    Clause("排查一般隐患{found_general}处"),
    Clause("重大隐患{found_major}处", always=True),
    Clause("另有{found_ungraded}处尚待定级"),
    Clause("一般隐患{rectified_general}处", of="已整改"),
    Clause("重大隐患{rectified_major}处", of="已整改"),
    Clause("当即整改{on_spot}处"),
    Clause("验收销号{closed}处"),
    Clause("停产整顿{firms_suspended}家"),
    Clause("责令限期整改{ordered}处", unless="orders_issued"),
    Clause("下达整改令{orders_issued}份"),
    Clause("约谈{interviews}家"),
    Clause("罚款{fines:wan}万元"),
    Clause("期间发现的隐患整改率{rectification_rate}%"),
)
#: what stood at the end of the period
STANDING = (Clause("在办重大隐患{open_major}处"), Clause("逾期未改{overdue}处"))
CODES = tuple(dict.fromkeys(code for clause in (*CLAUSES, *STANDING) for code in clause.codes))


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in the paragraph: its code, its value, the words of the value."""

    code: str
    value: Value
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words and figures in order of appearance."""

    parts: tuple[str | Figure, ...]

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def figures(self) -> tuple[tuple[str, Value], ...]:
        return tuple((p.code, p.value) for p in self.parts if isinstance(p, Figure))


def chinese(day: date, *, year: bool = True) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"


def between(period: Period) -> str:
    """2019年10月1日至7日的写法取全:2019年10月1日至10月7日."""
    if period.start == period.end:
        return chinese(period.start)
    same = period.start.year == period.end.year
    return f"{chinese(period.start)}至{chinese(period.end, year=not same)}"


def bulletin(*, place: str, period: Period, only: Only = ()) -> Paragraph:
    """The paragraph for a place and a period."""
    systems = [v[0] for d, v in only if d == "system"]
    rest = tuple((d, v) for d, v in only if d != "system")
    return paragraph(About(place, period, system=systems[0] if systems else "", only=rest))


def paragraph(about: About) -> Paragraph:
    """The paragraph about whose work, in which place and period."""
    table = reading.read(CODES, about)
    return written(about, {code: table.values.get((code, about.place, "")) for code in CODES})


def written(about: About, values: Mapping[str, Value]) -> Paragraph:
    """The sentences over these values; None is what was not reported."""
    with override("zh-hans"):
        who = f"{name_of(about.place)}{about.whose}"
    until = chinese(about.period.end)
    head = (
        f"{chinese(about.period.start)}以来,截至{until}," if about.code == "to-date"
        else f"{about.label}({between(about.period)})," if about.label
        else f"{between(about.period)},"
    )  # fmt: skip
    parts: list[str | Figure] = [f"{head}{who}共"]
    _add(parts, CLAUSES, values)
    parts.append("。")
    if any(values.get(code) for clause in STANDING for code in clause.codes):
        parts.append(f"截至{until},")
        _add(parts, STANDING, values)
        parts.append("。")
    return Paragraph(_joined(parts))


def _add(parts: list[str | Figure], clauses: tuple[Clause, ...], values: Mapping[str, Value]) -> None:
    said, before = 0, ""
    for clause in clauses:
        if not _is_said(clause, values):
            continue
        together = bool(clause.of) and clause.of == before
        parts.append("、" if together else ("," if said else "") + clause.of)
        parts += _worded(clause, values)
        said, before = said + 1, clause.of


def _is_said(clause: Clause, values: Mapping[str, Value]) -> bool:
    known = [values.get(code) for code in clause.codes]
    if any(value is None for value in known) or (clause.unless and values.get(clause.unless)):
        return False
    if clause.words.endswith("%"):  # a rate of 0 over something says something; over nothing it is None
        return True
    return clause.always or any(known)


def _worded(clause: Clause, values: Mapping[str, Value]) -> list[str | Figure]:
    words: list[str | Figure] = []
    at = 0
    for found in _FIGURE.finditer(clause.words):
        words.append(clause.words[at : found.start()])
        value = values[found[1]]
        words.append(Figure(found[1], value, wan(value) if found[2] else f"{value}"))
        at = found.end()
    return [*words, clause.words[at:]]


def wan(yuan: Value) -> str:
    """Yuan in units of ten thousand with two decimals: 65600 is 6.56."""
    return f"{(yuan or 0) / 10000:.2f}"


def _joined(parts: list[str | Figure]) -> tuple[str | Figure, ...]:
    """Neighbouring words as one."""
    whole: list[str | Figure] = []
    for part in parts:
        if isinstance(part, str) and whole and isinstance(whole[-1], str):
            whole[-1] += part
        elif part != "":
            whole.append(part)
    return tuple(whole)
