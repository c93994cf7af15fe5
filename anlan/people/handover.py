"""What a leaver leaves: modules above say what waits for a position, and pass on what was told to a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from anlan.kernel.scope import Actor


@dataclass(frozen=True, slots=True)
class Left:
    """One queue on the leaver's desk: what it is, and how many stand in it."""

    title: Any
    count: int
    link: str = ""

    @property
    def sentence(self) -> str:
        return _("%(title)s %(count)s件") % {"title": self.title, "count": self.count}


#: (actor, at) → what waits for that position
WAITING: list[Callable[[Actor, datetime], list[Left]]] = []
#: (from, to, at): what was told to one person is told to the other
PASS_ON: list[Callable[[int, int, datetime], None]] = []


def waiting(actor: Actor, at: datetime) -> list[Left]:
    """Everything that waits for a position, module by module."""
    return [left for ask in WAITING for left in ask(actor, at) if left.count]


def pass_on(leaver: int, successor: int, *, at: datetime) -> None:
    """Let each module tell the successor what it had told the leaver."""
    for pass_it in PASS_ON:
        pass_it(leaver, successor, at)
