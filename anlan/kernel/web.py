"""A request as it reaches a page: the door has set who acts. And how a page reads what an address says."""

import io
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, QueryDict

from anlan.kernel.command import new_id
from anlan.kernel.scope import Actor
from anlan.kernel.words import Conflict, Reason, Refused

PAPERS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}
#: what a key column holds
MOST = 2**63 - 1
#: days that somebody can mean; beyond them adding a day or a time zone fails
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)


class Request(HttpRequest):
    """`actor` is set for everybody who is signed in; `positions` are those he may switch to."""

    if TYPE_CHECKING:
        actor: Actor
        positions: list[Any]
        user: Any
        htmx: Any


def attachment(data: bytes, *, name: str) -> FileResponse:
    """A paper to take away, never shown in the browser; its kind is told by how the name ends, of those in PAPERS."""
    response = FileResponse(
        io.BytesIO(data), as_attachment=True, filename=name, content_type=PAPERS[name.rpartition(".")[2]]
    )
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def whole(said: str, *, most: int = MOST) -> int | None:
    """A number as an address or a form carries it, None for anything else: `²` is a digit and no number."""
    if not (said.isascii() and said.isdigit()) or len(said) > 19:
        return None
    number = int(said)
    return number if number <= most else None


def day_said(said: str, *, field: str = "") -> date:
    """A day as an address carries it. Raises Refused with the form to write it in."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = date.min
    if FIRST <= day <= LAST:
        return day
    raise Refused(Reason("“%(said)s”不是日期,请写成如 2019-08-06 的日期", {"said": said[:20]}), field)


def act_id(request: HttpRequest) -> UUID:
    """The id that the form carries, which settles the double click; a new one where it carries none."""
    try:
        return UUID(request.POST.get("act_id", ""))
    except ValueError:
        return new_id()


def seen_of(request: HttpRequest) -> int | None:
    """Which step of the record the form was drawn from."""
    return whole(request.POST.get("seen", ""))


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, for the log of who looked."""
    return request.META.get("REMOTE_ADDR", "")[:45]


def at_cursor(asked: QueryDict, cursor: str) -> str:
    """The same question at another page of its answer; "" at an end."""
    if not cursor:
        return ""
    query = asked.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"


def status_of(refused: Refused | None) -> int:
    """What an answer to a form says that was not carried out: 409 where the record has moved on, else 422."""
    return 409 if isinstance(refused, Conflict) else 422
