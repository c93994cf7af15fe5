"""A request as it reaches a page: the door has set who acts."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from anlan.kernel.scope import Actor


class Request(HttpRequest):
    """`actor` is set for everybody who is signed in; `positions` are those he may switch to."""

    if TYPE_CHECKING:
        actor: Actor
        positions: list[Any]
        user: Any
        htmx: Any
