"""Pure rules of official documents: who signs, what must be there, how service is proved."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason

# -- who -------------------------------------------------------------------------------------------


def of_the_agency(d: Any, actor: Actor, at: datetime) -> Reason | None:
    if d.agency_id != actor.organisation:
        return Reason("由制作文书的%(agency)s办理", {"agency": d.agency_name})
    return None


def of_the_organ(m: Any, actor: Actor, at: datetime) -> Reason | None:
    """What an organ entered it takes back itself."""
    return None if m.organ == actor.organisation else Reason("由登记的%(organ)s办理", {"organ": m.organ_name})


def looks_after(*, actor: Actor, county: str, sector: str) -> Reason | None:
    """An organ acts upon the firms of its place and its sectors."""
    here = actor.level in (Level.CITY, Level.SYSTEM) or county == actor.code
    if here and (actor.sectors is None or sector in actor.sectors):
        return None
    return Reason("该企业不在您单位的职责范围内,请由其主管部门登记")


def has_come(*, day: date, on: date) -> Reason | None:
    return Reason("日期%(day)s晚于今天,请核对", {"day": day}) if day > on else None


def is_an_amount(yuan: int) -> Reason | None:
    """At least one yuan; more than a hundred million is a slip of the pen."""
    if 1 <= yuan <= 100_000_000:
        return None
    return Reason("罚款金额须在1元至1亿元之间,请核对")


def the_drafter(d: Any, actor: Actor, at: datetime) -> Reason | None:
    if d.drafted_by != actor.id:
        return Reason("由起草人%(name)s修改", {"name": d.drafted_by_name})
    return None


def not_the_drafter(d: Any, actor: Actor, at: datetime) -> Reason | None:
    """Who drafts does not approve: the second pair of eyes is the point of approval."""
    if d.drafted_by == actor.id:
        return Reason("起草人不能签发自己起草的文书,请由本单位其他签发人签发")
    return None


def signer_named(name: str) -> Reason | None:
    return Reason("请填写签发人姓名") if len(name.strip()) < 2 else None


def somebody_signs(approvers: Sequence[int], actor: Actor) -> Reason | None:
    """A draft that nobody in the agency could ever approve is not begun."""
    if not set(approvers) - {actor.id}:
        return Reason("本单位没有其他签发人,起草后无人签发:请系统管理员任命负责人")
    return None


def has_a_word(word: str) -> Reason | None:
    if not word.strip():
        return Reason("本单位没有机关代字,文书不能编号:请系统管理员在单位资料中填写")
    return None


def credentials_hold(d: Any, actor: Actor, at: datetime) -> Reason | None:
    """Both officers still hold valid credentials on the day of approval (行政处罚法 art. 42)."""
    on = day_of(at)
    for officer in json.loads(d.context)["officers"]:
        until = officer.get("valid_until")
        if until and date.fromisoformat(until) < on:
            return Reason(
                "%(name)s的执法证已于%(day)s到期,请退回修改,换一名持证人员",
                {"name": officer["name"], "day": until},
            )
    return None


# -- the draft -------------------------------------------------------------------------------------


def not_sent_back(d: Any, actor: Actor, at: datetime) -> Reason | None:
    if d.sent_back_on is not None:
        return Reason("已于%(day)s退回修改,请等起草人修改后再办理", {"day": d.sent_back_on})
    return None


def term_is_ahead(d: Any, actor: Actor, at: datetime) -> Reason | None:
    """An order whose deadline has passed before it is signed orders nothing."""
    deadline = json.loads(d.context).get("deadline") if d.type == "RECTIFY_ORDER" else None
    if deadline and date.fromisoformat(deadline) < day_of(at):
        return Reason("整改期限%(day)s已过,不能签发:请退回修改或撤回草稿", {"day": deadline})
    return None


def of_one_firm(hazards: Sequence[Any]) -> Reason | None:
    firms = {h.enterprise_id for h in hazards}
    if len(firms) > 1:
        return Reason("一份文书只能针对一家企业,请只选同一企业的隐患")
    if None in firms:
        return Reason("隐患没有登记企业,不能向企业出具文书")
    return None


def may_hand_over(h: Any, link: Any, actor: Actor) -> Reason | None:
    """A hand-over sheet is made by whoever handed it over."""
    if link is None:
        return Reason("尚未交办:请先办理“交办”")
    if link.from_organisation != actor.organisation:
        return Reason("由交办单位%(name)s出具", {"name": link.from_name})
    if link.returned_on is not None:
        return Reason("已被退回:请重新交办后再出具交办单")
    return None


def may_order(h: Any, actor: Actor) -> Reason | None:
    """An order in writing follows an order by two officers in the record."""
    if h.ordered_on is None or not h.ordered_by_name:
        return Reason("尚未责令整改:请先办理“责令整改”,并选择下达指令书")
    if not h.legal_order:
        return Reason("责令整改时没有选择下达指令书")
    if h.now_organ != actor.organisation:
        return Reason("由责令整改的%(name)s出具", {"name": h.ordered_by_name})
    if h.state != "RECTIFYING":
        return Reason("隐患不在整改中,不能再下达指令书")
    return None


def may_review(h: Any, decided: Any, order: Any, actor: Actor) -> Reason | None:
    """No review opinion without an order that was served (a rule of production systems; DOC07)."""
    if order is None:
        return Reason("没有已送达的责令限期整改指令书,不能出具复查意见书")
    if order.agency_id != actor.organisation:
        return Reason("由下达指令书的%(name)s出具", {"name": order.agency_name})
    if decided is None:
        return Reason("尚未复查:请先办理“验收销号”或“验收不合格”")
    return None


def not_yet(standing: Any) -> Reason | None:
    """One paper of a kind speaks of one thing; a voided one makes room."""
    if standing is not None:
        return Reason("已有%(what)s,不重复出具", {"what": str(standing)})
    return None


# -- service ---------------------------------------------------------------------------------------


def served_between(*, on: date, approved: date, today: date) -> Reason | None:
    if on < approved:
        return Reason("送达日期不能早于签发日期%(day)s", {"day": approved})
    if on > today:
        return Reason("送达日期不能晚于今天")
    return None


def way_fits(*, how: str, upon_firm: bool, consented: bool) -> Reason | None:
    if how == "INTERNAL" and upon_firm:
        return Reason("公文交换只用于单位之间,对企业请选择其他送达方式")
    if how == "ELECTRONIC" and upon_firm and not consented:
        return Reason("电子送达须经受送达人同意并签订确认书,请先取得同意并勾选")
    return None


def service_is_proved(*, how: str, receipt: str, receiver: str, witness: str) -> Reason | None:
    """Who signed, or who saw that nobody would (民事诉讼法 arts. 87, 89, by 行政处罚法 art. 61)."""
    if receipt == "SIGNED":
        if how == "LEFT":
            return Reason("已签收的不是留置送达,请选择直接送达")
        if not receiver:
            return Reason("请填写签收人")
        return None
    if receipt == "REFUSED" and how != "LEFT":
        return Reason("拒绝签收的须留置送达,请选择留置送达并填写见证人")
    if receipt == "ABSENT" and how not in {"LEFT", "POST", "ENTRUSTED"}:
        return Reason("无人签收不能算直接送达:请留置送达(须有见证人)、邮寄送达或委托送达")
    if how == "LEFT" and not witness:
        return Reason("留置送达须有见证人,请填写见证人")
    return None


def reason_given(text: str) -> Reason | None:
    return None if text.strip() else Reason("请写明理由")
