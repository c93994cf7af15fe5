"""The ledger, what waits for me, the four lists: on the page, and as A4."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_safe

from anlan.hazards import bulk_pages, lists, queries
from anlan.hazards.models import Hazard
from anlan.hazards.states import Grade, State, Track
from anlan.hazards.tables import HAZARDS, axis_of, filters_of
from anlan.hazards.waiting import QUEUES
from anlan.hazards.workflow import HAZARD
from anlan.kernel import search, tablepage
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Axis, Level
from anlan.kernel.tables import Listing, Table
from anlan.kernel.web import Request
from anlan.places import queries as places
from anlan.standards import queries as standards

LABELS = {
    "state": _later("状态"), "grade": _later("等级"), "sector": _later("行业"), "county": _later("县(市、区)"),
    "when": _later("时限"), "track": _later("发现方式"), "text": _later("文字"), "since": _later("自"), "until": _later("至"),
    "town": _later("乡镇(街道)"), "enterprise": _later("企业"), "source": _later("来源"),
}  # fmt: skip
WHEN = {"open": _later("在办"), "overdue": _later("已逾期"), "soon": _later("三日内到期")}
#: fields that the drawn cells need whatever columns are chosen
ALSO = ("seq",)


def _href(pk: int) -> str:
    return f"/hazards/{pk}/"


@require_safe
def ledger(request: Request) -> HttpResponse:
    """The ledger (台账) with filters, along one axis, page by cursor; `print` as A4."""
    on = day_of(timezone.now())
    asked = HAZARDS.asked(request.GET)
    listing = HAZARDS.listing(asked, request.actor, on)
    if "print" in request.GET:
        return _paper(request, HAZARDS, listing)
    filters = filters_of(asked)
    context = tablepage.context(request, HAZARDS, listing, href=_href, also=ALSO) | {
        "filters": filters,
        "axis": axis_of(asked, request.actor),
        "axes": _axes(request),
        "chips": tablepage.chips(request, filters.given(), LABELS, _words(filters)),
        "choices": _choices(on, request),
        "views": tablepage.views(request, HAZARDS),
        "acts": bulk_pages.offered(request.actor),
        "too_short": bool(filters.text) and search.query(filters.text) is None and not filters.text.isdecimal(),
        "files": (HAZARDS.code, "form21"),
    }  # fmt: skip
    return render(request, "hazards/_rows.html" if request.htmx else "hazards/list.html", context)


def _axes(request: Request) -> list[tuple[str, str]]:
    shown = []
    if Hazard.coordinates.q(request.actor) is not None:
        shown.append((Axis.PLACE.value, _("职责范围内")))
    if not request.actor.is_enterprise:
        shown.append((Axis.HANDED.value, _("交我办的")))
    elif not request.actor.may("see"):
        shown.append((Axis.MINE.value, _("我上报的")))
    return shown


def _choices(on: Any, request: Request) -> dict[str, Any]:
    whole_city = request.actor.level in (Level.CITY, Level.SYSTEM)
    return {
        "state": State.choices,
        "grade": Grade.choices,
        "track": Track.choices,
        "sector": standards.sector_choices(on=on),
        "county": places.county_choices() if whole_city else [],
        "when": WHEN.items(),
    }


def _words(filters: queries.Filters) -> dict[str, Mapping[Any, Any]]:
    """What the values of filters are called."""
    return {
        "state": dict(State.choices), "grade": dict(Grade.choices), "track": dict(Track.choices), "when": WHEN,
        "sector": dict(standards.sector_choices(on=None)), "source": dict(standards.source_choices("", on=None)),
        "county": dict(places.county_choices()), "town": {filters.town: places.name_of(filters.town)},
        "enterprise": {filters.enterprise: queries.firm_name(filters.enterprise)},
    }  # fmt: skip


@require_safe
def queue(request: Request, code: str) -> HttpResponse:
    """Everything of one kind that waits for me."""
    waiting = next((q for q in QUEUES if q.code == code and request.actor.may(q.needs)), None)
    if waiting is None:
        raise Http404
    rows = waiting.rows(request.actor, day_of(timezone.now()))
    listing = Listing(rows, "found_at", ascending=True)
    context = tablepage.context(request, HAZARDS, listing, href=_href, also=ALSO, bound=("queue", code)) | {
        "title": waiting.title,
        "waiting": waiting,
        "transition": HAZARD.transitions.get(waiting.act),
        "acts": bulk_pages.offered(request.actor, first=waiting.act),
        "queue_code": code,
    }
    return render(request, "hazards/queue.html", context)


@require_safe
def four_list(request: Request, which: str) -> HttpResponse:
    """One of the four lists (四张清单), on screen or as A4."""
    made = lists.LISTS.get(which)
    if made is None:
        raise Http404
    listing = made.listing(made.asked(request.GET), request.actor, day_of(timezone.now()))
    if "print" in request.GET:
        return _paper(request, made, listing)
    filters = filters_of(request.GET)
    context = tablepage.context(request, made, listing, href=_href) | {
        "which": which,
        "lists": lists.LISTS.values(),
        "empty": lists.EMPTY[which],
        "chips": tablepage.chips(request, filters.given(), LABELS, _words(filters)),
        "files": (which,),
    }
    return render(request, "hazards/list_four.html", context)


def _paper(request: Request, table: Table, listing: Listing) -> HttpResponse:
    actor = request.actor
    place = (
        actor.organisation_name if actor.is_enterprise else places.name_of(actor.code) if actor.code else ""
    )
    return render(
        request, "ui/table_print.html", tablepage.printed(request, table, listing) | {"place": place}
    )
