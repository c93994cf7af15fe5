"""The life of a report. Who freezes does not sign; what is filed moves no more until it is returned."""

from django.utils.translation import gettext_lazy as _

from anlan.figures.reports import rules
from anlan.figures.reports.states import State
from anlan.kernel.workflow import Transition, Workflow

S = State
OPEN = frozenset({S.DRAFT, S.RETURNED})

REPORT = Workflow(
    "report",
    State,
    (
        Transition(
            name="begin",
            label=_("建立报表"),
            needs="report.fill",
            targets=(S.DRAFT,),
            law="安全生产法第62条",
        ),
        Transition(
            name="enter",
            label=_("填报系统外数字"),
            needs="report.fill",
            source=frozenset(S),
            guards=(rules.of_its_place, rules.not_filed),
        ),
        Transition(
            name="freeze",
            label=_("冻结待审签"),
            needs="report.fill",
            source=OPEN,
            targets=(S.FROZEN,),
            guards=(rules.of_its_place, rules.is_over),
            main=True,
        ),
        Transition(
            name="sign",
            label=_("审签上报"),
            needs="report.sign",
            source=frozenset({S.FROZEN}),
            targets=(S.FILED,),
            guards=(rules.of_its_place, rules.not_the_one_who_froze),
            main=True,
        ),
        Transition(
            name="send_back",
            label=_("退回修改"),
            needs="report.sign",
            source=frozenset({S.FROZEN}),
            targets=(S.RETURNED,),
            guards=(rules.of_its_place,),
        ),
        Transition(
            name="return",
            label=_("退回更正"),
            needs="report.receive",
            source=frozenset({S.FILED}),
            targets=(S.RETURNED,),
            guards=(rules.of_the_city,),
            danger=True,
        ),
    ),
)
