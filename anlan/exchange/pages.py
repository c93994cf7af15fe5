"""Sheets by page: send, see how it is read, mend what is not understood, take in, get back the rest."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django import forms
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlan.exchange import intake, jobs, reading, refused
from anlan.exchange.headers import Kind
from anlan.exchange.kinds import KINDS
from anlan.exchange.mapping import Mapping, remember, remembered
from anlan.exchange.models import SheetIn, Step
from anlan.exchange.report import restored, stored
from anlan.kernel.canonical import digest
from anlan.kernel.clock import day_of
from anlan.kernel.web import Request
from anlan.kernel.words import Reason, Refused

#: rows that are tried before a person confirms; a longer sheet is tried by its beginning
TRIED = 2000
MOST_BYTES = 40 * 1024 * 1024
SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: the fields of the form, each with the vocabulary whose words it explains
TITLES = {
    "places": _("不认识的属地"),
    "sectors": _("不认识的行业领域"),
    "sources": _("不认识的检查方式"),
    "rectified": _("不认识的整改情况"),
    "scales": _("不认识的规模"),
    "truths": _("是或否"),
    "organisations": _("不认识的单位"),
    "roles": _("不认识的角色"),
    "checklists": _("不认识的检查表"),
    "firms": _("名称相近的企业"),
}


class Upload(forms.Form):
    file = forms.FileField(
        allow_empty_file=True,
        label=_("表格文件"), help_text=_(".xlsx、.xls 或 .csv,40MB以内。表头上下的标题和备注会自动跳过"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.xlsm,.csv,.txt"}),
    )  # fmt: skip


def kinds_of(request: Any) -> list[Kind]:
    kinds = intake.may_send(request.actor)
    if not kinds:
        raise Http404
    return kinds


def mine_of(request: Any, pk: int) -> SheetIn:
    kinds_of(request)
    found = SheetIn.objects.filter(pk=pk, person=request.actor.id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Request) -> HttpResponse:
    """Send a sheet; and the sheets sent before, by oneself and by one's colleagues."""
    kinds, now, refusal = kinds_of(request), timezone.now(), None
    form = Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("exchange:sheet", received(request, form.cleaned_data["file"], now).pk)
        except Refused as why:
            refusal = why
    by = request.actor
    whose = Q(person=by.id) | Q(organisation=by.organisation) if by.organisation else Q(person=by.id)
    sheets = SheetIn.objects.filter(whose, kind__in=[k.name for k in kinds]).order_by("-at", "-pk")[:30]
    rows = [{"s": s, "kind": KINDS[s.kind].label, "mine": s.person == by.id} for s in sheets]
    context = {"form": form, "refused": refusal, "rows": rows, "kinds": kinds}
    return render(request, "exchange/index.html", context, status=422 if refusal or form.errors else 200)


def received(request: Any, file: Any, now: datetime) -> SheetIn:
    """Keep the file, find its header, try its rows; a sheet that cannot be read is not kept."""
    if file.size > MOST_BYTES:
        raise Refused(Reason("文件超过40MB,请分成几个文件上传"), "file")
    by = request.actor
    sheet = SheetIn.objects.create(
        person=by.id, person_name=by.name, position=by.position, organisation=by.organisation,
        name=str(file.name)[-120:], sha256="", at=now, headers="",
    )  # fmt: skip
    path = jobs.path_of(sheet)
    try:
        with path.open("wb") as kept:
            for block in file.chunks():
                kept.write(block)
        with reading.opened(path, kinds=intake.kinds_for(by, "")) as found:
            sheet.kind, sheet.total = found.kind.name, found.total
            sheet.headers = digest("|".join(found.fields))
        if not by.may(KINDS[sheet.kind].may):
            raise Refused(Reason("您的职务不能导入“%(kind)s”", {"kind": KINDS[sheet.kind].label}), "file")
        sheet.sha256 = intake.file_hash(path)
        sheet.mapping = remembered(by.id, kind=sheet.kind, headers=sheet.headers).plain()
        try:
            try_(request, sheet, now)
        except Refused:  # what was remembered no longer fits, a place that has gone say
            sheet.mapping = Mapping().plain()
            try_(request, sheet, now)
    except Refused:
        path.unlink(missing_ok=True)
        sheet.delete()
        raise
    return sheet


def try_(request: Any, sheet: SheetIn, now: datetime) -> None:
    """Say what would become of the rows, and keep the answer: no act, nothing is registered."""
    report = intake.bring(
        jobs.path_of(sheet), by=request.actor, at=now, kind=sheet.kind, mapping=Mapping.of(sheet.mapping),
        dry_run=True, at_most=TRIED,
    )  # fmt: skip
    sheet.report = report.kept()
    sheet.total = max(sheet.total, report.rows) if report.cancelled else report.rows
    sheet.save()


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, pk: int) -> HttpResponse:
    """One sheet: how it is read before it is taken in, how far it is, what became of it."""
    mine = mine_of(request, pk)
    if mine.step == Step.MAPPING:
        return _mapping(request, mine)
    if request.method == "POST":
        return _again(request, mine)
    context = {
        "sheet": mine, "kind": KINDS[mine.kind].label, "has_refused": jobs.refused_of(mine).exists(),
        "has_file": jobs.path_of(mine).exists(), "has_passwords": jobs.passwords_of(mine).exists(),
    }  # fmt: skip
    return render(request, "exchange/sheet.html", context | told(mine))


def told(mine: SheetIn) -> dict[str, Any]:
    """The report as the page shows it, its sentences brought back."""
    said = mine.report
    return {
        "report": said,
        "failed": restored(said["failed"]) if "failed" in said else None,
        "notes": [restored(n) for n in said.get("notes", [])],
        "skipped": [{"row": n, "why": restored(why)} for n, why in said.get("skipped", [])],
        "changed": [
            {"row": n, "column": c, "value": v, "stands": restored(s), "number": number}
            for n, c, v, s, number in said.get("changed", [])[:SHOWN]
        ],
        "reasons": [
            {"column": c, "reason": restored(r), "remedy": restored(m), "n": n} for c, r, m, n in said.get("reasons", [])
        ],
        "refusals": [
            {"row": n, "column": c, "value": v, "reason": restored(r), "remedy": restored(m)}
            for n, c, v, r, m in said.get("refusals", [])[:SHOWN]
        ],
    }  # fmt: skip


def remember_for(request: Any, mine: SheetIn) -> None:
    """Keep what was chosen for the sender's next sheet."""
    which = {"kind": mine.kind, "headers": mine.headers}
    remember(request.actor.id, **which, mapping=Mapping.of(mine.mapping))


def _mapping(request: Request, mine: SheetIn) -> HttpResponse:
    now, refusal = timezone.now(), None
    if request.method == "POST":
        try:
            mine.mapping = _said(request, mine).plain()
            try_(request, mine, now)
        except Refused as why:
            refusal = why
        else:
            remember_for(request, mine)
            if request.POST.get("go") == "import" and mine.report["accepted"]:
                return _go(request, mine, now)
            return redirect("exchange:sheet", mine.pk)
    kind = KINDS[mine.kind]
    mapping = Mapping.of(mine.mapping)
    report = mine.report
    context = {
        "sheet": mine,
        "kind": kind.label,
        "refused": refusal,
        "mapping": mapping,
        "dates_lack": any("年份" in r[1][0] or "写到日" in r[1][0] for r in report.get("reasons", [])),
        "partly": report.get("left", 0),
        "columns": [
            {"header": h, "field": f, "samples": report.get("samples", {}).get(h, [])}
            for h, f in report.get("mapping", {}).items()
        ],
        "fields": [(f.name, f.label) for f in kind.fields],
        "questions": _questions(mine, kind, day_of(now)),
    }  # fmt: skip
    return render(request, "exchange/mapping.html", context | told(mine), status=422 if refusal else 200)


def _questions(mine: SheetIn, kind: Kind, on: Any) -> list[dict[str, Any]]:
    """The words to be explained, by vocabulary, each with what it may mean."""
    vocabularies = kind.reader.vocabularies_on(on)
    found: dict[str, dict[str, Any]] = {}
    for name, said, times, chosen, among in mine.report.get("questions", []):
        v = vocabularies.get(name)
        group = found.setdefault(
            name,
            {
                "name": name, "title": TITLES[name], "rows": [], "is_firm": name == "firms",
                "choices": v.choices if v else [], "groups": v.groups if v else [],
            },
        )  # fmt: skip
        group["rows"].append({"said": said, "times": times, "chosen": chosen, "among": among})
    return list(found.values())


def _said(request: Request, mine: SheetIn) -> Mapping:
    """The mapping as the form has it: each value carries its text in a field of its own. Raises Refused."""
    mapping, post = Mapping.of(mine.mapping), request.POST
    kind = KINDS[mine.kind]
    for name in TITLES:
        target: dict[str, Any] = getattr(mapping, name)
        for said, chosen in zip(post.getlist(f"{name}_value"), post.getlist(f"{name}_is"), strict=False):
            target.pop(said, None)
            if chosen:
                target[said[:200]] = chosen[:100] if name != "rectified" else chosen == "yes"
    for header, chosen in zip(post.getlist("column"), post.getlist("column_is"), strict=False):
        if chosen in kind.by_name or not chosen:
            mapping.columns[header[:100]] = chosen
    return replace(
        mapping,
        year=_number(post.get("year", ""), 1990, 2100, Reason("年份请写四位数字,如2017")),
        day=_number(post.get("day", ""), 1, 31, Reason("日请写1到31的数字")),
    )


def _number(said: str, low: int, high: int, wrong: Reason) -> int | None:
    said = said.strip()
    if not said:
        return None
    if not said.isdecimal() or len(said) > 4 or not low <= int(said) <= high:
        raise Refused(wrong)
    return int(said)


def begin(request: Any, mine: SheetIn, now: datetime) -> None:
    """Take in at once what is short; leave the rest to the worker."""
    short = mine.total <= KINDS[mine.kind].at_once
    mine.step = Step.RUNNING if short else Step.WAITING
    mine.position, mine.done, mine.beat = request.actor.position, 0, now
    mine.save(update_fields=["step", "position", "done", "beat"])
    if short:
        jobs.take_in(mine, by=request.actor, at=now)


def _go(request: Request, mine: SheetIn, now: datetime) -> HttpResponse:
    begin(request, mine, now)
    return redirect("exchange:sheet", mine.pk)


def _again(request: Request, mine: SheetIn) -> HttpResponse:
    """Go on with what was stopped, or mend the mapping and try the refused rows once more."""
    now = timezone.now()
    if mine.step in (Step.WAITING, Step.RUNNING):
        return redirect("exchange:sheet", mine.pk)
    if request.POST.get("go") == "on" and mine.step == Step.CANCELLED:
        return _go(request, mine, now)
    mine.step = Step.MAPPING
    if not jobs.path_of(mine).exists():
        raise Http404
    try:
        try_(request, mine, now)
    except Refused as refusal:
        SheetIn.objects.filter(pk=mine.pk).update(step=Step.FAILED, report={"failed": stored(refusal.reason)})
    return redirect("exchange:sheet", mine.pk)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Stop: what has been taken in stays, the rest is not."""
    stop(mine_of(request, pk))
    return redirect("exchange:sheet", pk)


def stop(mine: SheetIn) -> None:
    SheetIn.objects.filter(pk=mine.pk, step__in=(Step.WAITING, Step.RUNNING)).update(step=Step.CANCELLED)


def _file(path: Any, name: str) -> FileResponse:
    response = FileResponse(path.open("rb"), as_attachment=True, filename="sheet.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"sheet.xlsx\"; filename*=UTF-8''{quote(name)}"
    return response


@require_safe
def refused_rows(request: Request, pk: int) -> FileResponse:
    """The rows that were refused, annotated, to be mended and sent again."""
    mine = mine_of(request, pk)
    path = jobs.refused_of(mine)
    if not path.exists():
        raise Http404
    stem = mine.name.rsplit(".", 1)[0].removeprefix("未接收-")
    return _file(path, f"未接收-{stem}.xlsx")


@require_POST
def passwords(request: Request, pk: int) -> HttpResponse:
    """The one-time passwords of the accounts just opened; after this answer they are nowhere."""
    path = jobs.passwords_of(mine_of(request, pk))
    if not path.exists():
        raise Http404
    data = path.read_bytes()
    path.unlink()
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="passwords.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def template(request: Request, kind: str = "hazards") -> FileResponse:
    """An empty sheet of the form, with lists of the values in force."""
    found = next((k for k in kinds_of(request) if k.name == kind), None)
    if found is None:
        raise Http404
    path = jobs.folder() / f"template-{request.actor.id}-{found.name}.xlsx"
    refused.template(path, kind=found, lists=jobs.lists_for(found.name, on=timezone.now()))
    return _file(path, f"{found.label}模板.xlsx")
