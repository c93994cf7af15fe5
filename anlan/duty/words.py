"""Roll calls as they are told: sheets of a day, counts, lights."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anlan.duty.models import RollCall
from anlan.duty.states import LIGHTS, RESULTS, CallState
from anlan.kernel.journal import entries_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """The roll call of one unit that calls, one round of a day."""

    caller: int
    caller_name: str
    round: int
    rows: list[RollCall]

    @property
    def called(self) -> int:
        return sum(1 for c in self.rows if c.state != CallState.WAITING)

    @property
    def counts(self) -> list[dict[str, Any]]:
        """How many of each result, those that are none left out."""
        found = Counter(c.state for c in self.rows)
        return [
            {"light": LIGHTS[s].lower(), "label": s.label, "n": found[s]}
            for s in (*RESULTS, CallState.WAITING)
            if found[s]
        ]

    @property
    def share(self) -> int:
        """In per cent, for a bar."""
        return round(100 * self.called / len(self.rows)) if self.rows else 0


def sheets(calls: Sequence[RollCall], *, first: int | None) -> list[Sheet]:
    """The calls of a day by who called and round; `first` the roll call that comes first."""
    found: dict[tuple[int, int], Sheet] = {}
    for c in calls:
        sheet = found.setdefault((c.caller, c.round), Sheet(c.caller, c.caller_name, c.round, []))
        sheet.rows.append(c)
    return sorted(found.values(), key=lambda s: s.caller != first)


def light_of(c: RollCall) -> str:
    return LIGHTS[CallState(c.state)].value


def history(c: RollCall, labels: Any) -> list[dict[str, Any]]:
    """Every act upon a call, newest first, from the journal alone."""
    return [
        {
            "at": e.happened,
            "who": e.person_name,
            "act": labels[e.act].label if e.act in labels else e.act,
            "tone": "main" if e.act in ("result", "again") else "",
        }
        for e in entries_of(c)
    ]
