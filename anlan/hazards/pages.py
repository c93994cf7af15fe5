"""The record and the acts upon it. A page makes one call and chooses one template."""

from datetime import datetime
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anlan.evidence import queries as evidence
from anlan.hazards import forms, queries, tables, words
from anlan.hazards.models import Extension, Hazard, Instruction, Opinion, ProgressReport, TreatmentPlan
from anlan.hazards.workflow import HAZARD
from anlan.kernel import accesslog, personal
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.scope import Axis
from anlan.kernel.web import Request, act_id, address_of, seen_of, status_of, whole
from anlan.kernel.words import Refused
from anlan.places import queries as places
from anlan.register import queries as register
from anlan.standards import queries as standards


def _one(pk: int) -> Hazard:
    try:
        return queries.hazard(pk)
    except Hazard.DoesNotExist:
        raise Http404 from None


def filters_of(request: Request) -> queries.Filters:
    """What the address narrows the ledger by."""
    return tables.filters_of(request.GET)


def default_axis(request: Request) -> Axis:
    """The axis along which a position sees most."""
    return queries.default_axis(request.actor)


@require_safe
def record(request: Request, pk: int) -> HttpResponse:
    """One hazard: facts and evidence on the left, what can be done and the timeline on the right."""
    now = timezone.now()
    h = _one(pk)
    accesslog.note(
        by=request.actor, at=now, what="see", kind="hazard", subject=pk, address=address_of(request)
    )
    shots = evidence.gallery(kind="hazard", subject=h.pk, in_hand=True)
    reveals = request.actor.may("register.see_personal")
    prefetch_related_objects([h], "assignments", "rounds")  # the panels ask for them too
    context = {
        "h": h,
        "offers": HAZARD.offers(h, request.actor, now),
        "timeline": words.timeline(h),
        "before": shots.get("BEFORE", []),
        "after": shots.get("AFTER", []),
        "during": shots.get("DURING", []),
        "assignments": sorted(h.assignments.all(), key=attrgetter("pk")),
        "rounds": sorted(h.rounds.all(), key=attrgetter("no")),
        "extensions": Extension.objects.under(h),
        "plans": TreatmentPlan.objects.under(h, "-id"),
        "progress": ProgressReport.objects.under(h, "-id"),
        "opinions": Opinion.objects.under(h, "-id"),
        "instructions": Instruction.objects.under(h, "-id"),
        "sector": standards.sector_name(h.now_sector),
        "source": standards.source_name(h.source),
        "firm_opens": register.opens(h.enterprise_id),
        "county": places.name_of(h.now_county),
        "town": places.name_of(h.now_town) if h.now_town else "",
        "responsible": personal.reveal([h.responsible]).get(h.responsible, _("(已删除)")) if h.responsible and reveals else "",
        "relapses": Hazard.objects.filter(relapse_of=h),
        "panels": [panel(h, request.actor, now) for panel in RECORD_PANELS],
    }  # fmt: skip
    return render(
        request, "hazards/record_print.html" if "print" in request.GET else "hazards/record.html", context
    )


#: what higher modules show on a hazard's page: (hazard, actor, now) → {"template", …} or None
RECORD_PANELS: list[Any] = []


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """One act: a short form, the rule it rests on beside it, one button."""
    now = timezone.now()
    h = _one(pk)
    transition = HAZARD.transitions.get(name)
    if transition is None or transition.creates or name not in forms.BY_ACT:
        raise Http404
    why_not = HAZARD.why_not(transition, h, request.actor, now)
    if not request.actor.may(transition.needs):
        return _answer(request, h, transition, None, now, why_not=why_not, status=403)
    if request.method != "POST":
        form = forms.BY_ACT[name](hazard=h, actor=request.actor, now=now)
        return _answer(request, h, transition, form, now, why_not=why_not)
    form = forms.BY_ACT[name](request.POST, request.FILES, hazard=h, actor=request.actor, now=now)
    refused: Any = None
    if form.is_valid():
        try:
            COMMANDS[f"hazard.{name}"](
                h.pk, by=request.actor, at=now, id=act_id(request), seen=seen_of(request), **form.inputs()
            )
        except Refused as refusal:
            refused = refusal
            form.mark(refused)
        else:
            messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
            return redirect(h)
    status = status_of(refused)
    return _answer(request, h, transition, form, now, why_not=None, refused=refused, status=status)


def _answer(
    request: Request, h: Hazard, transition: Any, form: Any, now: datetime, *, why_not: Any, refused: Any = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "h": h,
        "transition": transition,
        "law": words.law_on(transition, day_of(now)),
        "form": form,
        "why_not": why_not,
        "refused": refused,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "seen": request.POST.get("seen") or h.seq,
        "clauses": form.clauses() if isinstance(form, forms.ProposeMajor) else (),
        "firms": getattr(form, "firms", ()),
        "sector": standards.sector_name(h.now_sector),
    }
    return render(request, "hazards/act.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Request, name: str) -> HttpResponse:
    """Register a hazard, or one that was put right on the spot."""
    now = timezone.now()
    transition = HAZARD.transitions[name]
    if not request.actor.may(transition.needs):
        raise Http404
    initial = {"enterprise": request.GET.get("enterprise", "")[:100]}
    form = forms.BY_ACT[name](
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        actor=request.actor,
        now=now,
        initial=initial,
    )
    refused, doubles = None, []
    if request.method == "POST" and form.is_valid():
        if isinstance(form, forms.Register):
            doubles = form.likely_doubles()
        if not doubles:
            try:
                h = COMMANDS[f"hazard.{name}"](by=request.actor, at=now, id=act_id(request), **form.inputs())
            except Refused as refusal:
                refused = refusal
                form.mark(refused)
            else:
                messages.success(request, _("已登记,编号%(number)s") % {"number": h.number})
                return redirect(h)
    context = {
        "form": form,
        "transition": transition,
        "refused": refused,
        "doubles": doubles,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "firms": getattr(form, "firms", ()),
    }
    return render(
        request, "hazards/find.html", context, status=422 if request.method == "POST" and not doubles else 200
    )


@require_safe
def alike(request: Request) -> HttpResponse:
    """Likely doubles, asked while typing."""
    firm = whole(request.GET.get("enterprise", ""))
    found = queries.alike(enterprise=firm, description=request.GET.get("description", "")[:1000],
                          on=day_of(timezone.now())) if firm is not None else []  # fmt: skip
    return render(request, "hazards/_alike.html", {"doubles": found})
