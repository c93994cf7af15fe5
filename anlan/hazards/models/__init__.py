"""The hazard and what belongs to it.

`found_*` is where, by whom and for which sector it was found, and never moves: figures count by it.
`now_*` is who answers for it today: desks and scope go by it, and an audited act moves it.
"""

from anlan.hazards.finding import HazardIndex  # noqa: F401  a table of this module
from anlan.hazards.models.hazard import Hazard
from anlan.hazards.models.parts import (
    Assignment,
    Extension,
    Instruction,
    Opinion,
    Part,
    ProgressReport,
    Round,
    TreatmentPlan,
    Urging,
)
from anlan.hazards.models.suspension import Suspension, SuspensionGround
from anlan.kernel.command import CONSTRAINTS
from anlan.kernel.words import Reason

__all__ = [
    "Assignment", "Extension", "Hazard", "Instruction", "Opinion", "Part", "ProgressReport", "Round", "Suspension",
    "SuspensionGround", "TreatmentPlan", "Urging",
]  # fmt: skip

CONSTRAINTS |= {
    "hazard_imported_once": Reason("表中的这一行已经登记过,不必重复导入"),
    "hazards_hazard.import_key": Reason("表中的这一行已经登记过,不必重复导入"),
    "extension_one_waits": Reason("已有一份延期申请等待决定,请等决定后再申请"),
    "hazards_extension.hazard_id": Reason("已有一份延期申请等待决定,请等决定后再申请"),
}
