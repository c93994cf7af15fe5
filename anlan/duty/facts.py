"""What may be counted about roll calls. The dimension `grade` carries what came of a call."""

from anlan.duty.models import RollCall
from anlan.duty.states import RESULTS, CallState
from anlan.kernel.tally import Fact, Flow, Where, declare

CALLED = Where("state", tuple(RESULTS))

ROLL_CALLS = declare(
    Fact(
        model=RollCall,
        cell={
            "county": "county",
            "town": "town",
            "sector": "",
            "source": "",
            "grade": "state",
            "system": "system",
        },
        more={"organisation": "organisation"},
        instants={"day": "called_at"},
        measures=(
            Flow(code="roll_call", on="day", where=(CALLED,)),
            Flow(code="roll_call_leader", on="day", where=(CALLED, Where("leader_present", (True,)))),
            Flow(code="roll_call_waiting", on="day", where=(Where("state", (CallState.WAITING,)),)),
        ),
    )
)
