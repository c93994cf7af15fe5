"""What happened, told inside the transaction of the act. Only `site.reactions` listens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from anlan.kernel.clock import Moment
from anlan.kernel.scope import Actor

Reaction = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Performed:
    """An act was carried out upon these rows: told once for a whole list."""

    command: str
    rows: Sequence[Any]


_reactions: dict[type, list[Reaction]] = {}


def react(event_type: type, *reactions: Reaction) -> None:
    """Register what else happens. Called once, at start, by the one list of reactions."""
    _reactions.setdefault(event_type, []).extend(reactions)


def publish(event: Any, *, by: Actor, at: Moment) -> None:
    for reaction in _reactions.get(type(event), ()):
        reaction(event, by=by, at=at)
