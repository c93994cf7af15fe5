"""Numbers without gap: one series per organisation, kind and year, counted up inside the act that uses it."""

from django.db import connection

from anlan.figures.bulletins.models import Bulletin, BulletinSeries
from anlan.figures.bulletins.states import Kind


def take(b: Bulletin, *, year: int) -> int:
    """The next number. The series' row is locked until the act ends; an act that fails gives its number back."""
    table = connection.ops.quote_name(BulletinSeries._meta.db_table)
    sql = (
        f"INSERT INTO {table} (organisation_id, kind, year, last) VALUES (%s, %s, %s, 1) "  # noqa: S608
        f"ON CONFLICT (organisation_id, kind, year) DO UPDATE SET last = {table}.last + 1 RETURNING last"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [b.organisation_id, b.kind, year])
        return int(cursor.fetchone()[0])


def written(b: Bulletin, *, year: int, no: int) -> str:
    """安委办〔2019〕3号 of a 通报; issues of 简报 and 战报 are counted: 2019年第3期."""
    return f"{b.word}〔{year}〕{no}号" if b.kind == Kind.NOTICE else f"{year}年第{no}期"
