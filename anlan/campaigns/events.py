"""What happened in a campaign, past tense. Heard only by site.reactions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Issued:
    """A plan goes out; each addressee gets it to sign for."""

    plan: Any
    organisations: Sequence[int]


@dataclass(frozen=True, slots=True)
class Sent:
    receipt: Any


@dataclass(frozen=True, slots=True)
class Filed:
    receipt: Any


@dataclass(frozen=True, slots=True)
class ReceiptReturned:
    receipt: Any
    reason: str


@dataclass(frozen=True, slots=True)
class ReceiptAccepted:
    receipt: Any


@dataclass(frozen=True, slots=True)
class ReceiptUrged:
    receipt: Any
    words: str


@dataclass(frozen=True, slots=True)
class Joined:
    group: Any
    member: Any


@dataclass(frozen=True, slots=True)
class Left:
    group: Any
    member: Any


@dataclass(frozen=True, slots=True)
class DutiesMoved:
    group: Any


@dataclass(frozen=True, slots=True)
class GroupEnded:
    group: Any
    members: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Rostered:
    sortie: Any
    party: Sequence[int]


@dataclass(frozen=True, slots=True)
class ItemRaised:
    item: Any


@dataclass(frozen=True, slots=True)
class ItemAnswered:
    item: Any


@dataclass(frozen=True, slots=True)
class ItemReturned:
    item: Any
    reason: str


@dataclass(frozen=True, slots=True)
class ItemUrged:
    item: Any
    words: str
