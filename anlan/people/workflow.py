"""What may be done with organisations, accounts, positions, delegations and credentials."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.workflow import Transition, Workflow
from anlan.people import rules
from anlan.people.states import AccountState, Standing, Tenure, TokenState

_STANDS, _HELD = frozenset({Standing.STANDS}), frozenset({Tenure.HELD})
_ACTIVE, _DISABLED = frozenset({AccountState.ACTIVE}), frozenset({AccountState.DISABLED})
_MANAGE, _ENROL = "people.manage", "people.enrol"

ORGANISATION = Workflow(
    "organisation",
    Standing,
    (
        Transition(name="found", label=_("设立单位"), needs=_MANAGE, targets=(Standing.STANDS,)),
        Transition(
            name="found_enterprise",
            label=_("设立企业"),
            needs="people.found_enterprise",
            targets=(Standing.STANDS,),
            hidden=True,
        ),
        Transition(name="change", label=_("修改单位"), needs=_MANAGE, source=_STANDS),
        Transition(
            name="follow",
            label=_("随企业档案变更"),
            needs="people.found_enterprise",
            source=_STANDS,
            hidden=True,
        ),
        Transition(
            name="end",
            label=_("撤销单位"),
            needs=_MANAGE,
            source=_STANDS,
            targets=(Standing.ENDED,),
            danger=True,
        ),
    ),
)

ACCOUNT = Workflow(
    "account",
    AccountState,
    (
        Transition(name="open", label=_("开通账号"), needs=_ENROL, targets=(AccountState.ACTIVE,)),
        Transition(name="rename", label=_("更正姓名"), needs=_MANAGE, source=_ACTIVE),
        Transition(name="reset_password", label=_("重置密码"), needs=_MANAGE, source=_ACTIVE),
        Transition(
            name="set_password", label=_("修改密码"), needs="people.self", source=_ACTIVE, hidden=True
        ),
        Transition(
            name="add_second_factor",
            label=_("启用动态口令"),
            needs="people.self",
            source=_ACTIVE,
            hidden=True,
        ),
        Transition(
            name="drop_second_factor",
            label=_("停用动态口令"),
            needs=_MANAGE,
            source=_ACTIVE,
            guards=(rules.has_a_second_factor,),
            danger=True,
        ),
        Transition(
            name="disable",
            label=_("停用账号"),
            needs=_MANAGE,
            source=_ACTIVE,
            targets=(AccountState.DISABLED,),
            danger=True,
        ),
        Transition(
            name="enable",
            label=_("恢复账号"),
            needs=_MANAGE,
            source=_DISABLED,
            targets=(AccountState.ACTIVE,),
        ),
    ),
)

POSITION = Workflow(
    "position",
    Tenure,
    (
        Transition(name="appoint", label=_("任命职务"), needs=_ENROL, targets=(Tenure.HELD,)),
        Transition(
            name="step_down",
            label=_("结束职务"),
            needs=_MANAGE,
            source=_HELD,
            targets=(Tenure.ENDED,),
            danger=True,
        ),
        Transition(
            name="hand_over",
            label=_("移交"),
            needs=_MANAGE,
            source=_HELD,
            targets=(Tenure.ENDED,),
            main=True,
        ),
        Transition(name="set_duties", label=_("调整分工"), needs=_MANAGE, source=_HELD),
    ),
)

DELEGATION = Workflow(
    "delegation",
    Tenure,
    (
        Transition(name="delegate", label=_("委托他人代行"), needs="people.self", targets=(Tenure.HELD,)),
        Transition(
            name="take_back",
            label=_("收回委托"),
            needs="people.self",
            source=_HELD,
            targets=(Tenure.ENDED,),
        ),
    ),
)

CREDENTIAL = Workflow(
    "credential",
    Tenure,
    (
        Transition(name="issue", label=_("登记执法证"), needs=_MANAGE, targets=(Tenure.HELD,)),
        Transition(
            name="revoke",
            label=_("注销执法证"),
            needs=_MANAGE,
            source=_HELD,
            targets=(Tenure.ENDED,),
            danger=True,
        ),
    ),
)

TOKEN = Workflow(
    "apitoken",
    TokenState,
    (
        Transition(name="make", label=_("新建接口令牌"), needs="people.self", targets=(TokenState.LIVE,)),
        Transition(
            name="revoke",
            label=_("吊销接口令牌"),
            needs="people.self",
            source=frozenset({TokenState.LIVE}),
            targets=(TokenState.REVOKED,),
            danger=True,
        ),
    ),
)
