"""Which module puts what on the desk, in the order in which it is shown.

A panel is a function of who asks and when. It returns None where it has nothing to say to this
person; a title with an empty list is an answer too.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from anlan.kernel.scope import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A titled part of the desk. `aside` puts it in the narrow column, with the figures."""

    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    aside: bool = False


DeskPanel = Callable[[Actor, datetime], Panel | None]

DESK: list[DeskPanel] = []


def desk(*, by: Actor, at: datetime, panels: Iterable[DeskPanel] | None = None) -> list[Panel]:
    """What waits for this person, panel by panel."""
    made = (panel(by, at) for panel in (DESK if panels is None else panels))
    return [panel for panel in made if panel is not None]
