"""An enterprise's file (一企一档) as tabs, one list: this module's own, and what higher modules add.

A tab is asked for its content only when it is opened; the first shows besides what waits at the firm.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.evidence import queries as evidence
from anlan.kernel import personal
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor
from anlan.places import queries as places
from anlan.register.models import Enterprise
from anlan.register.workflow import ENTERPRISE
from anlan.standards import queries as standards

Content = Callable[[Enterprise, Actor, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. `of` gives its template and what that draws, or None where there is nothing to say.

    `place` says where it stands; `first`: its content also stands on the first tab.
    """

    code: str
    title: Any
    of: Content
    place: int
    first: bool = False


TABS: list[Tab] = []


def add(tab: Tab) -> None:
    """Make a tab known, once."""
    if all(known.code != tab.code for known in TABS):
        TABS.append(tab)
        TABS.sort(key=lambda t: t.place)


def facts(e: Enterprise, actor: Actor, at: datetime) -> Mapping[str, Any]:
    return {
        "template": "register/tabs/facts.html",
        "e": e,
        "sector": standards.sector_name(e.sector),
        "county": places.name_of(e.county),
        "town": places.name_of(e.town) if e.town else "",
        "further": [standards.sector_name(s.sector) for s in e.sectors.filter(until=None)],
    }


def persons(e: Enterprise, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """Who answers for what. Names and phones for whoever may see them."""
    rows = list(e.persons.order_by("until", "role", "-since"))
    reveals = actor.may("register.see_personal")
    values = personal.reveal(d for p in rows for d in (p.name, p.phone)) if reveals else {}
    shown = [
        {"p": p, "name": values.get(p.name, "···"), "phone": values.get(p.phone, "···") if p.phone else ""}
        for p in rows
    ]
    return {"template": "register/tabs/persons.html", "rows": shown, "hidden": bool(rows) and not reveals}


def places_of_work(e: Enterprise, actor: Actor, at: datetime) -> Mapping[str, Any]:
    return {
        "template": "register/tabs/premises.html",
        "premises": list(e.premises.filter(until=None)),
        "workposts": list(e.workposts.filter(until=None).select_related("premises")),
    }


def photos(e: Enterprise, actor: Actor, at: datetime) -> Mapping[str, Any]:
    return {"template": "register/tabs/photos.html", "shots": evidence.of_enterprise(e.pk, county=e.county)}


def log(e: Enterprise, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """Every act upon the file, newest first; the journal is its only source."""
    entries = JournalEntry.objects.filter(kind="enterprise", subject=e.pk).order_by("-seq")[:200]
    known = ENTERPRISE.transitions
    lines = [
        {
            "at": entry.happened,
            "who": entry.person_name,
            "act": known[entry.act].label if entry.act in known else entry.act,
            "tone": "",
        }
        for entry in entries
    ]
    return {"template": "register/tabs/log.html", "entries": lines}


add(Tab("facts", _("档案"), facts, 0))
add(Tab("persons", _("人员"), persons, 50))
add(Tab("premises", _("场所岗位"), places_of_work, 60))
add(Tab("photos", _("照片"), photos, 70))
add(Tab("log", _("日志"), log, 90))
