"""The parks of the units: where in a town the most works stand together."""

from collections import defaultdict
from collections.abc import Sequence

from anlan.demo.autumn.firms import Firm, Unit
from anlan.demo.autumn.kinds import Park

EACH, MOST = 3, 30
WORKS = frozenset({"TRADE", "HAZCHEM", "OTHER"})
KINDS = ("产业园", "工业园", "物流园", "科技园")


def planned(units: Sequence[Unit], firms: Sequence[Firm]) -> list[Park]:
    """Up to three parks to a unit, each with up to thirty firms of its town; none where nothing stands together."""
    works: dict[str, list[Firm]] = defaultdict(list)
    for f in firms:
        if f.sector in WORKS:
            works[f.town].append(f)
    parks = []
    for unit in units:
        towns = sorted(unit.towns, key=lambda t: (-len(works[t[0]]), t[0]))
        for n, (code, name) in enumerate(towns[:EACH]):
            if len(works[code]) > 1:
                kind = KINDS[(n + len(parks)) % len(KINDS)]
                parks.append(Park(unit.code, code, f"{_short(name)}{kind}", tuple(works[code][:MOST])))
    return parks


def _short(town: str) -> str:
    return town.removesuffix("街道").removesuffix("办事处").removesuffix("镇").removesuffix("乡") or town
