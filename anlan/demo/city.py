"""Offices, organs, groups, firms and the people in them, all made by the commands of everyday life."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password

from anlan.demo import firms
from anlan.demo.autumn.firms import POSTS
from anlan.kernel import personal
from anlan.kernel.clock import day_of
from anlan.kernel.codes import make_uscc
from anlan.kernel.scope import Actor
from anlan.people import commands as people
from anlan.people import queries
from anlan.people.models import Organisation, User
from anlan.places import queries as places
from anlan.register import commands as register
from anlan.register import parks
from anlan.register.models import Enterprise

PASSWORD = "Anlan-2019"  # noqa: S105  printed on purpose; refused in production
HOME = "410105"  # the county of the printed logins
REGISTRATION = "410100"  # the division in the credit codes
PREMISES = {
    "BUILD": ("主体施工区", "SITE"), "COAL": ("主井", "MINE"), "MINE_NC": ("采场", "MINE"), "FIRE": ("营业楼", "VENUE"),
    "CROWDED": ("营业厅", "VENUE"), "TOURISM": ("游览区", "VENUE"), "TRANSPORT": ("停车场", "OTHER"),
}  # fmt: skip
BUREAUS = (
    (
        "应急管理局",
        "应急",
        "EMERGENCY",
        ("HAZCHEM", "MINE_NC", "TRADE", "COAL", "PIPELINE", "OTHER"),
    ),
    ("住房和城乡建设局", "住建", "CONSTRUCTION", ("BUILD",)),
    ("消防救援大队", "消", "FIRE", ("FIRE", "CROWDED")),
    ("交通运输局", "交", "TRANSPORT", ("TRANSPORT",)),
    ("文化广电和旅游局", "文旅", "TOURISM", ("TOURISM",)),
    ("市场监督管理局", "市监", "MARKET", ("SPECIAL",)),
)
#: by which word a zone is known; its name begins like the city's
ZONES = {"410171": "经开", "410172": "高新", "410173": "港", "4101Z1": "郑东"}
DEPARTMENTS = (
    ("市应急管理局", "（郑）应急", "EMERGENCY", ("HAZCHEM", "MINE_NC", "TRADE", "COAL", "PIPELINE", "OTHER")),
    ("市城乡建设局", "（郑）建", "CONSTRUCTION", ("BUILD",)),
    ("市消防救援支队", "（郑）消", "FIRE", ("FIRE", "CROWDED")),
    ("市交通运输局", "（郑）交", "TRANSPORT", ("TRANSPORT",)),
    ("市文化广电和旅游局", "（郑）文旅", "TOURISM", ("TOURISM",)),
    ("市市场监督管理局", "（郑）市监", "MARKET", ("SPECIAL",)),
    ("市工业和信息化局", "（郑）工信", "INDUSTRY", ("CIVEX",)),
    ("市公安局", "（郑）公", "POLICE", ()),
    ("市城市管理局", "（郑）城管", "URBAN", ()),
    ("市教育局", "（郑）教", "EDUCATION", ()),
)


@dataclass
class Cast:
    """Everybody who plays. `at` is the time of the next act while the city is founded.

    Officers, heads, principals and managers stand under the key of their organisation; `had` are the
    faults that have been found in a firm.
    """

    at: datetime
    today: date
    chance: random.Random
    hashed: str
    organisations: dict[str, Organisation] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    firms: list[Enterprise] = field(default_factory=list)
    principals: dict[int, Actor] = field(default_factory=dict)
    managers: dict[int, Actor] = field(default_factory=dict)
    officers: dict[int, tuple[Actor, Actor]] = field(default_factory=dict)
    heads: dict[int, Actor] = field(default_factory=dict)
    stations: dict[str, Actor] = field(default_factory=dict)
    competent: dict[tuple[str, str], Organisation] = field(default_factory=dict)
    offices: dict[str, Actor] = field(default_factory=dict)
    had: dict[int, set[Any]] = field(default_factory=lambda: defaultdict(set))
    serial: int = 0
    since: date = field(init=False)

    def __post_init__(self) -> None:
        self.since = day_of(self.at)

    def tick(self) -> datetime:
        """The next act is some seconds later, so that the journal is in the order of time."""
        self.at += timedelta(seconds=18)
        return self.at

    def bureau_of(self, sector: str, county: str) -> Organisation:
        """The organ that answers for a sector in a county."""
        known = self.competent.get((sector, county))
        if known is None:
            known = queries.competent_organ(sector=sector, county=county, on=self.today)
            assert known is not None, sector
            self.competent[sector, county] = known
        return known

    def name(self) -> str:
        return self.chance.choice(firms.SURNAMES) + self.chance.choice(firms.GIVEN)

    def organ(self, key: str, name: str, kind: str, **facts: Any) -> Organisation:
        made = people.found(
            by=people.CONSOLE, at=self.tick(), name=name, kind=kind, since=self.since, **facts
        )
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
            by=people.CONSOLE, at=self.tick(), username=username or f"person{self.serial:03d}", name=self.name(),
            password=self.hashed, demo=True, must_change=False,
        )  # fmt: skip
        people.appoint(
            by=people.CONSOLE, at=self.tick(), user=user.pk, organisation=organisation, role=role, level=level,
            since=self.since, **place,
        )  # fmt: skip
        if credential:
            people.issue_credential(
                by=people.CONSOLE, at=self.tick(), user=user.pk, number=f"1601{self.serial:06d}", since=self.since,
                until=self.today + timedelta(days=1000),
            )  # fmt: skip
        actor = queries.actor_for(user, on=self.today)
        if username:
            self.actors[username] = actor
        return actor


def organs(
    *, at: datetime, today: date, chance: random.Random, tell: Callable[[str, int, int], None]
) -> Cast:
    """The city's organs and who works in them."""
    cast = Cast(at, today, chance, make_password(PASSWORD))
    _offices(cast)
    _departments(cast)
    units = places.counties()
    for n, unit in enumerate(units):
        _county(cast, unit)
        tell("单位和人员", n + 1, len(units))
    return cast


def peopled(cast: Cast, *, at: datetime, tell: Callable[[str, int, int], None]) -> Cast:
    """Groups, experts and firms: the city before its first hazard."""
    cast.at = at
    cast.since = day_of(at)
    _groups(cast)
    for n, firm in enumerate(firms.FIRMS):
        _firm(cast, n, firm)
        tell("企业", n + 1, len(firms.FIRMS))
    _park(cast)
    office = cast.organisations["office"].pk  # who drafts does not sign
    cast.actors["vice"] = cast.person("", office, "office", "CITY", title="集中办公室副主任")
    return cast


def _park(cast: Cast) -> None:
    """The chemical firms of the printed county stand in a park."""
    by = cast.officers[cast.bureau_of("HAZCHEM", HOME).pk][0]
    made = parks.found(by=by, at=cast.tick(), name="金水区精细化工产业园", county=HOME)
    for firm in cast.firms:
        if (firm.county, firm.sector) == (HOME, "HAZCHEM"):
            parks.admit(made.pk, by=by, at=cast.tick(), enterprise=firm)


def _offices(cast: Cast) -> None:
    office = cast.organ("office", "市集中行动办公室", "OFFICE", system="OFFICE", doc_word="郑安集办")
    cast.person("office", office.pk, "office", "CITY", title="集中办公室主任")
    cast.person("leader", office.pk, "leader", "CITY", title="副市长")
    cast.person("auditor", office.pk, "auditor", "CITY", title="审计专员")
    cast.person("admin", office.pk, "administrator", "CITY", title="系统管理员")
    cast.person("duty", office.pk, "duty_officer", "CITY", title="值班员")
    cast.organ("experts", "市安全生产专家库", "EXPERT_POOL", system="EXPERT")


def _departments(cast: Cast) -> None:
    """The ten departments. Those without a sector have nobody here: no sector would mean every sector."""
    for name, word, system, sectors in DEPARTMENTS:
        made = cast.organ(name, name, "DEPARTMENT", system=system, sectors=list(sectors), doc_word=word)
        if sectors:
            _staff(cast, made, "CITY", ("处长", "执法支队队员", "局长"), sectors=list(sectors))


def _staff(cast: Cast, organ: Organisation, level: str, titles: tuple[str, str, str], **place: Any) -> None:
    """Two officers with credentials and the head who approves."""
    ours = organ.county == HOME and organ.system == "EMERGENCY"
    one = cast.person(
        "department" if ours else "", organ.pk, "department_officer", level, credential=True, title=titles[0], **place
    )  # fmt: skip
    two = cast.person(
        "enforcement" if ours else "", organ.pk, "enforcement_officer", level, credential=True, title=titles[1], **place
    )  # fmt: skip
    if ours:
        cast.person(
            "enforcement2", organ.pk, "enforcement_officer", level, credential=True, title=titles[1], **place
        )
    cast.officers[organ.pk] = (one, two)
    cast.heads[organ.pk] = cast.person(
        "department_head" if ours else "", organ.pk, "department_head", level, title=titles[2], **place
    )


def _groups(cast: Cast) -> None:
    until = cast.today + timedelta(days=120)
    others = [place.code for place in places.counties() if place.code != HOME]
    duties = ([HOME, "410103", "410104"], others[5:10], [HOME, "410103", "410172"])
    for n, name in enumerate(("市督导第一组", "市督导第二组", "市暗访第一组")):
        made = cast.organ(f"group{n + 1}", name, "GROUP", system="GROUP")
        for m in range(2):
            username = ("supervisor", "group2", "covert")[n] if m == 0 else ""
            actor = cast.person(
                "supervisor" if username == "supervisor" else "", made.pk, "supervisor", "NAMED", until=until,
                duties=duties[n], title="组长" if m == 0 else "组员",
            )  # fmt: skip
            if username:
                cast.actors[username] = actor
    pool = cast.organisations["experts"]
    cast.person("expert", pool.pk, "expert", "NAMED", until=until, title="化工安全专家")
    for speciality in ("建筑施工专家", "消防专家"):
        cast.person("", pool.pk, "expert", "NAMED", until=until, title=speciality)


def _county(cast: Cast, unit: Any) -> None:
    home, short = unit.code == HOME, ZONES.get(unit.code, unit.name[:2])
    office = cast.organ(
        f"{unit.code}/office", f"{unit.name}集中行动办公室", "COUNTY_OFFICE", county=unit.code, system="OFFICE",
        doc_word=f"{short}安集办",
    )  # fmt: skip
    cast.offices[unit.code] = cast.person(
        "county_office" if home else "", office.pk, "office", "COUNTY", code=unit.code, title="办公室主任"
    )
    for name, word, system, sectors in BUREAUS:
        bureau = cast.organ(
            f"{unit.code}/{system}", f"{unit.name}{name}", "COUNTY_BUREAU", county=unit.code, system=system,
            sectors=list(sectors), doc_word=f"（{short}）{word}",
        )  # fmt: skip
        titles = ("监管股长", "执法队员", "副局长")
        _staff(cast, bureau, "COUNTY", titles, code=unit.code, sectors=list(sectors))
    for n, town in enumerate(places.towns(unit.code)[: 2 if home else 1]):
        first = home and n == 0
        station(cast, unit.code, town.code, town.name, username="town" if first else "")
        if first:
            cast.person(
                "grid",
                cast.organisations[town.code].pk,
                "grid_officer",
                "TOWN",
                code=town.code,
                title="网格员",
            )


def station(cast: Cast, county: str, town: str, name: str, *, username: str = "") -> None:
    """A town's station and its head."""
    made = cast.organ(town, f"{name}应急管理站", "TOWN_STATION", county=county, town=town, system="TOWN")
    cast.stations[town] = cast.person(username, made.pk, "town_officer", "TOWN", code=town, title="站长")


def described(cast: Cast, n: int, firm: firms.Firm, *, uscc: str) -> dict[str, Any]:
    """What is written about a firm: the facts of its file and who answers in it."""
    unit, towns = places.place(firm.county), places.towns(firm.county)[:2]
    town = towns[0 if n == 0 else n % len(towns)]
    beside = lambda centre, within: centre + Decimal(cast.chance.randint(-within, within)) / 10_000
    return {
        "name": firm.name, "uscc": uscc, "county": firm.county, "town": town.code, "sector": firm.sector,
        "scale": firm.scale, "headcount": firm.headcount,
        "address": f"{town.name}{firms.STREETS[n % len(firms.STREETS)]}{cast.chance.randint(3, 260)}号",
        "lng": beside(unit.lng if unit and unit.lng else Decimal("113.65"), 180),
        "lat": beside(unit.lat if unit and unit.lat else Decimal("34.75"), 150),
        "principal": _responsible(cast.name(), cast), "safety_manager": _responsible(cast.name(), cast),
    }  # fmt: skip


def _firm(cast: Cast, n: int, firm: firms.Firm) -> None:
    first = n == 0
    by = cast.officers[cast.bureau_of(firm.sector, firm.county).pk][0]
    facts = described(cast, n, firm, uscc=make_uscc(REGISTRATION, 7000 + n))
    made = register.enter(by=by, at=cast.tick(), is_key=firm.sector in ("HAZCHEM", "COAL", "CIVEX"), **facts)
    cast.firms.append(made)
    principal = cast.person("principal" if first else "", made.pk, "principal", "ENTERPRISE", title="总经理")
    manager = cast.person(
        "safety_manager" if first else "", made.pk, "safety_manager", "ENTERPRISE", title="安全科长"
    )
    cast.principals[made.pk], cast.managers[made.pk] = principal, manager
    if first:
        cast.person("worker", made.pk, "worker", "ENTERPRISE", title="操作工")
    name, kind = PREMISES.get(firm.sector, ("一号厂区", "PLANT"))
    register.add_premises(
        made.pk, by=principal, at=cast.tick(), name=name, kind=kind, address=facts["address"]
    )
    register.add_workpost(
        made.pk,
        by=principal,
        at=cast.tick(),
        name=POSTS.get(firm.sector, "操作工"),
        people_no=max(1, firm.headcount // 4),
    )


def _responsible(name: str, cast: Cast) -> dict[str, str]:
    """Personal data: the values go to the deletable table, a digest into the file."""
    phone = f"139{cast.chance.randint(10_000_000, 99_999_999)}"
    return {"name": personal.keep(name, kind="enterprise"), "phone": personal.keep(phone, kind="enterprise")}
