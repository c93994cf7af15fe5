"""The boundaries that maps are drawn on, and where a position lies upon them.

Those that come with the build are in GCJ-02, the national coordinates that differ from WGS84 by some 570 m at
Zhengzhou; positions kept in WGS84 are shifted to lie on them. A city puts its own file in place of it:
`boundaries/<code>.json` in the data folder, GeoJSON whose features carry `adcode`, in GCJ-02.
"""

import json
import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

#: Krasovsky's ellipsoid, upon which GCJ-02 rests
AXIS, ECCENTRICITY = 6378245.0, 0.00669342162296594323

#: the file of the build as its manifest names it
BUILT = "generated/boundaries.json"

Point = tuple[float, float]


def gcj02(lng: float, lat: float) -> tuple[float, float]:
    """A position of WGS84 in GCJ-02, within some metres (the official shift is not published)."""
    x, y = lng - 105.0, lat - 35.0
    waves = (20 * math.sin(6 * math.pi * x) + 20 * math.sin(2 * math.pi * x)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + waves
    north += (20 * math.sin(math.pi * y) + 40 * math.sin(math.pi * y / 3)) * 2 / 3
    north += (160 * math.sin(math.pi * y / 12) + 320 * math.sin(math.pi * y / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + waves
    east += (20 * math.sin(math.pi * x) + 40 * math.sin(math.pi * x / 3)) * 2 / 3
    east += (150 * math.sin(math.pi * x / 12) + 300 * math.sin(math.pi * x / 30)) * 2 / 3
    phi = math.radians(lat)
    magic = 1 - ECCENTRICITY * math.sin(phi) ** 2
    root = math.sqrt(magic)
    north = north * 180 / ((AXIS * (1 - ECCENTRICITY)) / (magic * root) * math.pi)
    east = east * 180 / (AXIS / root * math.cos(phi) * math.pi)
    return round(lng + east, 6), round(lat + north, 6)


def own_boundaries(city: str) -> Path | None:
    """The file that this installation draws its map on instead of the built one."""
    path = Path(settings.DATA_DIR) / "boundaries" / f"{city}.json"
    return path if path.is_file() else None


def boundaries(city: str) -> dict[str, list[list[Point]]]:
    """Rings of each unit that has a boundary, by its code; none where no file is there or it cannot be read."""
    path = own_boundaries(city) or _built()
    return _read(path, path.stat().st_mtime_ns) if path is not None else {}


def _built() -> Path | None:
    manifest = Path(settings.BUILT) / "manifest.json"
    try:
        path = Path(settings.BUILT) / json.loads(manifest.read_text(encoding="utf-8"))[BUILT]["file"]
    except (OSError, ValueError, KeyError):
        return None
    return path if path.is_file() else None


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> dict[str, list[list[Point]]]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(f["properties"]["adcode"]): list(_rings(f["geometry"]["coordinates"]))
            for f in said["features"]
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _rings(at: Any) -> Iterator[list[Point]]:
    """Every ring of a polygon or of several."""
    if isinstance(at[0][0], (int, float)):
        yield [(float(p[0]), float(p[1])) for p in at]
        return
    for part in at:
        yield from _rings(part)
