"""How a sheet is to be read: header → field, what is written → what is meant, and what the sheet leaves out.

What somebody chose once is remembered for him: columns by the header they stood in, meanings for every
sheet of the kind. A year or a day is given for one sheet and never remembered.
"""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from anlan.exchange.models import Habit
from anlan.kernel.words import Reason, Refused

#: the vocabularies: what is written in such a column is mapped to a code
VOCABULARIES = (
    "places",
    "sectors",
    "sources",
    "rectified",
    "firms",
    "scales",
    "truths",
    "organisations",
    "roles",
    "checklists",
)
_ALSO = {"mapping": "columns", "place": "places", "sector": "sectors", "source": "sources", "firm": "firms"}
_TRUTHS = {
    "true": True, "yes": True, "是": True, "已整改": True, "false": False, "no": False, "否": False, "未整改": False,
}  # fmt: skip


@dataclass(slots=True)
class Mapping:
    """What the person says about a sheet. In `firms` a name leads to a credit code, #key, or "new"."""

    columns: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    sectors: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    rectified: dict[str, bool] = field(default_factory=dict)
    firms: dict[str, str] = field(default_factory=dict)
    scales: dict[str, str] = field(default_factory=dict)
    truths: dict[str, str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    checklists: dict[str, str] = field(default_factory=dict)
    year: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, said: Any) -> "Mapping":
        """From JSON. Raises Refused, in words, for what it cannot be."""
        if not isinstance(said, dict):
            raise _wrong("须为JSON对象")
        made = cls()
        known = {f.name for f in fields(cls)}
        for key, value in said.items():
            name = _ALSO.get(key, key)
            if name not in known:
                raise _wrong(key)
            if name in ("year", "day"):
                setattr(made, name, _number(key, value, *((1990, 2100) if name == "year" else (1, 31))))
            elif not isinstance(value, dict):
                raise _wrong(key)
            elif name == "rectified":
                made.rectified = {str(k): _truth(key, v) for k, v in value.items()}
            else:
                setattr(made, name, {str(k): str(v) for k, v in value.items()})
        return made

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    def over(self, other: "Mapping") -> "Mapping":
        """This mapping, and what the other knows where this one is silent."""
        made = Mapping(year=self.year, day=self.day)
        for name in ("columns", *VOCABULARIES):
            setattr(made, name, getattr(other, name) | getattr(self, name))
        return made


def _wrong(what: str) -> Refused:
    return Refused(Reason("对应关系的内容不对:%(names)s", {"names": what}), "mapping")


def _number(key: str, value: Any, low: int, high: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not str(value).isdecimal() or not low <= int(value) <= high:
        raise _wrong(f"{key} {value}")
    return int(value)


def _truth(key: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() not in _TRUTHS:
        raise _wrong(f"{key} {value}")
    return _TRUTHS[str(value).lower()]


# -- what is remembered ----------------------------------------------------------------------------


def remembered(person: int, *, kind: str, headers: str) -> Mapping:
    """What this person chose before, for a sheet of a kind with such a header."""
    rows = {
        h.headers: h.said for h in Habit.objects.filter(person=person, kind=kind, headers__in=("", headers))
    }
    return Mapping.of(rows.get("", {}) | {"columns": rows.get(headers, {}).get("columns", {})})


def remember(person: int, *, kind: str, headers: str, mapping: Mapping) -> None:
    """Keep what was chosen: columns for this header, meanings for the kind."""
    meanings = {name: getattr(mapping, name) for name in VOCABULARIES}
    for of, said in ((headers, {"columns": mapping.columns}), ("", meanings)):
        Habit.objects.update_or_create(person=person, kind=kind, headers=of, defaults={"said": said})
