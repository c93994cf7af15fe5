"""Who fills in, who signs, who returns; pure."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason

MOST = 10**12


def of_its_place(r: Any, actor: Actor, at: datetime) -> Reason | None:
    """A county's report is the county's; the city fills in and signs its own."""
    if actor.level is Level.SYSTEM:
        return None
    mine = actor.code[:6] if actor.level is Level.COUNTY else "" if actor.level is Level.CITY else None
    if mine != r.county:
        return Reason("这张报表由%(name)s填报和审签", {"name": r.organisation_name})
    return None


def of_the_city(r: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if actor.level is Level.CITY else Reason("已上报的报表由市级退回")


def not_filed(r: Any, actor: Actor, at: datetime) -> Reason | None:
    """What was filed does not move; it is returned, filled in again and filed anew, and both stay on record."""
    if r.state == "FILED":
        return Reason("报表已上报,数字不再改动。要更正,请市级写明原因退回,重新填报后再上报;两次的数字都保留")
    if r.state == "FROZEN":
        return Reason("报表已冻结待审签。要改动,请审签人先退回修改")
    return None


def not_the_one_who_froze(r: Any, actor: Actor, at: datetime) -> Reason | None:
    if actor.id in (r.frozen_by, r.filled_by):
        return Reason("填报和冻结的人不能审签自己的报表,请由本单位另一人审签")
    return None


def is_over(r: Any, actor: Actor, at: datetime) -> Reason | None:
    """A period is reported once it is over."""
    if day_of(at) <= r.end:
        return Reason("期间到%(day)s为止,结束后才能冻结上报;现在可以先看实时数字", {"day": r.end})
    return None


def has_begun(*, start: date, on: date) -> Reason | None:
    if start > on:
        return Reason("期间%(day)s才开始,还不能建立报表", {"day": start})
    return None


def sector_is_own(*, sector: str, sectors: Collection[str] | None) -> Reason | None:
    """A position that is limited to sectors reports for these."""
    if sectors is not None and sector not in sectors:
        return Reason("您的职务只负责部分行业,请选择您负责的行业领域")
    return None


def number_is_plain(n: int | None, *, label: str) -> Reason | None:
    if n is not None and not 0 <= n <= MOST:
        return Reason("“%(label)s”要填0或正整数", {"label": label})
    return None


def why_given(text: str) -> Reason | None:
    return None if len(text.strip()) >= 4 else Reason("请写明退回的原因,不少于四个字")
