"""An installation of its own: a folder, a database, and the environment that leads there.

Nothing under var/ is read or written. On PostgreSQL the database is made beside the one that
DATABASE_URL names, which itself stays as it is.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
SERVER = "ANLAN_BENCH_SERVER"


def is_sqlite(url: str) -> bool:
    return not url or url.startswith("sqlite")


class Scratch:
    """A context: made and migrated on entering, taken away on leaving."""

    def __init__(self) -> None:
        self._server = os.environ.get(SERVER, os.environ.get("DATABASE_URL", ""))
        self.name = f"anlan_bench_{uuid4().hex[:8]}"
        self.folder = Path()

    @property
    def url(self) -> str:
        if is_sqlite(self._server):
            return f"sqlite:///{self.folder / 'anlan.sqlite3'}"
        return re.sub(r"/[^/?]*(\?.*)?$", rf"/{self.name}\1", self._server)

    @property
    def env(self) -> dict[str, str]:
        """The environment of a process that works in this installation."""
        return os.environ | {
            "ANLAN_DATA_DIR": str(self.folder),
            "ANLAN_EVIDENCE_DIR": str(self.folder / "evidence"),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "anlan.site.settings",
            "ANLAN_ENV": "demo",
            "ANLAN_STATEMENT_TIMEOUT": "600",
            "ANLAN_ACT_RATE": "0",
            "PYTHONPATH": str(ROOT),
            SERVER: self._server,
        }

    def __enter__(self) -> "Scratch":
        self.folder = Path(tempfile.mkdtemp(prefix="anlan-bench-"))
        if not is_sqlite(self._server):
            self._on_server(f'CREATE DATABASE "{self.name}"')
        self.run("-m", "anlan", "migrate")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not is_sqlite(self._server):
            self._on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words: str) -> str:
        """Python with these arguments, in this installation; what it prints. Raises where it fails."""
        done = subprocess.run(
            [sys.executable, *words], env=self.env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    def _on_server(self, statement: str) -> None:
        from psycopg import connect

        url = re.sub(r"/[^/?]*(\?.*)?$", "/postgres", self._server)
        with connect(url, autocommit=True) as server:
            server.execute(statement.encode())
