"""Backup and restore: whole, refused where it would overwrite, refused where it was touched.

A backup is taken between transactions, so it is proved from outside: two installations of their own, one
to back up and one to restore into, on whichever database the suite runs.
"""

import json
import os
import subprocess
import sys
import tarfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from anlan.kernel.words import Refused
from anlan.people import commands as people
from anlan.site import backup

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
LIVE = """
import django
django.setup()
from anlan.hazards.tests import scenes
scenes.submitted(scenes.City())
"""


@dataclass(frozen=True)
class Installation:
    """A folder of data and a database, worked with as an operator works with it."""

    env: dict[str, str]

    def run(self, *words: str, python: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", python] if python else [sys.executable, "-m", "anlan", *words]
        return subprocess.run(
            command, env=self.env, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
        )


@pytest.fixture(scope="module")
def installations(django_db_setup: Any, tmp_path_factory: Any) -> Any:
    """Makes installations with a migrated database each; takes the databases away afterwards."""
    with ExitStack() as made:

        def install(name: str) -> Installation:
            folder = tmp_path_factory.mktemp(name)
            url = made.enter_context(django_db_setup.again(folder))
            return Installation(
                os.environ | {"ANLAN_DATA_DIR": str(folder), "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
            )

        yield install


@pytest.fixture(scope="module")
def lived(installations: Any) -> Installation:
    there = installations("lived")
    done = there.run(python=LIVE)
    assert done.returncode == 0, done.stderr
    return there


@pytest.fixture(scope="module")
def file(lived: Installation, tmp_path_factory: Any) -> Path:
    path = tmp_path_factory.mktemp("kept") / "anlan.tar.gz"
    done = lived.run("backup", str(path))
    assert done.returncode == 0, done.stderr
    assert "已备份到" in done.stdout
    return path


@pytest.mark.django_db
def test_a_database_with_accounts_is_not_overwritten_unless_told(file):
    people.open_account(
        by=people.CONSOLE, at=_now(), username="someone", name="某人", password="!", must_change=False
    )
    with pytest.raises(Refused, match="已有数据"):
        backup.restore(file)


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_refused_in_words(tmp_path):
    with pytest.raises(Refused, match="没有这个文件"):
        backup.restore(tmp_path / "none.tar.gz")


@pytest.mark.django_db
def test_a_backup_inside_an_unfinished_act_is_refused(tmp_path):
    with pytest.raises(Refused, match="事务"):
        backup.backup(tmp_path / "half.tar.gz", at=_now())
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_a_backup_cut_short_restores_nothing(file, tmp_path):
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(Refused, match="不完整"):
        backup.restore(cut, force=True)


@pytest.mark.django_db
def test_a_backup_with_another_content_restores_nothing(file, tmp_path):
    with tarfile.open(file) as tar:
        tar.extractall(tmp_path / "x", filter="data")
    next((tmp_path / "x" / "photos").iterdir()).write_bytes(b"another")
    other = tmp_path / "other.tar.gz"
    with tarfile.open(other, "w:gz") as tar:
        for member in sorted((tmp_path / "x").rglob("*")):
            if member.is_file():
                tar.add(member, str(member.relative_to(tmp_path / "x")))
    with pytest.raises(Refused, match="被改动"):
        backup.restore(other, force=True)


def test_what_comes_back_is_what_was_there(lived, file, installations):
    before = json.loads(lived.run("verify", "--json").stdout)
    there = installations("restored")
    done = there.run("restore", str(file))
    assert done.returncode == 0, done.stderr
    assert "已恢复" in done.stdout
    verified = there.run("verify", "--json")
    assert verified.returncode == 0, verified.stdout
    assert json.loads(verified.stdout) == before
    assert there.run("restore", str(file)).returncode == 1, "a second time there is data already"


def test_the_manifest_says_what_is_inside(file):
    with tarfile.open(file) as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["photos"] == len([n for n in names if n.startswith("photos/")]) > 0
    assert manifest["entries"] > 0
    assert set(manifest["files"]) == {n for n in names if not n.startswith("photos/")} - {"manifest.json"}


def _now() -> Any:
    from anlan.hazards.tests.scenes import NOW

    return NOW
