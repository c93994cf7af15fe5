"""What may be counted about hazards, and which columns say where and when.

Grade counts as now determined; place, sector and system as on the day it was found. A void or merged
hazard counts on no date.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import F, Q, QuerySet

from anlan.hazards.models import Hazard, Round, Suspension
from anlan.hazards.states import GONE, Basis
from anlan.kernel.tally import Again, Fact, Flow, Stock, Where, declare

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


def _late_in_a_round_before(end: date) -> QuerySet:
    """Keys of hazards that were late at the end of a day in a round that is over."""
    ended = Q(submitted_on__gt=end) | Q(submitted_on=None, decided_on__gt=end)
    return Round._base_manager.filter(ended, no__lt=F("hazard__round"), due_on__lt=end).values("hazard")


def _flow(on: str) -> Callable[..., Flow]:
    def flow(code: str, *where: Where, parts: tuple[str, ...] = ()) -> Flow:
        return Flow(code=code, on=on, where=(COUNTS, *where), parts=parts)

    return flow


_found, _rectified, _closed = _flow("found_on"), _flow("rectified_on"), _flow("closed_on")
#: what was found in a period, by where it stands today: each excludes the others
FOUND = tuple(
    _found(f"hazard_found_{right}_{gone}", NOT_IMPORTED, rectified, *closed)
    for right, rectified in (("right", IS_RECTIFIED), ("wrong", NOT_RECTIFIED))
    for gone, closed in (
        ("open", (NOT_CLOSED,)),
        ("closed", (IS_CLOSED, STOOD)),
        ("back", (IS_CLOSED, RELAPSED)),
    )
)


def _among(said: str = "") -> tuple[str, ...]:
    return tuple(m.code for m in FOUND if said in m.code)


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
            _found("hazard_found_imported", IMPORTED),
            _found("hazard_found", parts=(*_among(), "hazard_found_imported")),
            _found("hazard_found_here", NOT_IMPORTED, parts=_among()),
            _found("hazard_found_rectified", NOT_IMPORTED, IS_RECTIFIED, parts=_among("_right")),
            _found("hazard_found_closed", NOT_IMPORTED, IS_CLOSED, STOOD, parts=_among("_closed")),
            _rectified("hazard_rectified_here", NOT_IMPORTED),
            _rectified("hazard_rectified_imported", IMPORTED),
            _rectified("hazard_rectified", parts=("hazard_rectified_here", "hazard_rectified_imported")),
            _closed("hazard_on_spot", ON_SPOT),
            _closed("hazard_closed_imported", IMPORTED),
            _closed("hazard_closed_later", LATER),
            _closed(
                "hazard_closed", parts=("hazard_on_spot", "hazard_closed_imported", "hazard_closed_later")
            ),
            Flow(code="hazard_ordered", on="ordered_on", where=(COUNTS, Where("legal_order", (True,)))),
            Flow(code="hazard_relapsed", on="relapsed_on", where=(COUNTS,)),
            Flow(code="hazard_money", on="rectified_on", where=(COUNTS,), amount="money_spent"),
            Stock(code="hazard_open", enters="found_on", leaves="closed_on", where=(COUNTS,)),
            Again(
                code="hazard_overdue",
                enters="late_from",
                leaves="stopped_on",
                where=(COUNTS,),
                earlier="late_before",
                stood=_late_in_a_round_before,
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
