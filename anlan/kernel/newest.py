"""A list of the newest rows that hold a text, where PostgreSQL's own plan would walk the whole table.

A list shows the newest fifty. Of a text that many rows hold, the planner walks the table from its newest row and is
soon done; it cannot know that all that hold the text are old, and then walks through everything that came after. So
a large table is looked into first: where its newest rows do not fill a page, the index of words says how many there
are and which is the newest; few are asked for by name, of many the walk begins at the newest.
"""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

#: a table with fewer keys is walked in good time
LARGE = 200_000
#: so many of the newest rows are looked through; a page and one more of them is enough
NEWEST = 4_000
ENOUGH = 101
#: so many keys are handed to a query by name
BY_NAME = 2_000


def narrowed(rows: QuerySet, *, table: str, asked: str) -> QuerySet:
    """Rows of which those that hold the text are the same as before, found sooner.

    `asked` is the tsquery, `table` the words' own. On a small table, and where the newest rows have enough, nothing
    is changed.
    """
    with connection.cursor() as cursor:

        def ask(statement: str, *params: Any) -> list[int]:
            cursor.execute(statement, params)
            return [row[0] for row in cursor.fetchall()]

        last = ask(f"SELECT coalesce(max(rowid), 0) FROM {table}")[0]  # noqa: S608
        if last < LARGE:
            return rows
        near = f"SELECT grams FROM {table} WHERE rowid > %s OFFSET 0"  # noqa: S608
        enough = f"SELECT 1 FROM ({near}) n WHERE grams @@ %s::tsquery LIMIT %s"  # noqa: S608
        if len(ask(enough, last - NEWEST, asked, ENOUGH)) == ENOUGH:
            return rows
        held = f"SELECT rowid FROM {table} WHERE grams @@ %s::tsquery OFFSET 0"  # noqa: S608
        cursor.execute(f"SELECT count(*), max(rowid) FROM ({held}) h", [asked])  # noqa: S608
        found, newest = cursor.fetchone()
        if found > BY_NAME:
            # said of both tables: the planner infers neither from the other
            return rows.filter(pk__lte=newest, index__pk__lte=newest)
        keys = ask(held, asked) if found else []
    return rows.filter(pk__in=keys) if keys else rows.none()
