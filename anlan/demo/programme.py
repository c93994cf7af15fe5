"""What is played: how many lives of each kind, where, and how long ago they began.

CITY is the life of the city and grows with the scale; DESKS is what waits on the printed desks and does
not, so that every login finds work at any scale.
"""

from collections.abc import Callable
from dataclasses import dataclass

from anlan.demo import papers, visits
from anlan.demo.besides import adopted, applied
from anlan.demo.majors import major, major_extended, not_major, reported, sent_back, suspended, upgraded
from anlan.demo.plot import Plot, Tale
from anlan.demo.said import consulted, instructed, opined
from anlan.demo.tales import (
    corrected,
    extended,
    failed,
    group,
    kept,
    late,
    led,
    merged,
    organ,
    overdue,
    own,
    own_failed,
    own_spot,
    passed_on,
    rehomed,
    relapsed,
    returned,
    spot,
    taken_over,
    told,
    told_and_fixed,
    transferred,
    voided,
)


@dataclass(frozen=True, slots=True)
class Lives:
    """`n` lives of a tale, begun between `ago` days before today; after `acts` acts they rest.

    `where`: "any"; "home", the firm of the printed logins; "bureau", a firm of the printed bureau;
    "town", a firm of the printed town.
    """

    tale: Callable[[Plot], Tale]
    n: int
    ago: tuple[int, int]
    where: str = "any"
    acts: int | None = None


CITY: tuple[Lives, ...] = (
    Lives(organ, 52, (3, 88)),
    Lives(led, 8, (3, 88)),
    Lives(papers.legal, 16, (9, 88)),
    Lives(papers.refused, 2, (14, 60)),
    Lives(papers.voided, 2, (4, 40)),
    Lives(papers.given_up, 1, (4, 40)),
    Lives(papers.handed, 4, (10, 80)),
    Lives(failed, 10, (8, 80)),
    Lives(late, 10, (14, 80)),
    Lives(own, 44, (2, 88)),
    Lives(own_failed, 4, (5, 60)),
    Lives(spot(signed=True), 33, (0, 88)),
    Lives(spot(signed=False), 5, (0, 88)),
    Lives(own_spot, 6, (0, 80)),
    Lives(group("supervisor", "GOV_SUPERVISION"), 10, (12, 85)),
    Lives(group("group2", "GOV_SUPERVISION"), 6, (6, 85)),
    Lives(group("covert", "GOV_COVERT"), 8, (6, 85)),
    Lives(extended(granted=True), 6, (5, 60)),
    Lives(extended(granted=False), 2, (8, 60)),
    Lives(overdue, 8, (12, 40)),
    Lives(major, 6, (24, 80)),
    Lives(major_extended, 2, (10, 30)),
    Lives(sent_back, 1, (24, 40)),
    Lives(consulted, 1, (8, 20)),
    Lives(kept, 1, (5, 30)),
    Lives(upgraded, 2, (5, 20)),
    Lives(not_major, 2, (5, 50)),
    Lives(relapsed, 4, (30, 85)),
    Lives(corrected, 2, (4, 50)),
    Lives(rehomed, 1, (4, 50)),
    Lives(instructed, 5, (6, 40)),
    Lives(voided, 4, (5, 50)),
    Lives(merged, 2, (5, 50)),
    Lives(returned, 1, (6, 12)),
    Lives(passed_on, 3, (9, 40)),
    Lives(transferred, 2, (6, 40)),
    Lives(taken_over, 2, (8, 30)),
    Lives(opined, 3, (20, 60)),
    Lives(told_and_fixed, 4, (8, 60), "home"),
    Lives(suspended(ends="lift"), 2, (40, 80)),
    Lives(suspended(ends="refuse", part=True), 1, (40, 60)),
    Lives(suspended(ends="approve"), 2, (5, 15)),
    Lives(suspended(ends="apply"), 1, (20, 30)),
)

DESKS: tuple[Lives, ...] = (
    Lives(group("supervisor", "GOV_SUPERVISION"), 5, (1, 3), acts=1),
    Lives(group("supervisor", "GOV_SUPERVISION"), 8, (1, 3), "bureau", 1),
    Lives(group("supervisor", "GOV_COVERT"), 6, (2, 4), "bureau", 2),
    Lives(organ, 5, (1, 4), "bureau", 1),
    Lives(organ, 6, (7, 10), "bureau", 3),
    Lives(organ, 4, (2, 3), "home", 2),
    Lives(returned, 1, (5, 8), "bureau", 5),
    Lives(returned, 2, (2, 5), "bureau", 3),
    Lives(passed_on, 5, (3, 6), "town", 4),
    Lives(passed_on, 3, (3, 6), "town", 5),
    Lives(transferred, 2, (3, 5), "bureau", 2),
    Lives(extended(granted=True), 4, (5, 8), "bureau", 3),
    Lives(overdue, 3, (13, 20), "bureau", 3),
    Lives(overdue, 2, (13, 20), "home", 3),
    Lives(major, 4, (16, 30), "bureau", 8),
    Lives(major, 3, (3, 9), "bureau", 2),
    Lives(major, 2, (8, 12), "home", 5),
    Lives(reported, 1, (3, 6), "home"),
    Lives(voided, 3, (2, 4), "bureau", 2),
    Lives(merged, 1, (2, 4), "bureau", 3),
    Lives(instructed, 4, (3, 6), "bureau", 3),
    Lives(own, 6, (4, 8), "home", 3),
    Lives(own, 4, (2, 4), "home", 2),
    Lives(own, 3, (1, 2), "home", 1),
    Lives(taken_over, 2, (3, 8), "home", 3),
    Lives(told("worker", "SELF_WORKER"), 10, (1, 6), "home"),
    Lives(told("grid", "GOV_PATROL"), 11, (1, 9), "town"),
    Lives(opined, 11, (1, 9), acts=2),
    Lives(papers.legal, 2, (1, 2), "bureau", 3),
    Lives(papers.legal, 2, (2, 3), "bureau", 4),
    Lives(papers.legal, 2, (3, 5), "home", 5),
    Lives(papers.legal, 1, (9, 12), "bureau", 8),
    Lives(papers.legal, 1, (16, 24), "home"),
    Lives(papers.refused, 1, (22, 30), "bureau"),
    Lives(papers.voided, 1, (2, 3), "bureau", 4),
    Lives(papers.voided, 1, (4, 6), "home"),
    Lives(papers.handed, 2, (1, 2), "bureau", 3),
    Lives(papers.handed, 1, (2, 3), "bureau", 4),
    Lives(suspended(ends="propose"), 1, (4, 8), "bureau"),
    Lives(suspended(ends="approve", part=True), 1, (6, 9), "bureau"),
    Lives(suspended(ends="reject"), 1, (6, 9), "bureau"),
    Lives(adopted, 1, (20, 21), "home"),
    Lives(applied(0), 1, (1, 3)),
    Lives(applied(1), 1, (1, 3)),
    Lives(applied(2), 1, (1, 3)),
)

#: visits of the three modes, and a checklist that changed; last, so that the lives before stay as they were
VISITS: tuple[Lives, ...] = (
    Lives(visits.planned(0), 10, (4, 85)),
    Lives(visits.planned(1), 8, (6, 85)),
    Lives(visits.planned(2), 4, (6, 80)),
    Lives(visits.planned(1, refused=True), 1, (6, 80)),
    Lives(visits.unplanned("GOV_OPEN", 0), 9, (1, 85)),
    Lives(visits.unplanned("GOV_SPECIAL", 1), 8, (5, 85)),
    Lives(visits.unplanned("GOV_LEADER", 0), 3, (2, 85)),
    Lives(visits.unplanned("GOV_LEADER", 1), 3, (5, 85)),
    Lives(visits.by_group("supervisor", "GOV_SUPERVISION", 0), 4, (1, 85)),
    Lives(visits.by_group("covert", "GOV_COVERT", 1), 3, (3, 80)),
    Lives(visits.by_group("covert", "GOV_COVERT", 0), 3, (1, 80)),
    Lives(visits.expert(0), 4, (5, 80)),
    Lives(visits.expert(1), 4, (8, 80)),
    Lives(visits.self_check(0), 26, (0, 85)),
    Lives(visits.self_check(1), 10, (4, 85)),
    Lives(visits.self_check(1, on_spot=True), 5, (1, 85)),
    Lives(visits.abandoned, 1, (3, 40)),
)
VISIT_DESKS: tuple[Lives, ...] = (
    Lives(visits.self_check(0), 1, (36, 40), "home"),
    Lives(visits.planned(0, ends="plan"), 3, (0, 2), "bureau"),
    Lives(visits.planned(0, ends="authorise"), 3, (2, 4), "bureau"),
    Lives(visits.planned(1, ends="answer"), 1, (2, 3), "bureau"),
    Lives(visits.by_group("supervisor", "GOV_SUPERVISION", 0, ends="answer"), 1, (0, 1)),
    Lives(visits.expert(1), 1, (4, 6), "home", 4),
    Lives(visits.second_version, 1, (22, 23)),
)


def lives(scale: float) -> list[Lives]:
    """Each life once; of a kind that exists at least one."""
    parts = ((CITY, scale), (DESKS, 1.0), (VISITS, scale), (VISIT_DESKS, 1.0))
    many = [(one, max(1, round(one.n * grows))) for part, grows in parts for one in part]
    return [one for one, n in many for _ in range(n)]
