"""What may be counted about visits: 家次 on the day it was held, once it is done and no longer veiled.

Place, sector and system as on that day. The dimension `grade` carries the level of the organisation that
looked (CITY, COUNTY, TOWN, ENTERPRISE): visits have no grade of their own.
"""

from anlan.inspections.models import Visit
from anlan.inspections.states import DONE, Mode, Veil
from anlan.kernel.tally import Fact, Flow, Where, declare

COUNTS = Where("state", tuple(sorted(DONE)))
SHOWN = Where("veil", (Veil.FROM_ALL,), negated=True)


def _of(mode: Mode) -> Where:
    return Where("mode", (mode,))


def _flow(code: str, *where: Where, amount: str = "") -> Flow:
    return Flow(code=code, on="held_on", where=(COUNTS, SHOWN, *where), amount=amount)


VISITS = declare(
    Fact(
        model=Visit,
        cell={
            "county": "county",
            "town": "town",
            "sector": "sector",
            "source": "source",
            "grade": "level",
            "system": "system",
        },
        more={
            "organisation": "organisation",
            "group": "group",
            "enterprise": "enterprise_id",
            "leader": "led_by_name",
        },
        instants={"held_on": "started_at"},
        measures=(
            _flow("visit"),
            _flow("visit_self", _of(Mode.SELF)),
            _flow("visit_expert", _of(Mode.EXPERT)),
            _flow("visit_gov", _of(Mode.GOV)),
            _flow("visit_clean", Where("found_nothing", (True,))),
            _flow("visit_led", Where("led", (True,))),
            _flow("visit_people", Where("mode", (Mode.SELF,), negated=True), amount="people_no"),
        ),
    )
)
