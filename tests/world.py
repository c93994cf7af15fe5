"""A small city of today, one person in each position and a stranger of every kind, each signed in.

It is made once for a module of tests that imports `_django_db_helper` and stands until its last test;
`tables()` is what stands in the database, to see that nothing moved.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from anlan.enforcement import commands as documents
from anlan.evidence.commands import Claimed
from anlan.evidence.tests import scenes as files
from anlan.figures.bulletins import commands as bulletins
from anlan.figures.periods import Named, Period
from anlan.figures.reports import commands as reports
from anlan.hazards import commands
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.inspections import commands as visits
from anlan.inspections import coverage, draws
from anlan.inspections import jobs as errands
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor
from anlan.notices import webhook_commands, webhooks
from anlan.notices.models import Notice
from anlan.people import commands as people
from anlan.people import queries, token_commands, tokens
from anlan.people.models import Organisation, User
from anlan.places import commands as places
from anlan.places import queries as calendar
from anlan.register import parks
from anlan.register.models import Enterprise
from anlan.register.tests import scenes as firms
from anlan.site.counts import counts
from anlan.standards import checklists

JINSHUI, ERQI = scenes.JINSHUI, scenes.ERQI
STREET, OTHER_STREET, FAR_STREET = f"{JINSHUI}001", f"{JINSHUI}002", f"{ERQI}001"
BACKEND = "anlan.people.accounts.Accounts"
#: what a look may leave behind: sessions and the notes of who looked
BESIDES = frozenset({"sessions.session", "kernel.accesslog", "axes.accessattempt", "axes.accesslog"})


@dataclass
class World:
    """Everybody and everything that the doors are tried with."""

    now: datetime
    folder: Path
    users: dict[str, User] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    organs: dict[str, Organisation] = field(default_factory=dict)

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def organ(self, key: str, kind: str, name: str, **given: Any) -> Organisation:
        self.organs[key] = scenes.organisation(kind, name, **given)
        return self.organs[key]

    def person(
        self, key: str, organ: int, role: str, level: str, *, credential: bool | str = False, **given: Any
    ) -> None:
        user = scenes.account(f"{key}的人")
        today = day_of(self.now)
        scenes.appoint(user, organ, role, level, since=today - timedelta(days=300), **given)
        if credential:
            number = f"1601{user.pk:06d}" if credential is True else str(credential)
            people.issue_credential(
                by=people.CONSOLE, at=self.now, user=user.pk, number=number,
                since=today - timedelta(days=300), until=today + timedelta(days=900),
            )  # fmt: skip
        self.users[key], self.actors[key] = user, queries.actor_for(user, on=today)

    def enter(self) -> None:
        """Everybody signs in once; what the sign-in writes is not what a page wrote."""
        for key, user in self.users.items():
            client = Client()
            client.force_login(user, backend=BACKEND)
            client.get("/me/")
            self.sessions[key] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def client(self, who: str) -> Client:
        """A browser of somebody's, signed in; of "nobody", not."""
        client = Client()
        client.handler = self._handler  # building one for each reads every static file anew
        if who != "nobody":
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client

    @cached_property
    def _handler(self) -> Any:
        return Client().handler

    @property
    def everybody(self) -> list[str]:
        return ["nobody", *self.users]

    # -- the rows that addresses name ------------------------------------------------------------

    firm: Enterprise = field(init=False)
    other_firm: Enterprise = field(init=False)
    far_firm: Enterprise = field(init=False)
    hazard: Hazard = field(init=False)
    found: Hazard = field(init=False)
    suspension: Any = field(init=False)
    document: Any = field(init=False)
    report: Any = field(init=False)
    bulletin: Any = field(init=False)
    visit: Any = field(init=False)
    roll: Any = field(init=False)
    errand: Any = field(init=False)
    park: Any = field(init=False)
    lot: Any = field(init=False)
    subscription: Any = field(init=False)
    checklist: Any = field(init=False)
    draft: Any = field(init=False)
    code: str = field(init=False)
    token: Any = field(init=False)
    secret: str = field(init=False)
    delegation: Any = field(init=False)
    day: Any = field(init=False)
    campaign: Any = field(init=False)
    tag: Any = field(init=False)
    plan: Any = field(init=False)
    receipt: Any = field(init=False)
    team: Any = field(init=False)
    sortie: Any = field(init=False)
    worksheet: Any = field(init=False)
    item: Any = field(init=False)
    trip: Any = field(init=False)
    sheet: int = field(init=False)
    export: Any = field(init=False)
    view: Any = field(init=False)

    @cached_property
    def standing(self) -> dict[str, str]:
        """Its tables as they stand. Whatever a test writes is gone after it, so they are read once."""
        return tables()

    @cached_property
    def sha(self) -> str:
        from anlan.evidence.models import Attachment

        return Attachment.everything.filter(subject=self.hazard.pk).order_by("pk").first().sha256

    @cached_property
    def notice(self) -> int:
        return Notice.objects.filter(person=self.users["principal"].pk).order_by("pk").first().pk


def _places_and_people(w: World) -> None:
    sectors = ["HAZCHEM", "TRADE"]
    soon = day_of(w.now) + timedelta(days=200)
    office = w.organ("office", "OFFICE", "市集中办公室", system="OFFICE").pk
    county_office = w.organ(
        "county_office", "COUNTY_OFFICE", "区集中办公室", county=JINSHUI, system="OFFICE"
    ).pk
    bureau = w.organ("bureau", "COUNTY_BUREAU", "区应急管理局", county=JINSHUI, system="EMERGENCY", sectors=sectors,
                     doc_word="金应急").pk  # fmt: skip
    station = w.organ(
        "station", "TOWN_STATION", "街道应急管理站", county=JINSHUI, town=STREET, system="TOWN"
    ).pk
    group = w.organ("group", "GROUP", "市督导第一组", system="GROUP").pk
    builders = w.organ("builders", "COUNTY_BUREAU", "区住建局", county=JINSHUI, sectors=["BUILD"]).pk
    far_bureau = w.organ("far_bureau", "COUNTY_BUREAU", "外区应急管理局", county=ERQI, sectors=sectors).pk
    far_station = w.organ(
        "far_station", "TOWN_STATION", "另一街道应急管理站", county=JINSHUI, town=OTHER_STREET
    ).pk
    at_county = {"level": "COUNTY", "code": JINSHUI}
    w.person("clerk", office, "office", "CITY")
    w.person("county_clerk", county_office, "office", **at_county)
    w.person("officer", bureau, "department_officer", credential=True, sectors=sectors, **at_county)
    w.person("second", bureau, "enforcement_officer", credential=True, sectors=sectors, **at_county)
    w.person("head", bureau, "department_head", sectors=sectors, **at_county)
    w.person("town", station, "town_officer", "TOWN", code=STREET)
    w.person("grid", station, "grid_officer", "TOWN", code=STREET)
    w.person("supervisor", group, "supervisor", "NAMED", until=soon, duties=[JINSHUI])
    w.person("expert", group, "expert", "NAMED", until=soon, duties=[JINSHUI])
    for role in ("leader", "auditor", "duty_officer", "administrator"):
        w.person({"duty_officer": "duty", "administrator": "admin"}.get(role, role), office, role, "CITY")
    w.firm = firms.enterprise(JINSHUI, town=STREET, sector="HAZCHEM", at=w.ago(30))
    w.other_firm = firms.enterprise(JINSHUI, town=STREET, sector="HAZCHEM", at=w.ago(30))
    w.far_firm = firms.enterprise(ERQI, town=FAR_STREET, sector="HAZCHEM", at=w.ago(30))
    for role, key in (("principal", "principal"), ("safety_manager", "manager"), ("worker", "worker")):
        w.person(key, w.firm.pk, role, "ENTERPRISE")
    # strangers: another county, another sector, another town, another firm, nobody's
    w.person(
        "far_officer", far_bureau, "department_officer", "COUNTY", code=ERQI, sectors=sectors, credential=True
    )
    w.person("far_head", far_bureau, "department_head", "COUNTY", code=ERQI, sectors=sectors)
    w.person("far_auditor", far_bureau, "auditor", "COUNTY", code=ERQI)
    w.person("far_admin", far_bureau, "administrator", "COUNTY", code=ERQI)
    w.person("other_sector", builders, "department_officer", sectors=["BUILD"], **at_county)
    w.person("other_town", far_station, "town_officer", "TOWN", code=OTHER_STREET)
    w.person("other_principal", w.other_firm.pk, "principal", "ENTERPRISE")
    w.users["jobless"] = scenes.account("无职务的人")


def _calendar(w: World) -> None:
    """The years that have come since the product knew their holidays, as an office enters them."""
    admin = w.actors["admin"]
    for year in range(calendar.calendar_ends().year + 1, day_of(w.now).year + 1):
        week = [date(year, 10, 1) + timedelta(days=n) for n in range(7)]
        places.enter_days(
            by=admin, at=w.now, first=week[0], last=week[-1], working=False, name="国庆节", source="放假通知"
        )
        places.complete_year(by=admin, at=w.now, year=year, source="放假通知")


def _matters(w: World) -> None:
    a, at = w.actors, w.ago(3)
    photo = [Claimed.of(files.brought(files.photo(7), by=a["officer"], at=at))]
    w.hazard = commands.order(
        scenes.register(a["officer"], w.firm, at=at, photos=photo, no_photo_because="").pk,
        by=a["officer"], at=w.ago(2), due_on=day_of(w.now) + timedelta(days=5), requirement="加装箱门",
        legal=True, second=a["second"],
    )  # fmt: skip
    w.found = scenes.register(a["officer"], w.firm, at=w.ago(1), description="安全出口上锁,疏散指示牌损坏")
    w.suspension = COMMANDS["suspension.propose"](
        by=a["officer"], at=w.ago(1), enterprise=w.firm, hazards=[w.hazard], extent="WHOLE", reason="隐患未消除",
    )  # fmt: skip
    w.document = documents.draft(
        by=a["officer"], at=w.ago(2), type="RECTIFY_ORDER", hazards=[w.hazard], second=a["second"],
        words={"government": "金水区人民政府", "court": "金水区人民法院"},
    )  # fmt: skip
    w.report = reports.begin(by=a["county_clerk"], at=w.ago(1), form="T1", day=day_of(w.ago(40)))
    week = Named("", "", Period(day_of(w.ago(7)), day_of(w.ago(0.1))))
    w.bulletin = bulletins.draft(
        by=a["county_clerk"], at=w.ago(0.1), kind="BRIEF", place="", named=week, sections=["STATISTICS", "UNITS"],
        words={"title": "一周情况", "problems": "", "requirements": "", "main_to": "各街道", "copied_to": ""},
    )  # fmt: skip
    fresh = tokens.new()
    w.token = token_commands.make(
        name="园区平台", key=fresh.key, digest=fresh.digest, scopes=["act"], by=a["officer"], at=w.now,
        until=day_of(w.now) + timedelta(days=30),
    )  # fmt: skip
    w.secret = fresh.secret
    w.visit = visits.begin(
        by=a["officer"],
        at=w.ago(1),
        source="GOV_OPEN",
        enterprise=w.firm,
        party=[a["second"]],
        basis="接到反映",
    )
    w.checklist = w.visit.checklist
    w.draft = COMMANDS["checklist.draft"](
        by=a["clerk"], at=w.ago(1), code=w.checklist.code, version=checklists.next_version(w.checklist.code),
        label=w.checklist.label, items=[checklists.said(i) for i in checklists.items_of(w.checklist)],
    )  # fmt: skip
    w.code = checklists.items_of(w.draft)[0].code
    w.subscription = webhook_commands.subscribe(
        by=a["clerk"], at=w.now, name="园区平台", url="https://park.example/anlan", events=["hazard.order"],
        key=webhooks.new_key(),
    )  # fmt: skip
    w.lot = draws.commit(
        by=a["clerk"], at=w.now, kind="COVERT", purpose="暗访", day=day_of(w.now), groups=[w.organs["group"].pk],
        groups_no=1, firms_no=1,
    )  # fmt: skip
    today = day_of(w.now)
    w.roll = coverage.freeze(
        by=a["county_clerk"], at=w.now, name="季度覆盖", since=today, until=today + timedelta(days=60)
    )
    w.errand = errands.ask_share(
        w.roll, by=a["county_clerk"], at=w.now, tier=3, number=9, groups=[w.organs["group"].pk], since=today, until=today
    )  # fmt: skip
    w.park = parks.found(by=a["officer"], at=w.now, name="金水化工园", county=JINSHUI, town=STREET)
    w.delegation = people.delegate(
        by=a["officer"], at=w.now, position=a["officer"].position, user=w.users["second"].pk,
        since=day_of(w.now) + timedelta(days=30), until=day_of(w.now) + timedelta(days=33),
    )  # fmt: skip
    monday = day_of(w.now) + timedelta(days=7 - day_of(w.now).weekday())
    [w.day] = places.enter_days(
        by=a["admin"], at=w.now, first=monday, last=monday, working=False, name="停工", source="通知"
    )


def _command(w: World) -> None:
    """A campaign of the city with a plan at the bureau, a group that went out, a worksheet, a trip, a tag."""
    from anlan.campaigns.commands import campaign, group, plan, sheet, trip
    from anlan.campaigns.models import Receipt
    from anlan.duty import commands as roll_calls

    clerk, today = w.actors["clerk"], day_of(w.now)
    c = campaign.draft(by=clerk, at=w.ago(2), name="秋季集中行动", basis="市政府明电", since=today,
                       until=today + timedelta(days=60))  # fmt: skip
    w.campaign = campaign.open_(c.pk, by=clerk, at=w.ago(2))
    p = plan.draft(by=clerk, at=w.ago(2), campaign=w.campaign, kind="GENERAL", title="集中行动方案", basis="市政府明电",
                   text="全面排查,立查立改,闭环管理。", sign_due_on=today, file_due_on=today + timedelta(days=9))  # fmt: skip
    w.plan = plan.issue(p.pk, by=clerk, at=w.ago(2), addressees=[w.organs["bureau"]])
    w.receipt = Receipt.everything.get(plan=p)
    w.tag = campaign.tag(by=clerk, at=w.ago(1), campaign=w.campaign, kind="hazard", subject=w.hazard.pk, label=w.hazard.number,
                         why="专项交办", county=JINSHUI, town=STREET, sector="HAZCHEM")  # fmt: skip
    w.team = group.found(
        by=clerk, at=w.ago(2), kind="TASK", name="市专班", since=today, until=today + timedelta(days=60)
    )
    group.join(w.team.pk, by=clerk, at=w.ago(2), user=w.users["second"].pk)
    group.assign(w.team.pk, by=clerk, at=w.ago(2), county=ERQI)
    w.sortie = group.roster(
        by=clerk, at=w.ago(1), group=w.team, day=today, county=ERQI, party=[w.users["second"].pk]
    )
    w.worksheet = sheet.start(by=clerk, at=w.ago(2), to=w.organs["bureau"], due_on=today + timedelta(days=9))
    w.item = sheet.raise_(by=clerk, at=w.ago(2), sheet=w.worksheet, block="GAPS", words="夜间检查不足",
                          owner=w.organs["bureau"], due_on=today + timedelta(days=5))  # fmt: skip
    w.roll_call = roll_calls.begin(by=clerk, at=w.ago(1), unit=w.organs["county_office"])
    w.trip = trip.record(by=w.actors["officer"], at=w.ago(1), leader="王书记", post="区委书记", day=today - timedelta(days=1),
                         what="督导危化企业", county=JINSHUI, of=JINSHUI)  # fmt: skip


def _sheet(w: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    head, found = "隐患描述,企业名称,发现日期,行业领域,属地,检查方式", f"{w.ago(9):%Y-%m-%d}"
    rows = f"{head}\n配电箱无门,{w.firm.name},{found},危险化学品,金水区,部门检查\n"
    answer = w.client("clerk").post("/sheets/", {"file": SimpleUploadedFile("台账.csv", rows.encode())})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    w.sheet = int(answer["Location"].strip("/").split("/")[-1])


def _taken(w: World) -> None:
    """A file that the clerk has asked for, and a list that he keeps."""
    from anlan.exchange.exports import Export
    from anlan.kernel.tables import SavedView

    clerk, query = w.client("clerk"), {"query": "state=RECTIFYING", "as": "hazards.csv"}
    assert clerk.post("/sheets/export/", query).status_code == 302
    w.export = Export.objects.get()
    assert clerk.post("/views/keep/", {"table": "hazards", "name": "整改中", **query}).status_code == 302
    w.view = SavedView.objects.get()


def build(folder: Path) -> World:
    """The city, with its files in `folder`."""
    counts.clear()
    w = World(timezone.now(), folder)
    _places_and_people(w)
    _calendar(w)
    _matters(w)
    _command(w)
    w.enter()
    _sheet(w)
    _taken(w)
    assert w.standing
    return w


@pytest.fixture
def _django_db_helper(w: World, settings: Any, _own_folders: None) -> Iterator[None]:
    """Stands for pytest-django's: a savepoint in the standing city instead of an empty database."""
    settings.EVIDENCE_DIR = w.folder
    with undone():
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is gone after it."""
    counts.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tables() -> dict[str, str]:
    """Every table, each as a digest of its rows."""
    return {
        model._meta.label_lower: hashlib.sha256(repr(_rows(model)).encode()).hexdigest()
        for model in apps.get_models()
        if model._meta.label_lower not in BESIDES and model._meta.managed
    }


def _rows(model: type[Model]) -> list[tuple[Any, ...]]:
    table, key = (connection.ops.quote_name(n) for n in (model._meta.db_table, model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")
        return cursor.fetchall()


def moved(before: dict[str, str]) -> list[str]:
    """The tables that are no longer as they were."""
    now = tables()
    return sorted(name for name in now if now[name] != before.get(name))


def entry_of(row: Any) -> int:
    """The first entry of a record's journal."""
    return JournalEntry.objects.filter(kind=row._meta.model_name, subject=row.pk).order_by("no").first().no
