"""Coverage as a picture: units in the shade of what was covered, firms as points upon them.

Drawn here and not in the browser, so that it prints and works without JavaScript. Units that have no boundary (zones)
are a point with a ring; a click upon either opens the unit.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from anlan.inspections import coverage_queries as queries
from anlan.inspections.coverage_models import Roll
from anlan.inspections.coverage_queries import Line
from anlan.places import outline
from anlan.places import queries as places

WIDE, HIGH, EDGE = 720, 520, 14
#: a unit as wide as this carries its name
ROOM = 90
#: shares covered from which a unit takes the next shade
SHADES = (0.0001, 0.25, 0.5, 0.75, 0.9999)


@dataclass(frozen=True, slots=True)
class Area:
    """A unit: its boundary as a path, or where its point is; `level` is its shade, None where there is nothing to cover."""

    code: str
    name: str
    line: Line | None
    path: str
    x: float
    y: float
    named: bool = False

    @property
    def level(self) -> int | None:
        rate = self.line.rate if self.line is not None else None
        return None if rate is None else sum(rate >= step for step in SHADES)


@dataclass(frozen=True, slots=True)
class Dot:
    """A square of the map: where it is on the picture, how many firms stand in it, how many were looked at."""

    x: float
    y: float
    r: float
    nodes: int
    seen: int


@dataclass(frozen=True, slots=True)
class Plane:
    """How positions in degrees fall on the picture."""

    west: float
    north: float
    squeeze: float
    scale: float
    height: int

    def at(self, lng: float, lat: float) -> tuple[float, float]:
        return (
            round(EDGE + (lng - self.west) * self.squeeze * self.scale, 1),
            round(EDGE + (self.north - lat) * self.scale, 1),
        )


def plane(points: list[tuple[float, float]]) -> Plane:
    """The whole of some positions as large as it fits, never squeezed."""
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    across, down = max((east - west) * squeeze, 0.01), max(north - south, 0.01)
    scale = min((WIDE - 2 * EDGE) / across, (HIGH - 2 * EDGE) / down)
    return Plane(west, north, squeeze, scale, round(2 * EDGE + down * scale))


@dataclass(frozen=True, slots=True)
class Picture:
    areas: list[Area]
    zones: list[Area]
    dots: list[Dot]
    height: int
    width: int = WIDE


def picture(r: Roll, lines: Mapping[str, Line], *, county: str = "") -> Picture | None:
    """The map of a roll: `lines` are the units of whoever looks. None where there is nothing to draw.

    Narrowed to one unit it is drawn as large as it fits; one without a boundary is drawn as far as its firms lie.
    """
    city = places.city()
    rings = outline.boundaries(city.code) if city is not None else {}
    seen = [(*outline.gcj02(lng, lat), n, s) for lng, lat, n, s in queries.squares(r, county=county)]
    around = [p for code, parts in rings.items() if county in ("", code) for ring in parts for p in ring]
    around = around or [(lng, lat) for lng, lat, _n, _s in seen]
    if not around:
        return None
    on = plane(around)
    shown = [county] if county else list(lines)
    areas = [
        Area(code, places.name_of(code), lines.get(code), _path(tuple(map(tuple, rings[code])), on), *_middle(rings[code], on))
        for code in rings
        if not county or code == county
    ]  # fmt: skip
    zones = []
    for code in shown:
        place = places.place(code)
        if code not in rings and place is not None and place.lng is not None and place.lat is not None:
            x, y = on.at(*outline.gcj02(float(place.lng), float(place.lat)))
            zones.append(Area(code, place.name, lines.get(code), "", x, y))
    return Picture(areas, [] if county else zones, _dots(seen, on), on.height)


def _dots(seen: list[Any], on: Plane) -> list[Dot]:
    most = max((n for _x, _y, n, _s in seen), default=1)
    return [
        Dot(*on.at(lng, lat), r=round(2 + 6 * (n / most) ** 0.5, 1), nodes=n, seen=s)
        for lng, lat, n, s in seen
    ]


def _middle(rings: list[list[tuple[float, float]]], on: Plane) -> tuple[float, float, bool]:
    """Where the name of a unit stands, and whether there is room for it."""
    xs, ys = zip(*(on.at(*p) for p in max(rings, key=len)), strict=True)
    return round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1), max(xs) - min(xs) > ROOM


@lru_cache(maxsize=64)
def _path(rings: tuple[Any, ...], on: Plane) -> str:
    """Rings as one path; positions that fall on the same half point of the picture are told once."""
    said = []
    for ring in rings:
        points: list[tuple[float, float]] = []
        for lng, lat in ring:
            x, y = on.at(lng, lat)
            point = round(x * 2) / 2, round(y * 2) / 2
            if not points or points[-1] != point:
                points.append(point)
        said.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(said)
