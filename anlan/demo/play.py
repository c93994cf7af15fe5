"""`anlan demo`: forty firms and four hundred hazards, lived through the commands until today.

Deterministic from the seed and the day. The data is kept when it is there; `fresh` begins anew.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from anlan.demo import city, story
from anlan.demo.story import Plot, office_hours
from anlan.evidence import intake, samples
from anlan.evidence.commands import Claimed
from anlan.hazards import commands as hazards
from anlan.hazards import waiting
from anlan.hazards.models import Hazard
from anlan.kernel import tally
from anlan.kernel.clock import CHINA, day_of
from anlan.kernel.scope import acting_as
from anlan.kernel.words import Reason, Refused
from anlan.people import queries as people
from anlan.people.models import Organisation, User
from anlan.places import queries as places
from anlan.standards import queries as standards

Tell = Callable[[str, int, int], None]
DAYS = 90
PICTURES = 8
#: the printed logins, in the order of loop.md's table of roles
LOGINS = (
    "office", "county_office", "department", "department_head", "town", "enforcement", "supervisor", "expert",
    "principal", "safety_manager", "worker", "grid", "duty", "leader", "auditor", "admin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who can sign in to the demonstration, and how much waits for him."""

    username: str
    password: str
    name: str
    role: str
    where: str
    waiting: int


def run(
    *,
    seed: int = 2019,
    scale: float = 1.0,
    fresh: bool = False,
    tell: Tell = lambda what, done, total: None,
    at: datetime | None = None,
) -> list[Login]:
    """Load the demonstration where there is nothing yet; return who can sign in.

    Raises Refused in production, and where `fresh` would destroy real accounts.
    """
    now = at or timezone.now()
    if settings.PRODUCTION:
        raise Refused(Reason("生产环境不装入演示数据。请去掉 ANLAN_ENV=production 后再试"))
    if fresh:
        _empty()
    if not Organisation.objects.exists():
        with transaction.atomic():  # half a city would be taken for a whole one the next time
            _live(seed=seed, scale=scale, now=now, tell=tell)
    return logins(at=now)


def _empty() -> None:
    tables = connection.introspection.table_names()
    if "people_user" in tables and User.objects.filter(is_demo=False).exists():
        raise Refused(
            Reason("数据库里有非演示账号,不能清空。请另用一个数据库(ANLAN_DATA_DIR 或 DATABASE_URL)")
        )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        else:
            cursor.execute("PRAGMA foreign_keys=OFF")
            for table in tables:
                cursor.execute(f'DROP TABLE "{table}"')
            cursor.execute("PRAGMA foreign_keys=ON")
    call_command("migrate", verbosity=0, interactive=False)
    places.forget()
    standards.forget()


def _live(*, seed: int, scale: float, now: datetime, tell: Tell) -> None:
    chance = random.Random(seed)  # noqa: S311  a story, no secret
    today = day_of(now)
    began = (
        office_hours(now - timedelta(days=DAYS + 10)).astimezone(CHINA).replace(hour=8, minute=0, second=0)
    )
    cast = city.found(at=began.astimezone(now.tzinfo), today=today, chance=chance, tell=tell)
    photos = _photos(cast, now=now, tell=tell)
    planned = [
        (tale, where, ago, steps)
        for tale, n, where, ago, steps in story.stories()
        for _i in range(n if scale == 1 else max(1, round(n * scale)))
    ]
    for n, (tale, where, (low, high), steps) in enumerate(planned, 1):
        days = chance.uniform(low + 0.2, high + 0.9)
        plot = Plot(
            cast, _firm(cast, where, chance), office_hours(now - timedelta(days=days)), chance, photos
        )
        if plot.t < now:
            story.play(plot, tale, until=now, steps=steps)
        tell("隐患", n, len(planned))
    _adopted(cast, now)
    _suspensions(cast, now)
    tally.fold()


def _firm(cast: city.Cast, where: str, chance: random.Random) -> Any:
    if where == "home":
        return cast.firms[0]
    if where == "town":
        town = cast.actors["town"].code
        return chance.choice([f for f in cast.firms if f.town == town])
    return chance.choice(cast.firms[1:])


def _photos(cast: city.Cast, *, now: datetime, tell: Tell) -> Callable[[str], list[Claimed]]:
    """A pool of drawn photos, taken in through the same door as anybody's; each use is another upload."""
    pool: dict[str, list[Claimed]] = {"BEFORE": [], "AFTER": []}
    by = cast.actors["department"]
    for n in range(PICTURES):
        for label, made in pool.items():
            taken = (now - timedelta(days=DAYS - n)).astimezone(CHINA)
            drawn = samples.photo(
                cast.chance.randint(1, 10**6), taken_at=taken, gps=(113.661 + n / 1000, 34.8),
                subject=samples.SUBJECTS[n % len(samples.SUBJECTS)], put_right=label == "AFTER",
            )  # fmt: skip
            made.append(
                Claimed.of(intake.bring_bytes(drawn.data, name=drawn.name, by=by, at=now, place="郑州"))
            )
        tell("照片", n + 1, PICTURES)

    def some(label: str) -> list[Claimed]:
        return [picture.again() for picture in cast.chance.sample(pool[label], cast.chance.choice((1, 1, 2)))]

    return some


def _adopted(cast: city.Cast, now: datetime) -> None:
    """Rows of an older sheet, where they stood."""
    by = cast.officers[city.HOME, "EMERGENCY"][0]
    for n in range(12):
        found = day_of(now - timedelta(days=70 - n))
        closed = found + timedelta(days=6) if n % 3 == 0 else None
        due = found + timedelta(days=10) if n % 3 == 1 else None
        hazards.adopt(
            by=by, at=now - timedelta(days=30), enterprise=cast.firms[0], description=f"台账导入:第{n + 1}项 电气线路老化",
            source="GOV_OTHER", found_on=found, import_file="0" * 64, import_row=n + 4, import_key=f"demo-{n}",
            closed_on=closed, due_on=due,
        )  # fmt: skip


def _suspensions(cast: city.Cast, now: datetime) -> None:
    """Suspensions at each step of their own small workflow."""
    officer, second = cast.officers[city.HOME, "EMERGENCY"]
    head = cast.heads[city.HOME, "EMERGENCY"]
    with acting_as(officer):
        majors = list(
            Hazard.objects.filter(grade="MAJOR").exclude(state="CLOSED").select_related("enterprise")[:5]
        )
    for n, h in enumerate(majors):
        at = now - timedelta(hours=30 - n)
        s = hazards.propose_suspension(
            by=officer, at=at, enterprise=h.enterprise, hazards=[h], extent="WHOLE" if n % 2 else "PART",
            scope_words="相关装置", reason="重大隐患排除前无法保证安全",
        )  # fmt: skip
        if n == 0:
            continue
        hazards.approve_suspension(s.pk, by=head, at=at + timedelta(hours=1))
        if n in (1, 2):
            continue
        boss = cast.principals[s.enterprise_id]
        hazards.apply_to_resume(s.pk, by=boss, at=at + timedelta(hours=5), words="隐患已整改,申请复产")
        if n == 4:
            hazards.approve_resumption(
                s.pk, by=head, at=at + timedelta(hours=9), opinion="现场核查合格", reviewer=second
            )


def logins(*, at: datetime | None = None) -> list[Login]:
    """Who can sign in, and how many things wait on his desk."""
    on = day_of(at or timezone.now())
    found = []
    for username in LOGINS:
        user = User.objects.filter(username=username, is_demo=True).first()
        if user is None:
            continue
        actor = people.actor_for(user, on=on)
        with acting_as(actor):
            count = sum(len(q.rows[:200]) for q in waiting.queues(actor, on=on))
        role = people.positions_of(user, on=on)
        found.append(
            Login(
                username,
                city.PASSWORD,
                user.name,
                role[0].role_label if role else "",
                actor.organisation_name,
                count,
            )
        )
    return found


def table(found: list[Login]) -> str:
    """The logins as they are printed."""
    if not found:
        return "没有演示账号:数据库里已有其他数据。"
    lines = [f"演示账号(密码均为 {city.PASSWORD}):"]
    for login in found:
        waits = f"待办 {login.waiting}" if login.waiting else ""
        lines.append(f"  {login.username:16}{login.role} · {login.name} · {login.where}  {waits}")
    return "\n".join(lines)
