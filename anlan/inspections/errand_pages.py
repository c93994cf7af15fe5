"""How far a long errand is; the plan of sharing out, to be looked at before anybody is sent."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from anlan.inspections import coverage_queries as queries
from anlan.inspections import jobs
from anlan.inspections.coverage_models import Errand, Roll
from anlan.inspections.states import ErrandKind
from anlan.inspections.workflow import ROLL
from anlan.kernel.web import Request
from anlan.kernel.words import Reason


def _mine(request: Request, pk: int, errand: int) -> Errand:
    """My own errand upon a roll that opens to me."""
    if not request.actor.may(ROLL.transitions["share"].needs):
        raise Http404
    try:
        r = queries.roll(pk)
        mine = Errand.objects.get(
            pk=errand,
            roll=r.pk,
            kind=ErrandKind.SHARE,
            person=request.actor.id,
            position=request.actor.position,
        )
    except (Roll.DoesNotExist, Errand.DoesNotExist):
        raise Http404 from None
    mine.roll = r
    return mine


@require_http_methods(["GET", "HEAD", "POST"])
def errand(request: Request, pk: int, errand: int) -> HttpResponse:
    """Progress; then who would go where, to be confirmed; then what became of it."""
    mine = _mine(request, pk, errand)
    if request.method == "POST":
        if request.POST.get("go") == "stop":
            jobs.stop(mine)
        elif request.POST.get("go") == "go":
            jobs.go_on(mine, at=timezone.now())
        return redirect(mine)
    context: dict[str, Any] = {
        "e": mine,
        "r": mine.roll,
        "failed": Reason(mine.failed[0], mine.failed[1]) if mine.failed else None,
        "plan": [{**p, "nodes": len(p["nodes"])} for p in mine.plan],
        "km": sum(p["km"] for p in mine.plan),
        "left_out": mine.asked["number"] - mine.total if mine.plan else 0,
    }
    return render(request, "inspections/errand.html", context)
