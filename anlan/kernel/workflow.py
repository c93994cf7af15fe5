"""A workflow is a table. Permission, buttons, API, journal, clock and documentation all read it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason

Guard = Callable[[Any, Actor, datetime], Reason | None]


class Clock(StrEnum):
    """What an act does to the legal clock of its row."""

    KEEP = "KEEP"
    STOP = "STOP"
    RUN = "RUN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One kind of decision.

    `source` empty: the act creates the row. `targets` empty: the state stays. More than one target:
    the body chooses, and only among these. `needs` is the capability of the position. `guards` hold
    for the row whatever is filled in, and therefore also decide whether a button can be pressed.
    `main` is the act that moves the row on; `danger` asks for a second look.
    """

    name: str
    label: Any
    needs: str
    source: frozenset[str] = frozenset()
    targets: tuple[str, ...] = ()
    guards: tuple[Guard, ...] = ()
    clock: Clock = Clock.KEEP
    law: str = ""
    done: str = ""
    main: bool = False
    danger: bool = False
    hidden: bool = False

    @property
    def creates(self) -> bool:
        return not self.source


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that belongs on this row's page now; where it is refused, the reason."""

    transition: Transition
    why_not: Reason | None

    @property
    def name(self) -> str:
        return self.transition.name

    @property
    def allowed(self) -> bool:
        return self.why_not is None


class Workflow:
    """The states of one kind of record and every act upon it."""

    def __init__(self, name: str, states: Any, transitions: Iterable[Transition]):
        self.name = name
        self.states = states
        self.transitions: dict[str, Transition] = {}
        known = {str(s) for s in states.values}
        for t in transitions:
            if t.name in self.transitions:
                raise ValueError(f"{name}.{t.name} is declared twice")
            if strangers := (t.source | set(t.targets)) - known:
                raise ValueError(f"{name}.{t.name} names unknown states {sorted(strangers)}")
            self.transitions[t.name] = t

    def __iter__(self) -> Iterator[Transition]:
        return iter(self.transitions.values())

    def why_not(self, t: Transition, row: Any, actor: Actor, at: datetime) -> Reason | None:
        """The first reason to refuse, or None. State first, then position, then the guards."""
        if t.source and row.state not in t.source:
            return Reason(
                "当前状态为“%(state)s”,不能“%(act)s”",
                {"state": self.states(row.state).label, "act": t.label},
            )
        if not actor.may(t.needs):
            return Reason("您的职务不能“%(act)s”", {"act": t.label})
        for guard in t.guards:
            if reason := guard(row, actor, at):
                return reason
        return None

    def offers(self, row: Any, actor: Actor, at: datetime) -> list[Offer]:
        """What this person could do to this row now, refused acts with their reason."""
        return [
            Offer(t, self.why_not(t, row, actor, at))
            for t in self
            if row.state in t.source and actor.may(t.needs) and not t.hidden
        ]

    def mermaid(self) -> str:
        """The state diagram of the documentation."""
        lines = ["stateDiagram-v2"]
        for t in self:
            for source in sorted(t.source) or ["[*]"]:
                lines += [f"    {source} --> {target}: {t.label}" for target in t.targets or (source,)]
        return "\n".join(lines)
