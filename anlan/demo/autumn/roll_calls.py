"""The roll calls of the autumn: the city every evening, each county on the holidays, as they stood on paper."""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from anlan.demo import calls
from anlan.demo.autumn import days
from anlan.demo.autumn.article import END
from anlan.demo.autumn.steps import at, done
from anlan.demo.autumn.who import Who
from anlan.duty import commands, queries
from anlan.kernel.scope import Actor

#: minutes of the day at which a roll call begins
CITY, COUNTY = 20 * 60, 19 * 60


def held(people: Who, *, seed: int, scale: float, tell: Callable[[int], None]) -> None:
    """All of them; of a smaller city fewer days."""
    chance = random.Random(f"{seed}: roll calls")  # noqa: S311  a story, no secret
    step = max(1, round(1 / scale)) if scale else 1
    evenings = days.between(days.GROUPS_STAND + timedelta(days=1), END)
    feasts = [d for d in evenings if days.holiday(d)]
    _by(people.cast.actors["duty"], sorted({*evenings[::step], *feasts}), CITY, chance, tell)
    for office in people.cast.offices.values():
        _by(office, feasts[::step], COUNTY, chance, tell)


def _by(
    caller: Actor, on: Sequence[date], minute: int, chance: random.Random, tell: Callable[[int], None]
) -> None:
    units = queries.below(caller)
    phones = [calls.telephone(chance) for _ in units]
    said: list[dict[str, Any]] = []
    for day in on:
        for n, unit in enumerate(units):
            when = at(day, minute + n)
            said.append({
                "at": when + timedelta(minutes=5), "unit": unit, "phone": phones[n], "day": day, "called_at": when,
                **calls.heard(chance),
            })  # fmt: skip
    done(commands.record, said, by=caller)
    tell(len(said))
