"""A visit's file in words: its timeline, from the journal alone."""

import json
from typing import Any

from django.utils.translation import gettext as _

from anlan.inspections.models import Visit
from anlan.inspections.workflow import VISIT
from anlan.kernel.journal import JournalEntry, entries_of

#: acts that are done many times and say little each
OFTEN = "answer"


def timeline(v: Visit) -> list[dict[str, Any]]:
    """Every act, newest first; saving the checklist again and again by one person is one line."""
    lines: list[dict[str, Any]] = []
    for entry in entries_of(v):
        last = lines[-1] if lines else None
        if entry.act == OFTEN and last and last["name"] == OFTEN and last["person"] == entry.person:
            last["n"] += 1
            last["note"] = _("共保存%s次") % last["n"]
            continue
        lines.append(_line(entry))
    return [line for line in lines if line["name"] != "link"]


def _line(entry: JournalEntry) -> dict[str, Any]:
    said = json.loads(entry.body)
    transition = VISIT.transitions.get(entry.act)
    return {
        "at": entry.happened,
        "who": f"{said['by']['organisation_name']} {said['by']['name']}".strip(),
        "act": transition.label if transition else entry.act,
        "note": _note(said),
        "tone": "main" if transition and transition.main else "",
        "seq": entry.seq,
        "digest": entry.digest,
        "name": entry.act,
        "person": entry.person,
        "n": 1,
    }


def _note(said: dict[str, Any]) -> str:
    note, after = said.get("note") or {}, said["after"]
    if said["act"] in ("finish", "record"):
        found = after.get("found_no") or 0
        return _("登记隐患%s处") % found if found else _("未发现隐患")
    for label, _pk, _was, now in said["children"]:
        if label == "inspections.advice":
            return str(now.get("words") or now.get("why") or "")
    return str(note.get("reason") or note.get("opinion") or after.get("conclusion") or "")
