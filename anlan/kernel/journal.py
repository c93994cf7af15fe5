"""The journal: what was done, by whom, when, and what it changed.

One chain per subject. The subject's row holds `seq` and `head`; an act locks it and appends seq+1
with digest(head, body). A body holds before and after of every column that changed, children
included, so that folding the chain gives the row itself, and a row edited by hand shows.

No foreign keys: the journal must outlive what it describes.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar

from django.db import models

from anlan.kernel import canonical
from anlan.kernel.hashed import Hash
from anlan.kernel.kept import kept
from anlan.kernel.packed import PackedText

GENESIS = "0" * 64


class JournalEntry(models.Model):
    """One act upon one subject. Append-only: the database refuses to change or delete it."""

    no = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=30)
    subject = models.BigIntegerField()
    seq = models.IntegerField()
    act = models.CharField(max_length=40)
    person = models.BigIntegerField()
    person_name = models.CharField(max_length=60)
    organisation = models.BigIntegerField(null=True)
    county = models.CharField(max_length=12, default="")
    happened = models.DateTimeField()
    received = models.DateTimeField()
    inputs_digest = Hash()
    body = PackedText()
    digest = Hash()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "seq"], name="journal_chain_has_no_fork")
        ]
        indexes = [
            models.Index(fields=["person", "no"], name="journal_person"),
            models.Index(fields=["county", "no"], name="journal_county"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject}#{self.seq} {self.act}"


class Seal(models.Model):
    """A Merkle root over all entries up to `last`, chained to the seal before it.

    What the roots prove: entries below the last root that was printed or sent out cannot be changed
    without the change showing, even by whoever holds the machine.
    """

    no = models.AutoField(primary_key=True)
    stream = models.CharField(max_length=10, default="journal")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    count = models.BigIntegerField()
    root = models.CharField(max_length=64)
    chained = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "last"], name="seal_ends_once")]

    def __str__(self) -> str:
        return f"{self.stream} {self.first}–{self.last} {self.root[:12]}"


class Personal(models.Model):
    """A personal value, kept apart so that it can be erased while the journal stands.

    The record and the journal hold digest(salt, value); this row can be deleted.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    salt = models.CharField(max_length=32)
    value = models.TextField()
    kind = models.CharField(max_length=30)
    subject = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "subject"], name="personal_subject")]

    def __str__(self) -> str:
        return self.digest[:12]


class Journaled(models.Model):
    """A record with a chain of its own."""

    seq = models.IntegerField(default=0, editable=False)
    head = models.CharField(max_length=64, default=GENESIS, editable=False)

    #: columns that no act decides (caches); they stay out of the journal
    uncovered: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True


@kept
def _entries(kind: Any, subject: Any) -> models.QuerySet:
    return JournalEntry.objects.filter(kind=kind, subject=subject).order_by("-seq")


def entries_of(row: models.Model) -> list[JournalEntry]:
    """Every act upon a record in hand, the latest first."""
    return _entries(kind=row._meta.model_name, subject=row.pk)


_COLUMNS: dict[type[models.Model], tuple[str, ...]] = {}


def covered(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a record that the journal proves, by attribute name."""
    if model not in _COLUMNS:
        out = {"seq", "head", *getattr(model, "uncovered", ())}
        _COLUMNS[model] = tuple(
            f.attname for f in model._meta.concrete_fields if f.attname not in out and not f.primary_key
        )
    return _COLUMNS[model]


def snapshot(row: models.Model) -> dict[str, Any]:
    """A record's covered columns in canonical form."""
    model, attributes = type(row), row.__dict__
    names = covered(model)
    values = [attributes[name] for name in names]
    for n in _unlike(model, tuple(map(type, values))):
        values[n] = canonical.plain(values[n])
    return dict(zip(names, values, strict=True))


@lru_cache(maxsize=10_000)
def _unlike(model: type[models.Model], kinds: tuple[type, ...]) -> tuple[int, ...]:
    """Of the covered columns those whose values, being of these types, are not canonical as they are."""
    return tuple(n for n, kind in enumerate(kinds) if kind not in canonical.AS_IS)


def changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs, as (before, after)."""
    if not before:
        return {}, after
    old = {k: v for k, v in before.items() if after.get(k) != v}
    new = {k: v for k, v in after.items() if k not in before or before[k] != v}
    return old, new


def merkle_root(leaves: Iterable[str]) -> str:
    """Root of a Merkle tree over hex digests; an odd node is promoted. Empty: GENESIS."""
    level = [canonical.digest(b"leaf", leaf) for leaf in leaves]
    if not level:
        return GENESIS
    while len(level) > 1:
        pairs = [canonical.digest(b"node", a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0]
