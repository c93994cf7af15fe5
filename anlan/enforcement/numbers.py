"""Numbers without gap: one series per agency, type and year, counted up inside the act that uses it."""

from django.db import connection

from anlan.enforcement.models import Document, DocumentSeries


def take(d: Document, *, year: int) -> int:
    """The next number of a document's series.

    One statement that locks the series' row until the act ends: who approves at the same time waits and
    gets the next one; an act that fails gives its number back with everything else.
    """
    table = connection.ops.quote_name(DocumentSeries._meta.db_table)
    sql = (
        f"INSERT INTO {table} (agency_id, type, year, last) VALUES (%s, %s, %s, 1) "  # noqa: S608
        f"ON CONFLICT (agency_id, type, year) DO UPDATE SET last = {table}.last + 1 RETURNING last"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [d.agency_id, d.type, year])
        return int(cursor.fetchone()[0])


def written(d: Document, *, year: int, no: int) -> str:
    """（金水）应急责改〔2019〕12号: word, year in hexagonal brackets, number without padding."""
    return f"{d.word}〔{year}〕{no}号"
