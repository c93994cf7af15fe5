"""A small city to measure in, lived through the commands today, and rows copied from it in bulk.

The copies are marked as bench data and have no journal: they serve the measurements of reading only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from anlan.hazards import commands
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor
from anlan.people.models import User
from anlan.places import queries as places

MARK = "bench data"
#: the span of days over which copies were found: that of the campaign of autumn 2019
DAYS = 92
RARE, RARE_ROWS = "MINE", 20
CHUNK = 5_000


@dataclass
class World:
    """The cast of the scenes, as they act today."""

    city: scenes.City
    now: datetime

    @property
    def today(self) -> date:
        return day_of(self.now)

    def acting(self, somebody: Actor) -> Actor:
        return scenes.actor(User.objects.get(pk=somebody.id), self.today)

    @cached_property
    def officer(self) -> Actor:
        """Of a county's department: one county, two sectors."""
        return self.acting(self.city.officer)

    @cached_property
    def clerk(self) -> Actor:
        """Of the city's office: everything."""
        return self.acting(self.city.clerk)

    @cached_property
    def county_clerk(self) -> Actor:
        """Of a county's office: one county, every sector."""
        user = scenes.account("区办")
        organisation = scenes.organisation("OFFICE", "区集中办公室", county=self.city.county, system="OFFICE")
        scenes.appoint(user, organisation, "office", "COUNTY", code=self.city.county)
        return scenes.actor(user, self.today)

    def found(self, n: int) -> list[int]:
        """Register so many hazards, each with its journal; their keys."""
        requests = [
            {
                "description": f"{i}号仓库配电箱无门,线路裸露", "source": "GOV_OPEN", "enterprise": self.city.firm,
                "no_photo_because": "防爆区禁止拍照", "general": True,
            }
            for i in range(n)
        ]  # fmt: skip
        return _keys(commands.register.many(requests, by=self.officer, at=self.now))

    def ordered(self, keys: list[int]) -> list[int]:
        """Order them to be put right; their keys."""
        requests = [{"pk": pk, **self.order} for pk in keys]
        return _keys(commands.order.many(requests, by=self.officer, at=self.now))

    @cached_property
    def order(self) -> dict[str, Any]:
        """What an order says."""
        return {"due_on": self.today + timedelta(days=5), "requirement": "加装箱门,整理线路"}


def _keys(outcomes: list[Any]) -> list[int]:
    if refused := [str(o.reason) for o in outcomes if o.reason is not None]:
        raise RuntimeError(f"{len(refused)} refused, the first: {refused[0]}")
    return [o.row.pk for o in outcomes]


def world() -> World:
    """The city with those who act in it and whom the reactions tell."""
    city = scenes.City()
    made = World(city, timezone.now())
    assert all((city.firm, city.officer, city.second, city.head, city.principal, city.manager))
    return made


# -- rows in bulk ------------------------------------------------------------------------------------


def fill(here: World, n: int) -> None:
    """So many hazards more, copied from played ones, spread over the counties, towns and `DAYS` days.

    Of 100: 80 closed, 8 in review, 7 rectifying (2 of them late), 5 registered; one in 200 is major.
    The sector `RARE` has `RARE_ROWS` rows however many there are.
    """
    ordered = here.ordered(here.found(2))
    submitted = commands.submit(
        ordered[0], by=here.acting(here.city.principal), at=here.now, measures="已加装箱门", photos=scenes.photos()
    )  # fmt: skip
    closed = commands.accept(submitted.pk, by=here.officer, at=here.now, opinion="合格").pk
    reviewed = here.ordered(here.found(1))[0]
    commands.submit(
        reviewed, by=here.acting(here.city.principal), at=here.now, measures="已加装箱门", photos=scenes.photos()
    )  # fmt: skip
    played = Hazard.everything.in_bulk([closed, reviewed, ordered[1], *here.found(1)])
    patterns = [
        played[closed],
        played[reviewed],
        played[ordered[1]],
        max(played.values(), key=lambda h: h.pk),
    ]
    rows = _copies(here, patterns, n)
    fields = [f for f in Hazard._meta.concrete_fields if not f.primary_key]
    columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
    insert = f"INSERT INTO {Hazard._meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
    ready = [[f.get_db_prep_save(getattr(p, f.attname), connection) for f in fields] for p in patterns]
    at = {f.attname: (i, f) for i, f in enumerate(fields)}
    chunk: list[list[Any]] = []
    for which, changed in rows:
        values = list(ready[which])
        for name, value in changed.items():
            i, field = at[name]
            values[i] = field.get_db_prep_save(value, connection)
        chunk.append(values)
        if len(chunk) == CHUNK:
            _insert(insert, chunk)
            chunk = []
    _insert(insert, chunk)
    if connection.vendor == "postgresql":  # what autovacuum does by itself after such a load
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _insert(statement: str, rows: list[list[Any]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _copies(here: World, patterns: list[Hazard], n: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """For each copy: of which pattern, and the columns in which it differs."""
    towns = [(p.code, [t.code for t in places.towns(p.code)] or [""]) for p in places.counties()]
    sectors = ("HAZCHEM", "TRADE", "FIRE", "BUILDING", "ROAD")
    share = [0] * 80 + [1] * 8 + [2] * 7 + [3] * 5
    step = timedelta(days=DAYS) / max(n, 1)
    for i in range(n):
        which = share[i * 37 % 100]
        county, its = towns[i * 7 % len(towns)]
        town = its[i // len(towns) % len(its)]
        sector = RARE if i % max(n // RARE_ROWS, 1) == 0 else sectors[i // 3 % len(sectors)]
        found_at = here.now - timedelta(days=DAYS) + step * i
        changed: dict[str, Any] = {
            "description": f"{patterns[which].description} 第{i}处 {MARK}", "import_file": MARK,
            "found_at": found_at, "found_on": day_of(found_at),
            "found_county": county, "found_town": town, "found_sector": sector,
            "now_county": county, "now_town": town, "now_sector": sector,
        }  # fmt: skip
        if i % 200 == 11:
            changed["grade"] = "MAJOR"
        if which == 2:
            days = -3 if i % 7 < 2 else 5
            due = here.today + timedelta(days=days)
            changed |= {"due_on": due, "late_from": due + timedelta(days=1)}
        yield which, changed
