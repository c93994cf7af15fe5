"""What happens because something happened: one readable list.

Every reaction runs in the transaction of the act, as the system on behalf of whoever acted.
"""

from dataclasses import replace
from typing import Any

from anlan.duty import events as duty
from anlan.duty import telling as duty_telling
from anlan.enforcement import events as documents
from anlan.enforcement.render import TITLES
from anlan.evidence import queries as evidence
from anlan.evidence.commands import Claimed
from anlan.hazards import commands as hazards
from anlan.hazards import events as e
from anlan.inspections import commands as inspections
from anlan.inspections import coverage, coverage_counts, draws
from anlan.inspections import events as visits
from anlan.kernel import events
from anlan.kernel.clock import Moment
from anlan.kernel.scope import Actor, system_for
from anlan.kernel.words import Reason
from anlan.notices import webhooks
from anlan.notices.commands import tell
from anlan.notices.models import Kind
from anlan.people import commands as people_commands
from anlan.people import queries as people
from anlan.register import events as register_events
from anlan.site import bulletin_reactions, campaign_reactions, closing, visit_reactions

#: who in an organisation is told of its work: whoever may show what he saw. Administrators and auditors
#: of the same organisation learn nothing of hazards by a notice
WORKS = "evidence.upload"


def _holders(organisation: int | None, at: Moment, can: str = WORKS) -> list[int]:
    return people.holders(organisation, on=at.day, can=can) if organisation else []


def _firm(h: Any, at: Moment) -> list[int]:
    return _holders(h.enterprise_id, at, "hazard.submit")


def _office(h: Any, at: Moment) -> list[int]:
    """The county's office, and the city's for what only it decides."""
    office = people.office_of(county=h.now_county)
    return _holders(office.pk if office else None, at)


def _organ(h: Any, at: Moment) -> list[int]:
    """Whoever holds it; what the firm found itself is watched by the sector's organ and the station."""
    if h.now_organ is None and h.track == "OWN":
        return [*_competent(h, at), *_station(h, at)]
    return _holders(h.now_organ or h.found_organisation, at)


def _competent(h: Any, at: Moment) -> list[int]:
    organ = people.competent_organ(sector=h.now_sector, county=h.now_county, on=at.day)
    return _holders(organ.pk if organ else None, at)


def _station(h: Any, at: Moment) -> list[int]:
    station = people.station_of(h.now_town) if h.now_town else None
    return _holders(station.pk if station else None, at)


def _number(h: Any, **more: Any) -> dict[str, Any]:
    return {"number": h.number, **more}


def tell_of_assignment(event: e.Assigned, *, by: Actor, at: Moment) -> None:
    words = Reason("%(number)s已交到您单位,请签收", _number(event.hazard))
    tell(
        _holders(event.to_organisation, at, "hazard.sign"), kind=Kind.ASSIGNED, words=words, about=event.hazard,
        at=at.received, except_for=by.id,
    )  # fmt: skip


def tell_of_return(event: e.Returned, *, by: Actor, at: Moment) -> None:
    words = Reason("%(number)s被退回:%(why)s", _number(event.hazard, why=event.reason[:60]))
    people_ = _holders(event.to_organisation, at) or _office(event.hazard, at)
    tell(people_, kind=Kind.RETURNED, words=words, about=event.hazard, at=at.received, except_for=by.id)


def tell_firm_to_rectify(event: e.RectificationStarted, *, by: Actor, at: Moment) -> None:
    h = event.hazard
    words = Reason("%(number)s请于%(due)s前完成整改", _number(h, due=h.due_on))
    tell(_firm(h, at), kind=Kind.ASSIGNED, words=words, about=h, at=at.received, except_for=by.id)


def tell_organ_to_accept(event: e.Submitted, *, by: Actor, at: Moment) -> None:
    h = event.hazard
    words = Reason("%(number)s已提交整改,请验收", _number(h))
    whom = _firm(h, at) if h.track == "OWN" and not h.taken_over else _organ(h, at)
    tell(whom, kind=Kind.WAITING, words=words, about=h, at=at.received, except_for=by.id)


def tell_head_to_approve(event: e.AcceptanceProposed, *, by: Actor, at: Moment) -> None:
    words = Reason("重大隐患%(number)s已提出验收意见,请批准", _number(event.hazard))
    whom = _holders(event.hazard.now_organ, at, "hazard.approve")
    tell(whom, kind=Kind.WAITING, words=words, about=event.hazard, at=at.received, except_for=by.id)


def tell_of_acceptance(event: e.Accepted, *, by: Actor, at: Moment) -> None:
    h = event.hazard
    words = Reason("%(number)s已验收销号", _number(h))
    tell(_firm(h, at), kind=Kind.DECIDED, words=words, about=h, at=at.received, except_for=by.id)


def tell_of_failure(event: e.Failed, *, by: Actor, at: Moment) -> None:
    h = event.hazard
    words = Reason("%(number)s验收不合格,请于%(due)s前继续整改", _number(h, due=h.due_on))
    tell(_firm(h, at), kind=Kind.RETURNED, words=words, about=h, at=at.received, except_for=by.id)


def tell_organ_of_request(event: e.ExtensionAsked, *, by: Actor, at: Moment) -> None:
    words = Reason("%(number)s申请延期,请决定", _number(event.hazard))
    tell(
        _organ(event.hazard, at),
        kind=Kind.WAITING,
        words=words,
        about=event.hazard,
        at=at.received,
        except_for=by.id,
    )


def tell_firm_of_extension(event: e.ExtensionDecided, *, by: Actor, at: Moment) -> None:
    h = event.hazard
    words = Reason("%(number)s的延期申请已有决定,期限为%(due)s", _number(h, due=h.due_on))
    tell(_firm(h, at), kind=Kind.DECIDED, words=words, about=h, at=at.received, except_for=by.id)


def tell_of_major(event: e.MajorProposed, *, by: Actor, at: Moment) -> None:
    """At once: the sector's organ and the place."""
    h = event.hazard
    whom = [*_competent(h, at), *_station(h, at), *_office(h, at)]
    words = Reason("%(number)s拟定为重大隐患,请认定", _number(h))
    tell(whom, kind=Kind.WAITING, words=words, about=h, at=at.received, except_for=by.id)


def tell_of_determination(event: e.MajorConfirmed, *, by: Actor, at: Moment) -> None:
    h = event.hazard
    words = Reason("%(number)s已认定为重大隐患", _number(h))
    tell(
        [*_firm(h, at), *_office(h, at)],
        kind=Kind.DECIDED,
        words=words,
        about=h,
        at=at.received,
        except_for=by.id,
    )


def show_office_a_downgrade(event: e.MajorRejected, *, by: Actor, at: Moment) -> None:
    words = Reason("%(number)s未被认定为重大隐患,请核对理由", _number(event.hazard))
    tell(
        _office(event.hazard, at),
        kind=Kind.WAITING,
        words=words,
        about=event.hazard,
        at=at.received,
        except_for=by.id,
    )


def tell_whom_it_concerns(event: e.Urged, *, by: Actor, at: Moment) -> None:
    h = event.hazard
    whom = _firm(h, at) if h.state == "RECTIFYING" else _organ(h, at)
    words = Reason("%(number)s催办:%(words)s", _number(h, words=event.words[:80]))
    tell([*whom, *_organ(h, at)], kind=Kind.URGED, words=words, about=h, at=at.received, except_for=by.id)


def ask_second_person(event: e.LeavingAsked, *, by: Actor, at: Moment) -> None:
    words = Reason("%(number)s有人提出撤销或合并,请确认", _number(event.hazard))
    whom = _holders(event.organisation, at, "hazard.void")
    tell(whom, kind=Kind.WAITING, words=words, about=event.hazard, at=at.received, except_for=by.id)


def register_relapse(event: e.Relapsed, *, by: Actor, at: Moment) -> None:
    """A new hazard, found by whoever looked back, with the old one as its `relapse_of`."""
    old = event.hazard
    hazards.register(
        by=by, at=at, enterprise=old.enterprise, county=old.found_county, town=old.found_town, sector=old.now_sector,
        description=event.description, source=event.source, location=old.location, category=old.category,
        basis=old.basis, clause=old.clause, photos=event.photos, no_photo_because=event.no_photo_because,
        relapse_of=old,
    )  # fmt: skip


def tell_owner(event: e.Instructed, *, by: Actor, at: Moment) -> None:
    h = event.hazard
    words = Reason(
        "领导对%(number)s批示:%(words)s(%(due)s前答复)", _number(h, words=event.words[:60], due=event.due_on)
    )
    tell(_holders(event.owner_organisation, at), kind=Kind.INSTRUCTED, words=words, about=h, at=at.received)


def tell_leader(event: e.InstructionAnswered, *, by: Actor, at: Moment) -> None:
    words = Reason("%(number)s的批示已答复:%(answer)s", _number(event.hazard, answer=event.answer[:60]))
    tell([event.by], kind=Kind.DECIDED, words=words, about=event.hazard, at=at.received)


def tell_regulator(event: e.ReportedUpwards, *, by: Actor, at: Moment) -> None:
    """安全生产法 art. 46: the regulator hears it from the safety manager himself."""
    h = event.hazard
    words = Reason("%(number)s由企业安全管理人员直接报告", _number(h))
    tell(_competent(h, at), kind=Kind.WAITING, words=words, about=h, at=at.received)


def tell_assigner(event: e.Replied, *, by: Actor, at: Moment) -> None:
    """Whoever handed it over, and the office that watches the chain."""
    words = Reason("%(number)s已办结反馈", _number(event.hazard))
    whom = [*_holders(event.to_organisation, at), *_office(event.hazard, at)]
    tell(whom, kind=Kind.DECIDED, words=words, about=event.hazard, at=at.received, except_for=by.id)


def tell_of_regrading(event: e.RegradeAsked, *, by: Actor, at: Moment) -> None:
    words = Reason("%(number)s有新的专家意见,请重新认定", _number(event.hazard))
    whom = _competent(event.hazard, at)
    tell(whom, kind=Kind.WAITING, words=words, about=event.hazard, at=at.received, except_for=by.id)


def ask_expert(event: e.Consulted, *, by: Actor, at: Moment) -> None:
    words = Reason(
        "请对%(number)s提出意见:%(words)s(%(until)s前)",
        _number(event.hazard, words=event.words[:60], until=event.until),
    )
    tell([event.expert], kind=Kind.WAITING, words=words, about=event.hazard, at=at.received)


def tell_who_wanted_it_gone(event: e.Kept, *, by: Actor, at: Moment) -> None:
    words = Reason("%(number)s不予撤销或合并,请继续办理", _number(event.hazard))
    tell(
        [event.asked_by] if event.asked_by else [],
        kind=Kind.RETURNED,
        words=words,
        about=event.hazard,
        at=at.received,
        except_for=by.id,
    )


def tell_of_suspension(event: e.SuspensionMoved, *, by: Actor, at: Moment) -> None:
    """Each step to whoever takes the next one, and to the firm what was decided."""
    s = event.suspension
    kind, words, whom = {
        "PROPOSED": (Kind.WAITING, Reason("%(firm)s拟停产整顿,请批准"), _holders(s.organ, at, "hazard.approve_suspension")),
        "REJECTED": (Kind.DECIDED, Reason("%(firm)s的停产建议未获批准"), [s.proposed_by]),
        "IN_FORCE": (Kind.DECIDED, Reason("%(firm)s停产整顿的决定,请查看"), _holders(s.enterprise_id, at, "hazard.submit")),
        "REVIEW": (Kind.WAITING, Reason("%(firm)s申请复产,请现场审查或批准"), _holders(s.organ, at)),
        "LIFTED": (Kind.DECIDED, Reason("%(firm)s已批准复产"), _holders(s.enterprise_id, at, "hazard.submit")),
    }[s.state]  # fmt: skip
    said = Reason(words.msgid, {"firm": s.enterprise.name})
    tell(whom, kind=kind, words=said, about=s, at=at.received, except_for=by.id)


def tell_organ_of_opinion(event: e.OpinionGiven, *, by: Actor, at: Moment) -> None:
    words = Reason("%(number)s有新的专家意见", _number(event.hazard))
    tell(
        _organ(event.hazard, at),
        kind=Kind.DECIDED,
        words=words,
        about=event.hazard,
        at=at.received,
        except_for=by.id,
    )


def register_findings(event: visits.Finished, *, by: Actor, at: Moment) -> None:
    """What a visit found goes into the ledger in one go, by whoever ended it; a refusal refuses the whole."""
    v = event.visit
    if not event.findings:
        return
    photos = evidence.photos_of(kind="visit", subject=v.pk)
    became = {}
    for f in event.findings:
        before, after = (
            [Claimed.from_record(photos[s]) for s in side if s in photos] for side in (f.before, f.after)
        )
        # a criterion of another sector is that sector's business: who may not name it leaves it to a transfer
        named = f.sector or v.sector
        may = by.sectors is None or named in by.sectors
        found: dict[str, Any] = {
            "enterprise": v.enterprise, "county": v.county, "town": v.town, "sector": named if may else v.sector,
            "source": v.source,
            "description": f.description, "location": f.location or v.spot, "basis": f.basis,
        }  # fmt: skip
        if f.on_spot and not f.major_clause and by.may("hazard.fix_on_spot"):
            h = hazards.fix_on_spot(
                by=by, at=at, **found, measures=f.measures, before=before, after=after, signer=v.signer,
                refused=v.refused, witness=v.witness, confirmed_by=event.confirmed_by,
            )  # fmt: skip
        else:
            h = hazards.register(
                by=by, at=at, **found, photos=before, no_photo_because=f.no_photo,
                general=not f.major_clause and by.may("hazard.grade"),
            )  # fmt: skip
            if f.major_clause and may and by.may("hazard.propose_major"):
                hazards.propose_major(h.pk, by=by, at=at, clause=f.major_clause)
        became[f.pk] = h.pk
    system = replace(system_for(by), can=frozenset({"visit.link"}))
    inspections.link(v.pk, by=system, at=at, hazards=became)


def tell_party(event: visits.Authorised, *, by: Actor, at: Moment) -> None:
    words = Reason("%(number)s的检查方案已批准,请按期检查", _number(event.visit))
    tell(
        event.visit.party, kind=Kind.DECIDED, words=words, about=event.visit, at=at.received, except_for=by.id
    )


def tell_head_of_plan(event: visits.Planned, *, by: Actor, at: Moment) -> None:
    """The head approves; the others of the party learn of it."""
    v = event.visit
    if v.needs_authorisation:
        words = Reason("%(number)s检查方案待批准", _number(v))
        whom = _holders(v.organisation, at, "visit.authorise")
        tell(whom, kind=Kind.WAITING, words=words, about=v, at=at.received, except_for=by.id)
    words = Reason("%(number)s请于%(day)s参加检查", _number(v, day=v.planned_on))
    tell(v.party, kind=Kind.ASSIGNED, words=words, about=v, at=at.received, except_for=by.id)


def tell_firm_of_advice(event: visits.Advised, *, by: Actor, at: Moment) -> None:
    v = event.visit
    if v.state not in ("FINISHED", "FILED") or v.veil:
        return
    words = Reason("%(number)s有新的专家建议,请答复", _number(v))
    whom = _holders(v.enterprise_id, at, "visit.decide_advice")
    tell(whom, kind=Kind.WAITING, words=words, about=v, at=at.received, except_for=by.id)


def tell_firm_of_visit(event: visits.Finished, *, by: Actor, at: Moment) -> None:
    """What an open check came to; its advice waits for an answer."""
    v = event.visit
    if v.mode == "SELF" or v.veil:
        return
    words = Reason("%(number)s检查已结束,登记隐患%(n)s处", _number(v, n=v.found_no))
    whom = _holders(v.enterprise_id, at, "visit.decide_advice")
    tell(whom, kind=Kind.DECIDED, words=words, about=v, at=at.received, except_for=by.id)


def follow_the_file(event: register_events.Moved, *, by: Actor, at: Moment) -> None:
    """The organisation of a firm has its name and place from the firm's file."""
    e = event.enterprise
    people_commands.follow_enterprise(e.pk, name=e.name, county=e.county, town=e.town, by=by, at=at)


def tell_place_of_sign_up(event: register_events.SignedUp, *, by: Actor, at: Moment) -> None:
    e = event.enterprise
    station = people.station_of(e.town)
    office = people.office_of(county=e.county)
    whom = {p for o in (station, office) if o is not None for p in _holders(o.pk, at, "register.approve")}
    words = Reason("%(name)s申请登记,请审核", {"name": e.name})
    tell(whom, kind=Kind.WAITING, words=words, about=e, at=at.received)


def ask_to_sign(event: documents.Drafted, *, by: Actor, at: Moment) -> None:
    d = event.document
    words = Reason("%(kind)s(%(addressee)s)已起草,请签发", _paper(d))
    tell(
        _holders(d.agency_id, at, "document.approve"), kind=Kind.WAITING, words=words, about=d,
        at=at.received, except_for=by.id,
    )  # fmt: skip


def tell_drafter_of_return(event: documents.SentBack, *, by: Actor, at: Moment) -> None:
    d = event.document
    words = Reason("%(kind)s(%(addressee)s)被退回修改:%(why)s", _paper(d, why=event.reason[:60]))
    tell([d.drafted_by], kind=Kind.RETURNED, words=words, about=d, at=at.received)


def tell_drafter_of_signature(event: documents.Approved, *, by: Actor, at: Moment) -> None:
    d = event.document
    words = Reason("%(number)s已签发,请送达", {"number": d.number})
    tell([d.drafted_by], kind=Kind.DECIDED, words=words, about=d, at=at.received)


def tell_whom_it_was_served(event: documents.Served, *, by: Actor, at: Moment) -> None:
    d = event.document
    can = "see" if d.enterprise_id else "hazard.sign"
    words = Reason("%(kind)s%(number)s已送达,请查阅", _paper(d, number=d.number))
    tell(
        _holders(d.addressee_id, at, can), kind=Kind.DECIDED, words=words, about=d, at=at.received,
        except_for=by.id,
    )  # fmt: skip


def tell_of_void_number(event: documents.Voided, *, by: Actor, at: Moment) -> None:
    """The drafter, and whoever had it served on him."""
    d = event.document
    words = Reason("%(kind)s%(number)s已作废:%(why)s", _paper(d, number=d.number, why=d.void_reason[:60]))
    whom = _holders(d.addressee_id, at, "see") if event.was_served else []
    tell([d.drafted_by, *whom], kind=Kind.DECIDED, words=words, about=d, at=at.received, except_for=by.id)


def _paper(d: Any, **more: Any) -> dict[str, Any]:
    return {"kind": TITLES[d.type], "addressee": d.addressee, **more}


REACTIONS = (
    (events.Performed, webhooks.enqueue),
    (register_events.Moved, follow_the_file),
    (register_events.SignedUp, tell_place_of_sign_up),
    (events.Performed, coverage_counts.heed),
    (events.Performed, coverage.follow_campaign),
    (events.Performed, closing.freeze),
    (visits.Frozen, coverage.copy_the_register),
    (visits.Stood, coverage.count_all),
    (visits.SharedOut, coverage.plan_each),
    (visits.Drawn, draws.send_out),
    (visits.Planned, tell_head_of_plan),
    (visits.Authorised, tell_party),
    (visits.Finished, register_findings),
    (visits.Recorded, visit_reactions.adopt_findings),
    (visits.Finished, tell_firm_of_visit),
    (visits.Advised, tell_firm_of_advice),
    (e.Assigned, tell_of_assignment),
    (e.Returned, tell_of_return),
    (e.RectificationStarted, tell_firm_to_rectify),
    (e.Submitted, tell_organ_to_accept),
    (e.AcceptanceProposed, tell_head_to_approve),
    (e.Accepted, tell_of_acceptance),
    (e.Failed, tell_of_failure),
    (e.ExtensionAsked, tell_organ_of_request),
    (e.ExtensionDecided, tell_firm_of_extension),
    (e.MajorProposed, tell_of_major),
    (e.MajorConfirmed, tell_of_determination),
    (e.MajorRejected, show_office_a_downgrade),
    (e.Urged, tell_whom_it_concerns),
    (e.LeavingAsked, ask_second_person),
    (e.Relapsed, register_relapse),
    (e.Instructed, tell_owner),
    (e.InstructionAnswered, tell_leader),
    (e.ReportedUpwards, tell_regulator),
    (e.Replied, tell_assigner),
    (e.RegradeAsked, tell_of_regrading),
    (e.Consulted, ask_expert),
    (e.Kept, tell_who_wanted_it_gone),
    (e.SuspensionMoved, tell_of_suspension),
    (e.OpinionGiven, tell_organ_of_opinion),
    (documents.Drafted, ask_to_sign),
    (documents.SentBack, tell_drafter_of_return),
    (documents.Approved, tell_drafter_of_signature),
    (documents.Served, tell_whom_it_was_served),
    (documents.Voided, tell_of_void_number),
    (duty.Missed, duty_telling.of_missing),
    *campaign_reactions.REACTIONS,
    *bulletin_reactions.REACTIONS,
)


def connect() -> None:
    for event, reaction in REACTIONS:
        events.react(event, reaction)
