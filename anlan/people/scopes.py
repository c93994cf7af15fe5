"""What a token may be made for: always a part of what its position may, never more. Pure.

A scope opens capabilities, and so the workflow itself says which acts a token can carry out. What belongs
to accounts, calendars and the journal is never opened to a program.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Scope:
    """`can`: capabilities by name; one ending in a dot means all that begin with it.

    `reads`: whether GET is open. Who reports must see the firm that he names, but may not read.
    """

    code: str
    label: Any
    meant: Any
    can: frozenset[str]
    reads: bool = False


_PERSONAL = frozenset({"register.see_personal", "evidence.original"})
#: what opens the lists of the API
_SEEING = frozenset({"see", "figures.see", "campaign.see", "duty.see"})

SCOPES: dict[str, Scope] = {
    s.code: s
    for s in (
        Scope("read", _("读取"), _("看职责范围内的各项记录和统计"), _SEEING, True),
        Scope("report", _("上报"), _("登记隐患、上传照片"), frozenset(
            {"see", "hazard.register", "hazard.fix_on_spot", "hazard.propose_major", "evidence.upload"})),
        Scope("act", _("办理"), _("这一职务能办的各项,含读取"), frozenset(
            _SEEING | {"hazard.", "visit.", "register.", "document.", "campaign.", "duty.", "evidence.upload"}), True),
        Scope("personal", _("个人信息"), _("责任人姓名电话、照片原件"), _PERSONAL),
    )
}  # fmt: skip


def granted(scopes: Iterable[str], *, can: frozenset[str]) -> frozenset[str]:
    """What of a position's capabilities is left to a token with these scopes."""
    found: set[str] = set()
    for scope in (SCOPES[code] for code in scopes if code in SCOPES):
        found |= {c for c in can if c in scope.can or f"{c.split('.', 1)[0]}." in scope.can}
        if "personal" not in scopes:
            found -= _PERSONAL
    return frozenset(found)


def reads(scopes: Iterable[str]) -> bool:
    return any(SCOPES[code].reads for code in scopes if code in SCOPES)


def offered(can: frozenset[str]) -> list[tuple[str, Any]]:
    """The scopes that mean something in a position."""
    return [
        (s.code, format_lazy("{label} · {meant}", label=s.label, meant=s.meant))
        for s in SCOPES.values()
        if (found := granted([s.code], can=can)) and (s.reads or found != {"see"})
    ]
