"""Grading: general by whoever found it, major only by the sector's competent organ."""

from collections.abc import Sequence
from typing import Any

from anlan.hazards import checks, events
from anlan.hazards.commands.evidence import attach
from anlan.hazards.commands.hand import last_assignments
from anlan.hazards.commands.rounds import lapse, waiting
from anlan.hazards.models import Assignment, Extension, Hazard
from anlan.hazards.states import Grade
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor
from anlan.kernel.words import require
from anlan.standards import queries as standards


@performs(HAZARD, "grade_general", on=Hazard)
def grade_general(h: Hazard, *, act: Act, basis: str) -> Done:
    """Small harm, easily put right. Names the clause it rests on."""
    require(checks.text_given(text=basis, what="定级依据(条款)"), "basis")
    h.grade, h.graded_on, h.graded_by_name, h.grade_basis = Grade.GENERAL, act.day, act.by.name, basis.strip()
    return Done()


@performs(HAZARD, "propose_major", on=Hazard, loads={"asked": waiting, "link": last_assignments})
def propose_major(
    h: Hazard,
    *,
    act: Act,
    asked: Extension | None,
    link: Assignment | None,
    clause: str,
    words: str = "",
    photos: Sequence[Any] = (),
) -> Done:
    """Say that a criterion of the sector's rule pack is met. The organ and the place are told at once."""
    require(checks.text_given(text=clause, what="重大隐患判定标准的条款"), "clause")
    clauses = standards.major_clauses(h.now_sector, on=act.day)
    require(checks.clause_in_force(clause=clause, clauses=clauses, on=act.day), "clause")
    lapsed: list[Any] = lapse(h, act, asked)
    if link is not None and h.transfer_to is not None:
        h.transfer_to = None
        link.returned_on, link.return_reason = act.day, "已拟定为重大隐患,由行业主管部门认定"
        lapsed.append(link)
    h.proposed_on, h.grade_basis = act.day, clause.strip()
    return Done(
        children=[*lapsed, *attach(h, photos, label="DURING", act=act)],
        event=events.MajorProposed(h),
        note={"words": words},
    )


@performs(HAZARD, "confirm_major", on=Hazard)
def confirm_major(
    h: Hazard,
    *,
    act: Act,
    basis: str,
    evacuate: bool,
    suspend: bool,
    second: Actor | None = None,
    expert: str = "",
) -> Done:
    """Determine a major hazard: two officers, or one with an expert's opinion.

    Interim measures are decided in the same act (安全生产法 art. 65(3)).
    """
    require(checks.text_given(text=basis, what="认定依据(条款)"), "basis")
    require(checks.two_or_an_expert(h, actor=act.by, second=second, expert=expert), "second")
    h.grade, h.graded_on, h.graded_by_name, h.grade_basis = Grade.MAJOR, act.day, act.by.name, basis.strip()
    h.evacuate, h.suspend = evacuate, suspend
    return Done(
        event=events.MajorConfirmed(h), note={"second": second.name if second else "", "expert": expert}
    )


@performs(HAZARD, "not_major", on=Hazard)
def not_major(h: Hazard, *, act: Act, reasons: str, second: Actor | None = None, expert: str = "") -> Done:
    """The criterion is not met: a general hazard, with reasons, shown to the office."""
    require(checks.text_given(text=reasons, what="不认定的理由", least=4), "reasons")
    require(checks.two_or_an_expert(h, actor=act.by, second=second, expert=expert), "second")
    h.grade, h.graded_on, h.graded_by_name, h.grade_basis = (
        Grade.GENERAL,
        act.day,
        act.by.name,
        reasons.strip()[:300],
    )
    return Done(
        event=events.MajorRejected(h), note={"second": second.name if second else "", "expert": expert}
    )


@performs(HAZARD, "regrade", on=Hazard, loads={"asked": waiting})
def regrade(h: Hazard, *, act: Act, asked: Extension | None, reason: str) -> Done:
    """The office asks for a new determination on an expert's opinion; the competent organ decides anew."""
    require(checks.text_given(text=reason, what="提请重新认定的理由", least=4), "reason")
    lapsed = lapse(h, act, asked)
    h.proposed_on = act.day
    return Done(children=lapsed, event=events.RegradeAsked(h), note={"reason": reason.strip()})
