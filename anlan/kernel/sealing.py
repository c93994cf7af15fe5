"""Seals: each night everything not yet sealed goes into a Merkle root chained to the last.

A root that has been printed or sent out binds whoever holds the machine: entries below it cannot be
changed without the change showing. Entries after it can still be rewritten by such a person, and
`anlan verify` says so.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection, models, transaction

from anlan.kernel import canonical
from anlan.kernel.accesslog import AccessLog
from anlan.kernel.journal import GENESIS, JournalEntry, Seal, merkle_root

STREAMS: dict[str, type[models.Model]] = {"journal": JournalEntry, "access": AccessLog}


def _leaves(stream: str, first: int, last: int) -> Iterator[str]:
    rows = STREAMS[stream]._base_manager.filter(no__gte=first, no__lte=last).order_by("no")
    if stream == "journal":
        return rows.values_list("digest", flat=True).iterator(chunk_size=5000)
    columns = [f.attname for f in AccessLog._meta.concrete_fields]
    return (
        canonical.digest(canonical.text([canonical.plain(v) for v in row]))
        for row in rows.values_list(*columns).iterator(chunk_size=5000)
    )


def seal(*, at: datetime, stream: str = "journal") -> Seal | None:
    """Seal what is not yet sealed. None where there is nothing new."""
    model = STREAMS[stream]
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # waits for acts in flight, so that no entry appears later below the last one sealed
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE MODE")
        before = Seal.objects.filter(stream=stream).order_by("-no").first()
        first = before.last + 1 if before else 1
        last = model._base_manager.filter(no__gte=first).aggregate(last=models.Max("no"))["last"]
        if last is None:
            return None
        leaves = list(_leaves(stream, first, last))
        root = merkle_root(leaves)
        chained = canonical.digest(before.chained if before else GENESIS, root, str(last), str(len(leaves)))
        return Seal.objects.create(
            stream=stream, first=first, last=last, count=len(leaves), root=root, chained=chained, at=at
        )


def broken(stream: str) -> Iterator[tuple[Seal, str]]:
    """Seals that no longer agree with what they sealed, with what is wrong: COUNT, ROOT, CHAIN."""
    chained = GENESIS
    expected_first = 1
    for sealed in Seal.objects.filter(stream=stream).order_by("no"):
        leaves = list(_leaves(stream, sealed.first, sealed.last))
        if len(leaves) != sealed.count:
            yield sealed, "COUNT"
        elif merkle_root(leaves) != sealed.root:
            yield sealed, "ROOT"
        chained = canonical.digest(chained, sealed.root, str(sealed.last), str(sealed.count))
        if chained != sealed.chained or sealed.first != expected_first:
            yield sealed, "CHAIN"
        chained = sealed.chained
        expected_first = sealed.last + 1


def last_seal(stream: str = "journal") -> Seal | None:
    return Seal.objects.filter(stream=stream).order_by("-no").first()


def unsealed(stream: str = "journal") -> int:
    """How many entries a forger with the machine could still rewrite."""
    sealed = last_seal(stream)
    return STREAMS[stream]._base_manager.filter(no__gt=sealed.last if sealed else 0).count()
