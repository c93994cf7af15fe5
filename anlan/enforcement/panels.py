"""What documents put on other pages: on a hazard's, in a firm's file, on the desk."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from anlan.enforcement import drafting, queries
from anlan.enforcement.states import Kind, State
from anlan.enforcement.workflow import DOCUMENT
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor

SHOWN = 6


def of_hazard(hazard: Any, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """The documents about a hazard, and which could be drafted now; where not, why not."""
    rows = list(queries.about([hazard]))
    drafts: list[dict[str, Any]] = []
    if actor.may(DOCUMENT.transitions["draft"].needs):
        agency = drafting.why_agency_cannot(actor, on=day_of(now))
        drafts = [
            {
                "type": kind.value,
                "label": kind.label,
                "why_not": drafting.why_not(kind, hazard, actor, papers=rows) or agency,
            }
            for kind in Kind
        ]
    if not rows and not drafts:
        return None
    return {"template": "enforcement/of_hazard.html", "hazard": hazard, "rows": rows, "drafts": drafts}


def of_firm(enterprise: Any, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """The newest documents upon a firm."""
    rows = queries.documents(filters=queries.Filters(enterprise=str(enterprise.pk)))
    found = list(rows.order_by("-drafted_on", "-pk")[: SHOWN + 1])
    if not found:
        return None
    return {
        "template": "enforcement/of_firm.html",
        "enterprise": enterprise,
        "rows": found[:SHOWN],
        "more": len(found) > SHOWN,
    }


def waiting(actor: Actor) -> list[dict[str, Any]]:
    """What of documents waits for this person, kind by kind."""
    if actor.organisation is None:
        return []
    asked = (
        ("document.approve", "approve", _("待签发的文书"), State.DRAFT, queries.to_approve),
        ("document.draft", "revise", _("退回修改的文书"), State.DRAFT, queries.sent_back),
        ("document.serve", "serve", _("待送达的文书"), State.APPROVED, queries.to_serve),
    )
    found = []
    for needs, act, title, state, rows in asked:
        if actor.may(needs) and (shown := list(rows(actor)[: SHOWN + 1])):
            found.append(
                {
                    "act": act,
                    "title": title,
                    "state": state.value,
                    "label": DOCUMENT.transitions[act].label,
                    "rows": shown[:SHOWN],
                    "more": len(shown) > SHOWN,
                }
            )
    return found
