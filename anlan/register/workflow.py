"""The life of an enterprise file. The firm signs up; the place approves, or enters the firm by itself."""

from django.utils.translation import gettext_lazy as _

from anlan.kernel.workflow import Transition, Workflow
from anlan.register import rules
from anlan.register.states import ParkState, State

KEPT = frozenset({State.PENDING, State.ACTIVE})

ENTERPRISE = Workflow(
    "enterprise",
    State,
    (
        Transition(
            name="sign_up", label=_("企业登记申请"), needs="register.sign_up", targets=(State.PENDING,)
        ),
        Transition(name="enter", label=_("登记企业"), needs="register.enter", targets=(State.ACTIVE,)),
        Transition(
            name="approve",
            label=_("审核通过"),
            needs="register.approve",
            source=frozenset({State.PENDING}),
            targets=(State.ACTIVE,),
            guards=(rules.needs_a_town,),
            main=True,
        ),
        Transition(
            name="refuse",
            label=_("退回申请"),
            needs="register.approve",
            source=frozenset({State.PENDING}),
            targets=(State.REFUSED,),
            danger=True,
        ),
        Transition(name="update", label=_("修改档案"), needs="register.update", source=KEPT),
        Transition(name="declare", label=_("填报情况"), needs="register.declare", source=KEPT),
        Transition(
            name="set_person",
            label=_("登记责任人"),
            needs="register.declare",
            source=KEPT,
            law="安全生产法第五条、第二十四条",
        ),
        Transition(
            name="end_person", label=_("结束任职"), needs="register.declare", source=KEPT, hidden=True
        ),
        Transition(name="add_premises", label=_("添加场所"), needs="register.declare", source=KEPT),
        Transition(
            name="end_premises", label=_("停用场所"), needs="register.declare", source=KEPT, hidden=True
        ),
        Transition(name="add_workpost", label=_("添加岗位"), needs="register.declare", source=KEPT),
        Transition(
            name="end_workpost", label=_("停用岗位"), needs="register.declare", source=KEPT, hidden=True
        ),
        Transition(name="add_sector", label=_("添加行业领域"), needs="register.update", source=KEPT),
        Transition(
            name="remove_sector", label=_("移出行业领域"), needs="register.update", source=KEPT, hidden=True
        ),
        Transition(
            name="close",
            label=_("注销"),
            needs="register.close",
            source=frozenset({State.ACTIVE}),
            targets=(State.CLOSED,),
            danger=True,
        ),
        Transition(
            name="reopen",
            label=_("恢复在册"),
            needs="register.close",
            source=frozenset({State.CLOSED}),
            targets=(State.ACTIVE,),
        ),
    ),
)

_PARK = frozenset({ParkState.OPEN})

PARK = Workflow(
    "park",
    ParkState,
    (
        Transition(name="found", label=_("登记园区"), needs="register.enter", targets=(ParkState.OPEN,)),
        Transition(name="admit", label=_("加入企业"), needs="register.update", source=_PARK, main=True),
        Transition(name="release", label=_("移出企业"), needs="register.update", source=_PARK, hidden=True),
        Transition(
            name="close",
            label=_("撤销园区"),
            needs="register.update",
            source=_PARK,
            targets=(ParkState.CLOSED,),
            danger=True,
        ),
    ),
)
