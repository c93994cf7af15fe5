"""A question put together by its asker: which figures, of which places, when, whose, by what. One grid answers.

Page, picture and file show this grid and nothing else, so that what is taken away is what was seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from anlan.figures import engine, whose
from anlan.figures.ask import Ask, Only, Value, buckets, is_city, is_town
from anlan.figures.kinds import Indicator, Rate
from anlan.figures.pages import label_of, parts_of, rows_of
from anlan.figures.periods import Period
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places

#: so many indicators and places at once: more is no table that somebody reads
MOST_FIGURES, MOST_PLACES = 12, 16
TIMED = ("day", "week", "month")
#: what is asked until somebody chooses
USUAL = ("found", "rectified", "closed", "rectification_rate", "overdue")


@dataclass(frozen=True, slots=True)
class Question:
    """`by` is "", "place" (one level below), "region" or a dimension by which figures are split."""

    figures: tuple[Indicator, ...]
    places: tuple[str, ...]
    period: Period
    only: Only = ()
    by: str = ""

    def __post_init__(self) -> None:
        if len(self.figures) > MOST_FIGURES or len(self.places) > MOST_PLACES:
            raise Refused(Reason(
                "一次最多看%(figures)s项指标、%(places)s个地方,请减少后再看",
                {"figures": MOST_FIGURES, "places": MOST_PLACES},
            ))  # fmt: skip
        if self.by and self.split:
            silent = [str(i.label) for i in self.figures if not engine.tells(i, self.by)]
            if silent:
                raise Refused(Reason(
                    "%(labels)s不能这样分组,请去掉这些指标或换一种分组", {"labels": "、".join(silent)}
                ), "by")  # fmt: skip

    @property
    def split(self) -> str:
        return self.by if self.by not in ("place", "region") else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and where the records behind it are; "" where they cannot be asked for."""

    value: Value
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A place or a part with its values; `code` is the place's or the part's, "" for a total."""

    code: str
    name: str
    cells: list[Cell]
    total: bool = False


@dataclass(slots=True)
class Grid:
    """The answer: a head over each column, a line for each place or part."""

    question: Question
    heads: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Each head with its unit."""
        return list(zip(self.heads, self.units, strict=True))

    @property
    def parts(self) -> list[Line]:
        """The lines without the totals: what a picture shows."""
        return [line for line in self.lines if not line.total] or self.lines


def answer(q: Question) -> Grid:
    """Read and lay out what was asked."""
    return _by_part(q) if q.split else _by_place(q)


def _by_place(q: Question) -> Grid:
    """A line for each place asked for, then for those below it, where that was asked."""
    at: list[tuple[str, str, bool]] = []
    for place in q.places:
        below = _below(place, q.by)
        at.append((place, places.name_of(place), bool(below)))
        at += [(code, name, False) for code, name in below]
    ask = Ask(tuple(i.code for i in q.figures), tuple(dict.fromkeys(code for code, _n, _t in at)), q.period,
              q.only, "", q.by == "region")  # fmt: skip
    table = engine.read(ask)
    grid = Grid(q, [str(i.label) for i in q.figures], [str(i.unit) for i in q.figures], _notes(q.figures))
    for code, name, total in at:
        cells = [
            Cell(table.values.get((i.code, code, "")), rows_of(i, ask, code, q.places[0], part=False))
            for i in q.figures
        ]
        grid.lines.append(Line(code, name, cells, total))
    return grid


def _below(place: str, by: str) -> list[tuple[str, str]]:
    if by == "region":
        return [(r.code, r.label) for r in places.regions()] if is_city(place) else []
    if by != "place" or is_town(place):
        return []
    return places.county_choices() if is_city(place) else places.town_choices(place)


def _by_part(q: Question) -> Grid:
    """A line for each part; with several places a column for each figure of each place."""
    ask = Ask(tuple(i.code for i in q.figures), q.places, q.period, q.only, q.split)
    table = engine.read(ask)
    columns = [(i, place) for place in q.places for i in q.figures]
    several = len(q.places) > 1
    heads = [f"{places.name_of(place)} {i.label}" if several else str(i.label) for i, place in columns]
    grid = Grid(q, heads, [str(i.unit) for i, _place in columns], _notes(q.figures))
    parts = buckets(ask) if q.split in TIMED else _all_parts(table, q.places)
    total = [
        Cell(table.values.get((i.code, place, "")), rows_of(i, ask, place, place, part=False))
        for i, place in columns
    ]
    grid.lines.append(Line("", _("合计"), total, True))
    for part in parts:
        cells = [
            Cell(_part(table, i, place, part), rows_of(i, ask, part, place, part=True))
            for i, place in columns
        ]
        grid.lines.append(Line(part, label_of(q.split, part), cells))
    return grid


def _all_parts(table: engine.Table, at: Sequence[str]) -> list[str]:
    found = {part for place in at for part in parts_of(table, place)}
    return sorted(found)


def _part(table: engine.Table, i: Indicator, place: str, part: str) -> Value:
    return table.values.get((i.code, place, part), None if isinstance(i, Rate) else 0)


def _notes(figures: Sequence[Indicator]) -> list[str]:
    """What each figure counts and by which date, for the foot of the table."""
    return [
        _("%(label)s:%(definition)s(按%(by)s计)")
        % {"label": i.label, "definition": i.definition, "by": i.counted_by}
        for i in figures
    ]


def heading(q: Question) -> str:
    """Place, period and whose: what every picture and file says first."""
    names = "、".join(places.name_of(place) for place in q.places)
    return f"{names} · {q.period.start}–{q.period.end} · {whose.heading(q.only)}"
