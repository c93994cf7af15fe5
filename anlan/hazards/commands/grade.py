"""Grading: general by whoever found it, major only by the sector's competent organ."""

from collections.abc import Sequence
from typing import Any

from anlan.hazards import events, rules
from anlan.hazards.commands.evidence import attach
from anlan.hazards.models import Hazard
from anlan.hazards.states import Grade
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused, require


@performs(HAZARD, "grade_general", on=Hazard)
def grade_general(h: Hazard, *, act: Act, basis: str) -> Done:
    """Small harm, easily put right. Names the clause it rests on."""
    require(rules.text_given(text=basis, what="定级依据(条款)"), "basis")
    if act.by.is_enterprise:
        require(rules.own_track(h, act.by, act.at.happened))
    h.grade, h.graded_on, h.graded_by_name, h.grade_basis = Grade.GENERAL, act.day, act.by.name, basis.strip()
    return Done()


@performs(HAZARD, "propose_major", on=Hazard)
def propose_major(h: Hazard, *, act: Act, clause: str, words: str = "", photos: Sequence[Any] = ()) -> Done:
    """Say that a criterion of the sector's rule pack is met. The organ and the place are told at once."""
    require(rules.text_given(text=clause, what="重大隐患判定标准的条款"), "clause")
    h.proposed_on, h.grade_basis = act.day, clause.strip()
    return Done(
        children=attach(h, photos, label="DURING", act=act),
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
    require(rules.text_given(text=basis, what="认定依据(条款)"), "basis")
    if second is None and not expert.strip():
        raise Refused(Reason("认定重大隐患须有另一名经办人员,或专家意见"), "second")
    if second is not None and second.id == act.by.id:
        raise Refused(Reason("两名经办人员不能是同一人,请另选一名"), "second")
    h.grade, h.graded_on, h.graded_by_name, h.grade_basis = Grade.MAJOR, act.day, act.by.name, basis.strip()
    h.evacuate, h.suspend = evacuate, suspend
    return Done(
        event=events.MajorConfirmed(h), note={"second": second.name if second else "", "expert": expert}
    )


@performs(HAZARD, "not_major", on=Hazard)
def not_major(h: Hazard, *, act: Act, reasons: str, expert: str = "") -> Done:
    """The criterion is not met: a general hazard, with reasons, shown to the office."""
    require(rules.text_given(text=reasons, what="不认定的理由", least=4), "reasons")
    h.grade, h.graded_on, h.graded_by_name, h.grade_basis = (
        Grade.GENERAL,
        act.day,
        act.by.name,
        reasons.strip()[:300],
    )
    return Done(event=events.MajorRejected(h), note={"expert": expert})
