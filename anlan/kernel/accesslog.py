"""Who read or took away personal data. Reading is not an act: it is logged after the response, in
batches, and never takes SQLite's write lock inside a GET.
"""

import threading
from datetime import datetime

from django.db import models

from anlan.kernel.scope import Actor

_waiting: list["AccessLog"] = []
_lock = threading.Lock()
BATCH = 20


class AccessLog(models.Model):
    """One look at, or export of, something that holds personal data. Append-only."""

    no = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    person = models.BigIntegerField()
    person_name = models.CharField(max_length=60)
    position = models.BigIntegerField(null=True)
    what = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    subject = models.BigIntegerField(null=True)
    count = models.IntegerField(default=1)
    address = models.CharField(max_length=45, default="")

    class Meta:
        indexes = [models.Index(fields=["person", "no"], name="accesslog_person")]

    def __str__(self) -> str:
        return f"{self.person_name} {self.what} {self.kind}:{self.subject}"


def note(
    *, by: Actor, at: datetime, what: str, kind: str, subject: int | None, count: int = 1, address: str = ""
) -> None:
    """Remember a look; written by `flush`, which the door calls once the answer has gone out."""
    entry = AccessLog(
        at=at, person=by.id, person_name=by.name, position=by.position, what=what, kind=kind, subject=subject,
        count=count, address=address,
    )  # fmt: skip
    with _lock:
        _waiting.append(entry)


def flush(*, force: bool = False) -> int:
    """Write what has gathered, when it is enough or when forced. Returns how many."""
    with _lock:
        if not _waiting or (len(_waiting) < BATCH and not force):
            return 0
        batch = list(_waiting)
        _waiting.clear()
    AccessLog.objects.bulk_create(batch)
    return len(batch)
