"""One function per act upon a visit."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from anlan.evidence.commands import attachments_for
from anlan.inspections import events, findings, rules
from anlan.inspections.described import COVERT, family_of, led
from anlan.inspections.models import Advice, Answer, Finding, Participant, Visit
from anlan.inspections.recorded import record as record
from anlan.inspections.states import Mode, PlaceKind, Result, State, Veil
from anlan.inspections.workflow import VISIT
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason, Refused, require
from anlan.standards import checklists
from anlan.standards import queries as standards
from anlan.standards import rules as standard_rules
from anlan.standards.models import ChecklistItem


def _parts(model: Any) -> Any:
    """A loader: records of the visit, by visit."""

    def load(rows: Sequence[Visit]) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {row.pk: [] for row in rows}
        for part in model.objects.of(rows).order_by("pk"):
            found[part.visit_id].append(part)
        return found

    return load


def _items(rows: Sequence[Visit]) -> dict[int, frozenset]:
    """The items of each visit's own version. Frozen: they are read, never written."""
    lists = {row.checklist_id for row in rows if row.checklist_id}
    items = ChecklistItem.objects.of(lists).filter(gone=False).order_by("order", "pk")  # type: ignore[arg-type]
    return {row.pk: frozenset(i for i in items if i.checklist_id == row.checklist_id) for row in rows}


# -- plan and begin --------------------------------------------------------------------------------


def described(
    v: Visit, act: Act, *, source: str, enterprise: Any, county: str, town: str, sector: str, theme: str, spot: str,
    premises: Any, workpost: Any, covert: bool, basis: str, led_by: str, led_post: str, campaign: int | None,
    party: Sequence[Actor],
) -> list[Participant]:  # fmt: skip
    """What every visit says, planned or not."""
    by = act.by
    if enterprise is not None:
        county, town, sector = enterprise.county, enterprise.town, sector or enterprise.sector
    if not county or not sector:
        raise Refused(Reason("请选择企业;没有企业的,请填写所在县(市、区)和行业"), "enterprise")
    if enterprise is None:
        require(rules.text_given(text=spot, what="检查的地点"), "spot")
    key = enterprise.pk if enterprise is not None else None
    require(
        rules.within_his_duties(actor=by, county=county, town=town, sector=sector, enterprise=key),
        "enterprise",
    )
    family = family_of(source)
    require(
        rules.family_fits(family=family, own=by.is_enterprise, allowed=standards.FAMILIES.get(by.role)),
        "source",
    )
    for part, what in ((premises, "场所"), (workpost, "岗位")):
        if part is not None and part.enterprise_id != key:
            raise Refused(Reason("这个%(what)s不属于该企业,请重新选择", {"what": what}))
    v.mode, v.source, v.basis = family, source, basis.strip()
    v.theme = theme if theme in dict(standards.theme_choices()) else ""
    v.covert = covert or source == COVERT
    v.enterprise, v.premises, v.workpost, v.spot = enterprise, premises, workpost, spot.strip()
    v.county, v.town, v.sector = county, town, sector
    v.list_code = theme or checklists.list_for(sector)
    v.organisation, v.organisation_name, v.system = by.organisation, by.organisation_name, by.system
    v.level = Level.CITY if by.level is Level.NAMED else by.level
    v.group = by.organisation if by.role == "supervisor" else None
    v.campaign = campaign
    led(v, led_by, led_post)
    return _party(v, by, party)


def _party(v: Visit, by: Actor, others: Sequence[Actor]) -> list[Participant]:
    """The one who enters it heads the list; nobody twice."""
    everybody = [by, *(a for a in others if a.id != by.id)]
    v.party = sorted({a.id for a in everybody})
    v.people_no = len(v.party) + (1 if v.led_by_name else 0)
    v.joint = len({a.organisation for a in everybody if a.role != "expert"}) > 1
    return [
        Participant(
            visit=v, person=a.id, name=a.name, title=a.title, role=a.role, organisation=a.organisation,
            organisation_name=a.organisation_name, credential=a.credential, credential_until=a.credential_until,
            head=a is by,
        )
        for a in everybody
    ]  # fmt: skip


def opens_for(v: Visit, party: Sequence[Participant]) -> list[tuple[int | None, int | None, date | None]]:
    """Each organisation of a joint visit; of a covert one the group alone; experts by name."""
    organisations = {p.organisation for p in party if p.role != "expert" and p.organisation}
    if v.mode == Mode.SELF:
        return []
    experts = [p.person for p in party if p.role == "expert" or not p.organisation]
    if v.covert and v.group is None:
        experts, organisations = [p.person for p in party], set()
    return [*((o, None, None) for o in sorted(organisations)), *((None, p, None) for p in experts)]


def veil_of(v: Visit) -> Veil:
    if v.mode == Mode.SELF:
        return Veil.OPEN
    return Veil.FROM_ALL if v.covert else Veil.FROM_FIRM


@performs(VISIT, "plan", on=Visit)
def plan(
    v: Visit, *, act: Act, source: str, planned_on: date, planned_until: date | None = None, enterprise: Any = None,
    county: str = "", town: str = "", sector: str = "", theme: str = "", spot: str = "", premises: Any = None,
    workpost: Any = None, covert: bool = False, basis: str = "", led_by: str = "", led_post: str = "",
    campaign: int | None = None, party: Sequence[Actor] = (),
) -> Done:  # fmt: skip
    """Arrange a visit: where, by whom, on which days, on what authority.

    `theme` names the list to be answered where it is not the sector's own: a theme's or another sector's.
    """
    members = described(
        v, act, source=source, enterprise=enterprise, county=county, town=town, sector=sector, theme=theme, spot=spot,
        premises=premises, workpost=workpost, covert=covert, basis=basis, led_by=led_by, led_post=led_post,
        campaign=campaign, party=party,
    )  # fmt: skip
    until = planned_until or planned_on
    require(rules.days_in_order(since=planned_on, until=until, on=act.day), "planned_on")
    if v.mode == Mode.GOV:
        require(rules.text_given(text=basis, what="检查依据(年度计划、行动方案或任务编号)"), "basis")
    require(rules.credentials(mode=v.mode, actor=act.by, party=[act.by, *party], on=until), "party")
    v.planned, v.planned_on, v.planned_until = True, planned_on, until
    v.planned_by, v.planned_by_name = act.by.id, act.by.name
    v.needs_authorisation = rules.needs_authorisation(mode=v.mode, actor=act.by)
    v.veil = veil_of(v)
    return Done(children=members, opens=opens_for(v, members), event=events.Planned(v))


@performs(VISIT, "authorise", on=Visit)
def authorise(v: Visit, *, act: Act, opinion: str = "") -> Done:
    v.authorised_on, v.authorised_by_name = act.day, act.by.name
    return Done(event=events.Authorised(v), note={"opinion": opinion})


def _on_site(v: Visit, act: Act, *, checklist: Any, places: str, where: str) -> None:
    """The version in force on this day is the one that is answered, now and for good."""
    current = checklists.in_force(v.list_code, on=act.day)
    given = checklist.pk if checklist is not None else None
    require(rules.version_holds(given=given, in_force=current), "theme")
    v.checklist = current
    if places:
        v.places = PlaceKind(places)
    v.started_at, v.held_on, v.started_where = act.at.happened, act.day, where.strip()


@performs(VISIT, "begin", on=Visit)
def begin(
    v: Visit, *, act: Act, source: str, enterprise: Any = None, county: str = "", town: str = "", sector: str = "",
    theme: str = "", spot: str = "", premises: Any = None, workpost: Any = None, covert: bool = False,
    basis: str = "", led_by: str = "", led_post: str = "", campaign: int | None = None, party: Sequence[Actor] = (),
    checklist: Any = None, places: str = "", where: str = "",
) -> Done:  # fmt: skip
    """An unplanned visit, or the firm's own: it begins where one stands."""
    members = described(
        v, act, source=source, enterprise=enterprise, county=county, town=town, sector=sector, theme=theme, spot=spot,
        premises=premises, workpost=workpost, covert=covert, basis=basis, led_by=led_by, led_post=led_post,
        campaign=campaign, party=party,
    )  # fmt: skip
    require(rules.credentials(mode=v.mode, actor=act.by, party=[act.by, *party], on=act.day), "party")
    _on_site(v, act, checklist=checklist, places=places, where=where)
    v.veil = veil_of(v)
    return Done(children=members, opens=opens_for(v, members))


def _as_they_stand(members: Sequence[Participant]) -> list[Actor]:
    """Participants as the rules read them, with the credential that was shown."""
    return [
        Actor(
            id=m.person or 0, name=m.name, role=m.role, level=Level.NAMED, credential_until=m.credential_until,
            organisation=m.organisation,
        )
        for m in members
    ]  # fmt: skip


@performs(VISIT, "start", on=Visit, loads={"members": _parts(Participant)})
def start(
    v: Visit,
    *,
    act: Act,
    members: list[Participant],
    checklist: Any = None,
    places: str = "",
    where: str = "",
) -> Done:
    """On site, by those who were named, within the days that were approved."""
    head = next((a for a in _as_they_stand(members) if a.id == v.planned_by), act.by)
    require(rules.credentials(mode=v.mode, actor=head, party=_as_they_stand(members), on=act.day))
    _on_site(v, act, checklist=checklist, places=places, where=where)
    return Done()


# -- the checklist ---------------------------------------------------------------------------------


@performs(VISIT, "answer", on=Visit, loads={"items": _items, "old": _parts(Answer)})
def answer(
    v: Visit, *, act: Act, items: frozenset, old: list[Answer], answers: Sequence[Mapping[str, Any]]
) -> Done:
    """Save what has been found so far; again and again until the visit is finished.

    Each of `answers` has a code and a result, or a number; words and photos of what is not met may come
    later, but before the end. An answer without result is taken back. `drop` names photos, by hash, that are
    taken off.
    """
    require(rules.each_once(codes=[a["code"] for a in answers]))
    require(rules.of_this_version(codes=[a["code"] for a in answers], items=items, checklist=v.checklist))
    asked, standing = {i.code: i for i in items}, {a.code: a for a in old}
    changed: list[Any] = []
    for said in answers:
        row = standing.get(said["code"]) or Answer(visit=v, code=said["code"])
        if row.pk is None and not _says(said):
            continue
        changed += _answered(v, row, asked.get(said["code"]), said, act)
        standing[said["code"]] = row
    live = [a for a in standing.values() if a.result]
    v.answered_no = sum(1 for a in live if not a.code.startswith("+"))
    v.unmet_no = sum(1 for a in live if a.result == Result.NOT_MET)
    return Done(children=changed)


def _says(said: Mapping[str, Any]) -> bool:
    return bool(said.get("result") or said.get("number") is not None)


def _answered(v: Visit, row: Answer, item: Any, said: Mapping[str, Any], act: Act) -> list[Any]:
    """The answer with its new photos."""
    row.number, row.limit = said.get("number"), said.get("limit")
    row.result = _result(item, said) if item is not None and item.number else said.get("result") or ""
    for name in ("words", "location", "measures", "no_photo"):
        setattr(row, name, str(said.get(name) or "").strip())
    row.on_spot = bool(said.get("on_spot"))
    made, dropped = [], set(said.get("drop") or ())
    for side, label in (("before", "BEFORE"), ("after", "AFTER")):
        fresh = attachments_for(
            list(said.get(side) or ()), subject=v, kind="visit", by=act.by, at=act.at.happened, label=label
        )
        kept = [sha for sha in getattr(row, side) if sha not in dropped]
        fresh = [a for a in fresh if a.sha256 not in kept]
        setattr(row, side, kept + [a.sha256 for a in fresh])
        made += fresh
    row.at, row.by_name = act.at.happened, act.by.name
    return [row, *made]


def _result(item: ChecklistItem, said: Mapping[str, Any]) -> str:
    """The judgement follows from the number; nobody types it."""
    number: Decimal | None = said.get("number")
    if said.get("result") == Result.NOT_APPLICABLE or number is None:
        return Result.NOT_APPLICABLE if said.get("result") == Result.NOT_APPLICABLE else ""
    kept = standard_rules.judged(item, number, said.get("limit"))
    return "" if kept is None else Result.MET if kept else Result.NOT_MET


# -- the end ---------------------------------------------------------------------------------------


@performs(VISIT, "finish", on=Visit, loads={"items": _items, "answers": _parts(Answer)})
def finish(
    v: Visit, *, act: Act, items: frozenset, answers: list[Answer], conclusion: str, signer: str = "",
    signer_post: str = "", refused: bool = False, witness: str = "", firm_opinion: str = "", where: str = "",
    confirmed_by: Actor | None = None,
) -> Done:  # fmt: skip
    """The visit is over: what is not met becomes hazards in one go; "found nothing" is a result too."""
    live = [a for a in answers if a.result]
    _complete(items, answers)
    require(rules.something_looked_at(answers=live))
    require(rules.text_given(text=conclusion, what="检查结论"), "conclusion")
    assert v.held_on is not None
    ordered = sorted(items, key=lambda i: (i.order, i.pk))
    found = [_finding(v, d) for d in findings.drawn(v, items=ordered, answers=live, on=v.held_on)]
    if v.mode == Mode.SELF:
        if any(f.on_spot for f in found) and confirmed_by is None:
            raise Refused(Reason("自查当场整改须由本企业另一人确认,请选择确认人"), "confirmed_by")
    else:
        require(rules.site_answer(signer=signer, refused=refused, witness=witness), "signer")
    v.conclusion, v.signer, v.signer_post = conclusion.strip(), signer.strip(), signer_post.strip()
    v.refused, v.witness, v.firm_opinion = refused, witness.strip(), firm_opinion.strip()
    v.ended_at, v.ended_where, v.finished_by_name = act.at.happened, where.strip(), act.by.name
    v.found_no, v.found_nothing = len(found), not found
    own = v.mode == Mode.SELF
    if own:
        v.filed_on, v.filed_by_name = act.day, act.by.name
    elif v.veil == Veil.FROM_FIRM:
        v.veil = Veil.OPEN
    return Done(
        children=found,
        target=State.FILED if own else State.FINISHED,
        event=events.Finished(v, tuple(found), confirmed_by),
        note={"confirmed_by": confirmed_by.name if confirmed_by else ""},
    )


def _complete(items: frozenset, answers: Sequence[Answer]) -> None:
    """What was begun is told to its end: a number with its approved figure, a fault with words and photo."""
    asked = {i.code: i for i in items}
    for a in answers:
        item = asked.get(a.code)
        what = item.text if item is not None else "其他问题"
        if a.number is not None and not a.result and item is not None:
            raise Refused(
                Reason("“%(what)s”请填写%(limit)s", {"what": what, "limit": item.limit_label}), a.code
            )
        if a.result == Result.NOT_MET:
            require(rules.fault_is_told(what=what, answer=a, by_number=a.number is not None), a.code)


def _finding(v: Visit, d: findings.Drawn) -> Finding:
    said = asdict(d)
    said["codes"] = " ".join(said.pop("codes"))[:120]
    if said.pop("conditional"):
        said["major_clause"] = ""
    return Finding(visit=v, **said)


@performs(VISIT, "link", on=Visit, loads={"found": _parts(Finding)})
def link(v: Visit, *, act: Act, found: list[Finding], hazards: Mapping[int, int]) -> Done:
    """Which hazard each finding became; by the system, in the transaction of `finish`."""
    for f in found:
        f.hazard = hazards.get(f.pk, f.hazard)
    return Done(children=[f for f in found if f.pk in hazards])


@performs(VISIT, "file", on=Visit)
def file(v: Visit, *, act: Act, scans: Sequence[Any] = ()) -> Done:
    """Filed, with the signed record where there is one; a covert visit is open from now on."""
    covert = v.veil == Veil.FROM_ALL
    v.filed_on, v.filed_by_name, v.veil = act.day, act.by.name, Veil.OPEN
    made = attachments_for(
        list(scans), subject=v, kind="visit", by=act.by, at=act.at.happened, label="DOCUMENT"
    )
    return Done(children=made, event=events.Unveiled(v) if covert else None)


@performs(VISIT, "void", on=Visit)
def void(v: Visit, *, act: Act, reason: str) -> Done:
    require(rules.text_given(text=reason, what="作废理由"), "reason")
    v.void_reason = reason.strip()
    return Done(note={"reason": reason.strip()})


# -- advice ----------------------------------------------------------------------------------------


@performs(VISIT, "advise", on=Visit)
def advise(v: Visit, *, act: Act, words: str) -> Done:
    """An expert advises; the firm will say whether it follows."""
    require(rules.text_given(text=words, what="建议内容"), "words")
    v.advice_open += 1
    made = Advice(visit=v, words=words.strip(), by=act.by.id, by_name=act.by.name, on=act.day)
    return Done(children=[made], event=events.Advised(v))


@performs(VISIT, "decide_advice", on=Visit, loads={"advice": _parts(Advice)})
def decide_advice(
    v: Visit, *, act: Act, advice: list[Advice], item: int, adopted: bool, why: str = ""
) -> Done:
    """Followed, or not and why not."""
    one = next((a for a in advice if a.pk == item and a.adopted is None), None)
    if one is None:
        raise Refused(Reason("这条建议已经答复,请刷新后再办理"))
    if not adopted:
        require(rules.text_given(text=why, what="不采纳的理由"), "why")
    one.adopted, one.why = adopted, why.strip()
    one.decided_by_name, one.decided_on = act.by.name, act.day
    v.advice_open -= 1
    return Done(children=[one])
