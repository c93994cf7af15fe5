"""Every role, every state, every act: what is offered is carried out, what is not offered is refused.

Each situation is built by acts alone. A role tries every act that its position may ever do; what no
position of its kind may do is tried once in each state.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from anlan.hazards.models import Hazard
from anlan.hazards.states import State
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import CLAUSE, FIVE, NOW, SIX, City, later, photos, register
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import COMMANDS
from anlan.kernel.scope import Access, Actor, acting_as
from anlan.kernel.words import Refused
from anlan.people.roles import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AT = later(3)
DUE = date(2019, 9, 20)
Build = Callable[[City], Hazard]
SITUATIONS: dict[str, Build] = {}


def situation(build: Build) -> Build:
    SITUATIONS[build.__name__] = build
    return build


def do(act: str, h: Hazard, by: Actor, at: Any = NOW, **inputs: Any) -> Hazard:
    return COMMANDS[f"hazard.{act}"](h.pk, by=by, at=at, **inputs)


def submit(c: City, h: Hazard, by: Actor | None = None, **given: Any) -> Hazard:
    return do("submit", h, by or c.principal, later(1), measures="已装门", photos=photos(), **given)


# -- found by the firm itself ------------------------------------------------------------------------


@situation
def own_ungraded(c: City) -> Hazard:
    return register(c.worker, c.firm, general=False)


@situation
def own_registered(c: City) -> Hazard:
    return register(c.manager, c.firm)


@situation
def own_rectifying(c: City) -> Hazard:
    return scenes.own(c, due=18)


@situation
def own_extension_waits(c: City) -> Hazard:
    return do("ask_extension", own_rectifying(c), c.principal, reason="配件未到", until=date(2019, 9, 28))


@situation
def own_review_of_the_manager(c: City) -> Hazard:
    return submit(c, own_rectifying(c), c.manager)


@situation
def own_review_of_the_principal(c: City) -> Hazard:
    return submit(c, own_rectifying(c))


@situation
def own_closed(c: City) -> Hazard:
    return do("accept_own", own_review_of_the_manager(c), c.principal, later(2), opinion="合格")


@situation
def own_grading(c: City) -> Hazard:
    return do("propose_major", own_rectifying(c), c.manager, clause=CLAUSE)


def determined(c: City, h: Hazard) -> Hazard:
    return do("confirm_major", h, c.officer, basis=CLAUSE, evacuate=False, suspend=False, second=c.second)


@situation
def own_major(c: City) -> Hazard:
    return determined(c, own_grading(c))


@situation
def own_taken_over(c: City) -> Hazard:
    return do("take_over", own_rectifying(c), c.officer, reason="直接监管")


@situation
def own_taken_over_review(c: City) -> Hazard:
    return submit(c, own_taken_over(c), c.manager)


@situation
def own_void_asked(c: City) -> Hazard:
    return do("ask_void", own_rectifying(c), c.officer, reason="误报")


# -- found by an organ -------------------------------------------------------------------------------


@situation
def ungraded(c: City) -> Hazard:
    return register(c.officer, c.firm, general=False)


@situation
def registered(c: City) -> Hazard:
    return register(c.officer, c.firm)


@situation
def of_the_office(c: City) -> Hazard:
    return register(c.clerk, c.firm, general=False)


@situation
def of_a_group(c: City) -> Hazard:
    return register(c.supervisor, c.firm, general=False)


@situation
def of_the_station(c: City) -> Hazard:
    return register(c.town_officer, c.firm)


@situation
def handed_unsigned(c: City) -> Hazard:
    return scenes.handed(c, sign=False)


@situation
def handed_signed(c: City) -> Hazard:
    return scenes.handed(c)


@situation
def handed_graded(c: City) -> Hazard:
    return do("grade_general", handed_signed(c), c.officer, basis="GB")


@situation
def passed_on(c: City) -> Hazard:
    return do("pass_on", handed_signed(c), c.officer, to=c.station)


@situation
def transfer_to_the_station_waits(c: City) -> Hazard:
    return do("transfer", handed_graded(c), c.officer, to=c.station, words="请接收")


@situation
def returned_twice(c: City) -> Hazard:
    h = of_the_office(c)
    for _again in range(2):
        do("assign", h, c.clerk, to=c.bureau)
        do("return_", h, c.officer, reason="不属本单位")
    return do("assign", h, c.clerk, to=c.bureau)


@situation
def rectifying(c: City) -> Hazard:
    return scenes.ordered(c, due=18)


@situation
def overdue(c: City) -> Hazard:
    return scenes.ordered(c, due=1)


@situation
def extension_waits(c: City) -> Hazard:
    return do("ask_extension", rectifying(c), c.principal, reason="配件未到", until=date(2019, 9, 28))


@situation
def extended(c: City) -> Hazard:
    return do("grant_extension", extension_waits(c), c.officer)


@situation
def review(c: City) -> Hazard:
    return submit(c, rectifying(c))


@situation
def review_of_a_legal_order(c: City) -> Hazard:
    h = registered(c)
    do("order", h, c.officer, due_on=DUE, requirement="装门", legal=True, second=c.second)
    return submit(c, h)


@situation
def closed(c: City) -> Hazard:
    return do("accept", review(c), c.officer, later(2), opinion="合格")


@situation
def closed_after_handing(c: City) -> Hazard:
    h = do("order", handed_graded(c), c.officer, due_on=DUE, requirement="装门")
    return do("accept", submit(c, h), c.officer, later(2), opinion="合格")


@situation
def replied(c: City) -> Hazard:
    return do("reply", closed_after_handing(c), c.officer, later(2.5), words="已办结")


@situation
def relapsed(c: City) -> Hazard:
    return do(
        "relapse", closed(c), c.officer, later(2.5), description="又坏了", source="GOV_LOOK_BACK",
        no_photo_because="防爆区",
    )  # fmt: skip


# -- major -------------------------------------------------------------------------------------------


@situation
def grading(c: City) -> Hazard:
    return scenes.proposed(c)


@situation
def major(c: City) -> Hazard:
    return determined(c, grading(c))


@situation
def major_without_a_plan(c: City) -> Hazard:
    return scenes.major(c)


@situation
def major_planned(c: City) -> Hazard:
    return do("plan", scenes.major(c), c.principal, **SIX, **FIVE)


@situation
def major_extension_waits(c: City) -> Hazard:
    return do("ask_extension", major_planned(c), c.principal, reason="设计未完", until=date(2019, 12, 1))


@situation
def major_review(c: City) -> Hazard:
    return submit(c, major_planned(c), evaluation="SELF")


@situation
def major_acceptance_proposed(c: City) -> Hazard:
    return do(
        "propose_acceptance", major_review(c), c.officer, later(2), opinion="合格", second=c.second,
        photos=photos(),
    )  # fmt: skip


@situation
def major_closed(c: City) -> Hazard:
    return do("approve_acceptance", major_acceptance_proposed(c), c.head, later(2.5))


# -- leaving the loop, and what is said --------------------------------------------------------------


@situation
def void_asked(c: City) -> Hazard:
    return do("ask_void", rectifying(c), c.officer, reason="误报")


@situation
def merge_asked(c: City) -> Hazard:
    return do("ask_merge", registered(c), c.officer, into=registered(c), reason="同一处")


@situation
def void(c: City) -> Hazard:
    return do("void", void_asked(c), c.head)


@situation
def merged(c: City) -> Hazard:
    return do("merge", merge_asked(c), c.head)


@situation
def with_an_opinion(c: City) -> Hazard:
    h = rectifying(c)
    do("consult", h, c.officer, expert=c.expert, words="请看", until=DUE)
    return do("opinion", h, c.expert, words="符合")


@situation
def instructed(c: City) -> Hazard:
    h = rectifying(c)
    do("instruct", h, c.leader, words="请办", owner=c.bureau, due_on=DUE)
    return do("instruct", h, c.leader, words="请跟进", owner=c.station, due_on=DUE)


# -- who, and with which inputs ----------------------------------------------------------------------


def other_role(city: City, role: str) -> Actor:
    user = scenes.account(role)
    where = city.office
    scenes.appoint(user, where, role, "CITY")
    return scenes.actor(user)


def cast(city: City) -> dict[str, Actor]:
    named = {
        "office": city.clerk, "department_officer": city.officer, "department_head": city.head,
        "town_officer": city.town_officer, "enforcement_officer": city.second, "supervisor": city.supervisor,
        "expert": city.expert, "principal": city.principal, "safety_manager": city.manager, "worker": city.worker,
        "grid_officer": city.grid_officer, "leader": city.leader, "auditor": city.auditor,
    }  # fmt: skip
    return named | {role: other_role(city, role) for role in ("duty_officer", "administrator")}


def inputs(act: str, h: Hazard, by: Actor, city: City, other: Hazard) -> dict[str, Any]:
    """What a person who knows the rules fills in."""
    second = city.second if by.id != city.second.id else city.officer
    said: dict[str, dict[str, Any]] = {
        "grade_general": {"basis": "GB 50016"},
        "propose_major": {"clause": CLAUSE},
        "confirm_major": {"basis": CLAUSE, "evacuate": True, "suspend": False, "second": second},
        "not_major": {"reasons": "不符合判定条款", "second": second},
        "regrade": {"reason": "依专家意见"},
        "assign": {"to": city.bureau},
        "return_": {"reason": "不属本单位"},
        "pass_on": {"to": city.other_bureau},
        "transfer": {"to": city.other_bureau, "words": "请接收"},
        "reply": {"words": "已办结"},
        "urge": {"words": "请抓紧"},
        "order": {"due_on": DUE, "requirement": "装门"},
        "start_own": {"due_on": DUE, "responsible": "马师傅"},
        "take_over": {"reason": "直接监管"},
        "plan": {**SIX, **FIVE},
        "progress": {"words": "正在安装", "percent": 50},
        "ask_extension": {"reason": "配件未到", "until": date(2019, 12, 20)},
        "grant_extension": {},
        "refuse_extension": {"opinion": "可按期完成"},
        "submit": {"measures": "已装门", "photos": photos(), "evaluation": "SELF"},
        "accept": {"opinion": "合格", "second": second if h.legal_order else None},
        "accept_own": {"opinion": "合格"},
        "propose_acceptance": {"opinion": "合格", "second": second, "photos": photos()},
        "fail": {"still_open": "未锁", "due_on": DUE},
        "fail_own": {"still_open": "未锁", "due_on": DUE},
        "refuse_acceptance": {"still_open": "未锁", "due_on": DUE},
        "ask_void": {"reason": "误报"},
        "ask_merge": {"into": other, "reason": "同一处"},
        "keep": {"reason": "继续办理"},
        "relapse": {"description": "又坏了", "source": "GOV_LOOK_BACK", "no_photo_because": "防爆区"},
        "correct": {"changes": {"location": "东侧"}, "reason": "有误"},
        "consult": {"expert": city.expert, "words": "请看", "until": DUE},
        "opinion": {"words": "符合"},
        "instruct": {"words": "请办", "owner": city.bureau, "due_on": DUE},
        "answer_instruction": {"answer": "已办"},
        "report_major": {"words": "未见安排"},
        "rehome": {"county": city.county, "town": city.town, "reason": "调整"},
    }
    return said.get(act, {})


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def carried_out(act: str, h: Hazard, by: Actor, given: dict[str, Any]) -> str:
    """ "" where it was carried out, else why not."""
    with undone():
        try:
            COMMANDS[f"hazard.{act}"](h.pk, by=by, at=AT, **given)
        except Refused as refusal:
            return str(refusal)
        except Hazard.DoesNotExist:
            return "not found"
    return ""


@pytest.mark.parametrize("name", sorted(SITUATIONS))
def test_what_is_offered_is_carried_out_and_nothing_else(name):
    city = City()
    people = cast(city)
    assert set(people) == set(ROLES)
    other = register(city.officer, city.firm, description="另一处隐患")
    h = SITUATIONS[name](city)
    for who in (city.worker, city.expert):  # who sees only what he is admitted to
        Access.objects.get_or_create(kind="hazard", subject=h.pk, person=who.id)
    Access.objects.get_or_create(kind="hazard", subject=h.pk, organisation=city.group.pk)
    everything = name in {
        "own_rectifying",
        "major_review",
        "closed_after_handing",
        "grading",
        "handed_signed",
    }
    wrong = []
    for role, by in people.items():
        with acting_as(by):
            row = Hazard.objects.opening(pk=h.pk).first()
        if row is None:
            assert role == "administrator"
            assert carried_out("urge", h, by, {"words": "请抓紧"}) == "not found"
            continue
        offered = {o.name for o in HAZARD.offers(row, by, AT) if o.allowed}
        for t in HAZARD:
            if t.creates or not (by.may(t.needs) or everything):
                continue
            allowed = HAZARD.why_not(t, row, by, AT) is None
            assert t.hidden or (t.name in offered) is allowed
            why = carried_out(t.name, row, by, inputs(t.name, row, by, city, other))
            if allowed is bool(why):
                wrong.append((role, t.name, why))
    assert not wrong
    assert scenes.fresh(h).seq == h.seq


def test_the_situations_reach_every_state_on_both_tracks_and_in_every_grade():
    city = City()
    built = [build(city) for build in SITUATIONS.values()]
    rows = [scenes.fresh(h) for h in built]
    assert {h.state for h in rows} == set(State)
    assert {(h.track, h.grade) for h in rows} == {
        (track, grade) for track in ("OWN", "FOUND") for grade in ("UNGRADED", "GENERAL", "MAJOR")
    }


def test_every_act_is_offered_to_somebody_somewhere():
    city = City()
    people = cast(city)
    rows = [scenes.fresh(build(city)) for build in SITUATIONS.values()]
    offered = {
        t.name
        for h in rows
        for by in people.values()
        for t in HAZARD
        if not t.creates and HAZARD.why_not(t, h, by, AT) is None
    }
    assert {t.name for t in HAZARD if not t.creates} - offered == set()
