"""Groups and their calendar."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from anlan.campaigns import queries, words, workflow
from anlan.campaigns.pages.acts import one
from anlan.campaigns.states import GroupKind
from anlan.kernel.clock import day_of
from anlan.kernel.web import Request, day_said
from anlan.kernel.words import Refused
from anlan.places import queries as places
from anlan.standards import queries as standards

WEEK = timedelta(days=7)


@require_safe
def groups(request: Request) -> HttpResponse:
    """Groups with head, members and where they look; the roster of a week as a calendar."""
    actor = request.actor
    if not actor.may("campaign.see"):
        raise Http404
    on = day_of(timezone.now())
    try:
        day = day_said(request.GET["week"]) if request.GET.get("week") else on
    except Refused:
        day = on
    kind = request.GET.get("kind", "")
    kind = kind if kind in GroupKind.values else ""
    found = queries.groups(actor, kind=kind, ended=request.GET.get("ended") == "1")
    first, last = queries.week_around(day)
    sorties = queries.sorties(actor, first, last)
    context = {
        "rows": words.described(found, on),
        "kinds": GroupKind.choices,
        "kind": kind,
        "ended": request.GET.get("ended") == "1",
        "week": words.week(sorties, queries.parties(sorties), first),
        "first": first,
        "last": last,
        "before": first - WEEK,
        "after": first + WEEK,
        "today": on,
        "counted": words.people_of(sorties, queries.parties(sorties)),
    }
    return render(request, "campaigns/groups.html", context)


@require_safe
def group(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    on, g = day_of(now), one("group", pk, request.actor)
    sorties = queries.sorties(request.actor, on - timedelta(days=30), on + timedelta(days=14), group=g.pk)
    sorties.reverse()
    context = {
        "g": g,
        "today": on,
        "members": list(g.members.all()),
        "duties": [
            {
                "d": d,
                "county": places.name_of(d.county),
                "sectors": [standards.sector_name(s) for s in d.sectors],
            }
            for d in g.duties.all()
        ],
        "sorties": [{"s": s, "county": places.name_of(s.county)} for s in sorties],
        "parties": queries.parties(sorties),
        "offers": workflow.GROUP.offers(g, request.actor, now),
        "may_roster": g.state == "STANDS"
        and request.actor.may("campaign.roster")
        and (request.actor.organisation in (g.pk, g.keeper)),
        "history": words.history(g, workflow.GROUP),
    }
    return render(request, "campaigns/group.html", context)


@require_safe
def sortie(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    s = one("sortie", pk, request.actor)
    context = {
        "s": s,
        "county": places.name_of(s.county),
        "sector": standards.sector_name(s.sector) if s.sector else "",
        "party": list(s.party.all()),
        "offers": workflow.SORTIE.offers(s, request.actor, now),
        "history": words.history(s, workflow.SORTIE),
    }
    return render(request, "campaigns/sortie.html", context)
