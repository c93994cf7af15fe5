"""Many hazards in little time: copies of played lives, each with its own journal, children, access and share
in the figures, so that `anlan verify` holds over all of them.

A played life (see `lives`) is taken apart into text with gaps: keys, days, firm, town, sector. A copy fills
the gaps and computes its own chain. What a copy lacks beside a hazard that was lived through: notices to
people, and pictures of its own (copies share the files of their pattern).
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from anlan.hazards.models import Hazard
from anlan.kernel import canonical, sealing, search, tally
from anlan.kernel.clock import day_of
from anlan.kernel.command import allocate
from anlan.kernel.hashed import Hash
from anlan.kernel.journal import GENESIS, JournalEntry
from anlan.kernel.packed import PackedText
from anlan.kernel.scope import Access
from bench import lives
from bench.world import World

#: the span of days over which copies were found: that of the campaign of autumn 2019
DAYS = 92
RARE, RARE_ROWS = "COAL", 20
CHUNK = 5_000
FIRM_EVERY = 4_000  # so many hazards to a firm more in each county

_OPEN, _SHUT = "\ue000", "\ue001"
_GAP = re.compile(f'"{_OPEN}#(\\w+){_SHUT}"|{_OPEN}(\\w+){_SHUT}')
_DAY = re.compile(r"^\d{4}-\d\d-\d\d(?=$|T)")
_GAPS = {
    "enterprise_id": "#firm", "found_town": "town", "now_town": "town", "town": "town", "found_sector": "sector",
    "now_sector": "sector", "sector": "sector", "description": "words", "hazard_id": "#pk", "subject": "#pk",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    hazards: int
    entries: int
    children: int


def fill(here: World, n: int, *, days: int = DAYS, ago: int = 0, bare: bool = False) -> Filled:
    """So many hazards more, spread over counties, towns, firms and the `days` that ended `ago` days ago, then sealed.

    The sector `RARE` has `RARE_ROWS` rows however many there are. `bare`: rows, access and figures only,
    for measurements of reading, in a third of the time.
    """
    with _hasty():
        filled = _fill(here, n, bare, days, ago)
        if bare:
            return filled
        for source in search.SOURCES.values():
            search.rebuild(source)
    sealing.seal(at=timezone.now())
    return filled


@contextmanager
def _hasty() -> Iterator[None]:
    """On SQLite without waiting for the disk: what is lost with the power is made anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
        yield
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=FULL")
        else:  # what autovacuum does by itself after such a load
            cursor.execute("VACUUM ANALYZE")


def _fill(here: World, n: int, bare: bool, days: int, ago: int) -> Filled:
    patterns = [_Pattern(county, which, pk) for county, which, pk in lives.played(here)]
    by_county: dict[str, dict[int, _Pattern]] = {}
    for p in patterns:
        by_county.setdefault(p.county, {})[p.which] = p
    share = [which for which, (_, part) in enumerate(lives.SHARES) for _ in range(part)]
    firms = {
        county: [(f.pk, f.town, f.sector) for f in here.firms(county, max(20, n // FIRM_EVERY))]
        for county in by_county
    }
    counties = list(by_county)
    step = timedelta(days=days - 1) / max(n, 1)
    first = here.now - timedelta(days=ago + days)
    writer = _Writer(bare)
    for i in range(n):
        county = counties[i * 7 % len(counties)]
        pattern = by_county[county][share[i * 37 % 200]]
        its = firms[county]
        firm, town, sector = its[i // len(counties) % len(its)]
        if i % max(n // RARE_ROWS, 1) == 0:
            sector = RARE
        writer.copy(pattern, _at_work(first + step * i, i), firm=firm, town=town, sector=sector, no=i)
    writer.close()
    return Filled(n, writer.entries, writer.children)


def _at_work(moment: datetime, i: int) -> datetime:
    """Its day, between nine and five in China, another second for each."""
    return moment.replace(hour=1, minute=0, second=0, microsecond=0) + timedelta(
        seconds=i * 61 % 28_800, microseconds=i % 1_000_000
    )


# -- patterns ----------------------------------------------------------------------------------------


class _Text:
    """A text with gaps."""

    def __init__(self, text: str):
        self.parts: list[str] = []
        self.gaps: list[tuple[int, str]] = []
        end = 0
        for found in _GAP.finditer(text):
            self.parts += [text[end : found.start()], ""]
            self.gaps.append((len(self.parts) - 1, found[1] or found[2]))
            end = found.end()
        self.parts.append(text[end:])

    def filled(self, values: dict[str, str]) -> str:
        parts = self.parts
        for i, gap in self.gaps:
            parts[i] = values[gap]
        return "".join(parts)


class _Row:
    """A row with gaps: the values as the database takes them, and which differ in a copy."""

    def __init__(self, row: models.Model, life: "_Pattern", names: dict[str, str]):
        self.model = type(row)
        fields = [f for f in self.model._meta.concrete_fields if f.attname in names or not f.primary_key]
        self.columns = [f.column for f in fields]
        self.ready: list[Any] = []
        self.changing: list[tuple[int, Any, str]] = []
        for i, f in enumerate(fields):
            value = getattr(row, f.attname)
            self.ready.append(f.get_db_prep_save(value, connection))
            gap = names.get(f.attname) or life.gap(f.attname, value)
            if gap:
                self.changing.append((i, f, gap))

    def filled(self, copy: "_Copy") -> list[Any]:
        values = list(self.ready)
        for i, f, gap in self.changing:
            values[i] = copy.column(f, gap)
        return values


class _Pattern:
    """A played life taken apart."""

    def __init__(self, county: str, which: int, pk: int):
        self.county, self.which = county, which
        h = Hazard.everything.get(pk=pk)
        self.h = h
        self.began = h.found_on
        entries = list(JournalEntry.objects.filter(kind="hazard", subject=pk).order_by("seq"))
        self.children: dict[tuple[str, int], str] = {}
        self.entries = [(_Text(self._body(e)), self._entry_row(e)) for e in entries]
        self.row = _Row(h, self, {"id": "pk", "head": "head"})
        self.parts = [self._child(label, pk, gap) for (label, pk), gap in self.children.items()]
        self.access = [
            _Row(a, self, {"subject": "pk"}) for a in Access.objects.filter(kind="hazard", subject=pk)
        ]
        self.lines = [
            (measure, (day - self.began).days, cell, n) for (measure, day, cell), n in tally.lines(h).items()
        ]

    def gap(self, name: str, value: Any) -> str:
        """Which gap a column's value is, "" where a copy has the same."""
        if isinstance(value, datetime):
            return self._moment(value)
        if isinstance(value, date):
            days = (value - self.began).days
            return f"d{days}" if 0 <= days <= lives.REACH else ""
        if value in (None, "") or (name == "subject" and self.h.pk != value):
            return ""
        return _GAPS.get(name, "").lstrip("#")

    def _moment(self, value: datetime) -> str:
        if value == self.h.found_at:
            return "found"
        days = (value.astimezone(UTC).date() - self.began).days
        return f"t{days}_{value.astimezone(UTC):%H%M%S%f}" if 0 <= days <= lives.REACH else ""

    def _body(self, entry: JournalEntry) -> str:
        said = json.loads(entry.body)
        said["id"], said["subject"] = f"{_OPEN}id{_SHUT}", f"{_OPEN}#pk{_SHUT}"
        for child in said["children"]:
            gap = self.children.setdefault((child[0], child[1]), f"c{len(self.children)}")
            child[1] = f"{_OPEN}#{gap}{_SHUT}"
            for part in child[2:]:
                self._open(part)
                if "upload" in part:
                    part["upload"] = f"{_OPEN}u{gap}{_SHUT}"
        for part in (said["before"], said["after"], said):
            self._open(part)
        return canonical.text(said)

    def _open(self, part: dict[str, Any]) -> None:
        """Make gaps where the values of a copy will stand."""
        for name, value in part.items():
            if value in (None, "") or isinstance(value, bool):
                continue
            if name in _GAPS and not (name == "subject" and value != self.h.pk):
                part[name] = f"{_OPEN}{_GAPS[name]}{_SHUT}"
            elif isinstance(value, str) and _DAY.match(value):
                read = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
                if gap := self.gap(name, read):
                    part[name] = f"{_OPEN}{gap}{_SHUT}"

    def _entry_row(self, entry: JournalEntry) -> _Row:
        return _Row(entry, self, {"id": "id", "subject": "pk", "body": "body", "digest": "head"})

    def _child(self, label: str, pk: int, gap: str) -> _Row:
        row = apps.get_model(label)._base_manager.get(pk=pk)
        names = {row._meta.pk.attname: gap}
        if hasattr(row, "upload"):
            names["upload"] = f"u{gap}"
        return _Row(row, self, names)


# -- copies ------------------------------------------------------------------------------------------


class _Copy(dict[str, str]):
    """What stands in the gaps of one copy, as text; `raw` as values. Days and moments are made when asked."""

    kept: dict[tuple[Any, str, date], Any] = {}

    def __init__(self, found_at: datetime, raw: dict[str, Any]):
        super().__init__({k: str(v) for k, v in raw.items()})
        self.raw = raw
        self.found_on = day_of(found_at)
        raw["found"] = found_at
        self["found"] = canonical.plain(found_at)

    def __missing__(self, gap: str) -> str:
        said = self[gap] = self._kept(canonical.plain, gap)
        return said

    def day(self, gap: str) -> Any:
        return self._kept(lambda value: value, gap)

    def column(self, field: Any, gap: str) -> Any:
        if gap not in self.raw:
            return self._kept(field.get_db_prep_save, gap, connection)
        value = self.raw[gap]
        plain = type(value) in (int, str) and not isinstance(field, (PackedText, Hash))
        return value if plain else field.get_db_prep_save(value, connection)

    def _kept(self, how: Callable[..., Any], gap: str, *more: Any) -> Any:
        """A day or moment so many days after it was found, in one of its forms, made once for each day."""
        known = (getattr(how, "__qualname__", how), gap, self.found_on)
        if known not in self.kept:
            self.kept[known] = how(_dated(gap, self.found_on), *more)
        return self.kept[known]


def _dated(gap: str, found_on: date) -> date | datetime:
    """d5 is the fifth day after, t5_020000000000 two o'clock (UTC) on it."""
    if gap[0] == "d":
        return found_on + timedelta(days=int(gap[1:]))
    days, clock = gap[1:].split("_")
    at = datetime.strptime(clock, "%H%M%S%f").time()
    return datetime.combine(found_on + timedelta(days=int(days)), at, UTC)


class _Writer:
    """Gathers rows and writes them, table by table, some thousands at a time."""

    def __init__(self, bare: bool):
        _Copy.kept.clear()
        self._bare = bare
        self.entries = self.children = 0
        self._next = {Hazard: allocate(Hazard, 1)[0]}
        self._rows: dict[tuple[type, tuple[str, ...]], list[list[Any]]] = {}
        self._cells: Counter[tally.Key] = Counter()
        self._waiting = 0
        self._stamp = int(timezone.now().timestamp() * 1000) << 80

    def _key(self, model: type[models.Model]) -> int:
        key = self._next.get(model) or allocate(model, 1)[0]
        self._next[model] = key + 1
        return key

    def copy(self, p: _Pattern, at: datetime, *, firm: int, town: str, sector: str, no: int) -> None:
        pk = self._key(Hazard)
        raw: dict[str, Any] = {
            "pk": pk, "firm": firm, "town": town, "sector": sector, "words": f"{p.h.description} 第{no}处",
        }  # fmt: skip
        parts = [] if self._bare else p.parts
        for row, gap in zip(parts, p.children.values(), strict=False):
            key = raw[gap] = self._key(row.model)
            raw[f"u{gap}"] = UUID(int=0x7000 << 64 | 0x8 << 60 | key)
        copy = _Copy(at, raw)
        raw["head"] = head = GENESIS
        for text, row in [] if self._bare else p.entries:
            self.entries += 1
            raw["id"] = UUID(int=self._stamp | 0x7 << 76 | 0x8 << 60 | self.entries)
            copy["id"] = str(raw["id"])
            raw["body"] = text.filled(copy)
            raw["head"] = head = canonical.digest(head, raw["body"])
            self._add(row, copy)
        for row in (p.row, *parts, *p.access):
            self._add(row, copy)
        self.children += len(parts)
        for measure, days, (county, _, _, source, grade, system), n in p.lines:
            day = copy.day(f"d{days}")
            self._cells[measure, day, (county, town, sector, source, grade, system)] += n
        self._waiting += 1
        if self._waiting == CHUNK:
            self._write()

    def _add(self, row: _Row, copy: _Copy) -> None:
        self._rows.setdefault((row.model, tuple(row.columns)), []).append(row.filled(copy))

    def _write(self) -> None:
        order = sorted(self._rows, key=lambda of: of[0] is not Hazard)  # what refers to it comes after it
        with transaction.atomic():
            for model, columns in order:
                _insert(model, columns, self._rows[model, columns])
        self._rows.clear()
        self._waiting = 0

    def close(self) -> None:
        self._write()
        with transaction.atomic():
            tally.settle(self._cells)
        if connection.vendor == "postgresql":
            for model, key in self._next.items():
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                        [model._meta.db_table, model._meta.pk.column, key],
                    )


def _insert(model: type[models.Model], columns: Iterable[str], rows: Sequence[Sequence[Any]]) -> None:
    quoted = ", ".join(connection.ops.quote_name(c) for c in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copying:
                for row in rows:
                    copying.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)
