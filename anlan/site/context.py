"""What the frame around every page needs.

Nothing is asked of the database before the frame is drawn: fragments and printouts pay nothing.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor
from anlan.kernel.web import Request
from anlan.site import growing
from anlan.site import menu as menus

THEME_COOKIE = "anlan_theme"
#: what the system of this browser wishes, as the page found it: followed where nobody has chosen
SYSTEM_THEME_COOKIE = "anlan_system_theme"
THEMES = ("light", "dark")

try:
    VERSION = version("anlan")
except PackageNotFoundError:
    VERSION = "0"


def theme_of(request: HttpRequest) -> str:
    said = (request.COOKIES.get(name, "") for name in (THEME_COOKIE, SYSTEM_THEME_COOKIE))
    return next((theme for theme in said if theme in THEMES), THEMES[0])


class Frame:
    """The frame of one page, worked out as the template asks for it."""

    version = VERSION

    def __init__(self, request: Request):
        self._request = request

    @cached_property
    def actor(self) -> Actor | None:
        return getattr(self._request, "actor", None)

    @cached_property
    def layout(self) -> str:
        """For pages that are also open to those who are not signed in."""
        return "base.html" if self.actor else "base_bare.html"

    @cached_property
    def menu(self) -> list[list[menus.Line]]:
        return list(menus.menu(by=self.actor, path=self._request.path)) if self.actor else []

    @cached_property
    def phone_bar(self) -> list[menus.Line]:
        return menus.phone_bar(by=self.actor, path=self._request.path) if self.actor else []

    @cached_property
    def growing(self) -> int | None:
        """How far the whole city of the demonstration is, in per cent, while it is being made."""
        return growing.progress() if settings.ENV == "demo" else None

    @cached_property
    def here(self) -> str:
        """The address to come back to."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"

    @cached_property
    def positions(self) -> Sequence[Any]:
        """The positions this person may switch to, when there are several."""
        held = list(getattr(self._request, "positions", ()))
        return held if len(held) > 1 else []

    @cached_property
    def unread(self) -> int:
        from anlan.notices import queries

        return queries.unread(person=self.actor.id) if self.actor else 0

    def __getattr__(self, name: str) -> str:
        """`frame.to_search` is the address of that page, "" while there is none."""
        if name in ADDRESSES:
            return menus.address(ADDRESSES[name])
        raise AttributeError(name)


ADDRESSES = {
    "to_search": "site:search",
    "to_notices": "notices:list",
    "to_me": "people:me",
    "to_switch": "people:switch",
    "to_login": "people:login",
    "to_logout": "people:logout",
    "to_about": "site:about",
    "to_theme": "site:theme",
}


def _today(actor: Actor | None) -> date:
    return (actor.today if actor else None) or day_of(timezone.now())


def frame(request: Request) -> dict[str, Any]:
    """`frame`, `actor`, `today` (the local day) and `theme` for every template."""
    actor = getattr(request, "actor", None)
    return {"frame": Frame(request), "actor": actor, "today": _today(actor), "theme": theme_of(request)}
