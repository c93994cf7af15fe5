"""Every act upon a visit, as one table."""

from django.utils.translation import gettext_lazy as _

from anlan.inspections import draws_rules, rules
from anlan.inspections.states import DONE, DrawState, RecusalState, RollState, State
from anlan.kernel.workflow import Transition, Workflow

S = State
PLANNED, UNDERWAY = frozenset({S.PLANNED}), frozenset({S.UNDERWAY})

VISIT = Workflow(
    "visit",
    State,
    (
        Transition(
            name="plan",
            label=_("安排检查"),
            needs="visit.plan",
            targets=(S.PLANNED,),
            law="安全生产法第62条",
        ),
        Transition(name="task", label=_("派出检查"), needs="visit.task", targets=(S.PLANNED,), hidden=True),
        Transition(name="begin", label=_("开始检查"), needs="visit.hold", targets=(S.UNDERWAY,)),
        Transition(
            name="record",
            label=_("补录检查"),
            needs="visit.record",
            targets=(S.FILED,),
            law="安全生产法第68条",
        ),
        Transition(
            name="authorise",
            label=_("批准检查方案"),
            needs="visit.authorise",
            source=PLANNED,
            guards=(rules.not_yet_authorised, rules.of_its_organ, rules.not_the_planner),
            main=True,
        ),
        Transition(
            name="start",
            label=_("到场检查"),
            needs="visit.hold",
            source=PLANNED,
            targets=(S.UNDERWAY,),
            guards=(rules.one_of_the_party, rules.authorised, rules.within_its_days),
            main=True,
            law="安全生产法第67条",
        ),
        Transition(
            name="answer",
            label=_("填写检查表"),
            needs="visit.hold",
            source=UNDERWAY,
            guards=(rules.one_of_the_party,),
            main=True,
        ),
        Transition(
            name="finish",
            label=_("结束检查"),
            needs="visit.hold",
            source=UNDERWAY,
            targets=(S.FINISHED, S.FILED),
            guards=(rules.one_of_the_party,),
            main=True,
            law="安全生产法第68条",
        ),
        Transition(
            name="file",
            label=_("归档"),
            needs="visit.hold",
            source=frozenset({S.FINISHED}),
            targets=(S.FILED,),
            guards=(rules.one_of_the_party,),
            main=True,
        ),
        Transition(
            name="advise",
            label=_("提出专家建议"),
            needs="visit.advise",
            source=UNDERWAY | DONE,
            guards=(rules.one_of_the_party,),
        ),
        Transition(
            name="decide_advice",
            label=_("答复专家建议"),
            needs="visit.decide_advice",
            source=DONE,
            guards=(rules.of_the_firm, rules.advice_waits),
        ),
        Transition(
            name="link",
            label=_("登记为隐患"),
            needs="visit.link",
            source=DONE,
            hidden=True,
        ),
        Transition(
            name="void",
            label=_("作废"),
            needs="visit.hold",
            source=PLANNED | UNDERWAY | {S.FINISHED},
            targets=(S.VOID,),
            guards=(rules.one_of_the_party, rules.no_hazards_yet),
            danger=True,
        ),
    ),
)

DRAW = Workflow(
    "draw",
    DrawState,
    (
        Transition(
            name="commit", label=_("封存名单待抽"), needs="visit.draw", targets=(DrawState.COMMITTED,)
        ),
        Transition(
            name="draw",
            label=_("抽取"),
            needs="visit.draw",
            source=frozenset({DrawState.COMMITTED}),
            targets=(DrawState.DRAWN,),
            guards=(draws_rules.of_whoever_draws,),
            main=True,
        ),
        Transition(
            name="publish",
            label=_("公开抽取结果"),
            needs="visit.draw",
            source=frozenset({DrawState.DRAWN}),
            targets=(DrawState.PUBLISHED,),
            guards=(draws_rules.of_whoever_draws,),
            main=True,
        ),
    ),
)

RECUSAL = Workflow(
    "recusal",
    RecusalState,
    (
        Transition(name="declare", label=_("申报回避"), needs="visit.hold", targets=(RecusalState.STANDS,)),
        Transition(
            name="withdraw",
            label=_("撤回申报"),
            needs="visit.hold",
            source=frozenset({RecusalState.STANDS}),
            targets=(RecusalState.WITHDRAWN,),
            guards=(rules.his_own,),
        ),
    ),
)

_RUNNING = frozenset({RollState.RUNNING})
_BEING_MADE = frozenset({RollState.WAITING})

ROLL = Workflow(
    "roll",
    RollState,
    (
        Transition(
            name="freeze", label=_("建立覆盖名册"), needs="coverage.manage", targets=(RollState.WAITING,)
        ),
        Transition(
            name="stand",
            label=_("名册已建立"),
            needs="coverage.stand",
            source=_BEING_MADE,
            targets=(RollState.RUNNING,),
            hidden=True,
        ),
        Transition(
            name="drop",
            label=_("取消建立"),
            needs="coverage.manage",
            source=_BEING_MADE,
            targets=(RollState.DROPPED,),
            guards=(rules.of_its_place,),
            danger=True,
        ),
        Transition(
            name="share",
            label=_("分派给各组"),
            needs="coverage.manage",
            source=_RUNNING,
            main=True,
        ),
        Transition(
            name="close",
            label=_("结束统计"),
            needs="coverage.manage",
            source=_RUNNING,
            targets=(RollState.CLOSED,),
            guards=(rules.of_its_place,),
            danger=True,
        ),
    ),
)
