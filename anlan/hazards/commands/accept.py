"""Acceptance and write-off (验收销号), by the right second person."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from anlan.hazards import checks, events, rules
from anlan.hazards.commands.evidence import attach
from anlan.hazards.commands.rounds import last_rounds, reopen
from anlan.hazards.models import Hazard, Round
from anlan.hazards.states import Basis
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor
from anlan.kernel.words import require


def _close(h: Hazard, act: Act, running: Round, *, basis: str, opinion: str) -> list[Any]:
    h.closed_on, h.closed_at, h.closed_by_name, h.close_basis = act.day, act.at.happened, act.by.name, basis
    h.acceptance_opinion = opinion.strip()
    running.decided_on, running.decided_by_name, running.passed = act.day, act.by.name, True
    return [running]


@performs(HAZARD, "accept", on=Hazard, loads={"running": last_rounds})
def accept(
    h: Hazard,
    *,
    act: Act,
    running: Round,
    opinion: str,
    second: Actor | None = None,
    photos: Sequence[Any] = (),
) -> Done:
    """Accept a general hazard found by an organ; a legal order takes two officers (行政处罚法 art. 42)."""
    require(checks.text_given(text=opinion, what="验收意见"), "opinion")
    if h.legal_order:
        require(checks.two_officers(actor=act.by, second=second, on=act.day), "second")
        require(rules.not_the_rectifier(h, second or act.by, act.at.happened), "second")
    h.acceptance_by, h.acceptance_name = act.by.id, act.by.name
    if second is not None:
        h.acceptance_second, h.acceptance_second_name = second.id, second.name
    children = _close(h, act, running, basis=Basis.ACCEPTED, opinion=opinion)
    return Done(children=[*children, *attach(h, photos, label="AFTER", act=act)], event=events.Accepted(h))


@performs(HAZARD, "accept_own", on=Hazard, loads={"running": last_rounds})
def accept_own(h: Hazard, *, act: Act, running: Round, opinion: str) -> Done:
    """A second person of the firm accepts what the firm found and another put right."""
    require(checks.text_given(text=opinion, what="验收意见"), "opinion")
    h.acceptance_by, h.acceptance_name = act.by.id, act.by.name
    return Done(children=_close(h, act, running, basis=Basis.OWN, opinion=opinion), event=events.Accepted(h))


@performs(HAZARD, "propose_acceptance", on=Hazard)
def propose_acceptance(
    h: Hazard, *, act: Act, opinion: str, second: Actor | None, photos: Sequence[Any]
) -> Done:
    """A major hazard is looked at on site by two officers; paper does not stand for the site."""
    require(checks.text_given(text=opinion, what="验收意见"), "opinion")
    require(checks.two_officers(actor=act.by, second=second, on=act.day), "second")
    require(checks.photos_after(photos=photos), "photos")
    assert second is not None
    require(rules.not_the_rectifier(h, second or act.by, act.at.happened), "second")
    h.acceptance_by, h.acceptance_name = act.by.id, act.by.name
    h.acceptance_second, h.acceptance_second_name = second.id, second.name
    h.acceptance_opinion = opinion.strip()
    return Done(children=attach(h, photos, label="AFTER", act=act), event=events.AcceptanceProposed(h))


@performs(HAZARD, "approve_acceptance", on=Hazard, loads={"running": last_rounds})
def approve_acceptance(h: Hazard, *, act: Act, running: Round, opinion: str = "") -> Done:
    """The head approves the write-off of a major hazard."""
    children = _close(h, act, running, basis=Basis.ACCEPTED, opinion=h.acceptance_opinion)
    return Done(children=children, event=events.Accepted(h), note={"opinion": opinion})


@performs(HAZARD, "fail", on=Hazard, loads={"running": last_rounds})
def fail(
    h: Hazard, *, act: Act, running: Round, still_open: str, due_on: date, photos: Sequence[Any] = ()
) -> Done:
    """Not accepted: a new round with what is still open. A new deadline erases no lateness."""
    children = reopen(h, act, running, still_open=still_open, due_on=due_on)
    return Done(children=[*children, *attach(h, photos, label="DURING", act=act)], event=events.Failed(h))


@performs(HAZARD, "refuse_acceptance", on=Hazard, loads={"running": last_rounds})
def refuse_acceptance(h: Hazard, *, act: Act, running: Round, still_open: str, due_on: date) -> Done:
    """The head does not approve what was proposed: a new round, as after a failed acceptance."""
    return Done(
        children=reopen(h, act, running, still_open=still_open, due_on=due_on), event=events.Failed(h)
    )


@performs(HAZARD, "fail_own", on=Hazard, loads={"running": last_rounds})
def fail_own(h: Hazard, *, act: Act, running: Round, still_open: str, due_on: date) -> Done:
    """Not accepted in-house."""
    return Done(
        children=reopen(h, act, running, still_open=still_open, due_on=due_on), event=events.Failed(h)
    )
