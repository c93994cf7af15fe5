"""How long the autumn of 2019 takes to make: `python -m bench.city [--scale X] [--database URL]`.

`anlan demo --no-serve` in a process and a folder (or an empty database) of its own: wall and CPU seconds, the most
memory it held, what lies in the database afterwards, and the three paragraphs that must come out.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PARAGRAPHS = (
    ("--from", "2019-07-31", "--to", "2019-10-31"),
    ("--period", "mid-autumn-2019", "--system", "emergency"),
    ("--period", "national-day-2019"),
)


def run(scale: float, database: str) -> int:
    """Make it and print what it took. Returns the exit code of what failed, or 0."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ) | {"ANLAN_DATA_DIR": folder}
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database
        began = time.monotonic()
        made = _anlan(environment, "demo", "--no-serve", "--fresh", "--scale", f"{scale:g}")
        wall, used = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        if made:
            return made
        size = _size(database, folder)
        print(f"scale {scale:g}: {wall:.0f} s, CPU {used.ru_utime:.0f} + {used.ru_stime:.0f} s, "
              f"{used.ru_maxrss / 1024:.0f} MB of memory, database {size / 1e9:.2f} GB", flush=True)  # fmt: skip
        return max(_anlan(environment, "bulletin", "--place", "4101", *asked) for asked in PARAGRAPHS)


def _anlan(environment: dict[str, str], *asked: str) -> int:
    return subprocess.run([sys.executable, "-m", "anlan", *asked], env=environment, check=False).returncode


def _size(database: str, folder: str) -> int:
    if not database:
        return sum(path.stat().st_size for path in Path(folder).glob("anlan.sqlite3*"))
    import psycopg

    with psycopg.connect(database) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0


def main() -> int:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--scale", type=float, default=1.0)
    p.add_argument(
        "--database", default="", help="an empty PostgreSQL database; without it SQLite in a new folder"
    )
    asked = p.parse_args()
    return run(asked.scale, asked.database)


if __name__ == "__main__":
    sys.exit(main())
