"""Every act of a roll call, as a table."""

from django.utils.translation import gettext_lazy as _

from anlan.duty import rules
from anlan.duty.states import AGAIN, RESULTS, CallState
from anlan.kernel.workflow import Transition, Workflow

CALL, SEE = "duty.call", "duty.see"
_CALLER = (rules.of_the_caller,)
_WAITING, _CALLED = frozenset({CallState.WAITING}), frozenset(RESULTS)

ROLL_CALL = Workflow(
    "rollcall",
    CallState,
    (
        Transition(name="begin", label=_("列入点名表"), needs=CALL, targets=(CallState.WAITING,)),
        Transition(name="record", label=_("补登点名"), needs=CALL, targets=RESULTS),
        Transition(
            name="result",
            label=_("登记点名结果"),
            needs=CALL,
            source=_WAITING,
            targets=RESULTS,
            guards=_CALLER,
            main=True,
            law="生产安全事故应急条例第14条",
        ),
        Transition(
            name="again",
            label=_("登记再次呼叫"),
            needs=CALL,
            source=frozenset({CallState.UNANSWERED}),
            targets=AGAIN,
            guards=_CALLER,
            main=True,
        ),
        Transition(
            name="correct",
            label=_("更正结果"),
            needs=CALL,
            source=_CALLED,
            targets=RESULTS,
            guards=_CALLER,
        ),
        Transition(
            name="void",
            label=_("作废"),
            needs=CALL,
            source=_CALLED | _WAITING,
            targets=(CallState.VOID,),
            guards=_CALLER,
            danger=True,
        ),
    ),
)
