"""Who acts in the autumn: the organs of the city, a station in every town, groups, the people of firms."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from anlan.campaigns.models import Group
from anlan.demo import city
from anlan.demo.autumn.firms import SYSTEM_OF, Unit
from anlan.demo.autumn.kinds import Visit
from anlan.demo.firms import GIVEN, SURNAMES
from anlan.kernel.scope import Actor
from anlan.people import queries as people
from anlan.people.models import Organisation
from anlan.places import queries as places

#: officers of a bureau who are named in records and have no account, beside those who have
NAMED = 4


@dataclass
class Who:
    """The actors of the autumn. `groups` and `squads` are the heads of the city's fifteen and its bureau's thirteen."""

    cast: city.Cast
    units: Sequence[Unit]
    groups: list[Actor] = field(default_factory=list)
    squads: list[Actor] = field(default_factory=list)
    principals: dict[int, Actor] = field(default_factory=dict)
    managers: dict[int, Actor] = field(default_factory=dict)
    parties: dict[int, list[Actor]] = field(default_factory=dict)
    organisations: dict[int, Organisation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for unit in self.units:
            for code, name in unit.towns:
                if code not in self.cast.stations:
                    city.station(self.cast, unit.code, code, name)
        self.at = {u.code: n for n, u in enumerate(self.units)}
        self.organisations = {o.pk: o for o in self.cast.organisations.values()}

    def lead(self, sent: Sequence[Any], on: date) -> None:
        """The heads of the groups that were sent out, as they act in their groups."""
        for n, g in enumerate(Group.everything.filter(pk__in=[g.pk for g in sent]).order_by("pk")):
            assert g.chief is not None
            held = people.held(g.chief, on=on)
            actor = people.actor_of(next(p for p in held if p.organisation_id == g.pk), on=on)
            (self.groups if n < 15 else self.squads).append(actor)
            self.organisations[g.pk] = Organisation.objects.get(pk=g.pk)

    @property
    def office(self) -> Actor:
        return self.cast.actors["office"]

    def bureau(self, county: str, sector: str) -> tuple[Actor, Actor]:
        """The two officers who answer for a sector in a county; what no county looks after is the city's."""
        return self.cast.officers[self.organ(county, sector).pk]

    def organ(self, county: str, sector: str) -> Organisation:
        system = SYSTEM_OF.get(sector)
        return self.cast.organisations[f"{county}/{system}" if system else "市工业和信息化局"]

    def officer_of(self, county: str, system: str) -> Actor:
        """Who sends out the groups of a system in a county."""
        return self.cast.officers[self.cast.organisations[f"{county}/{system}"].pk][0]

    @property
    def bureau_of_the_city(self) -> Actor:
        return self.cast.officers[self.cast.organisations["市应急管理局"].pk][0]

    def head(self, county: str, sector: str) -> Actor:
        return self.cast.heads[self.organ(county, sector).pk]

    def group(self, county: str) -> Actor:
        return self.groups[min(self.at[county], len(self.groups) - 1)]

    def squad(self, county: str) -> Actor:
        return self.squads[min(self.at[county], len(self.squads) - 1)]

    def finder(self, v: Visit) -> Actor:
        """Who enters what a visit finds."""
        if v.way.by in ("BUREAU", "EXPERT"):
            return self.bureau(v.county, v.firm.sector)[0]
        if v.way.by == "TOWN":
            return self.cast.stations[v.firm.town]
        if v.way.by == "SELF":
            return self.managers[v.firm.n]
        return self.group(v.county) if v.way.by == "GROUP" else self.squad(v.county)

    def recorder(self, v: Visit) -> tuple[Actor, Organisation | None]:
        """Who records a visit, and the organisation that made it; of a self-check it is the firm."""
        if v.way.by == "SELF":
            return self.cast.offices[v.county], None
        if v.way.by == "EXPERT":
            return self.office, self.cast.organisations["experts"]
        finder = self.finder(v)
        assert finder.organisation is not None
        organ = self.organisations.get(finder.organisation) or self._known(finder.organisation)
        return (finder if v.way.by in ("BUREAU", "TOWN") else self.office), organ

    def _known(self, pk: int) -> Organisation:
        return self.organisations.setdefault(pk, Organisation.objects.get(pk=pk))

    def party(self, v: Visit, n: int) -> list[Actor]:
        """Who was there, by name: officers show their credentials."""
        organ = self.recorder(v)[1]
        if organ is None or not v.people:
            return []
        if organ.pk not in self.parties:
            self.parties[organ.pk] = self._named(organ, v)
        names = self.parties[organ.pk]
        first = n if v.officers is None else v.officers
        return [names[(first + k) % len(names)] for k in range(v.people)]

    def _named(self, organ: Organisation, v: Visit) -> list[Actor]:
        role = "expert" if v.way.by == "EXPERT" else "enforcement_officer"
        like = replace(self.finder(v), id=0, role=role, position=None, organisation=organ.pk, organisation_name=organ.name,
                       credential_until=None, can=frozenset(), title="专家" if role == "expert" else "检查人员")  # fmt: skip
        chance = self.cast.chance
        return [
            replace(
                like, name=chance.choice(SURNAMES) + chance.choice(GIVEN), credential=f"1601{organ.pk:05d}{k}"
            )
            for k in range(NAMED)
        ]


def units(on: date) -> list[Unit]:
    """The sixteen units with the towns that answer to them."""
    return [
        Unit(u.code, u.name, tuple((t.code, t.name) for t in places.towns(u.code, on=on)))
        for u in places.counties(on=on)
    ]
