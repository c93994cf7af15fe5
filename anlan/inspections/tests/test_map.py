"""The map of coverage: units in the shade of what was covered, and each opens only for whoever may see it."""

import json
import re
from decimal import Decimal

import pytest
from django.test import Client

from anlan.campaigns.tests.scenes import Cast
from anlan.hazards.tests.scenes import ERQI, JINSHUI
from anlan.inspections import coverage_map
from anlan.inspections import coverage_queries as queries
from anlan.inspections.states import Tier
from anlan.inspections.tests.test_coverage import frozen, visited
from anlan.inspections.tests.test_draws import firm
from anlan.kernel.scope import Actor, acting_as
from anlan.people.models import User

pytestmark = pytest.mark.django_db
SQUARE = [[113.6, 34.7], [113.7, 34.7], [113.7, 34.8], [113.6, 34.8], [113.6, 34.7]]
BESIDE = [[113.5, 34.7], [113.6, 34.7], [113.6, 34.8], [113.5, 34.8], [113.5, 34.7]]


@pytest.fixture
def city(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "boundaries").mkdir()
    features = [
        {
            "type": "Feature",
            "properties": {"adcode": int(code)},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for code, ring in ((JINSHUI, SQUARE), (ERQI, BESIDE))
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (tmp_path / "boundaries" / "4101.json").write_text(text, encoding="utf-8")
    return Cast()


def drawn(r, by: Actor, county: str = ""):
    with acting_as(by):
        return coverage_map.picture(r, dict(queries.beside(r, by, Tier.ENTERPRISE)), county=county)


def test_units_take_the_shade_of_what_was_covered_and_firms_lie_within_them(city):
    e = firm(lng=Decimal("113.65"), lat=Decimal("34.75"))
    r = frozen(city)
    before = drawn(r, city.clerk)
    assert {a.code: a.level for a in before.areas} == {JINSHUI: 0, ERQI: None}
    visited(city, e)
    after = drawn(r, city.clerk)
    assert {a.code: a.level for a in after.areas} == {JINSHUI: 5, ERQI: None}
    [dot] = after.dots
    assert (dot.nodes, dot.seen) == (1, 1)
    assert dot.x > coverage_map.WIDE / 2, "in the eastern of the two units"


def test_a_unit_opens_from_the_map_for_the_city_and_no_other_for_a_county(city):
    firm(lng=Decimal("113.65"), lat=Decimal("34.75"))
    r = frozen(city)
    for by, opens in ((city.clerk, True), (city.county_clerk, True)):
        client = Client()
        client.force_login(User.objects.get(pk=by.id))
        page = client.get(r.get_absolute_url()).content.decode()
        assert len(re.findall(r'<path d="M[^"]+" class="area', page)) == 2
        assert (f"county={JINSHUI}" in page) is opens
        assert f"county={ERQI}" not in page, "nothing stands there"
        assert client.get(f"{r.get_absolute_url()}?county={JINSHUI}").status_code == 200


def test_one_unit_is_drawn_as_large_as_it_fits(city):
    firm(lng=Decimal("113.65"), lat=Decimal("34.75"))
    r = frozen(city)
    [area] = drawn(r, city.clerk, county=JINSHUI).areas
    assert area.code == JINSHUI
    assert area.path.startswith(f"M{coverage_map.EDGE}"), "its western edge is that of the picture"


def test_a_file_of_boundaries_that_cannot_be_read_leaves_the_points(city, tmp_path):
    firm(lng=Decimal("113.65"), lat=Decimal("34.75"))
    (tmp_path / "boundaries" / "4101.json").write_text("{", encoding="utf-8")
    found = drawn(frozen(city), city.clerk)
    assert found.areas == []
    assert len(found.dots) == 1
