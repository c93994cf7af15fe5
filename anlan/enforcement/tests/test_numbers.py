"""Two who sign at the same moment get successive numbers; nothing that fails leaves a gap."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from anlan.enforcement import numbers
from anlan.enforcement.models import DocumentSeries
from anlan.enforcement.tests.scenes import Bureau

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def database(django_db_setup: Any, tmp_path_factory: Any) -> Iterator[dict[str, str]]:
    """An empty database of the same kind as that of the other tests, as the environment names it."""
    folder = tmp_path_factory.mktemp("at-once")
    with django_db_setup.again(folder) as url:
        yield {
            "ANLAN_DATA_DIR": str(folder), "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "anlan.site.settings"
        }  # fmt: skip


@pytest.fixture(scope="module")
def found(database: dict[str, str]) -> dict[str, Any]:
    own = {k: v for k, v in os.environ.items() if not k.startswith(("ANLAN_", "DATABASE_URL"))}
    done = subprocess.run(
        [sys.executable, "-m", "anlan.enforcement.tests.at_once"], env=own | database, capture_output=True, text=True,
        check=False, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_five_approvals_at_once_get_successive_numbers_and_the_refused_one_none(found):
    assert found["many"][:4] == [""] * 4
    assert "已过,不能签发" in found["many"][4]
    assert found["numbers"] == [1, 2, 3, 4]


def test_of_two_approvals_of_one_document_one_wins_and_the_other_is_told_by_whom(found):
    (told,) = [said for said in found["same"] if said]
    assert "已办理“签发”" in told
    assert found["after_same"] == [1, 2, 3, 4, 5]


def test_two_papers_that_say_the_same_are_not_both_signed(found):
    (told,) = [said for said in found["twins"] if said]
    assert "不重复出具" in told
    assert found["after_twins"] == [1, 2, 3, 4, 5, 6]
    assert found["last"] == 6


def test_afterwards_journal_numbers_and_files_agree(found):
    assert found["verified"] == []


@pytest.mark.django_db
def test_a_number_taken_in_an_act_that_fails_is_given_to_the_next():
    from django.db import transaction

    d = Bureau().order_drafted()
    with transaction.atomic():
        assert numbers.take(d, year=2019) == 1
        transaction.set_rollback(True)
    assert not DocumentSeries.objects.exists()
    assert numbers.take(d, year=2019) == 1
