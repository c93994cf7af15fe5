"""Suspension of an enterprise (停产停业整顿): proposed, approved, lifted only after review and approval."""

from collections.abc import Sequence
from typing import Any

from anlan.hazards import checks, events
from anlan.hazards.models import Hazard, Suspension, SuspensionGround
from anlan.hazards.states import OPEN
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
    if any(h.state not in OPEN for h in hazards):
        raise Refused(Reason("依据的隐患须尚未销号,请重新选择"), "hazards")
    require(checks.text_given(text=reason, what="停产理由"), "reason")
    if extent not in Suspension.Extent.values:
        raise Refused(Reason("请选择全部或局部停产停业"), "extent")
    if extent == Suspension.Extent.PART:
        require(checks.text_given(text=scope_words, what="停产范围"), "scope_words")
    first = hazards[0]
    require(
        checks.within_his_duties(
            actor=act.by, county=enterprise.county, town=enterprise.town, sector=first.now_sector,
            enterprise=enterprise.pk,
        ),
        "enterprise",
    )  # fmt: skip
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
    require(checks.text_given(text=reason, what="不批准的理由"), "reason")
    return Done(event=events.SuspensionMoved(s), note={"reason": reason})


@performs(SUSPENSION, "apply", on=Suspension)
def apply_to_resume(s: Suspension, *, act: Act, words: str) -> Done:
    """The firm applies to resume."""
    require(checks.text_given(text=words, what="复产申请内容"), "words")
    s.asked_on, s.asked_words = act.day, words.strip()
    s.reviewed_by = s.reviewed_on = s.review_passed = None
    s.reviewed_name = s.review_words = ""
    return Done(event=events.SuspensionMoved(s))


def grounds_of(suspensions: Sequence[Suspension]) -> dict[int, list[Hazard]]:
    """The hazards on which each rests, as they stand now."""
    found: dict[int, list[Hazard]] = {}
    for ground in SuspensionGround.objects.of(suspensions).select_related("hazard"):
        found.setdefault(ground.suspension_id, []).append(ground.hazard)
    return found


@performs(SUSPENSION, "review", on=Suspension, loads={"grounds": grounds_of})
def review_resumption(
    s: Suspension, *, act: Act, grounds: list[Hazard], second: Actor | None, passed: bool, words: str
) -> Done:
    """Two officers look on site: production may resume only once its grounds are removed (art. 65(3))."""
    require(checks.text_given(text=words, what="审查意见"), "words")
    require(checks.two_officers(actor=act.by, second=second, on=act.day), "second")
    assert second is not None
    if passed:
        require(checks.grounds_removed(grounds), "passed")
    s.reviewed_by, s.reviewed_name = act.by.id, f"{act.by.name}、{second.name}"
    s.reviewed_on, s.review_passed, s.review_words = act.day, passed, words.strip()
    return Done(event=events.SuspensionMoved(s))


@performs(SUSPENSION, "lift", on=Suspension)
def approve_resumption(s: Suspension, *, act: Act, opinion: str) -> Done:
    """After the review on site the head approves resumption: a gate of law, not a courtesy."""
    require(checks.text_given(text=opinion, what="批准意见"), "opinion")
    s.lifted_on = act.day
    return Done(event=events.SuspensionMoved(s), note={"opinion": opinion.strip()})


@performs(SUSPENSION, "refuse", on=Suspension)
def refuse_resumption(s: Suspension, *, act: Act, reason: str) -> Done:
    require(checks.text_given(text=reason, what="不同意复产的理由"), "reason")
    s.asked_on = None
    return Done(event=events.SuspensionMoved(s), note={"reason": reason})
