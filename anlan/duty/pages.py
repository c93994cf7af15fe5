"""The roll call of a day, worked through line by line; one call with its acts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlan.duty import commands, forms, queries, words
from anlan.duty.models import RollCall
from anlan.duty.states import RESULTS, CallState
from anlan.duty.workflow import CALL, ROLL_CALL, SEE
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.scope import Actor
from anlan.kernel.web import Request, act_id, day_said, seen_of, status_of
from anlan.kernel.words import Refused
from anlan.places import queries as places


@require_safe
def today(request: Request) -> HttpResponse:
    """The roll calls of a day that this position sees; his own is filled in line by line."""
    if not request.actor.may(SEE):
        raise Http404
    actor, on = request.actor, day_of(timezone.now())
    refused = None
    try:
        day = day_said(request.GET["day"], field="day") if request.GET.get("day") else on
    except Refused as refusal:
        day, refused = on, refusal
    found = words.sheets(queries.calls(day=day), first=actor.organisation)
    mine = [s for s in found if s.caller == actor.organisation]
    calls = actor.may(CALL)
    below = queries.below(actor) if calls and day == on else []
    before, after = queries.near(day)
    context = {
        "day": day, "on": on, "refused": refused, "before": before, "after": after, "actor": actor,
        "sheets": [(s, calls and s.caller == actor.organisation and day == on) for s in found],
        "below": below, "begun": bool(mine), "calls": calls,
        "over": all(s.called == len(s.rows) for s in mine),
        "results": [(r.value, r.label) for r in RESULTS],
    }  # fmt: skip
    return render(request, "duty/today.html", context, status=422 if refused else 200)


@require_POST
def begin(request: Request) -> HttpResponse:
    """Begin a round of today: every unit that answers to mine is put on the sheet."""
    if not request.actor.may(CALL):
        raise Http404
    actor, now = request.actor, timezone.now()
    assert actor.organisation is not None  # whoever calls has one
    day, units = day_of(now), queries.below(actor)
    if not units:
        messages.error(request, _("您单位没有可以点名的下级单位"))
        return redirect("duty:today")
    waiting = [s for s in words.sheets(queries.calls(day=day), first=None)
               if s.caller == actor.organisation and s.called < len(s.rows)]  # fmt: skip
    if waiting:
        messages.error(request, _("今天的点名还没有点完,请先点完这一轮"))
        return redirect("duty:today")
    known = queries.phones([u.pk for u in units], caller=actor.organisation, on=day)
    number = queries.next_round(actor.organisation, day=day)
    outcomes = commands.begin.many(
        [{"unit": u, "round": number, "phone": known.get(u.pk, "")} for u in units], by=actor, at=now
    )
    made = sum(1 for o in outcomes if o.row is not None)
    messages.success(request, _("点名表已建立,共%(n)s个单位") % {"n": made})
    return redirect("duty:today")


def one(pk: int, actor: Actor) -> RollCall:
    """A call that opens to somebody who looks at duty at all; otherwise there is none."""
    if not actor.may(SEE):
        raise Http404
    try:
        return queries.call(pk)
    except ObjectDoesNotExist:
        raise Http404 from None


@require_safe
def call(request: Request, pk: int) -> HttpResponse:
    """One call: what was heard, what may be done, how the unit answered of late."""
    c = one(pk, request.actor)
    now = timezone.now()
    context = {
        "c": c,
        "place": places.name_of(c.town or c.county) if c.county else "",
        "offers": ROLL_CALL.offers(c, request.actor, now),
        "history": words.history(c, ROLL_CALL.transitions),
        "before": queries.history(c.organisation, upto=c.day),
    }
    return render(request, "duty/call.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request) -> HttpResponse:
    """A call from paper, entered afterwards."""
    if not request.actor.may(CALL):
        raise Http404
    return _answer(request, "record", None)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """An act upon a call; from the sheet it comes back to the next line that waits."""
    c = one(pk, request.actor)
    transition = ROLL_CALL.transitions.get(name)
    if transition is None or transition.creates or name not in forms.BY_ACT:
        raise Http404
    return _answer(request, name, c)


def _answer(request: Request, name: str, c: RollCall | None) -> HttpResponse:
    now, transition = timezone.now(), ROLL_CALL.transitions[name]
    why_not = None if c is None else ROLL_CALL.why_not(transition, c, request.actor, now)
    context: dict[str, Any] = {
        "c": c, "transition": transition, "why_not": why_not,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "seen": request.POST.get("seen") or (c.seq if c is not None else ""),
    }  # fmt: skip
    if c is not None and not request.actor.may(transition.needs):
        return render(request, "duty/act.html", context, status=403)
    posted = request.POST if request.method == "POST" else None
    if why_not is not None and posted is None:
        return render(request, "duty/act.html", context)
    form = forms.BY_ACT[name](posted, row=c, actor=request.actor, now=now)
    refused: Refused | None = None
    if posted is not None and form.is_valid():
        command = COMMANDS[f"rollcall.{name}"]
        said: dict[str, Any] = {"by": request.actor, "at": now, "id": act_id(request)}
        try:
            if c is None:
                made = command(**said, **form.inputs())
            else:
                made = command(c.pk, seen=seen_of(request), **said, **form.inputs())
        except Refused as refusal:
            refused = refusal
            form.mark(refusal)
        else:
            messages.success(request, _("已登记:%(unit)s %(state)s") % {
                "unit": made.organisation_name, "state": made.get_state_display()
            })  # fmt: skip
            return redirect(_after(made))
    status = 200 if posted is None else status_of(refused)
    return render(request, "duty/act.html", context | {"form": form, "refused": refused}, status=status)


def _after(c: RollCall) -> str:
    """The next line of the same sheet that waits, else the sheet."""
    sheet = reverse("duty:today") + f"?day={c.day}"
    rows = [r for r in queries.calls(day=c.day) if r.caller == c.caller and r.state == CallState.WAITING]
    following = [r for r in rows if r.pk > c.pk] or rows
    return f"{sheet}#c{following[0].pk}" if following else sheet
