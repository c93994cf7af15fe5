"""Sheets by page: send, see how it is read, mend what is not understood, take in, get back the rest."""

from collections import Counter
from datetime import datetime
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlan.exchange import jobs, ledger, out, reading, refused, values
from anlan.exchange.headers import LABELS, SYNONYMS
from anlan.exchange.ledger import Mapping
from anlan.exchange.models import SheetIn, Step
from anlan.hazards import pages as hazard_pages
from anlan.hazards import queries as hazards
from anlan.kernel import accesslog
from anlan.kernel.canonical import digest
from anlan.kernel.clock import day_of
from anlan.kernel.web import Request
from anlan.kernel.words import Refused
from anlan.places import queries as places
from anlan.standards import queries as standards

MAY = "hazard.adopt"
#: rows taken in while the person waits; longer sheets are left to the worker
AT_ONCE = 2000
MOST_BYTES = 40 * 1024 * 1024
SHOWN = 200


class Upload(forms.Form):
    file = forms.FileField(
        label=_("台账文件"), help_text=_(".xlsx、.xls 或 .csv。表头上下的标题和备注会自动跳过")
    )


def _may(request: Request) -> None:
    if not request.actor.may(MAY):
        raise Http404


def _mine(request: Request, pk: int) -> SheetIn:
    _may(request)
    found = SheetIn.objects.filter(pk=pk, person=request.actor.id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Request) -> HttpResponse:
    """Send a sheet; and the sheets sent before."""
    _may(request)
    now, refusal = timezone.now(), None
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("exchange:sheet", _received(request, form.cleaned_data["file"], now).pk)
        except Refused as why:
            refusal = why
    context = {
        "form": form,
        "refused": refusal,
        "sheets": SheetIn.objects.filter(person=request.actor.id).order_by("-at")[:20],
    }
    return render(request, "exchange/index.html", context, status=422 if refusal or form.errors else 200)


def _received(request: Request, file: Any, now: datetime) -> SheetIn:
    """Keep the file and find its header; a sheet that cannot be read is not kept."""
    from anlan.kernel.words import Reason

    if file.size > MOST_BYTES:
        raise Refused(Reason("文件超过40MB,请分成几个文件上传"), "file")
    sheet = SheetIn.objects.create(
        person=request.actor.id, position=request.actor.position, name=str(file.name)[-120:], sha256="", at=now,
        headers="",
    )  # fmt: skip
    path = jobs.path_of(sheet)
    with path.open("wb") as out_:
        for block in file.chunks():
            out_.write(block)
    try:
        found = reading.sheet(path, at_most=1)
    except Refused:
        path.unlink()
        sheet.delete()
        raise
    sheet.sha256 = ledger.file_hash(path)
    sheet.headers = digest("|".join(found.fields))
    before = (
        SheetIn.objects.filter(person=request.actor.id, headers=sheet.headers)
        .exclude(pk=sheet.pk)
        .order_by("-at")
        .first()
    )
    sheet.mapping = before.mapping if before else ledger.as_json(Mapping())
    sheet.save()
    return sheet


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, pk: int) -> HttpResponse:
    """One sheet: how it is read before it is taken in, how far it is, what became of it."""
    mine = _mine(request, pk)
    if mine.step == Step.MAPPING:
        return _mapping(request, mine)
    return render(request, "exchange/sheet.html", {"sheet": mine, "report": mine.report, "shown": SHOWN,
                  "has_refused": jobs.refused_of(mine).exists()})  # fmt: skip


def _mapping(request: Request, mine: SheetIn) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        mine.mapping = _said(request, mine)
        mine.save(update_fields=["mapping"])
        if request.POST.get("go") == "import":
            return _go(request, mine, now)
    mapping = Mapping.of(mine.mapping)
    report = ledger.bring(
        jobs.path_of(mine), by=request.actor, at=now, mapping=mapping, dry_run=True,
    )  # fmt: skip
    found = reading.sheet(jobs.path_of(mine))
    unknown = _unknown(found, mapping)
    context = {
        "sheet": mine,
        "report": report,
        "refusals": report.refusals[:SHOWN],
        "columns": [{"header": h, "field": mapping.columns.get(h, f)} for h, f in found.fields.items()],
        "fields": [(code, label) for code, label in LABELS.items()],
        "unknown_places": unknown["place"],
        "unknown_sectors": unknown["sector"],
        "unknown_sources": unknown["source"],
        "unknown_rectified": unknown["rectified"],
        "asked_firms": sorted({r.value for r in report.refusals if r.column == _header(found, "firm")}),
        "mapping": mapping,
        "places": [(p.code, p.label, [(t.code, t.label) for t in places.towns(p.code)]) for p in places.counties()],
        "sectors": standards.sector_choices(on=day_of(now)),
        "sources": standards.source_choices("", on=day_of(now)),
    }  # fmt: skip
    return render(request, "exchange/mapping.html", context)


def _header(found: reading.Sheet, name: str) -> str:
    return next((h for h, f in found.fields.items() if f == name), "")


def _unknown(found: reading.Sheet, mapping: Mapping) -> dict[str, list[tuple[str, int, str]]]:
    """Values of a column that are not understood without help: (value, how many, what was chosen)."""
    names = ledger.place_names()
    sectors = {n for pair in standards.sector_choices(on=None) for n in pair}
    sources = {n for pair in standards.source_choices("", on=None) for n in pair}
    understood: dict[str, tuple[Any, dict[str, Any]]] = {
        "place": (lambda v: len(names.get(v, ())) == 1, mapping.places),
        "sector": (lambda v: v in values.SECTORS or v in sectors, mapping.sectors),
        "source": (lambda v: v in values.SOURCES or v in sources, mapping.sources),
        "rectified": (lambda v: v.lower() in values.DONE, mapping.rectified),
    }
    answer: dict[str, list[tuple[str, int, str]]] = {}
    headers = list(found.fields)
    cells = [str(c).strip() for c in found.header.cells]
    for name, (known, chosen) in understood.items():
        column = next((h for h in headers if mapping.columns.get(h, found.fields[h]) == name), None)
        counts: Counter = Counter()
        if column is not None:
            at = cells.index(column)
            for row in found.below:
                filled = [str(c) for c in row.cells if c != ""]
                if not values.is_footnote(filled[0], len(filled)):
                    counts[row.text(at)] += 1
        answer[name] = [(v, n, chosen.get(v, "")) for v, n in sorted(counts.items()) if not known(v)]
    return answer


def _said(request: Request, mine: SheetIn) -> dict[str, Any]:
    """The mapping as the form has it: each value carries its text in a field of its own."""
    mapping = Mapping.of(mine.mapping)
    post = request.POST
    for target, prefix in ((mapping.places, "place"), (mapping.sectors, "sector"), (mapping.sources, "source"),
                           (mapping.firms, "firm")):  # fmt: skip
        for value, chosen in zip(post.getlist(f"{prefix}_value"), post.getlist(f"{prefix}_is"), strict=False):
            if chosen:
                target[value[:200]] = chosen[:40]
            else:
                target.pop(value, None)
    for value, chosen in zip(post.getlist("rectified_value"), post.getlist("rectified_is"), strict=False):
        if chosen in ("yes", "no"):
            mapping.rectified[value[:40]] = chosen == "yes"
    for header, chosen in zip(post.getlist("column"), post.getlist("column_is"), strict=False):
        mapping.columns[header[:100]] = chosen if chosen in LABELS else ""
    mapping.year = _number(post.get("year", ""), 1990, 2100)
    mapping.day = _number(post.get("day", ""), 1, 31)
    return ledger.as_json(mapping)


def _number(said: str, low: int, high: int) -> int | None:
    return int(said) if said.isdecimal() and len(said) < 5 and low <= int(said) <= high else None


def _go(request: Request, mine: SheetIn, now: datetime) -> HttpResponse:
    rows = len(reading.sheet(jobs.path_of(mine)).below)
    mine.total = rows
    mine.step = Step.RUNNING if rows <= AT_ONCE else Step.WAITING
    mine.position = request.actor.position
    mine.save(update_fields=["total", "step", "position"])
    if mine.step == Step.RUNNING:
        jobs.take_in(mine, by=request.actor, at=now)
    return redirect("exchange:sheet", mine.pk)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Stop: what has been taken in stays, the rest is not."""
    mine = _mine(request, pk)
    SheetIn.objects.filter(pk=mine.pk, step__in=(Step.MAPPING, Step.WAITING, Step.RUNNING)).update(
        step=Step.CANCELLED
    )
    return redirect("exchange:sheet", mine.pk)


@require_safe
def refused_rows(request: Request, pk: int) -> FileResponse:
    """The rows that were refused, annotated, to be mended and sent again."""
    path = jobs.refused_of(_mine(request, pk))
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename="refused.xlsx")


@require_safe
def template(request: Request) -> FileResponse:
    """An empty sheet of the form, with lists of values."""
    _may(request)
    path = jobs.folder() / f"template-{request.actor.id}.xlsx"
    headers = [names[0] for names in SYNONYMS.values()]
    lists = {
        "行业领域": [name for _c, name in standards.sector_choices(on=None)],
        "属地": [p.name for p in places.counties()],
        "检查方式": [name for _c, name in standards.source_choices("", on=None)],
        "是否整改": ["是", "否"],
    }
    refused.template(path, lists=lists, headers=headers, examples=[])
    return FileResponse(path.open("rb"), as_attachment=True, filename="ledger-template.xlsx")


@require_safe
def ledger_csv(request: Request) -> StreamingHttpResponse:
    """Exactly the rows of the ledger as it is filtered, as .csv; the export is logged."""
    import csv

    if not request.actor.may("see"):
        raise Http404
    now = timezone.now()
    rows = hazards.ledger(
        filters=hazard_pages.filters_of(request), on=day_of(now), axis=hazard_pages.default_axis(request)
    )
    accesslog.note(by=request.actor, at=now, what="export", kind="hazard", subject=None, count=rows.count())
    accesslog.flush(force=True)

    class Echo:
        def write(self, value: str) -> str:
            return value

    writer = csv.writer(Echo())
    body = ("\ufeff" * (n == 0) + writer.writerow(cells) for n, cells in enumerate(out.lines(rows)))
    response = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hazards-{now:%Y%m%d}.csv"'
    return response
