"""One page for every act: a short form, what it is about beside it, one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anlan.campaigns import forms, queries, workflow
from anlan.campaigns.models import Tag
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.scope import Actor
from anlan.kernel.web import Request, act_id, seen_of, status_of
from anlan.kernel.words import Refused
from anlan.kernel.workflow import Workflow


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its acts, how one is opened, and what it stands under when it is made."""

    flow: Workflow
    one: Callable[[int, Actor], Any]
    under: str = ""


def _tag(pk: int, actor: Actor) -> Tag:
    return Tag.objects.opening(pk=pk).select_related("campaign").get()


KINDS: dict[str, Kind] = {
    "campaign": Kind(workflow.CAMPAIGN, lambda pk, actor: queries.campaign(pk)),
    "tag": Kind(workflow.CAMPAIGN_TAG, _tag),
    "actionplan": Kind(workflow.PLAN, lambda pk, actor: queries.plan(pk), under="campaign"),
    "receipt": Kind(workflow.RECEIPT, lambda pk, actor: queries.receipt(pk)),
    "group": Kind(workflow.GROUP, queries.group),
    "sortie": Kind(workflow.SORTIE, queries.sortie, under="group"),
    "worksheet": Kind(workflow.SHEET, lambda pk, actor: queries.sheet(pk)),
    "sheetitem": Kind(workflow.ITEM, lambda pk, actor: queries.item(pk), under="worksheet"),
    "leadertrip": Kind(workflow.TRIP, lambda pk, actor: queries.trip(pk)),
}


def one(kind: str, pk: int, actor: Actor) -> Any:
    """A record that opens to somebody who looks at campaigns at all; otherwise there is none."""
    if not actor.may("campaign.see"):
        raise Http404
    try:
        return KINDS[kind].one(pk, actor)
    except ObjectDoesNotExist:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: Request, kind: str, name: str, under: int | None = None) -> HttpResponse:
    """An act that makes a record, under another one where it belongs to one."""
    flow = KINDS[kind].flow
    transition = flow.transitions[name]
    if not request.actor.may(transition.needs):
        raise Http404
    parent = one(KINDS[kind].under, under, request.actor) if under is not None else None
    return _answer(request, kind, transition, None, parent)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, kind: str, pk: int, name: str) -> HttpResponse:
    """An act upon a record that is there."""
    flow, row = KINDS[kind].flow, one(kind, pk, request.actor)
    transition = flow.transitions.get(name)
    if transition is None or transition.creates or name not in forms.BY_KIND[kind]:
        raise Http404
    return _answer(request, kind, transition, row, None)


def _answer(request: Request, kind: str, transition: Any, row: Any, parent: Any) -> HttpResponse:
    now, flow, name = timezone.now(), KINDS[kind].flow, transition.name
    why_not = None if row is None else flow.why_not(transition, row, request.actor, now)
    context: dict[str, Any] = {
        "row": row,
        "about": row if row is not None else parent,
        "transition": transition,
        "label": transition.label,
        "why_not": why_not,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "seen": request.POST.get("seen") or (row.seq if row is not None else ""),
    }
    if row is not None and not request.actor.may(transition.needs):
        return render(request, "campaigns/act.html", context, status=403)
    posted = request.POST if request.method == "POST" else None
    if why_not is not None and posted is None:
        return render(request, "campaigns/act.html", context)
    asked = {
        k: v[:20]
        for k, v in request.GET.items()
        if k in ("item", "line", "day", "block", "county", "campaign")
    }
    form = forms.BY_KIND[kind][name](
        posted, row=row, parent=parent, actor=request.actor, now=now, asked=asked
    )
    context["label"] = form.verb or transition.label
    if posted is None and (why_not := form.nothing()) is not None:
        return render(request, "campaigns/act.html", context | {"why_not": why_not})
    refused: Refused | None = None
    if posted is not None and form.is_valid():
        inputs = form.inputs()
        if row is None and parent is not None and KINDS[kind].under == "campaign":
            inputs["campaign"] = parent
        try:
            command = COMMANDS[f"{flow.name}.{name}"]
            if row is None:
                made = command(by=request.actor, at=now, id=act_id(request), **inputs)
            else:
                made = command(
                    row.pk, by=request.actor, at=now, id=act_id(request), seen=seen_of(request), **inputs
                )
        except Refused as refusal:
            refused = refusal
            form.mark(refused)
        else:
            messages.success(request, _("已办理:%(act)s") % {"act": context["label"]})
            return redirect(_next(made))
    status = 200 if posted is None else status_of(refused)
    return render(request, "campaigns/act.html", context | {"form": form, "refused": refused}, status=status)


def _next(made: Any) -> Any:
    return made.campaign if isinstance(made, Tag) else made
