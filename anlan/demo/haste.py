"""Loading a whole city in little time: no waiting for the disk, and the plain indexes of large tables made afterwards.

An index that grows row by row in no order costs more than the rows; made at the end it is sorted once. Nothing that
guards the data is put aside: keys, unique constraints and checks stand throughout. Whatever is broken off is begun
anew (see play), so nobody ever works with what is missing here.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress

from django.db import OperationalError, connection

from anlan.evidence.models import Attachment
from anlan.hazards.finding import HazardIndex
from anlan.hazards.models import Hazard
from anlan.inspections.models import Answer, Finding, Participant, Visit
from anlan.kernel import tally
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Access
from anlan.notices.models import Notice
from anlan.people.models import Organisation
from anlan.register.finding import EnterpriseIndex
from anlan.register.models import Enterprise

#: tables that grow by the hundred thousand and are not read by these indexes while they do
LARGE = (Hazard, Visit, Answer, Finding, Participant, Attachment, JournalEntry, Access, tally.TallyDay, HazardIndex,
         EnterpriseIndex)  # fmt: skip
#: of what stands throughout, what PostgreSQL grew in no order at all: made anew it takes two thirds of the room
SCATTERED = {
    "sqlite": (),
    "postgresql": (
        "REINDEX INDEX journal_chain_has_no_fork", "REINDEX INDEX evidence_upload_used_once",
        "REINDEX INDEX visit_recorded_once",
        *(f"REINDEX TABLE {model._meta.db_table}" for model in (Access, Enterprise, Notice, Organisation)),
    ),
}  # fmt: skip
HASTY = {
    "sqlite": (
        "PRAGMA synchronous = OFF",
        "PRAGMA cache_size = -196608",
        "PRAGMA wal_autocheckpoint = 20000",
    ),
    "postgresql": ("SET synchronous_commit = off", "SET maintenance_work_mem = '256MB'"),
}
CAREFUL = {
    "sqlite": ("PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA synchronous = FULL", "PRAGMA cache_size = -65536",
               "PRAGMA wal_autocheckpoint = 1000", "ANALYZE"),
    # what the planner knows PostgreSQL gathers by itself
    "postgresql": ("SET synchronous_commit = on", "RESET maintenance_work_mem", "VACUUM kernel_tallyline"),
}  # fmt: skip
_PLAIN = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql LIKE 'CREATE INDEX%%'",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND schemaname = current_schema() "
    "AND indexdef LIKE 'CREATE INDEX%%'",
}


@contextmanager
def unwaiting() -> Iterator[None]:
    """Load within, without waiting for the disk. Within a transaction nothing is changed."""
    if connection.in_atomic_block:
        yield
        return
    _say(HASTY[connection.vendor])
    try:
        yield
    finally:
        _say(CAREFUL[connection.vendor])


@contextmanager
def hasty() -> Iterator[None]:
    """Load large tables within; afterwards their indexes stand as before. Within a transaction nothing is changed.

    The collector of cycles looks seldom meanwhile: it would go through a plan of a million parts again and again.
    """
    if connection.in_atomic_block:
        yield
        return
    plain = _put_aside()
    before = gc.get_threshold()
    gc.set_threshold(50_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        _say([*(sql for _name, sql in plain), "ANALYZE"])
        for statement in SCATTERED[connection.vendor]:
            with suppress(OperationalError):  # somebody reads there: it stays as large as it is
                _say([statement])


def counted_once() -> AbstractContextManager[None]:
    """Count at the end what is loaded within. Within a transaction it is counted act by act."""
    return nullcontext() if connection.in_atomic_block else tally.gathering()


def _plain() -> list[tuple[str, str]]:
    """The indexes that guard nothing: their names, and the statements that make them."""
    found: list[tuple[str, str]] = []
    with connection.cursor() as cursor:
        for model in LARGE:
            cursor.execute(_PLAIN[connection.vendor], [model._meta.db_table])
            found += cursor.fetchall()
    return found


def _put_aside() -> list[tuple[str, str]]:
    found = _plain()
    with connection.cursor() as cursor:
        for name, _sql in found:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    return found


def _say(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
