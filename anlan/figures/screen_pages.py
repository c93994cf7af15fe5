"""The screen as a page that carries its document, as the document alone, and the boundaries of its map."""

import hashlib
import json
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from anlan.figures import periods, reach, screen, screen_map
from anlan.figures.indicators import INDICATORS
from anlan.kernel.clock import day_of
from anlan.kernel.scope import acting_as
from anlan.kernel.told import told
from anlan.kernel.web import Request
from anlan.kernel.words import Refused
from anlan.places import queries as places


def _may(request: Request) -> bool:
    return bool(reach.own_place(request.actor)) and request.actor.may("figures.see")


def _document(request: Request) -> dict[str, Any]:
    """What the address asks for. 404 for positions without figures; Refused as `screen.asked` says."""
    if not _may(request):
        raise Http404
    today = day_of(timezone.now())
    said = {name: request.GET.get(name, "") for name in ("place", "period", "indicator")}
    return screen.document(screen.asked(by=request.actor, on=today, **said), by=request.actor, on=today)


def _tag(document: dict[str, Any]) -> str:
    """Differs whenever anything on the screen does, its language and day included."""
    said = json.dumps([document, get_language(), str(day_of(timezone.now()))], sort_keys=True, default=str)
    return quote_etag(hashlib.sha256(said.encode()).hexdigest()[:32])


def _unless_known(request: Request, tag: str) -> HttpResponseBase | None:
    """304 where the asker holds this very document."""
    answer = get_conditional_response(request, etag=tag)
    return answer if answer is not None and answer.status_code == 304 else None


@require_safe
def show(request: Request) -> HttpResponseBase:
    """The whole screen, drawn; it asks for itself again and is told 304 while nothing has changed."""
    try:
        document = _document(request)
    except Refused as refusal:
        return render(request, "figures/screen.html", {"refused": refusal}, status=422)
    tag = _tag(document)
    if (known := _unless_known(request, tag)) is not None:
        return known
    today = day_of(timezone.now())
    with acting_as(request.actor):
        offered = periods.offered(on=today)
    city = places.city()
    context = {
        "d": document,
        "trend_rows": _trend_rows(document["trend"]),
        "periods": offered,
        "known_period": any(p.code == document["period"]["code"] for p in offered),
        "indicators": INDICATORS.values(),
        "now": timezone.now(),
        "source": screen_map.source_of(city.code) if city else "",
        "boundaries": reverse("screen:boundaries") if city and screen_map.own_boundaries(city.code) else "",
    }
    answer = render(request, "figures/screen.html", context)
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _trend_rows(trend: dict[str, Any]) -> list[dict[str, Any]]:
    lines = [zip(line["values"], line["hrefs"], strict=True) for line in trend["lines"]]
    return [
        {"step": step, "cells": cells}
        for step, cells in zip(trend["steps"], zip(*lines, strict=True), strict=True)
    ]


@require_safe
def data(request: Request) -> HttpResponseBase:
    """The document alone, for whoever draws it himself."""
    try:
        document = _document(request)
    except Refused as refusal:
        said = {"error": told(refusal.reason), "field": refusal.field}
        return HttpResponse(json.dumps(said, ensure_ascii=False), "application/json", status=422)
    tag = _tag(document)
    known = _unless_known(request, tag)
    if known is not None:
        return known
    answer = HttpResponse(json.dumps(document, ensure_ascii=False, default=str), "application/json")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_safe
def boundaries(request: Request) -> HttpResponseBase:
    """The boundaries that this installation keeps in place of those of the build; empty where it keeps none."""
    if not _may(request):
        raise Http404
    city = places.city()
    own = screen_map.own_boundaries(city.code) if city else None
    if own is None:
        return HttpResponse(status=204)
    return FileResponse(own.open("rb"), content_type="application/geo+json")
