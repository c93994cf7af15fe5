"""How a hazard comes into the ledger: registered, fixed on the spot, or adopted from a sheet."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from anlan.hazards import checks, events
from anlan.hazards.commands.evidence import attach
from anlan.hazards.models import Hazard, Round
from anlan.hazards.states import Basis, Grade, State, Track
from anlan.hazards.workflow import HAZARD
from anlan.kernel.clock import CHINA
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused, require
from anlan.standards import queries as standards


def _found(h: Hazard, act: Act, *, enterprise: Any, county: str, town: str, sector: str, source: str) -> None:
    """Where, for whom and by whom; the part that never moves, and its copy that does."""
    by = act.by
    if enterprise is not None:
        county, town, sector = enterprise.county, enterprise.town, sector or enterprise.sector
    if not county or not sector:
        raise Refused(Reason("请选择企业;没有企业的,请填写所在县(市、区)和行业"), "enterprise")
    require(checks.known(source, standards.source_codes(by.role, on=act.day), what="来源"), "source")
    require(checks.known(sector, standards.sector_codes(on=act.day), what="行业领域"), "sector")
    require(
        checks.within_his_duties(
            actor=by,
            county=county,
            town=town,
            sector=sector,
            enterprise=enterprise.pk if enterprise else None,
        ),
        "enterprise",
    )
    h.enterprise = enterprise
    h.source = source
    h.track = Track.OWN if by.is_enterprise else Track.FOUND
    h.found_at, h.found_on = act.at.happened, act.day
    h.found_by, h.found_by_name = by.id, by.name
    h.found_organisation, h.found_organisation_name = by.organisation, by.organisation_name
    h.found_system = by.system
    h.found_county, h.found_town, h.found_sector = county, town, sector
    h.now_county, h.now_town, h.now_sector = county, town, sector


def _described(
    h: Hazard, *, description: str, location: str, category: str, accident: str, basis: str, clause: str
):
    require(checks.text_given(text=description, what="隐患描述"), "description")
    h.description, h.location = description.strip(), location.strip()
    h.category, h.accident, h.basis, h.clause = category, accident, basis, clause


def _opens(by: Actor) -> list[tuple[int | None, int | None, date | None]]:
    """Who keeps seeing it wherever it goes: the organ or group that found it, the worker who told."""
    if by.is_enterprise:
        return [] if by.may("see") else [(None, by.id, None)]
    return [(by.organisation, None, None)] if by.organisation else [(None, by.id, None)]


@performs(HAZARD, "register", on=Hazard)
def register(
    h: Hazard,
    *,
    act: Act,
    description: str,
    source: str,
    enterprise: Any = None,
    county: str = "",
    town: str = "",
    sector: str = "",
    location: str = "",
    category: str = "",
    accident: str = "",
    basis: str = "",
    clause: str = "",
    photos: Sequence[Any] = (),
    no_photo_because: str = "",
    general: bool = False,
    relapse_of: Hazard | None = None,
) -> Done:
    """Put a hazard into the ledger. `general`: the finder's organ, or the firm for its own, grades it at once."""
    _found(h, act, enterprise=enterprise, county=county, town=town, sector=sector, source=source)
    _described(
        h,
        description=description,
        location=location,
        category=category,
        accident=accident,
        basis=basis,
        clause=clause,
    )
    require(checks.photos_or_reason(photos=photos, why_none=no_photo_because), "photos")
    h.no_photo_because = "" if photos else no_photo_because.strip()
    h.relapse_of = relapse_of
    if general:
        if not act.by.may("hazard.grade"):
            raise Refused(Reason("您的职务不能定级,请只登记,由检查单位定级"), "general")
        h.grade, h.graded_on, h.graded_by_name = Grade.GENERAL, act.day, act.by.name
        h.grade_basis = basis or clause
    return Done(
        children=attach(h, photos, label="BEFORE", act=act), opens=_opens(act.by), event=events.Registered(h)
    )


@performs(HAZARD, "fix_on_spot", on=Hazard)
def fix_on_spot(
    h: Hazard,
    *,
    act: Act,
    description: str,
    source: str,
    measures: str,
    before: Sequence[Any],
    after: Sequence[Any],
    enterprise: Any = None,
    county: str = "",
    town: str = "",
    sector: str = "",
    location: str = "",
    category: str = "",
    accident: str = "",
    basis: str = "",
    clause: str = "",
    signer: str = "",
    refused: bool = False,
    witness: str = "",
    confirmed_by: Actor | None = None,
) -> Done:
    """Found and put right before the finder left; general ones only.

    Whoever answers for the place signs, or refuses before a witness; in a self-check a second person
    of the firm confirms.
    """
    _found(h, act, enterprise=enterprise, county=county, town=town, sector=sector, source=source)
    _described(
        h,
        description=description,
        location=location,
        category=category,
        accident=accident,
        basis=basis,
        clause=clause,
    )
    require(checks.text_given(text=measures, what="整改措施"), "measures")
    require(checks.both_photos(before=before, after=after), "after")
    if act.by.is_enterprise:
        require(checks.confirmed_by_another(actor=act.by, other=confirmed_by), "confirmed_by")
        assert confirmed_by is not None
        h.rectified_by, h.rectified_by_name = act.by.id, act.by.name
        h.acceptance_by, h.acceptance_name = confirmed_by.id, confirmed_by.name
        h.closed_by_name = confirmed_by.name
    else:
        require(checks.site_answer(signer=signer, refused=refused, witness=witness), "signer")
        h.closed_by_name = act.by.name
    require(checks.not_a_major_clause(clause, standards.major_clauses(h.found_sector, on=act.day)), "clause")
    h.grade, h.graded_on, h.graded_by_name = Grade.GENERAL, act.day, act.by.name
    h.measures = measures.strip()
    h.rectified_on = h.closed_on = act.day
    h.closed_at = act.at.happened
    h.close_basis = Basis.ON_SPOT
    signature = {"signer": signer, "refused": refused, "witness": witness}
    return Done(
        children=[*attach(h, before, label="BEFORE", act=act), *attach(h, after, label="AFTER", act=act)],
        opens=_opens(act.by),
        note={"signature": signature},
    )


@performs(HAZARD, "adopt", on=Hazard)
def adopt(
    h: Hazard,
    *,
    act: Act,
    description: str,
    source: str,
    found_on: date,
    import_file: str,
    import_row: int,
    import_key: str,
    enterprise: Any = None,
    county: str = "",
    town: str = "",
    sector: str = "",
    location: str = "",
    category: str = "",
    accident: str = "",
    basis: str = "",
    clause: str = "",
    major: bool = False,
    found_by_name: str = "",
    found_organisation_name: str = "",
    measures: str = "",
    due_on: date | None = None,
    submitted_on: date | None = None,
    closed_on: date | None = None,
) -> Done:
    """Take over a row of another system or sheet, where it stands.

    Photos are waived and the record says so; what was closed there is closed here with the basis
    IMPORTED and is shown apart in every rate; "重大" enters grading, for nobody here has determined it.
    """
    _found(h, act, enterprise=enterprise, county=county, town=town, sector=sector, source=source)
    _described(
        h,
        description=description,
        location=location,
        category=category,
        accident=accident,
        basis=basis,
        clause=clause,
    )
    if found_on > act.day:
        raise Refused(Reason("检查时间%(day)s晚于今天,请核对", {"day": found_on}), "found_on")
    h.track = Track.FOUND
    h.found_on, h.found_at = found_on, min(datetime.combine(found_on, time(12), CHINA), act.at.happened)
    h.found_by, h.found_by_name = None, found_by_name
    h.found_organisation_name = found_organisation_name or act.by.organisation_name
    h.no_photo_because = "无影像(导入)"
    h.measures = measures
    h.import_file, h.import_row, h.import_key = import_file, import_row, import_key
    if major:
        h.proposed_on = act.day
        return Done(target=State.GRADING, opens=_opens(act.by), event=events.MajorProposed(h))
    h.grade, h.graded_on, h.grade_basis = Grade.GENERAL, found_on, "导入"
    if closed_on is not None:
        if closed_on < found_on:
            raise Refused(Reason("完成时间早于检查时间,请核对"), "closed_on")
        h.rectified_on = h.closed_on = h.stopped_on = closed_on
        h.closed_at = h.stopped_at = datetime.combine(closed_on, time(12), CHINA)
        h.close_basis = Basis.IMPORTED
        return Done(target=State.CLOSED, opens=_opens(act.by))
    if due_on is None:
        return Done(target=State.REGISTERED, opens=_opens(act.by), event=events.Registered(h))
    h.due_on = h.due_original_on = due_on
    h.ordered_on, h.now_organ, h.now_organ_name = found_on, act.by.organisation, act.by.organisation_name
    h.round = 1
    first = Round(
        hazard=h, at=act.at.happened, by=act.by.id, by_name=act.by.name, no=1, due_on=due_on,
        submitted_on=submitted_on, late=bool(submitted_on and submitted_on > due_on),
    )  # fmt: skip
    if submitted_on is not None:
        h.rectified_on = h.stopped_on = submitted_on
        h.stopped_at = datetime.combine(submitted_on, time(12), CHINA)
        return Done(target=State.REVIEW, children=[first], opens=_opens(act.by))
    return Done(target=State.RECTIFYING, children=[first], opens=_opens(act.by))
