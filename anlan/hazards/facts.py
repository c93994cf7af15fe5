"""What may be counted about hazards, and which columns say where and when.

Grade counts as now determined; place, sector and system as on the day it was found. A void or merged
hazard counts on no date.
"""

from anlan.hazards.models import Hazard, Suspension
from anlan.hazards.states import GONE, Basis
from anlan.kernel.tally import Fact, Flow, Stock, Where, declare

COUNTS = Where("state", tuple(GONE), negated=True)
IS_RECTIFIED = Where("rectified_on", (None,), negated=True)
IS_CLOSED = Where("closed_on", (None,), negated=True)
STOOD = Where("relapsed_on", (None,))
IMPORTED = Where("close_basis", (Basis.IMPORTED,))
NOT_IMPORTED = Where("close_basis", (Basis.IMPORTED,), negated=True)

HAZARDS = declare(
    Fact(
        model=Hazard,
        cell={
            "county": "found_county",
            "town": "found_town",
            "sector": "found_sector",
            "source": "source",
            "grade": "grade",
            "system": "found_system",
        },
        more={
            "organisation": "found_organisation",
            "group": "found_organisation",
            "enterprise": "enterprise_id",
        },
        instants={"found_on": "found_at", "closed_on": "closed_at"},
        measures=(
            Flow(code="hazard_found", on="found_on", where=(COUNTS,)),
            Flow(code="hazard_found_here", on="found_on", where=(COUNTS, NOT_IMPORTED)),
            Flow(code="hazard_found_imported", on="found_on", where=(COUNTS, IMPORTED)),
            Flow(code="hazard_found_rectified", on="found_on", where=(COUNTS, NOT_IMPORTED, IS_RECTIFIED)),
            Flow(code="hazard_found_closed", on="found_on", where=(COUNTS, NOT_IMPORTED, IS_CLOSED, STOOD)),
            Flow(code="hazard_rectified", on="rectified_on", where=(COUNTS,)),
            Flow(code="hazard_rectified_here", on="rectified_on", where=(COUNTS, NOT_IMPORTED)),
            Flow(code="hazard_closed", on="closed_on", where=(COUNTS,)),
            Flow(
                code="hazard_closed_imported",
                on="closed_on",
                where=(COUNTS, Where("close_basis", (Basis.IMPORTED,))),
            ),
            Flow(
                code="hazard_on_spot", on="closed_on", where=(COUNTS, Where("close_basis", (Basis.ON_SPOT,)))
            ),
            Flow(code="hazard_ordered", on="ordered_on", where=(COUNTS, Where("legal_order", (True,)))),
            Flow(code="hazard_relapsed", on="relapsed_on", where=(COUNTS,)),
            Flow(code="hazard_money", on="rectified_on", where=(COUNTS,), amount="money_spent"),
            Stock(code="hazard_open", enters="found_on", leaves="closed_on", where=(COUNTS,)),
            Stock(code="hazard_overdue", enters="late_from", leaves="stopped_on", where=(COUNTS,)),
        ),
    )
)

SUSPENSIONS = declare(
    Fact(
        model=Suspension,
        cell={
            "county": "county",
            "town": "town",
            "sector": "sector",
            "source": "source",
            "grade": "grade",
            "system": "system",
        },
        more={"organisation": "organ", "enterprise": "enterprise_id"},
        measures=(
            Flow(code="suspension_began", on="began_on"),
            Stock(code="suspension_in_force", enters="began_on", leaves="lifted_on"),
        ),
    )
)
