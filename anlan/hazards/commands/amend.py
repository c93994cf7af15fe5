"""Corrections: audited, by the head, with a reason; nothing is ever deleted."""

from typing import Any

from anlan.hazards import checks
from anlan.hazards.models import Hazard
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused, require
from anlan.places import queries as places
from anlan.standards import queries as standards

#: what a correction may touch; everything else follows from acts
CORRECTABLE = frozenset(
    {"description", "location", "category", "accident", "basis", "clause", "source", "found_county", "found_town",
     "found_sector", "measures", "money_spent", "requirement"}
)  # fmt: skip


@performs(HAZARD, "correct", on=Hazard)
def correct(h: Hazard, *, act: Act, changes: dict[str, Any], reason: str) -> Done:
    """Correct what was entered wrongly. Figures follow; what was published stays and shows the difference."""
    require(checks.text_given(text=reason, what="更正理由"), "reason")
    if unknown := sorted(set(changes) - CORRECTABLE):
        raise Refused(Reason("这些内容不能更正:%(names)s", {"names": "、".join(unknown)}))
    if not any(getattr(h, name) != value for name, value in changes.items()):
        raise Refused(Reason("没有改动任何内容"))
    for name, value in changes.items():
        setattr(h, name, value)
    require(checks.text_given(text=h.description, what="隐患描述"), "description")
    require(checks.known(h.source, standards.source_codes(on=act.day), what="来源"), "source")
    require(
        checks.known(h.found_sector, standards.sector_codes(on=act.day), what="行业领域"),
        "found_sector",
    )
    require(checks.money_is_possible(h.money_spent), "money_spent")
    _place(h.found_county, h.found_town, act)
    return Done(note={"reason": reason.strip()})


def _place(county: str, town: str, act: Act) -> None:
    units = {p.code: p.name for p in places.counties(on=act.day)}
    require(checks.known(county, units, what="县(市、区)"), "county")
    if town and places.unit_of(town, on=act.day) != county:
        raise Refused(Reason("该乡镇(街道)不归所选县(市、区),请重新选择"), "town")


@performs(HAZARD, "rehome", on=Hazard)
def rehome(h: Hazard, *, act: Act, county: str, town: str = "", sector: str = "", reason: str) -> Done:
    """Move who answers for it (boundaries change, a zone takes over). Where it was found does not move."""
    require(checks.text_given(text=reason, what="变更理由"), "reason")
    _place(county, town, act)
    if sector:
        require(checks.known(sector, standards.sector_codes(on=act.day), what="行业领域"), "sector")
    before = h.now_organ
    h.now_county, h.now_town = county, town
    h.now_sector = sector or h.now_sector
    return Done(opens=[(before, None, None)] if before else [], note={"reason": reason.strip()})
