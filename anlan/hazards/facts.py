"""What may be counted about hazards, and which columns say where and when.

Grade counts as now determined; place, sector and system as on the day it was found. A void or merged
hazard counts on no date.
"""

from datetime import date, timedelta

from django.db.models import DateField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from anlan.hazards.models import Hazard, Round, Suspension
from anlan.hazards.states import GONE, Basis
from anlan.kernel.tally import Again, Fact, Flow, Stock, Where, declare, together

COUNTS = Where("state", tuple(GONE), negated=True)
IS_RECTIFIED = Where("rectified_on", (None,), negated=True)
NOT_RECTIFIED = Where("rectified_on", (None,))
IS_CLOSED = Where("closed_on", (None,), negated=True)
NOT_CLOSED = Where("closed_on", (None,))
STOOD = Where("relapsed_on", (None,))
RELAPSED = Where("relapsed_on", (None,), negated=True)
IMPORTED = Where("close_basis", (Basis.IMPORTED,))
NOT_IMPORTED = Where("close_basis", (Basis.IMPORTED,), negated=True)
ON_SPOT = Where("close_basis", (Basis.ON_SPOT,))
LATER = Where("close_basis", (Basis.ON_SPOT, Basis.IMPORTED), negated=True)


def _late_rounds(end: date) -> QuerySet:
    """Rounds that are over and were late at the end of a day."""
    ended = Q(submitted_on__gt=end) | Q(submitted_on=None, decided_on__gt=end)
    return Round._base_manager.filter(ended, no__lt=F("hazard__round"), due_on__lt=end)


def _late_since(end: date) -> Subquery:
    """For a hazard that was late then: the day after the deadline of that round."""
    after = Cast(F("due_on") + timedelta(days=1), DateField())
    return Subquery(_late_rounds(end).filter(hazard=OuterRef("pk")).values_list(after)[:1])


def _flow(code: str, on: str, *where: Where) -> Flow:
    return Flow(code=code, on=on, where=(COUNTS, *where))


#: what was found in a period, by where it stands today; what was put right, and closed, by how
FOUND = (
    *(
        _flow(f"hazard_found_{right}_{gone}", "found_on", NOT_IMPORTED, rectified, *closed)
        for right, rectified in (("right", IS_RECTIFIED), ("wrong", NOT_RECTIFIED))
        for gone, closed in (
            ("open", (NOT_CLOSED,)),
            ("closed", (IS_CLOSED, STOOD)),
            ("back", (IS_CLOSED, RELAPSED)),
        )
    ),
    _flow("hazard_found_imported", "found_on", IMPORTED),
)
RECTIFIED = (
    _flow("hazard_rectified_here", "rectified_on", NOT_IMPORTED),
    _flow("hazard_rectified_imported", "rectified_on", IMPORTED),
)
CLOSED = (
    _flow("hazard_on_spot", "closed_on", ON_SPOT),
    _flow("hazard_closed_imported", "closed_on", IMPORTED),
    _flow("hazard_closed_later", "closed_on", LATER),
)

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
            *FOUND,
            together("hazard_found", COUNTS, of=FOUND),
            together("hazard_found_here", COUNTS, NOT_IMPORTED, of=FOUND),
            together("hazard_found_rectified", COUNTS, NOT_IMPORTED, IS_RECTIFIED, of=FOUND),
            together("hazard_found_closed", COUNTS, NOT_IMPORTED, IS_CLOSED, STOOD, of=FOUND),
            *RECTIFIED,
            together("hazard_rectified", COUNTS, of=RECTIFIED),
            *CLOSED,
            together("hazard_closed", COUNTS, of=CLOSED),
            _flow("hazard_ordered", "ordered_on", Where("legal_order", (True,))),
            _flow("hazard_relapsed", "relapsed_on"),
            Flow(code="hazard_money", on="rectified_on", where=(COUNTS,), amount="money_spent"),
            Stock(code="hazard_open", enters="found_on", leaves="closed_on", where=(COUNTS,)),
            Again(
                code="hazard_overdue",
                enters="late_from",
                leaves="stopped_on",
                where=(COUNTS,),
                earlier="late_before",
                stood=lambda end: _late_rounds(end).values("hazard"),
                since=_late_since,
            ),
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
