"""By which words a firm is found: its names, its code, its address."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models

from anlan.kernel import search


class EnterpriseIndex(search.Index):
    """The pairs of characters of a firm's words."""

    row = models.OneToOneField(
        "register.Enterprise", models.DO_NOTHING, primary_key=True, db_column="rowid", db_constraint=False,
        related_name="index",
    )  # fmt: skip

    class Meta(search.Index.Meta):
        abstract = False

    def __str__(self) -> str:
        return str(self.pk)


def words(firms: Sequence[Any]) -> Iterator[str]:
    return (f"{e.name} {e.uscc} {e.address}" for e in firms)


SOURCE = search.Source(
    index=EnterpriseIndex,
    columns=frozenset({"name", "uscc", "address", "county", "town", "sector"}),
    words=words,
)
