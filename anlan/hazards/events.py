"""What happened to a hazard, past tense. Heard only by site.reactions."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class HazardEvent:
    hazard: Any


class Registered(HazardEvent):
    pass


class MajorProposed(HazardEvent):
    pass


class MajorConfirmed(HazardEvent):
    pass


class MajorRejected(HazardEvent):
    pass


class RegradeAsked(HazardEvent):
    pass


class RectificationStarted(HazardEvent):
    pass


class Submitted(HazardEvent):
    pass


class AcceptanceProposed(HazardEvent):
    pass


class Accepted(HazardEvent):
    pass


class Failed(HazardEvent):
    pass


class ExtensionAsked(HazardEvent):
    pass


class ExtensionDecided(HazardEvent):
    pass


class ReportedUpwards(HazardEvent):
    pass


class OpinionGiven(HazardEvent):
    pass


@dataclass(frozen=True, slots=True)
class Assigned:
    hazard: Any
    to_organisation: int
    from_organisation: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Returned:
    hazard: Any
    to_organisation: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Replied:
    hazard: Any
    to_organisation: int | None


@dataclass(frozen=True, slots=True)
class Consulted:
    hazard: Any
    expert: int
    words: str
    until: date


@dataclass(frozen=True, slots=True)
class Kept:
    hazard: Any
    asked_by: int | None


@dataclass(frozen=True, slots=True)
class Urged:
    hazard: Any
    words: str


@dataclass(frozen=True, slots=True)
class LeavingAsked:
    hazard: Any
    organisation: int | None


@dataclass(frozen=True, slots=True)
class Relapsed:
    hazard: Any
    description: str
    source: str
    photos: tuple
    no_photo_because: str


@dataclass(frozen=True, slots=True)
class Instructed:
    hazard: Any
    owner_organisation: int
    words: str
    due_on: date


@dataclass(frozen=True, slots=True)
class InstructionAnswered:
    hazard: Any
    by: int
    answer: str


@dataclass(frozen=True, slots=True)
class SuspensionMoved:
    suspension: Any
