"""At its filing hour a report that was begun is frozen, whether somebody is there or not."""

from dataclasses import replace
from datetime import datetime

from anlan.figures.reports import commands
from anlan.figures.reports.models import Report
from anlan.figures.reports.states import State
from anlan.kernel.scope import SYSTEM

CLERK = replace(SYSTEM, can=frozenset({"report.fill"}))


def freeze_due(*, at: datetime) -> int:
    """Freeze what is due. What was returned for correction is left to whoever corrects it. Returns how many."""
    waiting = Report.everything.filter(state=State.DRAFT, due_at__lte=at).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    for pk in keys:
        commands.freeze(pk, by=CLERK, at=at)
    return len(keys)
