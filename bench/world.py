"""A small city to measure in, lived through the commands today: in each county a bureau with its
officers, an office and its firms.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from anlan.hazards import commands
from anlan.hazards.tests import scenes
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor
from anlan.people.models import User
from anlan.places import queries as places
from anlan.register.models import Enterprise
from anlan.register.tests import scenes as firms

#: the sectors that the firms of a county take in turn
SECTORS = ("HAZCHEM", "TRADE", "FIRE", "BUILD", "TRANSPORT")


class County(scenes.City):
    """A county's cast: the same people, with credentials of their own."""

    def _officer(self, name: str, number: str, role: str = "department_officer") -> Actor:
        return super()._officer(name, number and self.county[2:] + number[-4:], role)


@dataclass
class World:
    """The cast of the scenes, as they act today."""

    city: scenes.City
    now: datetime
    counties: dict[str, scenes.City] = field(default_factory=dict)

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

    def cast(self, county: str) -> scenes.City:
        """Those who find, order and put right in a county."""
        if county not in self.counties:
            town = next((t.code for t in places.towns(county)), "")
            self.counties[county] = County(county=county, town=town)
        return self.counties[county]

    def firms(self, county: str, n: int) -> list[Enterprise]:
        """So many firms more in a county, its towns and the sectors taken in turn."""
        towns = [t.code for t in places.towns(county)] or [""]
        said = [(towns[i % len(towns)], SECTORS[i % len(SECTORS)]) for i in range(n)]
        return [firms.enterprise(county, town=town, sector=sector) for town, sector in said]

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
    made.counties[city.county] = city
    assert all((city.firm, city.officer, city.second, city.head, city.principal, city.manager))
    return made
