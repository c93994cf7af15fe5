"""Who is told of a bulletin; part of the one list in reactions.py."""

from typing import Any

from anlan.figures.bulletins import events
from anlan.figures.bulletins.states import KIND_WORDS, Kind
from anlan.kernel.clock import Moment
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason
from anlan.notices.commands import tell
from anlan.notices.models import Kind as Told
from anlan.people import queries as people


def _said(b: Any, **more: Any) -> dict[str, Any]:
    return {"kind": KIND_WORDS[Kind(b.kind)], "title": b.title, **more}


def ask_leader(event: events.Drafted, *, by: Actor, at: Moment) -> None:
    """The leaders of the same level."""
    b = event.bulletin
    level = (Level.COUNTY, b.county) if b.county else (Level.CITY, "")
    leaders = [a.id for a in people.in_role("leader", on=at.day) if (a.level, a.code) == level]
    words = Reason("%(kind)s“%(title)s”已起草,请签发", _said(b))
    tell(leaders, kind=Told.WAITING, words=words, about=b, at=at.received, except_for=by.id)


def tell_drafter_of_return(event: events.SentBack, *, by: Actor, at: Moment) -> None:
    b = event.bulletin
    words = Reason("%(kind)s“%(title)s”被退回修改:%(why)s", _said(b, why=event.reason[:60]))
    tell([b.drafted_by], kind=Told.RETURNED, words=words, about=b, at=at.received)


def tell_readers(event: events.Signed, *, by: Actor, at: Moment) -> None:
    """The drafter, and the offices of the places that it is sent to."""
    b = event.bulletin
    words = Reason("%(kind)s%(number)s“%(title)s”已签发,请查阅", _said(b, number=b.number))
    readers = [p for o in event.readers for p in people.holders(o, on=at.day, can="figures.see")]
    tell([b.drafted_by, *readers], kind=Told.DECIDED, words=words, about=b, at=at.received, except_for=by.id)


REACTIONS = (
    (events.Drafted, ask_leader),
    (events.SentBack, tell_drafter_of_return),
    (events.Signed, tell_readers),
)
