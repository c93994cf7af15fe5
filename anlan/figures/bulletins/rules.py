"""Pure rules of bulletins: who drafts, who signs, what must be said, what may be replaced."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason

# -- who -------------------------------------------------------------------------------------------


def of_the_office(b: Any, actor: Actor, at: datetime) -> Reason | None:
    if b.organisation_id != actor.organisation:
        return Reason("由起草单位%(name)s办理", {"name": b.organisation_name})
    return None


def of_its_level(b: Any, actor: Actor, at: datetime) -> Reason | None:
    """The city's leader signs the city's bulletins, a county's leader the county's."""
    mine = {Level.CITY: "", Level.COUNTY: actor.code[:6]}.get(actor.level)
    if mine != b.county:
        return Reason("由发文单位%(name)s的本级领导签发", {"name": b.organisation_name})
    return None


def not_the_drafter(b: Any, actor: Actor, at: datetime) -> Reason | None:
    """Who counts does not sign: the second pair of eyes is the point."""
    if b.drafted_by == actor.id:
        return Reason("起草人不能签发自己起草的通报,请由本级另一位领导签发")
    return None


def not_sent_back(b: Any, actor: Actor, at: datetime) -> Reason | None:
    if b.sent_back_on is not None:
        return Reason("已于%(day)s退回修改,请等起草单位修改后再办理", {"day": b.sent_back_on})
    return None


def drafts_for_a_place(actor: Actor) -> Reason | None:
    if actor.organisation is None or actor.level not in (Level.CITY, Level.COUNTY):
        return Reason("请以市或县(市、区)集中办公室的职务起草")
    return None


def has_a_word(*, kind: str, word: str) -> Reason | None:
    """A 通报 carries the agency's own word in its number; issues of a 简报 are only counted."""
    if kind == "NOTICE" and not word.strip():
        return Reason("本单位没有机关代字,通报不能编号:请系统管理员在单位资料中填写,或改发简报")
    return None


# -- what ------------------------------------------------------------------------------------------


def period_is_over(*, end: date, on: date) -> Reason | None:
    """What has not happened yet is not reported; the day itself may be."""
    if end > on:
        return Reason("期间到%(end)s才结束,还不能通报:请把截止日改到今天或以前", {"end": end})
    return None


def sections_chosen(*, sections: Collection[str], words: Mapping[str, str]) -> Reason | None:
    if not sections:
        return Reason("请至少选择一个部分")
    if "PROBLEMS" in sections and not words["problems"].strip():
        return Reason("选择了“存在问题”,请写明问题,或不选这一部分")
    if "REQUIREMENTS" in sections and not words["requirements"].strip():
        return Reason("选择了“工作要求”,请写明要求,或不选这一部分")
    return None


def has_units(*, sections: Collection[str], place: str) -> Reason | None:
    if "UNITS" in sections and len(place) > 6:
        return Reason("乡镇(街道)没有下级单位,请不选“分单位情况及位次”")
    return None


def titled(title: str) -> Reason | None:
    return None if len(title.strip()) >= 4 else Reason("请填写标题,不少于四个字")


def addressed_to(main_to: str) -> Reason | None:
    return None if main_to.strip() else Reason("请填写主送单位")


def sent_within(*, addressed: Collection[str], county: str) -> Reason | None:
    """The city sends to counties, a county to its towns: nobody sends to places of others."""
    strange = [a for a in addressed if not a.startswith(county)]
    if strange:
        return Reason("只能主送本级管辖的地方,请去掉%(code)s", {"code": strange[0]})
    return None


def reason_given(text: str) -> Reason | None:
    return None if len(text.strip()) >= 4 else Reason("请写明理由,不少于四个字")


# -- correcting ------------------------------------------------------------------------------------


def may_replace(old: Any, *, kind: str, by: Actor, replaced_by: Any) -> Reason | None:
    """What was signed stays; a corrected one of the same kind is sent out and names it, once."""
    if old.state != "SIGNED":
        return Reason("只有已签发的才需要另发更正;草稿请直接修改")
    if old.organisation_id != by.organisation:
        return Reason("由发文单位%(name)s更正", {"name": old.organisation_name})
    if old.kind != kind:
        return Reason("更正件的种类要与原件相同")
    if replaced_by is not None:
        return Reason("%(old)s已有更正件%(new)s,请在该件上办理", {"old": old.number, "new": str(replaced_by)})
    return None


def read_by_signer(*, seen: str, drawn: str) -> Reason | None:
    """What is signed is what was read: figures that moved meanwhile are read again."""
    if seen != drawn:
        return Reason("您阅读以后有记录变动,文中的数字已不同。请重新阅读后再签发")
    return None
