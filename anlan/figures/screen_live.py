"""What the screen shows of now: majors in hand with their deadlines, and the latest acts, in words without names."""

from datetime import date
from typing import Any

from django.utils import timezone

from anlan.figures.ask import is_city, is_town
from anlan.hazards.models import Hazard
from anlan.hazards.states import OPEN
from anlan.kernel.command import COMMANDS
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor, acting_as
from anlan.places import queries as places

#: majors and acts shown; the latest entries of the journal among which acts upon hazards are looked for
MAJORS, ACTS, LOOKED_AT = 12, 14, 400


def _at(place: str, county: str, town: str) -> dict[str, str]:
    return {} if is_city(place) else {town if is_town(place) else county: place}


def majors(*, place: str, by: Actor, on: date) -> list[dict[str, Any]]:
    """Major hazards in hand at a place, the nearest deadline first; those without one last."""
    with acting_as(by):
        rows = Hazard.objects.filter(grade="MAJOR", state__in=OPEN, **_at(place, "now_county", "now_town"))
        # in this order the index of majors alone answers
        found = list(rows.select_related("enterprise").order_by("found_at", "pk"))
    found.sort(key=lambda h: (h.due_on is None, h.due_on or on, h.pk))
    return [
        {
            "number": h.number, "words": h.description, "firm": h.enterprise.name if h.enterprise else "",
            "place": places.name_of(h.now_county), "state": str(h.get_state_display()),
            "due": h.due_on.isoformat() if h.due_on else None,
            "left": (left := (h.due_on - (h.stopped_on or on)).days if h.due_on else None),
            "over": -left if left is not None and left < 0 else 0,
            "stopped": h.stopped_on is not None, "href": h.get_absolute_url(),
        }
        for h in found[:MAJORS]
    ]  # fmt: skip


def feed(*, place: str, by: Actor) -> list[dict[str, Any]]:
    """The latest acts upon hazards that the position sees: what, where and when, never who."""
    entries = JournalEntry.objects.all()
    if not is_city(place):
        entries = entries.filter(county=places.unit_of(place))
    # read in the order of the index, whatever they are about: a condition on the kind would sort them all
    read = entries.order_by("-no").values("no", "act", "kind", "subject", "received")[:LOOKED_AT]
    latest = [e for e in read if e["kind"] == "hazard"]
    with acting_as(by):
        rows = Hazard.objects.filter(
            pk__in={e["subject"] for e in latest}, **_at(place, "now_county", "now_town")
        )
        seen = {h.pk: h for h in rows}
    return [
        {
            "no": e["no"], "act": _act(e["act"]), "place": places.name_of(h.now_county),
            "town": places.name_of(h.now_town) if h.now_town else "", "number": h.number,
            "grade": str(h.get_grade_display()), "major": h.grade == "MAJOR",
            "at": e["received"].isoformat(), "time": f"{timezone.localtime(e['received']):%m-%d %H:%M}",
            "href": h.get_absolute_url(),
        }
        for e in latest
        if (h := seen.get(e["subject"])) is not None
    ][:ACTS]  # fmt: skip


def _act(name: str) -> str:
    command = COMMANDS.get(f"hazard.{name}")
    return str(command.transition.label) if command else name
