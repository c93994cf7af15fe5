"""The chain of assignment (交办): each link signed for and timed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from anlan.hazards import checks, events
from anlan.hazards.models import Assignment, Hazard, Urging
from anlan.hazards.states import Handing, State
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused, require


def last_assignments(hazards: Sequence[Hazard]) -> dict[int, Assignment]:
    """The link of each chain that holds: the newest that was not given back."""
    return {a.hazard_id: a for a in Assignment.objects.among(hazards) if a.returned_on is None}


def _link(h: Hazard, act: Act, *, kind: str, to: Any, reply_due: date | None, words: str) -> Assignment:
    if to.kind == "ENTERPRISE":
        raise Refused(Reason("交办的对象是单位而不是企业;对企业请由监管部门责令整改"), "to")
    if to.state != "STANDS":
        raise Refused(Reason("“%(name)s”已撤销,请选择其他单位", {"name": to.name}), "to")
    if to.id == act.by.organisation and kind != Handing.HAND_OVER:
        raise Refused(Reason("不能交给本单位,请选择其他单位"), "to")
    if reply_due is not None:
        require(checks.deadline(due=reply_due, on=act.day), "reply_due")
    return Assignment(
        hazard=h, at=act.at.happened, by=act.by.id, by_name=act.by.name, kind=kind,
        from_organisation=act.by.organisation, from_name=act.by.organisation_name,
        to_organisation=to.id, to_name=to.name, words=words, given_on=act.day, reply_due=reply_due,
    )  # fmt: skip


def _held_by(h: Hazard, to: Any, act: Act, reply_due: date | None) -> None:
    h.now_organ, h.now_organ_name = to.id, to.name
    h.assigned_on, h.signed_on, h.replied_on, h.reply_due = act.day, None, None, reply_due


@performs(HAZARD, "assign", on=Hazard)
def assign(h: Hazard, *, act: Act, to: Any, reply_due: date | None = None, words: str = "") -> Done:
    """Hand over to an organ (交办): an office's act, never to a firm."""
    link = _link(h, act, kind=Handing.HAND_OVER, to=to, reply_due=reply_due, words=words)
    _held_by(h, to, act, reply_due)
    return Done(
        children=[link],
        opens=[(to.id, None, None), (act.by.organisation, None, None)],
        event=events.Assigned(h, to.id, act.by.organisation, Handing.HAND_OVER),
    )


@performs(HAZARD, "sign", on=Hazard, loads={"link": last_assignments})
def sign(h: Hazard, *, act: Act, link: Assignment) -> Done:
    """Sign for what was handed over (签收)."""
    h.signed_on = link.signed_on = act.day
    link.signed_by_name = act.by.name
    return Done(children=[link])


@performs(HAZARD, "return_", on=Hazard, loads={"link": last_assignments})
def return_(h: Hazard, *, act: Act, link: Assignment, reason: str, proposed: Any = None) -> Done:
    """Give it back as not ours (退回), with the reason and whose it may be. Twice at most.

    A transfer that its receiver declines stays with the organ that asked.
    """
    require(checks.text_given(text=reason, what="退回理由"), "reason")
    link.returned_on, link.return_reason = act.day, reason.strip()
    link.proposed_name = proposed.name if proposed else ""
    if h.transfer_to is not None:
        h.transfer_to = None
        back = events.Returned(h, link.from_organisation, reason.strip())
        return Done(children=[link], event=back, target=State.ASSIGNED)
    h.returns += 1
    h.now_organ, h.now_organ_name = None, ""
    h.assigned_on = h.signed_on = h.reply_due = None
    return Done(children=[link], event=events.Returned(h, link.from_organisation, reason.strip()))


@performs(HAZARD, "pass_on", on=Hazard, loads={"link": last_assignments})
def pass_on(
    h: Hazard, *, act: Act, link: Assignment, to: Any, reply_due: date | None = None, words: str = ""
) -> Done:
    """Pass it on within one's own line (转办): county to department or town."""
    link.passed_on = act.day
    new = _link(h, act, kind=Handing.PASS_ON, to=to, reply_due=reply_due or link.reply_due, words=words)
    _held_by(h, to, act, reply_due or link.reply_due)
    return Done(
        children=[link, new],
        opens=[(to.id, None, None)],
        event=events.Assigned(h, to.id, act.by.organisation, Handing.PASS_ON),
    )


@performs(HAZARD, "transfer", on=Hazard)
def transfer(h: Hazard, *, act: Act, to: Any, words: str) -> Done:
    """Ask another regulator to take it over (移送); it stays here until he accepts (安全生产法 art. 69)."""
    require(checks.text_given(text=words, what="移送理由"), "words")
    link = _link(h, act, kind=Handing.TRANSFER, to=to, reply_due=None, words=words.strip())
    h.transfer_to = to.id
    if h.state == State.REGISTERED:
        h.now_organ, h.now_organ_name = act.by.organisation, act.by.organisation_name
        h.signed_on = act.day
    return Done(
        children=[link],
        opens=[(to.id, None, None), (act.by.organisation, None, None)],
        event=events.Assigned(h, to.id, act.by.organisation, Handing.TRANSFER),
    )


@performs(HAZARD, "accept_transfer", on=Hazard, loads={"link": last_assignments})
def accept_transfer(h: Hazard, *, act: Act, link: Assignment, sector: str = "") -> Done:
    """Take over what another regulator transferred; the receiver must act."""
    link.signed_on, link.signed_by_name = act.day, act.by.name
    h.now_organ, h.now_organ_name = act.by.organisation, act.by.organisation_name
    h.assigned_on, h.signed_on, h.transfer_to = link.given_on, act.day, None
    if act.by.sectors is not None and h.now_sector not in act.by.sectors:
        h.now_sector = sector if sector in act.by.sectors else sorted(act.by.sectors)[0]
    return Done(children=[link])


@performs(HAZARD, "reply", on=Hazard, loads={"link": last_assignments})
def reply(h: Hazard, *, act: Act, link: Assignment, words: str) -> Done:
    """Report back to whoever handed it over (办结反馈)."""
    require(checks.text_given(text=words, what="办结情况"), "words")
    link.replied_on, link.reply = act.day, words.strip()
    h.replied_on = act.day
    return Done(children=[link], event=events.Replied(h, link.from_organisation))


@performs(HAZARD, "urge", on=Hazard)
def urge(h: Hazard, *, act: Act, words: str) -> Done:
    """Remind whoever has it now (催办); it stands in the file."""
    require(checks.text_given(text=words, what="催办内容"), "words")
    line = Urging(hazard=h, at=act.at.happened, by=act.by.id, by_name=act.by.name, words=words.strip())
    return Done(children=[line], event=events.Urged(h, words.strip()))
