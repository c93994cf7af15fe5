"""Every act upon campaigns, plans, groups, worksheets and trips, as tables."""

from django.utils.translation import gettext_lazy as _

from anlan.campaigns import rules
from anlan.campaigns.states import (
    CampaignState,
    GroupState,
    ItemState,
    PlanState,
    ReceiptState,
    SheetState,
    SortieState,
    TagState,
    TripState,
)
from anlan.kernel.workflow import Transition, Workflow

MANAGE, ANSWER, GROUPS, TAG, TRIPS, SYSTEM = (
    "campaign.manage", "campaign.answer", "campaign.groups", "campaign.tag", "campaign.trips", "campaign.system",
)  # fmt: skip
_DRAFT, _ACTIVE = frozenset({CampaignState.DRAFT}), frozenset({CampaignState.ACTIVE})
_RUNS = _DRAFT | _ACTIVE
_ITS = (rules.of_its_office,)

CAMPAIGN = Workflow(
    "campaign",
    CampaignState,
    (
        Transition(name="draft", label=_("筹备行动"), needs=MANAGE, targets=(CampaignState.DRAFT,)),
        Transition(
            name="open",
            label=_("启动行动"),
            needs=MANAGE,
            source=_DRAFT,
            targets=(CampaignState.ACTIVE,),
            guards=_ITS,
            main=True,
            law="安全生产法第9条",
        ),
        Transition(name="change", label=_("修改行动"), needs=MANAGE, source=_RUNS, guards=_ITS),
        Transition(name="put_phase", label=_("添加阶段"), needs=MANAGE, source=_RUNS, guards=_ITS),
        Transition(name="put_milestone", label=_("添加节点"), needs=MANAGE, source=_RUNS, guards=_ITS),
        Transition(name="reach", label=_("登记节点完成"), needs=MANAGE, source=_RUNS, guards=_ITS),
        Transition(name="seat", label=_("添加人员"), needs=MANAGE, source=_RUNS, guards=_ITS),
        Transition(name="unseat", label=_("人员离岗"), needs=MANAGE, source=_RUNS, guards=_ITS),
        Transition(name="put_rule", label=_("添加工作制度"), needs=MANAGE, source=_RUNS, guards=_ITS),
        Transition(name="tick", label=_("制度落实打勾"), needs=MANAGE, source=_RUNS, guards=_ITS),
        Transition(name="drop", label=_("删去一行"), needs=MANAGE, source=_RUNS, guards=_ITS, danger=True),
        Transition(
            name="close",
            label=_("总结收尾"),
            needs=MANAGE,
            source=_ACTIVE,
            targets=(CampaignState.CLOSED,),
            guards=(rules.of_its_office, rules.still_running),
            main=True,
        ),
        Transition(
            name="keep_report",
            label=_("留存总结报告"),
            needs=SYSTEM,
            source=frozenset({CampaignState.CLOSED}),
            guards=(rules.not_kept_yet,),
            hidden=True,
        ),
        Transition(
            name="void",
            label=_("撤销行动"),
            needs=MANAGE,
            source=_DRAFT,
            targets=(CampaignState.VOID,),
            guards=_ITS,
            danger=True,
        ),
    ),
)

CAMPAIGN_TAG = Workflow(
    "tag",
    TagState,
    (
        Transition(name="tag", label=_("标注到行动"), needs=TAG, targets=(TagState.TAGGED,)),
        Transition(
            name="untag",
            label=_("取消标注"),
            needs=TAG,
            source=frozenset({TagState.TAGGED}),
            targets=(TagState.UNTAGGED,),
            danger=True,
        ),
    ),
)

_ISSUER, _ADDRESSEE = (rules.of_the_issuer,), (rules.of_the_addressee,)
_SIGNED = frozenset({ReceiptState.SIGNED, ReceiptState.RETURNED})

PLAN = Workflow(
    "actionplan",
    PlanState,
    (
        Transition(name="draft", label=_("起草方案"), needs=MANAGE, targets=(PlanState.DRAFT,)),
        Transition(
            name="change",
            label=_("修改方案"),
            needs=MANAGE,
            source=frozenset({PlanState.DRAFT}),
            guards=_ISSUER,
        ),
        Transition(
            name="issue",
            label=_("下发方案"),
            needs=MANAGE,
            source=frozenset({PlanState.DRAFT, PlanState.ISSUED}),
            targets=(PlanState.ISSUED,),
            guards=_ISSUER,
            main=True,
        ),
        Transition(
            name="withdraw",
            label=_("撤回草稿"),
            needs=MANAGE,
            source=frozenset({PlanState.DRAFT}),
            targets=(PlanState.VOID,),
            guards=_ISSUER,
            danger=True,
        ),
    ),
)

RECEIPT = Workflow(
    "receipt",
    ReceiptState,
    (
        Transition(name="send", label=_("下发"), needs=SYSTEM, targets=(ReceiptState.SENT,), hidden=True),
        Transition(
            name="sign",
            label=_("签收"),
            needs=ANSWER,
            source=frozenset({ReceiptState.SENT}),
            targets=(ReceiptState.SIGNED,),
            guards=_ADDRESSEE,
            main=True,
        ),
        Transition(name="refine", label=_("添加分行动"), needs=ANSWER, source=_SIGNED, guards=_ADDRESSEE),
        Transition(
            name="drop", label=_("删去分行动"), needs=ANSWER, source=_SIGNED, guards=_ADDRESSEE, danger=True
        ),
        Transition(
            name="file",
            label=_("上报细化方案"),
            needs=ANSWER,
            source=_SIGNED,
            targets=(ReceiptState.FILED,),
            guards=_ADDRESSEE,
            main=True,
        ),
        Transition(
            name="return",
            label=_("退回修改"),
            needs=MANAGE,
            source=frozenset({ReceiptState.FILED}),
            targets=(ReceiptState.RETURNED,),
            guards=_ISSUER,
        ),
        Transition(
            name="accept",
            label=_("准予备案"),
            needs=MANAGE,
            source=frozenset({ReceiptState.FILED}),
            targets=(ReceiptState.ACCEPTED,),
            guards=_ISSUER,
            main=True,
        ),
        Transition(
            name="urge",
            label=_("催办"),
            needs=MANAGE,
            source=frozenset({ReceiptState.SENT, *_SIGNED}),
            guards=_ISSUER,
        ),
    ),
)

_STANDS, _KEEPER = frozenset({GroupState.STANDS}), (rules.of_its_keeper,)

GROUP = Workflow(
    "group",
    GroupState,
    (
        Transition(name="found", label=_("组建督导暗访组"), needs=GROUPS, targets=(GroupState.STANDS,)),
        Transition(name="join", label=_("加入成员"), needs=GROUPS, source=_STANDS, guards=_KEEPER, main=True),
        Transition(name="leave", label=_("成员离组"), needs=GROUPS, source=_STANDS, guards=_KEEPER),
        Transition(name="head", label=_("指定组长"), needs=GROUPS, source=_STANDS, guards=_KEEPER),
        Transition(
            name="assign", label=_("分工到地方"), needs=GROUPS, source=_STANDS, guards=_KEEPER, main=True
        ),
        Transition(name="release", label=_("结束分工"), needs=GROUPS, source=_STANDS, guards=_KEEPER),
        Transition(
            name="end",
            label=_("撤销该组"),
            needs=GROUPS,
            source=_STANDS,
            targets=(GroupState.ENDED,),
            guards=_KEEPER,
            danger=True,
        ),
    ),
)

_ROSTERED = frozenset({SortieState.ROSTERED})
ROSTER = "campaign.roster"

SORTIE = Workflow(
    "sortie",
    SortieState,
    (
        Transition(name="roster", label=_("排班"), needs=ROSTER, targets=(SortieState.ROSTERED,)),
        Transition(name="record", label=_("登记出动"), needs=GROUPS, targets=(SortieState.OUT,)),
        Transition(
            name="go",
            label=_("确认出动"),
            needs=ROSTER,
            source=_ROSTERED,
            targets=(SortieState.OUT,),
            guards=(rules.of_its_keeper_or_its_own,),
            main=True,
        ),
        Transition(
            name="report",
            label=_("填写当日情况"),
            needs=ROSTER,
            source=frozenset({SortieState.OUT}),
            guards=(rules.of_its_keeper_or_its_own,),
        ),
        Transition(
            name="cancel",
            label=_("取消出动"),
            needs=ROSTER,
            source=_ROSTERED | {SortieState.OUT},
            targets=(SortieState.CANCELLED,),
            guards=(rules.of_its_keeper_or_its_own,),
            danger=True,
        ),
    ),
)

SHEET = Workflow(
    "worksheet",
    SheetState,
    (
        Transition(name="start", label=_("布置四问四查"), needs=MANAGE, targets=(SheetState.OPEN,)),
        Transition(
            name="conclude",
            label=_("办结四问四查"),
            needs=MANAGE,
            source=frozenset({SheetState.OPEN}),
            targets=(SheetState.CONCLUDED,),
            guards=(rules.of_who_asked,),
            main=True,
        ),
    ),
)

_OPEN, _ANSWERED = frozenset({ItemState.OPEN}), frozenset({ItemState.ANSWERED})

ITEM = Workflow(
    "sheetitem",
    ItemState,
    (
        Transition(name="raise", label=_("回答并列为事项"), needs=ANSWER, targets=(ItemState.OPEN,)),
        Transition(
            name="answer",
            label=_("答复落实情况"),
            needs=ANSWER,
            source=_OPEN,
            targets=(ItemState.ANSWERED,),
            guards=(rules.of_the_owner,),
            main=True,
        ),
        Transition(
            name="accept",
            label=_("审核通过"),
            needs=ANSWER,
            source=_ANSWERED,
            targets=(ItemState.ACCEPTED,),
            guards=(rules.of_the_unit, rules.not_its_owner),
            main=True,
        ),
        Transition(
            name="return",
            label=_("退回"),
            needs=ANSWER,
            source=_ANSWERED,
            targets=(ItemState.OPEN,),
            guards=(rules.of_the_unit, rules.not_its_owner),
        ),
        Transition(name="urge", label=_("催办"), needs=ANSWER, source=_OPEN, guards=(rules.of_the_unit,)),
        Transition(
            name="void",
            label=_("撤销事项"),
            needs=MANAGE,
            source=_OPEN | _ANSWERED,
            targets=(ItemState.VOID,),
            guards=(rules.of_the_unit,),
            danger=True,
        ),
    ),
)

TRIP = Workflow(
    "leadertrip",
    TripState,
    (
        Transition(name="record", label=_("登记领导带队"), needs=TRIPS, targets=(TripState.HELD,)),
        Transition(
            name="stop", label=_("补登一站"), needs=TRIPS, source=frozenset({TripState.HELD}),
            guards=(rules.of_who_recorded,),
        ),
        Transition(
            name="void",
            label=_("作废"),
            needs=TRIPS,
            source=frozenset({TripState.HELD}),
            targets=(TripState.VOID,),
            guards=(rules.of_who_recorded,),
            danger=True,
        ),
    ),
)  # fmt: skip
