"""Enterprises made by commands, for the tests of this module and of those above it."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from anlan.kernel import personal
from anlan.kernel.codes import make_uscc
from anlan.kernel.scope import Actor, Level
from anlan.register import commands
from anlan.register.models import Enterprise

NOW = datetime(2019, 9, 2, 1, 0, tzinfo=UTC)
TODAY = date(2019, 9, 2)
JINSHUI, ZHONGMU = "410105", "410122"
PLACE_CAN = frozenset(
    {"see", "register.enter", "register.approve", "register.update", "register.declare", "register.close"}
)
_numbers = count(1)


def officer(county: str = JINSHUI, **given: Any) -> Actor:
    """Somebody who keeps the register of a county; `county` "" for the city."""
    said = {
        "name": "登记员", "role": "department_officer", "level": Level.COUNTY if county else Level.CITY, "code": county,
        "can": PLACE_CAN, "organisation": 5001, "organisation_name": "应急管理局", "today": TODAY,
    }  # fmt: skip
    return Actor(id=7001, **(said | given))


def principal_of(enterprise: Enterprise | int, **given: Any) -> Actor:
    pk = enterprise if isinstance(enterprise, int) else enterprise.pk
    said = {
        "name": "王厂长", "role": "principal", "level": Level.ENTERPRISE, "enterprise": pk, "organisation": pk,
        "can": frozenset({"see", "register.declare"}), "today": TODAY,
    }  # fmt: skip
    return Actor(id=8001, **(said | given))


def person(name: str = "王建国", phone: str = "13800000000") -> dict[str, str]:
    """A responsible person as commands take one."""
    return {"name": personal.keep(name, kind="enterprise"), "phone": personal.keep(phone, kind="enterprise")}


def facts(county: str = JINSHUI, **given: Any) -> dict[str, Any]:
    """What a file says when nothing else is wanted; every call another firm."""
    n = next(_numbers)
    said: dict[str, Any] = {
        "name": f"郑州安顺{n:04d}化工有限公司", "uscc": make_uscc("410105", n), "county": county,
        "town": f"{county}001", "sector": "HAZCHEM", "industry": "C26", "address": "文化路1号",
        "scale": "SMALL", "headcount": 86,
    }  # fmt: skip
    return said | given


def enterprise(
    county: str = JINSHUI, *, by: Actor | None = None, at: datetime = NOW, **given: Any
) -> Enterprise:
    """An enterprise on the register, entered by its county."""
    inputs = facts(county, **given)
    inputs.setdefault("principal", person())
    return commands.enter(by=by or officer(county), at=at, **inputs)


def applied(county: str = JINSHUI, *, at: datetime = NOW, **given: Any) -> Enterprise:
    """A firm that has signed up and waits."""
    inputs = facts(county, **given)
    inputs.setdefault("principal", person())
    return commands.sign_up(by=commands.APPLICANT, at=at, **inputs)
