"""What must be true of an enterprise file. Pure: values in, a reason or None out."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from anlan.kernel.codes import check_industry, check_uscc
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason

#: a box around the city with its neighbours, WGS84: a position outside is a typing error
WEST, EAST, SOUTH, NORTH = Decimal("112.6"), Decimal("114.4"), Decimal("34.1"), Decimal("35.1")
#: roles that only one person at a time can hold
SINGLE = frozenset({"PRINCIPAL", "CONTROLLER"})


def has_a_name(name: str) -> Reason | None:
    return Reason("请填写企业(单位)全称,与营业执照一致") if len(name.strip()) < 2 else None


def uscc_is_right(uscc: str, scale: str) -> Reason | None:
    """Sole traders registered before 2015 may have none (domain: old data)."""
    if uscc:
        return check_uscc(uscc)
    if scale in ("SOLE", "OTHER"):
        return None
    return Reason("请填写统一社会信用代码;确实没有的,规模请选择“个体工商户”或“其他单位”")


def industry_is_known(industry: str) -> Reason | None:
    return check_industry(industry) if industry else None


def sector_in_force(sector: str, known: Collection[str]) -> Reason | None:
    return (
        None if sector in known else Reason("行业领域“%(sector)s”现在不在使用,请重新选择", {"sector": sector})
    )


def county_manages(county: str, counties: Collection[str]) -> Reason | None:
    """A managing county is one of the units; a statistical region is not enough."""
    if county in counties:
        return None
    return Reason("“%(county)s”不是管理单位,请从县(市、区)和开发区中选择", {"county": county})


def town_is_of_county(town: str, unit: str, county: str) -> Reason | None:
    if not town or unit == county:
        return None
    return Reason("所选乡镇(街道)不归所选县(市、区)管理,请核对属地")


def position_is_here(lng: Decimal | None, lat: Decimal | None) -> Reason | None:
    if lng is None and lat is None:
        return None
    if lng is None or lat is None:
        return Reason("经度和纬度须同时填写")
    if not (WEST <= lng <= EAST and SOUTH <= lat <= NORTH):
        return Reason("位置不在郑州附近,请核对经度(约113)和纬度(约34),是否填反")
    return None


def headcount_is_possible(headcount: int | None) -> Reason | None:
    if headcount is None or 0 <= headcount <= 1_000_000:
        return None
    return Reason("从业人数不能为负数或超过一百万,请核对")


def within_reach(covered: bool) -> Reason | None:
    return None if covered else Reason("只能登记本辖区、本行业的企业,请由属地或行业主管部门登记")


def not_before(since: date, today: date) -> Reason | None:
    return Reason("起始日期不能晚于今天") if since > today else None


def person_is_named(name: str) -> Reason | None:
    return None if name else Reason("请填写姓名")


def principal_is_replaced_not_removed(role: str) -> Reason | None:
    if role == "PRINCIPAL":
        return Reason("主要负责人不能空缺,请直接登记新的主要负责人(安全生产法第五条)")
    return None


def not_the_main_sector(sector: str, main: str) -> Reason | None:
    return Reason("主行业不能移除,请先更改主行业") if sector == main else None


def reason_given(words: str) -> Reason | None:
    return None if words.strip() else Reason("请写明理由")


# -- guards: hold whatever is filled in -----------------------------------------------------------


def needs_a_town(e: Any, actor: Actor, at: datetime) -> Reason | None:
    """Nobody answers for a file without a town (属地监管)."""
    return None if e.town else Reason("还没有确定属地乡镇(街道),请先修改后再通过审核")
