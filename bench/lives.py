"""Ways a hazard goes, played once in each county through the commands, to be copied by `filling`.

All begin on the same day, so that a copy is the same life moved in time.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from anlan.hazards import commands
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor
from anlan.places import queries as places
from anlan.standards import queries as standards
from bench.world import World

#: how long ago the pattern began; everything dated between then and `REACH` days later moves with a copy
AGO, REACH = timedelta(days=200), 199


class Cast:
    """The people of one county on the days of the pattern."""

    def __init__(self, here: World, county: str):
        self.city = here.cast(county)
        self.began = (here.now - AGO).replace(hour=1, minute=0, second=0, microsecond=0)

    def at(self, days: int) -> datetime:
        return self.began + timedelta(days=days)

    def day(self, days: int) -> date:
        return day_of(self.at(days))

    def who(self, name: str) -> Actor:
        actor: Actor = getattr(self.city, name)
        return actor

    def registered(self, **more: Any) -> int:
        return scenes.register(
            self.who("officer"), self.city.firm, at=self.at(0), photos=scenes.photos(), no_photo_because="", **more
        ).pk  # fmt: skip

    def ordered(self, due: int) -> int:
        pk = self.registered()
        self.order(pk, 0, due)
        return pk

    def order(self, pk: int, day: int, due: int) -> None:
        commands.order(
            pk, by=self.who("officer"), at=self.at(day), due_on=self.day(due), requirement="加装箱门,整理线路"
        )

    def submitted(self) -> int:
        pk = self.ordered(due=7)
        commands.submit(
            pk, by=self.who("principal"), at=self.at(3), measures="已加装箱门,整理线路", photos=scenes.photos(),
            money_spent=1200,
        )  # fmt: skip
        return pk


def on_the_spot(c: Cast) -> int:
    return commands.fix_on_spot(
        by=c.who("officer"), at=c.at(0), description="灭火器压力不足", source="GOV_OPEN", enterprise=c.city.firm,
        measures="当场更换", before=scenes.photos(), after=scenes.photos(), signer="陈厂长",
    ).pk  # fmt: skip


def closed(c: Cast) -> int:
    pk = c.submitted()
    return commands.accept(pk, by=c.who("officer"), at=c.at(5), opinion="现场复查,符合要求").pk


def in_review(c: Cast) -> int:
    return c.submitted()


def in_time(c: Cast) -> int:
    return c.ordered(due=150)


def soon_late(c: Cast) -> int:
    return c.ordered(due=5)


def new(c: Cast) -> int:
    return c.registered()


def major(c: Cast) -> int:
    pk = c.registered(general=False)
    clauses = standards.major_clauses(Hazard.everything.get(pk=pk).now_sector, on=day_of(c.at(0)))
    commands.propose_major(
        pk, by=c.who("officer"), at=c.at(0), clause=clauses[0] if clauses else "安全阀未校验"
    )
    commands.confirm_major(
        pk, by=c.who("officer"), at=c.at(1), basis="重大事故隐患判定标准第四条", evacuate=True, suspend=False, expert="符合标准"
    )  # fmt: skip
    c.order(pk, 1, due=160)
    return pk


#: of 200 hazards so many go this way; 80 of 100 are closed
SHARES: tuple[tuple[Callable[[Cast], int], int], ...] = (
    (on_the_spot, 60), (closed, 100), (in_review, 15), (in_time, 10), (soon_late, 4), (new, 10), (major, 1),
)  # fmt: skip
assert sum(share for _, share in SHARES) == 200


def played(here: World) -> Iterator[tuple[str, int, int]]:
    """Every way in every county: (county, which of SHARES, the hazard's key)."""
    for place in places.counties():
        cast = Cast(here, place.code)
        for which, (way, _) in enumerate(SHARES):
            yield place.code, which, way(cast)
