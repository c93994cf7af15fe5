"""`python -m bench [names…] [--hazards N] [--seconds S]`: measure, and print a Markdown table.

Each measurement runs in a process and an installation of its own. The exit code is 0 whatever was
measured: time is no test. On PostgreSQL when DATABASE_URL names one, otherwise on SQLite.
"""

import argparse
import json
import os
import subprocess
import sys
from importlib import import_module

from bench.result import HEAD, Options, Row
from bench.scratch import ROOT, Scratch, is_sqlite

#: the module of each measurement, in the order of the table
NAMES = (
    "acts",
    "lists",
    "clients",
    "filters",
    "replay",
    "search",
    "exports",
    "sheets",
    "coverage",
    "screen",
    "figures",
)


def main() -> int:
    p = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    p.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(NAMES)}; all when none is given")
    p.add_argument("--hazards", type=int, default=126_273, help="rows of the large measurements")
    p.add_argument("--seconds", type=float, default=5, help="how long each kind of request runs")
    p.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = p.parse_args()
    if unknown := set(asked.names) - set(NAMES):
        p.error(f"unknown: {', '.join(sorted(unknown))}")
    options = Options(hazards=asked.hazards, seconds=asked.seconds)
    if asked.inside:
        return _inside(asked.names[0], options)
    database = "SQLite" if is_sqlite(os.environ.get("DATABASE_URL", "")) else "PostgreSQL"
    print(f"On {database}, Python {sys.version.split()[0]}, {os.cpu_count()} cores.\n\n{HEAD}", flush=True)
    for name in asked.names or NAMES:
        for row in _measured(name, options):
            print(row.markdown(), flush=True)
    return 0


def _measured(name: str, options: Options) -> list[Row]:
    words = (
        "-m",
        "bench",
        name,
        "--inside",
        "--hazards",
        str(options.hazards),
        "--seconds",
        str(options.seconds),
    )
    try:
        with Scratch() as there:
            said = there.run(*words)
    except subprocess.CalledProcessError as error:
        return [Row(name=name, target="—", said=f"could not be measured: {error}", passed=False)]
    return [Row(**json.loads(line)) for line in said.splitlines() if line.startswith("{")]


def _inside(name: str, options: Options) -> int:
    import django

    django.setup()
    for row in import_module(f"bench.{name}").measure(options):
        print(row.line(), flush=True)
    return 0


if __name__ == "__main__":
    assert ROOT.is_dir()
    sys.exit(main())
