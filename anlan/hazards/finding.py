"""By which words a hazard is found: what is wrong, where, and the name of the firm."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models

from anlan.kernel import search
from anlan.register.models import Enterprise


class HazardIndex(search.Index):
    """The pairs of characters of a hazard's words."""

    row = models.OneToOneField(
        "hazards.Hazard", models.DO_NOTHING, primary_key=True, db_column="rowid", db_constraint=False,
        related_name="index",
    )  # fmt: skip

    class Meta(search.Index.Meta):
        abstract = False

    def __str__(self) -> str:
        return str(self.pk)


def words(hazards: Sequence[Any]) -> Iterator[str]:
    """With the names of the firms, asked for once."""
    wanted = {h.enterprise_id for h in hazards if h.enterprise_id is not None}
    at_hand = {
        h.enterprise_id: h.enterprise.name
        for h in hazards
        if "enterprise" in h._state.fields_cache and h.enterprise
    }
    missing = wanted - at_hand.keys()
    names = at_hand | dict(
        Enterprise._base_manager.filter(pk__in=missing).values_list("pk", "name") if missing else ()
    )
    return (f"{h.description} {h.location} {names.get(h.enterprise_id, '')}" for h in hazards)


def of_firms(firms: Sequence[Any]) -> Iterable[Any]:
    """The hazards in whose words these firms are named."""
    from anlan.hazards.models import Hazard

    return Hazard._base_manager.filter(enterprise__in=[e.pk for e in firms])


SOURCE = search.Source(
    index=HazardIndex,
    columns=frozenset({"description", "location", "enterprise_id", "now_county", "now_town", "now_sector"}),
    words=words,
    follows=(search.Follows(model=Enterprise, columns=frozenset({"name"}), holders=of_firms),),
)
