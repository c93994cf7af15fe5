"""The part of `anlan verify` that reads every file: is it there, does it still have its hash.

The row could have been exchanged together with the file; therefore each attachment, which the journal
covers, is compared with its item too.
"""

from collections.abc import Callable, Iterator

from django.db.models import F, Q

from anlan.evidence import store
from anlan.evidence.models import Attachment, Item
from anlan.kernel.replay import Finding
from anlan.kernel.words import Reason

Progress = Callable[[str, int], None]


def check(progress: Progress | None = None) -> Iterator[Finding]:
    """Findings, one by one. The caller acts as the system."""
    tell = progress or (lambda what, n: None)
    items = Item.objects.order_by("pk").values_list("pk", "sha256", "bytes").iterator(chunk_size=2000)
    for n, (pk, sha, size) in enumerate(items):
        if n % 100 == 0:
            tell("evidence", n)
        yield from _file(pk, sha, size)
    yield from _exchanged()


def _file(pk: int, sha: str, size: int) -> Iterator[Finding]:
    name = {"sha": sha[:12]}
    try:
        path = store.path_of(sha)
    except ValueError:
        yield Finding(Reason("照片%(sha)s的校验值不是校验值:登记被直接改动", name), "item", pk)
        return
    if not path.is_file():
        yield Finding(Reason("照片%(sha)s的文件不见了,请从备份恢复", name), "item", pk)
    elif path.stat().st_size != size or not store.holds(sha):
        yield Finding(Reason("照片%(sha)s的文件已被改动,请从备份恢复", name), "item", pk)


#: what an attachment repeats of its item
_REPEATED = {"sha256": "item__sha256", "taken_at": "item__taken_at", "lng": "item__lng", "lat": "item__lat"}


def _exchanged() -> Iterator[Finding]:
    same = Q(shown=None, shown_sha256="") | Q(shown_sha256=F("shown__sha256"), shown__original=F("item"))
    for said, stands in _REPEATED.items():
        same &= Q(**{said: F(stands)}) | Q(**{said: None, stands: None})
    held = Attachment.objects.filter(same).values("pk")
    for a in Attachment.objects.exclude(pk__in=held).order_by("pk").iterator(chunk_size=2000):
        yield Finding(
            Reason(
                "%(kind)s %(subject)s的照片%(sha)s的登记被直接改动:与办理时记录的校验值、时间或地点不符",
                {"kind": a.kind, "subject": a.subject, "sha": a.sha256[:12]},
            ),
            a.kind,
            a.subject,
        )
