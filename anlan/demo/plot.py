"""One hazard's life: who is concerned, what time it is in it, what has come of it.

A tale is a generator: it acts, then yields how many hours pass. Many lives are lived side by side, the
earliest act first, so that the journal of the demonstration is in the order of time like any other.
"""

import heapq
import random
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from anlan.demo import photos, texts
from anlan.demo.city import Cast
from anlan.kernel import personal
from anlan.kernel.clock import CHINA, day_of
from anlan.kernel.command import COMMANDS
from anlan.kernel.scope import Actor
from anlan.people.models import Organisation
from anlan.register.models import Enterprise
from anlan.standards import queries as standards

Tale = Generator[float, None, None]
OPENS, ENDS = 8, 18


def office_hours(instant: datetime) -> datetime:
    """The instant, or eight o'clock of the next working time where it falls into the night."""
    local = instant.astimezone(CHINA)
    if OPENS <= local.hour < ENDS:
        return instant
    if local.hour >= ENDS:
        local += timedelta(days=1)
    return local.replace(hour=OPENS).astimezone(instant.tzinfo)


@dataclass
class Plot:
    """What a tale works with. `h` is its hazard, `s` its suspension, `t` the time of the next act."""

    cast: Cast
    firm: Enterprise
    t: datetime
    chance: random.Random
    pictures: photos.Pool
    h: Any = None
    s: Any = None
    fault: texts.Found = field(init=False)
    room: int = field(init=False)
    where: str = field(init=False)

    def __post_init__(self) -> None:
        self.room = self.chance.randrange(photos.EACH)
        faults = texts.FOUND[self.firm.sector]
        places = texts.LOCATIONS.get(self.firm.sector) or texts.LOCATIONS[""]
        self.where, self.fault = self._new([(where, fault) for where in places for fault in faults])

    def _new(self, choices: list[Any]) -> Any:
        """One of them by chance, one that this firm has not yet had where there is such."""
        had = self.cast.had[self.firm.pk]
        chosen = self.chance.choice([c for c in choices if c not in had] or choices)
        had.add(chosen)
        return chosen

    # -- who -------------------------------------------------------------------------------------

    @property
    def bureau(self) -> Organisation:
        """The organ that answers for the firm's sector."""
        return self.cast.bureau_of(self.firm.sector, self.firm.county)

    @property
    def officer(self) -> Actor:
        return self.cast.officers[self.bureau.pk][0]

    @property
    def second(self) -> Actor:
        return self.cast.officers[self.bureau.pk][1]

    @property
    def head(self) -> Actor:
        return self.cast.heads[self.bureau.pk]

    @property
    def principal(self) -> Actor:
        return self.cast.principals[self.firm.pk]

    @property
    def manager(self) -> Actor:
        return self.cast.managers[self.firm.pk]

    @property
    def office(self) -> Actor:
        return self.cast.actors["office"]

    @cached_property
    def other(self) -> Organisation:
        """A bureau of the same county that answers for something else."""
        system = "MARKET" if self.bureau.system != "MARKET" else "FIRE"
        return self.cast.organisations[f"{self.firm.county}/{system}"]

    def within(self, counties: Iterable[str], sectors: Iterable[str] = ()) -> None:
        """A group looks where it was sent; a tale of a sector wants a firm of it."""
        places, wanted = set(counties), set(sectors)
        fits = [
            f
            for f in self.cast.firms
            if (not places or f.county in places) and (not wanted or f.sector in wanted)
        ]
        if self.firm not in fits:
            self.firm = self.chance.choice(fits)
            self.__post_init__()

    # -- what ------------------------------------------------------------------------------------

    def found(self) -> dict[str, Any]:
        """What is written about the fault at first sight."""
        return {
            "enterprise": self.firm, "description": f"{self.where}{self.fault.what}", "location": self.where,
            "basis": self.fault.clause, "category": self.fault.category, "accident": self.fault.accident,
        }  # fmt: skip

    def photos(self, label: str) -> list[Any]:
        return photos.of(
            self.pictures, subject=self.fault.picture, label=label, room=self.room, chance=self.chance
        )

    def find(self, by: Actor, *sources: str, **given: Any) -> None:
        """Register it, by one of these kinds of check; whoever may grade does so at once."""
        said = {"source": self.chance.choice(sources), "general": by.may("hazard.grade"),
                "photos": self.photos("BEFORE")}  # fmt: skip
        self.h = COMMANDS["hazard.register"](by=by, at=self.t, **(self.found() | said | given))

    def do(self, act: str, by: Actor, **inputs: Any) -> None:
        by = replace(by, today=day_of(self.t))  # admissions until a day are asked on the day of the act
        self.h = COMMANDS[f"hazard.{act}"](self.h.pk, by=by, at=self.t, **inputs)

    def day(self, after: int = 0) -> date:
        return day_of(self.t) + timedelta(days=after)

    def order(self, *days: int, **given: Any) -> None:
        due = self.day(self.chance.choice(days or (7,)))
        self.do("order", given.pop("by", self.officer), due_on=due, requirement=self.fault.measures, **given)

    def own_order(self) -> dict[str, str]:
        """What the firm's own order to itself says: what is to be done, and who answers for it."""
        who = personal.keep(self.principal.name, kind="hazard", subject=self.h.pk)
        return {"requirement": self.fault.measures, "responsible": who}

    def submit(self, by: Actor | None = None, **given: Any) -> None:
        money = self.chance.choice((0, 0, 300, 800, 1500, 4200, 12_000))
        said = {"measures": f"已{self.fault.measures}", "photos": self.photos("AFTER"), "money_spent": money}
        self.do("submit", by or self.principal, **(said | given))

    def accept(self, by: Actor | None = None, **given: Any) -> None:
        self.do("accept", by or self.officer, opinion=self.chance.choice(texts.OPINIONS), **given)

    def suspension(self, act: str, by: Actor, **inputs: Any) -> None:
        key = self.s.pk if self.s is not None else None
        self.s = COMMANDS[f"suspension.{act}"](key, by=by, at=self.t, **inputs)

    def make_major(self) -> str:
        """Turn the plot to a criterion of the sector's rule pack in force; returns its line."""
        on = self.day()
        packs = {sector for sector in texts.MAJOR if standards.major_clauses(sector, on=on)}
        if self.firm.sector not in packs:
            able = [f for f in self.cast.firms if f.sector in packs]
            near = [f for f in able if self.cast.bureau_of(f.sector, f.county).pk == self.bureau.pk]
            self.firm = self.chance.choice(near or able)
        major = self._new(list(texts.MAJOR[self.firm.sector]))
        clauses = standards.major_clauses(self.firm.sector, on=on)
        line = next((c for c in clauses if major.part in c), clauses[0])[:300]
        self.fault = texts.Found(major.what, major.measures, line, "21", self.fault.accident, major.picture)
        self.where = major.where
        return line

    def hours(self, low: float, high: float) -> float:
        return self.chance.uniform(low, high)


def live(
    lives: list[tuple[Plot, Callable[[Plot], Tale], int | None]],
    *,
    until: datetime,
    at_night: Callable[[datetime], object],
    tell: Callable[[str, int, int], None],
) -> None:
    """Live them side by side until a moment; `at_night` is called between two days.

    The act that would lie after it is not performed: that is what waits on somebody's desk. A number
    of acts stops a life earlier, for a desk that would otherwise be empty.
    """
    queue = [(plot.t, n, tale(plot), acts) for n, (plot, tale, acts) in enumerate(lives) if plot.t < until]
    heapq.heapify(queue)
    left = len(queue)
    today = day_of(queue[0][0]) if queue else None
    while queue:
        at, n, tale, acts = heapq.heappop(queue)
        if day_of(at) != today:
            at_night(
                at.astimezone(CHINA).replace(hour=0, minute=30, second=0, microsecond=0).astimezone(at.tzinfo)
            )
            today = day_of(at)
        lives[n][0].t = at
        pause = next(tale, None)
        after = office_hours(at + timedelta(hours=pause)) if pause is not None else until
        rest = None if acts is None else acts - 1
        if after < until and rest != 0:
            heapq.heappush(queue, (after, n, tale, rest))
        elif (done := left - len(queue)) % 10 == 0 or not queue:
            tell("隐患", done, left)
