"""What visits put on the desk and on a firm's file."""

from datetime import datetime
from typing import Any

from anlan.inspections import queries
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor

SHOWN = 8


def due(actor: Actor, at: datetime) -> dict[str, Any] | None:
    """By when a firm has to check itself this month; None once it has."""
    if not actor.is_enterprise or not actor.may("visit.hold") or actor.enterprise is None:
        return None
    first, end = queries.month_of(day_of(at))
    last = queries.last_self_check(actor.enterprise)
    return {"due": end} if last is None or last.held_on is None or last.held_on < first else None


def desk(actor: Actor, at: datetime) -> dict[str, Any] | None:
    """My visits of these days, and plans that I am to approve."""
    if not actor.may("visit.hold") and not actor.may("visit.authorise"):
        return None
    today = day_of(at)
    mine = queries.mine(actor, on=today) if actor.may("visit.hold") else []
    waiting = queries.to_authorise(actor) if actor.may("visit.authorise") else []
    if not mine and not waiting:
        return None
    return {"mine": mine[:SHOWN], "waiting": waiting[:SHOWN]}


def of_firm(enterprise: Any, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """The last visits of a firm, and the way to a new one."""
    if not actor.may("see"):
        return None
    return {
        "template": "inspections/of_firm.html",
        "enterprise": enterprise,
        "rows": queries.of_firm(enterprise.pk),
        "may_hold": actor.may("visit.hold"),
        "may_plan": actor.may("visit.plan"),
    }


def of_hazard(hazard: Any, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """At which visit a hazard was found."""
    found = queries.of_hazard(hazard.pk)
    return {"template": "inspections/of_hazard.html", "visit": found} if found else None
