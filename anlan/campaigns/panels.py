"""What campaigns put on the desk: plans and items that wait for my organisation."""

from datetime import datetime
from typing import Any

from anlan.campaigns import queries
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor

SHOWN = 6


def desk(actor: Actor, at: datetime) -> dict[str, Any] | None:
    """Plans to sign for and to refine, what was filed to us; items to carry out and to look at; my group's days."""
    if not actor.may("campaign.answer"):
        return _days(actor, at) if actor.may("campaign.roster") else None
    receipts, items = queries.receipts_waiting(actor), queries.items_waiting(actor)
    mine = [r for r in receipts if r.organisation == actor.organisation and r.state != "FILED"]
    filed = [r for r in receipts if r.state == "FILED"] if actor.may("campaign.manage") else []
    todo = [i for i in items if i.owner == actor.organisation and i.state == "OPEN"]
    answered = [i for i in items if i.state == "ANSWERED" and i.issuer == actor.organisation]
    if not (mine or filed or todo or answered):
        return None
    return {
        "mine": mine[:SHOWN], "filed": filed[:SHOWN], "todo": todo[:SHOWN], "answered": answered[:SHOWN],
        "counts": {"mine": len(mine), "filed": len(filed), "todo": len(todo), "answered": len(answered)},
    }  # fmt: skip


def _days(actor: Actor, at: datetime) -> dict[str, Any] | None:
    """The days on which my group goes out next."""
    first, last = queries.week_around(day_of(at))
    days = [s for s in queries.sorties(actor, first, last) if s.state == "ROSTERED"]
    return {"days": days[:SHOWN]} if days else None
