"""What the screen shows of now: majors in hand with their deadlines, and the latest acts, in words without names."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from anlan.duty import queries as duty_queries
from anlan.duty import words as duty_words
from anlan.figures import screen_map
from anlan.figures.ask import is_city, is_town
from anlan.hazards.models import Hazard
from anlan.hazards.states import OPEN
from anlan.kernel.command import COMMANDS
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor, acting_as
from anlan.places import queries as places

#: majors and acts shown; the latest entries of the journal among which acts upon hazards are looked for
MAJORS, ACTS = 12, 14
#: acts upon hazards among which the seen ones are looked for; entries of the journal read at once, and how often
ENOUGH, AT_ONCE, TIMES = 120, 400, 15


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


def duty(*, place: str, by: Actor, on: date) -> dict[str, Any] | None:
    """How the duty of each unit stood when it was last called today, or yesterday; None where nobody was called."""
    if is_town(place) or not by.may("duty.see"):
        return None
    with acting_as(by):
        day, calls = duty_queries.lights(home="" if is_city(place) else place, upto=on)
    if day is None:
        return None
    city = places.city()
    return {
        "day": day.isoformat(),
        "lights": [
            {
                "unit": c.organisation_name, "light": duty_words.light_of(c), "state": str(c.get_state_display()),
                "short": screen_map.short(places.name_of(c.county) if c.county and not c.town and not c.home
                                          else c.organisation_name, city.label if city else ""),
                "href": c.get_absolute_url(),
            }
            for c in calls
        ],
    }  # fmt: skip


def feed(*, place: str, by: Actor) -> list[dict[str, Any]]:
    """The latest acts upon hazards that the position sees: what, where and when, never who."""
    entries = JournalEntry.objects.all()
    if not is_city(place):
        entries = entries.filter(county=places.unit_of(place))
    latest = _upon_hazards(entries)
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


def _upon_hazards(entries: QuerySet[JournalEntry]) -> list[Any]:
    """The latest of them: read in the order of the index, for a condition on the kind would sort them all."""
    rows = entries.order_by("-no").values("no", "act", "kind", "subject", "received")
    found: list[Any] = []
    before = None
    for _ in range(TIMES):
        block = list((rows if before is None else rows.filter(no__lt=before))[:AT_ONCE])
        found += [e for e in block if e["kind"] == "hazard"]
        if len(found) >= ENOUGH or len(block) < AT_ONCE:
            break
        before = block[-1]["no"]
    return found


def _act(name: str) -> str:
    command = COMMANDS.get(f"hazard.{name}")
    return str(command.transition.label) if command else name
