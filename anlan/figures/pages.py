"""Figures on a page, and the records behind each."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_safe

from anlan.figures import engine, reach, whose
from anlan.figures.ask import TIMES, days_of
from anlan.figures.bulletins import paragraph as bulletins
from anlan.figures.bulletins import reading
from anlan.figures.forms import Asking
from anlan.figures.indicators import CORE, INDICATORS, SUBJECTS
from anlan.figures.kinds import Indicator, Rate
from anlan.figures.opened import opened
from anlan.kernel import paging
from anlan.kernel.clock import day_of
from anlan.kernel.web import Request, at_cursor, whole
from anlan.kernel.words import Refused
from anlan.people import queries as people
from anlan.places import queries as places
from anlan.standards import queries as standards

SIZE = 50
#: grades of hazards; in the cells of visits this dimension carries the level of who looked
GRADES = {"GENERAL": _later("一般"), "MAJOR": _later("重大"), "UNGRADED": _later("未定级")}


def _asked(request: Request) -> tuple[Asking, Any, str, engine.Period | None]:
    """The form, the refusal if there is one, place and period. Positions without figures find no page."""
    form = Asking(request.GET, actor=request.actor, today=day_of(timezone.now()))
    if not reach.own_place(request.actor) or not request.actor.may("figures.see"):
        raise Http404
    try:
        return form, None, *form.read()
    except Refused as refusal:
        return form, refusal, "", None


@require_safe
def index(request: Request) -> HttpResponse:
    """A table of figures for a place and a period, divided if asked, and the paragraph of the bulletin."""
    form, refused, place, period = _asked(request)
    if refused is not None or period is None:
        return render(request, "figures/index.html", {"form": form, "refused": refused}, status=422)
    said = form.cleaned_data
    only = (*reach.only_own(request.actor), *whose.only(said["system"]))
    shown = _shown(said["about"], said["by"], only)
    made = None
    if said["by"] or said["about"]:
        ask, lines = _lines(place, period, only, said["by"], shown)
    else:  # the paragraph and the boxes are read together
        about = reading.About(place, period, system=said["system"], only=reach.only_own(request.actor))
        table = reading.read((*bulletins.CODES, *(i.code for i in shown)), about)
        made = bulletins.written(about, {c: table.values.get((c, place, "")) for c in bulletins.CODES})
        ask, lines = _lines(place, period, only, "", shown, table)
    context = {
        "form": form,
        "place": places.name_of(place),
        "period": period,
        "whose": whose.heading(whose.only(said["system"])),
        "heads": shown,
        "lines": lines,
        "divided": bool(said["by"]),
        "regions": ask.regions,
        "bulletin": made,
    }
    return render(request, "figures/index.html", context)


def _shown(about: str, by: str, only: engine.Only) -> list[Indicator]:
    """The indicators of a subject that can be narrowed and divided as asked."""
    group = SUBJECTS[about][1] if about else tuple(INDICATORS[c] for c in CORE)
    needed = {d for d, _values in only} | ({by} - {"", "place", "region"})
    return [i for i in group if all(engine.tells(i, d) for d in needed)]


def _lines(
    place: str,
    period: engine.Period,
    only: engine.Only,
    by: str,
    shown: list[Indicator],
    read: engine.Table | None = None,
) -> tuple[engine.Ask, list[dict[str, Any]]]:
    """The lines of the table, the total first."""
    split = by if by not in ("", "place", "region") else ""
    columns = _columns(by, place)
    ask = engine.Ask(
        tuple(i.code for i in shown),
        tuple(code for code, _name in columns),
        period,
        only,
        split,
        by == "region",
    )
    table = read or engine.read(ask)
    if split:
        columns += [(v, label_of(split, v)) for v in parts_of(table, place)]
    lines = []
    for n, (code, name) in enumerate(columns):
        cells = []
        for i in shown:
            key = (i.code, place, code) if split and n else (i.code, code, "")
            value = table.values.get(key, 0 if split and n and not isinstance(i, Rate) else None)
            href = rows_of(i, ask, code, place, part=bool(split and n))
            cells.append({"indicator": i, "value": value, "href": href, "note": _apart(i, table, key)})
        lines.append({"name": name, "cells": cells})
    return ask, lines


def _apart(i: Indicator, table: engine.Table, key: tuple[str, str, str]) -> str:
    """What a rate leaves out, said beside it."""
    n = table.values.get((i.apart, *key[1:])) if isinstance(i, Rate) and i.apart else None
    return _("另有导入时已办结%(n)s处") % {"n": n} if n else ""


def _columns(by: str, place: str) -> list[tuple[str, str]]:
    total = (place, _("合计"))
    if by == "region":
        return [total, *((r.code, r.label) for r in places.regions())]
    if by != "place":
        return [total]
    found = (
        places.county_choices() if len(place) <= 4 else places.town_choices(place) if len(place) == 6 else []
    )
    return [total, *found]


def parts_of(table: engine.Table, place: str) -> list[str]:
    found = {value for _c, p, value in table.values if p == place and value}
    return sorted(found & GRADES.keys() if table.ask.split == "grade" else found)


def label_of(split: str, value: str) -> str:
    if split == "sector":
        return standards.sector_name(value)
    if split == "source":
        return standards.source_name(value)
    if split == "grade":
        return str(GRADES.get(value, value))
    if split in ("group", "organisation"):
        organ = people.organ(int(value)) if whole(value) else None
        return organ.name if organ else value
    if split == "hour":
        return _("%(hour)s时") % {"hour": whole(value) or 0}
    return value if split in TIMES else whose.label(value)


def rows_of(i: Any, ask: engine.Ask, code: str, place: str, *, part: bool) -> str:
    """Where a cell opens into its rows."""
    period, split = ask.period, ask.split
    asked: list[tuple[str, Any]] = [("code", i.code), ("place", place if part else code)]
    if part and split in TIMES:
        period = days_of(code, split, period)
    elif part:
        asked.append((split, code))
    asked += [("from", period.start), ("to", period.end)]
    asked += [("system", v) for d, values in ask.only if d == "system" for v in values]
    if ask.regions and not part and code != place:
        asked.append(("regions", 1))
    return f"{reverse('figures:rows')}?{urlencode(asked)}"


@require_safe
def rows(request: Request) -> HttpResponse:
    """Exactly the records that a figure counted, by the same filter."""
    actor = request.actor
    if not reach.own_place(actor) or not actor.may("figures.see"):
        raise Http404
    try:
        o = opened(request.GET, actor, on=day_of(timezone.now()))
    except Refused as refusal:
        return render(request, "figures/rows.html", {"refused": refusal}, status=422)
    found, day = o.rows, o.day
    asked = request.GET.copy()
    asked.pop("cursor", None)
    bound = paging.binding("rows", asked.urlencode(), actor.position)
    page = paging.page(found, key=day, cursor=request.GET.get("cursor", ""), bound=bound, size=SIZE)
    named = {f.name for f in found.model._meta.fields}
    context = {
        "indicator": o.indicator,
        "whole": o.counted if o.counted is not o.indicator else None,
        "value": o.value(),
        "count": found.count(),
        "place": places.name_of(o.place),
        "period": o.period,
        "regions": o.regions,
        "whose": whose.heading(o.only),
        "narrowed": ["、".join(label_of(d, v) for v in values) for d, values in o.only if d != "system"],
        "rows": page.rows,
        "plain": [(row, getattr(row, day)) for row in page.rows],
        "kind": found.model._meta.model_name,
        "hangs": "hazard" in named,
        "day": day,
        "next": at_cursor(asked, page.next),
        "previous": at_cursor(asked, page.previous),
        "back": f"../?place={o.place}&from={o.period.start}&to={o.period.end}",
        # a file is asked for by names that stand once
        "taken": asked.urlencode() if all(len(said) == 1 for _name, said in asked.lists()) else "",
    }
    return render(request, "figures/rows.html", context)


@require_safe
def definitions(request: Request) -> HttpResponse:
    """What each indicator counts, by which date."""
    shown: Iterable[Any] = INDICATORS.values()
    return render(request, "figures/definitions.html", {"indicators": shown})
