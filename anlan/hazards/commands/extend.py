"""Extension (延期): a record with its own decider, asked for before the deadline passes."""

from datetime import date

from anlan.hazards import checks, events
from anlan.hazards.commands.rounds import last_rounds, waiting
from anlan.hazards.models import Extension, Hazard, Round
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import require
from anlan.places import queries as places
from anlan.standards import queries as standards


@performs(HAZARD, "ask_extension", on=Hazard)
def ask_extension(
    h: Hazard,
    *,
    act: Act,
    reason: str,
    until: date,
    interim: str = "",
) -> Done:
    """Ask for more time, so long before expiry as the term in force on the day of asking says."""
    require(checks.text_given(text=reason, what="延期理由"), "reason")
    assert h.due_on is not None
    require(checks.later_deadline(due=h.due_on, until=until), "until")
    require(checks.deadline(due=until, on=act.day), "until")
    term = standards.term("extension_major_before" if h.is_major else "extension_general_before", on=act.day)
    require(checks.asked_in_time(due=h.due_on, on=act.day, term=term, calendar=places.calendar()))
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
    require(checks.text_given(text=opinion, what="不同意的理由"), "opinion")
    asked.granted, asked.decided_on, asked.decided_by_name = False, act.day, act.by.name
    asked.opinion = opinion.strip()
    h.extension_pending = False
    return Done(children=[asked], event=events.ExtensionDecided(h))
