"""Every act upon a hazard, as one table. Permission, buttons, journal, API, clock and docs read it."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from anlan.hazards import rules
from anlan.hazards.states import GONE, OPEN, State
from anlan.kernel.workflow import Clock, Transition, Workflow

S = State
ALL = frozenset(State)

_found = (
    Transition(
        name="register",
        label=_("登记"),
        needs="hazard.register",
        targets=(S.REGISTERED,),
        law="安全生产法第41条",
    ),
    Transition(
        name="fix_on_spot",
        label=_("当场整改"),
        needs="hazard.fix_on_spot",
        targets=(S.CLOSED,),
        clock=Clock.STOP,
        law="安全生产法第65条第1款第2项",
    ),
    Transition(
        name="adopt",
        label=_("导入登记"),
        needs="hazard.adopt",
        targets=(S.REGISTERED, S.GRADING, S.RECTIFYING, S.REVIEW, S.CLOSED),
    ),
)

_graded = (
    Transition(
        name="grade_general",
        label=_("定为一般隐患"),
        needs="hazard.grade",
        source=frozenset({S.REGISTERED, S.ASSIGNED}),
        guards=(rules.still_ungraded, rules.graded_by_its_finder_or_holder),
        main=True,
        law="总局令16第3条",
    ),
    Transition(
        name="propose_major",
        label=_("拟定为重大隐患"),
        needs="hazard.propose_major",
        source=frozenset({S.REGISTERED, S.ASSIGNED, S.RECTIFYING}),
        targets=(S.GRADING,),
        guards=(rules.not_yet_major,),
        law="安全生产法第118条",
    ),
    Transition(
        name="confirm_major",
        label=_("认定为重大隐患"),
        needs="hazard.confirm_major",
        source=frozenset({S.GRADING}),
        targets=(S.REGISTERED,),
        guards=(rules.by_the_competent_organ,),
        main=True,
        danger=True,
        law="安全生产法第65条、第118条",
    ),
    Transition(
        name="not_major",
        label=_("不认定为重大隐患"),
        needs="hazard.confirm_major",
        source=frozenset({S.GRADING}),
        targets=(S.REGISTERED,),
        guards=(rules.by_the_competent_organ,),
    ),
    Transition(
        name="regrade",
        label=_("提请重新认定"),
        needs="hazard.regrade",
        source=frozenset({S.REGISTERED, S.ASSIGNED, S.RECTIFYING}),
        targets=(S.GRADING,),
        guards=(rules.graded, rules.opinion_given, rules.no_transfer_waiting),
    ),
)

_handed = (
    Transition(
        name="assign",
        label=_("交办"),
        needs="hazard.assign",
        source=frozenset({S.REGISTERED}),
        targets=(S.ASSIGNED,),
        guards=(rules.office_decides,),
        main=True,
    ),
    Transition(
        name="sign",
        label=_("签收"),
        needs="hazard.sign",
        source=frozenset({S.ASSIGNED}),
        guards=(rules.by_the_organ, rules.not_yet_signed),
        main=True,
    ),
    Transition(
        name="return_",
        label=_("退回"),
        needs="hazard.return",
        source=frozenset({S.ASSIGNED}),
        targets=(S.REGISTERED, S.ASSIGNED),
        guards=(rules.by_the_organ_or_receiver, rules.not_returned_too_often),
    ),
    Transition(
        name="pass_on",
        label=_("转办"),
        needs="hazard.pass_on",
        source=frozenset({S.ASSIGNED}),
        guards=(rules.by_the_organ, rules.signed_for, rules.no_transfer_waiting),
    ),
    Transition(
        name="transfer",
        label=_("移送"),
        needs="hazard.transfer",
        source=frozenset({S.REGISTERED, S.ASSIGNED}),
        targets=(S.ASSIGNED,),
        guards=(rules.by_its_organ_or_finder, rules.signed_for, rules.no_transfer_waiting),
        law="安全生产法第69条",
    ),
    Transition(
        name="accept_transfer",
        label=_("接收移送"),
        needs="hazard.accept_transfer",
        source=frozenset({S.ASSIGNED}),
        guards=(rules.transfer_is_ours,),
        main=True,
        law="安全生产法第69条",
    ),
    Transition(
        name="reply",
        label=_("办结反馈"),
        needs="hazard.reply",
        source=frozenset({S.CLOSED, *GONE}),
        guards=(rules.handed_over, rules.by_the_organ, rules.not_yet_replied),
    ),
    Transition(name="urge", label=_("催办"), needs="hazard.urge", source=OPEN),
)

_rectified = (
    Transition(
        name="order",
        label=_("责令整改"),
        needs="hazard.order",
        source=frozenset({S.REGISTERED, S.ASSIGNED}),
        targets=(S.RECTIFYING,),
        guards=(
            rules.graded,
            rules.organ_track,
            rules.by_its_organ_or_finder,
            rules.signed_for,
            rules.no_transfer_waiting,
        ),
        clock=Clock.RUN,
        main=True,
        law="安全生产法第65条第1款第2项",
    ),
    Transition(
        name="start_own",
        label=_("自行整改"),
        needs="hazard.start_own",
        source=frozenset({S.REGISTERED}),
        targets=(S.RECTIFYING,),
        guards=(rules.by_the_firm, rules.own_track, rules.graded, rules.general_only),
        clock=Clock.RUN,
        main=True,
        law="安全生产法第41条第2款",
    ),
    Transition(
        name="take_over",
        label=_("接管"),
        needs="hazard.take_over",
        source=frozenset({S.REGISTERED, S.RECTIFYING, S.REVIEW}),
        guards=(rules.own_and_not_taken,),
    ),
    Transition(
        name="plan",
        label=_("报送治理方案"),
        needs="hazard.plan",
        source=frozenset({S.RECTIFYING}),
        guards=(rules.by_the_firm,),
        law="总局令16第15条",
    ),
    Transition(
        name="progress",
        label=_("报告进展"),
        needs="hazard.progress",
        source=frozenset({S.RECTIFYING}),
        guards=(rules.by_the_firm,),
    ),
    Transition(
        name="ask_extension",
        label=_("申请延期"),
        needs="hazard.ask_extension",
        source=frozenset({S.RECTIFYING}),
        guards=(rules.by_the_firm, rules.nothing_pending, rules.extended_once_only, rules.not_expired),
    ),
    Transition(
        name="grant_extension",
        label=_("同意延期"),
        needs="hazard.decide_extension",
        source=frozenset({S.RECTIFYING}),
        guards=(rules.extension_waits, rules.by_its_organ_or_finder, rules.head_for_majors),
        main=True,
    ),
    Transition(
        name="refuse_extension",
        label=_("不同意延期"),
        needs="hazard.decide_extension",
        source=frozenset({S.RECTIFYING}),
        guards=(rules.extension_waits, rules.by_its_organ_or_finder, rules.head_for_majors),
    ),
    Transition(
        name="submit",
        label=_("提交整改"),
        needs="hazard.submit",
        source=frozenset({S.RECTIFYING}),
        targets=(S.REVIEW,),
        guards=(rules.by_the_firm, rules.plan_before_submitting),
        clock=Clock.STOP,
        main=True,
    ),
)

_accepted = (
    Transition(
        name="accept",
        label=_("验收销号"),
        needs="hazard.accept",
        source=frozenset({S.REVIEW}),
        targets=(S.CLOSED,),
        guards=(rules.organ_track, rules.by_its_organ_or_finder, rules.general_only, rules.not_the_rectifier),
        main=True,
        law="安全生产法第65条",
    ),
    Transition(
        name="accept_own",
        label=_("内部验收销号"),
        needs="hazard.accept_own",
        source=frozenset({S.REVIEW}),
        targets=(S.CLOSED,),
        guards=(rules.by_the_firm, rules.own_track, rules.general_only, rules.not_the_rectifier),
        main=True,
    ),
    Transition(
        name="propose_acceptance",
        label=_("提出验收意见"),
        needs="hazard.accept",
        source=frozenset({S.REVIEW}),
        guards=(
            rules.major_only,
            rules.by_its_organ_or_finder,
            rules.not_the_rectifier,
            rules.acceptance_not_proposed,
        ),
        main=True,
        law="总局令16第23条",
    ),
    Transition(
        name="approve_acceptance",
        label=_("批准销号"),
        needs="hazard.approve",
        source=frozenset({S.REVIEW}),
        targets=(S.CLOSED,),
        guards=(
            rules.major_only,
            rules.by_its_organ_or_finder,
            rules.not_the_proposer,
            rules.not_the_rectifier,
        ),
        main=True,
        law="总局令16第23条",
    ),
    Transition(
        name="fail",
        label=_("验收不合格"),
        needs="hazard.accept",
        source=frozenset({S.REVIEW}),
        targets=(S.RECTIFYING,),
        guards=(rules.organ_track, rules.by_its_organ_or_finder, rules.not_the_rectifier),
        clock=Clock.RUN,
    ),
    Transition(
        name="refuse_acceptance",
        label=_("不批准销号"),
        needs="hazard.approve",
        source=frozenset({S.REVIEW}),
        targets=(S.RECTIFYING,),
        guards=(
            rules.major_only,
            rules.by_its_organ_or_finder,
            rules.not_the_proposer,
            rules.not_the_rectifier,
        ),
        clock=Clock.RUN,
    ),
    Transition(
        name="fail_own",
        label=_("内部验收不合格"),
        needs="hazard.accept_own",
        source=frozenset({S.REVIEW}),
        targets=(S.RECTIFYING,),
        guards=(rules.by_the_firm, rules.own_track, rules.not_the_rectifier),
        clock=Clock.RUN,
    ),
)

_apart = (
    Transition(
        name="ask_void",
        label=_("提出撤销"),
        needs="hazard.void",
        source=OPEN,
        guards=(rules.by_its_organ_or_finder, rules.leaving_not_asked),
    ),
    Transition(
        name="void",
        label=_("确认撤销"),
        needs="hazard.void",
        source=OPEN,
        targets=(S.VOID,),
        guards=(rules.void_was_asked, rules.by_its_organ_or_finder),
        clock=Clock.STOP,
        danger=True,
    ),
    Transition(
        name="ask_merge",
        label=_("提出合并"),
        needs="hazard.merge",
        source=OPEN,
        guards=(rules.by_its_organ_or_finder, rules.leaving_not_asked),
    ),
    Transition(
        name="merge",
        label=_("确认合并"),
        needs="hazard.merge",
        source=OPEN,
        targets=(S.MERGED,),
        guards=(rules.merge_was_asked, rules.by_its_organ_or_finder),
        clock=Clock.STOP,
        danger=True,
    ),
    Transition(
        name="keep",
        label=_("不予撤销或合并"),
        needs="hazard.void",
        source=OPEN,
        guards=(rules.leaving_was_asked, rules.by_its_organ_or_finder),
    ),
    Transition(
        name="relapse",
        label=_("登记反弹"),
        needs="hazard.relapse",
        source=frozenset({S.CLOSED}),
        guards=(rules.not_relapsed,),
    ),
    Transition(name="correct", label=_("更正"), needs="hazard.correct", source=ALL),
    Transition(name="consult", label=_("征求专家意见"), needs="hazard.consult", source=OPEN),
    Transition(name="opinion", label=_("专家意见"), needs="hazard.opinion", source=OPEN),
    Transition(name="instruct", label=_("批示"), needs="hazard.instruct", source=ALL),
    Transition(
        name="answer_instruction",
        label=_("答复批示"),
        needs="hazard.answer_instruction",
        source=ALL,
        guards=(rules.instruction_waits,),
    ),
    Transition(
        name="report_major",
        label=_("越级报告"),
        needs="hazard.report_major",
        source=OPEN,
        guards=(rules.by_the_firm, rules.major_or_proposed),
        law="安全生产法第46条",
    ),
    Transition(name="rehome", label=_("变更管辖"), needs="hazard.rehome", source=ALL, hidden=True),
)


def _in_order(t: Transition) -> Transition:
    """Nothing is done about a hazard before it was found, whatever a device says."""
    return t if t.creates else replace(t, guards=(rules.happened_in_order, *t.guards))


HAZARD = Workflow(
    "hazard", State, map(_in_order, (*_found, *_graded, *_handed, *_rectified, *_accepted, *_apart))
)
