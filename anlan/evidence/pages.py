"""Taking files in and handing them out.

Permission is asked at every request, also when the browser has the file already; what one may not see
is not found. Looking at a picture and taking an original are noted; thumbnails are not, because the
page that shows them is.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anlan.evidence import intake, queries, store
from anlan.evidence.forms import SIGNER
from anlan.evidence.models import Item, Kind, Role, Upload
from anlan.kernel import accesslog
from anlan.kernel.scope import Actor
from anlan.kernel.told import told
from anlan.kernel.web import address_of
from anlan.kernel.words import Reason, Refused

NOTHING = Reason("没有收到照片,请选择照片后再上传")
NOT_YOURS = Reason("您的职务不能上传照片")
LOCKED_DOWN = "default-src 'none'; img-src 'self'; frame-ancestors 'none'; sandbox"
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
}


# -- in -------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take one file or several into quarantine. Answers JSON to a program, a page to a person.

    413 where a file is too big, 422 where one is refused; what was taken beside it stays.
    """
    actor = _actor(request)
    if not actor.may("evidence.upload"):
        if _is_program(request):
            return _told(403, NOT_YOURS)
        raise PermissionDenied
    now = timezone.now()
    if request.method != "POST":
        return _page(request, actor, now, [], 200)
    files = [file for name in ("file", "files", "photos") for file in request.FILES.getlist(name)]
    taken, refusals = _take(request, files, actor, now)
    status = 413 if any(isinstance(r, intake.TooBig) for r in refusals) else 422 if refusals else 201
    if not _is_program(request):
        return _page(request, actor, now, refusals, 200 if status == 201 else status)
    if len(files) == 1:
        return _told(status, refusals[0].reason) if refusals else _json(_described(taken[0]), status)
    refused = [told(r.reason) for r in refusals]
    return _json(
        {"uploads": [_described(u) for u in taken], "refused": refused, "detail": " ".join(refused)}, status
    )


def _take(
    request: HttpRequest, files: Sequence[Any], actor: Actor, now: datetime
) -> tuple[list[Upload], list[Refused]]:
    documents, mark = request.GET.get("documents") == "1", _mark(request)
    taken: list[Upload] = []
    refusals: list[Refused] = [] if files else [Refused(NOTHING, "photos")]
    for file in files:
        try:
            taken.append(intake.bring(file, by=actor, at=now, documents=documents, **mark))
        except Refused as refusal:
            refusals.append(refusal)
    return taken, refusals


def _mark(request: HttpRequest) -> dict[str, str]:
    """Words for the watermark that a form of ours has signed; anybody else's are left out."""
    try:
        said = SIGNER.unsign_object(request.GET.get("mark", ""))
        return {"about": str(said["about"]), "place": str(said["place"])}
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return {}


def _described(upload: Upload) -> dict[str, Any]:
    item = upload.item
    return {
        "token": str(upload.token),
        "sha256": item.sha256,
        "name": upload.name,
        "thumbnail": reverse("evidence:thumb", args=[item.sha256]),
        "taken_at": item.taken_at.isoformat() if item.taken_at else None,
        "lng": float(item.lng) if item.lng is not None else None,
        "lat": float(item.lat) if item.lat is not None else None,
        "expires": upload.expires.isoformat(),
        "warnings": [told(Reason(msgid, params)) for msgid, params in upload.warnings],
    }


def _page(
    request: HttpRequest, actor: Actor, now: datetime, refusals: list[Refused], status: int
) -> HttpResponse:
    context = {
        "waiting": [
            _described(u) | {"until": u.expires} for u in queries.waiting(by=actor, at=now)[: intake.AT_MOST]
        ],
        "refused": [told(r.reason) for r in refusals],
    }
    return render(request, "evidence/upload.html", context, status=status)


def _is_program(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _json(body: dict[str, Any], status: int) -> JsonResponse:
    response = JsonResponse(body, status=status)
    add_never_cache_headers(response)
    return response


def _told(status: int, reason: Reason) -> JsonResponse:
    return _json({"detail": told(reason), "error": told(reason)}, status)


# -- out ------------------------------------------------------------------------------------------


@require_safe
def thumb(request: HttpRequest, sha: str) -> HttpResponseBase:
    """The thumbnail of an original."""
    item, _seen_by, _now = _opened(request, sha, Role.ORIGINAL)
    return _hand_out(request, _small(item), inline=True)


@require_safe
def view(request: HttpRequest, sha: str) -> HttpResponseBase:
    """The watermarked picture: by its own hash, or by that of its original.

    Where there is none, the small one: an original is never shown.
    """
    item, through, now = _opened(request, sha, Role.ORIGINAL, Role.WATERMARKED)
    shown = item if item.role == Role.WATERMARKED else through.shown or _small(item)
    _note(request, now, "evidence.view", item)
    return _hand_out(request, shown, inline=True)


@require_safe
def original(request: HttpRequest, sha: str) -> HttpResponseBase:
    """The file as it came, to be saved, never shown: with `evidence.original`, or to who brought it.

    A document has no other form, so that whoever sees it may save it.
    """
    item, through, now = _opened(request, sha, Role.ORIGINAL)
    actor = _actor(request)
    brought_it = actor.id == (through.person if isinstance(through, Upload) else through.by)
    if not (actor.may("evidence.original") or brought_it or item.kind == Kind.DOCUMENT):
        raise PermissionDenied(_("您的职务不能下载原件"))
    _note(request, now, "evidence.original", item)
    return _hand_out(request, item, inline=False)


def _actor(request: HttpRequest) -> Actor:
    actor = getattr(request, "actor", None)
    if actor is None:
        raise Http404
    return actor


def _opened(request: HttpRequest, sha: str, *roles: str) -> tuple[Item, Any, datetime]:
    """The item and that through which the acting person sees it. Raises Http404."""
    actor, now = _actor(request), timezone.now()
    item = Item.objects.filter(sha256=sha, role__in=roles).first()
    through = item and queries.may_see(item, by=actor, at=now)
    if item is None or through is None:
        raise Http404
    return item, through, now


def _small(item: Item) -> Item:
    """The thumbnail of an original. Raises Http404."""
    copy = item.copies.filter(role=Role.THUMBNAIL).order_by("pk").first()
    if copy is None:
        raise Http404
    return copy


def _note(request: HttpRequest, now: datetime, what: str, item: Item) -> None:
    accesslog.note(
        by=_actor(request), at=now, what=what, kind="item", subject=item.pk,
        address=address_of(request),
    )  # fmt: skip


def _hand_out(request: HttpRequest, item: Item, *, inline: bool) -> HttpResponseBase:
    etag = f'"{item.sha256}"'
    response: HttpResponseBase
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        try:
            file = store.path_of(item.sha256).open("rb")
        except OSError:
            raise Http404 from None
        name = f"{item.sha256[:12]}.{EXTENSIONS.get(item.media_type, 'bin')}"
        response = FileResponse(file, as_attachment=not inline, filename=name, content_type=item.media_type)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = LOCKED_DOWN
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
