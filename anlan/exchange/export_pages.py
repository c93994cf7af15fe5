"""My exports: ask for one, see how far it is, cancel it, take it away while the right to it stands."""

from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from anlan.exchange import export_jobs, out
from anlan.exchange import firm_file as firm_file_
from anlan.exchange.exports import Export, Stage
from anlan.kernel.tablepage import COLUMN
from anlan.kernel.tables import TABLES
from anlan.kernel.web import Request, address_of
from anlan.kernel.words import Reason, Refused
from anlan.register import queries as register

SHOWN = 50


@require_POST
def ask(request: Request) -> HttpResponse:
    """An export of a list as it stands in an address: its rows and its columns."""
    code, _, form = request.POST.get("as", "").partition(".")
    table = TABLES.get(code)
    if table is None or form not in out.FORMS:
        raise Refused(Reason("请在要导出的列表上点“导出”"))
    now, query = timezone.now(), QueryDict(request.POST.get("query", "")[:2000])
    columns = [c.code for c in table.chosen(query.getlist(COLUMN))]
    asked = table.asked(query) | table.asked({"queue": request.POST.get("queue", "")})
    export = export_jobs.ask(
        table=code, asked=asked, columns=columns, form=form, by=request.actor, at=now,
        name=out.named(str(table.title), timezone.localtime(now), form), language=get_language() or "zh-hans",
    )  # fmt: skip
    return _onwards(export)


@require_POST
def firm_file(request: Request, pk: int) -> HttpResponse:
    """An enterprise's file as one PDF."""
    firm = register.enterprise(pk)
    if firm is None:
        raise Http404
    now = timezone.now()
    export = export_jobs.ask(
        table=firm_file_.CODE, asked={"pk": str(pk)}, columns=[], form="pdf", by=request.actor, at=now,
        name=out.named(firm.name, timezone.localtime(now), "pdf"), language=get_language() or "zh-hans",
    )  # fmt: skip
    return _onwards(export)


def _onwards(export: Export) -> HttpResponse:
    """To the file where it is ready, else to the list where it can be waited for."""
    if export.stage == Stage.DONE:
        return redirect("exchange:download", export.pk)
    return redirect("exchange:exports")


@require_safe
def exports(request: Request) -> HttpResponse:
    """What I asked for, the latest first."""
    now = timezone.now()
    rows = list(Export.objects.filter(person=request.actor.id).order_by("-at")[:SHOWN])
    context = {
        "rows": rows,
        "now": now,
        "going": any(e.stage in (Stage.WAITING, Stage.RUNNING) for e in rows),
        "kept": export_jobs.KEPT.days,
    }
    return render(request, "exchange/_exports.html" if request.htmx else "exchange/exports.html", context)


def _mine(request: Request, pk: int) -> Export:
    found = Export.objects.filter(pk=pk, person=request.actor.id).first()
    if found is None:
        raise Http404
    return found


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    export_jobs.cancel(_mine(request, pk))
    return redirect("exchange:exports")


@require_safe
def download(request: Request, pk: int) -> FileResponse:
    """The file as an attachment. The right to it is asked again."""
    export = _mine(request, pk)
    path = export_jobs.taken_away(export, at=timezone.now(), address=address_of(request))
    return FileResponse(path.open("rb"), as_attachment=True, filename=export.name)
