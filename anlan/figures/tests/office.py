"""People who report: an office and a leader of a county, and the office of the city, for tests of reports."""

from dataclasses import dataclass
from functools import cached_property

from anlan.hazards.tests.scenes import City, account, actor, appoint
from anlan.kernel.scope import Actor


@dataclass
class Offices(City):
    """The cast of hazards, and who fills in and signs."""

    @cached_property
    def filler(self) -> Actor:
        user = account("县办丁")
        appoint(user, self.county_office, "office", "COUNTY", code=self.county)
        return actor(user)

    @cached_property
    def signer(self) -> Actor:
        user = account("县长戊")
        appoint(user, self.county_office, "leader", "COUNTY", code=self.county)
        return actor(user)
