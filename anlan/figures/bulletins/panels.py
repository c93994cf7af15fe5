"""What bulletins put on the desk: drafts that wait for a signature, drafts that came back."""

from typing import Any

from django.utils.translation import gettext as _

from anlan.figures.bulletins import queries
from anlan.figures.bulletins.workflow import BULLETIN
from anlan.kernel.scope import Actor, Level

SHOWN = 6


def waiting(actor: Actor) -> list[dict[str, Any]]:
    """What of bulletins waits for this person, queue by queue."""
    if actor.level not in (Level.CITY, Level.COUNTY):
        return []
    asked = (("sign", _("待签发的通报"), queries.to_sign), ("revise", _("退回修改的通报"), queries.sent_back))
    found = []
    for act, title, rows in asked:
        transition = BULLETIN.transitions[act]
        if actor.may(transition.needs) and (shown := list(rows(actor)[: SHOWN + 1])):
            found.append(
                {"act": act, "title": title, "label": transition.label, "rows": shown[:SHOWN], "more": len(shown) > SHOWN}
            )  # fmt: skip
    return found
