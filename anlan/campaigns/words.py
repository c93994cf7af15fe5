"""Campaigns as they are told: timeline, matrix of a plan, weeks of a roster, what was done."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from anlan.campaigns import queries, rules
from anlan.campaigns.models import Campaign, Group, Receipt, Sortie, SortieMember
from anlan.campaigns.states import Body, Light, RuleKind
from anlan.kernel.journal import JournalEntry, entries_of
from anlan.kernel.workflow import Workflow
from anlan.places import queries as places
from anlan.standards import queries as standards

#: acts upon somebody's line, whose words stand in its child record
_SAYS = ("name", "what", "title", "day", "note")


def elapsed(c: Campaign, on: date) -> dict[str, int]:
    """Day of the campaign, its length, and the share in per cent for a bar."""
    length = (c.until - c.since).days + 1
    day = min(max((on - c.since).days + 1, 0), length)
    return {"day": day, "length": length, "share": round(100 * day / length)}


def timeline(c: Campaign, on: date) -> list[dict[str, Any]]:
    """Milestones and beginnings of phases in the order of days, each behind us, today or ahead."""
    rows: list[dict[str, Any]] = [
        {
            "day": m.day, "what": m.what, "document": m.document, "reached": m.reached_on, "kind": "milestone", "pk": m.pk,
            "late": m.reached_on is None and m.day < on, "by": m.reached_by_name,
        }
        for m in c.milestones.filter(gone=False)
    ]  # fmt: skip
    for p in c.phases.filter(gone=False):
        here = p.since <= on <= p.until
        rows.append({"day": p.since, "until": p.until, "what": p.name, "aim": p.aim, "kind": "phase", "here": here,
                     "reached": p.until if p.until < on else None})  # fmt: skip
    return sorted(rows, key=lambda r: (r["day"], r["kind"] != "phase"))


def lens(c: Campaign) -> dict[str, list[str]]:
    """Which records belong to it, in words."""
    return {
        "counties": [places.name_of(code) for code in c.counties],
        "sectors": [standards.sector_name(code) for code in c.sectors],
        "sources": [standards.source_name(code) for code in c.sources],
    }


def by_body(posts: Iterable[Any]) -> list[dict[str, Any]]:
    rows = list(posts)
    return [
        {"body": body, "label": body.label, "rows": mine}
        for body in Body
        if (mine := [p for p in rows if p.body == body])
    ]


def by_kind(lines: Iterable[Any]) -> list[dict[str, Any]]:
    rows = list(lines)
    return [
        {"kind": kind, "label": kind.label, "rows": mine, "ticked": sum(1 for r in mine if r.ticked_on)}
        for kind in RuleKind
        if (mine := [r for r in rows if r.kind == kind])
    ]


def matrix(receipts: Sequence[Receipt], on: date) -> dict[str, Any]:
    """Who signed, refined, filed; who is late with what. Counted for the heading."""
    rows = [{"r": r, "late": rules.late_for(r, on)} for r in receipts]
    state = Counter(r.state for r in receipts)
    return {
        "receipts": rows,
        "sent": len(rows),
        "signed": len(rows) - state["SENT"],
        "filed": state["FILED"] + state["ACCEPTED"],
        "accepted": state["ACCEPTED"],
        "late": sum(1 for row in rows if row["late"]),
    }


def lights(shown: Iterable[str]) -> list[dict[str, Any]]:
    found = Counter(shown)
    return [{"light": light, "label": light.label, "n": found[light]} for light in Light]


def counted(rows: Iterable[Any], key: Callable[[Any], str]) -> list[tuple[str, int]]:
    """How many of each, the most first."""
    return Counter(said for row in rows if (said := key(row))).most_common(20)


def described(groups: Sequence[Group], on: date) -> list[dict[str, Any]]:
    """Groups with who is in them now and where they look."""
    return [
        {
            "g": g,
            "members": queries.members_on(g, on),
            "duties": [places.name_of(code) for code in sorted(queries.counties_of(g, on=on))],
        }
        for g in groups
    ]


def week(
    sorties: Sequence[Sortie], parties: Mapping[int, list[SortieMember]], first: date
) -> list[dict[str, Any]]:
    """Seven days, each with the groups that go out."""
    days = []
    for n in range(7):
        day = first + timedelta(days=n)
        mine = [
            {"s": s, "county": places.name_of(s.county), "names": [m.name for m in parties.get(s.pk, ())]}
            for s in sorties
            if s.day == day
        ]
        days.append({"day": day, "rows": mine})
    return days


def people_of(sorties: Sequence[Sortie], parties: Mapping[int, list[SortieMember]]) -> dict[str, int]:
    """Groups as groups; people as person-times and, where they are named, as persons."""
    out = [s for s in sorties if s.state == "OUT"]
    return {
        "groups": len({s.team for s in out}),
        "sorties": len(out),
        "times": sum(s.people_no for s in out),
        "persons": len({m.person for s in out for m in parties.get(s.pk, ())}),
    }


def history(row: Any, flow: Workflow) -> list[dict[str, Any]]:
    """Every act upon a record, newest first, from the journal alone."""
    return [_line(entry, flow) for entry in entries_of(row)[:100]]


def _line(entry: JournalEntry, flow: Workflow) -> dict[str, Any]:
    said = json.loads(entry.body)
    transition = flow.transitions.get(entry.act)
    return {
        "at": entry.happened,
        "who": f"{said['by']['organisation_name']} {said['by']['name']}".strip(),
        "act": transition.label if transition else entry.act,
        "note": _note(said),
        "tone": "main" if transition and transition.main else "",
    }


def _where(told: Mapping[str, Any]) -> list[str]:
    """A line that names nothing but a place, or one organisation in it."""
    return [told.get("organisation_name") or places.name_of(told["county"])] if told.get("county") else []


def _note(said: dict[str, Any]) -> str:
    note = said.get("note") or {}
    for key in ("reason", "words", "opinion"):
        if note.get(key):
            return str(note[key])
    for _label, _pk, was, now in said["children"]:
        told = {**was, **now}
        words = [str(told[k]) for k in _SAYS if told.get(k)] or _where(told)
        if words:
            return " · ".join(words[:2])
    after = said["after"]
    return str(after.get("return_reason") or after.get("void_reason") or after.get("summary") or "")[:200]
