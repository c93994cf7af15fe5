"""Backup and restore: one file with the database, the photos and a manifest of every hash.

A backup is one moment: SQLite is copied by its own backup call, PostgreSQL is read in one repeatable
transaction. Photos never change, so those that come while it runs are simply not needed.
"""

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from anlan.evidence import store
from anlan.kernel import sealing, search
from anlan.kernel.journal import JournalEntry
from anlan.kernel.words import Reason, Refused

MANIFEST, DATABASE = "manifest.json", "database.sqlite3"


def _version() -> str:
    try:
        return version("anlan")
    except PackageNotFoundError:
        return "0"


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tables() -> list[str]:
    """Every table that migrations made, in a fixed order, with the record of migrations itself."""
    models = apps.get_models(include_auto_created=True)
    return sorted({m._meta.db_table for m in models if m._meta.managed} | {"django_migrations"})


def backup(path: Path, *, at: datetime) -> str:
    """Write a backup. The file appears under its name only when it is complete. Returns a sentence.

    Raises Refused inside a transaction: what is not committed is not to be kept.
    """
    if connection.in_atomic_block:
        raise Refused(Reason("不能在未完成的事务里备份,请单独运行 anlan backup"))
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        work = Path(folder)
        members = _sqlite_out(work) if connection.vendor == "sqlite" else _postgres_out(work)
        last = sealing.last_seal()
        manifest: dict[str, Any] = {
            "anlan": _version(),
            "vendor": connection.vendor,
            "at": at.isoformat(),
            "entries": JournalEntry.objects.count(),
            "root": last.chained if last else "",
            "files": {name: _sha(work / name) for name in members},
            "photos": 0,
        }
        made = work / "backup.tar.gz"
        with tarfile.open(made, "w:gz", compresslevel=3) as tar:
            for name in members:
                tar.add(work / name, name)
            for sha, file in store.files():
                tar.add(file, f"photos/{sha}")
                manifest["photos"] += 1
            body = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            head = tarfile.TarInfo(MANIFEST)
            head.size = len(body)
            tar.addfile(head, io.BytesIO(body))
        made.replace(path)
    return f"已备份到{path}:日志{manifest['entries']}条,影像{manifest['photos']}个"


def _sqlite_out(work: Path) -> list[str]:
    connection.ensure_connection()
    with sqlite3.connect(work / DATABASE) as copy:
        connection.connection.backup(copy)
    copy.close()
    return [DATABASE]


def _postgres_out(work: Path) -> list[str]:
    names = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        for table in _tables():
            name = f"{table}.copy"
            out_of = f'COPY "{table}" ({_columns(table)}) TO STDOUT'
            with (work / name).open("wb") as out, cursor.copy(out_of) as copy:
                for block in copy:
                    out.write(block)
            names.append(name)
    return names


def _columns(table: str) -> str:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return ", ".join(f'"{column.name}"' for column in found)


def restore(path: Path, *, force: bool = False) -> str:
    """Bring a backup back. Raises Refused where something is there already, or the file is not whole."""
    if not path.is_file():
        raise Refused(Reason("没有这个文件:%(path)s", {"path": str(path)}))
    if not force and _has_data():
        raise Refused(Reason("数据库里已有数据。确要覆盖,请加 --force(现有数据将丢失)"))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        manifest = _opened(path, work)
        if manifest["vendor"] != connection.vendor:
            raise Refused(
                Reason(
                    "备份来自%(theirs)s,当前数据库是%(ours)s,请用同一种数据库恢复",
                    {"theirs": manifest["vendor"], "ours": connection.vendor},
                )
            )
        if connection.vendor == "sqlite":
            _sqlite_in(work)
        else:
            _postgres_in(work, manifest["files"])
        for photo in sorted((work / "photos").glob("*")) if (work / "photos").is_dir() else ():
            store.keep(photo.read_bytes(), sha=photo.name)
    return f"已恢复:日志{manifest['entries']}条,影像{manifest['photos']}个。请运行 anlan verify 核对"


def _opened(path: Path, work: Path) -> dict[str, Any]:
    broken = Reason("备份文件不完整或被改动,没有恢复任何数据。请换一份备份")
    try:
        with tarfile.open(path) as tar:
            tar.extractall(work, filter="data")
        manifest = json.loads((work / MANIFEST).read_text(encoding="utf-8"))
        whole = all(_sha(work / name) == sha for name, sha in manifest["files"].items())
        folder = work / "photos"
        photos = list(folder.iterdir()) if folder.is_dir() else []
        whole = whole and len(photos) == manifest["photos"] and all(_sha(p) == p.name for p in photos)
    except (tarfile.TarError, OSError, ValueError, KeyError, EOFError) as error:
        raise Refused(broken) from error
    if not whole:
        raise Refused(broken)
    return manifest


def _has_data() -> bool:
    names = connection.introspection.table_names()
    return "people_user" in names and _count("people_user") > 0


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  a name of ours
        return cursor.fetchone()[0]


def _sqlite_in(work: Path) -> None:
    """Into the open database, page by page, so that nobody holds a deleted file."""
    connection.ensure_connection()
    with sqlite3.connect(work / DATABASE) as copy:
        copy.backup(connection.connection)
    copy.close()


def _postgres_in(work: Path, names: Iterable[str]) -> None:
    """Into an emptied schema made by the migrations of this program."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0, interactive=False)
    tables = [name.removesuffix(".copy") for name in names]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:  # what migrations put in goes; the journal would refuse to be emptied
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables) + " CASCADE")
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        for table in tables:
            into = f'COPY "{table}" ({_columns(table)}) FROM STDIN'
            with (work / f"{table}.copy").open("rb") as file, cursor.copy(into) as copy:
                shutil.copyfileobj(file, _Into(copy))
        for table in tables:
            _restart_sequences(cursor, table)
        for source in search.SOURCES.values():
            search.rebuild(source)


class _Into:
    def __init__(self, copy: Any):
        self.write = copy.write


def _restart_sequences(cursor: Any, table: str) -> None:
    for found in connection.introspection.get_sequences(cursor, table):
        column, name = found["column"], found["name"]
        cursor.execute(
            f'SELECT setval(%s, COALESCE((SELECT max("{column}") FROM "{table}"), 0) + 1, false)',  # noqa: S608
            [name],
        )
