"""What was in force on a day: sectors, sources, categories, terms, bases, criteria.

Everybody may read them. Each process keeps the tables and looks again after a minute; a change made in
this process shows at once through forget().
"""

import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import get_language

from anlan.kernel.clock import Term
from anlan.places.dated import Dated, on_day
from anlan.standards.models import (
    AccidentClass,
    Family,
    HazardCategory,
    LegalBasis,
    MajorRule,
    RuleCount,
    RulePack,
    Sector,
    SectorKind,
    Source,
    TermRow,
)

KEEP_S = 60.0
D = TypeVar("D", bound=Dated)


@dataclass(slots=True)
class _Kept:
    """A table as it was read; what holds on a day, and may be named, is worked out once, not for every act."""

    read_at: float
    rows: list[Any]
    codes: dict[tuple[date, str], frozenset[str]] = field(default_factory=dict)
    days: dict[date, list[Any]] = field(default_factory=dict)


_kept: dict[type[Dated], _Kept] = {}

#: which of the three checks a role can be the source of; a role not named may choose among all
FAMILIES: dict[str, frozenset[str]] = {
    **dict.fromkeys(("principal", "safety_manager", "worker"), frozenset({Family.SELF, Family.EXPERT})),
    "expert": frozenset({Family.EXPERT}),
    **dict.fromkeys(("grid_officer", "enforcement_officer", "supervisor"), frozenset({Family.GOV, Family.PUBLIC})),
}  # fmt: skip


def forget() -> None:
    """Read the tables anew."""
    _kept.clear()


def in_force(model: type[D], on: date | None) -> QuerySet[D]:
    """The rows of a table in force on a day; all of them where no day is named."""
    return model._base_manager.filter(on_day(on))


def _table(model: type[D]) -> _Kept:
    kept = _kept.get(model)
    if kept is None or not kept.rows or time.monotonic() - kept.read_at > KEEP_S:
        rows = list(model._base_manager.order_by(*(model._meta.ordering or ()), "pk"))
        kept = _kept[model] = _Kept(time.monotonic(), rows)
    return kept


def _rows(model: type[D], on: date | None) -> list[D]:
    table = _table(model)
    if on is None:
        return list(table.rows)
    if on not in table.days:
        table.days[on] = [row for row in table.rows if row.holds(on)]
    return list(table.days[on])


def _named(row: Sector | Source) -> str:
    return row.label_en if row.label_en and (get_language() or "zh").startswith("en") else row.label


def _label(model: type[Sector] | type[Source], code: str) -> str:
    """The label in the language of the screen, of the row that began last; the code itself if unknown."""
    rows = [row for row in _rows(model, None) if row.code == code]
    return _named(max(rows, key=lambda row: row.since)) if rows else code


# -- sectors -------------------------------------------------------------------------------------


def sectors(*, on: date | None = None, kind: SectorKind | str | None = None) -> list[Sector]:
    return [s for s in _rows(Sector, on) if kind is None or s.kind == kind]


def sector_choices(*, on: date | None = None) -> list[tuple[str, str]]:
    """Sectors and further fields; themes are chosen apart."""
    return [(s.code, _named(s)) for s in _rows(Sector, on) if s.kind != SectorKind.THEME]


def sector_codes(*, on: date) -> frozenset[str]:
    """The codes of the sectors and further fields that may be named on a day."""
    codes = _table(Sector).codes
    if (on, "") not in codes:
        codes[on, ""] = frozenset(s.code for s in _rows(Sector, on) if s.kind != SectorKind.THEME)
    return codes[on, ""]


def theme_choices(*, on: date | None = None) -> list[tuple[str, str]]:
    return [(s.code, _named(s)) for s in _rows(Sector, on) if s.kind == SectorKind.THEME]


def sector_name(code: str) -> str:
    return _label(Sector, code)


# -- sources -------------------------------------------------------------------------------------


def sources(*, on: date | None = None, family: Family | str | None = None) -> list[Source]:
    return [s for s in _rows(Source, on) if family is None or s.family == family]


def source_choices(role: str = "", *, on: date | None = None) -> list[tuple[str, str]]:
    """The sources that a role may name; all of them for "" and for roles of offices and departments."""
    allowed = FAMILIES.get(role)
    return [(s.code, _named(s)) for s in _rows(Source, on) if allowed is None or s.family in allowed]


def source_codes(role: str = "", *, on: date) -> frozenset[str]:
    """The codes of the sources that a role may name on a day."""
    codes = _table(Source).codes
    if (on, role) not in codes:
        codes[on, role] = frozenset(code for code, _name in source_choices(role, on=on))
    return codes[on, role]


def source_name(code: str) -> str:
    return _label(Source, code)


def family(source: str) -> str:
    """Which of the three checks, or the public, a source belongs to. Raises LookupError if unknown."""
    for row in _rows(Source, None):
        if row.code == source:
            return row.family
    raise LookupError(source)


# -- categories and classes ----------------------------------------------------------------------


def categories(*, on: date | None = None) -> list[HazardCategory]:
    """Hazardous and harmful factors of the edition of GB/T 13861 in force on the day."""
    return _rows(HazardCategory, on)


def category_choices(*, on: date | None = None) -> list[tuple[str, Any]]:
    """Choices grouped by the four top classes."""
    rows = categories(on=on)
    top = [(c, [(s.code, str(s)) for s in rows if s.parent == c.code]) for c in rows if not c.parent]
    return [(str(c), below or [(c.code, str(c))]) for c, below in top]


def category_name(code: str, *, on: date | None = None) -> str:
    return next((str(c) for c in categories(on=on) if c.code == code), code)


def accidents(*, on: date | None = None) -> list[AccidentClass]:
    """Accident classes of the edition of GB 6441 in force on the day."""
    return _rows(AccidentClass, on)


def accident_choices(*, on: date | None = None) -> list[tuple[str, str]]:
    return [(a.code, a.label) for a in accidents(on=on)]


# -- terms, bases, criteria ----------------------------------------------------------------------


def term_row(code: str, *, on: date) -> TermRow | None:
    return next((row for row in _rows(TermRow, on) if row.code == code), None)


def term(code: str, *, on: date) -> Term | None:
    """The term in force on a day, or None where none was."""
    row = term_row(code, on=on)
    return row.term if row else None


def basis(code: str, *, on: date) -> LegalBasis | None:
    """What a matter rests on, on the day of the act (the 2014 law until 2021-08-31)."""
    return next((row for row in _rows(LegalBasis, on) if row.code == code), None)


def rules_in_force(sector: str, *, on: date) -> list[MajorRule]:
    """Criteria and elements of a sector's packs in force on the day."""
    return [row for row in _rows(MajorRule, on) if row.sector == sector]


def rules_for(sector: str, *, on: date) -> list[MajorRule]:
    """The criteria of major hazards for a sector, in force on the day; elements make none by themselves."""
    return [row for row in rules_in_force(sector, on=on) if not row.element]


def counts_for(sector: str, *, on: date) -> list[RuleCount]:
    """How many elements together make a major hazard, by kind of place."""
    return [row for row in _rows(RuleCount, on) if row.sector == sector]


def packs(*, on: date | None = None) -> list[RulePack]:
    """The texts in which criteria stand, in force on the day."""
    return _rows(RulePack, on)


def major_clauses(sector: str, *, on: date) -> list[str]:
    """The same, each as one line for a form; counts of elements are criteria too."""
    return [str(row) for row in (*rules_for(sector, on=on), *counts_for(sector, on=on))]


def standing(view: str, *, on: date, sector: str = "") -> dict[str, list[Any]]:
    """The rows that one view of the page shows: terms, bases, rules, codes or classes."""
    if view == "rules":
        return {
            "rules": [r for r in _rows(MajorRule, on) if not sector or r.sector == sector],
            "counts": [r for r in _rows(RuleCount, on) if not sector or r.sector == sector],
            "packs": [r for r in _rows(RulePack, on) if not sector or r.sector == sector],
        }
    if view == "bases":
        return {"bases": _rows(LegalBasis, on)}
    if view == "codes":
        return {"sectors": _rows(Sector, on), "sources": _rows(Source, on)}
    if view == "classes":
        return {"categories": categories(on=on), "accidents": accidents(on=on)}
    return {"terms": _rows(TermRow, on)}
