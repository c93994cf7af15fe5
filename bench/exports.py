"""The ledger as files: 22,000 rows in the columns of the 21-column form, by a process of its own.

A process of its own, so that its memory is that of an export and of nothing else.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from anlan.exchange import out
from anlan.hazards.tables import FORM
from anlan.kernel.scope import acting_as
from bench.filling import fill
from bench.result import Options, Row, median
from bench.scratch import ROOT
from bench.world import World, world

ROWS, TIMES = 22_000, 3
#: seconds for each form, and the most memory of the process
TARGETS = {"csv": 1.0, "xlsx": 5.0}
MOST_MB = 150


def measure(options: Options) -> list[Row]:
    here = world()
    fill(here, ROWS)
    return [_form(form, here) for form in TARGETS]


def _form(form: str, here: World) -> Row:
    """One form, several times, each in a process that does nothing else."""
    code = f"import django; django.setup(); from bench.exports import once; once({form!r}, {here.clerk.id})"
    said = []
    for _ in range(TIMES):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        said.append(json.loads(done.stdout.splitlines()[-1]))
    size = f"{said[0]['rows']:,} rows, {said[0]['kb']:,} kB"
    took, memory = median([s["ms"] for s in said]), max(s["mb"] for s in said)
    return Row(
        name=f"export of {ROWS:,} rows, .{form}", target=f"≤ {TARGETS[form]:.0f} s, ≤ {MOST_MB} MB", median=took,
        said=f"{size}; {median([s['cpu'] for s in said]):.0f} ms of processor, {memory:.0f} MB",
        passed=took <= TARGETS[form] * 1000 and memory <= MOST_MB,
    )  # fmt: skip


def once(form: str, person: int) -> None:
    """Write one file and say how long it took and what it needed."""
    from django.utils import timezone

    from anlan.hazards.tests import scenes
    from anlan.kernel.clock import day_of
    from anlan.people.models import User

    now = timezone.now()
    by = scenes.actor(User.objects.get(pk=person), day_of(now))
    with TemporaryDirectory() as folder, acting_as(by):
        path = Path(folder, f"ledger.{form}")
        began, used = time.perf_counter(), time.process_time()
        rows = FORM.listing({}, by, day_of(now)).ordered()
        n = out.write(path, form=form, table=FORM, columns=FORM.chosen(), rows=rows)
        took, cpu = (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000
        kb = path.stat().st_size // 1024
    print(json.dumps({"ms": took, "cpu": cpu, "rows": n, "kb": kb, "mb": _most_memory()}))


def _most_memory() -> float:
    """The most that this process has had resident, in MB; getrusage would tell that of whoever started it."""
    said = Path("/proc/self/status").read_text(encoding="ascii")
    return int(said.partition("VmHWM:")[2].split()[0]) / 1024
