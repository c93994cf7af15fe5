"""Who is told of a missed roll call."""

from anlan.duty import events
from anlan.duty.states import CallState
from anlan.duty.workflow import SEE
from anlan.kernel.clock import Moment
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason
from anlan.notices.commands import tell
from anlan.notices.models import Kind
from anlan.people import queries as people

ABSENT = Reason("%(who)s点名:%(unit)s脱岗,请说明情况并落实值班")
UNANSWERED = Reason("%(who)s点名:%(unit)s无人接听,请说明情况并落实值班")


def of_missing(event: events.Missed, *, by: Actor, at: Moment) -> None:
    """Those on duty in the unit, so that they say what was the matter."""
    c = event.call
    msgid = (ABSENT if c.state == CallState.ABSENT else UNANSWERED).msgid
    words = Reason(msgid, {"who": c.caller_name, "unit": c.organisation_name})
    whom = people.holders(c.organisation, on=at.day, can=SEE)
    tell(whom, kind=Kind.URGED, words=words, about=c, at=at.received, except_for=by.id)
