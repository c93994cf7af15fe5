"""Canonical text of records and inputs: one way to write a value, so that its hash means something."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.db import models

#: what is canonical already; a subclass, a member of a choice say, is not
AS_IS = frozenset({str, int, bool, type(None)})
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(value: Any) -> Any:
    """A value as text, integer, truth value, None, list or object. Raises TypeError for a float."""
    kind = type(value)
    if kind in AS_IS:
        return value
    form = _FORMS.get(kind)
    if form is None:
        form = _FORMS[kind] = _form(kind)
    return form(value)


def _form(kind: type) -> Callable[[Any], Any]:
    """How values of a type are written: asked once for each type."""
    for known, form in _KNOWN:
        if issubclass(kind, known):
            return form
    if hasattr(kind, "__canonical__"):
        return kind.__canonical__
    raise TypeError(f"{kind.__name__} has no canonical form")


_FORMS: dict[type, Callable[[Any], Any]] = {}
#: the first that fits: a choice is an Enum before it is a text, an instant a datetime before it is a date
_KNOWN: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Enum, lambda value: plain(value._value_)),
    (int, int),
    (str, str),
    (datetime, lru_cache(10_000)(lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"))),
    (date, date.isoformat),
    (Decimal, lambda value: format(value.normalize(), "f")),
    (UUID, str),
    (models.Model, lambda value: f"{value._meta.label_lower}:{value.pk}"),
    (Mapping, lambda value: {str(k): plain(v) for k, v in value.items()}),
    ((list, tuple), lambda value: [plain(v) for v in value]),
    ((set, frozenset), lambda value: sorted(plain(v) for v in value)),
    (bytes, bytes.hex),
)


def text(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, no escapes beyond those JSON demands."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError:  # beyond 64 bits, or half a character: the same rules, slower
        return _JSON.encode(value)


def raw(value: Any) -> bytes:
    """The same in UTF-8, for whoever hashes or stores it: a text of Chinese is dear to encode twice.

    Raises UnicodeEncodeError for half a character.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return _JSON.encode(value).encode()


def digest(*parts: str | bytes) -> str:
    """SHA-256 over the parts, each preceded by its length, as hex."""
    told = bytearray()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        told += len(raw).to_bytes(8, "big")
        told += raw
    return hashlib.sha256(told).hexdigest()
