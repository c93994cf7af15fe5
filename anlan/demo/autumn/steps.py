"""What follows after something was found: acts with their day, kept until their phase comes and done in lists."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db import transaction

from anlan.demo.autumn.days import phase_of
from anlan.kernel.clock import CHINA
from anlan.kernel.command import Command
from anlan.kernel.scope import Actor

#: so many requests in hand at a time
SLICE = 2_000
LOT = 4_000
L = TypeVar("L")


def at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(), CHINA) + timedelta(minutes=minute)


def done(command: Command, requests: Sequence[dict[str, Any]], *, by: Actor) -> list[Any]:
    """Perform a list; the rows. Raises RuntimeError where one was refused: the plan is wrong then."""
    rows = []
    for i in range(0, len(requests), SLICE):
        some = requests[i : i + SLICE]
        for outcome in command.many(some, by=by, at=some[0]["at"]):
            if outcome.reason is not None:
                raise RuntimeError(f"{command.name} by {by.name}: {outcome.reason}")
            rows.append(outcome.row)
    return rows


def lots(lists: Iterable[L], of: Callable[[L], int]) -> Iterator[list[L]]:
    """Lists in lots of some thousands of acts: each lot is one transaction, where each list would be one."""
    lot: list[L] = []
    size = 0
    for one in lists:
        lot.append(one)
        size += of(one)
        if size >= LOT:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


class Agenda:
    """Acts to come, by phase and step."""

    def __init__(self) -> None:
        self.acts: dict[tuple[int, int], dict[tuple[str, int], tuple[Command, Actor, list]]] = defaultdict(
            dict
        )

    def add(
        self, step: int, day: date, minute: int, command: Command, by: Actor, pk: Any, *,
        then: Any = None, **inputs: Any,
    ) -> None:  # fmt: skip
        """`inputs` that are functions are asked when the time comes; `then` is given the row afterwards."""
        acts = self.acts[phase_of(day), step]
        key = (command.name, by.position or by.id)
        acts.setdefault(key, (command, by, []))[2].append(
            {"pk": pk, "at": at(day, minute), "then": then, **inputs}
        )

    def perform(self, phase: int, tell: Callable[[int], None]) -> None:
        """Everything of a phase, step by step; an act may put others behind it."""
        while steps := [s for p, s in self.acts if p == phase]:
            lists = self.acts.pop((phase, min(steps))).values()
            for lot in lots(lists, lambda one: len(one[2])):
                with transaction.atomic():
                    for command, by, requests in lot:
                        self._list(command, by, requests)
                tell(sum(len(requests) for _, _, requests in lot))

    def _list(self, command: Command, by: Actor, requests: list[dict[str, Any]]) -> None:
        requests.sort(key=lambda r: r["at"])
        rows = done(command, [_asked(r) for r in requests], by=by)
        for request, row in zip(requests, rows, strict=True):
            if request["then"] is not None:
                request["then"](row)


def _asked(request: dict[str, Any]) -> dict[str, Any]:
    asked = {k: v() if callable(v) else v for k, v in request.items() if k != "then"}
    if asked["pk"] is None:
        del asked["pk"]
    return asked
