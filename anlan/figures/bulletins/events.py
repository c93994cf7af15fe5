"""What happened to a bulletin, past tense. Heard only by site.reactions."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Drafted:
    bulletin: Any


@dataclass(frozen=True, slots=True)
class SentBack:
    bulletin: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Signed:
    """`readers` are the organisations that it is sent to."""

    bulletin: Any
    readers: tuple[int, ...]
