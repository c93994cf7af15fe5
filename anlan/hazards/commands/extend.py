"""Extension (延期): a record with its own decider, asked for before the deadline passes."""

from collections.abc import Sequence
from datetime import date

from anlan.hazards import events, rules
from anlan.hazards.commands.rectify import last_rounds
from anlan.hazards.models import Extension, Hazard, Round
from anlan.hazards.workflow import HAZARD
from anlan.kernel.clock import Calendar, Term
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import require


def waiting(hazards: Sequence[Hazard]) -> dict[int, Extension]:
    return {e.hazard_id: e for e in Extension.objects.of(hazards).filter(granted=None)}


@performs(HAZARD, "ask_extension", on=Hazard)
def ask_extension(
    h: Hazard,
    *,
    act: Act,
    reason: str,
    until: date,
    interim: str = "",
    term: Term | None = None,
    calendar: Calendar | None = None,
) -> Done:
    """Ask for more time. `term` is how long before expiry it must be asked, where one is in force."""
    require(rules.text_given(text=reason, what="延期理由"), "reason")
    assert h.due_on is not None
    require(rules.later_deadline(due=h.due_on, until=until), "until")
    require(rules.deadline(due=until, on=act.day), "until")
    if term is not None:
        require(rules.asked_in_time(due=h.due_on, on=act.day, term=term, calendar=calendar or Calendar()))
    h.extension_pending = True
    asked = Extension(
        hazard=h, at=act.at.happened, by=act.by.id, by_name=act.by.name, reason=reason.strip(), interim=interim,
        old_due_on=h.due_on, until=until,
    )  # fmt: skip
    return Done(children=[asked], event=events.ExtensionAsked(h))


@performs(HAZARD, "grant_extension", on=Hazard, loads={"asked": waiting, "running": last_rounds})
def grant_extension(h: Hazard, *, act: Act, asked: Extension, running: Round, opinion: str = "") -> Done:
    """Grant it: the deadline moves, the original one stays on record."""
    asked.granted, asked.decided_on, asked.decided_by_name, asked.opinion = (
        True,
        act.day,
        act.by.name,
        opinion,
    )
    h.due_on = running.due_on = asked.until
    h.extended += 1
    h.extension_pending = False
    return Done(children=[asked, running], event=events.ExtensionDecided(h))


@performs(HAZARD, "refuse_extension", on=Hazard, loads={"asked": waiting})
def refuse_extension(h: Hazard, *, act: Act, asked: Extension, opinion: str) -> Done:
    """Refuse it, with the reason; the deadline stands."""
    require(rules.text_given(text=opinion, what="不同意的理由"), "opinion")
    asked.granted, asked.decided_on, asked.decided_by_name = False, act.day, act.by.name
    asked.opinion = opinion.strip()
    h.extension_pending = False
    return Done(children=[asked], event=events.ExtensionDecided(h))
