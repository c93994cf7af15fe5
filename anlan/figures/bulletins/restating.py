"""What has changed since a bulletin was signed: each figure as it was said and as it is counted now.

The page that was signed stays. A difference is shown beside it, with the records that have left the figure and those
that have come into it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from anlan.figures.ask import indicator
from anlan.figures.bulletins import drawing, keeping, reading
from anlan.figures.bulletins.models import Bulletin
from anlan.figures.kinds import Rate
from anlan.places import queries as places
from anlan.standards import queries as standards

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Moved:
    """Records of one kind that left a figure or came into it since."""

    label: str
    gone: tuple[int, ...] = ()
    come: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A figure whose value is no longer what was signed."""

    code: str
    place: str
    sector: str
    frozen: Any
    now: Any
    moved: Moved | None = field(default=None)

    @property
    def name(self) -> str:
        """What the figure counts and of which part: 一般隐患 · 金水区."""
        part = standards.sector_name(self.sector) if self.sector else places.name_of(self.place)
        return f"{indicator(self.code).label} · {part}"

    @property
    def unit(self) -> str:
        return str(indicator(self.code).unit)


def changes(b: Bulletin) -> list[Change]:
    """Every figure of a signed bulletin that is counted differently now, in its order."""
    about, said = b.about, b.frozen["figures"]
    now = _now(said, b)
    kept: drawing.Kept | None = None
    found = []
    for f in said:
        value = now.get((f["code"], f["place"], f["sector"]))
        if value == f["value"]:
            continue
        moved = None
        if f["place"] == about.place and not f["sector"]:
            kept = kept if kept is not None else keeping.of(b.kept_sha256) or {}
            moved = _moved(f["code"], b, kept)
        found.append(Change(f["code"], f["place"], f["sector"], f["value"], value, moved))
    return found


def _now(said: Sequence[Mapping[str, Any]], b: Bulletin) -> dict[tuple[str, str, str], Any]:
    """The same figures as they are counted now."""
    about = b.about
    places_ = list(dict.fromkeys(f["place"] for f in said if not f["sector"]))
    codes = list(dict.fromkeys(f["code"] for f in said))
    here = {f["code"] for f in said if f["place"] == about.place}
    table = reading.read([c for c in codes if c in here], about)
    found = {(c, about.place, ""): drawing.plain(table.values.get((c, about.place, ""))) for c in here}
    below = list(dict.fromkeys(f["code"] for f in said if f["place"] != about.place))
    if below:
        units = reading.read(below, about, places=[p for p in places_ if p != about.place])
        found |= {(c, p, ""): drawing.plain(n) for (c, p, _part), n in units.values.items()}
    parted = list(dict.fromkeys(f["code"] for f in said if f["sector"]))
    if parted:
        split = reading.read(parted, about, split="sector")
        found |= {
            (f["code"], f["place"], f["sector"]): drawing.plain(
                split.part(f["code"], f["place"], f["sector"])
            )
            for f in said
            if f["sector"]
        }
    return found


def _moved(code: str, b: Bulletin, kept: drawing.Kept) -> Moved | None:
    """The records that left and came; of a rate those of its part, or of its whole where its part stands."""
    i = indicator(code)
    moved = None
    for one in (i.part, i.whole) if isinstance(i, Rate) else (code,):
        if one not in kept:
            continue
        label, keys = kept[one]
        then, now = set(keys), set(reading.rows(one, b.about).order_by().values_list("pk", flat=True))
        moved = Moved(label, tuple(sorted(then - now)), tuple(sorted(now - then)))
        if moved.gone or moved.come:
            return moved
    return moved


def named(moved: Moved, keys: Sequence[int]) -> list[tuple[str, str]]:
    """(words, address) of records that whoever acts may open; of others only that they are there."""
    model: Any = apps.get_model(moved.label)
    opening = getattr(model.objects, "opening", None)
    if opening is None:
        return []
    found = opening(pk__in=list(keys)[:SHOWN]).order_by("pk")
    return [(getattr(r, "number", "") or str(r), getattr(r, "get_absolute_url", str)()) for r in found]
