"""Small reads that every request asks: their SQL is worked out once, then only the values differ.

Working out the SQL of a small read costs Django several times what the database needs to answer it. A read
here is an ordinary queryset, made once with blanks where values will stand; nothing that was read is kept.
"""

from collections.abc import Callable
from copy import copy
from datetime import date, datetime
from inspect import signature
from types import SimpleNamespace
from typing import Any

from django.db import connection, connections
from django.db.models import Expression, QuerySet


class Blank(Expression):
    """Stands where a value will."""

    def __init__(self, name: str):
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Read:
    """A read with its SQL worked out: `read(name=value, …)` gives its rows, as the queryset would."""

    def __init__(self, queryset: QuerySet):
        query = queryset.query
        self.compiler = query.get_compiler(using=connection.alias)
        self.sql, params = self.compiler.as_sql()
        self.params = tuple(params)
        self.rows: Any = queryset._iterable_class  # type: ignore[attr-defined]
        fields = [s[0] for s in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(fields)
        #: what an iterable asks of its queryset
        self.fixed: dict[str, Any] = {
            "model": queryset.model, "_fields": queryset._fields, "_known_related_objects": {},  # type: ignore[attr-defined]
        }  # fmt: skip
        self.selected = {
            "selected": query.selected, "extra_select": query.extra_select, "values_select": query.values_select,
            "annotation_select": query.annotation_select,
        }  # fmt: skip

    def __call__(self, **values: Any) -> list[Any]:
        compiler = copy(self.compiler)
        compiler.connection = connections[connection.alias]
        said = tuple(_said(values[p.name]) if isinstance(p, Blank) else p for p in self.params)
        compiler.as_sql = lambda *args, **kwargs: (self.sql, said)
        compiler.get_converters = lambda fields: self.converters
        query = SimpleNamespace(get_compiler=lambda *args, **kwargs: compiler, **self.selected)
        return list(self.rows(SimpleNamespace(db=connection.alias, query=query, **self.fixed)))


def _said(value: Any) -> Any:
    """A value as the database wants it; nothing is equal to None, so it may not stand in a blank."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if value is None or not isinstance(value, (int, str)):
        raise TypeError(f"{value!r} cannot stand in a blank")
    return value


def kept(make: Callable[..., QuerySet]) -> Callable[..., list[Any]]:
    """A function that makes a queryset of its arguments becomes one that reads it, by those names.

    It is called once, with blanks: it may compare them, and not decide by them.
    """
    names = tuple(signature(make).parameters)
    reads: dict[str, Read] = {}

    def read(**values: Any) -> list[Any]:
        found = reads.get(connection.vendor)
        if found is None:
            found = reads[connection.vendor] = Read(make(**{name: Blank(name) for name in names}))
        return found(**values)

    read.__doc__, read.__name__, read.__module__ = make.__doc__, make.__name__, make.__module__
    return read
