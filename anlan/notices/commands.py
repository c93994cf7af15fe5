"""Tell people. Part of the transaction of the act; nobody is told the same thing twice in a day."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from anlan.kernel import bulk, canonical
from anlan.kernel.clock import day_of
from anlan.kernel.words import Reason
from anlan.notices.models import Notice


def tell(
    people: Iterable[int],
    *,
    kind: str,
    words: Reason,
    about: Any,
    at: datetime,
    link: str = "",
    except_for: int = 0,
) -> int:
    """Write a notice to each person but `except_for`, who did it himself. Returns how many."""
    subject_kind = about._meta.model_name
    params = {k: str(canonical.plain(v)) for k, v in words.params.items()}
    link = link or about.get_absolute_url()
    said = {
        "kind": kind, "msgid": words.msgid, "params": params, "link": link, "subject_kind": subject_kind,
        "subject": about.pk, "at": at, "on": day_of(at), "read_at": None,
    }  # fmt: skip
    notices = [{"person": person, **said} for person in sorted(set(people)) if person != except_for]
    bulk.insert_plain(Notice, notices, unless_there=True)
    return len(notices)


def read(*, person: int, at: datetime, pk: int | None = None) -> int:
    """Mark one notice, or all of them, as read. Only one's own."""
    mine = Notice.objects.filter(person=person, read_at=None)
    return (mine if pk is None else mine.filter(pk=pk)).update(read_at=at)


def pass_on(leaver: int, successor: int, at: datetime) -> None:
    """What a leaver had not read is told to his successor."""
    unread = Notice.objects.filter(person=leaver, read_at=None)
    copies = [
        Notice(
            person=successor, kind=n.kind, msgid=n.msgid, params=n.params, link=n.link,
            subject_kind=n.subject_kind, subject=n.subject, at=n.at, on=n.on,
        )
        for n in unread
    ]  # fmt: skip
    Notice.objects.bulk_create(copies, ignore_conflicts=True)
    unread.update(read_at=at)
