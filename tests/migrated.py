"""A migrated database for every test that needs one of its own: migrating takes seconds, copying none."""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.db import connection


class Migrated:
    """The database as migrations leave it, of the same kind as that of the other tests, to be had again and again."""

    def __init__(self, file: Path) -> None:
        self.file, self.said = file, connection.settings_dict
        self.on_server = connection.vendor == "postgresql"
        self.name = f"{self.said['NAME']}_migrated"
        if not self.on_server:
            connection.ensure_connection()
            with closing(sqlite3.connect(file)) as copy:
                connection.connection.backup(copy)
            return
        connection.close()  # what is copied, nobody may look at
        self._tell(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        self._copy(self.said["NAME"], self.name)

    @contextmanager
    def again(self, folder: Path) -> Iterator[str]:
        """The address of one more such database: a file in `folder`, or one on the server that is dropped after."""
        if not self.on_server:
            shutil.copy(self.file, folder / "anlan.sqlite3")
            yield f"sqlite:///{folder / 'anlan.sqlite3'}"
            return
        name = f"anlan_{folder.name}_{os.getpid()}"
        self._copy(self.name, name)
        try:
            yield re.sub(r"/[^/?]*(\?.*)?$", f"/{name}", os.environ["DATABASE_URL"])
        finally:
            self._tell(f'DROP DATABASE "{name}" WITH (FORCE)')

    def end(self) -> None:
        if self.on_server:
            self._tell(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _copy(self, given: str, name: str) -> None:
        self._tell(f'CREATE DATABASE "{name}" TEMPLATE "{given}"')

    def _tell(self, statement: str) -> None:
        to = {key: self.said[key.upper()] or None for key in ("host", "port", "user", "password")}
        with psycopg.connect(dbname="postgres", autocommit=True, **to) as server:
            server.execute(statement.encode())
