"""What the law and the field ask of each act, as pure functions: a reason to refuse, or None.

Every guard is `(hazard, actor, at)`; `at` is when the act happened. What depends on what was filled in
stands in checks.py. Nothing here reads a database, a clock or Django.
"""

from datetime import date, datetime, timedelta
from typing import Any

from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason

MAX_RETURNS = 2
MAX_EXTENSIONS = 1
ON_THE_DAY = timedelta(days=1)


# -- who ------------------------------------------------------------------------------------------


def not_the_rectifier(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """Nobody accepts his own work (domain: reviewer ≠ rectifier)."""
    if h.rectified_by == actor.id:
        return Reason("不能验收本人提交的整改,请由另一名人员验收")
    return None


def not_the_proposer(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """The head approves what another has proposed."""
    if h.acceptance_by in (actor.id, None) or h.acceptance_second == actor.id:
        if h.acceptance_by is None:
            return Reason("尚未提出验收意见,请先由两名执法人员现场验收")
        return Reason("批准人不能是提出验收意见的人员,请由部门其他负责人批准")
    return None


def by_the_organ(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """The organ that answers for it now acts; nobody else."""
    if h.now_organ is None:
        return Reason("此隐患尚未交办到单位,请先交办")
    if h.now_organ != actor.organisation:
        return Reason("此隐患现由“%(organ)s”办理,不在您单位手上", {"organ": h.now_organ_name})
    return None


def by_its_organ_or_finder(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """Before it is handed over, the organ that found it may act; after, the one that holds it."""
    if h.now_organ is None and h.found_organisation == actor.organisation:
        return None
    if h.now_organ is None and not actor.is_enterprise and h.track == "OWN":
        return None
    return by_the_organ(h, actor, at)


def by_the_organ_or_receiver(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """What is being transferred the receiver may decline; everything else its holder may return."""
    if h.transfer_to is None:
        return by_the_organ(h, actor, at)
    return None if h.transfer_to == actor.organisation else Reason("正在移送,等待对方接收")


def graded_by_its_finder_or_holder(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """The finder's organ grades it, the firm its own; once handed over, whoever holds it."""
    if h.track == "OWN" and not h.taken_over:
        return by_the_firm(h, actor, at)
    if actor.is_enterprise:
        return Reason("检查发现的隐患由检查单位定级,企业只能提出拟定为重大隐患")
    return by_its_organ_or_finder(h, actor, at)


def by_the_firm(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """Only people of the enterprise concerned."""
    if not actor.is_enterprise or actor.enterprise != h.enterprise_id:
        return Reason("只有隐患所在企业的人员可以办理")
    return None


def by_the_competent_organ(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """A major hazard is determined by the sector's own organ (安全生产法 art. 118: sector criteria)."""
    if actor.sectors is None or h.now_sector not in actor.sectors:
        return Reason("重大隐患由行业主管部门认定,请转交该行业的主管部门")
    return None


# -- grading --------------------------------------------------------------------------------------


def still_ungraded(h: Any, actor: Actor, at: datetime) -> Reason | None:
    if h.grade == "GENERAL":
        return Reason("已定为一般隐患")
    if h.grade == "MAJOR":
        return Reason("已认定为重大隐患,不能改定为一般;如认定有误,请由集中办公室依据专家意见提请重新认定")
    return None


def graded(h: Any, actor: Actor, at: datetime) -> Reason | None:
    if h.grade == "UNGRADED":
        return Reason("尚未定级,请先定级")
    return None


def not_yet_major(h: Any, actor: Actor, at: datetime) -> Reason | None:
    return Reason("已认定为重大隐患") if h.grade == "MAJOR" else None


def general_only(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """A major one needs a site visit by two officers and the head's approval."""
    if h.grade == "MAJOR":
        return Reason("重大隐患须两名执法人员现场验收并经部门负责人批准,请使用“提出验收意见”")
    return None


def major_or_proposed(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """What the law lets the safety manager report by himself is a major one (安全生产法 art. 46)."""
    if h.grade == "MAJOR" or h.state == "GRADING":
        return None
    return Reason("只有重大隐患可以直接报告;如认为构成重大隐患,请先“拟定为重大隐患”")


def opinion_given(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """A grade is opened again only on an expert's opinion."""
    return None if h.opinions_given else Reason("重新认定须有专家意见,请先“征求专家意见”")


def major_only(h: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if h.grade == "MAJOR" else Reason("只有重大隐患需要这一步")


# -- chain of assignment --------------------------------------------------------------------------


def not_returned_too_often(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """Two returns at most, then the office decides. Declining a transfer is no return."""
    if h.transfer_to is None and h.returns >= MAX_RETURNS:
        return Reason("已退回%(n)s次,由集中办公室裁定,不能再退回", {"n": h.returns})
    return None


def signed_for(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """What was handed over is signed for before it is worked on."""
    if h.state == "ASSIGNED" and h.signed_on is None:
        return Reason("请先签收")
    return None


def not_yet_signed(h: Any, actor: Actor, at: datetime) -> Reason | None:
    return Reason("已于%(day)s签收", {"day": h.signed_on}) if h.signed_on is not None else None


def no_transfer_waiting(h: Any, actor: Actor, at: datetime) -> Reason | None:
    if h.transfer_to is not None:
        return Reason("正在移送,等待对方接收")
    return None


def transfer_is_ours(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """A transfer needs the receiver's acceptance (安全生产法 art. 69)."""
    if h.transfer_to is None:
        return Reason("没有等待接收的移送")
    if h.transfer_to != actor.organisation:
        return Reason("此移送不是给您单位的")
    return None


def handed_over(h: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if h.assigned_on is not None else Reason("此隐患不是交办的,无需反馈")


def not_yet_replied(h: Any, actor: Actor, at: datetime) -> Reason | None:
    return Reason("已于%(day)s反馈", {"day": h.replied_on}) if h.replied_on is not None else None


def office_decides(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """After the second return only an office hands it over again."""
    if h.returns >= MAX_RETURNS and actor.role != "office":
        return Reason("已退回两次,由集中办公室裁定后交办")
    return None


# -- rectifying -----------------------------------------------------------------------------------


def own_track(h: Any, actor: Actor, at: datetime) -> Reason | None:
    if h.track != "OWN" or h.taken_over:
        return Reason("检查发现的隐患由监管部门办理,企业不能自行立案整改或验收")
    return None


def organ_track(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """What a firm found itself it accepts itself, unless the regulator took it over."""
    if h.track == "OWN" and not h.taken_over:
        return Reason("企业自查的一般隐患由企业内部验收;如需直接监管,请先“接管”")
    return None


def own_and_not_taken(h: Any, actor: Actor, at: datetime) -> Reason | None:
    if h.track != "OWN":
        return Reason("只有企业自查的隐患可以接管")
    return Reason("已由监管部门接管") if h.taken_over else None


def plan_before_submitting(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """A major hazard is treated under a plan of the principal (令16 art. 15)."""
    if h.grade == "MAJOR" and h.plan_on is None:
        return Reason("重大隐患须先报送治理方案(六项内容),请由主要负责人填报")
    return None


def nothing_pending(h: Any, actor: Actor, at: datetime) -> Reason | None:
    return Reason("已有一份延期申请等待决定") if h.extension_pending else None


def extension_waits(h: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if h.extension_pending else Reason("没有等待决定的延期申请")


def extended_once_only(h: Any, actor: Actor, at: datetime) -> Reason | None:
    if h.extended >= MAX_EXTENSIONS:
        return Reason("已延期%(n)s次,不能再延期;请抓紧整改,或向监管部门说明", {"n": h.extended})
    return None


def not_expired(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """An extension is asked for before the deadline has passed."""
    if h.due_on is not None and day_of(at) > h.due_on:
        return Reason("整改期限%(day)s已过,不能再申请延期", {"day": h.due_on})
    return None


def happened_in_order(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """Nothing is done about a hazard before it was found."""
    if at < h.found_at:
        return Reason("办理时间早于发现时间%(found)s,请核对日期", {"found": day_of(h.found_at)})
    return None


# -- leaving the loop -----------------------------------------------------------------------------


def void_was_asked(h: Any, actor: Actor, at: datetime) -> Reason | None:
    if h.leaving_asked_by is None or h.merge_into is not None:
        return Reason("尚未有人提出撤销")
    return _second_person(h, actor)


def merge_was_asked(h: Any, actor: Actor, at: datetime) -> Reason | None:
    if h.leaving_asked_by is None or h.merge_into is None:
        return Reason("尚未有人提出合并")
    return _second_person(h, actor)


def _second_person(h: Any, actor: Actor) -> Reason | None:
    if h.leaving_asked_by == actor.id:
        return Reason("须由另一人确认,提出人不能自己确认")
    return None


def leaving_not_asked(h: Any, actor: Actor, at: datetime) -> Reason | None:
    if h.leaving_asked_by is not None:
        return Reason("%(name)s已提出撤销或合并,等待另一人确认", {"name": h.leaving_asked_name})
    return None


def not_relapsed(h: Any, actor: Actor, at: datetime) -> Reason | None:
    return Reason("已登记过反弹") if h.relapsed_on is not None else None


def leaving_was_asked(h: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if h.leaving_asked_by is not None else Reason("没有人提出撤销或合并")


def instruction_waits(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """An instruction is answered by the organisation that it names."""
    if not h.instructed:
        return Reason("没有等待答复的批示")
    return None if actor.organisation in h.instructed else Reason("批示不是交给您单位的")


def is_overdue(h: Any, on: date) -> bool:
    """Late is arithmetic: the clock runs and the deadline has passed."""
    return (
        h.due_on is not None
        and h.stopped_on is None
        and on > h.due_on
        and h.state not in ("VOID", "MERGED", "CLOSED")
    )


def days_left(h: Any, on: date) -> int | None:
    """Days until the deadline, negative when late; None where no clock runs."""
    if h.due_on is None or h.stopped_on is not None or h.state in ("VOID", "MERGED", "CLOSED"):
        return None
    return (h.due_on - on).days


def head_for_majors(h: Any, actor: Actor, at: datetime) -> Reason | None:
    """An extension of a major one is decided by the department's head."""
    if h.grade == "MAJOR" and not actor.may("hazard.approve"):
        return Reason("重大隐患的延期由部门负责人决定")
    return None


def acceptance_not_proposed(h: Any, actor: Actor, at: datetime) -> Reason | None:
    if h.acceptance_by is not None:
        return Reason("%(name)s已提出验收意见,等待部门负责人批准", {"name": h.acceptance_name})
    return None
