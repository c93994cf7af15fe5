"""Campaigns made by commands, for tests of this module and of those above it."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.test import Client

from anlan.campaigns.commands import campaign, group, plan
from anlan.campaigns.models import ActionPlan, Campaign, Group, Receipt
from anlan.hazards.tests.scenes import NOW, TODAY, City, account, actor, appoint, organisation
from anlan.kernel.scope import Actor, acting_as
from anlan.people.models import User

BASIS = "市政府明电〔2019〕12号"
TEXT = "各单位要按照五统一、五加强的要求,全面排查、立查立改。"


class Cast(City):
    """The city of tests with a county's office in it."""

    @cached_property
    def county_clerk(self) -> Actor:
        user = account("区办周")
        appoint(user, self.county_office, "office", "COUNTY", code=self.county)
        return actor(user)


def opened(city: City, **given: Any) -> Campaign:
    """A campaign of the city that runs from August to October."""
    said = {
        "name": "安全生产隐患排查治理集中行动", "basis": BASIS, "since": date(2019, 8, 1), "until": date(2019, 10, 31),
    } | given  # fmt: skip
    c = campaign.draft(by=city.clerk, at=NOW, **said)
    return campaign.open_(c.pk, by=city.clerk, at=NOW)


def drafted(city: City, c: Campaign, **given: Any) -> ActionPlan:
    said = {
        "kind": "GENERAL", "title": "集中行动实施方案", "basis": BASIS, "text": TEXT,
        "sign_due_on": TODAY + timedelta(days=2), "file_due_on": TODAY + timedelta(days=7),
    } | given  # fmt: skip
    return plan.draft(by=city.clerk, at=NOW, campaign=c, **said)


def issued(city: City, c: Campaign, *to: Any, **given: Any) -> list[Receipt]:
    """A plan sent to these organisations, and what each has received."""
    p = plan.issue(drafted(city, c, **given).pk, by=city.clerk, at=NOW, addressees=list(to))
    return list(Receipt.everything.filter(plan=p).order_by("pk"))


def founded(city: City, **given: Any) -> Group:
    said = {
        "kind": "SUPERVISE", "name": "市督导第二组", "since": TODAY, "until": date(2019, 10, 31),
    } | given  # fmt: skip
    return group.found(by=city.clerk, at=NOW, **said)


def somebody(name: str = "郑组员", kind: str = "DEPARTMENT", where: str = "市教育局", **given: Any) -> Actor:
    """A person with a position of his own, whom a group can take in."""
    organ = organisation(kind, where, system="EDUCATION", **given)
    user = account(name)
    level = {"level": "COUNTY", "code": given["county"]} if given.get("county") else {"level": "CITY"}
    appoint(user, organ, "enforcement_officer", sectors=["OTHER"], **level)
    return actor(user)


def signed_in(by: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.id))
    return client


def fresh(row: Any, by: Actor | None = None) -> Any:
    if by is None:
        return type(row).everything.get(pk=row.pk)
    with acting_as(by):
        return type(row).objects.opening(pk=row.pk).get()
