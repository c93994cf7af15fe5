"""A hazard's file in words: the timeline, the record's facts, the row of a list."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from anlan.hazards.models import Hazard
from anlan.hazards.workflow import HAZARD
from anlan.kernel.journal import JournalEntry

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


def timeline(h: Hazard) -> list[dict[str, Any]]:
    """Every act, newest first, as people say it. The journal is its only source."""
    entries = JournalEntry.objects.filter(kind="hazard", subject=h.pk).order_by("-seq")
    return [line(e) for e in entries]


def line(entry: JournalEntry) -> dict[str, Any]:
    said = json.loads(entry.body)
    transition = HAZARD.transitions.get(entry.act)
    by = said["by"]
    who = f"{by['organisation_name']} {by['name']}".strip()
    if by["on_behalf_of"]:
        who = f"{by['name']}({by['on_behalf_of'].split(':', 1)[-1]})"
    return {
        "at": entry.happened,
        "who": who,
        "act": transition.label if transition else entry.act,
        "note": ";".join(_notes(said)),
        "tone": "official"
        if entry.act in {"confirm_major", "approve_acceptance"}
        else "main"
        if transition and transition.main
        else "",
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


def _tone(act: str) -> str:
    if act in {"confirm_major", "approve_acceptance"}:
        return "official"
    transition = HAZARD.transitions.get(act)
    return "main" if transition and transition.main else ""
