"""Every test keeps its sheets in a folder of its own, and leaves the language as it was."""

import pytest
from django.utils import translation

from anlan.hazards.tests.scenes import City


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def city() -> City:
    return City()
