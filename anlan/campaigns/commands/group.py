"""Groups, their members and assignments; the days on which they go out."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from anlan.campaigns import events, rules
from anlan.campaigns.commands.parts import acting_for, named, parts, place_of
from anlan.campaigns.models import Campaign, Group, GroupDuty, Member, Sortie, SortieMember
from anlan.campaigns.states import GroupKind
from anlan.campaigns.workflow import GROUP, SORTIE
from anlan.kernel.clock import Moment
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused, require
from anlan.people import commands as people
from anlan.people import queries
from anlan.people.models import Organisation, Position
from anlan.people.states import Kind


def system_of(by: Actor) -> str:
    """口径: groups of the office are the supervision groups' own system, an organ's groups count as its own."""
    return "GROUP" if by.system in ("", "OFFICE") else by.system


def _organisations(inputs: Sequence[dict[str, Any]], *, by: Actor, at: Moment) -> Sequence[int]:
    """The organisations that share their keys with the groups; one that stands already is taken as it is."""
    keys = []
    for said in inputs:
        standing = said.get("organisation")
        if standing is None:
            county, town = place_of(by)
            standing = people.found(
                by=acting_for(by, "people.manage"), at=at, name=said["name"], kind=Kind.GROUP, county=county, town=town,
                system=system_of(by), parent=by.organisation, since=said["since"],
            )  # fmt: skip
        keys.append(standing.pk)
    return keys


@performs(GROUP, "found", on=Group, key=_organisations)
def found(
    g: Group, *, act: Act, kind: str, name: str, since: date, until: date, campaign: Campaign | None = None,
    task: str = "", organisation: Organisation | None = None,
) -> Done:  # fmt: skip
    """Set up a group with its organisation. `organisation` names one of kind GROUP that stands already."""
    if act.by.organisation is None:
        raise Refused(Reason("请以组建单位的职务办理"))
    require(rules.text_given(text=name, what="组名"), "name")
    require(rules.in_order(since=since, until=until), "until")
    require(rules.not_too_long(since=since, until=until), "until")
    if organisation is not None and organisation.kind != Kind.GROUP:
        raise Refused(Reason("只有督导暗访组类的单位可以转为督导组"), "organisation")
    if organisation is not None and Group.objects.opening(pk=organisation.pk).exists():
        raise Refused(Reason("这个组已经组建,不重复办理"), "organisation")
    g.kind, g.name, g.campaign, g.task = GroupKind(kind), name.strip(), campaign, task.strip()
    g.keeper, g.keeper_name = act.by.organisation, act.by.organisation_name
    g.system = organisation.system if organisation is not None else system_of(act.by)
    g.county, g.town = place_of(act.by)
    g.since, g.until = since, until
    return Done(opens=[(g.pk, None, None)])


def current(members: Iterable[Member], on: date) -> list[Member]:
    return [m for m in members if m.since <= on <= m.until]


@performs(GROUP, "join", on=Group, loads={"members": parts(Member), "duties": parts(GroupDuty)})
def join(
    g: Group, *, act: Act, members: list[Member], duties: list[GroupDuty], user: int, since: date | None = None,
    until: date | None = None, title: str = "", head: bool = False,
) -> Done:  # fmt: skip
    """A person with an account joins between two days; the position of a group's member follows."""
    since, until = since or max(g.since, act.day), until or g.until
    require(rules.in_order(since=since, until=until), "until")
    require(rules.within_the_group(since=since, until=until, group=g, what="在组时间"), "since")
    there = {m.user for m in members if m.since <= until and m.until >= since}
    require(rules.not_twice(user=user, members=there), "user")
    held = queries.ever_held([user])
    if not held:
        raise Refused(Reason("没有这个人员,或他还没有任何职务,请先由系统管理员开通"), "user")
    _no_conflict(g, held, [d for d in duties if d.until >= act.day], field="user")
    home = next((p for p in reversed(held) if p.organisation.kind != Kind.GROUP), held[-1])
    m = Member(
        group=g, user=user, name=home.user.name, title=title.strip() or str(home), home=home.organisation_id,
        home_name=home.organisation.name, since=since, until=until,
    )  # fmt: skip
    if head:
        g.chief, g.chief_name = user, m.name
    return Done(children=[m], event=events.Joined(g, m))


def _no_conflict(g: Group, held: Iterable[Position], duties: Iterable[GroupDuty], *, field: str) -> None:
    """No group looks at where its own member worked: a firm, an organ, or a county's organs.

    A county's own group looks at its own county: there only the organisation itself counts.
    """
    for p in held:
        o = p.organisation
        for d in duties:
            same = d.organisation is not None and d.organisation == o.pk
            whole = d.organisation is None and d.county != g.county and o.county == d.county
            if same or (whole and o.kind not in (Kind.ENTERPRISE, Kind.GROUP)):
                raise Refused(rules.no_conflict(name=p.user.name, of_old=o.name), field)


@performs(GROUP, "leave", on=Group, loads={"members": parts(Member)})
def leave(g: Group, *, act: Act, members: list[Member], item: int, on: date | None = None) -> Done:
    """`on` is the last day in the group, today at the latest."""
    m, last = named(members, item), on or act.day
    if m.until < act.day:
        raise Refused(Reason("此人已于%(day)s离组", {"day": m.until}), "item")
    require(rules.in_order(since=m.since, until=last), "on")
    if last > act.day:
        raise Refused(Reason("离组日期不能晚于今天,到期离组的不必办理"), "on")
    m.until = last
    if g.chief == m.user:
        g.chief, g.chief_name = None, ""
    return Done(children=[m], event=events.Left(g, m))


@performs(GROUP, "head", on=Group, loads={"members": parts(Member)})
def head(g: Group, *, act: Act, members: list[Member], user: int) -> Done | None:
    here = {m.user: m for m in current(members, act.day)}
    require(rules.head_is_a_member(head=user, members=here), "user")
    g.chief, g.chief_name = user, here[user].name
    return None


@performs(GROUP, "assign", on=Group, loads={"members": parts(Member), "duties": parts(GroupDuty)})
def assign(
    g: Group, *, act: Act, members: list[Member], duties: list[GroupDuty], county: str,
    organisation: Organisation | None = None, sectors: Sequence[str] = (), since: date | None = None,
    until: date | None = None,
) -> Done:  # fmt: skip
    """Give the group a county, or one organisation in it, between two days. Many to many."""
    if organisation is not None:
        county = organisation.county or county
    if not county:
        raise Refused(Reason("请选择县(市、区)"), "county")
    since, until = since or max(g.since, act.day), until or g.until
    require(rules.in_order(since=since, until=until), "until")
    require(rules.within_the_group(since=since, until=until, group=g, what="分工时间"), "since")
    key = organisation.pk if organisation is not None else None
    if any(
        d.county == county and d.organisation == key and d.since <= until and d.until >= since for d in duties
    ):
        raise Refused(Reason("这段时间该组已分工到这个单位,请调整日期"), "county")
    d = GroupDuty(
        group=g, county=county, organisation=key,
        organisation_name=organisation.name if organisation is not None else "", sectors=sorted(sectors),
        since=since, until=until,
    )  # fmt: skip
    users = [m.user for m in members if m.until >= act.day]
    _no_conflict(g, queries.ever_held(users), [d], field="county" if organisation is None else "organisation")
    return Done(children=[d], event=events.DutiesMoved(g))


@performs(GROUP, "release", on=Group, loads={"duties": parts(GroupDuty)})
def release(g: Group, *, act: Act, duties: list[GroupDuty], item: int, on: date | None = None) -> Done:
    d, last = named(duties, item), on or act.day
    if d.until < act.day:
        raise Refused(Reason("这项分工已于%(day)s结束", {"day": d.until}), "item")
    require(rules.in_order(since=d.since, until=last), "on")
    d.until = last
    return Done(children=[d], event=events.DutiesMoved(g))


@performs(GROUP, "end", on=Group, loads={"members": parts(Member), "duties": parts(GroupDuty)})
def end(g: Group, *, act: Act, members: list[Member], duties: list[GroupDuty], reason: str) -> Done:
    """The group has done its work: members and assignments end today."""
    require(rules.text_given(text=reason, what="撤销的原因"), "reason")
    still = [m for m in members if m.until >= act.day]
    ended: list[Any] = [*still, *(d for d in duties if d.until >= act.day)]
    for part in ended:
        part.until = max(part.since, act.day)
    g.until = max(g.since, act.day)
    return Done(children=ended, event=events.GroupEnded(g, still), note={"reason": reason.strip()})


# -- the days on which they go out -----------------------------------------------------------------


def _team(s: Sortie, group: Group) -> None:
    s.group, s.team, s.name, s.kind = group.pk, f"g{group.pk}", group.name, group.kind
    s.campaign, s.keeper, s.keeper_name = group.campaign_id, group.keeper, group.keeper_name
    s.system, s.home, s.home_town = group.system, group.county, group.town


def _party(s: Sortie, people_: Sequence[int], there: Sequence[Member]) -> list[SortieMember]:
    names = {m.user: m.name for m in there}
    require(rules.of_the_group(party=people_, members=names), "party")
    return [SortieMember(sortie=s, person=user, name=names[user]) for user in dict.fromkeys(people_)]


def _tell(s: Sortie, rows: Iterable[SortieMember]) -> None:
    """From now on the group's day stands in the figures, and its people where it went."""
    s.told = True
    for row in rows:
        if row.gone:
            continue
        row.out_on, row.county, row.town, row.sector = s.day, s.county, s.town, s.sector
        row.kind, row.system, row.group = s.kind, s.system, s.group


@performs(SORTIE, "roster", on=Sortie)
def roster(
    s: Sortie, *, act: Act, group: Group, day: date, county: str, party: Sequence[int], town: str = "",
    sector: str = "", task: str = "",
) -> Done:  # fmt: skip
    """Who of the group goes where on a day. Rostered by the group itself or by whoever keeps it."""
    _team(s, group)
    require(rules.of_its_keeper_or_its_own(s, act.by, act.at.happened))
    if group.state != "STANDS" or not group.since <= day <= group.until:
        raise Refused(Reason("该组在%(day)s不在岗,请核对日期", {"day": day}), "day")
    require(rules.ahead(due=day, on=act.day, what="排班日期"), "day")
    if not county:
        raise Refused(Reason("请选择县(市、区)"), "county")
    s.day, s.county, s.town, s.sector, s.task = day, county, town, sector, task.strip()
    rows = _party(s, party, current(group.members.all(), day))
    s.people_no = len(rows)
    return Done(children=rows, opens=[(group.pk, None, None)], event=events.Rostered(s, list(party)))


@performs(SORTIE, "go", on=Sortie, loads={"rows": parts(SortieMember)})
def go(s: Sortie, *, act: Act, rows: list[SortieMember], absent: Sequence[int] = ()) -> Done:
    """The group went, without those who did not come. A covert one is counted once it has reported."""
    require(rules.day_has_come(day=s.day, on=act.day))
    for row in rows:
        row.gone = row.person in set(absent)
    went = [row for row in rows if not row.gone]
    require(rules.people_counted(len(went)), "absent")
    s.people_no = len(went)
    if s.kind != GroupKind.COVERT:
        _tell(s, went)
    return Done(children=rows)


@performs(SORTIE, "record", on=Sortie)
def record(
    s: Sortie, *, act: Act, day: date, county: str, people_no: int, name: str = "", group: Group | None = None,
    kind: str = "TASK", town: str = "", sector: str = "", task: str = "", result: str = "", system: str = "",
    campaign: int | None = None,
) -> Done:  # fmt: skip
    """What an organ sent out, entered afterwards: a standing group, or people under a name of the day.

    People stand as a number: person-times are counted, persons only where they are named (roster, go).
    """
    if act.by.organisation is None and group is None:
        raise Refused(Reason("请以派出单位的职务办理"))
    if group is not None:
        _team(s, group)
        require(rules.of_its_keeper_or_its_own(s, act.by, act.at.happened))
    else:
        require(rules.text_given(text=name, what="组名"), "name")
        assert act.by.organisation is not None
        s.team, s.name, s.kind = f"o{act.by.organisation}:{name.strip()}"[:80], name.strip(), GroupKind(kind)
        s.keeper, s.keeper_name, s.campaign = act.by.organisation, act.by.organisation_name, campaign
        s.system = system or system_of(act.by)
        s.home, s.home_town = place_of(act.by)
    require(rules.day_has_come(day=day, on=act.day), "day")
    require(rules.people_counted(people_no), "people_no")
    if not county:
        raise Refused(Reason("请选择县(市、区)"), "county")
    s.day, s.county, s.town, s.sector, s.people_no = day, county, town, sector, people_no
    s.task, s.result = task.strip(), result.strip()
    s.told = s.kind != GroupKind.COVERT or bool(s.result)
    opens: list[tuple[int | None, int | None, date | None]] = [(s.group, None, None)] if s.group else []
    return Done(opens=opens)


@performs(SORTIE, "report", on=Sortie, loads={"rows": parts(SortieMember)})
def report(s: Sortie, *, act: Act, rows: list[SortieMember], result: str) -> Done:
    """The group's own words on its day; a covert group comes into the figures with them."""
    require(rules.text_given(text=result, what="当日情况"), "result")
    s.result = result.strip()
    if not s.told:
        _tell(s, rows)
    return Done(children=rows)


@performs(SORTIE, "cancel", on=Sortie, loads={"rows": parts(SortieMember)})
def cancel(s: Sortie, *, act: Act, rows: list[SortieMember], reason: str) -> Done:
    """Not gone, or entered by mistake: counted on no day."""
    require(rules.text_given(text=reason, what="取消的原因"), "reason")
    s.reason, s.told = reason.strip(), False
    for row in rows:
        row.out_on = None
    return Done(children=rows)
