"""Personal values: kept beside the record, never in it (decision: erasable while the journal stands).

A record's column holds the digest; the value can be read only here and can be erased by order.
"""

import re
import secrets
from collections.abc import Iterable
from uuid import UUID

from anlan.kernel import canonical
from anlan.kernel.journal import JournalEntry, Personal

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def keep(value: str, *, kind: str, subject: int | None = None, act: UUID | None = None) -> str:
    """Store a value, return the digest that stands for it. "" stays "".

    An act sent twice says the same: the same value of the same subject keeps its digest, and where the act
    makes the subject, the same value of the same `act`.
    """
    if not value:
        return ""
    same = Personal.objects.filter(kind=kind, value=value)
    known = None
    if subject is not None:
        known = same.filter(subject=subject)
    elif act is not None and (said := _digests_of(act)):
        known = same.filter(digest__in=said)
    if known is not None and (found := known.values_list("digest", flat=True).first()) is not None:
        return found
    salt = secrets.token_hex(16)
    digest = canonical.digest(salt, value)
    Personal.objects.create(digest=digest, salt=salt, value=value, kind=kind, subject=subject)
    return digest


def _digests_of(act: UUID) -> set[str]:
    """The digests that an act told, where it was carried out already."""
    return set(
        _DIGEST.findall(JournalEntry.objects.filter(id=act).values_list("body", flat=True).first() or "")
    )


def reveal(digests: Iterable[str]) -> dict[str, str]:
    """Values by digest; an erased one is missing. The caller has asked for the right to read them."""
    wanted = {d for d in digests if d}
    return dict(Personal.objects.filter(digest__in=wanted).values_list("digest", "value"))


def erase(digests: Iterable[str]) -> int:
    """Erase values. The act that orders it writes its own journal entry."""
    return Personal.objects.filter(digest__in=[d for d in digests if d]).delete()[0]
