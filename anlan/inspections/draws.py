"""Acts of a draw: seal the papers and the secret, draw, make it public. And to stand back from a firm."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from anlan.inspections import commands, events
from anlan.inspections import draws_queries as queries
from anlan.inspections import draws_rules as rules
from anlan.inspections.draws_models import Draw, DrawPapers, Recusal
from anlan.inspections.models import Visit
from anlan.inspections.rules import days_in_order, needs_authorisation, text_given
from anlan.inspections.states import DrawKind
from anlan.inspections.workflow import DRAW, RECUSAL, VISIT
from anlan.kernel.clock import Moment
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor, Level, system_for
from anlan.kernel.words import Reason, Refused, require
from anlan.people import queries as people

SOURCES = {DrawKind.COVERT: "GOV_COVERT", DrawKind.RANDOM: "GOV_PLAN"}


@performs(DRAW, "commit", on=Draw)
def commit(
    d: Draw, *, act: Act, kind: str, purpose: str, day: date, firms_no: int, until: date | None = None,
    groups: Sequence[int] = (), groups_no: int = 0, officers: Sequence[int] = (), counties: Sequence[str] = (),
    sectors: Sequence[str] = (), campaign: int | None = None, reason: str = "",
) -> Done:  # fmt: skip
    """Lay the papers on the table and fix the secret; nothing can be changed any more before the draw.

    COVERT: `groups_no` of `groups` go out, each to `firms_no` firms in one of its counties. RANDOM: `firms_no`
    firms, each with two of `officers`. `reason`: why it is drawn again, where a draw of this day stands.
    """
    by = act.by
    if by.organisation is None:
        raise Refused(Reason("请以组织抽取单位的职务办理"))
    require(text_given(text=purpose, what="抽取事由"), "purpose")
    require(days_in_order(since=day, until=until or day, on=act.day), "day")
    d.kind, d.purpose, d.day, d.until = DrawKind(kind), purpose.strip(), day, until or day
    d.organisation, d.organisation_name = by.organisation, by.organisation_name
    d.county, d.town = (by.code[:6], by.code if by.level is Level.TOWN else "") if by.code else ("", "")
    d.nth = queries.made_on(day, kind=d.kind, organisation=by.organisation) + 1
    require(rules.repetition_is_explained(nth=d.nth, reason=reason), "reason")
    d.reason, d.campaign = reason.strip(), campaign
    d.counties, d.sectors, d.groups_no, d.firms_no = sorted(counties), sorted(sectors), groups_no, firms_no
    papers = _papers(d, act, groups=groups, officers=officers)
    d.version, d.candidates_no = rules.VERSION, len(papers["candidates"])
    d.papers_digest, body = queries.sealed(papers)
    d.secret = secrets.token_hex(32)
    d.commitment = rules.commitment(d.secret)
    d.committed_at, d.committed_by_name = act.at.happened, by.name
    return Done(children=[DrawPapers(draw=d, digest=d.papers_digest, body=body)])


def _papers(d: Draw, act: Act, *, groups: Sequence[int], officers: Sequence[int]) -> dict[str, Any]:
    found = queries.candidates(counties=d.counties, sectors=d.sectors, on=d.day)
    papers: dict[str, Any] = {
        "version": rules.VERSION, "kind": str(d.kind), "day": d.day.isoformat(), "firms_no": d.firms_no,
        "groups_no": d.groups_no, "candidates": [list(c) for c in found],
    }  # fmt: skip
    if d.kind == DrawKind.COVERT:
        require(rules.enough(firms=len(found), asked=d.firms_no, most=len(found)), "firms_no")
        papers["groups"] = _groups(d, act, groups, {c[1] for c in found})
        require(rules.groups_are_there(groups=papers["groups"], asked=d.groups_no), "groups_no")
    else:
        require(rules.enough(firms=len(found), asked=d.firms_no, most=len(found)), "firms_no")
        able = {a.id for a in queries.officers_for(act.by, on=d.until)}
        chosen = sorted(able & set(officers)) if officers else sorted(able)
        require(rules.officers_are_there(len(chosen)), "officers")
        papers["officers"] = _with_barred({o: [o] for o in chosen}, {c[0] for c in found}, d.day)
        paired = rules.with_a_pair(found, papers["officers"])
        require(rules.enough_have_a_pair(firms=len(paired), among=len(found), asked=d.firms_no), "firms_no")
        papers["candidates"] = [list(c) for c in paired]
    return papers


def _groups(d: Draw, act: Act, groups: Sequence[int], here: set[str]) -> list[dict[str, Any]]:
    if not groups:
        raise Refused(Reason("请选择参加抽取的组"), "groups")
    may = {o.pk: o for o in queries.groups_for(act.by)}
    members: dict[int, list[int]] = {}
    counties: dict[int, list[str]] = {}
    for key in sorted(set(groups)):
        if key not in may:
            raise Refused(Reason("没有这个组,或它不归您单位派出,请重新选择"), "groups")
        crew = queries.crew(key, on=d.day)
        duties = sorted({c for a in crew for c in a.duties} & here)
        require(
            rules.group_has_somebody(name=may[key].name, people=crew, counties=duties),
            "groups",
        )
        members[key], counties[key] = [a.id for a in crew], duties
    rows = _with_barred(members, None, d.day)
    return [row | {"counties": counties[row["id"]]} for row in rows]


def _with_barred(who: dict[int, list[int]], among: set[int] | None, day: date) -> list[dict[str, Any]]:
    """Each with the firms from which one of his people stands back."""
    barred = queries.barred([u for users in who.values() for u in users], on=day)
    rows = []
    for key, users in who.items():
        firms = set().union(*(barred.get(u, set()) for u in users))
        rows.append({"id": key, "barred": sorted(firms if among is None else firms & among)})
    return rows


@performs(DRAW, "draw", on=Draw)
def draw(d: Draw, *, act: Act, said: str = "", witness: str = "") -> Done:
    """The witness says his words, the lots fall. The visits follow; where they lead, their groups see alone."""
    d.said, d.witness = said.strip(), witness.strip()
    if bool(d.said) is not bool(d.witness):
        raise Refused(Reason("现场监督人的姓名和所报的数(词)须同时填写"), "witness")
    picks = rules.draw(queries.papers_of(d), rules.seed(d.secret, d.said))
    require(rules.everybody_has_a_pair(picks))
    d.drawn_at, d.drawn_by_name, d.drawn_no = act.at.happened, act.by.name, len(picks)
    if not picks:
        raise Refused(Reason("各组因回避没有可去的企业,请扩大范围后重新抽取"))
    return Done(event=events.Drawn(d, tuple(picks)))


@performs(DRAW, "publish", on=Draw)
def publish(d: Draw, *, act: Act) -> Done | None:
    """The secret and the outcome are laid open, so that anybody can repeat the draw."""
    require(rules.all_are_held(waiting=queries.waiting(d)))
    picks = rules.draw(queries.papers_of(d), rules.seed(d.secret, d.said))
    d.revealed, d.outcome = d.secret, [p.plain() for p in picks]
    d.published_on, d.published_by_name = act.day, act.by.name
    return None


# -- the visits ------------------------------------------------------------------------------------


@performs(VISIT, "task", on=Visit)
def task(
    v: Visit, *, act: Act, head: Actor, party: Sequence[Actor], source: str, enterprise: Any, planned_on: date,
    planned_until: date, basis: str, premises: Any = None, workpost: Any = None, campaign: int | None = None,
    draw: int | None = None,
) -> Done:  # fmt: skip
    """A visit that others arranged for a group or for officers: drawn, or shared out. Done by the system."""
    members = commands.described(
        v, Act(head, act.at, act.id), source=source, enterprise=enterprise, county="", town="", sector="", theme="",
        spot="", premises=premises, workpost=workpost, covert=False, basis=basis, led_by="", led_post="",
        campaign=campaign, party=party,
    )  # fmt: skip
    v.planned, v.planned_on, v.planned_until, v.draw = True, planned_on, planned_until, draw
    v.planned_by_name = act.by.on_behalf_of.partition(":")[2] or act.by.name
    v.needs_authorisation = needs_authorisation(mode=v.mode, actor=head)
    v.veil = commands.veil_of(v)
    return Done(children=members, opens=commands.opens_for(v, members), event=events.Planned(v))


def sender(by: Actor) -> Actor:
    """The system, planning visits on behalf of whoever drew or shared out."""
    return replace(system_for(by), can=frozenset({"visit.task"}))


def send_out(event: events.Drawn, *, by: Actor, at: Moment) -> None:
    """Each place drawn becomes a planned visit of its group or officers. A refusal refuses the whole draw."""
    d = event.draw
    picked = queries.firms([p.firm for p in event.picks])
    crews = {g: queries.crew(g, on=d.day) for g in {p.group for p in event.picks} if g is not None}
    officers = {a.id: a for a in people.colleagues(d.organisation, on=d.day, can="visit.hold")}
    requests = []
    for pick in event.picks:
        party = crews[pick.group] if pick.group is not None else [officers.get(o) for o in pick.officers]
        if not party or None in party:
            raise Refused(Reason("封存名单以后人员有变动,这次抽取不能派出,请重新封存名单"))
        requests.append({
            "head": party[0], "party": party, "source": SOURCES[DrawKind(d.kind)], "enterprise": picked[pick.firm],
            "planned_on": d.day, "planned_until": d.until, "basis": d.purpose, "campaign": d.campaign, "draw": d.pk,
        })  # fmt: skip
    for outcome in task.many(requests, by=sender(by), at=at):
        if outcome.reason is not None:
            raise Refused(outcome.reason)


# -- standing back ---------------------------------------------------------------------------------


@performs(RECUSAL, "declare", on=Recusal)
def declare(r: Recusal, *, act: Act, enterprise: Any, why: str) -> Done:
    """An officer says from which firm he stands back, and why."""
    by = act.by
    if by.is_enterprise:
        raise Refused(Reason("回避由检查人员申报"))
    if enterprise is None:
        raise Refused(Reason("没有找到这家企业,请从提示中选择"), "enterprise")
    require(text_given(text=why, what="回避的原因(亲属任职、持股等)"), "why")
    r.user, r.name = by.id, by.name
    r.enterprise, r.enterprise_name = enterprise, enterprise.name
    r.county, r.town = (by.code[:6], by.code if by.level is Level.TOWN else "") if by.code else ("", "")
    r.why, r.on = why.strip(), act.day
    return Done(opens=[(None, by.id, None)])


@performs(RECUSAL, "withdraw", on=Recusal)
def withdraw(r: Recusal, *, act: Act) -> Done | None:
    """The ground has gone; the declaration stays on record."""
    return None
