"""Rows into a table by one statement, prepared once: what an act writes, for one row or for many.

The same values reach the database as through `bulk_create`; spared is a statement compiled, and a field
asked, for every value of every row.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache, lru_cache, partial
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

from django.db import connection, connections, models, transaction
from django.db.models.base import ModelState

from anlan.kernel.hashed import Hash

#: rows in one statement, where each is spelt out
CHUNK = 500
#: rows for which PostgreSQL is worth a table of passage
MANY = 5_000
#: values that go to either database as they are
_AS_IS: tuple[tuple[type[models.Field], type], ...] = (
    (models.CharField, str),
    (models.TextField, str),
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.ForeignKey, int),
)


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, all with their keys or all without. Raises IntegrityError."""
    if not rows:
        return
    insert_plain(type(rows[0]), [row.__dict__ for row in rows], keyed=rows[0].pk is not None)
    alias = connection.alias
    for row in rows:
        row._state.adding, row._state.db = False, alias


def insert_plain(
    model: type[models.Model], rows: Sequence[dict[str, Any]], *, keyed: bool = False, unless_there: bool = False
) -> None:  # fmt: skip
    """Insert rows told by attribute, every column of each. Raises IntegrityError.

    `keyed`: they bring their keys. `unless_there`: one that a unique constraint knows is passed over.
    """
    if not rows:
        return
    ready, there = _preparation(model, keyed), connections[connection.alias]
    values = [ready(row, there) for row in rows]
    write(model, names(model, keyed=keyed), values, unless_there=unless_there)


def blank(model: type[models.Model], key: int | None) -> Any:
    """A new row as `model(pk=key)` makes it, without asking every field for its default every time.

    No pre_init or post_init is sent: nothing here listens to them.
    """
    values, fresh, pk = _defaults(model)
    row: Any = model.__new__(model)
    row._state = ModelState()
    row.__dict__.update(values)
    for name, default in fresh:
        row.__dict__[name] = default()
    row.__dict__[pk] = key
    return row


def new(model: type[models.Model], **values: Any) -> Any:
    """A new row without a key as `model(**values)` makes it; see `blank`. Raises TypeError for an unknown name."""
    columns, relations = _said(model)
    row = blank(model, None)
    for name, attname in relations:
        if name in values:
            other = row._state.fields_cache[name] = values.pop(name)
            row.__dict__[attname] = None if other is None else other.pk
    if not columns.issuperset(values):
        raise TypeError(f"{model.__name__} has no {', '.join(values.keys() - columns)}")
    row.__dict__.update(values)
    return row


@cache
def _said(model: type[models.Model]) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The columns of a model by attribute, and its relations: (name, attribute)."""
    fields = model._meta.concrete_fields
    relations = tuple((f.name, f.attname) for f in fields if f.name != f.attname)
    return frozenset(f.attname for f in fields), relations


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]], str]:
    """What every new row has, what is made anew for each, and the name of the key."""
    values = {k: v for k, v in model().__dict__.items() if k != "_state"}
    fresh: list[tuple[str, Callable[[], Any]]] = [
        (f.attname, f.get_default)
        for f in model._meta.concrete_fields
        if f.has_default() and callable(f.default)
    ]
    assert model._meta.pk is not None
    return values, fresh, model._meta.pk.attname


def write(
    model: type[models.Model], columns: Sequence[str], values: Sequence[Sequence[Any]], *, unless_there: bool = False
) -> None:  # fmt: skip
    """Insert values that are as the database wants them; `columns` by attribute name."""
    written = _columns(model, tuple(columns))
    put(model._meta.db_table, written, values, where_there="DO NOTHING" if unless_there else "")


@cache
def _columns(model: type[models.Model], attributes: tuple[str, ...]) -> tuple[str, ...]:
    fields = {f.attname: f for f in model._meta.concrete_fields}
    return tuple(str(fields[name].column) for name in attributes)


def put(
    table: str, columns: Sequence[str], values: Sequence[Sequence[Any]], *, where_there: str = ""
) -> None:  # fmt: skip
    """Insert into a table by its own names. Many rows go to PostgreSQL by COPY, at a third of what inserts cost.

    `where_there` is what follows ON CONFLICT, in SQL.
    """
    there = connections[connection.alias]
    into, listed, one = _spelt(table, tuple(columns), there.vendor)
    insert = f"INSERT INTO {into} VALUES "  # noqa: S608  names come from the model
    then = f" ON CONFLICT {where_there}" if where_there else ""
    with there.cursor() as cursor:
        if len(values) == 1 or there.vendor != "postgresql":
            sql = f"{insert}{one}{then}"
            if len(values) == 1:
                cursor.execute(sql, values[0])
            else:
                cursor.executemany(sql, values)
        elif then and len(values) > MANY:
            empty = f"SELECT {listed} FROM {table} WITH NO DATA"  # noqa: S608
            with transaction.atomic():
                cursor.execute(f"CREATE TEMP TABLE arriving ON COMMIT DROP AS {empty}")
                put("arriving", columns, values)
                cursor.execute(f"INSERT INTO {into} SELECT {listed} FROM arriving{then}")  # noqa: S608
                cursor.execute("DROP TABLE arriving")
        elif then:  # which COPY cannot say
            for i in range(0, len(values), CHUNK):
                part = values[i : i + CHUNK]
                rows = ", ".join([one] * len(part))
                cursor.execute(f"{insert}{rows}{then}", [v for row in part for v in row])
        else:
            with there.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)


@cache
def _spelt(table: str, columns: tuple[str, ...], vendor: str) -> tuple[str, str, str]:
    """A table with its columns, the columns, and places for the values of a row."""
    quote = connection.ops.quote_name
    listed = ", ".join(map(quote, columns))
    return f"{quote(table)} ({listed})", listed, f"({', '.join(['%s'] * len(columns))})"


@cache
def names(model: type[models.Model], *, keyed: bool) -> tuple[str, ...]:
    """The columns of an insert, by attribute name."""
    return tuple(f.attname for f in model._meta.concrete_fields if keyed or not f.primary_key)


@cache
def _preparation(model: type[models.Model], keyed: bool) -> Callable[[dict[str, Any], Any], list[Any]]:
    """A function from a row's attributes to the values of its columns."""
    pick = itemgetter(*names(model, keyed=keyed))

    def ready(row: dict[str, Any], there: Any) -> list[Any]:
        values = list(pick(row))
        for n, prepared in _unlike(model, keyed, tuple(map(type, values)), there.vendor):
            values[n] = prepared(values[n])
        return values

    return ready


@lru_cache(maxsize=10_000)
def _unlike(
    model: type[models.Model], keyed: bool, kinds: tuple[type, ...], vendor: str
) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """The columns whose values, being of these types, do not go to the database as they are, and how they go."""
    fields: dict[str, Any] = {f.attname: f for f in model._meta.concrete_fields}
    columns = [fields[name] for name in names(model, keyed=keyed)]
    return tuple(
        (n, _prepared(field, kind, vendor))
        for n, (field, kind) in enumerate(zip(columns, kinds, strict=True))
        if kind is not type(None) and kind is not _as_is(field)
    )


@cache
def _prepared(field: models.Field, kind: type, vendor: str) -> Callable[[Any], Any]:
    """How values of a type reach a column: what is frequent without asking the field every time."""
    if issubclass(kind, Enum):
        return attrgetter("value")
    asked = partial(field.get_db_prep_save, connection=connection)
    if kind is str and isinstance(field, Hash):
        return bytes.fromhex
    if kind is list and isinstance(field, models.JSONField):
        empty = asked([])
        return lambda value: asked(value) if value else empty
    if kind is date:
        return lru_cache(maxsize=1000)(asked)  # the same few in every row
    if vendor == "sqlite" and kind is datetime and isinstance(field, models.DateTimeField):
        return _instant
    if vendor == "sqlite" and kind is UUID and isinstance(field, models.UUIDField):
        return attrgetter("hex")
    return asked


def _instant(value: datetime) -> str:
    """An aware instant as SQLite keeps it, in UTC."""
    if value.tzinfo is None:
        raise ValueError(f"{value} says no time zone")
    return str(value.astimezone(UTC).replace(tzinfo=None))


def _as_is(field: models.Field) -> type | None:
    return next((kind for known, kind in _AS_IS if isinstance(field, known)), None)
