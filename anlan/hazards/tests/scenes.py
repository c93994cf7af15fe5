"""A small city for tests: offices, organs, a firm, and one person in each position, all made by commands."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import count
from typing import Any
from uuid import uuid4

from anlan.evidence import store
from anlan.evidence.commands import Claimed
from anlan.evidence.models import Item
from anlan.hazards import commands
from anlan.hazards.models import Hazard, Round, TreatmentPlan
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, acting_as
from anlan.notices.models import Notice
from anlan.people import commands as people
from anlan.people import queries
from anlan.people.models import Organisation, Position, User
from anlan.register.models import Enterprise
from anlan.register.tests import scenes as firms

__all__ = ["NOW", "TODAY", "UTC", "City", "TreatmentPlan", "datetime", "replace"]

#: Monday 2 September 2019, nine o'clock in Zhengzhou
NOW = datetime(2019, 9, 2, 1, 0, tzinfo=UTC)
TODAY = date(2019, 9, 2)
JINSHUI, ERQI = "410105", "410103"
STREET = "410105001"
SOURCE_OF = {
    "principal": "SELF_DAILY", "safety_manager": "SELF_DAILY", "worker": "SELF_WORKER", "expert": "EXPERT_SERVICE",
}  # fmt: skip
_names = count(1)


def later(days: float = 0, hours: float = 0) -> datetime:
    return NOW + timedelta(days=days, hours=hours)


def organisation(kind: str, name: str, **given: Any) -> Organisation:
    return people.found(by=people.CONSOLE, at=NOW, name=name, kind=kind, since=date(2019, 1, 1), **given)


def account(name: str, **given: Any) -> User:
    said = {"username": f"u{next(_names):04d}", "password": "!", "must_change": False}
    return people.open_account(by=people.CONSOLE, at=NOW, name=name, **(said | given))


def appoint(user: User, organisation: Organisation | int, role: str, level: str, **given: Any) -> Position:
    key = organisation if isinstance(organisation, int) else organisation.pk
    said = {"since": date(2019, 1, 1)} | given
    return people.appoint(
        by=people.CONSOLE, at=NOW, user=user.pk, organisation=key, role=role, level=level, **said
    )


def actor(user: User, on: date = TODAY) -> Actor:
    return queries.actor_for(user, on=on)


#: far off, for pages are tried with the clock of the day; a credential may not end before its holder's acts
CREDENTIAL_ENDS = date(2049, 12, 31)


@dataclass
class City:
    """The cast. Each property makes its person when first asked for."""

    sector: str = "HAZCHEM"
    county: str = JINSHUI
    town: str = STREET

    @cached_property
    def office(self) -> Organisation:
        return organisation("OFFICE", "市集中办公室", system="OFFICE")

    @cached_property
    def bureau(self) -> Organisation:
        return organisation(
            "COUNTY_BUREAU", "区应急管理局", county=self.county, system="EMERGENCY", sectors=["HAZCHEM", "TRADE"],
            doc_word="金应急",
        )  # fmt: skip

    @cached_property
    def station(self) -> Organisation:
        return organisation(
            "TOWN_STATION", "街道应急管理站", county=self.county, town=self.town, system="TOWN"
        )

    @cached_property
    def group(self) -> Organisation:
        return organisation("GROUP", "市督导第一组", system="GROUP")

    @cached_property
    def firm(self) -> Enterprise:
        return firms.enterprise(self.county, town=self.town, sector=self.sector, at=later(days=-30))

    @cached_property
    def clerk(self) -> Actor:
        user = account("周明")
        appoint(user, self.office, "office", "CITY")
        return actor(user)

    @cached_property
    def county_office(self) -> Organisation:
        return organisation("COUNTY_OFFICE", "区集中办公室", county=self.county, system="OFFICE")

    @cached_property
    def other_bureau(self) -> Organisation:
        return organisation(
            "COUNTY_BUREAU", "区市场监管局", county=self.county, sectors=["SPECIAL_EQUIPMENT"]
        )

    @cached_property
    def other_officer(self) -> Actor:
        """Of another regulator of the same county, who sees what is handed or transferred to him."""
        user = account("何监")
        appoint(
            user, self.other_bureau, "department_officer", "COUNTY", code=self.county, sectors=["SPECIAL"]
        )
        return actor(user)

    @cached_property
    def expert(self) -> Actor:
        user = account("唐专家")
        pool = organisation("EXPERT_POOL", "市安全生产专家库", system="EXPERT")
        appoint(user, pool, "expert", "NAMED", since=date(2019, 8, 1), until=date(2019, 12, 31))
        return actor(user)

    @cached_property
    def grid_officer(self) -> Actor:
        user = account("网格冯")
        appoint(user, self.station, "grid_officer", "TOWN", code=self.town)
        return actor(user)

    def _officer(self, name: str, number: str, role: str = "department_officer") -> Actor:
        user = account(name)
        appoint(user, self.bureau, role, "COUNTY", code=self.county, sectors=["HAZCHEM", "TRADE"])
        if number:
            people.issue_credential(
                by=people.CONSOLE, at=NOW, user=user.pk, number=number, since=date(2018, 1, 1), until=CREDENTIAL_ENDS
            )  # fmt: skip
        return actor(user)

    @cached_property
    def officer(self) -> Actor:
        return self._officer("李强", "16010001")

    @cached_property
    def second(self) -> Actor:
        return self._officer("王磊", "16010002", "enforcement_officer")

    @cached_property
    def head(self) -> Actor:
        return self._officer("赵局", "", "department_head")

    @cached_property
    def town_officer(self) -> Actor:
        user = account("孙站")
        appoint(user, self.station, "town_officer", "TOWN", code=self.town)
        return actor(user)

    @cached_property
    def supervisor(self) -> Actor:
        user = account("郑组")
        appoint(
            user, self.group, "supervisor", "NAMED", since=date(2019, 8, 1), until=date(2019, 12, 31),
            duties=[self.county],
        )  # fmt: skip
        return actor(user)

    @cached_property
    def leader(self) -> Actor:
        user = account("吴市长")
        appoint(user, self.office, "leader", "CITY")
        return actor(user)

    @cached_property
    def auditor(self) -> Actor:
        user = account("钱审")
        appoint(user, self.office, "auditor", "CITY")
        return actor(user)

    def of_firm(self, role: str, name: str, firm: Enterprise | None = None) -> Actor:
        user = account(name)
        appoint(user, (firm or self.firm).pk, role, "ENTERPRISE")
        return actor(user)

    @cached_property
    def principal(self) -> Actor:
        return self.of_firm("principal", "陈厂长")

    @cached_property
    def manager(self) -> Actor:
        return self.of_firm("safety_manager", "刘安全")

    @cached_property
    def worker(self) -> Actor:
        return self.of_firm("worker", "马师傅")


def photos(n: int = 1, *, at: datetime = NOW) -> list[Claimed]:
    """Photos as an act gets them, for tests of the loop: bytes with a hash, no picture."""
    claimed = []
    for _ in range(n):
        data = f"photo {next(_names)}".encode()
        sha = store.sha256(data)
        store.keep(data, sha=sha)
        item = Item.objects.create(sha256=sha, bytes=len(data), media_type="image/jpeg", kept_at=at)
        claimed.append(Claimed(uuid4(), item, None))
    return claimed


def register(by: Actor, firm: Enterprise, *, at: datetime = NOW, **given: Any) -> Hazard:
    said: dict[str, Any] = {
        "description": "仓库配电箱无门,线路裸露", "source": SOURCE_OF.get(by.role, "GOV_OPEN"),
        "no_photo_because": "防爆区禁止拍照", "enterprise": firm, "general": True,
    }  # fmt: skip
    return commands.register(by=by, at=at, **(said | given))


def ordered(city: City, *, at: datetime = NOW, due: int = 5, **given: Any) -> Hazard:
    """Found by the bureau and ordered: the shortest way into RECTIFYING."""
    h = register(city.officer, city.firm, at=at, **given)
    return commands.order(
        h.pk, by=city.officer, at=at, due_on=day_of(at) + timedelta(days=due), requirement="加装箱门,整理线路"
    )


def submitted(city: City, *, at: datetime = NOW, **given: Any) -> Hazard:
    h = ordered(city, at=at, **given)
    when = at + timedelta(days=1)
    after = photos(at=when)
    return commands.submit(h.pk, by=city.principal, at=when, measures="已加装箱门", photos=after)


CLAUSE = "第4条 涉及重点监管危险化工工艺的装置未实现自动化控制"


def handed(city: City, *, sign: bool = True, at: datetime = NOW) -> Hazard:
    """Found by the office and handed to the bureau."""
    h = register(city.clerk, city.firm, at=at, general=False)
    commands.assign(h.pk, by=city.clerk, at=at, to=city.bureau, reply_due=day_of(at) + timedelta(days=7))
    return commands.sign(h.pk, by=city.officer, at=at) if sign else fresh(h)


def proposed(city: City, *, by: Actor | None = None, at: datetime = NOW) -> Hazard:
    """Proposed as major, waiting to be determined."""
    h = register(by or city.officer, city.firm, at=at, general=False)
    return commands.propose_major(h.pk, by=by or city.officer, at=at, clause=CLAUSE)


def major(city: City, *, at: datetime = NOW, due: int = 60, **given: Any) -> Hazard:
    """Determined by two officers and ordered by them."""
    h = proposed(city, at=at)
    said = {"basis": CLAUSE, "evacuate": True, "suspend": False, "second": city.second} | given
    commands.confirm_major(h.pk, by=city.officer, at=at, **said)
    return commands.order(
        h.pk, by=city.officer, at=at, due_on=day_of(at) + timedelta(days=due), requirement="装设自动化控制系统",
        legal=True, second=city.second,
    )  # fmt: skip


SIX: dict[str, Any] = {
    "goals": "消除隐患", "methods": "委托设计施工", "funds_materials": "专项资金", "bodies_persons": "总经理负责",
    "time_requirements": "两个月", "safety_emergency": "停用装置,专人监护",
}  # fmt: skip
FIVE: dict[str, Any] = {
    f"{name}_fulfilled": True for name in ("responsibility", "measures", "funds", "time", "emergency")
}


def major_submitted(city: City, *, at: datetime = NOW, days: int = 10) -> Hazard:
    """A major one, treated under a plan and handed in."""
    h = major(city, at=at)
    commands.plan(h.pk, by=city.principal, at=at + timedelta(days=1), **SIX, **FIVE)
    when = at + timedelta(days=days)
    return commands.submit(
        h.pk, by=city.principal, at=when, measures="已装设", photos=photos(at=when), evaluation="AGENCY"
    )


def own(city: City, *, by: Actor | None = None, at: datetime = NOW, due: int = 5) -> Hazard:
    """Found by the firm itself, and begun on."""
    h = register(by or city.manager, city.firm, at=at)
    return commands.start_own(
        h.pk, by=by or city.manager, at=at, due_on=day_of(at) + timedelta(days=due), responsible="马师傅"
    )


def told(person: Actor) -> list[tuple[str, str]]:
    """What somebody was told, oldest first: (kind, words)."""
    rows = Notice.objects.filter(person=person.id).order_by("pk")
    return [(n.kind, str(n.reason)) for n in rows]


def fresh(h: Hazard) -> Hazard:
    return Hazard.everything.get(pk=h.pk)


def see(h: Hazard, by: Actor) -> Hazard:
    with acting_as(by):
        return Hazard.objects.opening(pk=h.pk).get()


def rounds(h: Hazard) -> list[Any]:
    """Its goes at rectifying, in order."""
    return list(Round.everything.filter(hazard=h).order_by("no"))


def officer_of(city: City, sectors: list[str]) -> Actor:
    """An officer of the city's bureau who answers for other sectors."""
    user = account("专管员")
    appoint(user, city.bureau, "department_officer", "COUNTY", code=city.county, sectors=sectors)
    return actor(user)


def town_mate(city: City) -> Actor:
    """A second person of the station."""
    user = account("丁站")
    appoint(user, city.station, "town_officer", "TOWN", code=city.town)
    return actor(user)
