"""How often somebody did something lately, counted for all processes of one machine together.

django-ratelimit asks a cache for it. The cache of one process knows nothing of what the others saw, and neither
Django's file nor its database cache adds one without losing another's; so the counts are a file of SQLite beside
the data. They are in no backup, and a power cut may lose them.
"""

import os
import sqlite3
import threading
import time
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.utils.connection import ConnectionProxy

FILE = "counts.sqlite3"
PATIENCE_S = 5
TABLE = """
PRAGMA synchronous=OFF;
PRAGMA journal_mode=WAL;
CREATE TABLE IF NOT EXISTS counts (name TEXT PRIMARY KEY, n INTEGER NOT NULL, until REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS counts_until ON counts (until);
"""
_own = threading.local()


class Counts(BaseCache):
    """Whole numbers with an end, by name."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Begin a count, unless one runs. Those that have ended are swept away."""
        now, name = time.time(), self.make_and_validate_key(key, version)
        file = _file()
        file.execute("DELETE FROM counts WHERE until <= ?", [now])
        begun = file.execute(
            "INSERT OR IGNORE INTO counts VALUES (?, ?, ?)", [name, value, self._end(timeout)]
        )
        return begun.rowcount == 1

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Add to a count; the new one. Raises ValueError where none runs."""
        name = self.make_and_validate_key(key, version)
        counted = _file().execute(
            "UPDATE counts SET n = n + ? WHERE name = ? AND until > ? RETURNING n", [delta, name, time.time()]
        )
        row = counted.fetchone()
        if row is None:
            raise ValueError(f"no count runs by the name {key}")
        return row[0]

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The count, or `default` where none runs."""
        name = self.make_and_validate_key(key, version)
        row = (
            _file()
            .execute("SELECT n FROM counts WHERE name = ? AND until > ?", [name, time.time()])
            .fetchone()
        )
        return default if row is None else row[0]

    def set(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Begin a count anew."""
        name = self.make_and_validate_key(key, version)
        _file().execute("INSERT OR REPLACE INTO counts VALUES (?, ?, ?)", [name, value, self._end(timeout)])

    def delete(self, key: Any, version: int | None = None) -> bool:
        """End a count; whether one was there."""
        name = self.make_and_validate_key(key, version)
        return _file().execute("DELETE FROM counts WHERE name = ?", [name]).rowcount == 1

    def clear(self) -> None:
        """End all counts."""
        if (settings.DATA_DIR / FILE).exists():
            _file().execute("DELETE FROM counts")

    def _end(self, timeout: float | None) -> float:
        end = self.get_backend_timeout(timeout)
        return float("inf") if end is None else end


def _file() -> sqlite3.Connection:
    """This thread's connection to the file of today's settings, made where there is none."""
    path = settings.DATA_DIR / FILE
    held = getattr(_own, "held", None)
    if held is None or held[0] != (os.getpid(), path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)
        file.executescript(TABLE)
        held = _own.held = (os.getpid(), path), file
    return held[1]


#: for whom it is about: `counts.clear()`
counts = ConnectionProxy(caches, "counts")
