"""What happened on duty, past tense. Heard only by site.reactions."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Missed:
    """Nobody who has duty was reached in a unit."""

    call: Any
