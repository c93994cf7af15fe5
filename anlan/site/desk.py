"""The desk of a position: what each module puts on it, in one readable list."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from anlan.figures import engine
from anlan.figures.indicators import INDICATORS
from anlan.hazards import panels as hazards
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor
from anlan.notices import queries as notices
from anlan.places import queries as places
from anlan.site.panels import DESK, Panel

FIGURES = ("open", "open_major", "overdue", "found", "closed", "rectification_rate")
NOTICES = 6


def work(actor: Actor, at: datetime) -> Panel | None:
    """What waits for me, with its clocks."""
    found = hazards.work(actor, at)
    if not found and not actor.may("see"):
        return None
    return Panel(title=_("等我办理"), template="hazards/desk.html", context={"queues": found})


def suspensions(actor: Actor, at: datetime) -> Panel | None:
    rows = hazards.suspensions(actor, at)
    if not rows:
        return None
    return Panel(title=_("停产整顿"), template="hazards/desk_suspensions.html", context={"rows": rows})


def unread(actor: Actor, at: datetime) -> Panel | None:
    rows = list(notices.inbox(person=actor.id).filter(read_at=None)[:NOTICES])
    if not rows:
        return None
    return Panel(title=_("新消息"), template="notices/desk.html", context={"rows": rows}, aside=True)


def figures(actor: Actor, at: datetime) -> Panel | None:
    """Six figures of my place, the last thirty days; each opens into its rows."""
    if not actor.may("figures.see"):
        return None
    today = day_of(at)
    period = engine.Period(today - timedelta(days=29), today)
    city = places.city()
    place = actor.code or (city.code if city else "")
    if not place:
        return None
    only = (("sector", tuple(sorted(actor.sectors))),) if actor.sectors is not None else ()
    table = engine.read(engine.Ask(FIGURES, (place,), period, only))
    asked = f"place={place}&from={period.start}&to={period.end}"
    shown = [{"indicator": INDICATORS[c], "value": table[c, place], "asked": asked} for c in FIGURES]
    return Panel(
        title=_("近三十日"),
        template="figures/desk.html",
        context={"shown": shown, "asked": asked},
        aside=True,
    )


def connect() -> None:
    """Put the panels on the desk, once."""
    for panel in (work, suspensions, unread, figures):
        if panel not in DESK:
            DESK.append(panel)
