"""Pages of a list by signed cursor: the next page starts after a key, never after a count.

A cursor is signed together with what was asked and who asked (filters, position): somebody else's
cursor, or one from another filter, is refused in words. Sort keys are never null.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet

from anlan.kernel.words import Reason, Refused

SALT = "anlan.cursor"


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `next` and `previous` are cursors, "" at an end."""

    rows: list[Any]
    next: str
    previous: str


def binding(*parts: Any) -> str:
    """What a cursor belongs to, as a short hash."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def page(
    queryset: QuerySet,
    *,
    key: str,
    cursor: str,
    bound: str,
    size: int = 50,
    ascending: bool = False,
    values=(),
    column: str = "",
) -> Page:
    """`size` rows sorted by (key, id), after or before the cursor. Raises Refused for a foreign cursor.

    `column`: where the key "pk" is sorted by, when an index beside the table holds it in order.
    """
    backwards, after = _read(cursor, bound) if cursor else (False, None)
    up = ascending is not backwards
    op, sign = ("gt", "") if up else ("lt", "-")
    if key == "pk":
        column = column or "pk"
        if after is not None:
            queryset = queryset.filter(**{f"{column}__{op}": after[1]})
        queryset = queryset.order_by(f"{sign}{column}")
    else:
        if after is not None:
            at, pk = after
            queryset = queryset.filter(**{f"{key}__{op}e": at}).filter(
                Q(**{f"{key}__{op}": at}) | Q(**{key: at, f"pk__{op}": pk})
            )
        queryset = queryset.order_by(f"{sign}{key}", f"{sign}pk")
    rows = list((queryset.values(*values) if values else queryset)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    has_next = more if not backwards else True
    has_previous = (more if backwards else after is not None) if rows else False
    return Page(
        rows,
        _write(rows[-1], key, bound, False) if rows and has_next else "",
        _write(rows[0], key, bound, True) if rows and has_previous else "",
    )


def _get(row: Any, name: str) -> Any:
    if not isinstance(row, dict):
        return getattr(row, name)
    return row.get("pk", row.get("id")) if name == "pk" else row[name]


def _write(row: Any, key: str, bound: str, backwards: bool) -> str:
    value = _get(row, key)
    kind = "t" if isinstance(value, datetime) else "d" if isinstance(value, date) else "v"
    said = value.isoformat() if kind != "v" else value
    return signing.dumps([bound, int(backwards), kind, said, _get(row, "pk")], salt=SALT)


def _read(cursor: str, bound: str) -> tuple[bool, tuple[Any, int]]:
    try:
        of, backwards, kind, said, pk = signing.loads(cursor, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Refused(Reason("翻页标记无效,请从第一页重新查看")) from None
    if of != bound:
        raise Refused(Reason("翻页标记属于另一次查询或另一位用户,请从第一页重新查看"))
    at = datetime.fromisoformat(said) if kind == "t" else date.fromisoformat(said) if kind == "d" else said
    return bool(backwards), (at, pk)
