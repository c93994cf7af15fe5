"""Limits hold for all processes of a machine together."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from anlan.site import counts as module
from anlan.site.counts import counts

WITHOUT_END = 9_999_999_999
ANOTHER = """
import sys
from django.core.cache import caches
counts = caches["counts"]
for _ in range(int(sys.argv[1])):
    counts.add("acts", 0, 3600) or counts.incr("acts")
    counts.incr("acts", 2)
"""


def other_process(times: int, folder: Path) -> subprocess.Popen:
    env = os.environ | {
        "ANLAN_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "anlan.site.settings",
        "DATABASE_URL": "",
    }
    return subprocess.Popen(
        [sys.executable, "-c", ANOTHER, str(times)], env=env, cwd=Path(module.__file__).parents[2]
    )


def test_processes_that_count_at_once_lose_nothing_of_each_other(settings: Any):
    processes = [other_process(200, settings.DATA_DIR) for _ in range(2)]
    assert [process.wait(60) for process in processes] == [0, 0]
    assert counts.get("acts") == 2 * 200 * 3 - 1, "the first of all begins the count at nothing"


@pytest.mark.django_db
def test_who_tried_the_door_at_another_process_is_stopped_at_this_one(
    settings: Any, client: Any, monkeypatch: Any
):
    monkeypatch.setattr("anlan.people.pages.LOGINS", "3/h")
    monkeypatch.setattr("django_ratelimit.core._get_window", lambda value, period: WITHOUT_END)
    tried = {"username": "nobody", "password": "Wrong-2019"}
    assert client.post("/login/", tried).status_code == 422
    held = module._own.__dict__.pop("held")  # as another process: a connection of its own to the same file
    assert [client.post("/login/", tried).status_code for _ in range(3)] == [422, 422, 429]
    held[1].close()


def test_a_count_ends_and_is_swept_away(monkeypatch: Any):
    at = 1_000.0
    monkeypatch.setattr(module.time, "time", lambda: at)
    assert counts.add("a", 1, 60)
    assert not counts.add("a", 1, 60)
    assert counts.incr("a") == 2
    at = 1_060.0
    assert counts.get("a") is None
    with pytest.raises(ValueError, match="no count"):
        counts.incr("a")
    assert counts.add("b", 5, None)
    assert module._file().execute("SELECT name FROM counts").fetchall() == [(":1:b",)]


def test_a_count_is_set_ended_and_all_are_ended_together():
    counts.clear()
    counts.set("a", 7)
    assert counts.get("a") == 7
    assert counts.delete("a")
    assert not counts.delete("a")
    counts.set("b", 1)
    counts.clear()
    assert counts.get("b", 0) == 0
