"""The fifteen roles and what each may do. The only place that says so; pure data.

A capability opens an act, never a row: which rows, the scope decides. Pairs that may never meet on one
matter (rectifier and acceptor, proposer and approver) are guards of the workflow, because they depend on
the matter; pairs that one person may not hold at all stand here in INCOMPATIBLE.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel.scope import Level


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of position: at which levels it exists, what it may do, whether it must end on a day."""

    code: str
    label: Any
    levels: frozenset[Level]
    can: frozenset[str]
    dated: bool = False


def _hazard(*acts: str) -> frozenset[str]:
    return frozenset(f"hazard.{act}" for act in acts)


_SEE = frozenset({"see"})
_FIGURES = frozenset({"figures.see"})
_REPORTS = frozenset({"report.fill", "report.sign"})
_PHOTOS = frozenset({"evidence.upload"})
_ORIGINALS = _PHOTOS | {"evidence.original"}
_FILES = frozenset({"register.enter", "register.update", "register.declare"})
_FIND = _hazard("register", "fix_on_spot", "propose_major")
_CHAIN = _hazard("sign", "return", "pass_on", "transfer", "accept_transfer", "reply", "answer_instruction")
_REGULATE = _hazard(
    "grade", "confirm_major", "order", "accept", "take_over", "relapse", "void", "merge", "suspend", "urge",
    "rehome", "consult",
)  # fmt: skip
_LOOK = frozenset({"visit.plan", "visit.hold"})
_CAMPAIGN = frozenset({"campaign.see", "campaign.answer"})
_COMMAND = frozenset({"campaign.groups", "campaign.roster", "campaign.tag", "campaign.trips"})
_GROUP = frozenset({"campaign.see", "campaign.roster"})
_DUTY = frozenset({"duty.see"})
_DISTRICT = frozenset({Level.CITY, Level.COUNTY})
_FIRM = frozenset({Level.ENTERPRISE})

_ALL = (
    Role(
        "office",
        _("集中办公室"),
        _DISTRICT,
        _SEE | _FIGURES | _REPORTS | _ORIGINALS | _FIND | _LOOK
        | {"report.receive", "visit.authorise", "visit.draw", "visit.record", "coverage.manage", "standards.edit"}
        | _hazard("adopt", "assign", "urge", "grade", "regrade", "consult", "void", "merge", "rehome",
                  "answer_instruction")
        | {"register.enter", "register.approve", "register.update", "register.see_personal"}
        | {"webhook.manage", "bulletin.draft", "document.draft", "document.approve", "document.serve"}
        | _CAMPAIGN | _COMMAND | {"campaign.manage"} | _DUTY | {"duty.call"},
    ),
    Role(
        "department_officer",
        _("行业部门经办"),
        _DISTRICT,
        _SEE | _FIGURES | _ORIGINALS | _FIND | _CHAIN | _REGULATE | _FILES | _LOOK
        | _hazard("adopt", "decide_extension")
        | {"visit.draw", "visit.record", "register.approve", "register.see_personal", "document.draft", "document.serve",
           "measure.record"}
        | {"report.fill"} | _CAMPAIGN | _COMMAND | _DUTY,
    ),
    Role(
        "department_head",
        _("部门负责人"),
        _DISTRICT,
        _SEE | _FIGURES | _ORIGINALS
        | _hazard("approve", "approve_suspension", "decide_extension", "correct", "void", "merge", "urge",
                  "answer_instruction")
        | {"webhook.manage", "register.see_personal", "register.close", "document.approve"}
        | {"visit.authorise", "standards.edit", "report.sign"}
        | _CAMPAIGN | {"campaign.groups", "campaign.roster", "campaign.trips"} | _DUTY,
    ),
    Role(
        "town_officer",
        _("乡镇街道"),
        frozenset({Level.TOWN}),
        _SEE | _FIGURES | _ORIGINALS | _FIND | _CHAIN | _FILES | _LOOK
        | _hazard("adopt", "grade", "order", "accept", "take_over", "relapse", "void", "merge", "urge",
                  "decide_extension")
        | {"visit.record", "register.approve", "register.see_personal", "document.draft", "document.serve"}
        | _CAMPAIGN | {"campaign.tag", "campaign.trips"} | _DUTY,
    ),
    Role(
        "enforcement_officer",
        _("执法人员"),
        _DISTRICT,
        _SEE | _FIGURES | _ORIGINALS | _FIND | _LOOK
        | _hazard("grade", "confirm_major", "sign", "reply", "order", "accept", "relapse", "suspend")
        | {"register.see_personal", "document.draft", "document.serve", "measure.record", "campaign.see"},
    ),
    Role(
        "supervisor",
        _("督导暗访组员"),
        frozenset({Level.NAMED}),
        _PHOTOS | _FIND | _LOOK | _hazard("relapse", "urge") | _GROUP,
        dated=True,
    ),
    Role(
        "expert",
        _("专家"),
        frozenset({Level.NAMED}),
        _PHOTOS | _hazard("register", "propose_major", "opinion") | {"visit.hold", "visit.advise"} | _GROUP,
        dated=True,
    ),
    Role(
        "principal",
        _("企业主要负责人"),
        _FIRM,
        _SEE | _ORIGINALS | _FIND
        | _hazard("grade", "start_own", "plan", "progress", "ask_extension", "submit", "accept_own")
        | {"webhook.manage", "register.declare", "register.see_personal", "visit.hold", "visit.decide_advice"},
    ),
    Role(
        "safety_manager",
        _("安全管理人员"),
        _FIRM,
        _SEE | _ORIGINALS | _FIND
        | _hazard("grade", "start_own", "progress", "submit", "accept_own", "report_major")
        | {"register.declare", "visit.hold", "visit.decide_advice"},
    ),
    Role("worker", _("从业人员"), _FIRM, _PHOTOS | _hazard("register", "propose_major")),
    Role(
        "grid_officer",
        _("网格员"),
        frozenset({Level.TOWN}),
        _SEE | _PHOTOS | _hazard("register", "propose_major", "urge") | {"visit.hold"},
    ),
    Role(
        "duty_officer",
        _("值班员"),
        frozenset({Level.CITY, Level.COUNTY, Level.TOWN}),
        _SEE | _FIGURES | _DUTY | {"campaign.see", "duty.call"},
    ),
    Role(
        "leader",
        _("领导"),
        frozenset({Level.CITY, Level.COUNTY, Level.TOWN}),
        _SEE | _FIGURES | _hazard("instruct") | {"campaign.see", "report.sign", "bulletin.sign"} | _DUTY,
    ),
    Role(
        "auditor",
        _("审计"),
        frozenset({Level.CITY, Level.COUNTY}),
        _SEE | _FIGURES | _DUTY
        | {"campaign.see", "journal.read", "journal.verify", "journal.export", "evidence.original"},
    ),
    Role(
        "administrator",
        _("系统管理员"),
        frozenset({Level.CITY, Level.COUNTY}),
        frozenset({"people.manage", "places.manage", "calendar.edit"}),
    ),
)  # fmt: skip

ROLES: dict[str, Role] = {role.code: role for role in _ALL}

#: roles that one person may not hold on the same day: who keeps the accounts does no business, who
#: audits does nothing, and nobody is both supervised and supervising
INCOMPATIBLE: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"administrator"}), frozenset(ROLES) - {"administrator"}),
    (frozenset({"auditor"}), frozenset(ROLES) - {"auditor"}),
    (
        frozenset({"principal", "safety_manager", "worker"}),
        frozenset(ROLES) - {"principal", "safety_manager", "worker", "expert"},
    ),
)


def clash(role: str, others: frozenset[str]) -> str | None:
    """A role among `others` that may not be held beside this one, or None."""
    for one, rest in INCOMPATIBLE:
        for here, there in ((one, rest), (rest, one)):
            if role in here and (found := sorted(others & there)):
                return found[0]
    return None
