"""Every test keeps its files in a folder of its own."""

import pytest


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.FONTS_DIR = tmp_path / "fonts"
