"""What may be counted about interviews and fines: those that stand, on their day; fines in whole yuan."""

from anlan.enforcement.models import Fine, Interview
from anlan.enforcement.states import Measure
from anlan.kernel.tally import Fact, Flow, Where, declare

CELL = {"county": "county", "town": "town", "sector": "sector", "source": "", "grade": "", "system": "system"}
STANDS = Where("state", (Measure.STANDS,))

INTERVIEWS = declare(
    Fact(
        model=Interview,
        cell=CELL,
        more={"organisation": "organ", "enterprise": "enterprise_id"},
        measures=(Flow(code="interview", on="day", where=(STANDS,)),),
    )
)
FINES = declare(
    Fact(
        model=Fine,
        cell=CELL,
        more={"organisation": "organ", "enterprise": "enterprise_id"},
        measures=(
            Flow(code="fine", on="day", where=(STANDS,)),
            Flow(code="fine_yuan", on="day", where=(STANDS,), amount="yuan"),
        ),
    )
)
