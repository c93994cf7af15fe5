"""Pages of a suspension (停产整顿): a measure on an enterprise, with its own small workflow."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from anlan.hazards import queries, words
from anlan.hazards.forms import ActForm, words_field, yes_or_no
from anlan.hazards.models import Hazard, Suspension
from anlan.hazards.suspension import SUSPENSION
from anlan.kernel import paging
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.web import Request, act_id, seen_of, status_of
from anlan.kernel.words import Refused
from anlan.places import queries as places
from anlan.register import queries as register
from anlan.standards import queries as standards

SIZE = 50


class Propose(ActForm):
    hazards = forms.MultipleChoiceField(
        label=_("作为依据的隐患"), widget=forms.CheckboxSelectMultiple, help_text=_("可选多处")
    )
    extent = forms.ChoiceField(label=_("停产范围"), choices=Suspension.Extent.choices)
    scope_words = forms.CharField(
        label=_("局部停产的部位"), required=False, max_length=300, help_text=_("局部停产停业的必填")
    )
    reason = words_field(_("停产理由"))

    def __init__(self, *args: Any, enterprise: Any, **kwargs: Any):
        self.enterprise = enterprise
        super().__init__(*args, **kwargs)

    def fill_hazards(self, field: forms.MultipleChoiceField) -> None:
        open_ones = queries.ledger(
            filters=queries.Filters(enterprise=str(self.enterprise.pk), when="open"), on=self.today
        )
        self._open = {str(h.pk): h for h in open_ones[:100]}
        field.choices = [(key, f"{h.number} {h.description[:40]}") for key, h in self._open.items()]

    def inputs(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["hazards"] = [self._open[key] for key in given["hazards"]]
        return given | {"enterprise": self.enterprise}


class Reason(ActForm):
    reason = words_field(_("理由"))


class Apply(ActForm):
    words = words_field(_("申请内容"), help_text=_("写明隐患整改情况和复产准备"))


class Review(ActForm):
    second_can = "hazard.suspend"
    passed = yes_or_no(_("是否具备复产条件"))
    words = words_field(_("审查意见"))
    second = forms.ChoiceField(label=_("另一名执法人员"))


class Lift(ActForm):
    opinion = words_field(_("批准意见"))


FORMS: dict[str, type[ActForm]] = {
    "approve": ActForm, "reject": Reason, "apply": Apply, "review": Review, "lift": Lift, "refuse": Reason,
}  # fmt: skip


@require_safe
def suspensions(request: Request) -> HttpResponse:
    """Suspensions within my reach, the latest first."""
    if Suspension.coordinates.q(request.actor) is None:
        raise Http404
    said = request.GET.get("state", "")
    rows = queries.suspensions()
    if said in Suspension.Step.values:
        rows = rows.filter(state=said)
    bound = paging.binding("suspensions", said, request.actor.position)
    page = paging.page(rows, key="proposed_on", cursor=request.GET.get("cursor", ""), bound=bound, size=SIZE)
    context = {
        "rows": page.rows,
        "state": said,
        "states": Suspension.Step.choices,
        "next": f"?state={said}&cursor={page.next}" if page.next else "",
        "previous": f"?state={said}&cursor={page.previous}" if page.previous else "",
    }
    return render(request, "hazards/suspensions.html", context)


def _one(pk: int) -> Suspension:
    found = Suspension.objects.opening(pk=pk).select_related("enterprise").first()
    if found is None:
        raise Http404
    return found


@require_safe
def suspension(request: Request, pk: int) -> HttpResponse:
    """One suspension: its grounds, where it stands, what can be done."""
    now, s = timezone.now(), _one(pk)
    grounds = Hazard.objects.opening(pk__in=[g.hazard_id for g in s.grounds.all()])
    context = {
        "s": s,
        "grounds": grounds.order_by("pk"),
        "offers": SUSPENSION.offers(s, request.actor, now),
        "timeline": words.timeline(s, workflow=SUSPENSION),
        "sector": standards.sector_name(s.sector),
        "county": places.name_of(s.county),
    }
    return render(request, "hazards/suspension.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Request, enterprise: int) -> HttpResponse:
    """Propose to suspend a firm on the ground of its open hazards."""
    now = timezone.now()
    firm = register.enterprise(enterprise)
    transition = SUSPENSION.transitions["propose"]
    if firm is None or not request.actor.may(transition.needs):
        raise Http404
    form = Propose(
        request.POST if request.method == "POST" else None, actor=request.actor, now=now, enterprise=firm
    )
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            s = COMMANDS["suspension.propose"](by=request.actor, at=now, id=act_id(request), **form.inputs())
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _now("已办理:%(act)s") % {"act": transition.label})
            return redirect("hazards:suspension", s.pk)
    return _answer(request, firm, None, transition, form, now, refused=refused)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """One act upon a suspension."""
    now, s = timezone.now(), _one(pk)
    transition = SUSPENSION.transitions.get(name)
    if transition is None or name not in FORMS:
        raise Http404
    if not request.actor.may(transition.needs):
        why_not = SUSPENSION.why_not(transition, s, request.actor, now)
        return _answer(request, s.enterprise, s, transition, None, now, why_not=why_not, status=403)
    posted = request.POST if request.method == "POST" else None
    form = FORMS[name](posted, actor=request.actor, now=now)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            COMMANDS[f"suspension.{name}"](
                s.pk, by=request.actor, at=now, id=act_id(request), seen=seen_of(request), **form.inputs()
            )
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _now("已办理:%(act)s") % {"act": transition.label})
            return redirect("hazards:suspension", s.pk)
    why_not = None if posted is not None else SUSPENSION.why_not(transition, s, request.actor, now)
    return _answer(request, s.enterprise, s, transition, form, now, why_not=why_not, refused=refused)


def _answer(
    request: Request, firm: Any, s: Suspension | None, transition: Any, form: Any, now: datetime, *,
    why_not: Any = None, refused: Any = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    if refused is not None:
        status = status_of(refused)
    elif form is not None and form.errors:
        status = 422
    context = {
        "firm": firm,
        "s": s,
        "transition": transition,
        "law": words.law_on(transition, day_of(now)),
        "form": form,
        "why_not": why_not,
        "refused": refused,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "seen": (request.POST.get("seen") or s.seq) if s else None,
    }
    return render(request, "hazards/suspension_act.html", context, status=status)
