"""One's own notices, for programs."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Status

from anlan.kernel import api
from anlan.kernel.told import told
from anlan.notices import commands, queries
from anlan.notices.models import Kind, Notice

router = Router(tags=[_("消息")])


OneKind: Any = api.one_of(Kind)


class NoticeItem(api.Schema):
    id: int
    kind: OneKind
    words: str
    about: str = Field(description=_("说的是哪一种记录"))
    subject: int
    at: datetime
    read_at: datetime | None


class Notices(api.Schema):
    items: list[NoticeItem]
    next: str | None
    previous: str | None


def _told(n: Notice) -> dict[str, Any]:
    return {
        "id": n.pk,
        "kind": n.kind,
        "words": told(n.reason),
        "about": n.subject_kind,
        "subject": n.subject,
        "at": n.at,
        "read_at": n.read_at,
    }


@router.get("", response=Notices, summary=_("我的消息"), operation_id="notices_list")
def inbox(request: HttpRequest, asked: Query[api.Paged]):
    actor = request.actor  # type: ignore[attr-defined]
    rows = queries.inbox(person=actor.id)
    page = api.page(rows, asked=asked, bound=("notices",), key="at", actor=actor)
    return api.paged(page, [_told(n) for n in page.rows])


@router.post("/{int:pk}/read", response={204: None}, summary=_("标为已读"), operation_id="notices_read")
def read(request: HttpRequest, pk: api.Key):
    person = request.actor.id  # type: ignore[attr-defined]
    if not queries.inbox(person=person).filter(pk=pk).exists():
        raise Http404
    commands.read(person=person, at=timezone.now(), pk=pk)
    return Status(204, None)
