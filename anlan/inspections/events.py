"""What happened to a visit, past tense. Heard only by site.reactions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Planned:
    visit: Any


@dataclass(frozen=True, slots=True)
class Authorised:
    visit: Any


@dataclass(frozen=True, slots=True)
class Finished:
    """The visit is over; each finding is to become a hazard, in the same transaction."""

    visit: Any
    findings: Sequence[Any]
    confirmed_by: Any


@dataclass(frozen=True, slots=True)
class Unveiled:
    """A covert visit is filed: from now on others may know of it."""

    visit: Any


@dataclass(frozen=True, slots=True)
class Advised:
    visit: Any


@dataclass(frozen=True, slots=True)
class Drawn:
    """Groups and places are drawn; the visits are to be planned, in the same transaction."""

    draw: Any
    picks: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A roll of coverage is asked for; its nodes are to be copied from the register."""

    roll: Any


@dataclass(frozen=True, slots=True)
class Stood:
    """A roll of coverage stands; what was looked at in its window is to be counted."""

    roll: Any


@dataclass(frozen=True, slots=True)
class SharedOut:
    """Portions of a roll for groups; the visits are to be planned, in the same transaction."""

    roll: Any
    portions: Sequence[Any]
    since: date
    until: date
    basis: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A visit of the past was recorded; each finding, with what the sheet says of it, is to become a hazard."""

    visit: Any
    findings: Sequence[tuple[Any, Any]]
