"""Leaders in the field, counted by leader, by unit, by county, by sector; each number opens its trips."""

import pytest

from anlan.campaigns.commands import trip
from anlan.campaigns.tests.scenes import Cast, signed_in
from anlan.hazards.tests.scenes import JINSHUI, NOW, TODAY, later
from anlan.kernel.clock import day_of

pytestmark = pytest.mark.django_db


def test_trips_are_counted_by_leader_unit_county_and_sector_and_each_number_opens_them():
    city = Cast()
    said = {"day": TODAY, "what": "督导", "county": JINSHUI}
    trip.record(by=city.officer, at=NOW, leader="李区长", post="区长", sector="HAZCHEM", **said)
    trip.record(by=city.clerk, at=NOW, leader="王副市长", post="副市长", **said)
    trip.record(
        by=city.clerk, at=NOW, leader="王副市长", post="副市长", **(said | {"day": day_of(later(days=-1))})
    )
    client = signed_in(city.clerk)
    address = f"/campaigns/leaders/?from={day_of(later(days=-5))}&to={TODAY}"
    page = client.get(address)
    splits = {str(s["title"]): s["rows"] for s in page.context["splits"]}
    assert [(name, n) for name, n, _asked in splits["按领导"]] == [("王副市长", 2), ("李区长", 1)]
    assert [n for _name, n, _asked in splits["按单位"]] == [2, 1]
    assert [(name, n) for name, n, _asked in splits["按县(市、区)"]] == [("金水区", 3)]
    assert [n for _name, n, _asked in splits["按行业领域"]] == [1]
    for rows in splits.values():
        for name, n, asked in rows:
            assert client.get(f"/campaigns/leaders/?{asked}").context["total"] == n, name
    assert client.get(f"{address}&leader=nobody").context["total"] == 0
