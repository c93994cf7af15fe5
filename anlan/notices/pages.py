"""A person's notices."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from anlan.kernel.web import Request
from anlan.notices import commands, queries

SHOWN = 100


@require_safe
def inbox(request: Request) -> HttpResponse:
    """What I was told, the latest first."""
    rows = list(queries.inbox(person=request.actor.id)[:SHOWN])
    return render(
        request, "notices/list.html", {"rows": rows, "unread": any(n.read_at is None for n in rows)}
    )


@require_POST
def open_one(request: Request, pk: int) -> HttpResponse:
    """Mark one's own notice as read and go where it points. Somebody else's leads to one's own list."""
    notice = queries.inbox(person=request.actor.id).filter(pk=pk).first()
    if notice is None:
        return redirect("notices:list")
    commands.read(person=request.actor.id, at=timezone.now(), pk=pk)
    return redirect(notice.link or "notices:list")


@require_POST
def read_all(request: Request) -> HttpResponse:
    commands.read(person=request.actor.id, at=timezone.now())
    return redirect("notices:list")
