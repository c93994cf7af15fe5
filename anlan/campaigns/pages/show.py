"""What is looked at: campaigns with their timeline, plans with who has done what, worksheets, leaders in the field."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anlan.campaigns import queries, rules, words, workflow
from anlan.campaigns.models import Campaign, Receipt
from anlan.campaigns.pages.acts import one
from anlan.campaigns.states import Block, Rank
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor
from anlan.kernel.web import Request, day_said
from anlan.kernel.words import Refused
from anlan.places import queries as places
from anlan.standards import queries as standards

#: figures stand above this module: site puts panels here, each a function of campaign, actor and now
CAMPAIGN_PANELS: list[Callable[[Campaign, Actor, datetime], dict[str, Any] | None]] = []
#: what was done in each sub-action's place, field and days; by key of the sub-action
PROGRESS: list[Callable[[Receipt, Sequence[Any], date], dict[int, dict[str, Any]]]] = []


def _may(request: Request) -> None:
    if not request.actor.may("campaign.see"):
        raise Http404


@require_safe
def campaigns(request: Request) -> HttpResponse:
    """Campaigns, those that run first; beside them what waits for me."""
    _may(request)
    on = day_of(timezone.now())
    rows = list(queries.campaigns())
    rows.sort(key=lambda c: (c.state != "ACTIVE", c.state != "DRAFT", -c.since.toordinal()))
    context = {
        "rows": [{"c": c, "elapsed": words.elapsed(c, on)} for c in rows],
        "to_sign": queries.to_sign(request.actor) if request.actor.may("campaign.answer") else [],
        "today": on,
    }
    return render(request, "campaigns/list.html", context)


@require_safe
def campaign(request: Request, pk: int) -> HttpResponse:
    """One campaign: timeline, plans and how far each addressee is, who leads it, work rules, groups, figures."""
    now = timezone.now()
    actor, on = request.actor, day_of(now)
    c = one("campaign", pk, actor)
    plans = [
        {
            "p": p,
            "own": p.county == c.county or p.issuer == actor.organisation,
            **words.matrix(queries.receipts(p), on),
        }
        for p in sorted(queries.plans(c, actor), key=lambda p: p.county != c.county)
    ]
    groups = queries.groups(actor, campaign=c.pk)
    context = {
        "c": c,
        "today": on,
        "elapsed": words.elapsed(c, on),
        "timeline": words.timeline(c, on),
        "phases": list(c.phases.filter(gone=False)),
        "plans": plans,
        "posts": words.by_body(c.posts.filter(gone=False)),
        "rules": words.by_kind(c.workrules.filter(gone=False)),
        "groups": groups,
        "tags": list(queries.tags(c)[:20]),
        "offers": workflow.CAMPAIGN.offers(c, actor, now) if c.office_id == actor.organisation else [],
        "may_change": c.office_id == actor.organisation
        and actor.may("campaign.manage")
        and c.state in ("DRAFT", "ACTIVE"),
        "panels": [found for panel in CAMPAIGN_PANELS if (found := panel(c, actor, now)) is not None],
        "lens": words.lens(c),
        "history": words.history(c, workflow.CAMPAIGN)[:15],
    }
    return render(request, "campaigns/campaign.html", context)


@require_safe
def plan(request: Request, pk: int) -> HttpResponse:
    """One plan: its text, and every addressee with how far he is."""
    now = timezone.now()
    p = one("actionplan", pk, request.actor)
    if p.state == "DRAFT" and p.issuer != request.actor.organisation:
        raise Http404
    rows = queries.receipts(p)
    context = {
        "p": p,
        "today": day_of(now),
        "sector": standards.sector_name(p.sector) if p.sector else "",
        "above": queries.plan_above(p),
        "offers": workflow.PLAN.offers(p, request.actor, now),
        "history": words.history(p, workflow.PLAN),
        **words.matrix(rows, day_of(now)),
    }
    return render(request, "campaigns/plan.html", context)


@require_safe
def receipt(request: Request, pk: int) -> HttpResponse:
    """A plan at one addressee: sub-actions with their progress from the figures."""
    now = timezone.now()
    r = one("receipt", pk, request.actor)
    actions = list(r.actions.filter(gone=False))
    progress: dict[int, dict[str, Any]] = {}
    for read in PROGRESS:
        progress |= read(r, actions, day_of(now))
    context = {
        "r": r,
        "late": rules.late_for(r, day_of(now)),
        "actions": [
            {
                "a": a,
                "sector": standards.sector_name(a.sector) if a.sector else "",
                "county": places.name_of(a.county) if a.county else "",
                "done": progress.get(a.pk),
            }
            for a in actions
        ],
        "offers": (offers := workflow.RECEIPT.offers(r, request.actor, now)),
        "may_refine": any(o.name == "refine" and o.allowed for o in offers),
        "history": words.history(r, workflow.RECEIPT),
    }
    return render(request, "campaigns/receipt.html", context)


@require_safe
def sheets(request: Request) -> HttpResponse:
    """Worksheets of the four questions, by unit, with how far each is."""
    _may(request)
    on = day_of(timezone.now())
    concluded = request.GET.get("concluded") == "1"
    rows = queries.sheets(request.actor, concluded=concluded)
    numbers = queries.numbers(rows, on=on)
    context = {
        "rows": [
            {"w": w, "sector": standards.sector_name(w.sector) if w.sector else "", **numbers[w.pk]}
            for w in rows
        ],
        "concluded": concluded,
        "mine": queries.my_items(request.actor) if request.actor.may("campaign.answer") else [],
        "today": on,
    }
    return render(request, "campaigns/sheets.html", context)


@require_safe
def sheet(request: Request, pk: int) -> HttpResponse:
    """Four questions, the answers to each, and what has become of them."""
    now = timezone.now()
    on, w = day_of(now), one("worksheet", pk, request.actor)
    items: list[dict[str, Any]] = [
        {
            "i": i,
            "light": rules.light(state=i.state, due=i.due_on, on=on),
            "offers": workflow.ITEM.offers(i, request.actor, now),
        }
        for i in queries.items(w)
    ]
    blocks = [{"block": b, "rows": [row for row in items if row["i"].block == b]} for b in Block]
    context = {
        "w": w,
        "blocks": blocks,
        "lights": words.lights(row["light"] for row in items),
        "sector": standards.sector_name(w.sector) if w.sector else "",
        "offers": workflow.SHEET.offers(w, request.actor, now),
        "may_raise": w.state == "OPEN" and request.actor.may("campaign.answer")
        and rules.of_the_unit(w, request.actor, now) is None,
        "history": words.history(w, workflow.SHEET),
    }  # fmt: skip
    return render(request, "campaigns/sheet.html", context)


def period_of(request: Request, on: date, *, days: int) -> tuple[date, date]:
    """From and to as the address says them; the last so many days where it does not."""
    try:
        last = day_said(request.GET["to"]) if request.GET.get("to") else on
        first = day_said(request.GET["from"]) if request.GET.get("from") else last - timedelta(days=days)
    except Refused:
        return on - timedelta(days=days), on
    return (first, last) if first <= last else (last, first)


#: by what trips are counted, and the most of each that is listed
SPLITS = ("leader", "organisation_name", "county", "sector")
MOST_TRIPS = 500


@require_safe
def leaders(request: Request) -> HttpResponse:
    """Trips of leaders in a period: by leader, by organisation, by county, by sector; each number opens its trips."""
    _may(request)
    first, last = period_of(request, day_of(timezone.now()), days=30)
    rows = queries.trips(request.actor, first, last)
    rank = request.GET.get("rank", "")
    if rank in Rank.values:
        rows = rows.filter(rank=rank)
    chosen = {k: request.GET[k][:100] for k in SPLITS if request.GET.get(k)}
    asked = {"from": first.isoformat(), "to": last.isoformat()} | (
        {"rank": rank} if rank in Rank.values else {}
    )
    rows = rows.filter(**chosen)
    found = list(rows[:MOST_TRIPS])
    context = {
        "rows": found,
        "total": len(every := list(rows.values(*SPLITS, "post"))),
        "first": first,
        "last": last,
        "rank": rank,
        "ranks": Rank.choices,
        "chosen": [(_trip_said(k, v), urlencode(asked | {x: y for x, y in chosen.items() if x != k})) for k, v in chosen.items()],
        "splits": [
            {"title": title, "rows": [
                (_trip_said(key, value), n, urlencode(asked | chosen | {key: value}))
                for value, n in words.counted(every, itemgetter(key))
            ]}
            for key, title in (
                ("leader", _("按领导")), ("organisation_name", _("按单位")), ("county", _("按县(市、区)")),
                ("sector", _("按行业领域")),
            )
        ],
        "counties": dict(places.county_choices()),
    }  # fmt: skip
    return render(request, "campaigns/leaders.html", context)


def _trip_said(key: str, value: str) -> str:
    """A code in words."""
    said = {"county": places.name_of, "sector": standards.sector_name}
    return said[key](value) if key in said else value


@require_safe
def trip(request: Request, pk: int) -> HttpResponse:
    now = timezone.now()
    t = one("leadertrip", pk, request.actor)
    context = {
        "t": t,
        "stops": list(t.stops.all()),
        "county": places.name_of(t.county),
        "sector": standards.sector_name(t.sector) if t.sector else "",
        "of": places.name_of(t.of) if t.of else "",
        "offers": workflow.TRIP.offers(t, request.actor, now),
        "history": words.history(t, workflow.TRIP),
    }
    return render(request, "campaigns/trip.html", context)
