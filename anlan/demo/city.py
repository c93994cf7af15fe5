"""Offices, organs, groups, firms and the people in them, all made by the commands of everyday life."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password

from anlan.demo import texts
from anlan.kernel import personal
from anlan.kernel.clock import day_of
from anlan.kernel.codes import make_uscc
from anlan.kernel.scope import Actor
from anlan.people import commands as people
from anlan.people import queries
from anlan.people.models import Organisation, User
from anlan.places import queries as places
from anlan.register import commands as register
from anlan.register.models import Enterprise

PASSWORD = "Anlan-2019"  # noqa: S105  printed on purpose; refused in production
HOME = "410105"  # the county of the printed logins
BUREAUS = (
    (
        "应急管理局",
        "应急",
        "EMERGENCY",
        ("HAZCHEM", "MINE_NC", "TRADE", "COAL", "CIVEX", "PIPELINE", "OTHER"),
    ),
    ("住房和城乡建设局", "住建", "CONSTRUCTION", ("BUILD",)),
    ("消防救援大队", "消", "FIRE", ("FIRE", "CROWDED")),
    ("交通运输局", "交", "TRANSPORT", ("TRANSPORT",)),
    ("文化广电和旅游局", "文旅", "TOURISM", ("TOURISM",)),
    ("市场监督管理局", "市监", "MARKET", ("SPECIAL",)),
)
DEPARTMENTS = (
    ("市应急管理局", "郑应急", "EMERGENCY", ("HAZCHEM", "MINE_NC", "TRADE", "COAL", "PIPELINE", "OTHER")),
    ("市城乡建设局", "郑建", "CONSTRUCTION", ("BUILD",)),
    ("市消防救援支队", "郑消", "FIRE", ("FIRE", "CROWDED")),
    ("市交通运输局", "郑交", "TRANSPORT", ("TRANSPORT",)),
    ("市文化广电和旅游局", "郑文旅", "TOURISM", ("TOURISM",)),
    ("市市场监督管理局", "郑市监", "MARKET", ("SPECIAL",)),
    ("市公安局", "郑公", "POLICE", ("CIVEX",)),
    ("市工业和信息化局", "郑工信", "INDUSTRY", ()),
    ("市城市管理局", "郑城管", "URBAN", ()),
    ("市教育局", "郑教", "EDUCATION", ()),
)


@dataclass
class Cast:
    """Everybody who plays. `at` is when the city is founded."""

    at: datetime
    today: date
    chance: random.Random
    hashed: str
    organisations: dict[str, Organisation] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    firms: list[Enterprise] = field(default_factory=list)
    principals: dict[int, Actor] = field(default_factory=dict)
    managers: dict[int, Actor] = field(default_factory=dict)
    officers: dict[tuple[str, str], tuple[Actor, Actor]] = field(default_factory=dict)
    heads: dict[tuple[str, str], Actor] = field(default_factory=dict)
    serial: int = 0

    @property
    def since(self) -> date:
        return day_of(self.at)

    def name(self) -> str:
        return self.chance.choice(texts.SURNAMES) + self.chance.choice(texts.GIVEN)

    def organ(self, key: str, name: str, kind: str, **facts: Any) -> Organisation:
        made = people.found(by=people.CONSOLE, at=self.at, name=name, kind=kind, since=self.since, **facts)
        self.organisations[key] = made
        return made

    def person(
        self,
        username: str,
        organisation: int,
        role: str,
        level: str,
        *,
        credential: bool = False,
        **place: Any,
    ) -> Actor:
        """An account, its position, its credential where the work needs one."""
        self.serial += 1
        user: User = people.open_account(
            by=people.CONSOLE, at=self.at, username=username or f"person{self.serial:03d}", name=self.name(),
            password=self.hashed, demo=True, must_change=False,
        )  # fmt: skip
        people.appoint(
            by=people.CONSOLE, at=self.at, user=user.pk, organisation=organisation, role=role, level=level,
            since=self.since, **place,
        )  # fmt: skip
        if credential:
            people.issue_credential(
                by=people.CONSOLE, at=self.at, user=user.pk, number=f"1601{self.serial:06d}", since=self.since,
                until=self.today + timedelta(days=1000),
            )  # fmt: skip
        actor = queries.actor_for(user, on=self.today)
        if username:
            self.actors[username] = actor
        return actor


def found(*, at: datetime, today: date, chance: random.Random, tell: Callable[[str, int, int], None]) -> Cast:
    """The city before its first hazard."""
    cast = Cast(at, today, chance, make_password(PASSWORD))
    _offices(cast)
    units = places.counties()
    for n, unit in enumerate(units):
        _county(cast, unit)
        tell("单位和人员", n + 1, len(units))
    for n in range(len(texts.FIRMS)):
        _firm(cast, n)
        tell("企业", n + 1, len(texts.FIRMS))
    return cast


def _offices(cast: Cast) -> None:
    office = cast.organ("office", "市集中行动办公室", "OFFICE", system="OFFICE", doc_word="郑安集办")
    cast.person("office", office.pk, "office", "CITY", title="集中办公室主任")
    cast.person("leader", office.pk, "leader", "CITY", title="副市长")
    cast.person("auditor", office.pk, "auditor", "CITY", title="审计专员")
    cast.person("admin", office.pk, "administrator", "CITY", title="系统管理员")
    cast.person("duty", office.pk, "duty_officer", "CITY", title="值班员")
    for name, word, system, sectors in DEPARTMENTS:
        cast.organ(name, name, "DEPARTMENT", system=system, sectors=list(sectors), doc_word=word)
    emergency = cast.organisations["市应急管理局"].pk
    theirs = list(DEPARTMENTS[0][3])
    cast.person(
        "", emergency, "department_officer", "CITY", sectors=theirs, credential=True, title="监管一处"
    )
    cast.person("", emergency, "department_head", "CITY", sectors=theirs, title="局长")
    until = cast.today + timedelta(days=120)
    for n, group in enumerate(("市督导第一组", "市督导第二组", "市暗访第一组")):
        made = cast.organ(f"group{n + 1}", group, "GROUP", system="GROUP")
        username = "supervisor" if n == 0 else ""
        cast.person(
            username, made.pk, "supervisor", "NAMED", until=until, duties=[HOME, "410103"], title="组员"
        )
    pool = cast.organ("experts", "市安全生产专家库", "EXPERT_POOL", system="EXPERT")
    cast.person("expert", pool.pk, "expert", "NAMED", until=until, title="化工安全专家")


def _county(cast: Cast, unit: Any) -> None:
    home = unit.code == HOME
    office = cast.organ(
        f"{unit.code}/office",
        f"{unit.name}集中行动办公室",
        "COUNTY_OFFICE",
        county=unit.code,
        system="OFFICE",
    )
    cast.person(
        "county_office" if home else "", office.pk, "office", "COUNTY", code=unit.code, title="办公室主任"
    )
    for name, word, system, sectors in BUREAUS:
        bureau = cast.organ(
            f"{unit.code}/{system}", f"{unit.name}{name}", "COUNTY_BUREAU", county=unit.code, system=system,
            sectors=list(sectors), doc_word=f"{unit.name[0]}{word}",
        )  # fmt: skip
        ours = home and system == "EMERGENCY"
        place = {"code": unit.code, "sectors": list(sectors)}
        one = cast.person(
            "department" if ours else "", bureau.pk, "department_officer", "COUNTY", credential=True, title="监管股长",
            **place,
        )  # fmt: skip
        two = cast.person(
            "enforcement" if ours else "", bureau.pk, "enforcement_officer", "COUNTY", credential=True, title="执法队员",
            **place,
        )  # fmt: skip
        cast.officers[unit.code, system] = (one, two)
        cast.heads[unit.code, system] = cast.person(
            "department_head" if ours else "", bureau.pk, "department_head", "COUNTY", title="副局长", **place
        )
    for n, town in enumerate(places.towns(unit.code)[: 2 if home else 1]):
        station = cast.organ(
            town.code,
            f"{town.name}应急管理站",
            "TOWN_STATION",
            county=unit.code,
            town=town.code,
            system="TOWN",
        )
        first = home and n == 0
        cast.person("town" if first else "", station.pk, "town_officer", "TOWN", code=town.code, title="站长")
        if first:
            cast.person("grid", station.pk, "grid_officer", "TOWN", code=town.code, title="网格员")


def _firm(cast: Cast, n: int) -> None:
    name, sector, scale, headcount = texts.FIRMS[n]
    county = texts.COUNTY_OF[n]
    unit = places.place(county)
    town = places.towns(county)[0 if n == 0 else n % 2].code if places.towns(county)[1:] else ""
    clerk = cast.officers[county, "EMERGENCY"][0]
    lng = (unit.lng if unit and unit.lng else Decimal("113.65")) + Decimal(
        cast.chance.randint(-180, 180)
    ) / 10_000
    lat = (unit.lat if unit and unit.lat else Decimal("34.75")) + Decimal(
        cast.chance.randint(-150, 150)
    ) / 10_000
    facts: dict[str, Any] = {
        "name": name, "uscc": make_uscc("410100", 7000 + n), "county": county, "sector": sector, "scale": scale,
        "headcount": headcount, "address": f"{unit.name if unit else ''}示范路{n + 1}号", "lng": lng, "lat": lat,
        "town": town or (places.towns(county)[0].code if places.towns(county) else ""),
        "principal": _responsible(cast), "safety_manager": _responsible(cast), "is_key": sector in ("HAZCHEM", "COAL"),
    }  # fmt: skip
    by = clerk if clerk.sectors is None or sector in clerk.sectors else cast.actors["office"]
    firm = register.enter(by=by, at=cast.at + timedelta(hours=2, minutes=n), **facts)
    cast.firms.append(firm)
    first = n == 0
    principal = cast.person("principal" if first else "", firm.pk, "principal", "ENTERPRISE", title="总经理")
    manager = cast.person(
        "safety_manager" if first else "", firm.pk, "safety_manager", "ENTERPRISE", title="安全科长"
    )
    cast.principals[firm.pk], cast.managers[firm.pk] = principal, manager
    if first:
        cast.person("worker", firm.pk, "worker", "ENTERPRISE", title="操作工")
    register.add_premises(
        firm.pk, by=principal, at=cast.at + timedelta(hours=3, minutes=n), name="一号厂区" if sector != "BUILD" else "主体施工区",
        kind="PLANT" if sector != "BUILD" else "SITE", address=facts["address"],
    )  # fmt: skip


def _responsible(cast: Cast) -> dict[str, str]:
    phone = f"139{cast.chance.randint(10_000_000, 99_999_999)}"
    return {
        "name": personal.keep(cast.name(), kind="enterprise"),
        "phone": personal.keep(phone, kind="enterprise"),
    }
