"""Documents on pages: the list, one document with its words, the acts, the downloads."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anlan.enforcement import drafting, forms, queries
from anlan.enforcement import render as paper
from anlan.enforcement.models import Document
from anlan.enforcement.states import Kind, State
from anlan.enforcement.workflow import DOCUMENT
from anlan.evidence import store
from anlan.hazards import queries as hazards
from anlan.hazards import words
from anlan.hazards.models import Hazard
from anlan.kernel import accesslog, paging, personal
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.journal import entries_of
from anlan.kernel.scope import Axis
from anlan.kernel.web import Request, act_id, address_of, at_cursor, attachment, seen_of, status_of
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places

SIZE = 50
FORMS = ("pdf", "docx")
#: what a firm is told of how a paper upon it came about
SEEN_BY_FIRM = ("approve", "serve", "void")


def _filters(request: Request) -> queries.Filters:
    known = queries.Filters.__dataclass_fields__
    said = {k: str(v).strip()[:60] for k, v in request.GET.items() if k in known}
    return queries.Filters(**{k: v for k, v in said.items() if v})


@require_safe
def documents(request: Request) -> HttpResponse:
    """The documents of my place, or of my own agency, the newest first."""
    actor = request.actor
    if not actor.may("see"):
        raise Http404
    axis = Axis.HANDED if request.GET.get("axis") == Axis.HANDED and not actor.is_enterprise else Axis.PLACE
    filters = _filters(request)
    bound = paging.binding("documents", filters.given(), axis, actor.position)
    rows = queries.documents(filters=filters, axis=axis)
    page = paging.page(rows, key="drafted_on", cursor=request.GET.get("cursor", ""), bound=bound, size=SIZE)
    asked = request.GET.copy()
    asked.pop("cursor", None)
    context = {
        "rows": page.rows,
        "filters": filters,
        "axis": axis,
        "axes": [] if actor.is_enterprise else [("place", _("职责范围内")), ("handed", _("本单位的"))],
        "types": Kind.choices,
        "states": [c for c in State.choices if not (actor.is_enterprise and c[0] in ("DRAFT", "APPROVED"))],
        "counties": places.county_choices() if actor.level == "CITY" else [],
        "next": at_cursor(asked, page.next),
        "previous": at_cursor(asked, page.previous),
    }
    return render(request, "enforcement/list.html", context)


def _one(pk: int) -> Document:
    try:
        return queries.document(pk)
    except Document.DoesNotExist:
        raise Http404 from None


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """One document: its words as they will stand on paper, what can be done, how it came about."""
    now, d = timezone.now(), _one(pk)
    actor = request.actor
    accesslog.note(by=actor, at=now, what="see", kind="document", subject=pk, address=address_of(request))
    reveals = actor.may("register.see_personal")
    names = personal.reveal([d.receiver, d.witness]) if reveals else {}
    lines = queries.lines_of([d])[d.pk]
    opened = Hazard.objects.opening(pk__in=[line.hazard_id for line in lines])
    context = {
        "d": d,
        "lines": lines,
        "seen": set(opened.values_list("pk", flat=True)),
        "offers": DOCUMENT.offers(d, actor, now),
        "timeline": timeline(d, firm=actor.is_enterprise),
        "receiver": names.get(d.receiver, "···") if d.receiver else "",
        "witness": names.get(d.witness, "···") if d.witness else "",
        **spoken(d),
    }
    return render(request, "enforcement/detail.html", context)


def spoken(d: Document) -> dict[str, Any]:
    """A document's words for the page."""
    sheet = paper.TITLES[Kind(d.type)]
    return {"said": d.words(), "title": sheet, "item_numbers": paper.items_of(d.words())}


def timeline(d: Document, *, firm: bool) -> list[dict[str, Any]]:
    """Every act upon it; a firm sees those that concern it."""
    return [words.line(e, workflow=DOCUMENT) for e in entries_of(d) if not firm or e.act in SEEN_BY_FIRM]


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, type: str, hazard: int) -> HttpResponse:
    """Draft a paper about a hazard and those that belong with it."""
    now = timezone.now()
    if type not in Kind.values or not request.actor.may(DOCUMENT.transitions["draft"].needs):
        raise Http404
    try:
        h = hazards.hazard(hazard)
    except Hazard.DoesNotExist:
        raise Http404 from None
    context: dict[str, Any] = {
        "h": h,
        "kind": Kind(type).label,
        "transition": DOCUMENT.transitions["draft"],
        "act_id": request.POST.get("act_id") or str(new_id()),
        "basis": drafting.basis_on(day_of(now)) if type == Kind.RECTIFY_ORDER else "",
    }
    why_not = drafting.why_not(type, h, request.actor) or drafting.why_agency_cannot(
        request.actor, on=day_of(now)
    )
    posted = request.POST if request.method == "POST" else None
    if why_not is not None:
        said = context | {"why_not": why_not}
        return render(request, "enforcement/draft.html", said, status=200 if posted is None else 422)
    form = forms.Draft(posted, type=type, hazard=h, actor=request.actor, now=now)
    refused: Refused | None = None
    if posted is not None and form.is_valid():
        try:
            made = COMMANDS["document.draft"](by=request.actor, at=now, id=act_id(request), **form.inputs())
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("已起草,请本单位签发人签发"))
            return redirect(made)
    return render(
        request, "enforcement/draft.html", context | {"form": form, "refused": refused},
        status=200 if posted is None else status_of(refused),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """One act upon a document."""
    now, d = timezone.now(), _one(pk)
    transition = DOCUMENT.transitions.get(name)
    if transition is None or name not in forms.BY_ACT:
        raise Http404
    context: dict[str, Any] = {
        "d": d,
        "transition": transition,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "seen": request.POST.get("seen") or d.seq,
        **spoken(d),
    }
    why_not = DOCUMENT.why_not(transition, d, request.actor, now)
    if not request.actor.may(transition.needs):
        return render(request, "enforcement/act.html", context | {"why_not": why_not}, status=403)
    posted = request.POST if request.method == "POST" else None
    if why_not is not None and posted is None:
        return render(request, "enforcement/act.html", context | {"why_not": why_not})
    form = forms.BY_ACT[name](posted, document=d, actor=request.actor, now=now)
    refused: Refused | None = None
    if posted is not None and form.is_valid():
        try:
            COMMANDS[f"document.{name}"](
                d.pk, by=request.actor, at=now, id=act_id(request), seen=seen_of(request), **form.inputs()
            )
        except Refused as refusal:
            refused = refusal
        if refused is None:
            messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
            return redirect(d)
    return render(
        request, "enforcement/act.html", context | {"form": form, "refused": refused},
        status=200 if posted is None else status_of(refused),
    )  # fmt: skip


@require_safe
def download(request: Request, pk: int, form: str) -> FileResponse:
    """The paper as an attachment: what was signed, by its hash; of a draft what it would be."""
    now, d = timezone.now(), _one(pk)
    if form not in FORMS:
        raise Http404
    accesslog.note(
        by=request.actor, at=now, what="download", kind="document", subject=pk, address=address_of(request)
    )
    return attachment(_bytes(d, form, now), name=_name(d, form))


def _bytes(d: Document, form: str, now: datetime) -> bytes:
    sha = d.pdf_sha256 if form == "pdf" else d.docx_sha256
    if not sha:
        return (paper.render_pdf if form == "pdf" else paper.render_docx)(d.type, d.words())
    if not store.holds(sha):
        raise Refused(Reason("文书文件缺失或已被改动,没有下载。请联系系统管理员核验并从备份恢复"))
    return store.path_of(sha).read_bytes()


def _name(d: Document, form: str) -> str:
    return f"{paper.TITLES[Kind(d.type)]} {d.number or _('草稿')}.{form}"
