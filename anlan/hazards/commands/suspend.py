"""Suspension of an enterprise (停产停业整顿): proposed, approved, lifted only after review and approval."""

from collections.abc import Sequence
from typing import Any

from anlan.hazards import events, rules
from anlan.hazards.models import Hazard, Suspension, SuspensionGround
from anlan.hazards.suspension import SUSPENSION
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused, require


@performs(SUSPENSION, "propose", on=Suspension)
def propose_suspension(
    s: Suspension,
    *,
    act: Act,
    enterprise: Any,
    hazards: Sequence[Hazard],
    extent: str,
    reason: str,
    scope_words: str = "",
) -> Done:
    """Propose to suspend, whole or part, on the ground of one or more open hazards of the firm."""
    if not hazards:
        raise Refused(Reason("请选择作为停产依据的隐患"), "hazards")
    if any(h.enterprise_id != enterprise.pk for h in hazards):
        raise Refused(Reason("依据的隐患须是该企业的隐患"), "hazards")
    require(rules.text_given(text=reason, what="停产理由"), "reason")
    if extent == Suspension.Extent.PART:
        require(rules.text_given(text=scope_words, what="停产范围"), "scope_words")
    first = hazards[0]
    s.enterprise, s.extent, s.reason, s.scope_words = enterprise, extent, reason.strip(), scope_words.strip()
    s.county, s.town, s.sector = enterprise.county, enterprise.town, first.now_sector
    s.system, s.source, s.grade = act.by.system, first.source, first.grade
    s.proposed_by, s.proposed_name, s.proposed_on = act.by.id, act.by.name, act.day
    s.organ = act.by.organisation
    grounds = [SuspensionGround(suspension=s, hazard=h) for h in hazards]
    return Done(children=grounds, event=events.SuspensionMoved(s))


@performs(SUSPENSION, "approve", on=Suspension)
def approve_suspension(s: Suspension, *, act: Act) -> Done:
    """The head approves; production stops from this day (安全生产法 art. 65(3))."""
    s.approved_by, s.approved_name, s.began_on = act.by.id, act.by.name, act.day
    return Done(event=events.SuspensionMoved(s))


@performs(SUSPENSION, "reject", on=Suspension)
def reject_suspension(s: Suspension, *, act: Act, reason: str) -> Done:
    require(rules.text_given(text=reason, what="不批准的理由"), "reason")
    return Done(event=events.SuspensionMoved(s), note={"reason": reason})


@performs(SUSPENSION, "apply", on=Suspension)
def apply_to_resume(s: Suspension, *, act: Act, words: str) -> Done:
    """The firm applies to resume."""
    require(rules.text_given(text=words, what="复产申请内容"), "words")
    s.asked_on, s.asked_words = act.day, words.strip()
    return Done(event=events.SuspensionMoved(s))


@performs(SUSPENSION, "lift", on=Suspension)
def approve_resumption(s: Suspension, *, act: Act, opinion: str, reviewer: Actor) -> Done:
    """After a review on site by another, the head approves resumption: a gate of law, not a courtesy."""
    require(rules.text_given(text=opinion, what="审查意见"), "opinion")
    if reviewer.id == act.by.id:
        raise Refused(Reason("现场审查人和批准人不能是同一人"), "reviewer")
    s.reviewed_name, s.lifted_on = reviewer.name, act.day
    return Done(event=events.SuspensionMoved(s), note={"opinion": opinion.strip()})


@performs(SUSPENSION, "refuse", on=Suspension)
def refuse_resumption(s: Suspension, *, act: Act, reason: str) -> Done:
    require(rules.text_given(text=reason, what="不同意复产的理由"), "reason")
    s.asked_on = None
    return Done(event=events.SuspensionMoved(s), note={"reason": reason})
