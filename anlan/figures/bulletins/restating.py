"""What has changed since a bulletin was signed: each figure as it was said and as it is counted now.

The page that was signed stays. A difference is shown beside it, with the records that have left the figure and those
that have come into it, also where one has left and another has come and the number is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Count, F, QuerySet, Sum

from anlan.figures.ask import indicator
from anlan.figures.bulletins import drawing, keeping, reading
from anlan.figures.bulletins.models import Bulletin
from anlan.places import queries as places
from anlan.standards import queries as standards

SHOWN = 50
#: keys are squared without their higher digits, so that the sum of a hundred million of them fits
SMALL = 99_991


@dataclass(frozen=True, slots=True)
class Moved:
    """Records of one kind that left a figure or came into it since."""

    label: str
    gone: tuple[int, ...] = ()
    come: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A figure whose value, or whose records, are no longer what was signed."""

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
    said = b.frozen["figures"]
    now = _now(said, b)
    kept = keeping.of(b.kept_sha256) or {}
    swapped = {
        one for code in {f["code"] for f in said} for one in drawing.counted(code) if _swapped(one, b, kept)
    }
    found = []
    for f in [*said, *_left_out(said, now)]:
        code, place, sector = f["code"], f["place"], f["sector"]
        value = now.get((code, place, sector))
        if value == f["value"] and swapped.isdisjoint(drawing.counted(code)):
            continue
        those = _moved(f, b, kept)
        if value != f["value"] or (those and (those.gone or those.come)):
            found.append(Change(code, place, sector, f["value"], value, those))
    return found


def _left_out(
    said: Sequence[Mapping[str, Any]], now: Mapping[tuple[str, str, str], Any]
) -> list[dict[str, Any]]:
    """Sectors in which there was nothing to say, and there is now."""
    named = {(f["code"], f["place"], f["sector"]) for f in said}
    parted = {f["code"] for f in said if f["sector"]}
    return [
        {"code": c, "place": p, "sector": s, "value": 0}
        for (c, p, s), n in now.items()
        if s and n and c in parted and (c, p, s) not in named
    ]


def _swapped(code: str, b: Bulletin, kept: drawing.Kept) -> bool:
    """Whether other records than those of then stand behind a figure of the whole place, told by their sums."""
    if code not in kept:
        return False
    keys = kept[code][1]
    rows = reading.rows(code, b.about).order_by()
    now = rows.aggregate(n=Count("pk"), sum=Sum("pk"), squares=Sum(F("pk") % SMALL * (F("pk") % SMALL)))
    then = (len(keys), sum(keys), sum((k % SMALL) ** 2 for k in keys))
    return then != (now["n"], now["sum"] or 0, now["squares"] or 0)


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
        found |= {key: drawing.plain(n) for key, n in split.values.items() if key[2]}
        found |= {
            key: 0 for f in said if f["sector"] and (key := (f["code"], f["place"], f["sector"])) not in found
        }
    return found


def _moved(f: Mapping[str, Any], b: Bulletin, kept: drawing.Kept) -> Moved | None:
    place, sector = f["place"], f["sector"]
    return moved(
        (
            kept.get(drawing.key_of(one, place, sector, b.about), ("", []))[1],
            reading.rows(one, b.about, place=place, sector=sector),
        )
        for one in drawing.counted(f["code"])
        if one in kept
    )


def moved(each: Iterable[tuple[Sequence[int], QuerySet]]) -> Moved | None:
    """The records that left and came; of a rate those of its part, or of its whole where its part stands.

    `each`: the keys of then and the records of now, of the part first.
    """
    found = None
    for keys, rows in each:
        then, now = set(keys), set(rows.order_by().values_list("pk", flat=True))
        found = Moved(rows.model._meta.label_lower, tuple(sorted(then - now)), tuple(sorted(now - then)))
        if found.gone or found.come:
            return found
    return found


def named(moved: Moved, keys: Sequence[int]) -> list[tuple[str, str]]:
    """(words, address) of records that whoever acts may open; of others only that they are there."""
    model: Any = apps.get_model(moved.label)
    opening = getattr(model.objects, "opening", None)
    if opening is None:
        return []
    found = opening(pk__in=list(keys)[:SHOWN]).order_by("pk")
    return [(getattr(r, "number", "") or str(r), getattr(r, "get_absolute_url", str)()) for r in found]
