"""What may be counted about official documents: papers, not hazards. A voided paper counts on no day.

Few beside hazards and visits; they are read themselves and leave no lines in the tally.
"""

from anlan.enforcement.models import Document
from anlan.enforcement.states import Kind, State
from anlan.kernel.tally import Fact, Flow, Stock, Where, declare

STANDS = Where("state", (State.APPROVED, State.SERVED))


def _of(kind: Kind) -> Where:
    return Where("type", (kind,))


DOCUMENTS = declare(
    Fact(
        model=Document,
        cell={
            "county": "county",
            "town": "town",
            "sector": "sector",
            "source": "",
            "grade": "",
            "system": "system",
        },
        more={"organisation": "agency_id", "enterprise": "enterprise_id"},
        tallied=False,
        measures=(
            Flow(code="document_handover", on="approved_on", where=(STANDS, _of(Kind.HANDOVER))),
            Flow(code="document_order", on="approved_on", where=(STANDS, _of(Kind.RECTIFY_ORDER))),
            Flow(code="document_review", on="approved_on", where=(STANDS, _of(Kind.REVIEW_OPINION))),
            Flow(code="document_served", on="served_on", where=(STANDS,)),
            Flow(code="document_void", on="voided_on", where=(Where("number", ("",), negated=True),)),
            Stock(code="document_unserved", enters="approved_on", leaves="served_on", where=(STANDS,)),
        ),
    )
)
