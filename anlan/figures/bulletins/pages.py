"""Bulletins on pages: the list, one with its figures, the draft with its preview, the acts, the files."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anlan.figures.bulletins import drawing, forms, keeping, queries, view
from anlan.figures.bulletins import render as paper
from anlan.figures.bulletins.models import Bulletin
from anlan.figures.bulletins.reading import About
from anlan.figures.bulletins.states import Kind, State
from anlan.figures.bulletins.workflow import BULLETIN
from anlan.hazards import words
from anlan.kernel import accesslog, paging
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.scope import Axis, Level
from anlan.kernel.web import Request, act_id, address_of, at_cursor, attachment, seen_of, status_of, whole
from anlan.kernel.words import Refused

SIZE = 50
FORMS = ("pdf", "docx", "txt")


def _looks(request: Request) -> None:
    """Bulletins are for offices and organs; a firm and whoever is admitted by name find none."""
    if not request.actor.may("figures.see"):
        raise Http404


def _one(request: Request, pk: int) -> Bulletin:
    _looks(request)
    try:
        return queries.bulletin(pk)
    except Bulletin.DoesNotExist:
        raise Http404 from None


@require_safe
def bulletins(request: Request) -> HttpResponse:
    """The bulletins of my place, or those sent to us, the newest first."""
    _looks(request)
    actor = request.actor
    given = {k: str(request.GET.get(k, "")).strip()[:60] for k in queries.Filters.__dataclass_fields__}
    filters = queries.Filters(**given)
    handed = request.GET.get("axis") == Axis.HANDED or actor.level is Level.TOWN
    axis = Axis.HANDED if handed else Axis.PLACE
    page = paging.page(
        queries.bulletins(filters=filters, axis=axis), key="drafted_on", cursor=request.GET.get("cursor", ""),
        bound=paging.binding("bulletins", filters.given(), axis, actor.position), size=SIZE,
    )  # fmt: skip
    asked = request.GET.copy()
    asked.pop("cursor", None)
    own, sent = ("place", _("职责范围内")), ("handed", _("收到的"))
    context = {
        "rows": page.rows,
        "filters": filters,
        "axis": axis,
        "axes": {Level.CITY: [own], Level.COUNTY: [own, sent]}.get(actor.level, [sent]),
        "kinds": Kind.choices,
        "states": State.choices,
        "may": actor.may(BULLETIN.transitions["draft"].needs),
        "next": at_cursor(asked, page.next),
        "previous": at_cursor(asked, page.previous),
    }
    return render(request, "bulletins/list.html", context)


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """One bulletin: as it was signed, with what has changed since; of a draft what it would say now."""
    now, b = timezone.now(), _one(request, pk)
    content, digest = view.content_of(b)
    accesslog.note(
        by=request.actor, at=now, what="see", kind="bulletin", subject=pk, address=address_of(request)
    )
    context = {
        "b": b,
        "said": view.sections(b, content, request.actor),
        "digest": digest,
        "restated": view.restated(b, request.actor),
        "corrected_by": queries.corrected_by(b),
        "corrects": b.state == State.SIGNED and request.actor.may("bulletin.draft")
        and b.organisation_id == request.actor.organisation and queries.replacing(b) is None,
        "offers": BULLETIN.offers(b, request.actor, now),
        "timeline": words.timeline(b, workflow=BULLETIN),
    }  # fmt: skip
    return render(request, "bulletins/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request) -> HttpResponse:
    """Draft one, with what it would say beside it; `?replaces=` begins a corrected one."""
    if not request.actor.may(BULLETIN.transitions["draft"].needs):
        raise Http404
    now = timezone.now()
    posted = request.POST if request.method == "POST" else None
    initial = _correcting(request) if posted is None else {}
    form = forms.Draft(posted, actor=request.actor, today=day_of(now), initial=initial)
    answer, refused = _written(request, form, posted, COMMANDS["bulletin.draft"], pk=None)
    return answer or _form_page(request, form, "draft", None, refused)


def _correcting(request: Request) -> dict[str, Any]:
    """What the corrected one has from the one that it replaces."""
    pk = whole(request.GET.get("replaces", ""))
    if not pk:
        return {}
    old = _one(request, pk)
    return forms.stands(old) | {"kind": old.kind, "replaces": str(old.pk)}


def _written(
    request: Request, form: Any, posted: Any, command: Any, *, pk: int | None
) -> tuple[HttpResponse | None, Refused | None]:
    """Carry the act out, unless only a preview is asked for. No answer where the form is shown again, and why."""
    if posted is None or not form.is_valid() or "preview" in posted:
        return None, None
    given: dict[str, Any] = {"by": request.actor, "at": timezone.now(), "id": act_id(request)}
    try:
        made = command(**given, **form.inputs()) if pk is None else command(
            pk, seen=seen_of(request), **given, **form.inputs()
        )  # fmt: skip
    except Refused as refusal:
        return None, refusal
    messages.success(request, _("已存为草稿,请领导签发"))
    return redirect(made), None


def _form_page(
    request: Request, form: Any, name: str, b: Bulletin | None, refused: Refused | None
) -> HttpResponse:
    shown, status = None, 200
    if form.is_bound:
        try:
            shown = _preview(form, request) if form.is_valid() else None
        except Refused as refusal:
            refused = refused or refusal
        status = 200 if "preview" in request.POST and shown else status_of(refused)
    elif b is not None:
        shown = view.of(view.content_of(b)[0], view.Links(b.about, request.actor))
    context = {
        "b": b,
        "form": form,
        "transition": BULLETIN.transitions[name],
        "said": shown,
        "refused": refused,
        "act_id": request.POST.get("act_id") or str(new_id()),
        "seen": (request.POST.get("seen") or b.seq) if b is not None else None,
    }
    return render(request, "bulletins/draft.html", context, status=status)


def _preview(form: Any, request: Request) -> dict[str, Any]:
    """What a form would say. Refused where its period is none."""
    said = form.inputs()
    about = About(
        said["place"], said["named"].period, system=said["system"], group=said["group"], code=said["named"].code,
        label=said["named"].label,
    )  # fmt: skip
    return view.of(
        drawing.draw(about, said["sections"], said["words"]).content, view.Links(about, request.actor)
    )


@require_http_methods(["POST"])
def preview(request: Request) -> HttpResponse:
    """What the form would say, as it is being filled in. Nothing is kept."""
    if not request.actor.may(BULLETIN.transitions["draft"].needs):
        raise Http404
    today = day_of(timezone.now())
    kind = forms.Draft if "kind" in request.POST else forms.Content
    form = kind(request.POST, actor=request.actor, today=today)
    shown, refused = None, None
    if form.is_valid():
        try:
            shown = _preview(form, request)
        except Refused as refusal:
            refused = refusal
    return render(request, "bulletins/_preview.html", {"said": shown, "refused": refused, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Sign, send back, revise, withdraw."""
    now, b = timezone.now(), _one(request, pk)
    transition = BULLETIN.transitions.get(name)
    if transition is None or name not in forms.BY_ACT:
        raise Http404
    why_not = BULLETIN.why_not(transition, b, request.actor, now)
    posted = request.POST if request.method == "POST" else None
    refused: Refused | None
    context: dict[str, Any] = {"b": b, "transition": transition, "why_not": why_not}
    if not request.actor.may(transition.needs):
        return render(request, "bulletins/act.html", context, status=403)
    if why_not is not None and posted is None:
        return render(request, "bulletins/act.html", context)
    form = forms.BY_ACT[name](posted, actor=request.actor, today=day_of(now), bulletin=b)
    if name == "revise":
        answer, refused = _written(request, form, posted, COMMANDS["bulletin.revise"], pk=pk)
        return answer or _form_page(request, form, name, b, refused)
    refused = None
    if posted is not None and form.is_valid():
        try:
            COMMANDS[f"bulletin.{name}"](
                pk, by=request.actor, at=now, id=act_id(request), seen=seen_of(request), **form.inputs()
            )
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
            return redirect(b)
    content, digest = view.content_of(b)
    if name == "sign":  # what is signed is what stands on this page
        form = forms.Sign(initial={"seen_digest": digest}, actor=request.actor, today=day_of(now))
    context |= {
        "form": form, "refused": refused, "said": view.sections(b, content, request.actor),
        "act_id": str(new_id()), "seen": b.seq, "why_not": None,
    }  # fmt: skip
    return render(
        request, "bulletins/act.html", context, status=200 if posted is None else status_of(refused)
    )


@require_safe
def download(request: Request, pk: int, form: str) -> FileResponse:
    """The paper: what was signed, by its hash; of a draft what it would be."""
    b = _one(request, pk)
    if form not in FORMS:
        raise Http404
    accesslog.note(
        by=request.actor, at=timezone.now(), what="download", kind="bulletin", subject=pk,
        address=address_of(request),
    )  # fmt: skip
    return attachment(_bytes(b, form), name=f"{b.get_kind_display()} {b.number or _('草稿')}.{form}")


def _bytes(b: Bulletin, form: str) -> bytes:
    sha = {"pdf": b.pdf_sha256, "docx": b.docx_sha256}.get(form, "")
    if sha:
        return keeping.paper(sha)
    said = paper.context(b, view.content_of(b)[0])
    if form == "txt":
        return paper.text(said).encode()
    return paper.pdf(said) if form == "pdf" else paper.docx(said)
