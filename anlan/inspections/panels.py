"""What visits put on the desk and on a firm's file."""

from datetime import datetime
from typing import Any

from anlan.inspections import queries
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor

SHOWN = 8


def desk(actor: Actor, at: datetime) -> dict[str, Any] | None:
    """My visits of these days, plans that I am to approve; for a firm the self-check of the month."""
    if not actor.may("visit.hold") and not actor.may("visit.authorise"):
        return None
    today = day_of(at)
    mine = queries.mine(actor, on=today) if actor.may("visit.hold") else []
    waiting = queries.to_authorise(actor) if actor.may("visit.authorise") else []
    due = None
    if actor.is_enterprise and actor.may("visit.hold") and actor.enterprise is not None:
        last = queries.last_self_check(actor.enterprise)
        first, end = queries.month_of(today)
        due = end if last is None or last.held_on is None or last.held_on < first else None
    if not mine and not waiting and due is None:
        return None
    return {"mine": mine[:SHOWN], "waiting": waiting[:SHOWN], "due": due}


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
