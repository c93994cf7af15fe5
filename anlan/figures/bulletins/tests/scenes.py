"""Bulletins made by commands, on the city of the hazards' scenes."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from anlan.figures.bulletins import commands
from anlan.figures.bulletins.models import Bulletin
from anlan.figures.bulletins.states import Section
from anlan.figures.periods import Named, Period
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import JINSHUI, City, account, actor, appoint, later
from anlan.kernel.scope import Actor, acting_as

EVERYTHING = list(Section.values)
WORDS = {
    "title": "九月上旬隐患排查治理情况", "problems": "夜间检查不足。", "requirements": "立查立改,闭环管理。",
    "main_to": "各县(市、区)人民政府", "copied_to": "市政府办公室",
}  # fmt: skip
FIRST_DAYS = Named("", "", Period(date(2019, 9, 1), date(2019, 9, 10)))
#: a day after the period is over
AFTER = later(days=10)


class Office(City):
    """The city with an office that has a word of its own, leaders of city and county, and a county's office."""

    @cached_property
    def office(self) -> Any:
        return scenes.organisation("OFFICE", "市安全生产委员会办公室", system="OFFICE", doc_word="郑安委办")

    def person(self, name: str, organisation: Any, role: str, level: str, **given: Any) -> Actor:
        user = account(name)
        appoint(user, organisation, role, level, **given)
        return actor(user)

    @cached_property
    def mayor(self) -> Actor:
        return self.person("程市长", self.office, "leader", "CITY")

    @cached_property
    def county_clerk(self) -> Actor:
        return self.person("区办周", self.county_office, "office", "COUNTY", code=JINSHUI)

    @cached_property
    def county_leader(self) -> Actor:
        return self.person("区长", self.county_office, "leader", "COUNTY", code=JINSHUI)

    @cached_property
    def far_clerk(self) -> Actor:
        """Of another county."""
        office = scenes.organisation("COUNTY_OFFICE", "二七区集中办公室", county=scenes.ERQI, system="OFFICE")
        return self.person("二七周", office, "office", "COUNTY", code=scenes.ERQI)


def drafted(city: Office, *, by: Actor | None = None, at: datetime = AFTER, **given: Any) -> Bulletin:
    by = by or city.clerk
    said: dict[str, Any] = {
        "kind": "NOTICE", "place": "", "named": FIRST_DAYS, "sections": EVERYTHING, "words": WORDS, "addressed": [],
    }  # fmt: skip
    return commands.draft(by=by, at=at, **(said | given))


def digest_of(b: Bulletin) -> str:
    """The hash of what a signer reads."""
    return commands.drawn(b).digest


def signed(
    city: Office, b: Bulletin | None = None, *, by: Actor | None = None, at: datetime = AFTER
) -> Bulletin:
    b = b or drafted(city, at=at)
    return commands.sign(b.pk, by=by or city.mayor, at=at, seen_digest=digest_of(b))


def fresh(b: Bulletin, by: Actor | None = None) -> Bulletin:
    if by is None:
        return Bulletin.everything.get(pk=b.pk)
    with acting_as(by):
        return Bulletin.objects.opening(pk=b.pk).get()
