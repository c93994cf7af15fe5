"""One act upon many hazards: what will happen, to which it cannot and why, then each with its outcome.

Each row's act has an id made of the form's and the row's, so a form sent twice acts once; each carries
the step at which it was shown, so a row that has moved on since is refused alone.
"""

from typing import Any
from uuid import uuid5

from django import forms as django_forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from anlan.hazards import forms, queries
from anlan.hazards.models import Hazard
from anlan.hazards.tables import HAZARDS
from anlan.hazards.workflow import HAZARD
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.scope import Actor
from anlan.kernel.web import Request, act_id
from anlan.kernel.words import Reason, Refused
from anlan.kernel.workflow import Transition

#: acts that can be one decision upon many rows; what is looked at one by one (acceptance, majors) is not
ACTS = ("sign", "accept_transfer", "assign", "pass_on", "grade_general", "order", "urge", "return_")
#: what a form asks of one row alone
ALONE = {"order": ("responsible",)}
#: what the preview's form sends beside the act's own fields
OURS = ("act", "rows", "back", "go")
AT_MOST = 500
NO_ACT = Reason("请选择要办理的事项")
LOST = Reason("没有找到这条记录,或不在您的职责范围内")
STRANGE = Reason("这里不需要填写这一项")
NOTHING = Reason("请先选择要办理的隐患")
TOO_MANY = Reason("一次最多办理%(n)s条,请筛选后分几次办理", {"n": AT_MOST})


def offered(actor: Actor, *, first: str = "") -> list[Transition]:
    """The acts that this position may do in bulk; `first` before the others."""
    codes = sorted(ACTS, key=lambda code: code != first)
    return [t for code in codes if actor.may((t := HAZARD.transitions[code]).needs)]


@require_POST
def bulk(request: Request) -> HttpResponse:
    """Preview; with `go` the acts, and what became of each."""
    acts = offered(request.actor)
    if not acts:
        raise Http404
    transition = next((t for t in acts if t.name == request.POST.get("act")), None)
    if transition is None:
        raise Refused(NO_ACT)
    now = timezone.now()
    seen = _chosen(request)
    rows = list(queries.opened(seen).order_by("found_at", "pk"))
    judged = [(h, HAZARD.why_not(transition, h, request.actor, now)) for h in rows]
    can = [h for h, why in judged if why is None]
    going = "go" in request.POST
    form = _form(request, transition, (can or rows)[0], going) if rows else None
    if form is not None and going and form.is_valid():
        outcomes = _perform(request, transition, [h.pk for h in rows], seen, form.inputs())
        return _result(request, transition, rows, outcomes)
    context = {
        "transition": transition,
        "form": form,
        "can": can,
        "cannot": [(h, why) for h, why in judged if why is not None],
        "lost": len(seen) - len(rows),
        "rows_said": ",".join(f"{h.pk}:{seen[h.pk] if seen[h.pk] is not None else h.seq}" for h in rows),
        "act_id": request.POST.get("act_id") or str(new_id()),
        "target": [HAZARD.states(t).label for t in transition.targets],
        "back": _back(request),
    }
    status = 422 if going and form is not None and form.errors else 200
    return render(request, "hazards/bulk.html", context, status=status)


def _chosen(request: Request) -> dict[int, int | None]:
    """Keys and the steps at which they were shown: from the preview, ticked, or all that an address finds."""
    seen: dict[int, int | None] = {}
    said = request.POST.get("rows", "").split(",") if request.POST.get("rows") else request.POST.getlist("pk")
    for one in said:
        pk, _, seq = one.partition(":")
        if pk.isdecimal() and len(pk) < 16:
            seen[int(pk)] = int(seq) if seq.isdecimal() and len(seq) < 9 else None
    if "all" in request.POST and "rows" not in request.POST:
        asked = HAZARDS.asked(QueryDict(request.POST.get("query", "")))
        listing = HAZARDS.listing(asked, request.actor, day_of(timezone.now()))
        seen = dict(listing.ordered().values_list("pk", "seq")[: AT_MOST + 1])
    if not seen:
        raise Refused(NOTHING)
    if len(seen) > AT_MOST:
        raise Refused(TOO_MANY)
    return seen


def _form(request: Request, transition: Transition, one: Hazard, going: bool) -> Any:
    """The act's own form, asked once for all; `one` of the rows decides what there is to choose from."""
    said = request.POST.copy()
    for name in OURS:
        said.pop(name, None)
    data = (said, request.FILES) if going else ()
    form = forms.BY_ACT[transition.name](*data, hazard=one, actor=request.actor, now=timezone.now())
    for_many(form, transition.name)
    return form


def for_many(form: Any, act: str) -> None:
    """Take out of an act's form what is asked of one row alone, and files."""
    for name in ALONE.get(act, ()):
        form.fields.pop(name, None)
    for name, field in list(form.fields.items()):
        if isinstance(field, django_forms.FileField):
            del form.fields[name]


def _perform(
    request: Request,
    transition: Transition,
    keys: list[int],
    seen: dict[int, int | None],
    inputs: dict[str, Any],
) -> list[Any]:
    form_id = act_id(request)
    requests = [{"pk": pk, "id": uuid5(form_id, str(pk)), "seen": seen[pk], **inputs} for pk in keys]
    return COMMANDS[f"hazard.{transition.name}"].many(requests, by=request.actor, at=timezone.now())


def _result(
    request: Request, transition: Transition, rows: list[Hazard], outcomes: list[Any]
) -> HttpResponse:
    by_key = {h.pk: h for h in rows}
    done = [o.row for o in outcomes if o.reason is None]
    refused = [(by_key[o.key], o.reason) for o in outcomes if o.reason is not None]
    context = {"transition": transition, "done": done, "refused": refused, "back": _back(request)}
    return render(request, "hazards/bulk_done.html", context)


def _back(request: Request) -> str:
    """The list from which it came: its address here, never elsewhere."""
    said = request.POST.get("back", "")
    return said if said.startswith("/hazards/") else "/hazards/"
