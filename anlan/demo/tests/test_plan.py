"""The plan of the autumn: its whole numbers are those of the article. Pure: no database."""

from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest

from anlan.demo.autumn import course, days, plan
from anlan.demo.autumn.article import ARTICLE, MID_AUTUMN, NATIONAL_DAY, REPORTED, SETTLED
from anlan.demo.autumn.firms import SYSTEM_OF, SYSTEMS, WEIGHTS, Unit
from anlan.demo.autumn.kinds import Find, Plan, Visit
from anlan.demo.autumn.share import shares
from anlan.places.loading import table


@cache
def units() -> list[Unit]:
    rows = list(table("anlan.places", "places.csv"))
    towns = lambda code: tuple(
        (r["code"], r["name"]) for r in rows if r["level"] == "TOWN" and r["unit"] == code
    )
    return [
        Unit(r["code"], r["name"], towns(r["code"]))
        for r in rows
        if r["level"] == "COUNTY" and r["unit"] == r["code"]
    ]


@cache
def made(seed: int, scale: float) -> Plan:
    return plan.made(units(), seed=seed, scale=scale)


def finds(p: Plan, first: date, last: date, system: str = "") -> list[tuple[Visit, Find]]:
    return [
        (v, f) for v in p.visits if first <= v.day <= last and system in ("", v.way.system) for f in v.finds
    ]


def major(f: Find) -> bool:
    return f.course is not None and f.course.kind == course.MAJOR


def rectified(v: Visit, f: Find) -> Any:
    if f.course is None:
        return v.day
    return f.course.again if f.course.failed else f.course.submitted


def check(p: Plan, told: Any) -> None:
    """Every figure of the article, at the size of `told`."""
    until = finds(p, date(2019, 7, 31), REPORTED)
    assert sum(v.day <= REPORTED for v in p.visits) == told.visits
    assert sum(not major(f) for _, f in until) == told.general
    assert sum(major(f) for _, f in until) == told.major
    assert len({s.visit.firm.n for s in p.stops}) == len(p.stops) == told.suspended
    assert sum(f.course is not None and f.course.legal for _, f in until) == told.orders
    _mid(p, told.mid_autumn)
    _national(p, told.national_day)


def _mid(p: Plan, t: Any) -> None:
    out = [s for s in p.sorties if MID_AUTUMN[0] <= s.day <= MID_AUTUMN[1] and s.system == "EMERGENCY"]
    assert (len(out), sum(s.people for s in out)) == (t.groups, t.people)
    visits = [v for v in p.visits if MID_AUTUMN[0] <= v.day <= MID_AUTUMN[1] and v.way.system == "EMERGENCY"]
    assert len(visits) == len({v.firm.n for v in visits}) == t.firms
    found = finds(p, *MID_AUTUMN, "EMERGENCY")
    assert (len(found), sum(f.course is None for _, f in found)) == (t.found, t.on_spot)
    assert not any(MID_AUTUMN[0] <= f.course.submitted <= MID_AUTUMN[1] for v in p.visits for f in v.finds
                   if f.course and f.course.submitted)  # fmt: skip


def _national(p: Plan, t: Any) -> None:
    inside = lambda day: day is not None and NATIONAL_DAY[0] <= day <= NATIONAL_DAY[1]
    out = [s for s in p.sorties if inside(s.day)]
    assert (len(out), sum(s.people for s in out)) == (t.groups, t.people)
    visits = [v for v in p.visits if inside(v.day)]
    assert len(visits) == len({v.firm.n for v in visits}) == t.firms
    found = [(v, f) for v in visits for f in v.finds]
    assert (sum(not major(f) for _, f in found), sum(major(f) for _, f in found)) == (t.general, t.major)
    put_right = [f for v in p.visits for f in v.finds if inside(rectified(v, f))]
    assert (sum(not major(f) for f in put_right), sum(major(f) for f in put_right)) == (t.rectified, t.major)
    assert sum(f.course is not None and f.course.legal for _, f in found) == t.orders
    assert sum(inside(i.day) for i in p.interviews) == t.interviews
    assert sum(f.yuan for f in p.fines if inside(f.day)) == t.fines
    assert len({(x.day, x.county, x.post) for x in p.trips if inside(x.day)}) == t.trips
    assert not any(inside(s.day) for s in p.stops)


def test_a_whole_number_is_shared_out_to_the_last_one() -> None:
    assert shares(10, [1, 1, 1]) == [4, 3, 3]
    assert sum(shares(122_302, [0.1, 7.3, 2.2, 0.0001])) == 122_302
    with pytest.raises(ValueError, match="nobody"):
        shares(1, [0, 0])


def test_the_plan_of_the_whole_city_is_the_article() -> None:
    check(made(2019, 1.0), ARTICLE)


@pytest.mark.parametrize("scale", [0.001, 0.01, 0.1])
@pytest.mark.parametrize("seed", [2019, 7])
def test_another_seed_and_another_size_give_another_city_of_the_same_kind(seed: int, scale: float) -> None:
    check(made(seed, scale), ARTICLE.scaled(scale))


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    assert plan.made(units(), seed=7, scale=0.001).visits == made(7, 0.001).visits
    assert made(7, 0.001).visits != made(2019, 0.001).visits


def test_every_visit_goes_to_a_firm_that_its_organ_looks_after() -> None:
    for v in made(2019, 0.1).visits:
        assert v.firm.county == v.county
        assert v.way.system not in SYSTEMS or SYSTEM_OF[v.firm.sector] == v.way.system
        assert v.way.by != "SELF" or v.firm.reports


def test_only_firms_with_accounts_are_ordered_to_put_right() -> None:
    for v in made(2019, 0.1).visits:
        for f in v.finds:
            if f.course is not None:
                assert v.firm.staffed
                assert f.course.kind != course.LEGAL or v.way.by == "BUREAU"


def test_groups_go_out_once_they_stand() -> None:
    p = made(2019, 0.1)
    assert all(v.day >= days.GROUPS_STAND for v in p.visits if v.way.by in ("GROUP", "SQUAD"))
    assert all(s.day >= days.GROUPS_STAND for s in p.sorties if s.standing is not None)


def test_sixteen_units_sixty_thousand_firms_and_no_name_twice() -> None:
    p = made(2019, 1.0)
    assert len(p.firms) == ARTICLE.firms
    assert {f.county for f in p.firms} == set(WEIGHTS)
    twice = Counter((f.county, f.name) for f in p.firms)
    assert max(twice.values()) <= 2, twice.most_common(3)


def test_every_unit_has_parks_and_a_firm_stands_in_one_of_them_at_most() -> None:
    parks = made(2019, 1.0).parks
    assert Counter(p.county for p in parks) == dict.fromkeys(WEIGHTS, 3)
    firms = [f.n for p in parks for f in p.firms]
    assert len(firms) == len(set(firms)) > 1_000
    assert all(f.town == p.town for p in parks for f in p.firms)


def test_work_follows_the_chinese_week_and_stands_still_on_no_day() -> None:
    per_day = Counter(v.day for v in made(2019, 1.0).visits)
    assert set(per_day) == set(days.between(date(2019, 8, 1), date(2019, 11, 20)))
    assert per_day[date(2019, 9, 29)] > per_day[date(2019, 9, 22)]  # a worked Sunday, a free one
    late = [f for v in made(2019, 1.0).visits for f in v.finds if f.course and f.course.submitted and
            f.course.submitted > (f.course.until or f.course.due)]  # fmt: skip
    assert late


def test_everything_is_closed_by_the_end_of_the_winter() -> None:
    p = made(2019, 1.0)
    courses = [f.course for v in p.visits for f in v.finds if f.course]
    assert all(c.accepted and c.accepted <= SETTLED for c in courses)
    assert all(s.lifted and s.lifted <= SETTLED for s in p.stops)
