"""The command screen (大屏) as one document: totals, map, trend, sectors, ranking, majors and what was just done.

Every number is an indicator and carries the address of the records that it counted. Page, map and charts only
draw the document; it is limited to what the position may count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anlan.figures import engine, periods, reach, screen_live, screen_map, whose
from anlan.figures.ask import Only, Value, buckets, days_of, is_city, is_town
from anlan.figures.kinds import Rate
from anlan.figures.periods import Named, Period
from anlan.kernel.scope import Actor, acting_as
from anlan.kernel.words import Refused
from anlan.places import queries as places
from anlan.standards import queries as standards

#: what the upper edge says, the most important in the middle
TOTALS = ("visits", "found_general", "found_major", "rectified", "rectification_rate", "open_major", "overdue",
          "suspended", "ordered")  # fmt: skip
#: what the map shows until something else is chosen, the lines of the trend, the bars of the sectors, the ranking
MAPPED, TREND, SECTORS, RANKED = "found", ("found", "rectified"), ("found", "rectified"), "rectification_rate"
#: a trend is told by day for so many days, then by week, then by month
BY_DAY, BY_WEEK = 100, 400


@dataclass(frozen=True, slots=True)
class Asked:
    """What a screen shows: a place, a period under its name, and the indicator of the map."""

    place: str
    period: Named
    indicator: str = MAPPED

    def at(self, place: str) -> str:
        """The address of the same screen of another place."""
        return f"?{urlencode({'place': place, 'period': self.period.code, 'indicator': self.indicator})}"


def asked(*, by: Actor, on: date, place: str = "", period: str = "", indicator: str = "") -> Asked:
    """The question in an address. Refused for a place out of reach, an unknown period or indicator."""
    where = reach.place_within(place, actor=by)
    code = engine.indicator(indicator or MAPPED).code
    with acting_as(by):
        return Asked(where, periods.named(period, on=on) if period else _until_now(on), code)


def _until_now(on: date) -> Named:
    """The campaign so far where one runs, else the last thirty days."""
    runs = any(n.period.start <= on <= n.period.end for n in periods.provided(on))
    return periods.named("to-date" if runs else "last-30-days", on=on)


def document(of: Asked, *, by: Actor, on: date) -> dict[str, Any]:
    """Everything that the screen shows, as plain values."""
    only = reach.only_own(by)
    below = [(p.code, p.label) for p in _below(of.place)]
    period = of.period.period
    totals = engine.read(engine.Ask(TOTALS, (of.place,), period, only))
    # towns are read from the records: no more of them than is shown
    codes = tuple(dict.fromkeys((of.indicator, RANKED)))
    table = engine.read(engine.Ask(codes, (of.place, *(code for code, _name in below)), period, only))
    link = Links(period)
    return {
        "place": {"code": of.place, "label": places.name_of(of.place)},
        "up": of.at(up) if (up := _up(of, by)) else "",
        "whose": whose.heading(only),
        "period": {
            "code": of.period.code, "label": of.period.label, "start": of.period.period.start.isoformat(),
            "end": of.period.period.end.isoformat(),
        },
        "totals": [_figure(code, totals[code, of.place], link(code, of.place)) for code in TOTALS],
        "map": _map(of, below, table, link),
        "trend": _trend(of, only, link),
        "sectors": _sectors(of, only, link),
        "ranking": _ranking(below, table, link),
        "majors": screen_live.majors(place=of.place, by=by, on=on),
        "feed": screen_live.feed(place=of.place, by=by),
        "duty": screen_live.duty(place=of.place, by=by, on=on),
    }  # fmt: skip


class Links:
    """Addresses of the records behind figures of a period."""

    def __init__(self, period: Period):
        self.period = period
        self.base = reverse("figures:rows")

    def __call__(self, code: str, place: str, *, within: Period | None = None, **cells: str) -> str:
        span = within or self.period
        asked = {"code": code, "place": place, "from": str(span.start), "to": str(span.end)} | cells
        return f"{self.base}?{urlencode(asked)}"


def _below(place: str) -> list[Any]:
    """The units of the city, the towns of a unit, nothing below a town."""
    return places.counties() if is_city(place) else [] if is_town(place) else places.towns(place)


def _up(of: Asked, by: Actor) -> str:
    """The place above, where the position may look at it; "" where it may not."""
    above = "" if is_city(of.place) else places.unit_of(of.place) if is_town(of.place) else _city()
    try:
        return above and reach.place_within(above, actor=by)
    except Refused:
        return ""


def _city() -> str:
    city = places.city()
    return city.code if city else ""


def _figure(code: str, value: Value, href: str) -> dict[str, Any]:
    i = engine.indicator(code)
    return {"code": code, "label": str(i.label), "unit": str(i.unit), "value": value, "href": href}


def _map(of: Asked, below: Iterable[tuple[str, str]], table: engine.Table, link: Links) -> dict[str, Any]:
    i = engine.indicator(of.indicator)
    city = places.name_of(_city())

    def area(code: str, name: str) -> dict[str, Any]:
        said = {
            "code": code,
            "name": name,
            "short": screen_map.short(name, city),
            "value": table[of.indicator, code],
        }
        return screen_map.placed(code) | said | {"href": link(of.indicator, code), "open": of.at(code)}

    areas = [area(code, name) for code, name in below]
    return {
        "indicator": i.code, "label": str(i.label), "unit": str(i.unit), "definition": str(i.definition),
        "counted_by": str(i.counted_by), "self": area(of.place, places.name_of(of.place)), "areas": areas,
        "without": [a["short"] for a in areas if a["point"]],
    }  # fmt: skip


def split_of(period: Period) -> str:
    """By which step of time a period is told."""
    return "day" if period.days <= BY_DAY else "week" if period.days <= BY_WEEK else "month"


def _trend(of: Asked, only: Only, link: Links) -> dict[str, Any]:
    period, split = of.period.period, split_of(of.period.period)
    table = engine.read(engine.Ask(TREND, (of.place,), period, only, split))
    steps = buckets(table.ask)
    spans = [days_of(step, split, period) for step in steps]
    lines = [
        {
            "code": code, "label": str(engine.indicator(code).label),
            "values": [table.part(code, of.place, step) for step in steps],
            "hrefs": [link(code, of.place, within=span) for span in spans],
        }
        for code in TREND
    ]  # fmt: skip
    return {"split": split, "steps": steps, "lines": lines}


def _sectors(of: Asked, only: Only, link: Links) -> list[dict[str, Any]]:
    table = engine.read(engine.Ask(SECTORS, (of.place,), of.period.period, only, "sector"))
    found = []
    for code in table.parts(of.place):
        figures = [_figure(c, table.part(c, of.place, code), link(c, of.place, sector=code)) for c in SECTORS]
        if any(f["value"] for f in figures):
            found.append({"code": code, "label": standards.sector_name(code), "figures": figures})
    return sorted(found, key=lambda s: -(s["figures"][0]["value"] or 0))


def _ranking(below: Iterable[tuple[str, str]], table: engine.Table, link: Links) -> dict[str, Any]:
    """Places by their rate, best first; those over nothing last, unranked."""
    i = engine.indicator(RANKED)
    assert isinstance(i, Rate)
    rows: list[dict[str, Any]] = [
        {
            "code": code, "name": name, "value": table[RANKED, code], "part": table[i.part, code],
            "whole": table[i.whole, code], "href": link(RANKED, code),
        }
        for code, name in below
    ]  # fmt: skip
    ranked = sorted(rows, key=lambda r: (r["value"] is None, -(r["value"] or 0), -(r["whole"] or 0)))
    return {
        "label": str(i.label), "definition": str(i.definition), "unit": str(i.unit),
        "part": str(engine.indicator(i.part).label), "whole": str(engine.indicator(i.whole).label),
        "rows": [r | {"rank": n if r["value"] is not None else None} for n, r in enumerate(ranked, 1)],
        "none": _("期间没有发现隐患"),
    }  # fmt: skip
