"""What the tests of the whole product share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from tests.world import World, build


@pytest.fixture(scope="module")
def w(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """The city for all tests of a module; gone after the last."""
    before, folder = (settings.EVIDENCE_DIR, settings.DATA_DIR), tmp_path_factory.mktemp("evidence")
    settings.EVIDENCE_DIR, settings.DATA_DIR = folder, folder / "data"
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield build(folder)
                transaction.set_rollback(True)
        finally:
            settings.EVIDENCE_DIR, settings.DATA_DIR = before
            connection.close()
