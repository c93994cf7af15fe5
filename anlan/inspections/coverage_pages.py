"""Pages of coverage: rolls, the tree with places and map beside it, what nobody has looked at, sharing out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anlan.inspections import coverage_forms as forms
from anlan.inspections import coverage_map, draws_queries, jobs
from anlan.inspections import coverage_queries as queries
from anlan.inspections.coverage import NOTHING
from anlan.inspections.coverage_models import Roll
from anlan.inspections.states import RollState, Tier
from anlan.inspections.workflow import ROLL
from anlan.kernel import paging
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.scope import Level
from anlan.kernel.told import told
from anlan.kernel.web import Request, act_id, at_cursor, status_of
from anlan.kernel.words import Refused
from anlan.places import queries as places
from anlan.standards import queries as standards

SIZE = 50
#: visits whose sharing out is worked out while its sender waits
AT_ONCE = 300


def _one(pk: int) -> Roll:
    try:
        return queries.roll(pk)
    except Roll.DoesNotExist:
        raise Http404 from None


def _tier(request: Request) -> Tier:
    said = request.GET.get("tier", "")
    return Tier(int(said)) if said in {str(t.value) for t in Tier} else Tier.ENTERPRISE


def _narrow(request: Request) -> dict[str, str]:
    counties, sectors = dict(places.county_choices()), dict(standards.sector_choices(on=None))
    county, sector = request.GET.get("county", ""), request.GET.get("sector", "")
    return {"county": county if county in counties else "", "sector": sector if sector in sectors else ""}


@require_safe
def rolls(request: Request) -> HttpResponse:
    if request.actor.is_enterprise or request.actor.level is Level.NAMED or not request.actor.may("see"):
        raise Http404
    rows = [{"r": r, "line": queries.tree(r, request.actor)[Tier.ENTERPRISE]} for r in queries.rolls()[:SIZE]]
    context = {"rows": rows, "may": request.actor.may("coverage.manage")}
    return render(request, "inspections/rolls.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: Request) -> HttpResponse:
    transition = ROLL.transitions["freeze"]
    if not request.actor.may(transition.needs):
        raise Http404
    posted, refused = (request.POST if request.method == "POST" else None), None
    form = forms.Freezing(posted, actor=request.actor, now=timezone.now())
    if posted is not None and form.is_valid():
        try:
            r = COMMANDS["roll.freeze"](
                by=request.actor, at=timezone.now(), id=act_id(request), **form.inputs()
            )
        except Refused as refusal:
            refused = refusal
            form.mark(refused)
        else:
            if r.state == RollState.RUNNING:
                messages.success(request, _("名册已建立,应查数不再变动"))
            return redirect(r)
    context = {
        "form": form,
        "submit": transition.label,
        "refused": refused,
        "act_id": request.POST.get("act_id") or str(new_id()),
    }
    status = 200 if posted is None else status_of(refused)
    return render(request, "inspections/roll_new.html", context, status=status)


@require_safe
def coverage(request: Request, pk: int) -> HttpResponse:
    """The five ones of a roll."""
    r, tier, narrow = _one(pk), _tier(request), _narrow(request)
    by = "sector" if request.GET.get("by") == "sector" or request.actor.level is not Level.CITY else "county"
    sectors = dict(standards.sector_choices(on=None))
    beside = [
        {"code": code, "name": places.name_of(code) if by == "county" else sectors.get(code, code), "line": line}
        for code, line in queries.beside(r, request.actor, tier, by=by)
    ]  # fmt: skip
    lines = queries.tree(r, request.actor, **narrow)
    context = {
        "r": r,
        "tiers": [{"tier": t, "line": lines[t]} for t in Tier],
        "whole": lines[Tier.ENTERPRISE],
        "tier": tier,
        "by": by,
        "wide": request.actor.level is Level.CITY,
        "beside": beside,
        "map": coverage_map.picture(r, _units(request, r, tier), county=narrow["county"])
        if r.state not in ("WAITING", "DROPPED")
        else None,
        "narrow": narrow,
        "narrowed": places.name_of(narrow["county"]) if narrow["county"] else "",
        "may": request.actor.may("coverage.manage") and r.state == "RUNNING",
        "ending": _ending(request, r),
        "act_id": str(new_id()),
        "errand": queries.being_made(r),
        "errands": queries.errands(r, request.actor),
    }
    return render(request, "inspections/coverage.html", context)


def _units(request: Request, r: Roll, tier: Tier) -> dict[str, queries.Line]:
    """The units that whoever looks may open, with what was covered of each."""
    return dict(queries.beside(r, request.actor, tier, by="county"))


def _ending(request: Request, r: Roll) -> Any:
    """What would end it, where that may be offered."""
    if not request.actor.may("coverage.manage"):
        return None
    offers = ROLL.offers(r, request.actor, timezone.now())
    return next((o for o in offers if o.name in ("close", "drop") and o.allowed), None)


@require_safe
def unseen(request: Request, pk: int) -> HttpResponse:
    """What nobody has looked at yet, the riskiest first."""
    r, tier, narrow = _one(pk), _tier(request), _narrow(request)
    bound = paging.binding("unseen", pk, tier, narrow, request.actor.position)
    page = paging.page(
        queries.unseen(r, tier, **narrow), key="risk", cursor=request.GET.get("cursor", ""), bound=bound, size=SIZE
    )  # fmt: skip
    asked = request.GET.copy()
    asked.pop("cursor", None)
    sectors = dict(standards.sector_choices(on=None))
    firms = draws_queries.names([n.enterprise_id for n in page.rows if n.tier > Tier.ENTERPRISE])
    rows = [
        {"n": n, "firm": firms.get(n.enterprise_id, ""), "county": places.name_of(n.county), "sector": sectors.get(n.sector, ""),
         "name": sectors.get(n.sector, n.name) if n.tier == Tier.DOMAIN else n.name}
        for n in page.rows
    ]  # fmt: skip
    context = {
        "r": r,
        "rows": rows,
        "tier": tier,
        "tiers": Tier.choices,
        "narrow": narrow,
        "counties": places.county_choices() if request.actor.level is Level.CITY else [],
        "sectors": list(sectors.items()),
        "line": queries.tree(r, request.actor, **narrow)[tier],
        "next": at_cursor(asked, page.next),
        "previous": at_cursor(asked, page.previous),
        "may": request.actor.may("coverage.manage") and r.state == "RUNNING" and tier >= Tier.ENTERPRISE,
    }
    return render(request, "inspections/unseen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: Request, pk: int) -> HttpResponse:
    """Look at who would go where, then send them."""
    r, transition = _one(pk), ROLL.transitions["share"]
    if not request.actor.may(transition.needs):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    start = {"tier": _tier(request), **_narrow(request), "until": r.until}
    form = forms.Sharing(posted, actor=request.actor, now=timezone.now(), initial=start)
    refused, portions = None, []
    again = posted is not None and "again" in posted
    if posted is not None and form.is_valid() and not again:
        said = form.inputs()
        keys = queries.chosen(
            r, Tier(said["tier"]), number=said["number"], groups=said["groups"], on=said["since"],
            county=said["county"], sector=said["sector"],
        )  # fmt: skip
        days = {"groups": said["groups"], "nodes": keys, "since": said["since"], "until": said["until"]}
        if len(keys) > AT_ONCE and said["groups"]:
            return redirect(jobs.ask_share(r, by=request.actor, at=timezone.now(), **said))
        try:
            if "go" in posted:
                COMMANDS["roll.share"](
                    pk, by=request.actor, at=timezone.now(), id=act_id(request), basis=said["basis"], **days
                )
                messages.success(request, _("已分派,各组可以看到自己的检查任务"))
                return redirect(r)
            portions = queries.portions(r, by=request.actor, **days)
            if not any(p.nodes for p in portions):
                raise Refused(NOTHING, "groups")
        except Refused as refusal:
            refused, portions = refusal, []
            form.mark(refused)
    context = {
        "r": r,
        "form": form,
        "refused": refused,
        "portions": portions,
        "km": sum(p.km for p in portions),
        "shared": sum(len(p.nodes) for p in portions),
        "act_id": request.POST.get("act_id") or str(new_id()),
    }
    status = 200 if posted is None or portions or again else status_of(refused)
    return render(request, "inspections/share.html", context, status=status)


@require_http_methods(["POST"])
def end(request: Request, pk: int, name: str) -> HttpResponse:
    """Count no more; or do not make it after all."""
    transition = ROLL.transitions[name]
    if not request.actor.may(transition.needs):
        raise Http404
    r = _one(pk)
    try:
        COMMANDS[f"roll.{name}"](r.pk, by=request.actor, at=timezone.now(), id=act_id(request))
    except Refused as refusal:
        messages.error(request, told(refusal.reason))
    else:
        messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
    return redirect(r)


def of_campaign(campaign: Any, actor: Any, now: Any) -> dict[str, Any] | None:
    """What stands beside a campaign: the way to its coverage."""
    if actor.is_enterprise or actor.level is Level.NAMED:
        return None
    r = queries.rolls().filter(campaign=campaign.pk).first()
    if r is None:
        return None
    lines = queries.tree(r, actor)
    return {"template": "inspections/of_campaign.html", "r": r, "tiers": [(t, lines[t]) for t in Tier]}
