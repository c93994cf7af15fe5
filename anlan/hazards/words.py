"""A hazard's file in words: the timeline, the record's facts, the row of a list."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from anlan.hazards.workflow import HAZARD
from anlan.kernel.journal import JournalEntry, entries_of
from anlan.kernel.workflow import Transition, Workflow
from anlan.standards import queries as standards

#: what a timeline line says besides who and what, by the column that the act set
NOTES = (
    ("acceptance_opinion", _later("意见:%s")),
    ("measures", _later("措施:%s")),
    ("due_on", _later("期限:%s")),
    ("now_organ_name", _later("办理单位:%s")),
    ("requirement", _later("要求:%s")),
    ("leaving_reason", _later("理由:%s")),
    ("grade_basis", _later("依据:%s")),
)
CHILD_NOTES = {
    "hazards.assignment": ("words", "return_reason", "reply"),
    "hazards.extension": ("reason", "opinion"),
    "hazards.urging": ("words",),
    "hazards.opinion": ("words",),
    "hazards.instruction": ("words", "answer"),
    "hazards.progressreport": ("words",),
    "hazards.round": ("still_open",),
}


#: the matter on which an act rests, where the law has changed: standards say which article was in force
BASES = {
    "register": "hazard_system", "start_own": "hazard_system", "fix_on_spot": "inspection_powers",
    "order": "inspection_powers", "accept": "inspection_powers", "confirm_major": "inspection_powers",
    "approve": "inspection_powers", "review": "inspection_powers", "lift": "inspection_powers",
    "propose_major": "major_criteria", "transfer": "transfer", "accept_transfer": "transfer",
    "report_major": "safety_manager_check", "grade_general": "hazard_definition", "plan": "treatment",
    "propose_acceptance": "listing_review", "approve_acceptance": "listing_review",
}  # fmt: skip


def law_on(transition: Transition, on: date) -> str:
    """On what an act rests on a day: the 2014 law until 2021-08-31, the 2021 law since."""
    basis = standards.basis(BASES.get(transition.name, ""), on=on)
    return str(basis) if basis else transition.law


def timeline(row: Any, *, workflow: Workflow = HAZARD) -> list[dict[str, Any]]:
    """Every act upon a record, newest first, as people say it. The journal is its only source."""
    return [line(e, workflow=workflow) for e in entries_of(row)]


def line(entry: JournalEntry, *, workflow: Workflow = HAZARD) -> dict[str, Any]:
    """One entry as a line: when, who, what, with which words."""
    said = json.loads(entry.body)
    transition = workflow.transitions.get(entry.act)
    by = said["by"]
    who = f"{by['organisation_name']} {by['name']}".strip()
    if by["on_behalf_of"]:
        who = f"{by['name']}({by['on_behalf_of'].split(':', 1)[-1]})"
    return {
        "at": entry.happened,
        "who": who,
        "act": transition.label if transition else entry.act,
        "note": ";".join(_notes(said)),
        "tone": _tone(transition),
        "seq": entry.seq,
        "digest": entry.digest,
    }


def _notes(said: dict[str, Any]) -> Iterable[str]:
    after = said["after"]
    if said["act"] == "adopt":
        yield _("第%s行") % after.get("import_row")
    for column, words in NOTES:
        if after.get(column):
            yield words % after[column]
    for label, _pk, _was, now in said["children"]:
        for column in CHILD_NOTES.get(label, ()):
            if now.get(column):
                yield str(now[column])
    note = said.get("note") or {}
    for key in ("reason", "words", "opinion"):
        if note.get(key):
            yield str(note[key])
    if note.get("second"):
        yield _("另一名人员:%s") % note["second"]
    signature = note.get("signature")
    if signature:
        yield (
            _("拒绝签字,见证人:%s") % signature["witness"]
            if signature["refused"]
            else _("现场签字:%s") % signature["signer"]
        )


def _tone(transition: Transition | None) -> str:
    """Acts of the state's own determination stand out; so do those that move the record on."""
    if transition is None:
        return ""
    if transition.name in {"confirm_major", "approve_acceptance", "approve", "lift"}:
        return "official"
    return "main" if transition.main else ""
