"""The outermost guard: bad input is refused in words before any page sees it.

It is the first middleware, yet what it answers passes through all the others on the way out, because
it answers from `process_view` and `process_exception`: so every answer carries the content policy.
"""

import json
import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.cache import add_never_cache_headers
from django_ratelimit.core import is_ratelimited

from anlan.site import errors, problems

GetResponse = Callable[[HttpRequest], HttpResponse]

# tab, line feed and carriage return are text; lone surrogates cannot be stored as UTF-8
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# a JSON text that could hold one of them as an escape
_ESCAPED = re.compile(rb"\\(?:u00[01]|u007[fF]|u[dD][89a-fA-F]|[bf])")

HEADERS = {
    "Permissions-Policy": "camera=(self), geolocation=(self), fullscreen=(self), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class PlainErrors:
    """Refuses control characters, tells errors in words, and sets the headers every answer carries."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [n for n, value in request.COOKIES.items() if _UNPRINTABLE.search(value)]:
            del request.COOKIES[name]
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and errors.is_api(request):
            response = problems.answer(request, 405, headers={"Allow": response["Allow"]})
        for header, value in HEADERS.items():
            response.setdefault(header, value)
        if "Cache-Control" not in response and not request.path.startswith(settings.STATIC_URL):
            add_never_cache_headers(response)  # exports and JSON hold what pages hold
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            _explain(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """None, or the refusal of what was sent."""
        if _UNPRINTABLE.search(request.path) or _any_unprintable(request.GET.lists()):
            return errors.answer(request, 400, errors.CONTROL_CHARACTERS)
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return None
        if _too_many(request):
            response = errors.answer(request, 429, errors.TOO_OFTEN)
            response["Retry-After"] = "60"
            return response
        try:
            if request.content_type == "application/json":
                bad = _json_unprintable(request.body)
            else:
                bad = _any_unprintable(request.POST.lists())
        except UnreadablePostError:
            return errors.answer(request, 400, errors.UNREADABLE)
        return errors.answer(request, 400, errors.CONTROL_CHARACTERS) if bad else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return errors.explained(request, error)


plain_errors = PlainErrors


def _explain(request: HttpRequest, response: HttpResponse) -> None:
    """A page for who opened an address by hand; the headers of the answer stay."""
    said = errors.answer(request, HTTPStatus.METHOD_NOT_ALLOWED)
    response.content = said.content
    response["Content-Type"], response["Content-Length"] = said["Content-Type"], str(len(said.content))


def _who(group: str, request: HttpRequest) -> str:
    """Whose acts are counted together: a person's, else an address's."""
    user = getattr(request, "user", None)
    return (
        f"person:{user.pk}"
        if user is not None and user.pk
        else f"address:{request.META.get('REMOTE_ADDR', '')}"
    )


def _too_many(request: HttpRequest) -> bool:
    """More acts in a minute than a person does; 0 sets no limit."""
    if not settings.ACT_RATE:
        return False
    return is_ratelimited(request, group="acts", key=_who, rate=f"{settings.ACT_RATE}/m", increment=True)


def _any_unprintable(pairs: Iterable[tuple[str, Iterable[Any]]]) -> bool:
    search = _UNPRINTABLE.search
    return any(search(key) or any(search(str(value)) for value in values) for key, values in pairs)


def _json_unprintable(body: bytes) -> bool:
    """Raw control characters are no JSON and fail later; only escaped ones need a look."""
    if not _ESCAPED.search(body):
        return False
    try:
        waiting = [json.loads(body)]
    except (ValueError, RecursionError):
        return False  # the page that parses it refuses it in its own words
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if _UNPRINTABLE.search(value):
                return True
        elif isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
    return False
