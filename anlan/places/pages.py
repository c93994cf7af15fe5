"""Places with both ways of adding up, and the work calendar."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anlan.kernel.clock import day_of
from anlan.kernel.command import new_id
from anlan.kernel.web import Request, act_id, status_of
from anlan.kernel.words import Refused
from anlan.places import commands, forms, queries
from anlan.places.models import CalendarChange

MAY = "calendar.edit"


@require_safe
def tree(request: Request) -> HttpResponse:
    """The city's units with their towns, and beside them the statistical regions, on a chosen day."""
    asked = forms.OnDay(request.GET)
    on = (asked.cleaned_data["on"] if asked.is_valid() else None) or day_of(timezone.now())
    return render(request, "places/tree.html", {"tree": queries.tree(on=on), "on": on})


@require_safe
def calendar(request: Request) -> HttpResponse:
    return _calendar(request, timezone.now())


def _calendar(
    request: Request, now: datetime, *, days: Any = None, year_form: Any = None, refused: Any = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    known = queries.calendar()
    today = day_of(now)
    said = request.GET.get("year", "")
    years = range(known.first.year, known.last.year + 2)
    year = (
        int(said) if said.isascii() and said.isdigit() and int(said) in years else min(today.year, years[-1])
    )
    may = request.actor.may(MAY)
    context = {
        "year": year,
        "years": list(years),
        "complete": year <= known.last.year,
        "next_year": known.last.year + 1,
        "months": queries.months(year),
        "special": queries.special_days(year),
        "changes": queries.changes(),
        "ends": known.last,
        "warning": queries.calendar_warning(today),
        "may_edit": may,
        "days_form": (days or forms.Days()) if may else None,
        "year_form": (year_form or forms.Year()) if may else None,
        "refused": refused,
        "act_id": new_id(),
    }
    return render(request, "places/calendar.html", context, status=status)


def _may_edit(request: Request) -> None:
    if not request.actor.may(MAY):
        raise Http404


@require_POST
def enter_days(request: Request) -> HttpResponse:
    _may_edit(request)
    now = timezone.now()
    form = forms.Days(request.POST)
    if not form.is_valid():
        return _calendar(request, now, days=form, status=422)
    try:
        made = commands.enter_days(by=request.actor, at=now, id=act_id(request), **form.cleaned_data)
    except Refused as refusal:
        return _calendar(request, now, days=form, refused=refusal, status=status_of(refusal))
    messages.success(request, _("已设定%(n)s天") % {"n": len(made)})
    return _back(made[0].day)


@require_POST
def complete_year(request: Request, year: int) -> HttpResponse:
    _may_edit(request)
    now = timezone.now()
    form = forms.Year(request.POST)
    if not form.is_valid():
        return _calendar(request, now, year_form=form, status=422)
    try:
        commands.complete_year(
            by=request.actor, at=now, id=act_id(request), year=year, source=form.cleaned_data["source"]
        )
    except Refused as refusal:
        return _calendar(request, now, year_form=form, refused=refusal, status=status_of(refusal))
    messages.success(request, _("%(year)s年的工作日历已确认") % {"year": year})
    return _back(date(year, 1, 1))


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    _may_edit(request)
    now = timezone.now()
    try:
        change = commands.withdraw(pk, by=request.actor, at=now, id=act_id(request))
    except CalendarChange.DoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        return _calendar(request, now, refused=refusal, status=status_of(refusal))
    messages.success(request, _("已撤回"))
    return _back(change.day or date(change.year, 1, 1))


def _back(day: date | None) -> HttpResponse:
    response = redirect("places:calendar")
    if day is not None:
        response["Location"] += f"?year={day.year}"
    return response
