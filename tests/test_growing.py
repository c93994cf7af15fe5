"""A demonstration's whole city takes the place of the small one: never over somebody's work, never half."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from anlan.hazards.tests import scenes
from anlan.kernel.words import Refused
from anlan.site import growing

FILES = ("anlan.sqlite3", "secret_key", "evidence/ab/photo.jpg")


def city(folder: Path, name: str) -> None:
    """A data folder whose files all say the same word."""
    for file in FILES:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(name)


def said(folder: Path) -> set[str]:
    return {(folder / file).read_text() for file in FILES}


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR, settings.EVIDENCE_DIR = tmp_path, tmp_path / "evidence"
    city(tmp_path, "small")
    city(tmp_path / growing.WHOLE, "whole")
    for name in (growing.READY, growing.ACTS):
        (tmp_path / growing.WHOLE / name).write_text("0")
    return tmp_path


def test_a_city_that_is_not_ready_takes_nobodys_place(data: Path):
    (data / growing.WHOLE / growing.READY).unlink()
    with pytest.raises(Refused, match="没有装好"):
        growing.take()
    assert said(data) == {"small"}


def test_the_whole_city_takes_its_place_and_the_small_one_is_kept(data: Path):
    growing.take()
    assert said(data) == {"whole"}
    assert said(data / growing.SMALL) == {"small"}
    assert not (data / growing.WHOLE).exists()
    assert not growing.begun()


@pytest.mark.parametrize("after", range(2 * len(FILES)))
def test_a_switch_that_was_broken_off_goes_on_and_loses_neither(data: Path, monkeypatch: Any, after: int):
    done, rename = [], Path.rename

    def breaks_off(self: Path, target: Path) -> Path:
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(self)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        growing.take()
    monkeypatch.setattr(Path, "rename", rename)
    growing.take()
    assert said(data) == {"whole"}
    assert said(data / growing.SMALL) == {"small"}


@pytest.mark.django_db
def test_a_city_in_which_somebody_worked_is_left_where_it_is(data: Path):
    whole = growing.Whole(2019, 1.0, print)
    (data / growing.WHOLE / growing.ACTS).unlink()
    whole.remember()
    assert whole.untouched()
    c = scenes.City()
    scenes.register(c.officer, c.firm)
    assert not whole.untouched()
    whole.remember()  # begun again the next day: what was done before still counts
    assert not whole.untouched()


@pytest.mark.django_db
def test_only_the_embedded_database_of_an_empty_folder_grows(data: Path, settings: Any, monkeypatch: Any):
    shutil.rmtree(data / growing.WHOLE)
    assert growing.wanted(2019, 0.1, fresh=False, say=print) is None
    monkeypatch.setitem(connection.settings_dict, "NAME", str(data / "anlan.sqlite3"))
    assert growing.offered(1.0) == (connection.vendor == "sqlite")
    settings.EVIDENCE_DIR = data.parent / "elsewhere"
    assert not growing.offered(1.0)
    settings.EVIDENCE_DIR = data / "evidence"
    assert scenes.City().office.pk
    assert growing.wanted(2019, 1.0, fresh=False, say=print) is None


def test_how_far_it_is_is_told_on_every_page_and_no_more_when_it_is_there(data: Path):
    assert growing.progress() == 100  # ready, and not yet in its place
    (data / growing.WHOLE / growing.READY).unlink()
    (data / growing.WHOLE / growing.PROGRESS).write_text("37")
    assert growing.progress() == 37
    (data / growing.WHOLE / growing.READY).touch()
    growing.take()
    assert growing.progress() is None


class Child:
    """A process that ends when it is told to."""

    def __init__(self, code: int | None = None):
        self.returncode = code

    def poll(self) -> int | None:
        return self.returncode

    def terminate(self) -> None:
        self.returncode = 0

    def wait(self, seconds: float | None = None) -> int | None:
        return self.returncode


@pytest.mark.django_db
@pytest.mark.parametrize("acts", ["0", "9"])
def test_who_serves_is_started_again_upon_the_whole_city_unless_somebody_worked(data: Path, acts: str):
    (data / growing.WHOLE / growing.ACTS).write_text(acts)
    served: list[set[str]] = []

    def start() -> list[Any]:
        served.append(said(data))
        return [Child(0 if len(served) == 2 else None)]

    told: list[str] = []
    whole = growing.Whole(2019, 1.0, told.append)
    code = growing.serve(whole, start=start, told=lambda: "logins", say=told.append, every=0)
    assert code == 0
    assert served == [{"small"}, {"whole" if acts == "0" else "small"}]
    assert ("logins" in told) == (acts == "0")
    assert any("--switch" in words for words in told) == (acts == "9")


def test_a_city_that_could_not_be_made_leaves_the_small_one_serving_and_says_why(data: Path):
    (data / growing.WHOLE / growing.READY).unlink()
    told: list[str] = []
    whole = growing.Whole(2019, 1.0, told.append, _child=Child(1), _last="磁盘已满")  # type: ignore[arg-type]
    served: list[set[str]] = []

    def start() -> list[Any]:
        served.append(said(data))
        return [Ends()]

    assert growing.serve(whole, start=start, told=lambda: "", say=told.append, every=0) == 0
    assert served == [{"small"}]
    assert len(told) == 1
    assert "磁盘已满" in told[0]


class Ends(Child):
    """A process that ends when it is looked at the third time."""

    looks = 0

    def poll(self) -> int | None:
        self.looks += 1
        if self.looks > 2:
            self.returncode = 0
        return self.returncode
