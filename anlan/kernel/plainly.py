"""Stored rows in canonical form, read with no more conversion than each column needs.

What `canonical.plain` says of a value, without making the value first: on SQLite days and moments are
text already. For reading everything there is; one record is read as everywhere else.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection, models
from django.db.models.functions import Cast

from anlan.kernel import canonical

Form = Callable[[Any], Any]
CHUNK = 2000


def _moment(said: str) -> str:
    """As SQLite keeps it: "2019-09-02 01:00:00", the fraction only where there is one."""
    day, _, clock = said.partition(" ")
    return f"{day}T{clock if '.' in clock else clock + '.000000'}+00:00"


def _uuid(said: str) -> str:
    return f"{said[:8]}-{said[8:12]}-{said[12:16]}-{said[16:20]}-{said[20:]}"


_AS_TEXT: dict[type[models.Field], Form | None] = {
    models.DateTimeField: _moment, models.DateField: None, models.UUIDField: _uuid,
}  # fmt: skip
#: what the driver gives is what canonical form says
_AS_IS = (models.CharField, models.TextField, models.IntegerField, models.AutoField)


class Columns:
    """The columns of a model by attribute name, and how each is read."""

    def __init__(self, model: type[models.Model], names: Sequence[str]):
        self.names = tuple(names)
        by_name = {f.attname: f for f in model._meta.concrete_fields}
        by_name["pk"] = by_name[model._meta.pk.attname]
        self._asked: list[Any] = []
        self._forms: list[tuple[int, Form]] = []
        for i, name in enumerate(names):
            asked, form = _how(by_name[name])
            self._asked.append(asked)
            if form is not None:
                self._forms.append((i, form))

    def rows(self, queryset: models.QuerySet) -> Iterator[list[Any]]:
        """Every row as a list in the order of the names."""
        forms = self._forms
        for values in queryset.values_list(*self._asked).iterator(chunk_size=CHUNK):
            row = list(values)
            for i, form in forms:
                if row[i] is not None:
                    row[i] = form(row[i])
            yield row


def _how(field: Any) -> tuple[Any, Form | None]:
    """What to ask the database for, and what to make of the answer."""
    target = field.target_field if field.is_relation else field
    if connection.vendor == "sqlite":
        if type(target) in _AS_TEXT:
            return Cast(field.attname, models.TextField()), _AS_TEXT[type(target)]
        if type(target) is models.BooleanField:  # 1 == True; anything else than 0 and 1 differs
            return Cast(field.attname, models.IntegerField()), None
    if isinstance(target, (*_AS_IS, models.BooleanField)):
        return field.attname, None
    return field.attname, canonical.plain


def defaults(model: type[models.Model], names: Sequence[str]) -> dict[str, Any]:
    """What a column holds of which no entry speaks: it was added later."""
    by_name = {f.attname: f for f in model._meta.concrete_fields}
    return {n: canonical.plain(f.get_default()) if not (f := by_name[n]).is_relation else None for n in names}
