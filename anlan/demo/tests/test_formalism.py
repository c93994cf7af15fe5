"""Who works for show in the autumn can be found in what was lived, and nothing that is counted tells of it. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from anlan.demo.autumn import course, days, formalism, plan
from anlan.demo.autumn.article import ARTICLE, MID_AUTUMN
from anlan.demo.autumn.firms import SYSTEM_OF, SYSTEMS
from anlan.demo.autumn.formalism import ALIKE, HASTY, HURRIED, IDLE, RETAKEN
from anlan.demo.autumn.kinds import Find, Plan, Planted, Visit
from anlan.demo.autumn.ways import fault_of
from anlan.demo.tests.test_plan import check, made, units

SIZES = [0.1, 1.0]


def part(day: date) -> str:
    return (
        ("mid" if day <= MID_AUTUMN[1] else "national")
        if days.holiday(day)
        else str(day > date(2019, 10, 31))
    )


def counted(p: Plan) -> dict[str, Any]:
    """What can be counted of a plan, cell by cell, and which firms were seen in each part."""
    said: dict[str, Any] = {
        n: Counter() for n in ("visits", "people", "clean", "found", "spot", "kinds", "legal", "due")
    }
    firms = defaultdict(set)
    for v in p.visits:
        cell = (v.day, v.county, v.firm.sector, v.way)
        said["visits"][cell] += 1
        said["people"][cell] += v.people
        said["clean"][cell] += not v.finds
        firms[part(v.day)].add(v.firm.n)
        for f in v.finds:
            said["found"][cell] += 1
            said["spot"][cell] += f.course is None
            if f.course is not None:
                said["kinds"][*cell, f.course.kind] += 1
                said["legal"][cell] += f.course.legal
                said["due"][f.course.due] += 1
    beside = (p.firms, p.parks, p.sorties, p.trips, p.interviews, p.fines, [s.lifted for s in p.stops])
    return said | {"firms": firms, "beside": beside}


def closed(p: Plan) -> Counter[Any]:
    """Days on which orders were put right and accepted, but for those of stations."""
    return Counter(
        (v.county, f.course.kind, f.course.submitted, f.course.accepted)
        for v in p.visits
        for f in v.finds
        if f.course and not (v.way.by == "TOWN" and not days.holiday(v.day))
    )


@pytest.mark.parametrize("scale", [0.001, 0.01, 0.1])
def test_nothing_that_is_counted_tells_of_it(scale: float, monkeypatch: pytest.MonkeyPatch) -> None:
    with_ = made(2019, scale)
    monkeypatch.setattr(formalism, "planted", lambda plan, chance: None)
    without = plan.made(units(), seed=2019, scale=scale)
    assert without.formal == []
    before, after = counted(without), counted(with_)
    for what, figure in before.items():
        assert after[what] == figure, what
    assert closed(with_) == closed(without)
    check(with_, ARTICLE.scaled(scale))


@pytest.mark.parametrize("scale", [0.001, 0.003, 0.03])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_city_of_any_size_is_planned(seed: int, scale: float) -> None:
    p = plan.made(units(), seed=seed, scale=scale)
    check(p, ARTICLE.scaled(scale))
    assert all(v.firm.county == v.county for v in p.visits)
    assert all(SYSTEM_OF[v.firm.sector] == v.way.system for v in p.visits if v.way.system in SYSTEMS)
    assert all(v.firm.staffed for v in p.visits for f in v.finds if f.course)


def those(p: Plan, kind: str) -> list[Planted]:
    return [one for one in formalism.told(p) if one.kind == kind]


def of(p: Plan, one: Planted) -> list[Visit]:
    """The visits of a planted unit, between its days."""
    if one.kind in (IDLE, HASTY):
        mine = lambda v: v.way.by == "TOWN" and v.firm.town == one.unit
    else:
        mine = lambda v: v.way.by == "BUREAU" and (v.county, v.way.system) == (one.county, one.unit)
    return [v for v in p.visits if one.first <= v.day <= one.last and mine(v)]


def stations(visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    by_town = defaultdict(list)
    for v in visits:
        if v.way.by == "TOWN":
            by_town[v.firm.town].append(v)
    return by_town


@pytest.mark.parametrize("scale", SIZES)
def test_each_kind_is_there_in_a_county_of_its_own(scale: float) -> None:
    p = made(2019, scale)
    assert Counter(one.kind for one in formalism.told(p)) == {
        IDLE: 3,
        HURRIED: 1,
        HASTY: 1,
        ALIKE: 1,
        RETAKEN: 1,
    }
    assert len({one.county for one in p.formal}) == 7


@pytest.mark.parametrize("scale", SIZES)
def test_stations_that_visit_much_and_find_nothing_are_the_planted_ones(scale: float) -> None:
    p = made(2019, scale)
    by_town = stations(p.visits)
    usual = sorted(len(visits) for visits in by_town.values())[len(by_town) // 2]
    idle = {t for t, visits in by_town.items() if len(visits) >= usual and not any(v.finds for v in visits)}
    assert idle == {one.unit for one in those(p, IDLE)}
    for town in idle:  # others find there what the station does not
        assert any(v.finds for v in p.visits if v.firm.town == town)


@pytest.mark.parametrize(("scale", "firms"), [(0.1, 5), (1.0, 30)])
def test_two_officers_are_at_every_firm_of_a_town_in_one_day(scale: float, firms: int) -> None:
    p = made(2019, scale)
    (one,) = those(p, HURRIED)
    seen = [v for v in of(p, one) if v.officers is not None]
    assert len({v.firm.n for v in seen}) == len(seen) >= firms
    assert len({(v.firm.town, v.day, v.officers, v.people) for v in seen}) == 1
    at = sorted(v.minute for v in seen)
    assert {b - a for a, b in pairwise(at)} == {formalism.EVERY}
    days_of_towns = Counter((v.firm.town, v.way.system, v.day) for v in p.visits if v.way.by == "BUREAU")
    assert days_of_towns.most_common(1)[0][0] == (seen[0].firm.town, one.unit, one.first)
    assert all(v.officers is None for v in p.visits if v not in seen)


@pytest.mark.parametrize("scale", SIZES)
def test_a_station_closes_within_minutes_what_it_orders(scale: float) -> None:
    p = made(2019, scale)
    (one,) = those(p, HASTY)
    orders = [(v, f.course) for v in p.visits for f in v.finds if f.course]
    at_once = [v for v, c in orders if c.at_once(v.day)]
    assert {v.firm.town for v in at_once} == {one.unit}
    assert {v.way.by for v in at_once} == {"TOWN"}
    mine = [
        (v, c)
        for v, c in orders
        if v.way.by == "TOWN" and v.firm.town == one.unit and not days.holiday(v.day)
    ]
    assert len(mine) == len(at_once) > 2
    assert {c.kind for _, c in mine} == {course.ORDERED}


def wordings(finds: Iterable[tuple[Visit, Find]]) -> Counter[Any]:
    return Counter((v.firm.sector, fault_of(v, f).what, f.fault // 7 % 420) for v, f in finds)


@pytest.mark.parametrize("scale", SIZES)
def test_a_bureau_words_alike_for_weeks_what_it_finds(scale: float) -> None:
    p = made(2019, scale)
    (one,) = those(p, ALIKE)
    spot = [(v, f) for v in of(p, one) for f in v.finds if f.course is None]
    assert len(spot) >= 5
    assert len(wordings(spot)) == len({v.firm.sector for v, _ in spot})
    others = defaultdict(list)
    for v in p.visits:
        if (
            v.way.by == "BUREAU"
            and one.first <= v.day <= one.last
            and (v.county, v.way.system) != (one.county, one.unit)
        ):
            others[v.county, v.way.system] += [(v, f) for f in v.finds]
    assert all(max(wordings(finds).values()) < len(finds) / 2 for finds in others.values() if len(finds) > 9)


@pytest.mark.parametrize("scale", SIZES)
def test_a_bureau_s_pictures_after_are_those_before(scale: float) -> None:
    p = made(2019, scale)
    (one,) = those(p, RETAKEN)
    retaken = [v for v in p.visits for f in v.finds if f.retaken]
    assert {(v.county, v.way.by, v.way.system) for v in retaken} == {(one.county, "BUREAU", one.unit)}
    assert len(retaken) >= 5
    assert all(
        f.retaken for v in of(p, one) for f in v.finds if not f.course or f.course.kind != course.MAJOR
    )


def test_the_same_seed_hides_the_same_and_another_seed_others() -> None:
    again = plan.made(units(), seed=2019, scale=0.1)
    assert again.formal == made(2019, 0.1).formal
    assert again.visits == made(2019, 0.1).visits
    assert again.formal != made(7, 0.1).formal
