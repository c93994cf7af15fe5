"""Corrections: audited, by the head, with a reason; nothing is ever deleted."""

from typing import Any

from anlan.hazards import rules
from anlan.hazards.models import Hazard
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused, require

#: what a correction may touch; everything else follows from acts
CORRECTABLE = frozenset(
    {"description", "location", "category", "accident", "basis", "clause", "source", "found_county", "found_town",
     "found_sector", "measures", "money_spent", "requirement", "grade"}
)  # fmt: skip


@performs(HAZARD, "correct", on=Hazard)
def correct(h: Hazard, *, act: Act, changes: dict[str, Any], reason: str) -> Done:
    """Correct what was entered wrongly. Figures follow; what was published stays and shows the difference."""
    require(rules.text_given(text=reason, what="更正理由"), "reason")
    if unknown := sorted(set(changes) - CORRECTABLE):
        raise Refused(Reason("这些内容不能更正:%(names)s", {"names": "、".join(unknown)}))
    if not any(getattr(h, name) != value for name, value in changes.items()):
        raise Refused(Reason("没有改动任何内容"))
    for name, value in changes.items():
        setattr(h, name, value)
    return Done(note={"reason": reason.strip()})


@performs(HAZARD, "rehome", on=Hazard)
def rehome(h: Hazard, *, act: Act, county: str, town: str = "", sector: str = "", reason: str) -> Done:
    """Move who answers for it (boundaries change, a zone takes over). Where it was found does not move."""
    require(rules.text_given(text=reason, what="变更理由"), "reason")
    before = h.now_organ
    h.now_county, h.now_town = county, town
    h.now_sector = sector or h.now_sector
    return Done(opens=[(before, None, None)] if before else [], note={"reason": reason.strip()})
