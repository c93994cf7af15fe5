"""Triggers that refuse to change or delete what must stand.

Made in post_migrate from one list, because on SQLite a table rebuilt by a migration loses its
triggers in silence; `anlan verify` checks that they are there.
"""

from django.db import connections
from django.db.models.signals import post_migrate

#: tables in which nothing is ever changed or deleted
APPEND_ONLY = ("kernel_journalentry", "kernel_seal", "kernel_accesslog")
_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION anlan_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$
"""


def connect() -> None:
    post_migrate.connect(install, dispatch_uid="anlan.kernel.triggers")


def install(sender=None, using: str = "default", **kwargs) -> None:
    """Make the triggers that are missing."""
    if sender is not None and sender.name != "anlan.kernel":
        return
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PG_FUNCTION)
        for table in APPEND_ONLY:
            if table not in tables:
                continue
            for verb in ("UPDATE", "DELETE"):
                name = f"{table}_no_{verb.lower()}"
                if connection.vendor == "postgresql":
                    cursor.execute(
                        f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} "
                        f"FOR EACH STATEMENT EXECUTE FUNCTION anlan_refuse()"
                    )
                else:
                    cursor.execute(
                        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} "
                        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
                    )


def missing(using: str = "default") -> list[str]:
    """Names of triggers that should be there and are not, or are switched off."""
    connection = connections[using]
    wanted = {f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {row[0] for row in cursor.fetchall()}
    return sorted(wanted - there)
