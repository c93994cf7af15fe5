"""What is asked of the inputs of an act, whatever the state of the record: a reason to refuse, or None.

Amounts are whole yuan. As pure as rules.py, whose guards decide which buttons there are; these are
asked once something was filled in.
"""

from collections.abc import Container, Sequence
from datetime import date, timedelta
from typing import Any

from anlan.kernel.clock import Calendar, Term
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason
from anlan.kernel.words import text_given as text_given


def within_his_duties(
    *, actor: Actor, county: str, town: str, sector: str, enterprise: int | None
) -> Reason | None:
    """Where a person may register: his place and sector, his firm, his group's counties."""
    if actor.level is Level.ENTERPRISE:
        return None if enterprise == actor.enterprise else Reason("只能登记本企业的隐患")
    if actor.level is Level.COUNTY and county != actor.code:
        return Reason("该地点不在您的管辖区域内,请选择本县(市、区)的企业")
    if actor.level is Level.TOWN and town != actor.code:
        return Reason("该地点不在您的乡镇(街道)内,请选择本辖区的企业")
    if actor.level is Level.NAMED and actor.duties and county not in actor.duties:
        return Reason("该县(市、区)不在您所在督导组的分工之内,请向集中办公室核实分工")
    if actor.sectors is not None and sector not in actor.sectors:
        return Reason("该行业不在您的职责之内,请由该行业的主管部门登记")
    return None


def one_to_order(h: Any, *, named: Any) -> Reason | None:
    """An order goes to somebody: the firm on record, or the one named now, of the hazard's own place."""
    if h.enterprise_id is not None:
        known = named is None or named.pk == h.enterprise_id
        return None if known else Reason("这处隐患已写明企业,责令整改时不能改为另一家;写错了的,请先更正")
    if named is None:
        return Reason("这处隐患没有写明企业,请填写责任企业后再责令整改")
    if named.county != h.now_county:
        return Reason("该企业不在这处隐患所在的县(市、区),请另选;地点有误的,请先变更管辖")
    return None


def two_officers(*, actor: Actor, second: Actor | None, on: date) -> Reason | None:
    """Two different officers with credentials valid that day (行政处罚法 art. 42; 安全生产法 art. 67)."""
    if second is None:
        return Reason("须由两名执法人员共同办理,请选择另一名执法人员")
    if second.id == actor.id:
        return Reason("两名执法人员不能是同一人,请另选一名")
    if second.organisation != actor.organisation:
        return Reason("%(name)s不是本单位的人员,请选择本单位的执法人员", {"name": second.name})
    for officer in (actor, second):
        if officer.credential_until is None:
            return Reason("%(name)s没有执法证,请换一名持证人员", {"name": officer.name})
        if officer.credential_until < on:
            return Reason(
                "%(name)s的执法证已于%(day)s到期,请换一名持证人员",
                {"name": officer.name, "day": officer.credential_until},
            )
    return None


def two_or_an_expert(h: Any, *, actor: Actor, second: Actor | None, expert: str) -> Reason | None:
    """Determined by two officers of the competent organ, or on an expert's opinion."""
    if second is None:
        if expert.strip() or h.opinions_given:
            return None
        return Reason("认定须有另一名经办人员,或专家意见")
    if second.id == actor.id:
        return Reason("两名经办人员不能是同一人,请另选一名")
    if second.organisation != actor.organisation or not second.may("hazard.confirm_major"):
        return Reason("%(name)s不能共同认定,请选择本单位的经办人员", {"name": second.name})
    return None


def clause_in_force(*, clause: str, clauses: Sequence[str], on: date) -> Reason | None:
    """A major hazard is proposed by a clause of the sector's rule pack in force on the day."""
    if not clauses or any(known in clause or clause.strip() in known for known in clauses):
        return None
    return Reason(
        "“%(clause)s”不在该行业%(day)s有效的重大隐患判定标准中,请从列表中选择条款",
        {"clause": clause[:30], "day": on},
    )


def asked_in_time(*, due: date, on: date, term: Term | None, calendar: Calendar) -> Reason | None:
    """An extension is asked for so many days before expiry, by the term in force."""
    if term is None:
        return None
    last = term.starts_no_later_than(due, calendar)
    if on > last:
        return Reason("延期须在%(last)s前申请(%(law)s),现已超过申请时限", {"last": last, "law": term.law})
    return None


def deadline(*, due: date, on: date) -> Reason | None:
    """A deadline is a date to come; it is written in the order and does not roll over holidays."""
    if due < on:
        return Reason("整改期限%(day)s早于今天,请填写今天或以后的日期", {"day": due})
    if due > on + timedelta(days=366):
        return Reason("整改期限不能超过一年,请填写%(last)s以前的日期", {"last": on + timedelta(days=366)})
    return None


def after_submission(*, submitted: date | None, on: date) -> Reason | None:
    """What was handed in is judged afterwards."""
    if submitted is not None and on < submitted:
        return Reason("办理时间早于提交整改的%(day)s,请核对办理时间", {"day": submitted})
    return None


def later_deadline(*, due: date, until: date) -> Reason | None:
    if until <= due:
        return Reason("申请的新期限须晚于现期限%(day)s", {"day": due})
    return None


def photos_or_reason(*, photos: Sequence[Any], why_none: str) -> Reason | None:
    if not photos and not why_none.strip():
        return Reason("请至少上传一张照片,或写明无法拍照的原因")
    return None


def photos_after(*, photos: Sequence[Any]) -> Reason | None:
    return None if photos else Reason("请先上传整改后照片")


def both_photos(*, before: Sequence[Any], after: Sequence[Any]) -> Reason | None:
    """On the spot: before and after, or it did not happen."""
    if not before:
        return Reason("当场整改须有整改前照片,请上传")
    if not after:
        return Reason("当场整改须有整改后照片,请上传")
    return None


def site_answer(*, signer: str, refused: bool, witness: str) -> Reason | None:
    """Whoever answers for the place signs, or refuses with a witness (安全生产法 art. 68)."""
    if refused and not witness.strip():
        return Reason("现场负责人拒绝签字的,请填写见证人姓名")
    if not refused and not signer.strip():
        return Reason("请填写现场负责人姓名;拒绝签字的,请勾选并填写见证人")
    return None


def money_is_possible(yuan: int) -> Reason | None:
    return Reason("投入资金不能是负数") if yuan < 0 else None


def confirmed_by_another(*, actor: Actor, other: Actor | None) -> Reason | None:
    """In a self-check a second person of the firm confirms what the first put right."""
    if other is None or other.id == actor.id or other.enterprise != actor.enterprise:
        return Reason("自查当场整改须由本企业另一人确认,请选择确认人")
    return None


def not_a_major_clause(clause: str, majors: Sequence[str]) -> Reason | None:
    """Only general ones are settled on the spot."""
    if clause.strip() and any(clause.strip() in major for major in majors):
        return Reason("该条款属于重大隐患判定标准,不能当场整改销号,请先“登记”再“拟定为重大隐患”")
    return None


def known(code: str, choices: Container[str], *, what: str) -> Reason | None:
    """A code that the person may name and that is in force that day."""
    return None if code in choices else Reason("请从列表中选择%(what)s", {"what": what})


def grounds_removed(grounds: Sequence[Any]) -> Reason | None:
    """Whatever a suspension rests on is put right, or was none, before production resumes."""
    for h in grounds:
        if h.rectified_on is None and h.state not in ("CLOSED", "VOID", "MERGED"):
            return Reason("作为停产依据的%(number)s尚未整改,审查不能通过", {"number": h.number})
    return None
