"""What may be counted about the file of a hazard: links of the chain, rounds, extensions, plans, urgings.

These records hang on their hazard and carry its place, sector, source and grade; they are read themselves, by
the hazard's columns, and leave no lines in the tally.
"""

from anlan.hazards.facts import COUNTS, NOT_IMPORTED
from anlan.hazards.models import Assignment, Extension, Hazard, Instruction, Round, TreatmentPlan, Urging
from anlan.hazards.states import Grade, Handing
from anlan.kernel.tally import Fact, Flow, Stock, Where, declare

CELL = {
    "county": "found_county", "town": "found_town", "sector": "found_sector", "source": "source", "grade": "grade",
    "system": "found_system",
}  # fmt: skip
MORE = {"enterprise": "enterprise_id", "organisation": "found_organisation", "group": "found_organisation"}
OF_HAZARD = {d: f"hazard__{column}" for d, column in CELL.items()}
ITS_MORE = {d: f"hazard__{column}" for d, column in MORE.items()}
STANDS = Where("hazard__state", COUNTS.among, negated=True)
IS_MAJOR = Where("grade", (Grade.MAJOR,))


def _of(kind: Handing) -> Where:
    return Where("kind", (kind,))


def _has(column: str) -> Where:
    return Where(column, (True,))


def _said(column: str) -> Where:
    return Where(column, ("",), negated=True)


HAZARDS_BESIDES = declare(
    Fact(
        model=Hazard,
        cell=CELL,
        more=MORE,
        tallied=False,
        measures=(
            Flow(code="hazard_planned", on="plan_on", where=(COUNTS, IS_MAJOR)),
            Stock(code="major_with_plan", enters="plan_on", leaves="closed_on", where=(COUNTS, IS_MAJOR)),
            Flow(
                code="hazard_found_unrectified",
                on="found_on",
                where=(COUNTS, NOT_IMPORTED, Where("rectified_on", (None,))),
            ),
            Flow(code="hazard_proposed", on="proposed_on", where=(COUNTS,)),
        ),
    )
)
CHAIN = declare(
    Fact(
        model=Assignment,
        cell=OF_HAZARD,
        more=ITS_MORE,
        tallied=False,
        measures=(
            Flow(code="handed_over", on="given_on", where=(STANDS, _of(Handing.HAND_OVER))),
            Flow(code="passed_on", on="given_on", where=(STANDS, _of(Handing.PASS_ON))),
            Flow(code="transferred", on="given_on", where=(STANDS, _of(Handing.TRANSFER))),
            Flow(code="signed_for", on="signed_on", where=(STANDS,)),
            Flow(code="handed_back", on="returned_on", where=(STANDS,)),
            Flow(code="replied", on="replied_on", where=(STANDS,)),
        ),
    )
)
ROUNDS = declare(
    Fact(
        model=Round,
        cell=OF_HAZARD,
        more=ITS_MORE,
        tallied=False,
        measures=(
            Flow(code="round_submitted", on="submitted_on", where=(STANDS,)),
            Flow(code="round_submitted_late", on="submitted_on", where=(STANDS, _has("late"))),
            Flow(code="round_decided", on="decided_on", where=(STANDS, Where("passed", (True, False)))),
            Flow(code="round_failed", on="decided_on", where=(STANDS, Where("passed", (False,)))),
        ),
    )
)
EXTENSIONS = declare(
    Fact(
        model=Extension,
        cell=OF_HAZARD,
        more=ITS_MORE,
        tallied=False,
        measures=(
            Flow(code="extension_asked", on="at", where=(STANDS,), instant=True),
            Flow(code="extension_granted", on="decided_on", where=(STANDS, _has("granted"))),
            Flow(code="extension_refused", on="decided_on", where=(STANDS, Where("granted", (False,)))),
        ),
    )
)
URGINGS = declare(
    Fact(
        model=Urging,
        cell=OF_HAZARD,
        more=ITS_MORE,
        tallied=False,
        measures=(Flow(code="urged", on="at", where=(STANDS,), instant=True),),
    )
)
INSTRUCTIONS = declare(
    Fact(
        model=Instruction,
        cell=OF_HAZARD,
        more=ITS_MORE,
        tallied=False,
        measures=(
            Flow(code="instructed", on="at", where=(STANDS,), instant=True),
            Flow(code="instruction_answered", on="answered_on", where=(STANDS,)),
            Stock(code="instruction_due", enters="due_on", leaves="answered_on", where=(STANDS,)),
        ),
    )
)


def _plan(code: str, *where: Where) -> Stock:
    """A plan stands while its major hazard is open."""
    return Stock(
        code=code,
        enters="hazard__plan_on",
        leaves="hazard__closed_on",
        where=(STANDS, Where("hazard__grade", (Grade.MAJOR,)), *where),
    )


PLANS = declare(
    Fact(
        model=TreatmentPlan,
        cell=OF_HAZARD,
        more=ITS_MORE,
        tallied=False,
        measures=(
            _plan("plan_five", *(_has(column) for column in TreatmentPlan.FIVE)),
            _plan("plan_goals", _said("goals")),
            _plan("plan_funds", _said("funds_materials")),
            _plan("plan_bodies", _said("bodies_persons")),
            _plan("plan_time", _said("time_requirements")),
            _plan("plan_emergency", _said("safety_emergency")),
        ),
    )
)
