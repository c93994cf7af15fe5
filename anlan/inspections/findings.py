"""From answers to what will be registered, by the same function for the preview and for the act.

An item not met is one finding; a criterion of the rule pack in force proposes it as major, with its clause.
Elements that reach the count for the kind of place are one finding together, proposed as major: the law
sees one hazard there, and it is counted once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anlan.inspections.models import Answer, Visit
from anlan.inspections.states import Result
from anlan.standards import checklists
from anlan.standards.models import ChecklistItem, RuleCount, Weight


@dataclass(slots=True)
class Drawn:
    """What would be registered. `conditional`: major only if the condition holds; a person says so later."""

    codes: list[str]
    description: str
    location: str = ""
    basis: str = ""
    major_clause: str = ""
    conditional: bool = False
    sector: str = ""
    on_spot: bool = False
    measures: str = ""
    no_photo: str = ""
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    @property
    def is_major(self) -> bool:
        return bool(self.major_clause) and not self.conditional


def drawn(v: Visit, *, items: Sequence[ChecklistItem], answers: Iterable[Answer], on: date) -> list[Drawn]:
    """What a visit's answers amount to, in the order of the checklist."""
    given = {a.code: a for a in answers if a.result == Result.NOT_MET}
    unmet = [(i, given[i.code]) for i in items if i.code in given]
    count = checklists.reached((i for i, _ in unmet), sector=v.list_code, places=v.places, on=on)
    together = _counted(unmet, count, v, on) if count else []
    found = [_together(v, together, count)] if count else []
    found += [_one(i, a, v, on) for i, a in unmet if (i, a) not in together]
    beside = [a for code, a in sorted(given.items()) if code.startswith("+")]
    return found + [_plain(a, a.words, "") for a in beside]


def _plain(a: Answer, words: str, basis: str) -> Drawn:
    return Drawn(
        [a.code], words, location=a.location, basis=basis, on_spot=a.on_spot, measures=a.measures, no_photo=a.no_photo,
        before=list(a.before), after=list(a.after),
    )  # fmt: skip


def _one(i: ChecklistItem, a: Answer, v: Visit, on: date) -> Drawn:
    made = _plain(a, _told(i, a), i.clause)
    if i.major in (Weight.CRITERION, Weight.CONDITION):
        rule = checklists.criterion(i, sector=v.list_code, on=on)
        if rule is not None:
            made.major_clause, made.conditional = str(rule)[:300], i.major == Weight.CONDITION
            made.basis = f"{rule.pack}{rule.clause}"
            made.sector = rule.sector if rule.sector != v.sector else ""
    return made


def _told(i: ChecklistItem, a: Answer) -> str:
    """The words of the finder; beside a number the number and its limit."""
    if a.number is None:
        return a.words
    limit = i.limit if i.limit is not None else a.limit
    figure = f"{i.number}{plain(a.number)}{i.unit},{i.limit_label}{plain(limit)}{i.unit}"
    return f"{a.words}({figure})" if a.words else f"{i.not_met}({figure})"


def plain(number: Any) -> str:
    """A number as people write it: 12.5, 300."""
    return "" if number is None else f"{number.normalize():f}"


def _counted(unmet: list[Any], count: RuleCount, v: Visit, on: date) -> list[Any]:
    """The elements that make up the count."""
    counted = []
    for i, a in unmet:
        rule = checklists.criterion(i, sector=v.list_code, on=on) if i.major == Weight.ELEMENT else None
        if rule is not None and (not count.of or rule.code in count.of.split()):
            counted.append((i, a))
    return counted


def _together(v: Visit, parts: list[Any], count: RuleCount) -> Drawn:
    told = ";".join(f"({n}){_told(i, a)}" for n, (i, a) in enumerate(parts, 1))
    return Drawn(
        [i.code for i, _ in parts],
        f"{count.label}同时存在{len(parts)}项综合判定要素:{told}"[:1000],
        location="、".join(dict.fromkeys(a.location for _, a in parts if a.location))[:100],
        basis=f"{count.pack}{count.clause}",
        major_clause=str(count)[:300],
        sector=count.sector if count.sector != v.sector else "",
        no_photo=next((a.no_photo for _, a in parts if a.no_photo), ""),
        before=[sha for _, a in parts for sha in a.before],
    )
