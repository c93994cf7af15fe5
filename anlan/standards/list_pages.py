"""Checklists: all in force, one as a page and on paper, the editor, two versions side by side, publishing."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.forms import Strict
from anlan.kernel.web import Request, act_id, status_of
from anlan.kernel.words import Refused
from anlan.standards import checklists, forms, queries
from anlan.standards.models import Checklist, Stage
from anlan.standards.pages import VIEWS
from anlan.standards.workflow import CHECKLIST


def _one(pk: int) -> Checklist:
    c = checklists.checklist(pk)
    if c is None or c.state == Stage.DISCARDED:
        raise Http404
    return c


def _draft(pk: int, request: Request) -> Checklist:
    c = _one(pk)
    if c.state != Stage.DRAFT or not request.actor.may("standards.edit"):
        raise Http404
    return c


def may_edit(c: Checklist, request: Request, now: datetime) -> bool:
    t = CHECKLIST.transitions["put_item"]
    return request.actor.may(t.needs) and not any(guard(c, request.actor, now) for guard in t.guards)


@require_safe
def index(request: Request) -> HttpResponse:
    """Every checklist in force today, and drafts for those who keep them."""
    now = timezone.now()
    on = day_of(now)
    rows = []
    for c in checklists.all_in_force(on=on):
        draft = checklists.draft_of(c.code)
        rows.append(
            {
                "c": c,
                "sector": queries.sector_name(c.code),
                "items": len(checklists.items_of(c)),
                "majors": sum(1 for i in checklists.items_of(c) if i.major),
                "numbers": sum(1 for i in checklists.items_of(c) if i.number),
                "draft": draft if draft and may_edit(draft, request, now) else None,
                "next": next((v for v in checklists.versions(c.code) if v.since and v.since > on), None),
            }
        )
    return render(request, "standards/checklists.html", {"rows": rows, "on": on, "views": VIEWS.items()})


@require_safe
def checklist(request: Request, pk: int) -> HttpResponse:
    """One version, with its place among the others."""
    now, c = timezone.now(), _one(pk)
    on = day_of(now)
    if c.state == Stage.DRAFT and not request.actor.may("standards.edit"):
        raise Http404
    current = checklists.in_force(c.code, on=on)
    items = checklists.items_of(c)
    day = max(c.since, on) if c.since else on
    context = {
        "c": c,
        "current": current,
        "items": [(i, checklists.criterion(i, sector=c.code, on=day)) for i in items],
        "sector": queries.sector_name(c.code),
        "counts": queries.counts_for(c.code, on=day),
        "packs": [p for p in queries.packs(on=day) if p.sector == c.code],
        "versions": [v for v in checklists.versions(c.code) if v.state == Stage.PUBLISHED],
        "draft": checklists.draft_of(c.code),
        "edits": may_edit(c, request, now),
        "act_id": str(new_id()),
    }
    template = "standards/checklist_print.html" if "print" in request.GET else "standards/checklist.html"
    return render(request, template, context)


@require_POST
def draft(request: Request, pk: int) -> HttpResponse:
    """Begin a new version from this one."""
    now, c = timezone.now(), _one(pk)
    if not request.actor.may("standards.edit"):
        raise Http404
    items = [checklists.said(i) for i in checklists.items_of(c)]
    try:
        made = COMMANDS["checklist.draft"](
            by=request.actor, at=now, id=act_id(request), code=c.code, version=checklists.next_version(c.code),
            label=c.label, items=items,
        )  # fmt: skip
    except Refused as refusal:
        return render(request, "standards/refused.html", {"c": c, "refused": refusal}, status=422)
    messages.success(request, _("已起草第%(n)s版") % {"n": made.version})
    return redirect(made)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: Request, pk: int, code: str = "") -> HttpResponse:
    """Say an item of a draft anew, or add one."""
    now, c = timezone.now(), _draft(pk, request)
    row = next((i for i in checklists.items_of(c) if i.code == code), None)
    if code and row is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    initial = {} if row else {"order": _next_order(c)}
    form = forms.Item(posted, checklist=c, item=row, on=day_of(now), initial=initial)
    refused = None
    if posted is not None and form.is_valid():
        name, given = ("drop_item", {"code": code}) if "drop" in posted else ("put_item", form.inputs())
        refused = _perform(request, c, name, given, now)
        form.mark(refused)
        if refused is None:
            return redirect(f"{c.get_absolute_url()}#{form.cleaned_data['code']}")
    context = {"c": c, "row": row, "form": form, "refused": refused, "act_id": str(new_id())}
    return render(
        request, "standards/item.html", context, status=200 if posted is None else status_of(refused)
    )


def _next_order(c: Checklist) -> int:
    return max((i.order for i in checklists.items_of(c)), default=0) + 10


def _perform(
    request: Request, c: Checklist, name: str, given: dict[str, Any], now: datetime
) -> Refused | None:
    try:
        COMMANDS[f"checklist.{name}"](c.pk, by=request.actor, at=now, id=act_id(request), **given)
    except Refused as refusal:
        return refusal
    return None


FORMS: dict[str, type[Strict]] = {"publish": forms.Publish, "discard": forms.Discard}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Publish a draft from a day on, or give it up; what changes stands beside the form."""
    now, c = timezone.now(), _draft(pk, request)
    transition = CHECKLIST.transitions[name]
    posted = request.POST if request.method == "POST" else None
    initial = {"since": day_of(now), "note": c.note} if name == "publish" else {}
    form = FORMS[name](posted, initial=initial)
    refused = None
    if posted is not None and form.is_valid():
        refused = _perform(request, c, name, form.cleaned_data, now)
        form.mark(refused)
        if refused is None:
            messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
            return redirect(c) if name == "publish" else redirect("standards:checklists")
    current = checklists.in_force(c.code, on=day_of(now))
    context = {
        "c": c,
        "transition": transition,
        "form": form,
        "why_not": CHECKLIST.why_not(transition, c, request.actor, now) if posted is None else None,
        "refused": refused,
        "lines": [line for line in checklists.compared(current, c) if line.change != "SAME"],
        "current": current,
        "act_id": str(new_id()),
    }
    return render(
        request, "standards/act.html", context, status=200 if posted is None else status_of(refused)
    )


@require_safe
def compare(request: Request, pk: int) -> HttpResponse:
    """A version beside another one, by default the one in force or the one before."""
    c = _one(pk)
    if c.state == Stage.DRAFT and not request.actor.may("standards.edit"):
        raise Http404
    others = [v for v in checklists.versions(c.code) if v.pk != c.pk and v.state == Stage.PUBLISHED]
    said = request.GET.get("with", "")
    current = checklists.in_force(c.code, on=day_of(timezone.now()))
    default = current if current is not None and current.pk != c.pk else None
    before = next((v for v in others if v.version < c.version), None)
    other = next((v for v in others if str(v.pk) == said), default or before)
    lines = checklists.compared(other, c)
    only = request.GET.get("all") != "1"
    context = {
        "c": c,
        "other": other,
        "others": others,
        "lines": [line for line in lines if not only or line.change != "SAME"],
        "only": only,
        "numbers": {k: sum(1 for line in lines if line.change == k) for k in ("ADDED", "DROPPED", "CHANGED", "SAME")},
    }  # fmt: skip
    return render(request, "standards/compare.html", context)
