"""What may be counted about the register: firms that stood on it at the end of a day.

Sixty thousand rows that rarely change are read themselves; they leave no lines in the tally.
"""

from anlan.kernel.tally import Fact, Flow, Stock, Where, declare
from anlan.register.models import Enterprise
from anlan.register.states import State

ON = Where("state", (State.ACTIVE, State.CLOSED))
CELL = {"county": "county", "town": "town", "sector": "sector", "source": "", "grade": "scale", "system": ""}

ENTERPRISES = declare(
    Fact(
        model=Enterprise,
        cell=CELL,
        more={"enterprise": "organisation_id"},
        tallied=False,
        measures=(
            Stock(code="firm_listed", enters="registered_on", leaves="closed_on", where=(ON,)),
            Stock(
                code="firm_listed_key",
                enters="registered_on",
                leaves="closed_on",
                where=(ON, Where("is_key", (True,))),
            ),
            Flow(code="firm_registered", on="registered_on", where=(ON,)),
            Flow(code="firm_closed", on="closed_on", where=(ON,)),
        ),
    )
)
