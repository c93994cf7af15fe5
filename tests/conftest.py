"""What the tests of the whole product share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from tests.world import World, build


@contextmanager
def standing(blocker: Any, folder: Path) -> Iterator[None]:
    """What is built inside stands until the end, for all tests of a module, and is gone after the last."""
    before = settings.EVIDENCE_DIR, settings.DATA_DIR
    settings.EVIDENCE_DIR, settings.DATA_DIR = folder, folder / "data"
    with blocker.unblock():
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            settings.EVIDENCE_DIR, settings.DATA_DIR = before
            connection.close()


@pytest.fixture(scope="module")
def w(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """The city for all tests of a module; gone after the last."""
    folder = tmp_path_factory.mktemp("evidence")
    with standing(django_db_blocker, folder):
        yield build(folder)
