"""The enterprises onto the register, with premises and posts; accounts for those whose people act."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from anlan.demo import city
from anlan.demo.autumn.firms import POSTS, PREMISES, Firm
from anlan.demo.autumn.kinds import Park
from anlan.demo.autumn.steps import at, done
from anlan.demo.autumn.who import Who
from anlan.demo.firms import GIVEN, SURNAMES
from anlan.kernel import personal
from anlan.kernel.codes import make_uscc
from anlan.people import commands as people
from anlan.people import queries
from anlan.people.models import Organisation
from anlan.register import commands as register
from anlan.register import parks
from anlan.register.models import Enterprise

#: the first of the credit codes of the autumn; those of the living cast lie below
CODES = 20_000
ENTERED = date(2019, 7, 8)
KEY = frozenset({"HAZCHEM", "COAL", "CIVEX"})


def entered(who: Who, firms: Sequence[Firm], tell: Callable[[int], None]) -> dict[int, Enterprise]:
    """Each by the organ that looks after it."""
    by_organ: dict[int, list[Firm]] = defaultdict(list)
    officers = {}
    for f in firms:
        officer = who.bureau(f.county, f.sector)[0]
        by_organ[officer.id].append(f)
        officers[officer.id] = officer
    made: dict[int, Enterprise] = {}
    for key, ours in by_organ.items():
        for i in range(0, len(ours), 2_000):
            some = ours[i : i + 2_000]
            rows = done(register.enter, [_facts(who, f, 540 + i // 200) for f in some], by=officers[key])
            made |= {f.n: row for f, row in zip(some, rows, strict=True)}
            tell(len(some))
    return made


def _facts(who: Who, f: Firm, minute: int) -> dict[str, Any]:
    name, kind = PREMISES.get(f.sector, ("一号厂区", "PLANT"))
    facts: dict[str, Any] = {
        "at": at(ENTERED, minute), "name": f.name, "uscc": make_uscc(city.REGISTRATION, CODES + f.n),
        "county": f.county, "town": f.town, "sector": f.sector, "scale": f.scale, "headcount": f.headcount,
        "address": f.address, "is_key": f.sector in KEY, "premises": [{"name": name, "kind": kind}],
        "workposts": [{"name": POSTS.get(f.sector, "操作工"), "people_no": max(1, f.headcount // 4)}],
    }  # fmt: skip
    if f.staffed:
        facts |= {"principal": _person(who), "safety_manager": _person(who)}
    return facts


def _person(who: Who) -> dict[str, str]:
    chance = who.cast.chance
    name = chance.choice(SURNAMES) + chance.choice(GIVEN)
    return {
        "name": personal.keep(name, kind="enterprise"),
        "phone": personal.keep(f"139{chance.randint(10_000_000, 99_999_999)}", kind="enterprise"),
    }


def staffed(
    who: Who, firms: Sequence[Firm], rows: dict[int, Enterprise], tell: Callable[[int], None]
) -> None:
    """A principal and a safety manager with accounts, in firms that will be asked to act."""
    chance, cast = who.cast.chance, who.cast
    wanted = [(f, role) for f in firms if f.staffed for role in ("principal", "safety_manager")]
    accounts = [
        {
            "at": at(ENTERED, 18 * 60), "username": f"firm{f.n:05d}{role[0]}",
            "name": chance.choice(SURNAMES) + chance.choice(GIVEN), "password": cast.hashed, "demo": True,
            "must_change": False,
        }
        for f, role in wanted
    ]  # fmt: skip
    users = done(people.open_account, accounts, by=people.CONSOLE)
    titles = {"principal": "总经理", "safety_manager": "安全科长"}
    posts = [
        {
            "at": at(ENTERED, 18 * 60 + 5), "user": u.pk, "organisation": rows[f.n].pk, "role": role,
            "level": "ENTERPRISE", "title": titles[role], "since": ENTERED,
        }
        for (f, role), u in zip(wanted, users, strict=True)
    ]  # fmt: skip
    positions = done(people.appoint, posts, by=people.CONSOLE)
    organisations = Organisation.objects.in_bulk([rows[f.n].pk for f, _ in wanted])
    for (f, role), user, p in zip(wanted, users, positions, strict=True):
        p.user, p.organisation = user, organisations[rows[f.n].pk]
        known = who.principals if role == "principal" else who.managers
        known[f.n] = queries.actor_of(p, on=ENTERED)
    tell(len(wanted))


def parked(
    who: Who, planned: Sequence[Park], rows: dict[int, Enterprise], tell: Callable[[int], None]
) -> None:
    """The parks, each kept by its county, with the firms that stand in them."""
    by_county: dict[str, list[list[dict[str, Any]]]] = defaultdict(list)
    for p in planned:
        keeper = f"{p.name}管理委员会"
        made = parks.found(
            by=who.cast.offices[p.county], at=at(ENTERED, 19 * 60), name=p.name, county=p.county, town=p.town,
            keeper=keeper,
        )  # fmt: skip
        when = at(ENTERED, 19 * 60 + 5)
        by_county[p.county].append([{"pk": made.pk, "at": when, "enterprise": rows[f.n]} for f in p.firms])
    for county, lists in by_county.items():
        # one firm of each park in turn: two acts upon one park cannot be of one list
        turns = [request for turn in zip_longest(*lists) for request in turn if request]
        done(parks.admit, turns, by=who.cast.offices[county])
        tell(len(turns))
