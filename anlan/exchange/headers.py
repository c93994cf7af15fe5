"""Which column is which: a kind of sheet names its fields and what offices call them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

#: the columns that a sheet which came back carries beside its own
ANNOTATIONS = ("未接收原因", "怎样修改", "原表行号")
#: a running number that says nothing
COUNTERS = frozenset({"序号", "编号顺序", "No", "NO"})
_NOISE = re.compile(r"[\s\*::()()【】\[\]]+")


def plain(header: str) -> str:
    return _NOISE.sub("", header)


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name in code, its label, what people call it, and by which vocabulary it is understood.

    `must`: a row without it is none. `hint` stands over the column of the template.
    """

    name: str
    label: Any
    also: tuple[str, ...] = ()
    values: str = ""
    must: bool = False
    is_day: bool = False
    hint: Any = ""


@dataclass(frozen=True)
class Kind:
    """A kind of sheet: its columns, who may send it, how a row becomes the inputs of an act.

    `told_by`: fields of which a header must have all, so that it is of this kind. `at_once`: rows taken in
    while the person waits; longer sheets are left to the worker. `only_if_told`: a header that lacks one of
    `told_by` is of another kind, unless the person names this one.
    """

    name: str
    label: Any
    may: str
    fields: tuple[Field, ...]
    told_by: frozenset[str]
    reader: Any
    at_once: int = 2000
    only_if_told: bool = False
    examples: tuple[dict[str, str], ...] = field(default=())

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    @cached_property
    def _known(self) -> dict[str, str]:
        return {plain(said): f.name for f in self.fields for said in (str(f.label), *f.also)}

    @cached_property
    def form(self) -> tuple[str, ...]:
        """The headers of the form, as the template has them; the first synonym is the form's own name."""
        return tuple(f.also[0] for f in self.fields if f.also)

    def field_of(self, header: str) -> str | None:
        """The field that a header means, None for a stranger."""
        return None if header in ANNOTATIONS else self._known.get(plain(header))

    def fields_of(self, headers: Iterable[str]) -> dict[str, str]:
        """header → field, each field once: where two columns mean the same, the one with the form's own name."""
        found: dict[str, str] = {}
        taken: dict[str, str] = {}
        for header in headers:
            name = self.field_of(header) or ""
            other = taken.get(name)
            if name and other is not None and plain(header) != plain(self.by_name[name].also[0]):
                name = ""
            elif name and other is not None:
                found[other] = ""
            if name:
                taken[name] = header
            found[header] = name
        return found

    def must(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields if f.must)
