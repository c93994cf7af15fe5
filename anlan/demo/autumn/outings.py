"""Groups that go out, leaders in the field, interviews, fines."""

import random
from collections.abc import Sequence
from datetime import date

from anlan.demo.autumn import days
from anlan.demo.autumn.article import MID_AUTUMN, NATIONAL_DAY, Article
from anlan.demo.autumn.firms import WEIGHTS, Unit
from anlan.demo.autumn.kinds import Fine, Interview, Plan, Sortie, Trip, Visit
from anlan.demo.autumn.share import among, deck, shares

GROUPS, SQUADS = 15, 13
SYSTEMS = {
    "EMERGENCY": 35.0,
    "FIRE": 22.0,
    "CONSTRUCTION": 14.0,
    "TRANSPORT": 12.0,
    "MARKET": 9.0,
    "TOURISM": 8.0,
}
#: the principal leaders of a zone; of a district, a county, a city at county level, by the fifth digit of the code
ZONE_POSTS = ("党工委书记", "管委会主任")
POSTS = {"0": ("区委书记", "区长"), "2": ("县委书记", "县长"), "8": ("市委书记", "市长")}
INTERVIEWS, FINES, TRIPS = 52, 360, 210
AMOUNTS = (1_000, 2_000, 3_000, 5_000, 8_000, 10_000, 15_000, 20_000, 30_000)


def planned(plan: Plan, units: Sequence[Unit], told: Article, scale: float, chance: random.Random) -> None:
    """Add them to a plan whose visits stand."""
    codes = [u.code for u in units]
    mid, national = told.mid_autumn, told.national_day
    plan.sorties += _of_the_day(codes, MID_AUTUMN, mid.groups, mid.people, {"EMERGENCY": 1.0}, chance)
    plan.sorties += _national(codes, national.groups, national.people, chance)
    plan.sorties += _patrols(codes, scale, chance)
    plan.sorties.sort(key=lambda s: (s.day, s.name))
    feast, rest = _by_bureaus(plan.visits)
    plan.interviews = [Interview(v.day, v.firm) for v in _drawn(feast, national.interviews, chance)]
    plan.interviews += [Interview(v.day, v.firm) for v in _drawn(rest, int(INTERVIEWS * scale), chance)]
    plan.fines = _fines(feast, national.fines, scale, chance)
    plan.fines += [
        Fine(v.day, v.firm, chance.choice(AMOUNTS)) for v in _drawn(rest, int(FINES * scale), chance)
    ]
    plan.trips = _trips(plan, codes, days.between(*NATIONAL_DAY), national.trips, chance)
    plan.trips += _trips(plan, codes, list(days.ordinary()), int(TRIPS * scale), chance)


def _of_the_day(
    codes: Sequence[str], window: tuple[date, date], groups: int, people: int, systems: dict[str, float],
    chance: random.Random, first: int = 1,
) -> list[Sortie]:  # fmt: skip
    """Groups under a name of the day; heads shared out as evenly as whole numbers allow."""
    cells = {(d, c): WEIGHTS[c] for d in days.between(*window) for c in codes}
    where = deck(among(groups, cells), chance)
    whose = deck(among(groups, systems), chance)
    heads = shares(people, [1.0] * groups)
    return [
        Sortie(day, county, system, f"{day.month}月{day.day}日第{first + n}{'暗访' if n % 9 == 0 else '检查'}组", people_no,
               covert=n % 9 == 0)
        for n, ((day, county), system, people_no) in enumerate(zip(where, whose, heads, strict=True))
    ]  # fmt: skip


def _national(codes: Sequence[str], groups: int, people: int, chance: random.Random) -> list[Sortie]:
    """Of these groups the fifteen and the thirteen are some, each out on one of the days in its own county."""
    standing = min(groups, GROUPS + SQUADS)
    heads = shares(people, [1.0] * groups)
    window = days.between(*NATIONAL_DAY)
    out = []
    for n in range(standing):
        squad = n >= GROUPS
        k = n - GROUPS if squad else n
        out.append(Sortie(window[n % 7], codes[min(k, len(codes) - 1)], "EMERGENCY" if squad else "GROUP", "", heads[n],
                          standing=k, squad=squad))  # fmt: skip
    rest = groups - standing
    return out + _of_the_day(codes, NATIONAL_DAY, rest, sum(heads[standing:]), SYSTEMS, chance)


def _patrols(codes: Sequence[str], scale: float, chance: random.Random) -> list[Sortie]:
    """The standing groups on ordinary days: each as often as the size of the city says, in its county."""
    out = []
    every = [d for d in days.ordinary() if d >= days.GROUPS_STAND and not days.holiday(d)]
    for n in range(GROUPS + SQUADS):
        squad = n >= GROUPS
        k = n - GROUPS if squad else n
        for day in sorted(chance.sample(every, min(len(every), int(30 * scale + 0.5)))):
            out.append(Sortie(day, codes[min(k, len(codes) - 1)], "EMERGENCY" if squad else "GROUP", "", chance.randint(4, 8),
                              standing=k, squad=squad))  # fmt: skip
    return out


def _by_bureaus(visits: Sequence[Visit]) -> tuple[list[Visit], list[Visit]]:
    """Visits of bureaus that found something: of National Day, and of ordinary days until the report."""
    found = [v for v in visits if v.way.by == "BUREAU" and v.finds]
    national = [v for v in found if NATIONAL_DAY[0] <= v.day <= NATIONAL_DAY[1]]
    ordinary = days.ordinary()
    return national, [v for v in found if v.day in ordinary and not days.holiday(v.day)]


def _drawn(visits: Sequence[Visit], n: int, chance: random.Random) -> list[Visit]:
    """So many visits to different firms, in order of days."""
    by_firm = {v.firm.n: v for v in visits}
    return sorted(
        chance.sample(list(by_firm.values()), min(n, len(by_firm))), key=lambda v: (v.day, v.firm.n)
    )


def _fines(visits: Sequence[Visit], yuan: int, scale: float, chance: random.Random) -> list[Fine]:
    """The sum of the holiday in round amounts; the last takes what is left."""
    drawn = _drawn(visits, max(1, int(9 * scale + 0.5)) if yuan else 0, chance)
    hundreds = shares(yuan // 100, [chance.choice((1, 2, 3, 5)) for _ in drawn]) if drawn else []
    amounts = [100 * n for n in hundreds]
    if amounts:
        amounts[-1] += yuan - sum(amounts)
    return [Fine(v.day, v.firm, amount) for v, amount in zip(drawn, amounts, strict=True) if amount]


def _trips(
    plan: Plan, codes: Sequence[str], when: Sequence[date], n: int, chance: random.Random
) -> list[Trip]:
    """Principal leaders of the units: one leader on one day in one county is one trip."""
    places = [(d, c, p) for d in when for c in codes for p in (0, 1)]
    firms = {c: [f for f in plan.firms if f.county == c and f.staffed] for c in codes}
    trips = []
    for day, county, post in sorted(chance.sample(places, min(n, len(places)))):
        posts = POSTS.get(county[4], ZONE_POSTS)
        trips.append(Trip(day, county, posts[post], chance.choice(firms[county])))
    return trips
