"""What may be counted about visits: 家次 on the day it was held, once it is done and no longer veiled.

Place, sector and system as on that day. The dimension `grade` carries the level of the organisation that
looked (CITY, COUNTY, TOWN, ENTERPRISE): visits have no grade of their own.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet

from anlan.inspections.models import Visit
from anlan.inspections.states import DONE, Mode, Veil
from anlan.kernel.tally import Among, Fact, Flow, Where, declare, together
from anlan.register.facts import CELL, ON
from anlan.register.models import Enterprise

COUNTS = Where("state", tuple(sorted(DONE)))
SHOWN = Where("veil", (Veil.FROM_ALL,), negated=True)


def _of(mode: Mode) -> Where:
    return Where("mode", (mode,))


def _flow(code: str, *where: Where, amount: str = "") -> Flow:
    return Flow(code=code, on="held_on", where=(COUNTS, SHOWN, *where), amount=amount)


BY_MODE = (
    _flow("visit_self", _of(Mode.SELF)),
    _flow("visit_expert", _of(Mode.EXPERT)),
    _flow("visit_gov", _of(Mode.GOV)),
)


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
            *BY_MODE,
            together("visit", COUNTS, SHOWN, of=BY_MODE),
            _flow("visit_clean", Where("found_nothing", (True,))),
            _flow("visit_led", Where("led", (True,))),
            _flow("visit_people", Where("mode", (Mode.SELF,), negated=True), amount="people_no"),
        ),
    )
)


def _reached(*, self_alone: bool) -> Callable[[date, date], QuerySet]:
    """Keys of firms at which a visit was held in a window."""

    def keys(start: date, end: date) -> QuerySet:
        rows = Visit._base_manager.filter(
            state__in=COUNTS.among,
            veil__lt=Veil.FROM_ALL,
            held_on__range=(start, end),
            enterprise__isnull=False,
        )
        return (rows.filter(mode=Mode.SELF) if self_alone else rows).values("enterprise")

    return keys


def _firms(code: str, *, self_alone: bool, without: bool = False) -> Among:
    return Among(
        code=code, enters="registered_on", leaves="closed_on", where=(ON,), without=without,
        named=_reached(self_alone=self_alone),
    )  # fmt: skip


VISITS_BESIDES = declare(
    Fact(
        model=Visit,
        cell=VISITS.cell,
        more=VISITS.more,
        instants=VISITS.instants,
        tallied=False,
        measures=(
            _flow("visit_covert", Where("covert", (True,))),
            _flow("visit_joint", Where("joint", (True,))),
            _flow("visit_refused", Where("refused", (True,))),
            _flow("visit_unmet", amount="unmet_no"),
        ),
    )
)
#: firms on the register, by whether anybody looked at them in the period: coverage over one and the same firms
REACHED = declare(
    Fact(
        model=Enterprise,
        cell=CELL,
        more={"enterprise": "organisation_id"},
        tallied=False,
        measures=(
            _firms("firm_reached", self_alone=False),
            _firms("firm_unreached", self_alone=False, without=True),
            _firms("firm_reported", self_alone=True),
            _firms("firm_silent", self_alone=True, without=True),
        ),
    )
)
