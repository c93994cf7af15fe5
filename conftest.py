"""What holds for the whole suite: what is skipped is said, what passed is remembered for the claims."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.migrated import Migrated

#: a test's city need not outlive a power cut, and its passwords withstand nobody
os.fsync = lambda fd: None
QUICK_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]
gc.set_threshold(100_000, 50, 100)


@pytest.fixture(autouse=True, scope="session")
def _quick_hasher() -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = [*QUICK_HASHER, *settings.PASSWORD_HASHERS]


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Migrated]:
    """pytest-django's, and a copy of what it migrated, for the tests that need a database of their own."""
    with django_db_blocker.unblock():
        migrated = Migrated(tmp_path_factory.mktemp("migrated") / "anlan.sqlite3")
    yield migrated
    migrated.end()


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """A page that was asked for in English leaves its language to no other test."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _own_folders(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> None:
    """No test writes into the data of whoever runs it, nor into that of the test before."""
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    city = request.getfixturevalue("w") if "w" in request.fixturenames else None
    settings.DATA_DIR = (city.folder if city is not None else tmp_path) / "data"
    settings.ACT_RATE = 0  # a test sends in a second what a person sends in an hour


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files, that no worker is left alone with one; leave out what needs a browser."""
    long = {item.path for item in items if "slow" in item.keywords}
    items.sort(key=lambda item: item.path not in long)
    if os.environ.get("ANLAN_BROWSER") == "1":
        return
    why = pytest.mark.skip(reason="needs Chromium: ANLAN_BROWSER=1 (runs in .ci/run)")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(why)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was skipped; leave the names of what passed where the claims are checked."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        reasons = sorted(
            {str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple)}
        )
        terminalreporter.write_line(f"skipped {len(skipped)}: " + "; ".join(reasons))
    folder = os.environ.get("ANLAN_TEST_REPORTS")
    if folder and not hasattr(config, "workerinput"):
        names = sorted({report.nodeid for report in terminalreporter.stats.get("passed", [])})
        Path(folder, f"{os.getpid()}.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
