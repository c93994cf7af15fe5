"""What each paper says, as plain values taken from the record.

A sheet knows no database: whoever has the record fills it through `from_record`. Whatever goes in is
stripped of characters that no printed page can show (controls, invisible and direction marks); a line
break is kept.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, ClassVar, Self

from anlan.enforcement.states import Kind

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_DIGITS = "〇一二三四五六七八九"


def clean(text: Any) -> str:
    """Text as a page can show it. Line ends become \\n, tabs a space; nothing else is changed."""
    text = str(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _UNPRINTABLE.sub("", text).strip()


def chinese_date(day: date, *, numerals: bool = False) -> str:
    """2019年10月8日, or 二〇一九年十月八日 where numerals are asked for."""
    if not numerals:
        return f"{day.year}年{day.month}月{day.day}日"
    year = "".join(_DIGITS[int(d)] for d in str(day.year))
    return f"{year}年{_below_hundred(day.month)}月{_below_hundred(day.day)}日"


def _below_hundred(n: int) -> str:
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One hazard on the paper. `opinion` is what the review found, on a review opinion alone."""

    no: int
    description: str
    place: str = ""
    clause: str = ""
    requirement: str = ""
    deadline: date | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """An enforcement officer and the credential under which he signs."""

    name: str
    credential: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What every paper has."""

    kind: ClassVar[Kind]

    agency: str
    addressee: str
    lines: tuple[Line, ...]
    officers: tuple[Officer, ...] = ()
    numerals: bool = False
    copies: str = ""

    @classmethod
    def from_record(cls, *, lines: Iterable[Mapping[str, Any] | Line], **values: Any) -> Self:
        """A sheet from plain values; lines without a number are numbered from 1."""
        made = []
        for i, line in enumerate(lines, 1):
            one = asdict(line) if isinstance(line, Line) else dict(line)
            made.append(Line(**{"no": i, **_cleaned(one)}))
        officers = [
            Officer(**_cleaned(asdict(o) if isinstance(o, Officer) else dict(o)))
            for o in values.pop("officers", ())
        ]
        return cls(lines=tuple(made), officers=tuple(officers), **_cleaned(values))

    def context(self) -> dict[str, Any]:
        """As canonical values: what is stored, journalled and handed to the templates."""
        return _plain(asdict(self))

    @classmethod
    def load(cls, context: Mapping[str, Any]) -> Self:
        """The sheet again from its stored context."""
        known = {f.name: f for f in fields(cls)}
        values = {k: v for k, v in context.items() if k in known}
        for name in ("deadline", "reply_due", "decision_on", "inspected_on"):
            if values.get(name):
                values[name] = date.fromisoformat(values[name])
        values["lines"] = tuple(
            Line(**{**line, "deadline": _day(line.get("deadline"))}) for line in values.get("lines", ())
        )
        values["officers"] = tuple(
            Officer(**{**o, "valid_until": _day(o.get("valid_until"))}) for o in values.get("officers", ())
        )
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSheet(Sheet):
    """交办单： an office hands hazards to an organ, with a day by which it answers (GOV06)."""

    kind: ClassVar = Kind.HANDOVER

    subject: str = ""
    basis: str = ""
    requirement: str = ""
    reply_due: date | None = None
    reply_to: str = ""
    contact: str = ""
    copied_to: str = ""
    copies: str = "本单一式两份，一份交承办单位，一份由交办单位存档。"


@dataclass(frozen=True, slots=True, kw_only=True)
class RectifyOrder(Sheet):
    """责令限期整改指令书 (DOC04).

    `legal_basis` is the article in force on the day of the act, so the caller who knows the day gives it
    (2014 law art. 62, 2021 law art. 65). `government`, `court` and the two terms are the remedies
    (行政复议法 art. 20, 行政诉讼法 art. 46).
    """

    kind: ClassVar = Kind.RECTIFY_ORDER

    inspected_on: date | None = None
    legal_basis: str
    deadline: date
    government: str
    court: str
    review_term: str = "60日"
    suit_term: str = "6个月"
    heading: str = "安全生产行政执法文书"
    copies: str = "本文书一式两份：一份由本机关备案，一份交被检查单位。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOpinion(Sheet):
    """整改复查意见书 (DOC07): what was found when the order's term was over, line by line."""

    kind: ClassVar = Kind.REVIEW_OPINION

    decision: str = "责令限期整改"
    decision_number: str
    decision_on: date
    inspected_on: date | None = None
    opinion: str
    heading: str = "安全生产行政执法文书"
    copies: str = "本文书一式两份：一份由本机关备案，一份交被复查单位。"


SHEETS: dict[str, type[Sheet]] = {s.kind: s for s in (HandoverSheet, RectifyOrder, ReviewOpinion)}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: clean(v) if isinstance(v, str) else v for k, v in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
