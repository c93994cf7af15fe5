"""Every figure opens into its rows for programs too, page by page."""

import json

import pytest

from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Added
from tests.world import World, _django_db_helper  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", sorted(c for c, i in INDICATORS.items() if not isinstance(i, Added)))
def test_a_figure_opens_into_its_rows_page_by_page(w: World, code: str):
    client, path = w.client("clerk"), f"/api/v1/figures/{code}/rows?size=1"
    first = client.get(path)
    said = json.loads(first.content)
    assert first.status_code == 200, said
    if said["next"]:
        after = client.get(path, {"cursor": said["next"], "size": "1"})
        assert after.status_code == 200, after.content
        assert json.loads(after.content)["items"] != said["items"]
