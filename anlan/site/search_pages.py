"""One box for everything (Ctrl+K): a hazard by number or words, a firm by name or code, a page by its title.

Each finds only what the person may list; whoever has no list finds no rows.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anlan.hazards import queries as hazards
from anlan.kernel import paging, search
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor
from anlan.kernel.web import Request
from anlan.places import queries as places
from anlan.register import queries as register
from anlan.register.models import Enterprise
from anlan.site import menu

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer: where it leads, what it is, a word beside it."""

    href: str
    label: str
    note: str = ""
    icon: str = "file-text"


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    hits: list[Hit]
    more: str = ""


@require_safe
def find(request: Request) -> HttpResponse:
    """The answers as a page, or for the palette as a fragment."""
    said = str(request.GET.get("q", "")).strip()[:60]
    groups = [g for g in _groups(request.actor, said) if g.hits] if said else []
    context = {
        "q": said,
        "groups": groups,
        "count": sum(len(g.hits) for g in groups),
        "too_short": bool(said) and search.query(said) is None,
    }
    return render(request, "site/_found.html" if "bare" in request.GET else "site/search.html", context)


def _groups(actor: Actor, said: str) -> list[Group]:
    return [_pages(actor, said), _hazards(actor, said), _firms(actor, said)]


def _pages(actor: Actor, said: str) -> Group:
    wanted = said.lower()
    hits = [
        Hit(line.href, line.label, icon=line.icon)
        for line in menu.pages(by=actor)
        if wanted in str(line.label).lower()
    ]
    return Group(_("页面"), hits[:SHOWN])


def _hazards(actor: Actor, said: str) -> Group:
    """Along the axis on which this person sees most; a number opens also what another axis opens."""
    filters = hazards.Filters(text=said)
    key, column = hazards.order_of(filters)
    rows = hazards.ledger(
        filters=filters, on=day_of(timezone.now()), axis=hazards.default_axis(actor)
    ).select_related("enterprise")
    found: list[Any] = paging.page(rows, key=key, column=column, cursor="", bound="", size=SHOWN).rows
    if not found and (numbered := hazards.by_number(said)) is not None:
        found = [numbered]
    hits = [
        Hit(
            h.get_absolute_url(),
            h.description[:40],
            f"{h.number} · {h.get_state_display()}",
            "alert-triangle",
        )
        for h in found
    ]
    more = f"{reverse('hazards:list')}?{urlencode({'text': said})}" if len(found) == SHOWN else ""
    return Group(_("隐患"), hits, more)


def _firms(actor: Actor, said: str) -> Group:
    if Enterprise.coordinates.q(actor) is None:
        return Group(_("企业"), [])
    rows = register.enterprises(filters=register.Filters(text=said)).order_by("name", "pk")[:SHOWN]
    hits = [
        Hit(
            e.get_absolute_url(), e.name, f"{e.uscc} {places.name_of(e.county)}".strip(), "building-factory-2"
        )
        for e in rows
    ]
    more = f"{reverse('register:list')}?{urlencode({'text': said})}" if len(hits) == SHOWN else ""
    return Group(_("企业"), hits, more)
