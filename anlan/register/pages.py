"""The register on pages: list, file (一企一档), acts, sign-up by the firm."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_safe
from django_ratelimit.core import is_ratelimited

from anlan.kernel import accesslog, search, tablepage
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.web import Request, act_id, address_of, seen_of, status_of
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places
from anlan.register import commands, file, forms, queries
from anlan.register.models import Enterprise
from anlan.register.states import Scale, State
from anlan.register.tables import ENTERPRISES, filters_of
from anlan.register.workflow import ENTERPRISE
from anlan.standards import queries as standards

#: sign-ups from one address, by nobody who is known
SIGN_UPS = "20/h"
TOO_OFTEN = Reason("这个网络地址提交的申请太多,请过一小时再试,或请所在乡镇(街道)代为登记")


LABELS = {
    "state": _later("状态"), "county": _later("县(市、区)"), "town": _later("乡镇(街道)"), "sector": _later("行业"),
    "scale": _later("规模"), "key": _later("重点单位"), "text": _later("文字"),
}  # fmt: skip


@require_safe
def enterprises(request: Request) -> HttpResponse:
    """The firms of my place and sectors, `print` as A4; a firm is led to its own file."""
    if request.actor.is_enterprise and request.actor.enterprise and request.actor.may("see"):
        return redirect("register:detail", request.actor.enterprise)
    if Enterprise.coordinates.q(request.actor) is None:
        raise Http404
    on, filters = day_of(timezone.now()), filters_of(request.GET)
    listing = ENTERPRISES.listing(ENTERPRISES.asked(request.GET), request.actor, on)
    if "print" in request.GET:
        place = places.name_of(request.actor.code) if request.actor.code else ""
        return render(
            request,
            "ui/table_print.html",
            tablepage.printed(request, ENTERPRISES, listing) | {"place": place},
        )
    words = {
        "state": dict(State.choices), "scale": dict(Scale.choices), "sector": dict(standards.sector_choices(on=None)),
        "county": dict(places.county_choices()), "town": {filters.town: places.name_of(filters.town)},
    }  # fmt: skip
    context = tablepage.context(request, ENTERPRISES, listing, href=lambda pk: reverse("register:detail", args=[pk])) | {
        "filters": filters,
        "chips": tablepage.chips(request, filters.given(), LABELS, words),
        "states": State.choices,
        "scales": Scale.choices,
        "sectors": standards.sector_choices(on=on),
        "counties": places.county_choices() if request.actor.level == "CITY" else [],
        "views": tablepage.views(request, ENTERPRISES),
        "may_enter": request.actor.may("register.enter"),
        "too_short": bool(filters.text) and search.query(filters.text) is None,
        "files": (ENTERPRISES.code,),
    }  # fmt: skip
    return render(request, "register/list.html", context)


def _one(pk: int) -> Enterprise:
    found = queries.enterprise(pk)
    if found is None:
        raise Http404
    return found


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """One firm's file, a tab at a time; the look is logged."""
    now, e = timezone.now(), _one(pk)
    tab = next((t for t in file.TABS if t.code == request.GET.get("tab")), file.TABS[0])
    accesslog.note(
        by=request.actor, at=now, what="see", kind="enterprise", subject=pk,
        address=address_of(request),
    )  # fmt: skip
    shown = [tab, *(t for t in file.TABS if t.first and tab is file.TABS[0])]
    context = {
        "e": e,
        "sector": standards.sector_name(e.sector),
        "county": places.name_of(e.county),
        "town": places.name_of(e.town) if e.town else "",
        "tabs": file.TABS,
        "here": tab.code,
        "panels": [made for t in shown if (made := t.of(e, request.actor, now)) is not None],
        "offers": ENTERPRISE.offers(e, request.actor, now),
        "may_enrol": request.actor.may("people.enrol") and e.state == State.ACTIVE,
    }
    return render(request, "register/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """One act upon a file."""
    now, e = timezone.now(), _one(pk)
    transition = ENTERPRISE.transitions.get(name)
    if transition is None or transition.creates or name not in forms.BY_ACT:
        raise Http404
    why_not = ENTERPRISE.why_not(transition, e, request.actor, now)
    if not request.actor.may(transition.needs):
        return _answer(request, e, transition, None, why_not=why_not, status=403)
    data = request.POST if request.method == "POST" else None
    form = forms.BY_ACT[name](data, file=e, actor=request.actor, now=now)
    refused = None
    if data is not None and form.is_valid():
        try:
            command = COMMANDS[f"enterprise.{name}"]
            _carried_out(request, form, command, e.pk, by=request.actor, at=now, seen=seen_of(request))
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
            return redirect(e)
    return _answer(
        request, e, transition, form, why_not=None if data is not None else why_not, refused=refused
    )


def _carried_out(request: Request, form: Any, command: Any, *key: int, **given: Any) -> Enterprise:
    """The act, and the names that it keeps beside the file: both or neither."""
    form.act = act_id(request)
    with transaction.atomic():
        e: Enterprise = command(*key, id=form.act, **given, **form.inputs())
    return e


def _answer(
    request: Request, e: Enterprise | None, transition: Any, form: Any, *, why_not: Any = None,
    refused: Any = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    if refused is not None:
        status = status_of(refused)
    elif form is not None and form.errors:
        status = 422
    context = {
        "e": e,
        "transition": transition,
        "form": form,
        "why_not": why_not,
        "refused": refused,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "seen": (request.POST.get("seen") or e.seq) if e is not None else None,
    }
    return render(request, "register/act.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Request) -> HttpResponse:
    """The place enters a firm; firms that look the same are shown first."""
    now, transition = timezone.now(), ENTERPRISE.transitions["enter"]
    if not request.actor.may(transition.needs):
        raise Http404
    return _made(request, forms.Enter, transition, now)


def _made(request: Request, form_class: Any, transition: Any, now: datetime) -> HttpResponse:
    form = form_class(request.POST if request.method == "POST" else None, actor=request.actor, now=now)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            e = _carried_out(request, form, commands.enter, by=request.actor, at=now)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("已登记:%(name)s") % {"name": e.name})
            return redirect(e)
    return _answer(request, None, transition, form, refused=refused)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: Request) -> HttpResponse:
    """A firm applies, without an account. Its place is to approve."""
    now = timezone.now()
    form = forms.SignUp(request.POST if request.method == "POST" else None, actor=None, now=now)
    refused, often = (
        None,
        is_ratelimited(request, group="sign_up", key="ip", rate=SIGN_UPS, method="POST", increment=True),
    )
    if often:
        refused = Refused(TOO_OFTEN)
    elif request.method == "POST" and form.is_valid():
        try:
            e = _carried_out(request, form, commands.sign_up, by=commands.APPLICANT, at=now)
        except Refused as refusal:
            refused = refusal
        else:
            return render(
                request, "register/signed_up.html",
                {"e": e, "county": places.name_of(e.county), "town": places.name_of(e.town)},
            )  # fmt: skip
    status = 429 if often else 422 if refused is not None or form.errors else 200
    context = {"form": form, "refused": refused, "act_id": request.POST.get("act_id") or str(new_id())}
    return render(request, "register/sign_up.html", context, status=status)
