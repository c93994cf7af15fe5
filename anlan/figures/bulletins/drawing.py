"""A bulletin drawn from the figures: what it says, and the keys of the records behind each figure.

What is drawn is plain values: it is stored when the bulletin is signed, printed, and compared with what is counted
later. Chinese whatever the reader's language.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from anlan.figures.ask import Table, Value, indicator
from anlan.figures.bulletins import paragraph, reading
from anlan.figures.bulletins.reading import About
from anlan.figures.bulletins.states import IN_WORDS, Section
from anlan.figures.kinds import Counted, Rate
from anlan.hazards.models import Hazard
from anlan.kernel import canonical
from anlan.kernel.tally import MEASURES
from anlan.places import queries as places
from anlan.standards import queries as standards

SECTOR_CODES = ("visits", "found_general", "found_major", "rectified", "ordered", "suspended")
UNIT_CODES = (
    "visits", "found_general", "found_major", "rectified", "ordered", "suspended", "rectification_rate",
)  # fmt: skip
RANKED_BY = "rectification_rate"
MAJORS = "open_major"
#: the list on paper; the figure counts all
MOST_MAJORS = 200

Kept = dict[str, tuple[str, list[int]]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a bulletin says, and its hash."""

    content: dict[str, Any]

    @property
    def text(self) -> str:
        return canonical.text(self.content)

    @property
    def digest(self) -> str:
        return canonical.digest(self.text)


def draw(about: About, sections: Iterable[str], words: Mapping[str, str]) -> Drawn:
    """Everything that the chosen sections say now."""
    chosen = [s.value for s in Section if s.value in set(sections)]
    said: dict[str, Any] = {
        "place": about.place, "start": about.period.start.isoformat(), "end": about.period.end.isoformat(),
        "period": about.code, "period_label": about.label, "system": about.system, "group": about.group,
        "sections": chosen,
    }  # fmt: skip
    with override("zh-hans"):
        said["heading"] = (
            f"{places.name_of(about.place)} · {about.whose or '全部系统'} · {paragraph.between(about.period)}"
        )
        for section in chosen:
            key = section.lower()
            said[key] = (
                words[IN_WORDS[Section(section)]].strip()
                if section in IN_WORDS
                else _DRAW[Section(section)](about)
            )
    said["figures"] = _figures(said, about)
    return Drawn(said)


def plain(value: Value) -> int | str | None:
    """A figure as it is stored: a rate is text, so that no machine rounds it anew."""
    return f"{value:.1f}" if isinstance(value, float) else value


# -- sections --------------------------------------------------------------------------------------


def _statistics(about: About) -> list[Any]:
    """The paragraph: words and figures in order."""
    return [
        part if isinstance(part, str) else {"code": part.code, "value": plain(part.value), "text": part.text}
        for part in paragraph.paragraph(about).parts
    ]


def _columns(codes: Sequence[str]) -> list[dict[str, str]]:
    return [{"code": c, "label": f"{indicator(c).label}", "unit": f"{indicator(c).unit}"} for c in codes]


def _sectors(about: About) -> dict[str, Any]:
    """One line for each sector in which something was counted."""
    codes = reading.reported(SECTOR_CODES, about)
    table = reading.read(codes, about, split="sector")
    lines = [
        {"sector": part, "name": standards.sector_name(part), "values": [table.part(c, about.place, part) for c in codes]}
        for part in table.parts(about.place)
    ]  # fmt: skip
    kept = [line for line in lines if any(line["values"])]
    return {"columns": _columns(codes), "lines": [*kept, _total(table, codes, about.place)]}


def _units(about: About) -> dict[str, Any]:
    """One line for each unit below, with its rank by the rate of what it found and put right."""
    below = places.county_choices() if len(about.place) <= 4 else places.town_choices(about.place)
    codes = reading.reported(UNIT_CODES, about)
    table = reading.read(codes, about, places=[about.place, *(code for code, _name in below)])
    rates = [(code, table.values.get((RANKED_BY, code, ""))) for code, _name in below]
    rank = ranks({code: value for code, value in rates if value is not None})
    lines: list[dict[str, Any]] = [
        {
            "place": code,
            "name": name,
            "rank": rank.get(code),
            "values": [plain(table[c, code]) for c in codes],
        }
        for code, name in below
    ]
    lines.sort(key=lambda line: (line["rank"] is None, line["rank"] or 0, line["place"]))
    return {"columns": _columns(codes), "lines": [*lines, _total(table, codes, about.place)]}


def ranks(rates: Mapping[str, Value]) -> dict[str, int]:
    """The best first; equals share a rank and the next one is left out. Over nothing there is none."""
    order = sorted((v for v in rates.values() if v is not None), reverse=True)
    return {code: order.index(v) + 1 for code, v in rates.items() if v is not None}


def _total(table: Table, codes: Sequence[str], place: str) -> dict[str, Any]:
    return {"place": place, "name": "合计", "rank": None, "values": [plain(table[c, place]) for c in codes]}


def _majors(about: About) -> list[dict[str, Any]]:
    """Majors that stood open at the end of the period, the nearest deadline first, with the days that were left."""
    keys = reading.rows(MAJORS, about).values("pk") if reading.reported([MAJORS], about) else []
    found = Hazard.everything.filter(pk__in=keys).select_related("enterprise")
    rows = sorted(found, key=lambda h: (h.due_on is None, h.due_on or about.period.end, h.pk))[:MOST_MAJORS]
    return [
        {
            "hazard": h.pk, "number": h.number, "what": h.description[:60],
            "where": h.enterprise.name if h.enterprise else h.location or places.name_of(h.found_county),
            "county": places.name_of(h.found_county), "due_on": h.due_on.isoformat() if h.due_on else "",
            "days": (h.due_on - about.period.end).days if h.due_on else None,
        }
        for h in rows
    ]  # fmt: skip


_DRAW: dict[Section, Callable[[About], Any]] = {
    Section.STATISTICS: _statistics,
    Section.SECTORS: _sectors,
    Section.UNITS: _units,
    Section.MAJORS: _majors,
}


# -- the figures, one by one -----------------------------------------------------------------------


def _figures(said: Mapping[str, Any], about: About) -> list[dict[str, Any]]:
    """Every figure once: code, place, sector, value, and how many records stand behind it."""
    found: dict[tuple[str, str, str], Any] = {}
    for part in said.get("statistics", ()):
        if isinstance(part, dict):
            found[part["code"], about.place, ""] = part["value"]
    for key in ("sectors", "units"):
        table: Any = said.get(key, {"lines": ()})
        for line in table["lines"]:
            for column, value in zip(table["columns"], line["values"], strict=True):
                found[column["code"], line.get("place", about.place), line.get("sector", "")] = value
    if "majors" in said:
        found[MAJORS, about.place, ""] = plain(reading.value(MAJORS, about))
    return [
        {"code": c, "place": p, "sector": s, "value": v, "rows": _count(c, v, about, place=p, sector=s)}
        for (c, p, s), v in found.items()
    ]


def _count(code: str, value: Any, about: About, *, place: str, sector: str) -> int:
    i = indicator(code)
    if isinstance(i, Counted) and not getattr(MEASURES[i.measure][1], "amount", ""):
        return int(value)
    return reading.rows(code, about, place=place, sector=sector).count()


def key_of(code: str, place: str, sector: str, about: About) -> str:
    """Under which name the keys behind a figure are kept: of the whole place the code alone."""
    return "|".join([code, *([place, sector] if sector or place != about.place else [])])


def counted(code: str) -> tuple[str, ...]:
    """The figures whose records stand behind one: of a rate those of its part, then those of its whole."""
    i = indicator(code)
    return (i.part, i.whole) if isinstance(i, Rate) else (code,)


def kept(content: Mapping[str, Any], about: About) -> Kept:
    """The keys of the records behind each figure, of the whole place and of its parts, by the kind of record."""
    keys: Kept = {}
    for f in content["figures"]:
        place, sector = f["place"], f["sector"]
        for one in counted(f["code"]):
            name = key_of(one, place, sector, about)
            if name not in keys:
                rows = reading.rows(one, about, place=place, sector=sector)
                label = rows.model._meta.label_lower
                keys[name] = (label, sorted(rows.order_by().values_list("pk", flat=True)))
    return keys
