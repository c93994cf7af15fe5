"""The roll calls of the last days: the city's and the home county's, the sheet of today half worked through."""

import random
from datetime import datetime, timedelta
from typing import Any

from anlan.demo import firms
from anlan.demo.city import HOME, Cast
from anlan.duty import commands, queries
from anlan.kernel.scope import Actor, acting_as

DAYS, HOUR = 9, 20
POSTS = ("带班领导", "值班主任", "值班员")
MISSED = ("电话一直占线", "三次拨打无人接听")
AWAY = ("接听人为保安,值班人员不在岗", "接听人称值班人员外出就餐")


def play(cast: Cast, *, until: datetime) -> None:
    """`until` the midnight at which today begins: its sheet lies there, begun by the night's duty officer."""
    chance = random.Random(f"calls {until:%Y%m%d}")  # noqa: S311  a story, no secret
    for by in (cast.actors["duty"], cast.offices[HOME]):
        with acting_as(by):
            units = queries.below(by)
        phones = {u.pk: telephone(chance) for u in units}
        for ago in range(DAYS, 0, -1):
            at = until - timedelta(days=ago - 1) - timedelta(hours=24 - HOUR)
            _called(by, units, phones, at, chance)
    duty = cast.actors["duty"]
    with acting_as(duty):
        units = queries.below(duty)
        known = queries.phones([u.pk for u in units], caller=duty.organisation or 0, on=cast.today)
    made = commands.begin.many([{"unit": u, "phone": known.get(u.pk, "")} for u in units], by=duty, at=until)
    _heard(duty, [o.row for o in made[: len(made) // 2]], until + timedelta(minutes=3), chance)


def telephone(chance: random.Random) -> str:
    """Of a duty room."""
    return f"0371-{chance.randint(60_000_000, 69_999_999)}"


def _called(by: Actor, units: list[Any], phones: dict[int, str], at: datetime, chance: random.Random) -> None:
    made = commands.begin.many([{"unit": u, "phone": phones[u.pk]} for u in units], by=by, at=at)
    _heard(by, [o.row for o in made], at, chance)


def _heard(by: Actor, rows: list[Any], at: datetime, chance: random.Random) -> None:
    """One after another; who did not answer is called again at the end."""
    silent = []
    for n, c in enumerate(rows):
        moment = at + timedelta(seconds=50 * (n + 1))
        said = heard(chance)
        commands.result(c.pk, by=by, at=moment, **said)
        if said["result"] == "UNANSWERED":
            silent.append(c)
    after = at + timedelta(seconds=50 * (len(rows) + 4))
    for n, c in enumerate(silent):
        late = chance.random() < 0.7
        said = (
            {"result": "LATE", **_answerer(chance)}
            if late
            else {"result": "ABSENT", "remark": chance.choice(AWAY)}
        )
        commands.again(c.pk, by=by, at=after + timedelta(seconds=50 * n), **said)


def heard(chance: random.Random) -> dict[str, Any]:
    """What came of a first call."""
    lot = chance.random()
    if lot < 0.05:
        return {"result": "UNANSWERED", "rings": chance.randint(8, 15), "remark": chance.choice(MISSED)}
    if lot < 0.07:
        return {"result": "ABSENT", "rings": chance.randint(2, 6), "remark": chance.choice(AWAY)}
    rings = chance.randint(1, 4) if lot < 0.93 else chance.randint(7, 12)
    return {"result": "NORMAL" if rings < 7 else "LATE", "rings": rings, **_answerer(chance)}


def _answerer(chance: random.Random) -> dict[str, Any]:
    name = chance.choice(firms.SURNAMES) + chance.choice(firms.GIVEN)
    return {"answered_by": name, "post": chance.choice(POSTS), "leader_present": chance.random() < 0.9}
