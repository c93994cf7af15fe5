"""Units of the autumn that work for show (走过场), hidden in the plan for whoever looks for them.

Nothing that is made of the plan says where they are; `told` does, for tests and for who builds the search. Each
stands in a county of its own:

- IDLE: stations of towns that visit as much as others and never find anything;
- HURRIED: two officers of a bureau who are recorded at firm after firm of one day, all in one town, a few minutes after
  another; thirty firms and more in the whole city, as many as the day of a smaller one has;
- HASTY: a station whose orders are handed in and accepted within minutes, on the day on which it found them;
- ALIKE: a bureau that for weeks finds the same fault in the same place of every firm of a sector;
- RETAKEN: a bureau whose pictures "after" are, for a month, its pictures "before".

The pictures of the demonstration come from a pool of a few dozen (`photos.pool`): every one of them serves hundreds
of hazards, so that a picture seen elsewhere says nothing here. The same picture before and after does.

What is counted stays what it was. Two visits of one county, sector and part of the autumn exchange their firms, and
with them the towns, not their days, ways or findings: visits and findings of every day, county, sector, source and
grade, people, clean visits, what was put right at once, and the firms seen in a part are the same as before. What
is hurried moves within its day. HASTY alone moves days, those on which an order without a document was put right and
accepted, and leaves both holidays alone.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from anlan.demo.autumn import days
from anlan.demo.autumn.article import MID_AUTUMN, REPORTED
from anlan.demo.autumn.course import MAJOR, ORDERED, Course
from anlan.demo.autumn.kinds import Find, Plan, Planted, Visit

IDLE, HURRIED, HASTY, ALIKE, RETAKEN = "IDLE", "HURRIED", "HASTY", "ALIKE", "RETAKEN"
WHY = {
    IDLE: "visits as much as others and never finds anything",
    HURRIED: "two officers at every firm of the day, minutes after another",
    HASTY: "orders are handed in and accepted within minutes",
    ALIKE: "the same words for every firm of a sector",
    RETAKEN: "the picture after is the picture before",
}
#: below so many visits or findings nothing could be seen in them
LEAST = {IDLE: 5, HURRIED: 4, HASTY: 2, ALIKE: 5, RETAKEN: 5}
IDLE_STATIONS, WEEKS = 3, 5
#: minutes from one firm to the next, and when the first is seen
EVERY, NINE = 4, 9 * 60
MONTHS = (
    (date(2019, 8, 1), date(2019, 8, 31)),
    (date(2019, 9, 1), date(2019, 9, 30)),
    (date(2019, 10, 1), REPORTED),
)
#: the parts of the autumn that have figures of their own
FEAST, NATIONAL, ORDINARY, NOVEMBER = range(4)
#: how full a day, or a station of orders, must be beside the fullest; and how many such days are tried
FULL, TRIED = 0.85, 8

U = TypeVar("U", bound=Hashable)
Pairs = list[tuple[Visit, Visit]]


def planted(plan: Plan, chance: random.Random) -> None:
    """Hide them in a plan that is complete otherwise; where a city is too small for one of them, it has none."""
    ground = Ground(plan, chance)
    for plant in (_hurried, *[_idle] * IDLE_STATIONS, _hasty, _alike, _retaken):
        one = plant(ground)
        if one is not None:
            plan.formal.append(one)
            ground.taken.add(one.county)


def told(plan: Plan) -> dict[Planted, str]:
    """Which units of a plan work for show, and why they are found out."""
    return {one: WHY[one.kind] for one in plan.formal}


@dataclass
class Ground:
    """The visits of organs by county, and the counties that are taken."""

    plan: Plan
    chance: random.Random
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.visits: dict[str, list[Visit]] = defaultdict(list)
        for v in self.plan.visits:
            if v.way.by != "SELF":
                self.visits[v.county].append(v)
        interviews, fines = self.plan.interviews, self.plan.fines
        self.named = {(i.day, i.firm.n) for i in interviews} | {(f.day, f.firm.n) for f in fines}

    def by(self, whose: str) -> Iterator[Visit]:
        """Visits of stations or bureaus in the counties that are left."""
        for county, visits in self.visits.items():
            if county not in self.taken:
                yield from (v for v in visits if v.way.by == whose)

    def loose(self, v: Visit) -> bool:
        """Whether its firm may be exchanged: nothing that follows names it, nor do the figures of Mid-Autumn."""
        feast = v.way.system == "EMERGENCY" and _part(v.day) == FEAST
        return not (feast or any(f.course for f in v.finds) or (v.day, v.firm.n) in self.named)

    def drawn(self, sizes: Mapping[U, int], least: int, share: float = 0.5) -> list[U]:
        """In an order of chance, those that have this share of what the largest has."""
        enough = max(least, share * max(sizes.values(), default=0))
        units = [unit for unit, n in sizes.items() if n >= enough]
        self.chance.shuffle(units)
        return units


def _part(day: date) -> int:
    if days.holiday(day):
        return FEAST if day <= MID_AUTUMN[1] else NATIONAL
    return ORDINARY if day <= REPORTED else NOVEMBER


def _one(kind: str, unit: str, visits: Sequence[Visit]) -> Planted:
    """`visits` in order of days."""
    return Planted(kind, visits[0].county, unit, visits[0].day, visits[-1].day)


def _exchange(pairs: Pairs) -> None:
    for v, w in pairs:
        v.firm, w.firm = w.firm, v.firm


# -- never finds anything --------------------------------------------------------------------------


def _idle(g: Ground) -> Planted | None:
    held: dict[str, list[Visit]] = defaultdict(list)
    for v in g.by("TOWN"):
        held[v.firm.town].append(v)
    for town in g.drawn({t: len(visits) for t, visits in held.items()}, LEAST[IDLE]):
        pairs = _rid(g, town, held[town])
        if pairs is not None:
            _exchange(pairs)
            return _one(IDLE, town, held[town])
    return None


def _rid(g: Ground, town: str, visits: Sequence[Visit]) -> Pairs | None:
    """For each visit that found something another town's that found nothing, the nearest in kind and day."""
    clean: dict[tuple[int, str], list[Visit]] = defaultdict(list)
    for w in g.visits[visits[0].county]:
        if not w.finds and w.firm.town != town and g.loose(w):
            clean[_part(w.day), w.firm.sector].append(w)
    tied = [v for v in visits if any(f.course for f in v.finds)]
    free = [v for v in visits if v.finds and not any(f.course for f in v.finds)]
    pairs = []
    for v, staffed in [*((v, True) for v in tied), *((v, False) for v in free)]:
        pool = clean[_part(v.day), v.firm.sector]
        fits = [n for n, w in enumerate(pool) if w.firm.staffed or not staffed]
        if not fits:
            return None
        near = min(fits, key=lambda n: _apart(v, pool[n]))
        pairs.append((v, pool.pop(near)))
    return pairs


def _apart(v: Visit, w: Visit) -> tuple[bool, bool, int]:
    return w.way != v.way, w.way.by != v.way.by, abs((w.day - v.day).days)


# -- everywhere at once ----------------------------------------------------------------------------


def _hurried(g: Ground) -> Planted | None:
    held: dict[tuple[str, str, date], list[Visit]] = defaultdict(list)
    for v in g.by("BUREAU"):
        if _part(v.day) == ORDINARY and g.loose(v):
            held[v.county, v.way.system, v.day].append(v)
    full = g.drawn({key: len(visits) for key, visits in held.items()}, LEAST[HURRIED], FULL)[:TRIED]
    pairs = max((_route(g, held[key]) for key in full), key=len, default=[])
    if len(pairs) < LEAST[HURRIED]:
        return None
    _exchange([(v, w) for v, w in pairs if v is not w])
    officers = g.chance.randrange(1 << 10)
    for n, (v, _) in enumerate(pairs):
        v.minute, v.officers = NINE + EVERY * n, officers
    return _one(HURRIED, pairs[0][0].way.system, [v for v, _ in pairs])


def _route(g: Ground, visits: Sequence[Visit]) -> Pairs:
    """The visits of a day that can lead into one town: with itself, or with another day's visit of its firms."""
    sectors, day = {v.firm.sector for v in visits}, visits[0].day
    others = [
        w
        for w in g.visits[visits[0].county]
        if w.firm.sector in sectors and w.day != day and _part(w.day) == ORDINARY and g.loose(w)
    ]
    towns = Counter(w.firm.town for w in others)
    town = max(towns, key=towns.__getitem__, default="")
    there: dict[str, dict[int, Visit]] = defaultdict(dict)
    for w in others:
        if w.firm.town == town:
            there[w.firm.sector].setdefault(w.firm.n, w)
    pairs = [(v, v) for v in visits if v.firm.town == town]
    for v, _ in pairs:
        there[v.firm.sector].pop(v.firm.n, None)
    for v in visits:
        if v.firm.town != town and there[v.firm.sector]:
            pairs.append((v, there[v.firm.sector].popitem()[1]))
    return pairs


# -- done before it was begun ----------------------------------------------------------------------


def _hasty(g: Ground) -> Planted | None:
    ordered: dict[str, list[tuple[Visit, Find]]] = defaultdict(list)
    for v in g.by("TOWN"):
        if not days.holiday(v.day):
            ordered[v.firm.town] += [(v, f) for f in v.finds if f.course and f.course.kind == ORDERED]
    for town in g.drawn({t: len(found) for t, found in ordered.items()}, LEAST[HASTY], FULL)[:1]:
        for v, f in ordered[town]:
            assert f.course is not None
            f.course = Course(ORDERED, f.course.due, submitted=v.day, accepted=v.day)
        return _one(HASTY, town, [v for v, _ in ordered[town]])
    return None


# -- the same again --------------------------------------------------------------------------------


def _alike(g: Ground) -> Planted | None:
    first = date(2019, 8, 19) + timedelta(weeks=g.chance.randrange(8))
    last = first + timedelta(weeks=WEEKS, days=-1)
    fault = g.chance.randrange(1 << 30)
    unit, found = _bureau(g, ALIKE, first, last, lambda f: f.course is None)
    for _, f in found:
        f.fault = fault
    return _one(ALIKE, unit, [v for v, _ in found]) if found else None


def _retaken(g: Ground) -> Planted | None:
    first, last = g.chance.choice(MONTHS)
    unit, found = _bureau(g, RETAKEN, first, last, lambda f: f.course is None or f.course.kind != MAJOR)
    for _, f in found:
        f.retaken = True
    return _one(RETAKEN, unit, [v for v, _ in found]) if found else None


def _bureau(
    g: Ground, kind: str, first: date, last: date, fits: Callable[[Find], bool]
) -> tuple[str, list[tuple[Visit, Find]]]:
    """One that found enough of this in these days: its system, and what it found."""
    found: dict[tuple[str, str], list[tuple[Visit, Find]]] = defaultdict(list)
    for v in g.by("BUREAU"):
        if first <= v.day <= last:
            found[v.county, v.way.system] += [(v, f) for f in v.finds if fits(f)]
    for unit in g.drawn({u: len(some) for u, some in found.items()}, LEAST[kind])[:1]:
        return unit[1], found[unit]
    return "", []
