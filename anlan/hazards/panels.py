"""What hazards put on the desk: queues of work with clocks, and suspensions that wait for somebody."""

from datetime import datetime
from typing import Any

from django.db.models import F

from anlan.hazards import queries, waiting
from anlan.hazards.suspension import SUSPENSION
from anlan.hazards.workflow import HAZARD
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor

#: how many of a queue stand on the desk; the rest is a click away
SHOWN, COUNTED = 6, 100


def work(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """Everything that waits, kind by kind, the nearest deadline first; kinds with nothing are left out."""
    found = []
    for q in waiting.queues(actor, on=day_of(at)):
        rows = list(
            q.rows.select_related("enterprise").order_by(F("due_on").asc(nulls_last=True), "found_at", "pk")[
                : COUNTED + 1
            ]
        )
        if not rows:
            continue
        act = HAZARD.transitions.get(q.act)
        shown = rows[:SHOWN]
        for h in shown:
            h.can = {act.name} if act and HAZARD.why_not(act, h, actor, at) is None else set()
        found.append(
            {
                "code": q.code,
                "title": q.title,
                "act": q.act,
                "label": act.label if act else "",
                "rows": shown,
                "count": len(rows) if len(rows) <= COUNTED else f"{COUNTED}+",
                "more": len(rows) > SHOWN,
            }
        )
    return found


def suspensions(actor: Actor, at: datetime) -> list[Any]:
    """Suspensions upon which this person can do something now."""
    if not any(actor.may(t.needs) for t in SUSPENSION):
        return []
    return [
        s
        for s in queries.suspensions().exclude(state="LIFTED")[:COUNTED]
        if any(offer.allowed for offer in SUSPENSION.offers(s, actor, at))
    ]


def of_firm(enterprise: Any, actor: Actor, now: datetime) -> dict[str, Any]:
    """A firm's open hazards, the nearest deadline first, and the way to all of them."""
    rows = queries.ledger(
        filters=queries.Filters(enterprise=str(enterprise.pk), when="open"), on=day_of(now)
    ).order_by(F("due_on").asc(nulls_last=True), "found_at")[: SHOWN * 4]
    return {
        "template": "hazards/of_firm.html",
        "enterprise": enterprise,
        "rows": list(rows),
        "may_register": actor.may("hazard.register"),
    }


def suspensions_of_firm(enterprise: Any, actor: Actor, now: datetime) -> dict[str, Any]:
    """Every suspension of a firm, the latest first."""
    return {
        "template": "hazards/suspensions_of_firm.html",
        "enterprise": enterprise,
        "rows": list(queries.suspensions().filter(enterprise=enterprise)[: SHOWN * 4]),
        "may_propose": actor.may(SUSPENSION.transitions["propose"].needs),
    }
