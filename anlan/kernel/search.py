"""Finding records by their words, from two characters on.

Text is cut into overlapping pairs of characters: 配电箱 is 配电 and 电箱, and a search is for the pairs in
their order, which is what LIKE would find, by an index. SQLite keeps the pairs in FTS5, PostgreSQL in a
tsvector; neither ever parses a text itself, so that no locale and no tokenizer decides what is a word.

Where a row sits (county, town, sector, enterprise) stands in the same index, so that a small town need
not wade through the city. That makes it fast and not safe: scope is the manager's, as everywhere.

The index is written in the transaction of the act and is no record: `rebuild` makes it anew from the
rows, `anlan verify` compares.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import add
from typing import Any

from django.db import DatabaseError, connection, connections, models, transaction
from django.db.models.lookups import Lookup
from django.db.models.signals import post_migrate

from anlan.kernel import bulk, newest
from anlan.kernel.scope import Actor, Coordinates, Level

#: stands between two runs of characters; no pair can be one character long
GAP = "0"
SHORTEST = 2
#: what str.isalnum() says of each character, asked of the whole text at once
_RUN = re.compile(r"[^\W_]+")
CHUNK = 1000


def runs(text: str) -> list[str]:
    """The unbroken runs of letters and digits, in one width and in lower case."""
    return _RUN.findall(unicodedata.normalize("NFKC", text).lower())


def grams(text: str) -> list[str]:
    """The pairs of a text in their order; a run of one character stands for itself."""
    found: list[str] = []
    for run in runs(text):
        if found:
            found.append(GAP)
        found += map(add, run, run[1:]) if len(run) > 1 else (run,)
    return found


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: every phrase, and one mark of each group. Pairs and marks hold no quotes."""

    phrases: tuple[tuple[str, ...], ...]
    within: tuple[tuple[str, ...], ...] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether it is limited to a town or a firm, whose rows the index of words itself has soon."""
        return any(word.startswith(NARROW) for group in self.within for word in group)

    def fts5(self) -> str:
        parts = [f'"{" ".join(phrase)}"' for phrase in self.phrases]
        parts += ["(" + " OR ".join(f'"{mark}"' for mark in group) + ")" for group in self.within]
        return " AND ".join(parts)

    def tsquery(self) -> str:
        parts = [" <-> ".join(f"'{gram}'" for gram in phrase) for phrase in self.phrases]
        parts += ["(" + " | ".join(f"'{mark}'" for mark in group) + ")" for group in self.within]
        return " & ".join(parts)


def query(text: str, *, within: Iterable[Sequence[str]] = ()) -> Query | None:
    """What somebody typed: words between spaces, each to be found. None where all are too short."""
    phrases = [
        tuple(grams(word)) for word in text.split() if max(map(len, runs(word)), default=0) >= SHORTEST
    ]
    return Query(tuple(phrases[:8]), tuple(tuple(g) for g in within)) if phrases else None


# -- marks ---------------------------------------------------------------------------------------------


def mark(kind: str, value: Any) -> str:
    """Where a row sits, as a word of the index: xc410105. Longer than a pair, so never taken for one."""
    return f"x{kind}{''.join(c for c in str(value).lower() if c.isalnum())}"


#: how the marks of towns and of firms begin
NARROW = (mark("t", ""), mark("e", ""))


def marks_of(row: Any, coordinates: Coordinates) -> list[str]:
    named = {
        "c": coordinates.county,
        "t": coordinates.town,
        "s": coordinates.sector,
        "e": coordinates.enterprise,
    }
    return [mark(kind, value) for kind, column in named.items() if column and (value := getattr(row, column))]


def marks_for(actor: Actor) -> list[list[str]]:
    """The marks among which a person's rows along the place axis are."""
    groups = []
    if actor.level is Level.COUNTY:
        groups.append([mark("c", actor.code)])
    elif actor.level is Level.TOWN:
        groups.append([mark("t", actor.code)])
    elif actor.level is Level.ENTERPRISE and actor.enterprise is not None:
        groups.append([mark("e", actor.enterprise)])
    if actor.sectors is not None:
        groups.append([mark("s", sector) for sector in sorted(actor.sectors)] or ["none"])
    return groups


# -- tables --------------------------------------------------------------------------------------------


class Grams(models.TextField):
    """A tsvector on PostgreSQL, the one column of an FTS5 table on SQLite."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"


@Grams.register_lookup
class Matches(Lookup):
    """`index__grams__matches=query(…)`"""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} MATCH %s", [*params, self.rhs.fts5()]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} @@ %s::tsquery", [*params, self.rhs.tsquery()]

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [value]


class Index(models.Model):
    """The pairs of one kind of row; a concrete one says whose: a OneToOneField `row` in column rowid.

    Not managed: made in post_migrate, because a virtual table is nothing that migrations know.
    """

    grams = Grams()

    class Meta:
        abstract = True
        managed = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Which words of which rows. `columns` are those upon which words and marks rest.

    `words` gives the text of each row, in order, with few questions asked of the database. `follows`:
    rows of another model whose `columns` are in these words too, and how to find those who hold them.
    """

    index: type[Index]
    columns: frozenset[str]
    words: Callable[[Sequence[Any]], Iterable[str]]
    follows: tuple["Follows", ...] = field(default=())

    @property
    def model(self) -> Any:
        return next(f for f in self.index._meta.fields if f.name == "row").related_model

    @property
    def table(self) -> str:
        return self.index._meta.db_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """`holders` finds the indexed rows in whose words rows of `model` are told."""

    model: type[models.Model]
    columns: frozenset[str]
    holders: Callable[[Sequence[Any]], Iterable[Any]]


SOURCES: dict[type[models.Model], Source] = {}


def declare(source: Source) -> Source:
    SOURCES[source.model] = source
    return source


def find(rows: models.QuerySet, text: str, *, within: Iterable[Sequence[str]] = ()) -> models.QuerySet:
    """Rows of an indexed model that hold what was typed; none where it is too short to look for."""
    asked = query(text, within=within)
    if asked is None:
        return rows.none()
    if connection.vendor == "postgresql" and not asked.is_narrow:
        table = SOURCES[rows.model].table
        rows = newest.narrowed(rows, table=table, asked=asked.tsquery())
    return rows.filter(index__grams__matches=asked)


# -- keeping in step -----------------------------------------------------------------------------------


def keep(rows: Sequence[tuple[Any, Iterable[str] | None]]) -> None:
    """Bring the index in step with rows just stored and what changed in them (None: they are new)."""
    if not rows:
        return
    model = type(rows[0][0])
    source = SOURCES.get(model)
    if source is not None:
        _write(
            source, [r for r, changed in rows if changed is None or not source.columns.isdisjoint(changed)]
        )
    for other in SOURCES.values():
        for followed in other.follows:
            if followed.model is model:
                told = [r for r, changed in rows if changed and not followed.columns.isdisjoint(changed)]
                if told:
                    _write(other, list(followed.holders(told)))


def _contents(source: Source, rows: Sequence[Any]) -> list[tuple[int, list[str]]]:
    coordinates = source.model.coordinates
    return [
        (row.pk, [*grams(words), *marks_of(row, coordinates)])
        for row, words in zip(rows, source.words(rows), strict=True)
    ]


def _vector(words: Iterable[str]) -> str:
    """A tsvector as it is written down: each word with its places."""
    places: dict[str, list[str]] = {}
    for at, word in enumerate(words, 1):
        places.setdefault(word, []).append(str(at))
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def _write(source: Source, rows: Sequence[Any]) -> None:
    if not rows:
        return
    contents = _contents(source, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for i in range(0, len(contents), bulk.CHUNK):
                part = contents[i : i + bulk.CHUNK]
                cursor.execute(
                    f"INSERT INTO {source.table} (rowid, grams) "  # noqa: S608
                    f"VALUES {', '.join(['(%s, %s::tsvector)'] * len(part))} "
                    "ON CONFLICT (rowid) DO UPDATE SET grams = excluded.grams",
                    [said for pk, words in part for said in (pk, _vector(words))],
                )
        else:
            cursor.executemany(
                f"INSERT OR REPLACE INTO {source.table} (rowid, grams) VALUES (%s, %s)",  # noqa: S608
                [(pk, " ".join(words)) for pk, words in contents],
            )


def rebuild(source: Source) -> int:
    """Make one index anew from its rows. Returns how many."""
    n = 0
    postgres = connection.vendor == "postgresql"
    with transaction.atomic(), connection.cursor() as cursor:
        if postgres:  # an index made afterwards costs a tenth
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(f"DROP INDEX IF EXISTS {source.table}_grams")
        cursor.execute(f"DELETE FROM {source.table}")  # noqa: S608
        for rows in _chunked(source.model._base_manager.order_by("pk").iterator(chunk_size=CHUNK)):
            _write(source, rows)
            n += len(rows)
        if postgres:
            cursor.execute(_GIN.format(table=source.table))
            cursor.execute(f"ANALYZE {source.table}")
        else:
            cursor.execute(f"INSERT INTO {source.table} ({source.table}) VALUES ('optimize')")  # noqa: S608
    return n


def _chunked(rows: Iterable[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def differing(source: Source) -> Iterator[int]:
    """Keys of rows whose words in the index are not their words; of words whose row is gone."""
    seen = 0
    needed = source.model._base_manager.only("pk", *source.columns).order_by("pk")
    for rows in _chunked(needed.iterator(chunk_size=CHUNK)):
        stored = dict(
            source.index._base_manager.filter(pk__in=[r.pk for r in rows]).values_list("pk", "grams")
        )
        seen += len(stored)
        for pk, words in _contents(source, rows):
            if pk not in stored or _said(stored[pk]) != words:
                yield pk
    if source.index._base_manager.count() != seen:
        rows_there = source.model._base_manager.values("pk")
        yield from source.index._base_manager.exclude(pk__in=rows_there).values_list("pk", flat=True)[:10]


def torn(source: Source) -> bool:
    """Whether SQLite's index contradicts itself. Asking is a write to it: outside what is only read."""
    if connection.vendor == "postgresql":
        return False
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {source.table} ({source.table}) VALUES ('integrity-check')")  # noqa: S608
    except DatabaseError:
        return True
    return False


def _said(stored: str) -> list[str]:
    """The words of an index row in their order, from either database's way to write them."""
    if connection.vendor != "postgresql":
        return stored.split(" ")
    at: dict[int, str] = {}
    for part in stored.split(" "):
        word, _, places = part.rpartition(":")
        at |= {int(place): word.strip("'") for place in places.split(",") if place}
    return [at[place] for place in sorted(at)]


_GIN = "CREATE INDEX {table}_grams ON {table} USING gin (grams)"


# -- making --------------------------------------------------------------------------------------------


def connect() -> None:
    post_migrate.connect(install, dispatch_uid="anlan.kernel.search")


def install(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """Make the tables that are missing and fill them; empty those whose rows are gone."""
    if sender is not None and sender.name != "anlan.kernel":
        return
    there = set(connections[using].introspection.table_names())
    for source in SOURCES.values():
        if source.model._meta.db_table not in there:
            continue
        if source.table not in there:
            _create(source)
            rebuild(source)
        elif not source.model._base_manager.exists():
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {source.table}")  # noqa: S608


def _create(source: Source) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TABLE {source.table} (rowid bigint PRIMARY KEY, grams tsvector NOT NULL)")
            cursor.execute(_GIN.format(table=source.table))
        else:
            # 'ascii': whatever is not ASCII is part of a word, so a pair stays a pair in every version
            cursor.execute(
                f"CREATE VIRTUAL TABLE {source.table} USING fts5(grams, tokenize='ascii', columnsize=0)"
            )


def remove() -> None:
    """Drop the tables: on SQLite they own others, which cannot be dropped one by one."""
    with connection.cursor() as cursor:
        for source in SOURCES.values():
            cursor.execute(f"DROP TABLE IF EXISTS {source.table}")
