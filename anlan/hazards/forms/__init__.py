"""One form per act. A form turns what was typed into a command's inputs; the rules stay in the command.

Choices of people, organisations and records are asked through queries of the acting person, so that
nobody can name what he may not see.
"""

from anlan.hazards.forms.base import ActForm, day_field, words_field, yes_or_no
from anlan.hazards.forms.find import FixOnSpot, Register
from anlan.hazards.forms.hand import (
    AcceptTransfer,
    Assign,
    ConfirmMajor,
    GradeGeneral,
    NotMajor,
    PassOn,
    ProposeMajor,
    Regrade,
    Reply,
    Return,
    Sign,
    Transfer,
    Urge,
)
from anlan.hazards.forms.rectify import (
    Accept,
    AcceptOwn,
    AnswerInstruction,
    ApproveAcceptance,
    AskExtension,
    AskMerge,
    AskVoid,
    Confirm,
    Consult,
    Correct,
    Fail,
    FailOwn,
    GrantExtension,
    Instruct,
    Keep,
    Opine,
    Order,
    Plan,
    RefuseExtension,
    Relapse,
    ReportMajor,
    ReportProgress,
    StartOwn,
    Submit,
    TakeOver,
)

__all__ = ["BY_ACT", "ActForm", "day_field", "words_field", "yes_or_no"]

BY_ACT: dict[str, type[ActForm]] = {
    "register": Register, "fix_on_spot": FixOnSpot, "grade_general": GradeGeneral, "propose_major": ProposeMajor,
    "confirm_major": ConfirmMajor, "not_major": NotMajor, "regrade": Regrade, "assign": Assign, "sign": Sign, "return_": Return,
    "pass_on": PassOn, "transfer": Transfer, "accept_transfer": AcceptTransfer, "reply": Reply, "urge": Urge,
    "order": Order, "start_own": StartOwn, "take_over": TakeOver, "plan": Plan, "progress": ReportProgress,
    "ask_extension": AskExtension, "grant_extension": GrantExtension, "refuse_extension": RefuseExtension,
    "submit": Submit, "accept": Accept, "accept_own": AcceptOwn, "propose_acceptance": Accept,
    "approve_acceptance": ApproveAcceptance, "fail": Fail, "fail_own": FailOwn, "refuse_acceptance": FailOwn, "keep": Keep,
    "consult": Consult, "ask_void": AskVoid, "void": Confirm,
    "ask_merge": AskMerge, "merge": Confirm, "relapse": Relapse, "correct": Correct, "opinion": Opine,
    "instruct": Instruct, "answer_instruction": AnswerInstruction, "report_major": ReportMajor,
}  # fmt: skip
