"""The door: who is here, in which position, and whether he may come in at all.

Two queries a request: the session; the account with its positions. Everything that is open to nobody in particular is
named in PUBLIC and nowhere else.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from anlan.kernel import accesslog
from anlan.kernel.clock import day_of
from anlan.kernel.scope import acting_as
from anlan.kernel.words import Refused
from anlan.people import queries, tokens

#: pages that need no account
PUBLIC = frozenset(
    {
        "site:home", "site:about", "site:theme", "site:health", "site:robots", "set_language",
        "people:login", "people:second", "register:sign_up", "register:sign_up_towns",
        "register:signed_up", "inspections:published", "inspections:published_one",
        "inspections:published_papers",
    }
)  # fmt: skip
#: pages for somebody who must first choose a password of his own
BEFORE_PASSWORD = (PUBLIC - {"site:home"}) | {"people:password", "people:logout"}

SEEN, SINCE = "anlan_seen", "anlan_since"
#: how often the time of the last look is written: a read should not cost a write
WRITE_EVERY_S = 300

GetResponse = Callable[[Any], HttpResponse]


class Door:
    """Sets request.actor and request.positions; sends those who may not come in to the login."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        now = timezone.now()
        request.actor, request.positions = None, []
        if request.path.startswith("/static/"):
            return self.get_response(request)
        if request.path.startswith("/api/") and "Authorization" in request.headers:
            return self._with_token(request, now)
        user = request.user
        if user.is_authenticated and not self._stays(request, now):
            logout(request)
            user = request.user
        try:
            if not user.is_authenticated:
                return self.get_response(request)
            request.positions = self._positions(user, now)
            request.actor = self._actor(request, now)
            with acting_as(request.actor):
                return self.get_response(request)
        finally:
            accesslog.flush()

    def _with_token(self, request: Any, now: datetime) -> HttpResponse:
        """A program with a token: no session is read, and none is made."""
        request.user, request.token = AnonymousUser(), None
        try:
            caller = tokens.caller(tokens.bearer(request.headers["Authorization"]), at=now)
        except Refused as refusal:
            request.refused = refusal.reason
            return self.get_response(request)
        request.token, request.actor, request.positions = caller.token, caller.actor, [caller.position]
        try:
            with acting_as(request.actor):
                return self.get_response(request)
        finally:
            accesslog.flush()
            tokens.touch(request.token, at=now)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.path.startswith("/api/"):
            return None  # the API asks for a token or a session itself
        if not request.user.is_authenticated:
            return None if name in PUBLIC else self._to_login(request)
        if request.user.must_change_password and name not in BEFORE_PASSWORD:
            return self._to(request, "people:password")
        return None

    def _positions(self, user: Any, now: datetime) -> list[Any]:
        """Those that were read with the account a moment ago, unless midnight came between."""
        came, user.came_with = user.came_with, None
        on = day_of(now)
        return came[1] if came is not None and came[0] == on else queries.positions_of(user, on=on)

    def _actor(self, request: Any, now: datetime) -> Any:
        user, held = request.user, request.positions
        chosen = next((p for p in held if p.pk == user.acting_position), held[0] if held else None)
        on = day_of(now)
        return queries.actor_of(chosen, on=on, user=user) if chosen else queries.nobody(user, on=on)

    def _stays(self, request: Any, now: datetime) -> bool:
        """Within both time limits, allowed here, and with the second factor where one is set."""
        session, stamp = request.session, now.timestamp()
        since, seen = session.get(SINCE), session.get(SEEN)
        if since is None or seen is None:
            session[SINCE] = session[SEEN] = stamp
        elif stamp - since > settings.SESSION_ABSOLUTE_S or stamp - seen > settings.SESSION_IDLE_S:
            return False
        elif stamp - seen > min(WRITE_EVERY_S, settings.SESSION_IDLE_S / 4):
            session[SEEN] = stamp
        if request.user.is_demo and settings.PRODUCTION:
            return False
        return not request.user.second_factor or bool(session.get("otp_device_id"))

    def _to_login(self, request: Any) -> HttpResponse:
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=204)
            response["HX-Redirect"] = resolve_url("people:login")
            return response
        path = request.get_full_path() if request.method == "GET" else "/"
        return redirect_to_login(path)

    def _to(self, request: Any, name: str) -> HttpResponse:
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=204)
            response["HX-Redirect"] = resolve_url(name)
            return response
        return redirect(name)


door = Door
