"""The door of the API: the desk's session with its CSRF token, or a bearer token.

The middleware has found out who it is; here it is asked whether that is enough for this request.
"""

from typing import Any

from django.http import HttpRequest
from ninja.security.apikey import APIKeyCookie

from anlan.kernel.api import Denied
from anlan.kernel.words import Reason

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORGED = Reason("用网页登录调用接口时,请在X-CSRFToken中提供本页的令牌")
FIRST_PASSWORD = Reason("请先在网页上修改初始密码")


class Session(APIKeyCookie):
    """The session of the desk. Unsafe methods need the CSRF token of the page."""

    param_name = "anlan_session"

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def __call__(self, request: HttpRequest) -> Any:
        from ninja.utils import check_csrf

        actor = getattr(request, "actor", None)
        if actor is None or not request.user.is_authenticated:
            return None
        if request.user.must_change_password:  # type: ignore[union-attr]
            raise Denied(403, FIRST_PASSWORD)
        if request.method not in SAFE and check_csrf(request) is not None:
            raise Denied(403, FORGED)
        return actor

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        raise NotImplementedError


SIGNED_IN = [Session()]
