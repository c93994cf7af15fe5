"""Figures on a page, and the records behind each."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_safe

from anlan.figures import engine, reach, whose
from anlan.figures.bulletins import paragraph as bulletins
from anlan.figures.forms import Asking
from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Indicator, Rate
from anlan.kernel import paging
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Level
from anlan.kernel.web import Request, at_cursor, whole
from anlan.kernel.words import Refused
from anlan.places import queries as places
from anlan.standards import queries as standards

SIZE = 50
#: parts that are named by the key of a record
KEYS = frozenset({"organisation", "enterprise", "group"})
#: what a divided table shows: a line for each part, one of these in each column
CORE = ("visits", "found", "found_general", "found_major", "rectified", "closed", "on_spot", "open", "open_major", "overdue",
        "ordered", "suspended", "rectification_rate")  # fmt: skip

#: grades of hazards; in the cells of visits this dimension carries the level of who looked
GRADES = {"GENERAL": _later("一般"), "MAJOR": _later("重大"), "UNGRADED": _later("未定级")}


def _asked(request: Request) -> tuple[Asking, Any, str]:
    """The form, the refusal if there is one, and the place. Positions without figures find no page."""
    form = Asking(request.GET, actor=request.actor, today=day_of(timezone.now()))
    if not reach.own_place(request.actor) or not request.actor.may("figures.see"):
        raise Http404
    if not form.is_valid():
        return form, _("请核对地方和日期"), ""
    try:
        place = reach.place_within(form.cleaned_data["place"], actor=request.actor)
        assert form.period
    except Refused as refusal:
        return form, refusal, ""
    return form, None, place


@require_safe
def index(request: Request) -> HttpResponse:
    """A table of figures for a place and a period, divided if asked, and the paragraph of the bulletin."""
    form, refused, place = _asked(request)
    if refused is not None:
        return render(request, "figures/index.html", {"form": form, "refused": refused}, status=422)
    by, period, only = form.cleaned_data["by"], form.period, reach.only_own(request.actor)
    columns = _columns(by, place, request.actor.level)
    split = by if by and by != "place" else ""
    at = tuple(code for code, _label in columns) if by == "place" else (place,)
    table = engine.read(engine.Ask(tuple(INDICATORS), at, period, only, split))
    if split:
        columns = [(place, _("合计")), *((v, _label(split, v)) for v in _values(table, place))]
    shown = [INDICATORS[c] for c in (CORE if by else INDICATORS)]
    lines = []
    for n, (code, name) in enumerate(columns):
        cells = []
        for i in shown:
            key = (i.code, place, code) if split and n else (i.code, code, "")
            href = _href(i, code, period, split if n else "", place)
            note = _apart(i, table, key)
            cells.append({"indicator": i, "value": table.values.get(key), "href": href, "note": note})
        lines.append({"name": name, "cells": cells})
    context = {
        "form": form,
        "place": places.name_of(place),
        "period": period,
        "lines": lines,
        "divided": bool(by),
        "bulletin": bulletins.bulletin(place=place, period=period, only=only),
    }
    return render(request, "figures/index.html", context)


def _apart(i: Indicator, table: engine.Table, key: tuple[str, str, str]) -> str:
    """What a rate leaves out, said beside it."""
    n = table.values.get((i.apart, *key[1:])) if isinstance(i, Rate) and i.apart else None
    return _("另有导入时已办结%(n)s处") % {"n": n} if n else ""


def _columns(by: str, place: str, level: Level) -> list[tuple[str, str]]:
    if by != "place":
        return [(place, _("合计"))]
    found = (
        places.county_choices() if len(place) <= 4 else places.town_choices(place) if len(place) == 6 else []
    )
    return [(place, _("合计")), *found]


def _values(table: engine.Table, place: str) -> list[str]:
    found = {value for _c, p, value in table.values if p == place and value}
    return sorted(found & GRADES.keys() if table.ask.split == "grade" else found)


def _label(split: str, value: str) -> str:
    if split == "sector":
        return standards.sector_name(value)
    if split == "source":
        return standards.source_name(value)
    if split == "grade":
        return str(GRADES.get(value, value))
    return whose.label(value)


def _href(i: Any, code: str, period: engine.Period, split: str, place: str) -> str:
    asked: dict[str, Any] = {
        "code": i.code,
        "place": place if split else code,
        "from": period.start,
        "to": period.end,
    }
    if split:
        asked[split] = code
    return f"rows/?{urlencode(asked)}"


def _only(request: Request) -> tuple[tuple[str, tuple[str, ...]], ...]:
    asked = tuple(
        (d, tuple(_part(d, said) for said in request.GET.getlist(d)))
        for d in engine.SPLITS
        if request.GET.get(d)
    )
    return (*reach.only_own(request.actor), *asked)


def _part(dimension: str, said: str) -> str:
    """A part of a figure as the address names it; what is no key names no record."""
    return str(whole(said) or 0) if dimension in KEYS else said


@require_safe
def rows(request: Request) -> HttpResponse:
    """Exactly the records that a figure counted, by the same filter."""
    form, refused, place = _asked(request)
    if refused is None:
        try:
            indicator = engine.indicator(request.GET.get("code", ""))
        except Refused as refusal:
            refused = refusal
    if refused is not None:
        return render(request, "figures/rows.html", {"refused": refused}, status=422)
    period, only = form.period, _only(request)
    counted: Any = engine.indicator(indicator.whole) if isinstance(indicator, Rate) else indicator
    day = engine.day_column(counted)
    found = engine.rows(indicator.code, place=place, period=period, only=only)
    if any(f.name == "enterprise" for f in found.model._meta.fields):
        found = found.select_related("enterprise")
    asked = request.GET.copy()
    asked.pop("cursor", None)
    bound = paging.binding("rows", asked.urlencode(), request.actor.position)
    page = paging.page(found, key=day, cursor=request.GET.get("cursor", ""), bound=bound, size=SIZE)
    value = engine.read(engine.Ask((indicator.code,), (place,), period, only))[indicator.code, place]
    context = {
        "indicator": indicator,
        "whole": counted if counted is not indicator else None,
        "value": value,
        "count": found.count(),
        "place": places.name_of(place),
        "period": period,
        "narrowed": ["、".join(_label(d, v) for v in values) for d, values in only],
        "rows": page.rows,
        "plain": [(row, getattr(row, day)) for row in page.rows],
        "kind": found.model._meta.model_name,
        "day": day,
        "next": at_cursor(asked, page.next),
        "previous": at_cursor(asked, page.previous),
        "back": f"../?place={place}&from={period.start}&to={period.end}",
    }
    return render(request, "figures/rows.html", context)


@require_safe
def definitions(request: Request) -> HttpResponse:
    """What each indicator counts, by which date."""
    shown: Iterable[Any] = INDICATORS.values()
    return render(request, "figures/definitions.html", {"indicators": shown})
