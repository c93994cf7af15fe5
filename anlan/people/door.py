"""The door of the API: the desk's session with its CSRF token, or a bearer token with its scopes.

The middleware has found out who it is; here it is asked whether that is enough for this request.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited
from ninja.security.apikey import APIKeyCookie
from ninja.security.http import HttpBearer
from ninja.utils import check_csrf

from anlan.kernel.api import Denied
from anlan.kernel.words import Reason
from anlan.people import scopes

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORGED = Reason("用网页登录调用接口时,请在X-CSRFToken中提供本页的令牌")
FIRST_PASSWORD = Reason("请先在网页上修改初始密码")
NO_READING = Reason("这个令牌没有“读取”权限")
TOO_OFTEN = Reason("这个令牌的请求超过%(rate)s次/分钟,请稍后再试")
MINUTE = "60"


class Token(HttpBearer):
    """A bearer token. Its scopes have already narrowed what the actor may; reading is asked for here."""

    def __call__(self, request: HttpRequest) -> Any:
        if "Authorization" not in request.headers:
            return None
        token: Any = getattr(request, "token", None)
        if token is None:
            raise Denied(401, request.refused, **{"WWW-Authenticate": 'Bearer error="invalid_token"'})  # type: ignore[attr-defined]
        rate = settings.API_RATE
        if is_ratelimited(
            request, group="api", key=lambda group, r: token.key, rate=f"{rate}/m", increment=True
        ):
            raise Denied(429, Reason(TOO_OFTEN.msgid, {"rate": rate}), **{"Retry-After": MINUTE})
        if request.method in SAFE and not scopes.reads(token.scopes) and not _of_oneself(request):
            raise Denied(403, NO_READING)
        return request.actor  # type: ignore[attr-defined]

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        raise NotImplementedError


def _of_oneself(request: HttpRequest) -> bool:
    return request.path == "/api/v1/me"


class Session(APIKeyCookie):
    """The session of the desk. Unsafe methods need the CSRF token of the page."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def __call__(self, request: HttpRequest) -> Any:
        actor = getattr(request, "actor", None)
        if "Authorization" in request.headers or actor is None or not request.user.is_authenticated:
            return None
        if request.user.must_change_password:  # type: ignore[union-attr]
            raise Denied(403, FIRST_PASSWORD)
        if request.method not in SAFE and check_csrf(request) is not None:
            raise Denied(403, FORGED)
        return actor

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        raise NotImplementedError


SIGNED_IN = [Token(), Session()]
