"""Every test keeps its sheets in a folder of its own."""

import pytest

from anlan.hazards.tests.scenes import City


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.EVIDENCE_DIR = tmp_path / "evidence"


@pytest.fixture
def city() -> City:
    return City()
