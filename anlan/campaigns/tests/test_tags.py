"""Records put into a campaign by hand: counted where they lie, opened into, and never told before their time."""

from datetime import timedelta
from typing import Any

import pytest

from anlan.campaigns.commands import campaign
from anlan.campaigns.models import Tag
from anlan.campaigns.tests.scenes import Cast, opened
from anlan.campaigns.tests.test_campaigns import found, view
from anlan.figures import lens
from anlan.hazards.tests.scenes import ERQI, JINSHUI, NOW, TODAY, later
from anlan.inspections.tests.scenes import answered, begun, finished, met
from anlan.kernel.command import new_id
from anlan.kernel.scope import acting_as
from anlan.people.models import User
from anlan.site import closing
from anlan.site.verify import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return Cast()


def test_a_tagged_figure_opens_into_its_rows_also_from_another_county_and_by_sector(city, client):
    def tagged(kind: str, row: Any, county: str) -> None:
        said = {"kind": kind, "subject": row.pk, "label": row.number, "county": county, "sector": "HAZCHEM"}
        campaign.tag(by=city.clerk, at=NOW, campaign=c, why="专项交办", **said)

    found(city, later(days=-2))
    early = found(city, later(days=-60), description="七月的老隐患")
    v = begun(city, at=later(days=-1))
    answered(city, v, *met("HC01"), at=later(days=-1))
    finished(city, v, at=later(days=-1))
    c = opened(city, counties=[ERQI])
    tagged("hazard", early, JINSHUI)
    tagged("visit", v, JINSHUI)
    seen = view(c, city)
    assert lens.figures(("found", "visits", "firms_checked"), seen) == {
        "found": 1, "visits": 1, "firms_checked": 1,
    }  # fmt: skip
    with acting_as(city.clerk):
        assert set(lens.rows("found", seen)) == {early}
        assert list(lens.rows("visits", seen)) == [v]
        told = closing.draw(c, city.clerk, NOW)
    visits = [column["code"] for column in told["columns"]].index("visits")
    assert [(row["name"], row["values"][visits]) for row in told["units"]] == [("二七区", 0), ("金水区", 1)]
    assert [row["values"][visits] for row in told["sectors"]] == [1]
    client.force_login(User.objects.get(pk=city.clerk.id))
    page = client.get(f"/campaigns/{c.pk}/rows/visits/")
    assert page.status_code == 200
    assert v.enterprise.name in page.content.decode()
    assert client.get(f"/campaigns/{c.pk}/rows/nothing/").status_code == 404
    assert f"/campaigns/tag/visit/{v.pk}/" in client.get(v.get_absolute_url()).content.decode()
    assert run().holds
    Tag.everything.filter(kind="visit").update(subject=v.pk + 1)
    assert [f.kind for f in run().findings] == ["tag"]


def test_a_visit_that_only_its_group_may_see_is_put_into_no_campaign(city, client):
    opened(city, since=TODAY + timedelta(days=20), until=TODAY + timedelta(days=40))
    v = begun(city)
    client.force_login(User.objects.get(pk=city.clerk.id))
    assert client.get(f"/campaigns/tag/visit/{v.pk}/").status_code == 200
    type(v)._base_manager.filter(pk=v.pk).update(veil=2)
    assert client.get(f"/campaigns/tag/visit/{v.pk}/").status_code == 404


def test_a_tag_that_is_refused_says_so_and_one_that_was_sent_otherwise_before_is_a_conflict(city, client):
    c = opened(city, since=TODAY + timedelta(days=20), until=TODAY + timedelta(days=40))
    v = begun(city)
    client.force_login(User.objects.get(pk=city.clerk.id))
    path, said = f"/campaigns/tag/visit/{v.pk}/", {"campaign": c.pk, "act_id": str(new_id())}
    short = client.post(path, said | {"why": ""})
    assert short.status_code == 422
    assert 'aria-invalid="true"' in short.content.decode()
    assert client.post(path, said | {"why": "节前抽查,与行动一并安排"}).status_code == 302
    assert client.post(path, said | {"why": "另有原因,与前一次不同"}).status_code == 409
    assert Tag.everything.count() == 1
