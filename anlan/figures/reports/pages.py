"""Pages of reports: the list with who has not reported, one report, its acts, its file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anlan.figures.periods import Period
from anlan.figures.reports import cadence, forms, queries, sheet, view
from anlan.figures.reports.models import Report
from anlan.figures.reports.tables import FORMS
from anlan.figures.reports.workflow import REPORT
from anlan.kernel import paging
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.scope import Level
from anlan.kernel.web import Request, act_id, at_cursor, day_said, seen_of, status_of
from anlan.kernel.words import Refused

SIZE = 50


def _one(request: Request, pk: int) -> Report:
    _looks(request)
    try:
        return queries.report(pk)
    except Report.DoesNotExist:
        raise Http404 from None


def _looks(request: Request) -> None:
    """Reports belong to a city and its counties."""
    if not request.actor.may("figures.see") or request.actor.level not in (Level.CITY, Level.COUNTY):
        raise Http404


@require_safe
def reports(request: Request) -> HttpResponse:
    """Every report of my place; for the city also who has not filed the form that was asked for."""
    _looks(request)
    today, refused = day_of(timezone.now()), None
    form, period = FORMS["T1"], cadence.last_ended(FORMS["T1"].cadence, today)
    try:
        form = queries.form_named(request.GET.get("form") or "T1")
        period = cadence.last_ended(form.cadence, today)
        if said := request.GET.get("day"):
            period = cadence.period_of(form.cadence, day_said(said))
    except Refused as refusal:
        refused = refusal
    page = paging.page(
        queries.reports(), key="end", cursor=request.GET.get("cursor", ""),
        bound=paging.binding("reports", request.actor.position), size=SIZE,
    )  # fmt: skip
    context = {
        "rows": [view.named(r) for r in page.rows],
        "next": at_cursor(request.GET, page.next),
        "previous": at_cursor(request.GET, page.previous),
        "may": request.actor.may("report.fill"),
        "refused": refused,
        **_turns(request, form, period),
    }
    return render(request, "figures/reports/list.html", context, status=200 if refused is None else 422)


def _turns(request: Request, form: Any, period: Period) -> dict[str, Any]:
    """Who has filed the form of a period, who has not."""
    if request.actor.level is not Level.CITY or request.actor.sectors is not None:
        return {"forms": FORMS.values()}
    turns = queries.turns(form, period)
    periods = cadence.recent(form.cadence, day_of(timezone.now()))
    return {
        "turns": turns,
        "missing": [t for t in turns if not t.is_filed],
        "form": form,
        "forms": FORMS.values(),
        "period": period,
        "periods": periods if period in periods else [period, *periods],
        "due": cadence.due(form.cadence, period),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request) -> HttpResponse:
    """Open a form of one's own place."""
    _looks(request)
    if not request.actor.may("report.fill"):
        raise Http404
    now, refused = timezone.now(), None
    posted = request.POST if request.method == "POST" else None
    form = forms.Beginning(posted, actor=request.actor, today=day_of(now))
    if posted is not None and form.is_valid():
        try:
            r = COMMANDS["report.begin"](by=request.actor, at=now, id=act_id(request), **form.inputs())
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("报表已建立,数字按记录实时统计"))
            return redirect(r)
    context = {
        "form": form,
        "submit": REPORT.transitions["begin"].label,
        "refused": refused,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "listed": FORMS.values(),
    }
    return render(
        request, "figures/reports/begin.html", context, status=200 if posted is None else status_of(refused)
    )


@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    """One report: its table, live or as frozen, every number opening into what it rests on."""
    return _page(request, _one(request, pk))


def _page(request: Request, r: Report, *, status: int = 200, failed: Any = None, **more: Any) -> HttpResponse:
    offers = REPORT.offers(r, request.actor, timezone.now())
    shown = view.table(r, nth=request.GET.get("nth", ""))
    entering = None
    if shown["has_entered"] and any(o.name == "enter" and o.allowed for o in offers):
        entering = failed if isinstance(failed, forms.Entering) else forms.Entering(report=r)
    context = {
        "r": r,
        "offers": [
            {"o": o, "form": _form(o.name, r) if o.allowed else None} for o in offers if o.name != "enter"
        ],
        "enter": [o for o in offers if o.name == "enter" and shown["has_entered"]],
        "grid": view.grid(shown["form"], entering, r) if entering else None,
        "act_id": str(new_id()),
        "seen": r.seq,
        "failed": failed,
        **shown,
    }
    return render(request, "figures/reports/report.html", context | more, status=status)


def _form(name: str, r: Report, data: Any = None) -> Any:
    kind = forms.BY_ACT[name]
    return forms.Entering(data, report=r) if kind is forms.Entering else kind(data)


@require_http_methods(["POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Enter, freeze, sign, send back, return."""
    r = _one(request, pk)
    transition = REPORT.transitions.get(name)
    if transition is None or name not in forms.BY_ACT or not request.actor.may(transition.needs):
        raise Http404
    form = _form(name, r, request.POST)
    if not form.is_valid():
        return _page(request, r, status=422, failed=form)
    try:
        COMMANDS[f"report.{name}"](
            r.pk,
            by=request.actor,
            at=timezone.now(),
            id=act_id(request),
            seen=seen_of(request),
            **form.inputs(),
        )
    except Refused as refusal:
        return _page(request, _one(request, pk), status=status_of(refusal), refused=refusal)
    messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
    return redirect(r)


@require_safe
def download(request: Request, pk: int) -> HttpResponse:
    """The report in the form's own layout."""
    r = _one(request, pk)
    answer = HttpResponse(
        sheet.workbook(r, view.table(r, nth=request.GET.get("nth", ""))),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    answer["Content-Disposition"] = f'attachment; filename="{r.form}-{r.place}-{r.end}.xlsx"'
    return answer
