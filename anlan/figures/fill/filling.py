"""Fill a template: find its codes, ask for the figures, put them in. Refused whole where one code cannot be read."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import anlan
from anlan.figures import engine, periods, reach, whose
from anlan.figures.ask import SPLITS, Ask, Only, indicator
from anlan.figures.fill import expressions
from anlan.figures.fill.expressions import HOLE, Expression, Term, Value
from anlan.figures.periods import Period
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused
from anlan.standards import queries as standards

WALL_S = 20
START = "import sys; sys.path.insert(0, sys.argv[1]); from anlan.figures.fill.book import main; main()"
UNREADABLE = {
    "KIND": Reason("这个文件不是 .xlsx 工作簿,没有填写。请用 Excel 或 WPS 另存为 .xlsx 后再上传"),
    "BOMB": Reason("这个文件展开后过大,没有填写。请删去不需要的工作表和图片后再上传"),
    "CELLS": Reason("模板中的代码超过5000个,没有填写。请分成几个文件"),
}
At = tuple[str, str]


@dataclass(slots=True)
class Asked:
    """For whom a template is filled: the place, period and narrowing where a cell names none."""

    actor: Actor
    place: str
    period: Period
    on: date
    only: Only = ()
    known: dict[tuple[str, Only, str, Period], Value] = field(default_factory=dict)

    def resolved(self, term: Term, at: str) -> tuple[str, Only, str, Period]:
        """The question behind a term. Refused for an unknown code, dimension, value or place, naming the cell."""
        try:
            i = indicator(term.code)
            place, period, only = self.place, self.period, list(self.only)
            for dimension, values in term.narrowed:
                if dimension == "place":
                    place = reach.place_within(values[0] if values else "", actor=self.actor)
                elif dimension == "period":
                    period = periods.named(values[0] if values else "", on=self.on).period
                else:
                    _known_dimension(i, dimension)
                    only.append((dimension, tuple(_known_value(dimension, v) for v in values)))
            return term.code, tuple(only), place, period
        except Refused as refusal:
            raise Refused(Reason("%(at)s:%(why)s", {"at": at, "why": refusal.reason})) from None


def _known_dimension(i: Any, dimension: str) -> None:
    if dimension not in SPLITS or not engine.tells(i, dimension):
        can = [d for d in SPLITS if engine.tells(i, d)]
        raise Refused(Reason("“%(code)s”不能按“%(split)s”细分,可以按:%(known)s", {
            "code": i.code, "split": dimension, "known": "、".join(("place", "period", *can)),
        }))  # fmt: skip


def _known_value(dimension: str, value: str) -> str:
    """A value of a dimension whose values are a list of ours; the nearest are named for a strange one."""
    if dimension == "system":
        return whose.system(value)
    lists = {
        "sector": lambda: [s.code for s in standards.sectors()],
        "source": lambda: [s.code for s in standards.sources()],
    }
    if dimension not in lists:
        return value
    known = lists[dimension]()
    if value in known:
        return value
    near = get_close_matches(value.upper(), known, n=3, cutoff=0.3)
    raise Refused(
        Reason("没有代码“%(code)s”,相近的有:%(near)s", {"code": value, "near": "、".join(near) or "—"})
    )


def fill(data: bytes, asked: Asked) -> bytes:
    """The template with its figures. Raises Refused, and then nothing was filled."""
    cells = {(sheet, at): text for sheet, row in _child(data)["cells"].items() for at, text in row.items()}
    if not cells:
        raise Refused(Reason("模板中没有指标代码。请在单元格中写 {{found}} 这样的代码,代码见“指标口径”"))
    parsed = {
        at: [expressions.parse(hole, at=_named(at)) for hole in HOLE.findall(text)]
        for at, text in cells.items()
    }
    _not_in_circles(parsed)
    _read(asked, parsed)
    values: dict[str, dict[str, float | str]] = defaultdict(dict)
    done: dict[At, Value] = {}
    for at, text in cells.items():
        values[at[0]][at[1]] = _cell(at, text, parsed, asked, done)
    return _child(data, values)


def _named(at: At) -> str:
    return f"{at[0]}!{at[1]}"


def _not_in_circles(parsed: dict[At, list[Expression]]) -> None:
    """Refused where cells rest upon one another, or upon a cell without a code; the cells are named."""
    settled: set[At] = set()

    def follow(at: At, path: tuple[At, ...]) -> None:
        if at in path:
            circle = " → ".join(_named(x) for x in (*path[path.index(at) :], at))
            raise Refused(Reason("模板中的单元格互相引用,无法计算:%(circle)s", {"circle": circle}))
        if at in settled:
            return
        for e in parsed[at]:
            for cell in e.cells.values():
                to = (at[0], cell)
                if to not in parsed:
                    raise Refused(
                        Reason("%(at)s 引用的 %(cell)s 里没有指标代码", {"at": _named(at), "cell": cell})
                    )
                follow(to, (*path, at))
        settled.add(at)

    for at in parsed:
        follow(at, ())


def _read(asked: Asked, parsed: dict[At, list[Expression]]) -> None:
    """Ask for every figure, those of one question together."""
    together: dict[tuple[Only, str, Period], set[str]] = defaultdict(set)
    for at, found in parsed.items():
        for term in _terms(found):
            code, only, place, period = asked.resolved(term, _named(at))
            together[only, place, period].add(code)
    for (only, place, period), codes in together.items():
        table = engine.read(Ask(tuple(sorted(codes)), (place,), period, only))
        asked.known |= {(code, only, place, period): table[code, place] for code in codes}


def _terms(found: Iterable[Expression]) -> Iterable[Term]:
    return (term for e in found for term in e.terms.values())


def _cell(
    at: At, text: str, parsed: dict[At, list[Expression]], asked: Asked, done: dict[At, Value]
) -> float | str:
    """A number where the cell is one code or sum; words where it says more."""

    def number(where: At) -> Value:
        if where not in done:
            done[where] = worked(parsed[where][0], where)
        return done[where]

    def worked(e: Expression, where: At) -> Value:
        return expressions.worked_out(
            e,
            term=lambda term: asked.known[asked.resolved(term, _named(where))],
            cell=lambda cell: number((where[0], cell)),
        )

    found = parsed[at]
    if len(found) == 1 and HOLE.fullmatch(text.strip()):
        value = number(at)
        return "—" if value is None else value
    said = iter([worked(e, at) for e in found])
    return HOLE.sub(lambda hole: _words(next(said)), text)


def _words(value: Value) -> str:
    return "—" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def _child(data: bytes, values: dict[str, dict[str, float | str]] | None = None) -> Any:
    """Ask the child process: which cells hold codes, or the file with these values."""
    request: dict[str, Any] = {"size": len(data)} | ({"values": values} if values is not None else {})
    root = str(Path(anlan.__file__).resolve().parent.parent)
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter, our own module
            [sys.executable, "-I", "-c", START, root], input=json.dumps(request).encode() + b"\n" + data,
            capture_output=True, timeout=WALL_S, check=False, env={"LANG": "C.UTF-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Refused(UNREADABLE["BOMB"]) from None
    head, _newline, body = done.stdout.partition(b"\n")
    answer = json.loads(head) if head else {"refused": "KIND"}
    if "refused" in answer:
        raise Refused(UNREADABLE[answer["refused"]])
    return answer if values is None else body
