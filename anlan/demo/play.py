"""`anlan demo`: the autumn of 2019, then forty firms and four hundred hazards, lived until last evening.

The same seed and the same day give the same city: nothing depends on the hour at which it is made.
The data is kept where it is there; `fresh` begins anew.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from anlan.campaigns.models import Campaign
from anlan.demo import bulletins, calls, city, command, photos
from anlan.demo.autumn import load
from anlan.demo.haste import hasty, unwaiting
from anlan.demo.plot import Plot, live, office_hours
from anlan.demo.programme import lives
from anlan.duty import queries as duty
from anlan.hazards import waiting
from anlan.kernel import sealing, search, tally
from anlan.kernel.clock import CHINA, day_of
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor, acting_as
from anlan.kernel.words import Reason, Refused
from anlan.people import queries as people
from anlan.people.models import Organisation, User
from anlan.places import queries as places
from anlan.standards import queries as standards

Tell = Callable[[str, int, int], None]
DAYS = 90
#: when the organs were set up that lived through the autumn of 2019
LONG_BEFORE = datetime(2018, 12, 3, 1, tzinfo=UTC)
#: the printed logins, in the order of loop.md's table of roles
LOGINS = (
    "office", "county_office", "department", "department_head", "town", "enforcement", "enforcement2", "supervisor",
    "expert", "principal", "safety_manager", "worker", "grid", "duty", "leader", "auditor", "admin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who can sign in to the demonstration.

    `waiting` is how many different hazards wait for him, `waits` says what they are, or what somebody
    whose desk holds no hazards finds instead.
    """

    username: str
    password: str
    name: str
    role: str
    where: str
    waiting: int
    waits: str


def run(
    *,
    seed: int = 2019,
    scale: float = 1.0,
    autumn: float = 0.0,
    fresh: bool = False,
    tell: Tell = lambda what, done, total: None,
    at: datetime | None = None,
) -> list[Login]:
    """Load the demonstration where there is nothing yet; return who can sign in.

    `scale` is that of the lives of today, `autumn` that of the autumn of 2019; 0 leaves its records out.

    Raises Refused in production, and where real accounts stand: `fresh` would destroy them, and
    accounts with a printed password do not belong beside them.
    """
    now = at or timezone.now()
    if settings.PRODUCTION:
        raise Refused(Reason("生产环境不装入演示数据。请去掉 ANLAN_ENV=production 后再试"))
    if fresh or _half():
        _empty()
    if not Organisation.objects.exists():
        _refuse_beside_real_accounts()
        _play(seed=seed, scale=scale, autumn=autumn, now=now, tell=tell)
    return logins(at=now)


def _half() -> bool:
    """Whether a load was broken off: the first of the printed accounts stands, and not what is made last."""
    begun = User.objects.filter(username=LOGINS[0], is_demo=True).exists()
    return begun and not Campaign.everything.filter(code=command.LAST).exists()


def _refuse_beside_real_accounts() -> None:
    if User.objects.filter(is_demo=False).exists():
        raise Refused(
            Reason(
                "数据库里有非演示账号,不能清空,也不能装入演示数据。请另用一个数据库(ANLAN_DATA_DIR 或 DATABASE_URL)"
            )
        )


def _empty() -> None:
    """Begin with an empty database. Rows cannot be deleted one by one: the journal's triggers refuse."""
    if User._meta.db_table in connection.introspection.table_names():
        _refuse_beside_real_accounts()
    search.remove()
    tables = connection.introspection.table_names()
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


def _play(*, seed: int, scale: float, autumn: float, now: datetime, tell: Tell) -> None:
    today = day_of(now)
    until = datetime.combine(today, time(), CHINA).astimezone(now.tzinfo)
    founded = until - timedelta(days=DAYS + 10) + timedelta(hours=8)
    chance = random.Random(seed)  # noqa: S311  a story, no secret
    # what is written into records is Chinese whatever the terminal speaks
    with override("zh-hans"), unwaiting():
        cast = city.organs(at=LONG_BEFORE if autumn else founded, today=today, chance=chance, tell=tell)
        pictures = photos.pool(seed=seed, at=founded, tell=tell)
        if autumn:
            with hasty():
                load.load(cast, seed=seed, scale=autumn, pictures=pictures, tell=tell)
        with transaction.atomic():
            _today(
                cast, pictures, seed=seed, scale=scale, autumn=autumn, founded=founded, until=until, tell=tell
            )


def _today(
    cast: city.Cast, pictures: photos.Pool, *, seed: int, scale: float, autumn: float, founded: datetime,
    until: datetime, tell: Tell,
) -> None:  # fmt: skip
    """The forty firms and what happened to them until last evening."""
    city.peopled(cast, at=max(founded, cast.at), tell=tell)
    played: list[Any] = []
    for n, one in enumerate(lives(scale)):
        own = random.Random(f"{seed}:{n}")  # noqa: S311
        began = office_hours(until - timedelta(days=own.uniform(one.ago[0] + 0.3, one.ago[1] + 1)))
        played.append((Plot(cast, _firm(cast, one.where, own), began, own, pictures), one.tale, one.acts))
    live(played, until=until, at_night=lambda night: sealing.seal(at=night), tell=tell)
    command.play(cast, autumn_too=not autumn)
    bulletins.play(cast)
    calls.play(cast, until=until)
    sealing.seal(at=until)
    tell("集中行动", 1, 1)
    tally.fold()


def _firm(cast: city.Cast, where: str, chance: random.Random) -> Any:
    """One of the firms that fit: see programme.Lives."""
    if where == "home":
        return cast.firms[0]
    if where == "town":
        fits = [f for f in cast.firms if f.town == cast.actors["town"].code]
    elif where == "bureau":
        ours = cast.organisations[f"{city.HOME}/EMERGENCY"]
        fits = [f for f in cast.firms if f.county == city.HOME and f.sector in ours.sectors]
    else:
        fits = cast.firms[1:]
    return chance.choice(fits)


# -- who can sign in ---------------------------------------------------------------------------------


def logins(*, at: datetime | None = None) -> list[Login]:
    """Who can sign in, and what waits for him."""
    on = day_of(at or timezone.now())
    found = []
    users = User.objects.filter(username__in=LOGINS, is_demo=True)
    for user in sorted(users, key=lambda u: LOGINS.index(u.username)):
        actor = people.actor_for(user, on=on)
        held = people.positions_of(user, on=on)
        count, waits = _waiting(actor, on)
        found.append(
            Login(
                username=user.username,
                password=city.PASSWORD,
                name=user.name,
                role=str(held[0].role_label) if held else "",
                where=actor.organisation_name,
                waiting=count,
                waits=waits or _finds(actor, on),
            )
        )
    return found


def _waiting(actor: Actor, on: Any) -> tuple[int, str]:
    """How many hazards, each counted once, and the fullest queues."""
    with acting_as(actor):
        by_queue = [
            (str(q.title), set(q.rows.values_list("pk", flat=True))) for q in waiting.queues(actor, on=on)
        ]
    fullest = sorted(((title, len(keys)) for title, keys in by_queue if keys), key=lambda pair: -pair[1])
    return len(set().union(*(keys for _, keys in by_queue))), "、".join(f"{t}{n}" for t, n in fullest[:3])


def _finds(actor: Actor, on: Any) -> str:
    """What somebody finds on whose desk no hazards wait."""
    if actor.role == "auditor":
        return f"操作日志{JournalEntry.objects.count()}条,可逐条核对"
    if actor.role == "administrator":
        return f"账号{User.objects.count()}个、单位{Organisation.objects.count()}个,可管理职务和日历"
    if actor.role == "duty_officer":
        with acting_as(actor):
            left = sum(1 for c in duty.calls(day=on) if c.state == "WAITING")
        return f"今天的点名,还有{left}个单位待点"
    return ""


def table(found: list[Login]) -> str:
    """The logins as they are printed."""
    if not found:
        return "没有演示账号:数据库里已有其他数据。"
    lines = [f"演示账号(密码均为 {city.PASSWORD}):"]
    for login in found:
        count = f"待办{login.waiting}:" if login.waiting else ""
        lines.append(
            f"  {login.username:16}{login.role} · {login.name} · {login.where}  {count}{login.waits}"
        )
    return "\n".join(lines)
