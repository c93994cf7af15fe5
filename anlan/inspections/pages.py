"""Lists of visits, their record, arranging them, the acts upon them, the record on paper."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from anlan.inspections import forms, queries, words
from anlan.inspections.models import Visit
from anlan.inspections.states import Mode, State
from anlan.inspections.workflow import VISIT
from anlan.kernel import accesslog, paging
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.scope import Actor, Axis, Level
from anlan.kernel.web import Request, act_id, address_of, at_cursor, seen_of, status_of
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places
from anlan.register import queries as register
from anlan.standards import queries as standards

SIZE = 50
WHAT = (
    ("found", _later("发现隐患")), ("clean", _later("未发现隐患")), ("led", pgettext_lazy("visit", "领导带队")),
    ("joint", _later("联合检查")), ("covert", _later("暗访")), ("unplanned", _later("计划外")),
    ("advice", _later("专家建议待答复")),
)  # fmt: skip


def one(pk: int) -> Visit:
    try:
        return queries.visit(pk)
    except Visit.DoesNotExist:
        raise Http404 from None


def _filters(request: Request) -> queries.Filters:
    known = queries.Filters.__dataclass_fields__
    said = {k: str(v).strip()[:60] for k, v in request.GET.items() if k in known}
    for name in ("since", "until"):
        try:
            date.fromisoformat(said.get(name, "") or "2000-01-01")
        except ValueError:
            said.pop(name)
    if not said.get("enterprise", "0").isdigit():
        said.pop("enterprise")
    return queries.Filters(**{k: v for k, v in said.items() if v})


@require_safe
def visits(request: Request) -> HttpResponse:
    """Visits with filters, page by cursor; what I have to do next stands on top."""
    now = timezone.now()
    filters = _filters(request)
    axis = (
        Axis(request.GET["axis"]) if request.GET.get("axis") in set(Axis) else queries.axis_of(request.actor)
    )
    bound = paging.binding("visits", filters.given(), axis, request.actor.position)
    page = paging.page(
        queries.visits(filters=filters, axis=axis), key="day", cursor=request.GET.get("cursor", ""), bound=bound,
        size=SIZE,
    )  # fmt: skip
    asked = request.GET.copy()
    asked.pop("cursor", None)
    context = {
        "rows": page.rows,
        "filters": filters,
        "axis": axis,
        "choices": _choices(day_of(now), request),
        "mine": queries.mine(request.actor, on=day_of(now)) if request.actor.may("visit.hold") else [],
        "sectors": dict(standards.sector_choices(on=None)),
        "next": at_cursor(asked, page.next),
        "previous": at_cursor(asked, page.previous),
        "narrowed": bool(filters.given()),
        "may_begin": request.actor.may("visit.hold") and sent_nowhere(request.actor) is None,
    }
    return render(request, "inspections/list.html", context)


def _choices(on: date, request: Request) -> dict[str, Any]:
    wide = request.actor.level in ("CITY", "SYSTEM")
    return {
        "state": State.choices,
        "mode": Mode.choices,
        "sector": [] if request.actor.is_enterprise else standards.sector_choices(on=on),
        "county": [(p.code, p.name) for p in places.counties()] if wide else [],
        "what": WHAT,
    }


@require_safe
def rhythm(request: Request) -> HttpResponse:
    """Which firms have checked themselves this month, and which have not (每月自查)."""
    if request.actor.is_enterprise or Visit.coordinates.q(request.actor) is None:
        raise Http404
    on = day_of(timezone.now())
    said = request.GET.get("month", "")
    try:
        month = date.fromisoformat(f"{said}-01") if said else on
    except ValueError:
        month = on
    done = request.GET.get("done") == "1"
    bound = paging.binding("rhythm", month, done, request.actor.position)
    page = paging.page(
        queries.rhythm(on=month, done=done), key="name", cursor=request.GET.get("cursor", ""), bound=bound, size=SIZE,
        ascending=True,
    )  # fmt: skip
    asked = request.GET.copy()
    asked.pop("cursor", None)
    first, last = queries.month_of(month)
    context = {
        "rows": page.rows,
        "done": done,
        "month": month,
        "first": first,
        "last": last,
        "numbers": (queries.rhythm(on=month, done=True).count(), queries.rhythm(on=month).count()),
        "sectors": dict(standards.sector_choices(on=None)),
        "counties": {p.code: p.name for p in places.counties()},
        "next": at_cursor(asked, page.next),
        "previous": at_cursor(asked, page.previous),
    }
    return render(request, "inspections/rhythm.html", context)


@require_safe
def record(request: Request, pk: int) -> HttpResponse:
    """One visit: who, where, by which version, what was answered, what came of it."""
    now, v = timezone.now(), one(pk)
    accesslog.note(by=request.actor, at=now, what="see", kind="visit", subject=pk,
                   address=address_of(request))  # fmt: skip
    return render(request, "inspections/visit.html", described(v) | {
        "offers": VISIT.offers(v, request.actor, now),
        "timeline": words.timeline(v),
        "firm_opens": register.opens(v.enterprise_id),
        "panels": [found for panel in PANELS if (found := panel(v, request.actor, now)) is not None],
    })  # fmt: skip


#: what stands above visits puts a panel here: a function of visit, actor and now
PANELS: list[Callable[[Visit, Actor, datetime], Mapping[str, Any] | None]] = []


def described(v: Visit) -> dict[str, Any]:
    """Everything that stands in a visit's file, for the page and for the paper."""
    items, answers = queries.sheet(v) if v.checklist is not None else ([], {})
    shots = queries.shots(v)
    lines: list[dict[str, Any]] = [{"item": i, "answer": answers.get(i.code)} for i in items]
    lines += [{"item": None, "answer": a} for code, a in sorted(answers.items()) if code.startswith("+")]
    for line in lines:
        a = line["answer"]
        line["shots"] = [shots[sha] for sha in (*a.before, *a.after) if sha in shots] if a else []
    return {
        "v": v,
        "lines": lines,
        "party": list(v.participants.all()),
        "findings": list(v.findings.all()),
        "advices": list(v.advices.all()),
        "sector": standards.sector_name(v.sector),
        "theme": standards.sector_name(v.theme) if v.theme else "",
        "source": standards.source_name(v.source),
        "county": places.name_of(v.county),
        "town": places.name_of(v.town) if v.town else "",
        "documents": [s for s in shots.values() if s.label == "DOCUMENT"],
    }


@require_safe
def paper(request: Request, pk: int) -> HttpResponse:
    """The on-site record (现场检查记录) as A4, for signing."""
    v = one(pk)
    if v.held_on is None:
        raise Http404
    context = described(v)
    context["unmet"] = [
        line for line in context["lines"] if line["answer"] and line["answer"].result == "NOT_MET"
    ]
    return render(request, "inspections/paper.html", context)


def sent_nowhere(actor: Actor) -> Reason | None:
    """Somebody of a group or a pool to whom no place is assigned goes along with others, and begins nothing himself."""
    if actor.level is not Level.NAMED or actor.duties:
        return None
    return Reason(
        "您没有分工的县(市、区),不能自己开始检查。由检查单位安排检查时选您参加,之后在“我的检查”里办理"
    )


@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: Request, name: str) -> HttpResponse:
    """Plan a visit, or begin one that was not planned."""
    now = timezone.now()
    transition = VISIT.transitions[name]
    if not request.actor.may(transition.needs):
        raise Http404
    if (why_not := sent_nowhere(request.actor)) is not None:
        context: dict[str, Any] = {"transition": transition, "why_not": why_not}
        return render(
            request, "inspections/arrange.html", context, status=200 if request.method != "POST" else 422
        )
    said = request.GET.get("firm", "")
    firm = register.enterprise(int(said)) if said.isdigit() and len(said) < 10 else None
    posted = request.POST if request.method == "POST" else None
    form = forms.BY_ACT[name](posted, actor=request.actor, now=now, firm=firm)  # type: ignore[call-arg]
    refused = None
    if posted is not None and form.is_valid():
        try:
            v = COMMANDS[f"visit.{name}"](by=request.actor, at=now, id=act_id(request), **form.inputs())
        except Refused as refusal:
            refused = refusal
            form.mark(refused)
        else:
            messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
            return redirect("inspections:sheet", v.pk) if name == "begin" else redirect(v)
    context = {
        "form": form,
        "firm": form.firm,  # type: ignore[attr-defined]
        "transition": transition,
        "refused": refused,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "firms": getattr(form, "firms", ()),
        "own": request.actor.is_enterprise,
    }
    status = 200 if posted is None else status_of(refused)
    return render(request, "inspections/arrange.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """One act upon a visit: a short form, the rule beside it, one button."""
    now, v = timezone.now(), one(pk)
    transition = VISIT.transitions.get(name)
    if transition is None or transition.creates or name not in forms.BY_ACT:
        raise Http404
    why_not = VISIT.why_not(transition, v, request.actor, now)
    if not request.actor.may(transition.needs):
        return answered(request, v, transition, None, why_not=why_not, status=403)
    if request.method != "POST":
        form = forms.BY_ACT[name](visit=v, actor=request.actor, now=now)
        return answered(request, v, transition, form, why_not=why_not)
    form = forms.BY_ACT[name](request.POST, request.FILES, visit=v, actor=request.actor, now=now)
    refused = perform(request, v, name, form, now)
    if refused is None and form.is_valid():
        messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
        return redirect("inspections:sheet", v.pk) if name == "start" else redirect(v)
    return answered(request, v, transition, form, refused=refused, status=status_of(refused))


def perform(request: Request, v: Visit, name: str, form: Any, now: datetime) -> Refused | None:
    """Do it if the form holds; the refusal where there is one."""
    if not form.is_valid():
        return None
    try:
        COMMANDS[f"visit.{name}"](
            v.pk, by=request.actor, at=now, id=act_id(request), seen=seen_of(request), **form.inputs()
        )
    except Refused as refusal:
        form.mark(refusal)
        return refusal
    return None


def answered(
    request: Request, v: Visit, transition: Any, form: Any, *, why_not: Any = None, refused: Any = None,
    status: int = 200, template: str = "inspections/act.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {
        "v": v,
        "transition": transition,
        "form": form,
        "why_not": why_not,
        "refused": refused,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "seen": request.POST.get("seen") or v.seq,
        "sector": standards.sector_name(v.sector),
    }
    return render(request, template, context | more, status=status)
