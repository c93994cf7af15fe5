"""Figures of a bulletin: each narrowed to whose work it counts, as far as its records can tell.

A system of organisations stands in the cells of every fact. A kind of group does not: a group's day tells it as its
kind, a visit and a hazard as the source. What a record cannot tell is not claimed: such a figure is not reported.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from anlan.figures import engine, whose
from anlan.figures.ask import Ask, Only, Table, Value, indicator
from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Counted, Distinct, Rate
from anlan.figures.periods import Period
from anlan.kernel.tally import DIMENSIONS, MEASURES
from anlan.kernel.words import Reason, Refused
from anlan.standards import queries as standards

#: kinds of group (口径): code → words for a heading, sources of the visits and hazards that are theirs
GROUPS = {
    "SUPERVISE": (_("督导组"), ("GOV_SUPERVISION",)),
    "COVERT": (_("暗访组"), ("GOV_COVERT",)),
    "TASK": (_("专班"), ("GOV_SPECIAL",)),
    "EXPERT": (_("专家组"), ("EXPERT",)),
}


@dataclass(frozen=True, slots=True)
class About:
    """Which place, which period under which name, whose: what every heading says."""

    place: str
    period: Period
    system: str = ""
    group: str = ""
    code: str = ""
    label: str = ""
    only: Only = field(default=())

    def __post_init__(self) -> None:
        if self.group and self.group not in GROUPS:
            raise Refused(Reason("没有这种检查组,请选择督导组、暗访组、专班或专家组"), "group")

    @property
    def whose(self) -> str:
        """The 口径 in Chinese: 应急管理系统·督导组, "" for everybody."""
        said = [whose.label(self.system)] if self.system else []
        return "·".join([*said, *([str(GROUPS[self.group][0])] if self.group else [])])

    def narrowing(self, code: str) -> Only | None:
        """What narrows one figure; None where its records cannot tell whose they are."""
        told = _told(code)
        asked = (*whose.only(self.system), *self.only)
        if any(dimension not in told for dimension, _values in asked):
            return None
        if not self.group:
            return asked
        own = _of_group(code, self.group)
        return None if own is None else (*asked, *own)


def reported(codes: Iterable[str], about: About) -> list[str]:
    """The codes that are declared and whose records can tell whose they are."""
    return [c for c in codes if c in INDICATORS and about.narrowing(c) is not None]


def read(codes: Sequence[str], about: About, *, places: Sequence[str] = (), split: str = "") -> Table:
    """Every reported figure, of the place or of several, whole or per sector."""
    at = tuple(places) or (about.place,)
    together: dict[Only, list[str]] = {}
    for code in reported(codes, about):
        together.setdefault(about.narrowing(code) or (), []).append(code)
    whole = Table(Ask((), at, about.period, (), split))
    for only, some in together.items():
        whole.values |= engine.read(Ask(tuple(some), at, about.period, only, split)).values
    return whole


def value(code: str, about: About) -> Value:
    return read([code], about)[code, about.place]


def rows(code: str, about: About, *, place: str = "", sector: str = ""):
    """The records behind a figure, by the filter that counted them."""
    only = about.narrowing(code) or ()
    part: Only = (("sector", (sector,)),) if sector else ()
    return engine.rows(code, place=place or about.place, period=about.period, only=(*only, *part))


def _measures(code: str) -> list[str]:
    i = indicator(code)
    if isinstance(i, Rate):
        return [m for part in (i.part, i.whole) for m in _measures(part)]
    assert isinstance(i, Counted | Distinct)
    return [i.measure]


def _told(code: str) -> set[str]:
    """The dimensions that the records of a figure tell."""
    told = set(DIMENSIONS)
    for measure in _measures(code):
        fact, _measure = MEASURES[measure]
        told &= {d for d, column in zip(DIMENSIONS, fact.columns, strict=True) if column} | set(fact.more)
    return told


def _of_group(code: str, group: str) -> Only | None:
    """A kind of group as the records of a figure tell it: by their source, or by the group's own kind."""
    told = _told(code)
    if "source" in told:
        sources: tuple[str, ...] = GROUPS[group][1]
        if group == "EXPERT":
            sources = tuple(c for c, _label in standards.source_choices() if c.startswith("EXPERT"))
        return (("source", sources),)
    fact, _measure = MEASURES[_measures(code)[0]]
    return (("grade", (group,)),) if fact.model.__name__.startswith("Sortie") else None
