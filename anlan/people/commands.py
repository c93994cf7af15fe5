"""Acts upon organisations, accounts and positions. Each is journaled; a password never is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from anlan.kernel.clock import Moment, day_of
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor, Level, system_for
from anlan.kernel.words import Reason, Refused, require
from anlan.people import handover, queries, rules
from anlan.people.models import Credential, Delegation, Organisation, Position, User
from anlan.people.states import Kind
from anlan.people.workflow import ACCOUNT, CREDENTIAL, DELEGATION, ORGANISATION, POSITION

#: whoever has the machine: the command line sets up the first administrator
CONSOLE = Actor(
    id=0, name="系统控制台", role="administrator", level=Level.SYSTEM,
    can=frozenset({"people.manage", "people.enrol", "places.manage", "calendar.edit"}),
)  # fmt: skip

# -- organisations ---------------------------------------------------------------------------------


@performs(ORGANISATION, "found", on=Organisation)
def found(
    o: Organisation, *, act: Act, name: str, kind: str, short: str = "", county: str = "", town: str = "",
    system: str = "", sectors: Sequence[str] = (), parent: int | None = None, doc_word: str = "",
    since: date | None = None,
) -> Done | None:  # fmt: skip
    """Set up an organisation that is not an enterprise."""
    if kind == Kind.ENTERPRISE:
        raise Refused(Reason("企业请在“企业”中登记,不在这里设立"), "kind")
    _describe(o, name=name, kind=kind, short=short, county=county, town=town, system=system,
              sectors=sectors, doc_word=doc_word)  # fmt: skip
    o.parent_id, o.since = parent, since or act.day
    return None


def _describe(o: Organisation, *, name: str, sectors: Sequence[str] = (), **facts: Any) -> None:
    if len(name.strip()) < 2:
        raise Refused(Reason("请填写单位名称"), "name")
    o.name, o.sectors = name.strip(), sorted(sectors)
    for key, value in facts.items():
        setattr(o, key, value)


@performs(ORGANISATION, "found_enterprise", on=Organisation)
def _found_enterprise(o: Organisation, *, act: Act, name: str, county: str, town: str) -> Done | None:
    o.name, o.kind, o.county, o.town, o.system, o.since = (
        name.strip(), Kind.ENTERPRISE, county, town, "ENTERPRISE", act.day,
    )  # fmt: skip
    o.sectors = []
    return None


@performs(ORGANISATION, "follow", on=Organisation)
def _follow(o: Organisation, *, act: Act, name: str, county: str, town: str) -> Done | None:
    o.name, o.county, o.town = name, county, town
    return None


def _for_register(by: Actor) -> Actor:
    return replace(system_for(by), can=frozenset({"people.found_enterprise"}))


def found_enterprises(said: Sequence[dict[str, str]], *, by: Actor, at: Moment | datetime) -> list[int]:
    """Organisations for enterprise files about to be made, in order; each {name, county, town}."""
    outcomes = _found_enterprise.many(said, by=_for_register(by), at=at)
    return [o.row.pk for o in outcomes]


def follow_enterprise(
    pk: int, *, name: str, county: str, town: str, by: Actor, at: Moment | datetime
) -> Organisation:
    """The file changed its name or its managing place; the organisation of the same key follows."""
    return _follow(pk, by=_for_register(by), at=at, name=name, county=county, town=town)


@performs(ORGANISATION, "change", on=Organisation)
def change(o: Organisation, *, act: Act, name: str, **facts: Any) -> Done | None:
    """Correct what is written about an organisation; its kind and place stand."""
    if o.kind == Kind.ENTERPRISE:
        raise Refused(Reason("企业信息请在企业档案中修改"))
    _describe(o, name=name, **facts)
    return None


@performs(ORGANISATION, "end", on=Organisation)
def end(o: Organisation, *, act: Act) -> Done | None:
    """An organisation is dissolved once nobody holds a position in it."""
    if o.kind == Kind.ENTERPRISE:
        raise Refused(Reason("企业请在企业档案中注销"))
    if queries.holders(o.pk, on=act.day):
        raise Refused(Reason("还有人在该单位任职,请先办理移交"))
    o.until = act.day
    return None


# -- accounts --------------------------------------------------------------------------------------


def _reached(u: User, act: Act) -> None:
    """A county's administrator keeps the accounts of his county alone."""
    where = queries.places_of(u.pk) if u.pk else set()
    require(rules.within_reach(by=act.by, places=where))


@performs(ACCOUNT, "open", on=User)
def open_account(
    u: User, *, act: Act, username: str, name: str, password: str, demo: bool = False,
    must_change: bool = True,
) -> Done | None:  # fmt: skip
    """A new account. `password` comes hashed (make_password): the inputs of an act leave a digest."""
    require(rules.username_is_right(username), "username")
    require(rules.named(name), "name")
    if User.objects.filter(username=username).exists():
        raise Refused(Reason("用户名“%(name)s”已经有人使用,请换一个", {"name": username}), "username")
    u.username, u.name, u.is_demo, u.must_change_password = username, name.strip(), demo, must_change
    u.password, u.password_set_at = password, act.at.happened
    return None


@performs(ACCOUNT, "rename", on=User)
def rename(u: User, *, act: Act, name: str) -> Done | None:
    _reached(u, act)
    require(rules.named(name), "name")
    u.name = name.strip()
    return None


@performs(ACCOUNT, "reset_password", on=User)
def reset_password(u: User, *, act: Act, password: str) -> Done | None:
    """The administrator's reset: the holder must choose his own at the next login. Comes hashed."""
    _reached(u, act)
    u.password, u.password_set_at, u.must_change_password = password, act.at.happened, True
    return None


@performs(ACCOUNT, "set_password", on=User)
def _set_password(u: User, *, act: Act, password: str) -> Done | None:
    u.password, u.password_set_at, u.must_change_password = password, act.at.happened, False
    return None


@performs(ACCOUNT, "add_second_factor", on=User)
def _add_second_factor(u: User, *, act: Act) -> Done | None:
    u.second_factor = True
    return None


@performs(ACCOUNT, "drop_second_factor", on=User)
def drop_second_factor(u: User, *, act: Act) -> Done | None:
    """The holder lost his phone; he enrols anew. The device itself is removed by the page."""
    _reached(u, act)
    u.second_factor = False
    return None


@performs(ACCOUNT, "disable", on=User)
def disable(u: User, *, act: Act, reason: str) -> Done | None:
    """Close the account; positions end by themselves acts (hand-over)."""
    _reached(u, act)
    if u.pk == act.by.id:
        raise Refused(Reason("不能停用自己的账号"))
    if not reason.strip():
        raise Refused(Reason("请写明停用原因"), "reason")
    return Done(note={"reason": reason.strip()})


@performs(ACCOUNT, "enable", on=User)
def enable(u: User, *, act: Act) -> Done | None:
    _reached(u, act)
    u.must_change_password = True
    return None


def oneself(actor: Actor) -> Actor:
    """The same person, allowed what everybody may do with his own account."""
    return replace(actor, can=actor.can | {"people.self"})


def set_own_password(*, password: str, by: Actor, at: datetime) -> User:
    """Choose one's own password (hashed). Raises Refused where the account is closed."""
    return _set_password(by.id, by=oneself(by), at=at, password=password)


def add_own_second_factor(*, by: Actor, at: datetime) -> User:
    return _add_second_factor(by.id, by=oneself(by), at=at)


# -- positions -------------------------------------------------------------------------------------


@performs(POSITION, "appoint", on=Position)
def appoint(
    p: Position, *, act: Act, user: int, organisation: int, role: str, level: str, code: str = "",
    sectors: Sequence[str] = (), title: str = "", since: date | None = None, until: date | None = None,
    duties: Sequence[str] = (),
) -> Done | None:  # fmt: skip
    """Give a person a position. Level and code say which place it manages."""
    require(rules.role_exists(role, level), "role")
    o = Organisation.objects.filter(pk=organisation).first()
    if o is None:
        raise Refused(Reason("没有这个单位,请重新选择"), "organisation")
    if (o.kind == Kind.ENTERPRISE) != (level == Level.ENTERPRISE):
        raise Refused(Reason("企业的职务只能设在企业,机关的职务只能设在机关"), "role")
    require(rules.may_give(by=act.by, kind=o.kind, county=o.county, town=o.town, level=level), "organisation")
    require(rules.knows_its_sectors(role=role, sectors=sectors), "sectors")
    since = since or act.day
    require(rules.place_of_level(level=level, code=code), "code")
    require(rules.ends_where_it_must(role=role, since=since, until=until), "until")
    others = (
        Position.objects.filter(user_id=user).filter(queries.held_on(since)).values_list("role", flat=True)
    )
    require(rules.compatible(role=role, others=set(others)), "role")
    p.user_id, p.organisation_id, p.role, p.level, p.code = user, organisation, role, level, code
    p.sectors, p.duties, p.title, p.since, p.until = sorted(sectors), sorted(duties), title, since, until
    return None


@performs(POSITION, "step_down", on=Position)
def step_down(p: Position, *, act: Act, on: date | None = None) -> Done | None:
    """End a position: the day is the last one on which it may be used.

    Refused while work waits that nobody else of the organisation may do: it must be handed over.
    """
    require(rules.within_reach(by=act.by, places=queries.places_of(p.user_id)))
    alone = not set(queries.holders(p.organisation_id, on=act.day, role=p.role)) - {p.user_id}
    waiting = handover.waiting(queries.actor_of(p, on=act.day), act.at.happened) if alone else []
    require(rules.nothing_left_behind(sum(w.count for w in waiting)))
    last = on or act.day - timedelta(days=1)
    p.until = max(min(last, act.day), p.since)
    return None


@performs(POSITION, "hand_over", on=Position)
def _hand_over(p: Position, *, act: Act, successor: int, waiting: Sequence[str]) -> Done | None:
    p.until = max(act.day - timedelta(days=1), p.since)
    return Done(note={"successor": successor, "waiting": list(waiting)})


def hand_over(pk: int, *, user: int, by: Actor, at: datetime, title: str = "") -> Position:
    """Somebody leaves: his position ends, another holds it, and what waits goes with it, in one act.

    Raises Refused where the other may not hold it. Returns the successor's position.
    """
    p = Position.objects.select_related("organisation", "user").get(pk=pk)
    require(rules.within_reach(by=by, places=queries.places_of(p.user_id)))
    require(rules.not_oneself(user=p.user_id, other=user), "user")
    day = day_of(at)
    with transaction.atomic():
        left = handover.waiting(queries.actor_of(p, on=day), at)
        made = appoint(
            by=by, at=at, user=user, organisation=p.organisation_id, role=p.role, level=p.level, code=p.code,
            sectors=p.sectors, duties=p.duties, title=title or p.title, until=p.until,
        )  # fmt: skip
        _hand_over(pk, by=by, at=at, successor=user, waiting=[w.sentence for w in left])
        handover.pass_on(p.user_id, user, at=at)
    return made


@performs(POSITION, "set_duties", on=Position)
def set_duties(p: Position, *, act: Act, duties: Sequence[str]) -> Done | None:
    """The counties assigned to a group's member."""
    require(rules.within_reach(by=act.by, places=queries.places_of(p.user_id)))
    p.duties = sorted(duties)
    return None


@performs(DELEGATION, "delegate", on=Delegation)
def _delegate(d: Delegation, *, act: Act, position: int, user: int, since: date, until: date) -> Done | None:
    p = Position.objects.get(pk=position)
    if p.user_id != act.by.id and not act.by.may("people.manage"):
        raise Refused(Reason("只能委托本人的职务"))
    require(rules.not_oneself(user=p.user_id, other=user), "user")
    require(rules.within(since=since, until=until, position_since=p.since, position_until=p.until), "until")
    others = (
        Position.objects.filter(user_id=user).filter(queries.held_on(since)).values_list("role", flat=True)
    )
    require(rules.compatible(role=p.role, others=set(others)), "user")
    d.position, d.user_id, d.since, d.until = p, user, since, until
    return None


def delegate(*, position: int, user: int, since: date, until: date, by: Actor, at: datetime) -> Delegation:
    """Let somebody act in one's own position between two days."""
    return _delegate(by=oneself(by), at=at, position=position, user=user, since=since, until=until)


@performs(DELEGATION, "take_back", on=Delegation)
def _take_back(d: Delegation, *, act: Act) -> Done | None:
    if d.position.user_id != act.by.id and not act.by.may("people.manage"):
        raise Refused(Reason("只能收回本人的委托"))
    return None


def take_back(pk: int, *, by: Actor, at: datetime) -> Delegation:
    return _take_back(pk, by=oneself(by), at=at)


def enrol(
    *, by: Actor, at: datetime, username: str, name: str, password: str, position: dict[str, Any]
) -> tuple[User, Position]:
    """An account with its first position: both or neither. `password` comes hashed."""
    with transaction.atomic():
        user = open_account(by=by, at=at, username=username, name=name, password=password)
        return user, appoint(by=by, at=at, user=user.pk, **position)


@performs(CREDENTIAL, "issue", on=Credential)
def issue_credential(
    c: Credential, *, act: Act, user: int, number: str, since: date, until: date
) -> Done | None:
    require(rules.within_reach(by=act.by, places=queries.places_of(user)))
    if not number.strip():
        raise Refused(Reason("请填写执法证号"), "number")
    if until < since:
        raise Refused(Reason("有效期结束早于开始,请核对"), "until")
    c.user_id, c.number, c.since, c.until = user, number.strip(), since, until
    return None


@performs(CREDENTIAL, "revoke", on=Credential)
def revoke_credential(c: Credential, *, act: Act) -> Done | None:
    c.until = max(min(c.until, act.day), c.since)
    return None
