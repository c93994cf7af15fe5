"""Parks on pages: list, a park with its firms, the acts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_safe

from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.forms import Strict
from anlan.kernel.web import Request, act_id, status_of
from anlan.kernel.words import Refused
from anlan.places import queries as places
from anlan.register import queries
from anlan.register.models import Park
from anlan.register.workflow import PARK


class Founding(Strict):
    name = forms.CharField(label=_later("名称"), max_length=100)
    county = forms.ChoiceField(label=_later("县(市、区)"))
    keeper = forms.CharField(label=_later("管理单位"), max_length=100, required=False)
    address = forms.CharField(label=_later("地址"), max_length=200, required=False)


class Admitting(Strict):
    enterprise = forms.CharField(
        label=_later("企业"), max_length=100, help_text=_later("输入名称或统一社会信用代码"),
        widget=forms.TextInput(attrs={"list": "firms"}),
    )  # fmt: skip


class Releasing(Strict):
    item = forms.IntegerField(widget=forms.HiddenInput)


FORMS: dict[str, type[Strict]] = {"admit": Admitting, "release": Releasing, "close": Strict}


def _one(pk: int) -> Park:
    try:
        return queries.park(pk)
    except Park.DoesNotExist:
        raise Http404 from None


@require_safe
def parks(request: Request) -> HttpResponse:
    if request.actor.is_enterprise or Park.coordinates.q(request.actor) is None:
        raise Http404
    rows = [{"p": p, "county": places.name_of(p.county)} for p in queries.parks()]
    context = {"rows": rows, "may": request.actor.may("register.enter")}
    return render(request, "register/parks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: Request) -> HttpResponse:
    if not request.actor.may("register.enter"):
        raise Http404
    posted, refused = (request.POST if request.method == "POST" else None), None
    form = Founding(posted)
    own = request.actor.code[:6]
    form.fields["county"].choices = [c for c in places.county_choices() if not own or c[0] == own]  # type: ignore[attr-defined]
    if posted is not None and form.is_valid():
        try:
            p = COMMANDS["park.found"](
                by=request.actor, at=timezone.now(), id=act_id(request), **form.cleaned_data
            )
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("园区已登记"))
            return redirect(p)
    context = {"form": form, "refused": refused, "act_id": request.POST.get("act_id") or str(new_id())}
    return render(request, "register/park_new.html", context, status=200 if posted is None else 422)


@require_safe
def park(request: Request, pk: int) -> HttpResponse:
    return _page(request, _one(pk))


def _page(request: Request, p: Park, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "p": p,
        "county": places.name_of(p.county),
        "rows": queries.firms_in(p),
        "offers": {o.name for o in PARK.offers(p, request.actor, timezone.now()) if o.allowed}
        | {"release" for _ in [0] if request.actor.may("register.update") and p.state == "OPEN"},
        "form": Admitting(),
        "firms": queries.choices(),
        "act_id": str(new_id()),
        "seen": p.seq,
    }
    return render(request, "register/park.html", context | more, status=status)


@require_http_methods(["POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    p, transition = _one(pk), PARK.transitions.get(name)
    if transition is None or name not in FORMS or not request.actor.may(transition.needs):
        raise Http404
    form = FORMS[name](request.POST)
    if not form.is_valid():
        return _page(request, p, status=422, **({"form": form} if name == "admit" else {}))
    said = dict(form.cleaned_data)
    if name == "admit":
        said["enterprise"] = queries.named(said["enterprise"])
    try:
        COMMANDS[f"park.{name}"](p.pk, by=request.actor, at=timezone.now(), id=act_id(request), **said)
    except Refused as refusal:
        status = status_of(refusal)
        return _page(request, _one(pk), status=status, refused=refusal, form=form)
    messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
    return redirect("register:parks" if name == "close" else p.get_absolute_url())
