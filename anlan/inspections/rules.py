"""What the law and the field ask of a visit, as pure functions: a reason to refuse, or None.

Every guard is `(visit, actor, at)`; `at` is when the act happened.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason
from anlan.kernel.words import text_given as text_given

#: whose checks are enforcement: they show credentials and come in twos (安全生产法 art. 67)
ENFORCING = frozenset({"department_officer", "enforcement_officer"})
OFFICERS = 2


# -- who ------------------------------------------------------------------------------------------


def one_of_the_party(v: Any, actor: Actor, at: datetime) -> Reason | None:
    """A visit is made by those who were named for it; a self-check by anybody of the firm who may."""
    if v.mode == "SELF" and actor.is_enterprise and actor.enterprise == v.enterprise_id:
        return None
    return None if actor.id in v.party else Reason("您不是这次检查的检查人员,请由检查人员办理")


def not_the_planner(v: Any, actor: Actor, at: datetime) -> Reason | None:
    return Reason("检查方案由他人批准,起草人不能自己批准") if v.planned_by == actor.id else None


def of_its_organ(v: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if v.organisation == actor.organisation else Reason("检查方案由检查单位的负责人批准")


def of_the_firm(v: Any, actor: Actor, at: datetime) -> Reason | None:
    if v.enterprise_id is not None and actor.enterprise == v.enterprise_id:
        return None
    return Reason("专家建议由被检查的企业答复")


def within_his_duties(
    *, actor: Actor, county: str, town: str, sector: str, enterprise: int | None
) -> Reason | None:
    """Where a person may look: his place and sectors, his firm, his group's counties."""
    if actor.level is Level.ENTERPRISE:
        return None if enterprise == actor.enterprise else Reason("只能自查本企业")
    if actor.level is Level.COUNTY and county != actor.code:
        return Reason("该地点不在您的管辖区域内,请选择本县(市、区)的企业")
    if actor.level is Level.TOWN and town != actor.code:
        return Reason("该地点不在您的乡镇(街道)内,请选择本辖区的企业")
    if actor.level is Level.NAMED and actor.duties and county not in actor.duties:
        return Reason("该县(市、区)不在您所在督导组的分工之内,请向集中办公室核实分工")
    if actor.sectors is not None and sector not in actor.sectors:
        return Reason("该行业不在您的职责之内,请由该行业的主管部门检查")
    return None


def credentials(*, mode: str, actor: Actor, party: Sequence[Actor], on: date) -> Reason | None:
    """Two officers with credentials valid on the day, where the check is enforcement."""
    if mode != "GOV" or actor.role not in ENFORCING:
        return None
    officers = {a.id: a for a in party if a.role in ENFORCING}
    if len(officers) < OFFICERS:
        return Reason("行政执法检查须由两名执法人员共同进行,请再选一名执法人员")
    for officer in officers.values():
        if officer.credential_until is None:
            return Reason("%(name)s没有执法证,请换一名持证人员", {"name": officer.name})
        if officer.credential_until < on:
            return Reason(
                "%(name)s的执法证已于%(day)s到期,请换一名持证人员",
                {"name": officer.name, "day": officer.credential_until},
            )
    return None


def needs_authorisation(*, mode: str, actor: Actor) -> bool:
    """A planned enforcement check has its plan approved (现场检查方案)."""
    return mode == "GOV" and actor.role in ENFORCING


def of_its_place(row: Any, actor: Actor, at: datetime) -> Reason | None:
    """The city ends the city's, a county its own."""
    own = "" if actor.level is Level.CITY else actor.code[:6]
    if actor.level is Level.SYSTEM or row.county == own:
        return None
    return Reason("这份名册不是本级建立的,请由建立名册的一级办理")


def his_own(row: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if row.user == actor.id else Reason("由申报人本人办理")


#: whose checks are enforcement, by the kind of organ; and those that follow a plan (安全生产法 art. 62)
ORGANS_OF_LAW = frozenset({"DEPARTMENT", "COUNTY_BUREAU"})
BY_PLAN = frozenset({"GOV_PLAN", "GOV_RANDOM"})


def may_record_for(*, actor: Actor, organisation: Any) -> Reason | None:
    """Whose visits a person records: his own organ's, and those of the organs of his place."""
    if organisation.pk == actor.organisation or actor.level is Level.CITY:
        return None
    inside = {Level.COUNTY: organisation.county, Level.TOWN: organisation.town}.get(actor.level)
    if inside and inside == actor.code:
        return None
    return Reason("只能补录本单位和本辖区单位的检查,“%(name)s”不在其内", {"name": organisation.name})


def credentials_shown(*, party: Sequence[Actor], on: date) -> Reason | None:
    """Two officers whose credentials held on the day; of who has no account the number stands in the record.

    安全生产法 art. 67. Raises nothing; returns why not.
    """
    wanting = [a for a in party if a.role != "expert" and not (a.credential if not a.id else _held(a, on))]
    officers = sum(1 for a in party if a.role != "expert") - len(wanting)
    if officers >= OFFICERS:
        return None
    if wanting:
        return Reason(
            "%(name)s在%(day)s没有有效的执法证;行政执法检查须有两名持证人员",
            {"name": wanting[0].name, "day": on},
        )
    return Reason("行政执法检查须由两名执法人员共同进行,表中只写了%(n)s名", {"n": officers})


def _held(a: Actor, on: date) -> bool:
    return a.credential_until is not None and a.credential_until >= on


def was_authorised(*, source: str, by_name: str, on: date | None, held_on: date) -> Reason | None:
    """What followed a plan had it approved before it was held (现场检查方案)."""
    if source in BY_PLAN and not (by_name.strip() and on):
        return Reason("计划内的执法检查须有经批准的检查方案,请填写批准人和批准日期")
    if on is not None and on > held_on:
        return Reason("检查方案的批准日期%(on)s晚于检查日期%(day)s,请核对", {"on": on, "day": held_on})
    return None


def day_is_past(*, held_on: date, today: date) -> Reason | None:
    return Reason("检查日期%(day)s晚于今天,请核对", {"day": held_on}) if held_on > today else None


def put_right_in_order(*, held_on: date, closed_on: date | None, today: date) -> Reason | None:
    if closed_on is not None and not held_on <= closed_on <= today:
        return Reason("整改完成时间%(day)s不在检查日期与今天之间,请核对", {"day": closed_on})
    return None


# -- when -----------------------------------------------------------------------------------------


def authorised(v: Any, actor: Actor, at: datetime) -> Reason | None:
    if v.needs_authorisation and v.authorised_on is None:
        return Reason("检查方案尚未批准,请先由单位负责人批准")
    return None


def not_yet_authorised(v: Any, actor: Actor, at: datetime) -> Reason | None:
    if not v.needs_authorisation:
        return Reason("这次检查不需要批准")
    if v.authorised_on is not None:
        return Reason("检查方案已于%(day)s批准", {"day": v.authorised_on})
    return None


def within_its_days(v: Any, actor: Actor, at: datetime) -> Reason | None:
    """An authorisation holds for its days."""
    today = day_of(at)
    if not v.planned_on <= today <= v.planned_until:
        return Reason(
            "检查方案的日期是%(since)s至%(until)s,今天不在其内,请重新制定方案",
            {"since": v.planned_on, "until": v.planned_until},
        )
    return None


def days_in_order(*, since: date, until: date, on: date) -> Reason | None:
    if until < since:
        return Reason("结束日期早于开始日期,请核对")
    if since < on:
        return Reason("计划日期%(day)s早于今天,请填写今天或以后的日期", {"day": since})
    return None


# -- what is filled in ----------------------------------------------------------------------------


def family_fits(*, family: str, own: bool, allowed: Iterable[str] | None) -> Reason | None:
    """A firm checks itself, an expert serves, an organ checks: the kind of check is no free choice."""
    if family not in ("SELF", "EXPERT", "GOV"):
        return Reason("请选择检查方式")
    if family == "SELF" and not own:
        return Reason("企业自查由企业自己登记,请选择政府检查或专家服务")
    if allowed is not None and family not in allowed:
        return Reason("您的职务不能登记这种检查,请重新选择检查方式")
    return None


def version_holds(*, given: int | None, in_force: Any) -> Reason | None:
    """A visit answers the version in force on its day."""
    if in_force is None:
        return Reason("这一天该行业没有已发布的检查表,请先由标准管理人员发布")
    if given is not None and given != in_force.pk:
        return Reason(
            "检查表已换版:现行的是第%(version)s版(%(since)s起),请用现行版本检查",
            {"version": in_force.version, "since": in_force.since},
        )
    return None


def each_once(*, codes: Sequence[str]) -> Reason | None:
    twice = [code for code, n in Counter(codes).items() if n > 1]
    return Reason("“%(code)s”填写了两次,请只保留一个答案", {"code": twice[0]}) if twice else None


def of_this_version(*, codes: Iterable[str], items: Iterable[Any], checklist: Any) -> Reason | None:
    known = {i.code for i in items}
    strange = [code for code in codes if code not in known and not code.startswith("+")]
    if strange:
        return Reason(
            "“%(code)s”不是本次检查所用检查表(第%(version)s版)的检查项,请刷新后再填",
            {"code": strange[0], "version": checklist.version},
        )
    return None


def fault_is_told(*, what: str, answer: Any, by_number: bool) -> Reason | None:
    """What is not met is said in words (or by its number), and shown; put right on the spot, it is shown twice."""
    if len(answer.words.strip()) < 2 and not by_number:
        return Reason("“%(what)s”不符合,请写明存在的问题", {"what": what})
    if not answer.before and not answer.no_photo.strip():
        return Reason("“%(what)s”不符合,请拍照,或写明无法拍照的原因", {"what": what})
    if answer.on_spot and not (answer.before and answer.after):
        return Reason("“%(what)s”当场整改的,须有整改前和整改后照片", {"what": what})
    if answer.on_spot and len(answer.measures.strip()) < 2:
        return Reason("“%(what)s”当场整改的,请写明整改措施", {"what": what})
    return None


def something_looked_at(*, answers: Sequence[Any]) -> Reason | None:
    if not answers:
        return Reason("检查表还没有填写,请先逐项检查")
    return None


def site_answer(*, signer: str, refused: bool, witness: str) -> Reason | None:
    """Whoever answers for the place signs; a refusal is recorded with a witness (安全生产法 art. 68)."""
    if refused and not witness.strip():
        return Reason("现场负责人拒绝签字的,请填写见证人姓名")
    if not refused and not signer.strip():
        return Reason("请填写现场负责人姓名;拒绝签字的,请勾选并填写见证人")
    return None


def no_hazards_yet(v: Any, actor: Actor, at: datetime) -> Reason | None:
    if v.found_no:
        return Reason("已由这次检查登记隐患%(n)s处,不能作废;登记有误的请逐处更正或撤销", {"n": v.found_no})
    return None


def advice_waits(v: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if v.advice_open else Reason("没有等待答复的专家建议")
