"""Leaving the loop otherwise: void, merged, or come back as a relapse. Always two people, never a deletion."""

from collections.abc import Sequence
from typing import Any

from anlan.hazards import checks, events
from anlan.hazards.commands.rounds import lapse, waiting
from anlan.hazards.models import Extension, Hazard
from anlan.hazards.states import GONE
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused, require


def _ask(h: Hazard, act: Act, reason: str) -> Done:
    require(checks.text_given(text=reason, what="理由"), "reason")
    h.leaving_asked_by, h.leaving_asked_name, h.leaving_reason = act.by.id, act.by.name, reason.strip()
    return Done(event=events.LeavingAsked(h, act.by.organisation))


@performs(HAZARD, "ask_void", on=Hazard)
def ask_void(h: Hazard, *, act: Act, reason: str) -> Done:
    """Say that this is no hazard; a second person confirms."""
    return _ask(h, act, reason)


@performs(HAZARD, "void", on=Hazard, loads={"asked": waiting})
def void(h: Hazard, *, act: Act, asked: Extension | None) -> Done:
    """Confirm it: from now on it counts on no date; frozen figures stand and show a restatement."""
    return Done(children=lapse(h, act, asked))


def _still_counts(into: Hazard) -> None:
    if into.state in GONE:
        raise Refused(Reason("%(number)s已作废或已合并,不能并入", {"number": into.number}), "into")
    if into.leaving_asked_by is not None:
        raise Refused(
            Reason("%(number)s也有人提出撤销或合并,请先办理那一条", {"number": into.number}), "into"
        )


@performs(HAZARD, "ask_merge", on=Hazard)
def ask_merge(h: Hazard, *, act: Act, into: Hazard, reason: str) -> Done:
    """Say that this is the same as another; a second person confirms."""
    if into.pk == h.pk:
        raise Refused(Reason("不能并入自己,请填写另一条隐患的编号"), "into")
    _still_counts(into)
    if into.enterprise_id != h.enterprise_id:
        raise Refused(Reason("只能并入同一企业的隐患"), "into")
    h.merge_into = into
    return _ask(h, act, reason)


def _others(hazards: Sequence[Hazard]) -> dict[int, Hazard]:
    """Into which each is to be merged, as it stands now."""
    return {h.pk: h.merge_into for h in hazards if h.merge_into is not None}


@performs(HAZARD, "merge", on=Hazard, loads={"asked": waiting, "into": _others})
def merge(h: Hazard, *, act: Act, asked: Extension | None, into: Hazard) -> Done:
    """Confirm it: both numbers stay, one counts."""
    _still_counts(into)
    return Done(children=lapse(h, act, asked))


@performs(HAZARD, "keep", on=Hazard)
def keep(h: Hazard, *, act: Act, reason: str) -> Done:
    """Not void, not the same: it goes on as it was. Also how whoever asked takes it back."""
    require(checks.text_given(text=reason, what="理由"), "reason")
    asked_by = h.leaving_asked_by
    h.leaving_asked_by = h.merge_into = None
    h.leaving_asked_name = h.leaving_reason = ""
    return Done(event=events.Kept(h, asked_by), note={"reason": reason.strip()})


@performs(HAZARD, "relapse", on=Hazard)
def relapse(
    h: Hazard,
    *,
    act: Act,
    description: str,
    source: str,
    photos: Sequence[Any] = (),
    no_photo_because: str = "",
) -> Done:
    """Found again on looking back (回头看反弹): this closure no longer counts as a true one.

    A new hazard is registered in the same transaction, with this one as its `relapse_of`.
    """
    require(checks.text_given(text=description, what="反弹情况"), "description")
    require(checks.photos_or_reason(photos=photos, why_none=no_photo_because), "photos")
    h.relapsed_on = act.day
    return Done(event=events.Relapsed(h, description.strip(), source, tuple(photos), no_photo_because))
