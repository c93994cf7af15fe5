"""Refusals as data: a rule returns a Reason, and only the edge turns it into words.

Standard library only, so that rules stay pure. The msgid is the Chinese sentence itself; catalogues
translate it. A sentence says what is wrong and what to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not. `params` fill `%(name)s` places of the msgid after translation."""

    msgid: str
    params: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    def __str__(self) -> str:
        return self.msgid % self.params if self.params else self.msgid


class Refused(Exception):
    """An act was asked for that the rules do not allow; nothing has been changed.

    `field` names the input at fault, where there is one, so that a form can stand beside it.
    """

    def __init__(self, reason: Reason, field: str = ""):
        self.reason = reason
        self.field = field
        super().__init__(str(reason))


class Conflict(Refused):
    """The same act id came with other inputs, or the record has moved on since it was read."""


def require(reason: Reason | None, field: str = "") -> None:
    """Refuse where a rule gave a reason. Raises Refused."""
    if reason is not None:
        raise Refused(reason, field)


def text_given(*, text: str, what: str, least: int = 2) -> Reason | None:
    """`what` was written, in at least so many characters; one alone says nothing."""
    if not text.strip():
        return Reason("请填写%(what)s", {"what": what})
    if len(text.strip()) < least:
        return Reason("%(what)s至少写%(least)s个字", {"what": what, "least": least})
    return None
