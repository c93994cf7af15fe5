"""What became of every row of a sheet, in figures and in sentences."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anlan.kernel.words import Reason

#: refusals kept with the record of an import; the sheet that goes back holds them all
KEPT = 300


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that cannot be used: where, what, why, and what to do."""

    row: int
    column: str
    value: str
    reason: Reason
    remedy: Reason


@dataclass(frozen=True, slots=True)
class Change:
    """A row that stands here already and now says something else: what it says, what stands under which number.

    The record is not changed by a sheet; a person changes it where it is kept, or does not.
    """

    row: int
    column: str
    value: str
    stands: Reason
    number: str


@dataclass(slots=True)
class Report:
    """accepted + refused = rows, always; `left` rows were not reached because somebody stopped it."""

    kind: str = ""
    rows: int = 0
    new: int = 0
    already_present: int = 0
    refused: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    skipped: list[tuple[int, Reason]] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    notes: list[Reason] = field(default_factory=list)
    new_firms: int = 0
    #: what the new rows are together: several rows of a sheet can be one visit
    records: int = 0
    cancelled: bool = False
    left: int = 0
    questions: list[Any] = field(default_factory=list)
    samples: dict[str, list[str]] = field(default_factory=dict)
    #: accounts just opened, with their one-time passwords: told once, kept nowhere
    opened: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        return self.new + self.already_present

    def refuse(self, wrong: list[Refusal]) -> None:
        """One row with every reason against it."""
        self.refused += 1
        self.refusals += wrong

    def plain(self, words: Callable[[Reason], str] = str) -> dict[str, Any]:
        """As the command line tells it."""
        return {
            "kind": self.kind, "rows": self.rows, "accepted": self.accepted, "refused": self.refused,
            "new": self.new, "already_present": self.already_present, "new_firms": self.new_firms,
            "records": self.records,
            "cancelled": self.cancelled, "left": self.left, "notes": [words(n) for n in self.notes],
            "skipped": [{"row": n, "why": words(why)} for n, why in self.skipped],
            "mapping": self.mapping,
            "changed": [
                {"row": c.row, "column": c.column, "value": c.value, "stands": words(c.stands), "number": c.number}
                for c in self.changed
            ],
            "refusals": [
                {"row": r.row, "column": r.column, "value": r.value, "reason": words(r.reason), "remedy": words(r.remedy)}
                for r in self.refusals
            ],
        }  # fmt: skip

    def kept(self) -> dict[str, Any]:
        """As it is kept beside the import: sentences in no language yet, the first refusals, all of them by reason."""
        said = self.plain(lambda reason: "")
        by_reason = Counter((r.column, _told(r.reason), _told(r.remedy)) for r in self.refusals)
        return said | {
            "questions": [[q.vocabulary, q.said, q.times, q.chosen, q.among] for q in self.questions[:KEPT]],
            "samples": self.samples,
            "notes": [stored(n) for n in self.notes],
            "skipped": [[n, stored(why)] for n, why in self.skipped[:KEPT]],
            "changed": [[c.row, c.column, c.value, stored(c.stands), c.number] for c in self.changed[:KEPT]],
            "refusals": [
                [r.row, r.column, r.value, stored(r.reason), stored(r.remedy)] for r in self.refusals[:KEPT]
            ],
            "reasons": [
                [column, _stored(reason), _stored(remedy), n]
                for (column, reason, remedy), n in by_reason.most_common(40)
            ],
        }  # fmt: skip


_Told = tuple[str, tuple[tuple[str, str], ...]]


def _told(reason: Reason) -> _Told:
    return reason.msgid, tuple((k, str(v)) for k, v in reason.params.items())


def _stored(told: _Told) -> list[Any]:
    return [told[0], dict(told[1])]


def stored(reason: Reason) -> list[Any]:
    """A reason as JSON."""
    return _stored(_told(reason))


def restored(said: list[Any]) -> Reason:
    return Reason(said[0], said[1])
