"""What duty asks, as pure functions: a reason to refuse, or None. Guards are `(row, actor, at)`."""

from datetime import date, datetime
from typing import Any

from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason

#: a telephone that rings longer has been given up
MOST_RINGS = 60


def of_the_caller(row: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if row.caller == actor.organisation else Reason("由点名的单位登记")


def answers_to(*, kind: str, county: str, level: Level, code: str) -> Reason | None:
    """On three levels: the city calls its departments and the counties, a county its bureaus and towns."""
    below = {
        Level.CITY: kind in ("DEPARTMENT", "COUNTY_OFFICE"),
        Level.COUNTY: kind in ("COUNTY_BUREAU", "TOWN_STATION") and county == code,
    }
    return None if below.get(level) else Reason("该单位不由您单位点名,只点名直接下级单位")


def on_its_day(*, day: date, on: date) -> Reason | None:
    """A call is entered on the day on which it is made: what was not called then stays uncalled."""
    if day == on:
        return None
    return Reason(
        "点名结果只能当天登记,%(day)s未点名的单位保留为“待点名”并计入统计。当天已在纸上点名的,请用“补登点名”",
        {"day": day},
    )


def has_come(*, day: date, on: date) -> Reason | None:
    return Reason("%(day)s还没有到,请核对日期", {"day": day}) if day > on else None


def result_known(result: str, known: Any) -> Reason | None:
    return None if result in known else Reason("请选择点名结果:正常、迟接、无人接或脱岗")


def answerer_named(*, name: str, reached: bool) -> Reason | None:
    return Reason("有人接听的,请填写接听人姓名") if reached and len(name.strip()) < 2 else None


def told_why(*, remark: str, absent: bool) -> Reason | None:
    return Reason("脱岗的,请写明情况,如:接听人不是值班人员") if absent and len(remark.strip()) < 2 else None


def rings_counted(rings: int | None) -> Reason | None:
    if rings is None or 0 <= rings <= MOST_RINGS:
        return None
    return Reason("响铃次数请填写0至%(most)s", {"most": MOST_RINGS})


def reason_given(reason: str) -> Reason | None:
    return Reason("请写明理由") if len(reason.strip()) < 2 else None
