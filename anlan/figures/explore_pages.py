"""The explorer: a form, the grid as a table, a picture of it, and the same grid as a file."""

import csv
import io
from typing import Any

import xlsxwriter
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anlan.figures import explore, reach, screen_map
from anlan.figures.explore_forms import SHOWN, Exploring
from anlan.figures.forms import BY
from anlan.figures.indicators import INDICATORS, SUBJECTS
from anlan.kernel.clock import day_of
from anlan.kernel.web import Request
from anlan.kernel.words import Refused
from anlan.places import queries as places

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_START = ("=", "+", "-", "@", "\t", "\r")


def _asked(request: Request) -> tuple[Exploring, explore.Grid | None, Any]:
    """The form, the answer, and the refusal where there is none. Positions without figures find no page."""
    if not reach.own_place(request.actor) or not request.actor.may("figures.see"):
        raise Http404
    form = Exploring(request.GET, actor=request.actor, today=day_of(timezone.now()))
    if not form.is_valid():
        return form, None, _("请核对分组、图形和日期")
    try:
        return form, explore.answer(form.question()), None
    except Refused as refusal:
        return form, None, refusal


@require_safe
def page(request: Request) -> HttpResponse:
    """The form and the answer; the address is the question, and can be sent to a colleague."""
    form, grid, refused = _asked(request)
    own = reach.own_place(request.actor)
    context = {
        "form": form,
        "subjects": SUBJECTS.values(),
        "chosen": [INDICATORS[code] for code in form.asked_codes if code in INDICATORS],
        "ways": [c for c in BY if len(own) <= 4 or c[0] != "region"],
        "pictures": SHOWN,
        "choices": _choices(request),
        "refused": refused,
        "asked": request.GET.urlencode(),
    }
    if grid is not None:
        shown = form.cleaned_data["shown"]
        context |= {
            "grid": grid,
            "heading": explore.heading(grid.question),
            "shown": shown,
            "picture": _picture(grid, shown) if shown != "table" else None,
        }
    return render(request, "figures/explore.html", context, status=200 if grid is not None else 422)


def _choices(request: Request) -> list[tuple[str, str]]:
    """The places within reach: one's own and those one level below."""
    own = reach.own_place(request.actor)
    below = places.county_choices() if len(own) <= 4 else places.town_choices(own) if len(own) == 6 else []
    return [(own, places.name_of(own)), *below]


def _picture(grid: explore.Grid, shown: str) -> dict[str, Any]:
    """What the script draws: the same numbers, with the same addresses."""
    lines = grid.parts
    series = [
        {
            "label": head, "unit": unit,
            "values": [line.cells[n].value for line in lines], "hrefs": [line.cells[n].href for line in lines],
        }
        for n, (head, unit) in enumerate(grid.columns)
    ]  # fmt: skip
    said = {"shown": shown, "steps": [line.name for line in lines], "series": series}
    if shown != "map":
        return said
    city = places.city()
    name = city.label if city else ""
    areas = [
        screen_map.placed(line.code)
        | {
            "code": line.code, "name": line.name, "short": screen_map.short(line.name, name),
            "value": line.cells[0].value, "href": line.cells[0].href, "open": line.cells[0].href,
        }
        for line in lines
        if places.place(line.code) is not None
    ]  # fmt: skip
    return said | {"map": {"unit": grid.units[0], "label": grid.heads[0], "areas": areas}}


@require_safe
def taken(request: Request, kind: str) -> HttpResponse:
    """Exactly the grid that the same address shows, as a file."""
    if kind not in KINDS:
        raise Http404
    _form, grid, refused = _asked(request)
    if grid is None:
        return render(request, "figures/explore_refused.html", {"refused": refused}, status=422)
    answer = HttpResponse(_csv(grid) if kind == "csv" else _xlsx(grid), content_type=KINDS[kind])
    q = grid.question
    name = f"figures-{q.places[0]}-{q.period.start:%Y%m%d}-{q.period.end:%Y%m%d}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _head(grid: explore.Grid) -> list[str]:
    return [_("分组"), *(f"{head}({unit})" for head, unit in grid.columns)]


def _csv(grid: explore.Grid) -> bytes:
    """For Excel: with the mark that says UTF-8, and no cell that could be a formula."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow([explore.heading(grid.question)])
    writer.writerow(_head(grid))
    for line in grid.lines:
        name = f"'{line.name}" if line.name.startswith(_START) else line.name
        writer.writerow([name, *("—" if c.value is None else c.value for c in line.cells)])
    for note in grid.notes:
        writer.writerow([note])
    return ("\ufeff" + sink.getvalue()).encode()


def _xlsx(grid: explore.Grid) -> bytes:
    sink = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(sink, plain) as book:
        sheet = book.add_worksheet(_("统计"))
        bold, whole, rate = (
            book.add_format(look) for look in ({"bold": True}, {"num_format": "#,##0"}, {"num_format": "0.0"})
        )
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, len(grid.heads), 15)
        sheet.write_string(0, 0, explore.heading(grid.question), bold)
        for n, head in enumerate(_head(grid)):
            sheet.write_string(1, n, head, bold)
        sheet.freeze_panes(2, 1)
        for at, line in enumerate(grid.lines, start=2):
            sheet.write_string(at, 0, line.name)
            for n, cell in enumerate(line.cells, start=1):
                if cell.value is None:
                    sheet.write_string(at, n, "—")
                else:
                    sheet.write_number(at, n, cell.value, rate if isinstance(cell.value, float) else whole)
        for at, note in enumerate(grid.notes, start=3 + len(grid.lines)):
            sheet.write_string(at, 0, note)
    return sink.getvalue()
