"""Pages of draws: seal, draw, repeat, publish; and of standing back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anlan.inspections import draws_forms as forms
from anlan.inspections import draws_queries as queries
from anlan.inspections import draws_rules as rules
from anlan.inspections.draws_models import Draw
from anlan.inspections.states import DrawKind
from anlan.inspections.workflow import DRAW, RECUSAL
from anlan.kernel import canonical, paging
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.kernel.web import Request, act_id, seen_of, status_of
from anlan.kernel.words import Refused
from anlan.people import queries as people
from anlan.places import queries as places
from anlan.register import queries as register
from anlan.standards import queries as standards

SIZE = 50


def _one(pk: int) -> Draw:
    try:
        return queries.draw(pk)
    except Draw.DoesNotExist:
        raise Http404 from None


@require_safe
def draws(request: Request) -> HttpResponse:
    """Every draw of my place; also those that were repeated."""
    if request.actor.is_enterprise or Draw.coordinates.q(request.actor) is None:
        raise Http404
    bound = paging.binding("draws", request.actor.position)
    page = paging.page(
        queries.draws(), key="day", cursor=request.GET.get("cursor", ""), bound=bound, size=SIZE
    )
    context = {
        "rows": page.rows,
        "next": f"?cursor={page.next}" if page.next else "",
        "previous": f"?cursor={page.previous}" if page.previous else "",
        "may": request.actor.may("visit.draw"),
    }
    return render(request, "inspections/draws.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: Request, kind: str) -> HttpResponse:
    """Lay the papers on the table."""
    transition = DRAW.transitions["commit"]
    if kind.upper() not in DrawKind.values or not request.actor.may(transition.needs):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = forms.COMMITTING[DrawKind(kind.upper())](posted, actor=request.actor, now=timezone.now())
    refused = None
    if posted is not None and form.is_valid():
        said = form.inputs() | {"kind": kind.upper()}
        try:
            d = COMMANDS["draw.commit"](by=request.actor, at=timezone.now(), id=act_id(request), **said)
        except Refused as refusal:
            refused = refusal
            form.mark(refused)
        else:
            messages.success(request, _("名单已封存,可以抽取"))
            return redirect(d)
    context = {
        "form": form,
        "title": DrawKind(kind.upper()).label,
        "submit": transition.label,
        "refused": refused,
        "act_id": request.POST.get("act_id") or str(new_id()),
    }
    status = 200 if posted is None else status_of(refused)
    return render(request, "inspections/draw_seal.html", context, status=status)


@require_safe
def draw(request: Request, pk: int) -> HttpResponse:
    """One draw: what was sealed, what can be done, and what came of it as far as one may know."""
    return _page(request, _one(pk))


def _page(
    request: Request, d: Draw, *, status: int = 200, typed: dict[str, Any] | None = None, **more: Any
) -> HttpResponse:
    """`typed` is the form that was not carried out, by its act: it comes back as it was filled in."""
    now = timezone.now()
    offers = DRAW.offers(d, request.actor, now)
    for_act = {o.name: forms.BY_ACT[o.name](actor=request.actor, now=now) for o in offers if o.allowed}
    for_act |= {name: form for name, form in (typed or {}).items() if name in for_act}
    context = {
        "d": d,
        "offers": [{"o": o, "form": for_act.get(o.name)} for o in offers],
        "papers": _told(queries.papers_of(d)),
        "visits": list(queries.of_draw(d)),
        "waiting": queries.waiting(d) if d.drawn_at else 0,
        "counties": [places.name_of(c) for c in d.counties],
        "sectors": [standards.sector_name(s) for s in d.sectors],
        "act_id": str(new_id()),
        "seen": d.seq,
    }
    if d.revealed:
        context |= _laid_open(d)
        if "check" in request.GET:
            context["checked"] = _repeats(d)
    return render(request, "inspections/draw.html", context | more, status=status)


def _told(papers: dict[str, Any]) -> dict[str, Any]:
    """What lay on the table, in words: who took part, and how many stand back."""
    groups = {o["id"] for o in papers.get("groups", [])}
    officers = {o["id"] for o in papers.get("officers", [])}
    return {
        "groups": [o.name for o in (people.organ(g) for g in sorted(groups)) if o is not None],
        "officers_no": len(officers),
        "barred": sum(len(o["barred"]) for o in papers.get("groups", papers.get("officers", []))),
    }


def _laid_open(d: Draw) -> dict[str, Any]:
    """The outcome with names and with what the visits found."""
    visits = {v.enterprise_id: v for v in queries.ended(d)}
    firms = queries.names([row[0] for row in d.outcome])
    rows = []
    for firm, group, _officers in d.outcome:
        v = visits.get(firm)
        organ = people.organ(group) if group else None
        party = [p.name for p in v.participants.all()] if v is not None else []
        rows.append(
            {
                "firm": firms.get(firm, firm),
                "who": organ.name if organ else "、".join(party),
                "visit": v,
            }
        )
    return {"outcome": rows, "seed": rules.seed(d.revealed, d.said)}


def _repeats(d: Draw) -> dict[str, bool]:
    """Drawn once more from the sealed papers and the revealed secret."""
    text = queries.text_of(d)
    again = rules.draw(queries.papers_of(d), rules.seed(d.revealed, d.said))
    return {
        "secret": rules.commitment(d.revealed) == d.commitment,
        "papers": canonical.digest(text) == d.papers_digest,
        "outcome": [p.plain() for p in again] == d.outcome,
    }


@require_http_methods(["POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Draw, or publish."""
    d, now = _one(pk), timezone.now()
    transition = DRAW.transitions.get(name)
    if transition is None or name not in forms.BY_ACT:
        raise Http404
    if not request.actor.may(transition.needs):
        raise Http404
    form = forms.BY_ACT[name](request.POST, actor=request.actor, now=now)
    if not form.is_valid():
        return _page(request, d, status=422, typed={name: form}, failed=form)
    try:
        COMMANDS[f"draw.{name}"](
            d.pk, by=request.actor, at=now, id=act_id(request), seen=seen_of(request), **form.inputs()
        )
    except Refused as refusal:
        form.mark(refusal)
        return _page(request, _one(pk), status=status_of(refusal), typed={name: form}, refused=refusal)
    messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
    return redirect(d)


@require_safe
def papers(request: Request, pk: int) -> HttpResponse:
    """The sealed papers themselves, byte for byte, for whoever repeats the draw."""
    return _sealed_text(_one(pk))


def _sealed_text(d: Draw) -> HttpResponse:
    answer = HttpResponse(queries.text_of(d), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="draw-{d.pk}.json"'
    return answer


def _layout(request: Request) -> str:
    """The frame is for those who are signed in."""
    return "base.html" if getattr(request, "actor", None) else "base_bare.html"


@require_safe
def published(request: Request) -> HttpResponse:
    """Results for everybody (一公开); needs no account."""
    with acting_as(SYSTEM):
        rows = list(queries.published()[:100])
    return render(request, "inspections/published.html", {"rows": rows, "layout": _layout(request)})


def _published(pk: int) -> Draw:
    d = queries.published().filter(pk=pk).first()
    if d is None:
        raise Http404
    return d


@require_safe
def published_one(request: Request, pk: int) -> HttpResponse:
    with acting_as(SYSTEM):
        d = _published(pk)
        context: dict[str, Any] = {
            "d": d,
            **_laid_open(d),
            "checked": _repeats(d),
            "layout": _layout(request),
        }
    return render(request, "inspections/published_one.html", context)


@require_safe
def published_papers(request: Request, pk: int) -> HttpResponse:
    """What was sealed, for anybody who wants to repeat the draw by himself: keys and weights, no names."""
    with acting_as(SYSTEM):
        return _sealed_text(_published(pk))


@require_http_methods(["GET", "HEAD", "POST"])
def recusals(request: Request) -> HttpResponse:
    """From which firms I stand back."""
    if request.actor.is_enterprise or not request.actor.may("visit.hold"):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = forms.Standing(posted, actor=request.actor, now=timezone.now())
    refused = None
    if posted is not None and form.is_valid():
        try:
            COMMANDS["recusal.declare"](
                by=request.actor, at=timezone.now(), id=act_id(request), **form.inputs()
            )
        except Refused as refusal:
            refused = refusal
            form.mark(refused)
        else:
            messages.success(request, _("已申报回避"))
            return redirect("inspections:recusals")
    context = {
        "form": form,
        "rows": queries.my_recusals(request.actor),
        "submit": RECUSAL.transitions["declare"].label,
        "refused": refused,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "firms": register.choices(),
    }
    status = 200 if posted is None else status_of(refused)
    return render(request, "inspections/recusals.html", context, status=status)


@require_http_methods(["POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    if not [r for r in queries.my_recusals(request.actor) if r.pk == pk]:
        raise Http404
    COMMANDS["recusal.withdraw"](pk, by=request.actor, at=timezone.now(), id=act_id(request))
    messages.success(request, _("已撤回申报"))
    return redirect("inspections:recusals")
