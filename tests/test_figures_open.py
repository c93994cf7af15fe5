"""Every figure opens into its rows for programs too, page by page."""

import json

import pytest

from anlan.figures.indicators import INDICATORS
from tests.world import World, _django_db_helper  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def test_every_figure_opens_into_its_rows_page_by_page(w: World):
    client = w.client("clerk")
    for code in sorted(INDICATORS):
        path = f"/api/v1/figures/{code}/rows"
        first = client.get(path, {"size": "1"})
        said = json.loads(first.content)
        assert first.status_code == 200, (code, said)
        if said["next"]:
            after = client.get(path, {"cursor": said["next"], "size": "1"})
            assert after.status_code == 200, (code, after.content)
            assert json.loads(after.content)["items"] != said["items"], code
