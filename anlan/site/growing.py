"""A demonstration that serves a small city at once while the whole one is made beside it, in a folder of its own.

Once the whole city is there it takes the place of the small one, if nobody has done anything in that meanwhile;
otherwise both stay, and whoever tries the product says which he wants. Nothing that was done is ever lost: what was
served before is kept in `small/`. For the embedded database alone; on a server the city is loaded first.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import SYSTEM
from anlan.kernel.words import Reason, Refused
from anlan.people.models import Organisation
from anlan.site import serving

#: of a smaller city nobody waits long
LARGE = 0.2
WHOLE, SMALL, READY, PROGRESS, ACTS = "whole", "small", "ready", "progress", "acts"
Say = Callable[..., None]


def offered(scale: float) -> bool:
    """Whether a city of this size can grow beside a small one here: in the embedded database of the data folder."""
    if scale < LARGE or connection.vendor != "sqlite":
        return False
    here = Path(str(connection.settings_dict["NAME"])).resolve().parent == settings.DATA_DIR
    return here and settings.EVIDENCE_DIR == settings.DATA_DIR / "evidence"


def begun() -> bool:
    """Whether a whole city was begun here and has not yet taken its place."""
    return _folder().is_dir()


def ready() -> bool:
    """Whether a whole city waits to take its place."""
    return (_folder() / READY).exists()


def _folder() -> Path:
    return settings.DATA_DIR / WHOLE


def wanted(seed: int, scale: float, *, fresh: bool, say: Say) -> "Whole | None":
    """The whole city to make beside a small one; None where the city asked for is loaded first, or data is there."""
    if fresh:
        for name in (WHOLE, SMALL):
            shutil.rmtree(settings.DATA_DIR / name, ignore_errors=True)
    if begun() or (offered(scale) and (fresh or not Organisation.objects.exists())):
        return Whole(seed, scale, say)
    return None


def take() -> None:
    """The whole city takes the small one's place because somebody says so. Refused while there is none."""
    if not ready():
        raise Refused(Reason("没有装好的整座城市可以换上。请先运行 anlan demo 等它装好"))
    switch(settings.DATA_DIR)


def progress() -> int | None:
    """How far the whole city is, in per cent; 100 while it waits to be switched to, None where there is none."""
    if ready():
        return 100
    try:
        return int((_folder() / PROGRESS).read_text())
    except (OSError, ValueError):
        return None


def acts() -> int:
    """What people have done so far; not what the system did by itself."""
    return JournalEntry.objects.exclude(person=SYSTEM.id).count()


@dataclass
class Whole:
    """The whole city as it is being made by a process of its own, with its lines of progress."""

    seed: int
    scale: float
    say: Say
    folder: Path = field(default_factory=_folder)
    _child: subprocess.Popen | None = None
    #: the last line it said, for whoever wants to know why it was not made
    _last: str = ""

    def begin(self) -> None:
        """Start to make it, anew where it was broken off."""
        if ready():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        words = ["demo", "--no-serve", "--seed", str(self.seed), "--scale", str(self.scale)]
        environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "ANLAN_EVIDENCE_DIR")}
        self._child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "anlan", *words], env=environment | {"ANLAN_DATA_DIR": str(self.folder)},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self._listen, args=(self._child,), daemon=True).start()

    def _listen(self, child: subprocess.Popen) -> None:
        assert child.stderr is not None
        for line in child.stderr:
            self._last = line.strip()
            part = line.strip().partition("%")[0]
            if "2019" in line and part.isdigit():
                (self.folder / PROGRESS).write_text(part)
                self.say(f"整座城市:{line.strip()}")

    def ended(self) -> bool:
        """Whether nothing is being made any more; a city that was made is marked ready."""
        if self._child is None:
            return True
        if self._child.poll() is None:
            return False
        (self.folder / PROGRESS).unlink(missing_ok=True)
        if self._child.returncode == 0:
            (self.folder / READY).touch()
        else:
            self.say(f"整座城市没有装完,小城照常使用;重新运行 anlan demo 会再装。{self._last}")
        self._child = None
        return True

    def stop(self) -> None:
        if self._child is not None:
            self._child.terminate()
            self._child.wait()

    def remember(self) -> None:
        """How much had been done in the small city when it was first there."""
        if not (self.folder / ACTS).exists():
            (self.folder / ACTS).write_text(str(acts()))

    def untouched(self) -> bool:
        """Whether nobody has done anything in the small city since."""
        try:
            return acts() == int((self.folder / ACTS).read_text())
        except (OSError, ValueError):
            return False


def switch(data: Path) -> None:
    """The whole city takes the place of the small one, which is kept. May be called again where it was broken off."""
    connections.close_all()
    whole, small = data / WHOLE, data / SMALL
    small.mkdir(exist_ok=True)
    # its own mark and the database come last: until then the next start goes on from here
    names = sorted(
        (p.name for p in whole.iterdir()), key=lambda n: (n == READY, n.startswith("anlan.sqlite3"), n)
    )
    for name in names:
        if name in (READY, ACTS, PROGRESS):
            (whole / name).unlink()
            continue
        if (data / name).exists() and not (small / name).exists():
            (data / name).rename(small / name)
        (whole / name).rename(data / name)
    for left in ("anlan.sqlite3-wal", "anlan.sqlite3-shm"):
        if (data / left).exists() and (small / "anlan.sqlite3").exists() and left not in names:
            (data / left).rename(small / left)
    whole.rmdir()


def serve(
    whole: Whole, *, start: Callable[[], list[Any]], told: Callable[[], str], say: Say, every: float = 0.5
) -> int:
    """Serve the small city until the whole one is there, then that, until it ends or somebody breaks in.

    `start` starts what serves and gives its processes. Returns the exit code of what served.
    """
    children = start()
    waits = True
    try:
        while children[0].poll() is None:
            time.sleep(every)
            if waits and whole.ended():
                waits = False
                if ready():
                    children = _taken_over(whole, children, start, told, say)
    finally:
        whole.stop()
        serving.stop(children)
    return int(children[0].returncode or 0)


def _taken_over(
    whole: Whole, children: list[Any], start: Callable[[], list[Any]], told: Callable[[], str], say: Say
) -> list[Any]:
    """What serves now: the whole city, or the small one in which somebody has worked."""
    serving.stop(children)
    if whole.untouched():
        switch(settings.DATA_DIR)
        say("\n2019年秋的整座城市已装好,现在可以看到,请重新登录。原来的小城保留在 small/\n")
        say(told())
    else:
        connections.close_all()
        say(
            "\n2019年秋的整座城市已装好。小城里已有人办理了事项,没有替换;要换上,请停止后运行 anlan demo --switch\n"
        )
    return start()
