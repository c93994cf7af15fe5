"""What duty puts on the desk: today's roll call."""

from datetime import datetime
from typing import Any

from anlan.duty import queries, words
from anlan.duty.states import CallState
from anlan.duty.workflow import CALL, SEE
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, acting_as

SHOWN = 5
#: on a sheet, what is still to be done, or to be looked into
TO_DO = (CallState.WAITING, CallState.UNANSWERED, CallState.ABSENT)


def desk(actor: Actor, at: datetime) -> dict[str, Any] | None:
    """Of whoever calls: how far today's roll call is; of a unit: how it was reached today."""
    if not actor.may(SEE) or actor.organisation is None:
        return None
    on = day_of(at)
    with acting_as(actor):
        calls = queries.calls(day=on)
        mine = [s for s in words.sheets(calls, first=actor.organisation) if s.caller == actor.organisation]
        of_us = [c for c in calls if c.organisation == actor.organisation]
        if actor.may(CALL) and (mine or queries.below(actor)):
            shown = [(s, [c for c in s.rows if c.state in TO_DO][:SHOWN]) for s in mine]
            return {"sheets": shown, "of_us": of_us, "day": on, "begins": not mine}
    return {"sheets": [], "of_us": of_us, "day": on, "begins": False} if of_us else None
