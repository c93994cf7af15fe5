"""The ledger, the record, the acts, the four lists. A page makes one call and chooses one template."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_safe

from anlan.evidence import queries as evidence
from anlan.hazards import forms, lists, queries, words
from anlan.hazards.models import Hazard
from anlan.hazards.states import Grade, State, Track
from anlan.hazards.waiting import QUEUES
from anlan.hazards.workflow import HAZARD
from anlan.kernel import accesslog, paging, personal
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.scope import Axis
from anlan.kernel.web import Request, whole
from anlan.kernel.words import Conflict, Refused
from anlan.places import queries as places
from anlan.standards import queries as standards

SIZE = 50


def _one(pk: int) -> Hazard:
    try:
        return queries.hazard(pk)
    except Hazard.DoesNotExist:
        raise Http404 from None


def filters_of(request: Request) -> queries.Filters:
    """What the address narrows the ledger by."""
    known = queries.Filters.__dataclass_fields__
    said = {k: str(v).strip()[:60] for k, v in request.GET.items() if k in known}
    return queries.Filters(**{k: v for k, v in said.items() if v})


@require_safe
def ledger(request: Request) -> HttpResponse:
    """The ledger (台账) with filters, along one axis, page by cursor."""
    now = timezone.now()
    filters = filters_of(request)
    axis = Axis(request.GET["axis"]) if request.GET.get("axis") in set(Axis) else default_axis(request)
    bound = paging.binding("ledger", filters.given(), axis, request.actor.position)
    found = queries.ledger(filters=filters, on=day_of(now), axis=axis).select_related("enterprise")
    key, column = queries.order_of(filters)
    page = paging.page(
        found, key=key, column=column, cursor=request.GET.get("cursor", ""), bound=bound, size=SIZE
    )
    asked = request.GET.copy()
    asked.pop("cursor", None)
    context = {
        "page": page,
        "rows": page.rows,
        "filters": filters,
        "axis": axis,
        "axes": _axes(request),
        "chips": _chips(filters, asked),
        "choices": _choices(day_of(now), request),
        "next": _with(asked, page.next),
        "previous": _with(asked, page.previous),
        "asked": asked.urlencode(),
        "sectors": dict(standards.sector_choices(on=day_of(now))),
    }
    return render(request, "hazards/_rows.html" if request.htmx else "hazards/list.html", context)


def default_axis(request: Request) -> Axis:
    """The axis along which a position sees most."""
    coordinates = Hazard.coordinates.q(request.actor)
    return Axis.PLACE if coordinates is not None else Axis.HANDED if request.actor.organisation else Axis.MINE


def _axes(request: Request) -> list[tuple[str, str]]:
    shown = []
    if Hazard.coordinates.q(request.actor) is not None:
        shown.append((Axis.PLACE.value, _("职责范围内")))
    if not request.actor.is_enterprise:
        shown.append((Axis.HANDED.value, _("交我办的")))
    elif not request.actor.may("see"):
        shown.append((Axis.MINE.value, _("我上报的")))
    return shown


def _with(asked: Any, cursor: str) -> str:
    if not cursor:
        return ""
    query = asked.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"


def _choices(on: Any, request: Request) -> dict[str, Any]:
    return {
        "state": State.choices,
        "grade": Grade.choices,
        "track": Track.choices,
        "sector": standards.sector_choices(on=on),
        "county": [(p.code, p.name) for p in places.counties()]
        if request.actor.level in ("CITY", "SYSTEM")
        else [],
        "when": [("open", _("在办")), ("overdue", _("已逾期")), ("soon", _("三日内到期"))],
    }


LABELS = {
    "state": _later("状态"), "grade": _later("等级"), "sector": _later("行业"), "county": _later("县(市、区)"),
    "when": _later("时限"), "track": _later("发现方式"), "text": _later("文字"), "since": _later("自"), "until": _later("至"),
    "town": _later("乡镇(街道)"), "enterprise": _later("企业"), "source": _later("来源"),
}  # fmt: skip


def _chips(filters: queries.Filters, asked: Any) -> list[dict[str, Any]]:
    """What narrows the list now, each with the way to take it off."""
    words_of: dict[str, dict[Any, Any]] = {
        "state": dict(State.choices), "grade": dict(Grade.choices), "track": dict(Track.choices),
        "when": {"open": _("在办"), "overdue": _("已逾期"), "soon": _("三日内到期")},
        "sector": dict(standards.sector_choices(on=None)), "county": {p.code: p.name for p in places.counties()},
    }  # fmt: skip
    chips = []
    for name, value in filters.given().items():
        without = asked.copy()
        without.pop(name, None)
        label = words_of.get(name, {}).get(value, value)
        chips.append({"label": LABELS[name], "value": label, "href": f"?{without.urlencode()}"})
    return chips


@require_safe
def record(request: Request, pk: int) -> HttpResponse:
    """One hazard: facts and evidence on the left, what can be done and the timeline on the right."""
    now = timezone.now()
    h = _one(pk)
    accesslog.note(by=request.actor, at=now, what="see", kind="hazard", subject=pk, address=_address(request))
    shots = evidence.gallery(kind="hazard", subject=h.pk)
    reveals = request.actor.may("register.see_personal")
    context = {
        "h": h,
        "offers": HAZARD.offers(h, request.actor, now),
        "timeline": words.timeline(h),
        "before": shots.get("BEFORE", []),
        "after": shots.get("AFTER", []),
        "during": shots.get("DURING", []),
        "assignments": h.assignments.order_by("id"),
        "rounds": h.rounds.order_by("no"),
        "extensions": h.extensions.order_by("id"),
        "plans": h.treatmentplans.order_by("-id"),
        "progress": h.progressreports.order_by("-id"),
        "opinions": h.opinions.order_by("-id"),
        "instructions": h.instructions.order_by("-id"),
        "sector": standards.sector_name(h.now_sector),
        "source": standards.source_name(h.source),
        "county": places.name_of(h.now_county),
        "town": places.name_of(h.now_town) if h.now_town else "",
        "responsible": personal.reveal([h.responsible]).get(h.responsible, _("(已删除)")) if h.responsible and reveals else "",
        "relapses": Hazard.objects.filter(relapse_of=h),
        "panels": [panel(h, request.actor, now) for panel in RECORD_PANELS],
    }  # fmt: skip
    return render(request, "hazards/record.html", context)


#: what higher modules show on a hazard's page: (hazard, actor, now) → {"template", …} or None
RECORD_PANELS: list[Any] = []


def _address(request: Request) -> str:
    return request.META.get("REMOTE_ADDR", "")[:45]


def act_id(request: Request) -> UUID:
    """The id that the form carries, which settles the double click."""
    try:
        return UUID(request.POST.get("act_id", ""))
    except ValueError:
        return new_id()


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """One act: a short form, the rule it rests on beside it, one button."""
    now = timezone.now()
    h = _one(pk)
    transition = HAZARD.transitions.get(name)
    if transition is None or transition.creates or name not in forms.BY_ACT:
        raise Http404
    why_not = HAZARD.why_not(transition, h, request.actor, now)
    if not request.actor.may(transition.needs):
        return _answer(request, h, transition, None, now, why_not=why_not, status=403)
    if request.method != "POST":
        form = forms.BY_ACT[name](hazard=h, actor=request.actor, now=now)
        return _answer(request, h, transition, form, now, why_not=why_not)
    form = forms.BY_ACT[name](request.POST, request.FILES, hazard=h, actor=request.actor, now=now)
    refused: Any = None
    if form.is_valid():
        try:
            COMMANDS[f"hazard.{name}"](
                h.pk, by=request.actor, at=now, id=act_id(request), seen=seen_of(request), **form.inputs()
            )
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
            return redirect(h)
    status = 409 if isinstance(refused, Conflict) else 422
    return _answer(request, h, transition, form, now, why_not=None, refused=refused, status=status)


def seen_of(request: Request) -> int | None:
    """Which step of the record the form was drawn from."""
    return whole(request.POST.get("seen", ""))


def _answer(
    request: Request, h: Hazard, transition: Any, form: Any, now: datetime, *, why_not: Any, refused: Any = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "h": h,
        "transition": transition,
        "form": form,
        "why_not": why_not,
        "refused": refused,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "seen": request.POST.get("seen") or h.seq,
        "clauses": form.clauses() if isinstance(form, forms.ProposeMajor) else (),
        "sector": standards.sector_name(h.now_sector),
    }
    return render(request, "hazards/act.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Request, name: str) -> HttpResponse:
    """Register a hazard, or one that was put right on the spot."""
    now = timezone.now()
    transition = HAZARD.transitions[name]
    if not request.actor.may(transition.needs):
        raise Http404
    initial = {"enterprise": request.GET.get("enterprise", "")[:100]}
    form = forms.BY_ACT[name](
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        actor=request.actor,
        now=now,
        initial=initial,
    )
    refused, doubles = None, []
    if request.method == "POST" and form.is_valid():
        if isinstance(form, forms.Register):
            doubles = form.likely_doubles()
        if not doubles:
            try:
                h = COMMANDS[f"hazard.{name}"](by=request.actor, at=now, id=act_id(request), **form.inputs())
            except Refused as refusal:
                refused = refusal
            else:
                messages.success(request, _("已登记,编号%(number)s") % {"number": h.number})
                return redirect(h)
    context = {
        "form": form,
        "transition": transition,
        "refused": refused,
        "doubles": doubles,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "firms": getattr(form, "firms", ()),
    }
    return render(
        request, "hazards/find.html", context, status=422 if request.method == "POST" and not doubles else 200
    )


@require_safe
def queue(request: Request, code: str) -> HttpResponse:
    """Everything of one kind that waits for me."""
    now = timezone.now()
    waiting = next((q for q in QUEUES if q.code == code and request.actor.may(q.needs)), None)
    if waiting is None:
        raise Http404
    bound = paging.binding("queue", code, request.actor.position)
    rows = waiting.rows(request.actor, day_of(now)).select_related("enterprise")
    page = paging.page(
        rows, key="found_at", cursor=request.GET.get("cursor", ""), bound=bound, size=SIZE, ascending=True
    )
    context = {
        "title": waiting.title,
        "waiting": waiting,
        "transition": HAZARD.transitions.get(waiting.act),
        "rows": page.rows,
        "next": f"?cursor={page.next}" if page.next else "",
        "previous": f"?cursor={page.previous}" if page.previous else "",
    }
    return render(request, "hazards/queue.html", context)


@require_safe
def four_lists(request: Request, which: str) -> HttpResponse:
    """One of the four lists (四张清单), on screen or as A4."""
    made = lists.LISTS.get(which)
    if made is None:
        raise Http404
    now = timezone.now()
    filters = filters_of(request)
    rows = list(queries.ledger(filters=filters, on=day_of(now), axis=default_axis(request)).select_related("enterprise")
                .order_by("found_at", "id")[: lists.AT_MOST + 1])  # fmt: skip
    context = {
        "which": which,
        "made": made,
        "lists": lists.LISTS.values(),
        "columns": [c.label for c in made.columns],
        "rows": [[c.of(i, h) for c in made.columns] for i, h in enumerate(rows[: lists.AT_MOST], 1)],
        "cut": len(rows) > lists.AT_MOST,
        "at_most": lists.AT_MOST,
        "place": _place_of(request),
        "asked": request.GET.urlencode(),
        "wide": True,
    }
    return render(
        request, "hazards/list_print.html" if "print" in request.GET else "hazards/list_four.html", context
    )


def _place_of(request: Request) -> str:
    actor = request.actor
    return (
        actor.organisation_name if actor.is_enterprise else places.name_of(actor.code) if actor.code else ""
    )


@require_safe
def alike(request: Request) -> HttpResponse:
    """Likely doubles, asked while typing."""
    firm = whole(request.GET.get("enterprise", ""))
    found = queries.alike(enterprise=firm, description=request.GET.get("description", "")[:1000],
                          on=day_of(timezone.now())) if firm is not None else []  # fmt: skip
    return render(request, "hazards/_alike.html", {"doubles": found})
