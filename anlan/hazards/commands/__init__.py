"""One function per act; what every act needs is in kernel.command."""

from anlan.hazards.commands.accept import (
    accept,
    accept_own,
    approve_acceptance,
    fail,
    fail_own,
    propose_acceptance,
    refuse_acceptance,
)
from anlan.hazards.commands.amend import correct, rehome
from anlan.hazards.commands.extend import ask_extension, grant_extension, refuse_extension
from anlan.hazards.commands.find import adopt, fix_on_spot, register
from anlan.hazards.commands.grade import confirm_major, grade_general, not_major, propose_major, regrade
from anlan.hazards.commands.hand import accept_transfer, assign, pass_on, reply, return_, sign, transfer, urge
from anlan.hazards.commands.leave import ask_merge, ask_void, keep, merge, relapse, void
from anlan.hazards.commands.rectify import order, plan, progress, start_own, submit, take_over
from anlan.hazards.commands.say import answer_instruction, consult, instruct, opinion, report_major
from anlan.hazards.commands.suspend import (
    apply_to_resume,
    approve_resumption,
    approve_suspension,
    propose_suspension,
    refuse_resumption,
    reject_suspension,
    review_resumption,
)

__all__ = [
    "accept", "accept_own", "accept_transfer", "adopt", "answer_instruction", "apply_to_resume",
    "approve_acceptance", "approve_resumption", "approve_suspension", "ask_extension", "ask_merge",
    "ask_void", "assign", "confirm_major", "consult", "correct", "fail", "fail_own", "fix_on_spot",
    "grade_general", "grant_extension", "instruct", "keep", "merge", "not_major", "opinion", "order",
    "pass_on", "plan", "progress", "propose_acceptance", "propose_major", "propose_suspension",
    "refuse_acceptance", "refuse_extension", "refuse_resumption", "register", "regrade", "rehome",
    "reject_suspension", "relapse", "reply", "report_major", "return_", "review_resumption", "sign",
    "start_own", "submit", "take_over", "transfer", "urge", "void",
]  # fmt: skip
