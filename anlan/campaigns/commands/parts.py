"""What several commands of campaigns share."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from anlan.kernel.scope import Actor, Level, system_for
from anlan.kernel.words import Reason, Refused

Loaded = dict[int, list[Any]]


def parts(model: Any) -> Any:
    """A loader: the records of a row, by row."""

    def load(rows: Sequence[Any]) -> Loaded:
        found: Loaded = {row.pk: [] for row in rows}
        key = f"{model.parent}_id"
        for part in model.objects.of(rows).order_by("pk"):
            found[getattr(part, key)].append(part)
        return found

    return load


def named(rows: Sequence[Any], key: Any) -> Any:
    """One of a row's own records. Raises Refused where it is not there, or no longer."""
    for row in rows:
        if row.pk == key and not getattr(row, "gone", False):
            return row
    raise Refused(Reason("没有找到这一行,请刷新后再办理"))


def place_of(actor: Actor) -> tuple[str, str]:
    """County and town whose matter this is: "" for the city."""
    if actor.level is Level.TOWN:
        return actor.code[:6], actor.code
    return (actor.code, "") if actor.level is Level.COUNTY else ("", "")


def acting_for(by: Actor, *can: str) -> Actor:
    """The system on behalf of whoever acted, allowed what follows from the act."""
    return replace(system_for(by), can=frozenset(can))
