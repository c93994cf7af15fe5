"""Personal values: kept beside the record, never in it (decision: erasable while the journal stands).

A record's column holds the digest; the value can be read only here and can be erased by order.
"""

import secrets
from collections.abc import Iterable

from anlan.kernel import canonical
from anlan.kernel.journal import Personal


def keep(value: str, *, kind: str, subject: int | None = None) -> str:
    """Store a value, return the digest that stands for it. "" stays "".

    The same value of the same subject keeps its digest: an act sent twice says the same.
    """
    if not value:
        return ""
    if subject is not None:
        known = Personal.objects.filter(kind=kind, subject=subject, value=value).values_list(
            "digest", flat=True
        )
        if (found := known.first()) is not None:
            return found
    salt = secrets.token_hex(16)
    digest = canonical.digest(salt, value)
    Personal.objects.create(digest=digest, salt=salt, value=value, kind=kind, subject=subject)
    return digest


def reveal(digests: Iterable[str]) -> dict[str, str]:
    """Values by digest; an erased one is missing. The caller has asked for the right to read them."""
    wanted = {d for d in digests if d}
    return dict(Personal.objects.filter(digest__in=wanted).values_list("digest", "value"))


def erase(digests: Iterable[str]) -> int:
    """Erase values. The act that orders it writes its own journal entry."""
    return Personal.objects.filter(digest__in=[d for d in digests if d]).delete()[0]
