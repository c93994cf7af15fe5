"""What campaigns ask, as pure functions: a reason to refuse, or None. Guards are `(row, actor, at)`."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason
from anlan.kernel.words import text_given as text_given

#: so many days before its deadline a thing turns yellow
SOON = timedelta(days=3)
#: a group is appointed for two years at most, as its members' positions are
LONGEST = timedelta(days=731)


def in_order(*, since: date, until: date | None) -> Reason | None:
    if until is not None and until < since:
        return Reason("结束日期%(until)s早于开始日期%(since)s,请核对", {"since": since, "until": until})
    return None


def inside(*, since: date, until: date, outer: Any, what: str) -> Reason | None:
    """A phase, a milestone, a sub-action lies within what it belongs to."""
    if since < outer.since or until > outer.until:
        return Reason(
            "%(what)s的日期须在%(since)s至%(until)s之间",
            {"what": what, "since": outer.since, "until": outer.until},
        )
    return None


def ahead(*, due: date, on: date, what: str) -> Reason | None:
    if due < on:
        return Reason("%(what)s%(due)s早于今天,请填写今天或以后的日期", {"what": what, "due": due})
    return None


def not_kept_yet(row: Any, actor: Actor, at: datetime) -> Reason | None:
    """A report is frozen once."""
    return Reason("总结报告已留存") if row.report_sha256 else None


# -- whose it is -----------------------------------------------------------------------------------


def of_its_office(row: Any, actor: Actor, at: datetime) -> Reason | None:
    """The office that runs it; what has none yet is its maker's."""
    return None if row.office_id == actor.organisation else Reason("由组织这次行动的集中办公室办理")


def of_the_issuer(row: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if row.issuer == actor.organisation else Reason("由下发方案的单位办理")


def of_who_asked(row: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if row.issuer == actor.organisation else Reason("由布置单位办理")


def of_the_addressee(row: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if row.organisation == actor.organisation else Reason("由收到方案的单位办理")


def of_its_keeper(row: Any, actor: Actor, at: datetime) -> Reason | None:
    """Whoever set the group up, or the city's office."""
    if row.keeper == actor.organisation or _city_office(actor):
        return None
    return Reason("由组建该组的单位办理")


def of_its_keeper_or_its_own(row: Any, actor: Actor, at: datetime) -> Reason | None:
    if row.group is not None and row.group == actor.organisation:
        return None
    return of_its_keeper(row, actor, at)


def of_the_unit(row: Any, actor: Actor, at: datetime) -> Reason | None:
    """The unit whose worksheet it is, or whoever asked for it."""
    if actor.organisation in (row.organisation, row.issuer) or _city_office(actor):
        return None
    return Reason("由填报单位或布置单位办理")


def of_the_owner(row: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if row.owner == actor.organisation else Reason("由责任单位答复落实情况")


def not_its_owner(row: Any, actor: Actor, at: datetime) -> Reason | None:
    """Who carries it out does not accept it."""
    if row.owner == actor.organisation and row.issuer != actor.organisation:
        return Reason("责任单位不能审核本单位的落实情况,由布置单位审核")
    return Reason("落实情况由他人审核,答复人不能自己审核") if row.answered_by == actor.id else None


def of_who_recorded(row: Any, actor: Actor, at: datetime) -> Reason | None:
    """Whoever recorded it, or the city's office; a visit that ends adds its stop whoever made it."""
    if actor.level is Level.SYSTEM or row.organisation == actor.organisation or _city_office(actor):
        return None
    return Reason("由登记单位办理")


def _city_office(actor: Actor) -> bool:
    return actor.may("campaign.manage") and actor.level is Level.CITY


# -- campaigns and plans ---------------------------------------------------------------------------


def still_running(row: Any, actor: Actor, at: datetime) -> Reason | None:
    """A campaign is not closed before its last day."""
    today = day_of(at)
    if today < row.until:
        return Reason("行动到%(until)s结束,到期后再办理总结", {"until": row.until})
    return None


def has_addressees(keys: Sequence[int]) -> Reason | None:
    return None if keys else Reason("请选择下发到哪些单位")


def refined(actions: Iterable[Any]) -> Reason | None:
    if not [a for a in actions if not a.gone]:
        return Reason("还没有细化分行动,请先添加集中行动或分领域行动再上报")
    return None


def action_is_placed(*, kind: str, sector: str) -> Reason | None:
    if kind == "SECTOR" and not sector:
        return Reason("分领域行动须选择行业领域")
    return None


def late_for(row: Any, on: date) -> str:
    """What an addressee is late with on a day: SIGN, FILE or ""."""
    if row.state == "SENT" and row.sign_due_on < on:
        return "SIGN"
    if row.state in ("SENT", "SIGNED", "RETURNED") and row.file_due_on < on:
        return "FILE"
    return ""


# -- groups ----------------------------------------------------------------------------------------


def not_too_long(*, since: date, until: date) -> Reason | None:
    if until - since > LONGEST:
        return Reason("督导暗访组一次组建不超过两年,请缩短期限")
    return None


def head_is_a_member(*, head: int, members: Collection[int]) -> Reason | None:
    return None if head in members else Reason("组长须是本组现任成员,请先加入成员")


def not_twice(*, user: int, members: Collection[int]) -> Reason | None:
    return Reason("此人已是本组成员") if user in members else None


def no_conflict(*, name: str, of_old: str) -> Reason:
    """The sentence for a group that would look at where its own member worked."""
    return Reason(
        "组员%(name)s曾在%(where)s任职,不能由本组督导或暗访该单位。请另派一组,或先调整组员",
        {"name": name, "where": of_old},
    )


def within_the_group(*, since: date, until: date, group: Any, what: str) -> Reason | None:
    return inside(since=since, until=until, outer=group, what=what)


def of_the_group(*, party: Collection[int], members: Collection[int]) -> Reason | None:
    if not party:
        return Reason("请选择出动的人员")
    return None if set(party) <= set(members) else Reason("出动人员须是当天在组的成员,请核对名单")


def day_has_come(*, day: date, on: date) -> Reason | None:
    return Reason("还没有到%(day)s,当天再登记", {"day": day}) if day > on else None


def people_counted(n: int) -> Reason | None:
    return Reason("请填写出动人数") if n < 1 else None


# -- four questions --------------------------------------------------------------------------------


def all_settled(n: int) -> Reason | None:
    return Reason("还有%(n)s项没有完成,不能办结", {"n": n}) if n else None


def light(*, state: str, due: date, on: date) -> str:
    """Green: done, or time enough; yellow: soon due, or waiting to be looked at; red: late."""
    if state in ("ACCEPTED", "VOID"):
        return "GREEN"
    if state == "ANSWERED":
        return "YELLOW"
    if due < on:
        return "RED"
    return "YELLOW" if due - on <= SOON else "GREEN"


# -- leaders in the field --------------------------------------------------------------------------

_PRINCIPALS = ("书记", "市长", "县长", "区长", "管委会主任")
_DEPARTMENT = ("局长", "支队长", "主任", "处长")


def rank_of(post: str) -> str:
    """Party secretaries and heads of government are principal leaders; a 副 makes a deputy of each."""
    said = post.strip()
    if any(said.endswith(p) or f"{p}、" in said for p in _PRINCIPALS) and "副" not in said:
        return "PRINCIPAL"
    if said.endswith(_DEPARTMENT) and not any(p in said for p in _PRINCIPALS):
        return "DEPARTMENT"
    return "DEPUTY"
