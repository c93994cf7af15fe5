"""What must be true of accounts and positions. Pure."""

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason
from anlan.people.roles import ROLES, clash

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
#: the longest dated position: groups and experts serve for a time
LONGEST_DATED = 731


def username_is_right(username: str) -> Reason | None:
    if _USERNAME.fullmatch(username):
        return None
    return Reason("用户名用小写字母、数字和 . _ - ,2到40位,以字母或数字开头")


def named(name: str) -> Reason | None:
    return None if name.strip() else Reason("请填写姓名")


def role_exists(role: str, level: str) -> Reason | None:
    """A role stands only at its levels (loop.md, roles)."""
    known = ROLES.get(role)
    if known is None:
        return Reason("没有这种角色,请重新选择")
    if level not in known.levels:
        return Reason("“%(role)s”不能设在这一层级,请核对单位和辖区", {"role": known.label})
    return None


def ends_where_it_must(*, role: str, since: date, until: date | None) -> Reason | None:
    """Groups and experts are appointed for a time."""
    if until is not None and until < since:
        return Reason("结束日期早于开始日期,请核对")
    if ROLES[role].dated:
        if until is None:
            return Reason("“%(role)s”须有结束日期", {"role": ROLES[role].label})
        if (until - since).days > LONGEST_DATED:
            return Reason("“%(role)s”一次任命不超过两年", {"role": ROLES[role].label})
    return None


def compatible(*, role: str, others: Collection[str]) -> Reason | None:
    """Nobody both keeps the accounts and does business, audits and acts, regulates and is regulated."""
    other = clash(role, frozenset(others))
    if other is None:
        return None
    return Reason(
        "“%(role)s”与此人担任的“%(other)s”不相容,请先结束原职务或另选人员",
        {"role": ROLES[role].label, "other": ROLES[other].label},
    )


def place_of_level(*, level: str, code: str) -> Reason | None:
    """A county position names a county, a town position a town."""
    if level == Level.COUNTY and len(code) != 6:
        return Reason("请选择县(市、区)")
    if level == Level.TOWN and len(code) != 9:
        return Reason("请选择乡镇(街道)")
    return None


def may_give(*, by: Actor, kind: str, county: str, town: str, level: str) -> Reason | None:
    """The city's administrator gives every position; a county's those of his county; a place those of its firms."""
    if by.may("people.manage"):
        if by.level is not Level.COUNTY:
            return None
        if level == Level.CITY or county != by.code:
            return Reason("县(市、区)管理员只能管理本县(市、区)的账号和职务")
        return None
    if kind != "ENTERPRISE":
        return Reason("只能为本辖区的企业开通账号")
    inside = by.level is Level.CITY or by.code in (county, town)
    return None if inside else Reason("该企业不在您的辖区内")


def within_reach(*, by: Actor, places: Collection[str]) -> Reason | None:
    """`places`: the counties in whose organisations somebody holds positions, "" for the city's."""
    if by.level is Level.COUNTY and by.may("people.manage") and any(place != by.code for place in places):
        return Reason("县(市、区)管理员只能管理本县(市、区)的账号和职务")
    return None


def knows_its_sectors(*, role: str, sectors: Collection[str]) -> Reason | None:
    """A department answers for its sectors: a position without any would see every one."""
    if role in ("department_officer", "department_head") and not sectors:
        return Reason("行业部门的职务须选择主管的行业领域")
    return None


def nothing_left_behind(count: int) -> Reason | None:
    if count:
        return Reason(
            "还有%(count)s件事等他办理,单位里没有别人能接办。请用“移交”指定接任的人", {"count": count}
        )
    return None


def has_a_second_factor(u: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if u.second_factor else Reason("此账号没有启用动态口令")


def still_held(*, until: date | None, on: date) -> Reason | None:
    if until is not None and until < on:
        return Reason("这一职务已于%(day)s结束", {"day": until})
    return None


def not_oneself(*, user: int, other: int) -> Reason | None:
    return Reason("不能委托或移交给本人,请另选一人") if user == other else None


def within(*, since: date, until: date, position_since: date, position_until: date | None) -> Reason | None:
    """A delegation lies within the position, and is short: a quarter at most."""
    if until < since:
        return Reason("结束日期早于开始日期,请核对")
    if since < position_since or (position_until is not None and until > position_until):
        return Reason("委托期限超出了职务的任期,请核对")
    if (until - since).days > 92:
        return Reason("委托一次不超过三个月,请缩短期限")
    return None
