"""Rows into a table by one statement, prepared once: what an act writes, for one row or for many.

The same values reach the database as through `bulk_create`; spared is a statement compiled, and a field
asked, for every value of every row.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connection, models

#: values that go to either database as they are
_AS_IS: tuple[tuple[type[models.Field], type], ...] = (
    (models.CharField, str),
    (models.TextField, str),
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.ForeignKey, int),
)


def insert(rows: Sequence[models.Model], *, unless_there: bool = False) -> None:
    """Insert rows of one model, all with their keys or all without. Raises IntegrityError.

    `unless_there`: a row that a unique constraint knows already is passed over.
    """
    if not rows:
        return
    keyed = rows[0].pk is not None
    ready, kept = _preparation(type(rows[0]), keyed), {}
    values = [ready(row.__dict__, kept) for row in rows]
    write(type(rows[0]), names(type(rows[0]), keyed=keyed), values, unless_there=unless_there)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def write(
    model: type[models.Model], columns: Sequence[str], values: Sequence[Sequence[Any]], *, unless_there: bool = False
) -> None:  # fmt: skip
    """Insert values that are as the database wants them; `columns` by attribute name."""
    quote = connection.ops.quote_name
    fields = {f.attname: f for f in model._meta.concrete_fields}
    listed = ", ".join(quote(str(fields[name].column)) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    end = " ON CONFLICT DO NOTHING" if unless_there else ""
    table = quote(model._meta.db_table)
    sql = f"INSERT INTO {table} ({listed}) VALUES ({marks}){end}"  # noqa: S608  names come from the model
    with connection.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(sql, values[0])
        else:
            cursor.executemany(sql, values)


@cache
def names(model: type[models.Model], *, keyed: bool) -> tuple[str, ...]:
    """The columns of an insert, by attribute name."""
    return tuple(f.attname for f in model._meta.concrete_fields if keyed or not f.primary_key)


@cache
def _preparation(model: type[models.Model], keyed: bool) -> Callable[[dict[str, Any], dict], list[Any]]:
    """A function from a row's attributes to the values of its columns."""
    columns = names(model, keyed=keyed)
    fields: dict[str, Any] = {f.attname: f for f in model._meta.concrete_fields}
    pick = itemgetter(*columns)
    asks = [(n, fields[name], _as_is(fields[name])) for n, name in enumerate(columns)]

    def ready(row: dict[str, Any], kept: dict[tuple[int, Any], Any]) -> list[Any]:
        values = list(pick(row))
        for n, field, as_is in asks:
            value = values[n]
            if value is None or type(value) is as_is:
                continue
            if isinstance(value, Enum):
                values[n] = value.value
            elif isinstance(field, models.DateField):  # the same few days and instants in every row
                if (n, value) not in kept:
                    kept[n, value] = field.get_db_prep_save(value, connection)
                values[n] = kept[n, value]
            else:
                values[n] = field.get_db_prep_save(value, connection)
        return values

    return ready


def _as_is(field: models.Field) -> type | None:
    return next((kind for known, kind in _AS_IS if isinstance(field, known)), None)
