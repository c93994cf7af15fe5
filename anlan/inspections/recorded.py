"""A visit of the past, recorded in one go from what stands on paper or in a sheet."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from anlan.inspections import events, rules
from anlan.inspections.described import COVERT, family_of, led
from anlan.inspections.models import Answer, Finding, Participant, Visit
from anlan.inspections.states import Mode, Result
from anlan.inspections.workflow import VISIT
from anlan.kernel import bulk
from anlan.kernel.clock import CHINA
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason, Refused, require
from anlan.standards import checklists
from anlan.standards import queries as standards

NO_PHOTO = "无影像(补录)"


def _lists(visits: Sequence[Visit]) -> dict[int, frozenset[str]]:
    """Which lists there are, read once for all."""
    return dict.fromkeys((v.pk for v in visits), checklists.published()) if len(visits) > 1 else {}


@performs(VISIT, "record", on=Visit, loads={"lists": _lists})
def record(
    v: Visit, *, act: Act, source: str, held_on: date, organisation: Any, import_file: str, import_row: int,
    import_key: str, enterprise: Any = None, county: str = "", town: str = "", sector: str = "", spot: str = "",
    covert: bool = False, basis: str = "", led_by: str = "", led_post: str = "", party: Sequence[Actor] = (),
    authorised_by: str = "", authorised_on: date | None = None, checklist: str = "", signer: str = "",
    conclusion: str = "", found: Sequence[Mapping[str, Any]] = (), lists: frozenset[str] | None = None,
) -> Done:  # fmt: skip
    """Record a visit that is over: filed at once, marked with its sheet and row.

    `organisation` held it; of a self-check it is the firm itself. `party`: an Actor with id 0 has no account.
    `checklist`: the code of the list that was used, "" for none. `found`: each a description, with location,
    measures, due_on, closed_on, major, import_row and import_key where known, and `hazard`, the key of what stands
    in the ledger already; empty, nothing was found.
    """
    _where(v, act, enterprise=enterprise, county=county, town=town, sector=sector, spot=spot)
    _how(v, act, source=source, held_on=held_on, covert=covert, organisation=organisation)
    led(v, led_by, led_post)
    require(rules.was_authorised(source=source if v.needs_authorisation else "", by_name=authorised_by,
                                 on=authorised_on, held_on=held_on), "authorised_on")  # fmt: skip
    v.planned = v.needs_authorisation or authorised_on is not None
    if v.planned:
        v.planned_on = v.planned_until = held_on
        v.authorised_on, v.authorised_by_name = authorised_on, authorised_by.strip()
    members = _party(v, party, enforcing=_enforces(v, organisation))
    _list(v, checklist, lists)
    for one in found:
        require(rules.text_given(text=one["description"], what="存在的问题"), "description")
        closed = one.get("closed_on")
        require(rules.put_right_in_order(held_on=held_on, closed_on=closed, today=act.day), "closed_on")
    v.basis, v.signer = basis.strip(), signer.strip()
    v.found_no, v.found_nothing, v.unmet_no = len(found), not found, len(found)
    v.conclusion = conclusion.strip() or (f"发现隐患{len(found)}处" if found else "未发现隐患")
    v.finished_by_name = v.filed_by_name = act.by.name
    v.filed_on = act.day
    v.import_file, v.import_row, v.import_key = import_file, import_row, import_key
    findings = [_finding(v, n, one) for n, one in enumerate(found, 1)]
    answers = [_answer(v, n, one, act) for n, one in enumerate(found, 1)]
    return Done(
        children=[*members, *answers, *findings],
        opens=_opens(v, members),
        event=events.Recorded(v, tuple(zip(findings, found, strict=True))),
        note={"file": import_file, "row": import_row},
    )


def _where(v: Visit, act: Act, *, enterprise: Any, county: str, town: str, sector: str, spot: str) -> None:
    if enterprise is not None:
        county, town, sector = enterprise.county, enterprise.town, sector or enterprise.sector
    if not county or not sector:
        raise Refused(Reason("请选择企业;没有企业的,请填写所在县(市、区)和行业"), "enterprise")
    if enterprise is None:
        require(rules.text_given(text=spot, what="检查的地点"), "spot")
    if sector not in standards.sector_codes(on=act.day):
        raise Refused(Reason("没有这个行业领域,请重新选择"), "sector")
    key = enterprise.pk if enterprise is not None else None
    require(
        rules.within_his_duties(actor=act.by, county=county, town=town, sector=sector, enterprise=key),
        "enterprise",
    )
    v.enterprise, v.spot, v.county, v.town, v.sector = enterprise, spot.strip(), county, town, sector


def _how(v: Visit, act: Act, *, source: str, held_on: date, covert: bool, organisation: Any) -> None:
    require(rules.day_is_past(held_on=held_on, today=act.day), "held_on")
    family = family_of(source)
    own = v.enterprise is not None  # who records a self-check has it from the firm
    require(rules.family_fits(family=family, own=own, allowed=standards.FAMILIES.get(act.by.role)), "source")
    v.mode, v.source = family, source
    v.covert = (covert or source == COVERT) and v.mode != Mode.SELF
    if v.mode == Mode.SELF and v.enterprise is not None:
        v.organisation, v.organisation_name, v.level = v.enterprise.pk, v.enterprise.name, Level.ENTERPRISE
    else:
        require(rules.may_record_for(actor=act.by, organisation=organisation), "organisation")
        v.organisation, v.organisation_name = organisation.pk, organisation.name
        v.system, v.level = organisation.system, _level(organisation)
        v.group = organisation.pk if organisation.kind == "GROUP" else None
    v.needs_authorisation = _enforces(v, organisation) and source in rules.BY_PLAN
    noon = datetime.combine(held_on, time(12), CHINA)
    v.held_on = held_on
    v.started_at = v.ended_at = min(noon, act.at.happened)


def _enforces(v: Visit, organisation: Any) -> bool:
    return v.mode == Mode.GOV and organisation.kind in rules.ORGANS_OF_LAW


def _level(organisation: Any) -> Level:
    if organisation.town:
        return Level.TOWN
    return Level.COUNTY if organisation.county else Level.CITY


def _party(v: Visit, party: Sequence[Actor], *, enforcing: bool) -> list[Participant]:
    assert v.held_on is not None
    if not party and v.mode != Mode.SELF:
        raise Refused(Reason("没有写检查人员,请填写姓名"), "party")
    if enforcing:
        require(rules.credentials_shown(party=party, on=v.held_on), "party")
    v.party = sorted({a.id for a in party if a.id})
    v.people_no = len(party) + (1 if v.led_by_name else 0)
    v.joint = len({a.organisation for a in party if a.role != "expert"}) > 1
    return [
        bulk.new(
            Participant, visit=v, person=a.id or None, name=a.name, title=a.title, role=a.role, organisation=a.organisation,
            organisation_name=a.organisation_name, credential=a.credential, credential_until=a.credential_until,
            head=n == 0,
        )
        for n, a in enumerate(party)
    ]  # fmt: skip


def _list(v: Visit, code: str, lists: frozenset[str] | None) -> None:
    """The version that was in force on the day, or no list at all."""
    assert v.held_on is not None
    v.list_code = code or checklists.list_for(v.sector, lists)
    if code:
        v.checklist = checklists.in_force(code, on=v.held_on)
        require(rules.version_holds(given=None, in_force=v.checklist), "checklist")
        v.theme = code if code in dict(standards.theme_choices()) else ""


def _finding(v: Visit, n: int, one: Mapping[str, Any]) -> Finding:
    return bulk.new(
        Finding, visit=v, codes=f"+{n}", description=one["description"].strip(), location=str(one.get("location") or "")[:100],
        on_spot=one.get("closed_on") == v.held_on, measures=str(one.get("measures") or "")[:300], no_photo=NO_PHOTO,
        hazard=one.get("hazard"),
    )  # fmt: skip


def _answer(v: Visit, n: int, one: Mapping[str, Any], act: Act) -> Answer:
    assert v.started_at is not None
    return bulk.new(
        Answer, visit=v, code=f"+{n}", result=Result.NOT_MET, words=one["description"].strip()[:500], no_photo=NO_PHOTO,
        location=str(one.get("location") or "")[:100], on_spot=one.get("closed_on") == v.held_on,
        measures=str(one.get("measures") or "")[:300], at=v.started_at, by_name=act.by.name,
    )  # fmt: skip


def _opens(v: Visit, members: Sequence[Participant]) -> list[tuple[int | None, int | None, date | None]]:
    """The organ that held it, and experts by name; a self-check opens with the firm."""
    if v.mode == Mode.SELF:
        return []
    experts = [m.person for m in members if m.role == "expert" and m.person]
    return [(v.organisation, None, None), *((None, p, None) for p in experts)]
