"""What follows from a visit that was recorded afterwards; part of the one list in reactions.py."""

from dataclasses import replace
from typing import Any

from anlan.hazards import commands as hazards
from anlan.hazards import queries
from anlan.inspections import commands as inspections
from anlan.inspections import events as visits
from anlan.kernel.clock import Moment
from anlan.kernel.scope import Actor, system_for


def adopt_findings(event: visits.Recorded, *, by: Actor, at: Moment) -> None:
    """What was found then goes into the ledger as it stands now; a refusal refuses the whole visit.

    A hazard that the ledger has already (same firm, day and words) is joined to the visit, not doubled.
    """
    v = event.visit
    unknown = [(f, said) for f, said in event.findings if f.hazard is None]
    if not unknown:
        return
    finder = "、".join(m.name for m in v.participants.all())
    became: dict[int, int] = {}
    for f, said in unknown:
        known = queries.found_then(enterprise=v.enterprise_id, on=v.held_on, description=f.description)
        became[f.pk] = known.pk if known is not None else _adopted(v, f, said, finder, by=by, at=at)
    system = replace(system_for(by), can=frozenset({"visit.link"}))
    inspections.link(v.pk, by=system, at=at, hazards=became)


def _adopted(v: Any, f: Any, said: Any, finder: str, *, by: Actor, at: Moment) -> int:
    made = hazards.adopt(
        by=by, at=at, enterprise=v.enterprise, county=v.county, town=v.town, sector=v.sector, source=v.source,
        description=f.description, location=f.location or v.spot, basis=f.basis, found_on=v.held_on,
        found_by_name=finder[:60], found_organisation_name=v.organisation_name, measures=f.measures,
        major=bool(said.get("major")), due_on=said.get("due_on"), closed_on=said.get("closed_on"),
        import_file=v.import_file, import_row=said["import_row"], import_key=said["import_key"],
    )  # fmt: skip
    return made.pk
