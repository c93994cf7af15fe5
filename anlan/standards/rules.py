"""What must be true of a checklist, and how a number entered is judged. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason

#: how far ahead a version may be published
FARTHEST = timedelta(days=366)


def of_the_city(c: Any, actor: Actor, at: datetime) -> Reason | None:
    """One city, one checklist: its office and the heads of its departments keep them."""
    if actor.level not in (Level.CITY, Level.SYSTEM):
        return Reason("检查表由市级统一编制,请向市级主管部门或集中办公室提出修改建议")
    return None


def of_his_sector(c: Any, actor: Actor, at: datetime) -> Reason | None:
    """A department keeps the lists of its own sectors; themes are the office's."""
    if actor.sectors is not None and c.code and c.code not in actor.sectors:
        return Reason("这份检查表不属于您主管的行业,请由该行业的主管部门修改")
    return None


def has_items(*, items: Iterable[Any]) -> Reason | None:
    if not any(not item.gone for item in items):
        return Reason("草稿里没有检查项,请先添加")
    return None


def begins(*, since: date, at: datetime) -> Reason | None:
    """Never backwards: a visit that has been made was made by the version then in force."""
    today = day_of(at)
    if since < today:
        return Reason("生效日期%(day)s早于今天:已经完成的检查按当时的版本,不能追溯", {"day": since})
    if since > today + FARTHEST:
        return Reason("生效日期不能晚于一年以后")
    return None


def item_is_whole(item: Any) -> Reason | None:
    """A text, a clause where it makes a hazard major, a side and a label where it asks for a number."""
    if not item.code.strip() or len(item.text.strip()) < 2:
        return Reason("请填写检查项的编号和内容")
    if item.major and not (item.rules or item.clause):
        return Reason("“%(code)s”是判定项,请填写条款", {"code": item.code})
    if item.number and not item.direction:
        return Reason("“%(code)s”要求填数,请选择不得超过或不得低于", {"code": item.code})
    if item.number and item.limit is None and not item.limit_label.strip():
        return Reason("“%(code)s”没有固定限值,请写明对照的核定数叫什么", {"code": item.code})
    if item.factor is not None and item.factor <= 0:
        return Reason("“%(code)s”的倍数须大于零", {"code": item.code})
    return None


def threshold(item: Any, limit: Decimal | None) -> Decimal | None:
    """What a number must stay below or above: the limit in force times the factor, None where unknown."""
    base = item.limit if item.limit is not None else limit
    return None if base is None else base * item.factor


def judged(item: Any, number: Decimal, limit: Decimal | None) -> bool | None:
    """Whether the number entered keeps its limit; None while the approved figure is not known."""
    bound = threshold(item, limit)
    if bound is None:
        return None
    return number <= bound if item.direction == "MAX" else number >= bound
