"""Sheets for programs: in, as the page takes them in; out, as the page's export makes them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from ninja import Field, File, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import StrictBool, StrictInt

from anlan.exchange import export_jobs, jobs, out, pages
from anlan.exchange.exports import Export, Stage
from anlan.exchange.kinds import KINDS
from anlan.exchange.mapping import Mapping
from anlan.exchange.models import SheetIn, Step
from anlan.kernel import api
from anlan.kernel.tables import TABLES
from anlan.kernel.told import told
from anlan.kernel.web import address_of
from anlan.kernel.words import Reason, Refused
from anlan.people import scopes

imports = Router(tags=[_("导入")])
exports = Router(tags=[_("导出")])

OneStep: Any = api.one_of(Step)
OneStage: Any = api.one_of(Stage)
#: how a file is told of in the document
FILE: dict[str, Any] = {
    "responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}
}  # fmt: skip
READS = Reason("这个令牌不能读取,请使用有读取权限的令牌")


def _file(path: Any) -> FileResponse:
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=path.name, content_type="application/octet-stream"
    )


# -- in ----------------------------------------------------------------------------------------------


class Refusal(api.Schema):
    """A cell that cannot be used: where, what, why, and what to do."""

    row: int
    column: str
    value: str
    reason: str
    remedy: str


class Unknown(api.Schema):
    """A word that was not understood; `chosen` is what it is taken for."""

    vocabulary: str
    said: str
    times: int
    chosen: str


class ImportRow(api.Schema):
    """A sheet that was sent, and how far it is."""

    id: int
    name: str
    kind: str
    step: OneStep
    at: datetime
    sha256: str
    done: int
    total: int


class ImportRows(api.Schema):
    items: list[ImportRow]
    next: str | None
    previous: str | None


class ImportFile(ImportRow):
    """What became of its rows, or would: accepted + refused = rows."""

    rows: int
    accepted: int
    new: int
    already_present: int
    refused: int
    left: int = Field(description=_("还没有处理的行数"))
    failed: str | None
    mapping: dict[str, str] = Field(description=_("表头 → 栏目;空的不导入"))
    questions: list[Unknown] = Field(description=_("不认识的值,请以POST …/mapping说明"))
    refusals: list[Refusal]
    notes: list[str]


Words = Annotated[dict[str, Annotated[str, Field(max_length=100)]], Field(max_length=500)]


class MappingIn(api.In):
    """What the sender says of a sheet; what is left out stays as it is known."""

    columns: Words = Field(default={}, description=_("表头 → 栏目"))
    places: Words = {}
    sectors: Words = {}
    sources: Words = {}
    firms: Words = {}
    rectified: Annotated[dict[str, StrictBool], Field(max_length=500)] = {}
    year: Annotated[StrictInt, Field(ge=1990, le=2100)] | None = None
    day: Annotated[StrictInt, Field(ge=1, le=31)] | None = None


def _row(s: SheetIn) -> dict[str, Any]:
    names = ("name", "kind", "step", "at", "sha256", "done", "total")
    return {"id": s.pk} | {n: getattr(s, n) for n in names}


def _told(s: SheetIn) -> dict[str, Any]:
    answer, said = pages.told(s), s.report
    failed = answer["failed"]
    return _row(s) | {n: said.get(n, 0) for n in ("rows", "accepted", "new", "already_present", "refused", "left")} | {
        "failed": None if failed is None else told(failed), "mapping": said.get("mapping", {}),
        "questions": [
            {"vocabulary": v, "said": w, "times": n, "chosen": c} for v, w, n, c, _among in said.get("questions", [])
        ],
        "refusals": [
            r | {"reason": told(r["reason"]), "remedy": told(r["remedy"])} for r in answer["refusals"]
        ],
        "notes": [told(n) for n in answer["notes"]],
    }  # fmt: skip


@imports.get("", response=ImportRows, summary=_("我导入的表"), operation_id="imports_list")
def sheets(request: HttpRequest, asked: Query[api.Paged]):
    pages.kinds_of(request)
    actor = request.actor  # type: ignore[attr-defined]
    page = api.page(
        SheetIn.objects.filter(person=actor.id), asked=asked, bound=("imports",), key="at", actor=actor
    )
    return api.paged(page, [_row(s) for s in page.rows])


@imports.post(
    "", response={201: ImportFile}, summary=_("上传一张表,试读但不登记"), operation_id="import_send"
)
def send(request: HttpRequest, file: File[UploadedFile]):
    pages.kinds_of(request)
    return Status(201, _told(pages.received(request, file, timezone.now())))


@imports.get("/{int:pk}", response=ImportFile, summary=_("一张表的导入结果"), operation_id="imports_get")
def sheet(request: HttpRequest, pk: api.Key):
    return _told(pages.mine_of(request, pk))


@imports.post(
    "/{int:pk}/mapping", response=ImportFile, summary=_("说明表里的栏目和值,再试读一次"), operation_id="import_mapping"
)  # fmt: skip
def mapping(request: HttpRequest, pk: api.Key, body: MappingIn):
    mine = pages.mine_of(request, pk)
    if mine.step != Step.MAPPING:
        raise Refused(Reason("这张表已经在导入,或已导入完"))
    known = KINDS[mine.kind].by_name
    said = body.model_dump(exclude_none=True)
    if strange := [f for f in said["columns"].values() if f and f not in known]:
        raise Refused(Reason("没有“%(name)s”这一栏", {"name": strange[0][:40]}), "columns")
    meant = Mapping.of(said).over(Mapping.of(mine.mapping))
    meant.year, meant.day = body.year or mine.mapping.get("year"), body.day or mine.mapping.get("day")
    mine.mapping = meant.plain()
    pages.try_(request, mine, timezone.now())
    pages.remember_for(request, mine)
    return _told(mine)


@imports.post("/{int:pk}/go", response=ImportFile, summary=_("导入能接收的行"), operation_id="import_go")
def go(request: HttpRequest, pk: api.Key):
    mine = pages.mine_of(request, pk)
    if mine.step not in (Step.MAPPING, Step.CANCELLED):
        raise Refused(Reason("这张表已经在导入,或已导入完"))
    if mine.step == Step.MAPPING and not mine.report.get("accepted"):
        raise Refused(Reason("没有可以接收的行,请先说明不认识的值,或改正表格后再上传"))
    pages.begin(request, mine, timezone.now())
    mine.refresh_from_db()
    return _told(mine)


@imports.post(
    "/{int:pk}/cancel", response=ImportFile, summary=_("停止导入,已接收的保留"), operation_id="import_cancel"
)
def stop(request: HttpRequest, pk: api.Key):
    mine = pages.mine_of(request, pk)
    pages.stop(mine)
    mine.refresh_from_db()
    return _told(mine)


@imports.get(
    "/{int:pk}/refused", summary=_("未接收的行,注明原因,改正后再上传"), operation_id="import_refused", openapi_extra=FILE
)  # fmt: skip
def refused(request: HttpRequest, pk: api.Key):
    path = jobs.refused_of(pages.mine_of(request, pk))
    if not path.exists():
        raise Http404
    return _file(path)


# -- out ---------------------------------------------------------------------------------------------


class ExportRow(api.Schema):
    """A file that was asked for, and how far it is."""

    id: int
    name: str
    table: str
    form: str
    stage: OneStage
    done: int
    total: int | None
    failed: str
    at: datetime
    expires: datetime


class ExportRows(api.Schema):
    items: list[ExportRow]
    next: str | None
    previous: str | None


class ExportIn(api.In):
    """Which list, narrowed as its page is, with which columns."""

    table: Annotated[str, Field(min_length=1, max_length=30)] = Field(
        ..., description=_("如hazards、enterprises")
    )
    form: Literal["csv", "xlsx"] = "xlsx"
    asked: Annotated[dict[str, Annotated[str, Field(max_length=60)]], Field(max_length=20)] = Field(
        default={}, description=_("筛选条件,与列表页地址中的相同")
    )
    columns: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=60)] = []


def _mine(request: Any, pk: int) -> Export:
    found = Export.objects.filter(pk=pk, person=request.actor.id).first()
    if found is None:
        raise Http404
    return found


def _export(e: Export) -> dict[str, Any]:
    names = ("name", "table", "form", "stage", "done", "total", "failed", "at", "expires")
    return {"id": e.pk} | {n: getattr(e, n) for n in names}


@exports.get("", response=ExportRows, summary=_("我的导出"), operation_id="exports_list")
def files(request: HttpRequest, asked: Query[api.Paged]):
    actor = request.actor  # type: ignore[attr-defined]
    page = api.page(
        Export.objects.filter(person=actor.id), asked=asked, bound=("exports",), key="at", actor=actor
    )
    return api.paged(page, [_export(e) for e in page.rows])


@exports.post("", response={201: ExportRow}, summary=_("导出一张列表"), operation_id="export_ask")
def ask(request: HttpRequest, body: ExportIn):
    token = getattr(request, "token", None)
    if token is not None and not scopes.reads(token.scopes):
        raise api.Denied(403, READS)
    table, now = TABLES.get(body.table), timezone.now()
    if table is None:
        raise Refused(Reason("没有“%(name)s”这张列表", {"name": body.table}), "table")
    if strange := [n for n in body.asked if n not in table.asks]:
        raise Refused(Reason("这张列表不能按“%(name)s”筛选", {"name": strange[0][:40]}), "asked")
    if strange := [c for c in body.columns if c not in {known.code for known in table.columns}]:
        raise Refused(Reason("没有“%(name)s”这一栏", {"name": strange[0]}), "columns")
    export = export_jobs.ask(
        table=table.code, asked=table.asked(body.asked), columns=[c.code for c in table.chosen(body.columns)],
        form=body.form, by=request.actor, at=now, language=get_language() or "zh-hans",  # type: ignore[attr-defined]
        name=out.named(str(table.title), timezone.localtime(now), body.form),
    )  # fmt: skip
    return Status(201, _export(export))


@exports.get("/{int:pk}", response=ExportRow, summary=_("一个导出的进度"), operation_id="exports_get")
def export(request: HttpRequest, pk: api.Key):
    return _export(_mine(request, pk))


@exports.post("/{int:pk}/cancel", response=ExportRow, summary=_("取消导出"), operation_id="export_cancel")
def cancel(request: HttpRequest, pk: api.Key):
    mine = _mine(request, pk)
    export_jobs.cancel(mine)
    mine.refresh_from_db()
    return _export(mine)


@exports.get("/{int:pk}/file", summary=_("取走导出的文件"), operation_id="export_file", openapi_extra=FILE)
def fetch(request: HttpRequest, pk: api.Key):
    """The right to it is asked again."""
    return _file(export_jobs.taken_away(_mine(request, pk), at=timezone.now(), address=address_of(request)))
