"""What happened to a document, past tense. Heard only by site.reactions."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DocumentEvent:
    document: Any


class Drafted(DocumentEvent):
    pass


class Approved(DocumentEvent):
    pass


class Served(DocumentEvent):
    pass


@dataclass(frozen=True, slots=True)
class SentBack:
    document: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Voided:
    document: Any
    was_served: bool
