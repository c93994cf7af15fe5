"""Tallies: figures over any period at a cost that does not grow with history.

A module declares a `Fact`: a table, which of its columns say where and whose, and the measures it
feeds. `lines(row)` is a pure function of the row; every write inserts lines(after) − lines(before).
So regrading, voiding, merging, transfer, correction and late arrival are nothing special.

The same declaration filters the rows behind a figure, so a figure and its list cannot disagree.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

from django.db import connection, models, transaction

from anlan.kernel import bulk
from anlan.kernel.measures import Again, Among, Flow, Measure, Stock, Where, together

__all__ = ["Again", "Among", "Fact", "Flow", "Measure", "Stock", "Where", "together"]

DIMENSIONS = ("county", "town", "sector", "source", "grade", "system")
Key = tuple[str, date, tuple[str, ...]]


class _Cell(models.Model):
    measure = models.CharField(max_length=40)
    day = models.DateField()
    county = models.CharField(max_length=12)
    sector = models.CharField(max_length=20)
    source = models.CharField(max_length=30)
    grade = models.CharField(max_length=10)
    system = models.CharField(max_length=20)
    n = models.BigIntegerField()

    class Meta:
        abstract = True


class TallyLine(_Cell):
    """What one act changed in the figures; folded into days and months by a job."""

    town = models.CharField(max_length=12)


class TallyDay(_Cell):
    """County × sector × source × grade × system, by day."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "county", "day", "sector", "source", "grade", "system"],
                name="tally_day_cell",
            )
        ]
        # the whole city asks no county: without this, every day there ever was would be read
        indexes = [models.Index(fields=["measure", "day"], name="tally_day_measure")]


class TallyMonth(_Cell):
    """The same by town and month; `day` is the first of the month."""

    town = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "county", "day", "town", "sector", "source", "grade", "system"],
                name="tally_month_cell",
            )
        ]


class TallySpan(_Cell):
    """The same, coarser, so that a long time is little to add up: by month and by year (`span` M, Y; `day` is the
    first of it), and `rolled` up over sectors, sources and systems, by day (D) too.
    """

    span = models.CharField(max_length=1)
    rolled = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "rolled", "span", "day", "county", "grade", "sector", "source", "system"],
                name="tally_span_cell",
            )
        ]


def coarser(days: Mapping[tuple[Any, ...], int]) -> Counter:
    """Cells of days added up to months, years and what is rolled up, as they stand in TallySpan."""
    found: Counter = Counter()
    for key, n in days.items():
        for cell in _spans(*key):
            found[cell] += n
    return found


def _spans(
    measure: str, day: date, county: str, sector: str, source: str, grade: str, system: str
) -> Iterator[tuple[Any, ...]]:
    """The coarser cells in which a cell of a day is counted."""
    first = {"M": day.replace(day=1), "Y": day.replace(month=1, day=1)}
    for span, at in first.items():
        yield measure, at, county, sector, source, grade, system, span, False
    for span, at in ({"D": day} | first).items():
        yield measure, at, county, "", "", grade, "", span, True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A table that can be counted. `cell` maps each dimension to a column; "" where it has none.

    `more` maps dimensions that no cell carries (organisation, group, enterprise) to columns: figures
    split by them are read from the records. `instants` maps a day's column to that of its instant.
    `tallied` False: few records, or such as hang on others (columns may then reach over `parent__`); they leave
    no lines and are always read themselves.
    """

    model: type[models.Model]
    cell: Mapping[str, str]
    measures: tuple[Measure, ...]
    more: Mapping[str, str] = field(default_factory=dict)
    instants: Mapping[str, str] = field(default_factory=dict)
    tallied: bool = True
    columns: tuple[str, ...] = field(init=False, default=())
    #: every condition once: measures share them, and each is asked once of a row
    _conditions: tuple[Where, ...] = field(init=False, default=())
    _needs: tuple[tuple[Measure, frozenset[int]], ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        marked = [m for m in self.measures if not m.parts]
        conditions = tuple(dict.fromkeys(w for m in marked for w in m.where))
        needs = tuple((m, frozenset(map(conditions.index, m.where))) for m in marked)
        object.__setattr__(self, "columns", tuple(self.cell.get(d, "") for d in DIMENSIONS))
        object.__setattr__(self, "_conditions", conditions)
        object.__setattr__(self, "_needs", needs)

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns upon which the marks of a row rest."""
        names = {c for c in self.columns if c}
        for m in self.measures:
            names |= {m.amount, *(w.column for w in m.where)}
            names |= {m.on} if isinstance(m, Flow) else set(m.told_by)
        return tuple(sorted(names - {""}))

    def lines(self, row: Any) -> Counter[Key]:
        """Every mark the row leaves in the figures."""
        cell = tuple([getattr(row, c) if c else "" for c in self.columns])
        failed = {n for n, where in enumerate(self._conditions) if not where.holds(row)}
        marks: Counter[Key] = Counter()
        for measure, needs in self._needs:
            if failed.isdisjoint(needs):
                for day, n in measure.marks(row):
                    marks[measure.code, day, cell] += n
        return marks


FACTS: dict[type[models.Model], Fact] = {}
MEASURES: dict[str, tuple[Fact, Measure]] = {}


def declare(fact: Fact) -> Fact:
    """Make a fact known. Raises ValueError where a measure's code is taken, or a part is not of its day or amount."""
    here = {m.code: m for m in fact.measures}
    for measure in fact.measures:
        for part in measure.parts:
            if _day_and_amount(here.get(part)) != _day_and_amount(measure) or here[part].parts:
                raise ValueError(f"{part} is no part of {measure.code}")
        if measure.code in MEASURES:
            raise ValueError(f"measure {measure.code} is declared twice")
        MEASURES[measure.code] = (fact, measure)
    if fact.tallied:
        FACTS[fact.model] = fact
    return fact


def _day_and_amount(measure: Measure | None) -> tuple[str, str] | None:
    return (measure.on, measure.amount) if isinstance(measure, Flow) else None


def written_as(code: str) -> tuple[str, ...]:
    """The codes under which a measure stands in the tallies: its own, or those of its parts."""
    return MEASURES[code][1].parts or (code,)


def lines(row: Any) -> Counter[Key]:
    fact = FACTS.get(type(row))
    return fact.lines(row) if fact else Counter()


def difference(before: Counter[Key], after: Counter[Key]) -> Counter[Key]:
    """after − before, without the zeros."""
    result = Counter(after)
    result.subtract(before)
    return Counter({k: n for k, n in result.items() if n})


#: what acts of a large load changed, while it is gathered; None: written line by line
_gathered: ContextVar[Counter[Key] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathering() -> Iterator[None]:
    """Within, what acts change is added up in memory as each is committed, and settled once at the end.

    For loads that are begun anew where they are broken off: until the end the figures lack what was done, and what
    a transaction around the whole still holds back is not gathered at all.
    """
    gathered: Counter[Key] = Counter()
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    with transaction.atomic():
        settle(gathered)


def write(delta: Mapping[Key, int]) -> None:
    """Insert what changed; part of the transaction of the act."""
    if (gathered := _gathered.get()) is not None:
        transaction.on_commit(partial(gathered.update, dict(delta)))
        return
    day_field = TallyLine._meta.get_field("day")
    days = {day: day_field.get_db_prep_save(day, connection) for day in {day for _m, day, _cell in delta}}
    lines = [(m, days[day], n, *cell) for (m, day, cell), n in delta.items() if n]
    if lines:
        bulk.write(TallyLine, ("measure", "day", "n", *DIMENSIONS), lines)


def _add(model: type[_Cell], cells: Mapping[tuple, int]) -> None:
    """n += for each cell, inserting what is not there yet."""
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in {"id", "n"}]
    key: tuple[str, ...] = model._meta.constraints[0].fields  # type: ignore[attr-defined]
    in_order = itemgetter(*map(names.index, key))
    # one order for every caller, so that two folds never wait for each other in a circle; that of the index, so
    # that an empty one is filled from end to end
    rows = sorted((*in_order(cell), n) for cell, n in cells.items() if n)
    table = model._meta.db_table
    bulk.put(
        table, (*key, "n"), rows, where_there=f"({', '.join(key)}) DO UPDATE SET n = {table}.n + excluded.n"
    )
    spent = [row[:-1] for row in rows if row[-1] < 0]
    if spent:  # what came and went again leaves no cell behind
        same = " AND ".join(f"{name} = %s" for name in key)
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {table} WHERE n = 0 AND {same}", spent)  # noqa: S608  names of the model


def settle(delta: Mapping[Key, int]) -> None:
    """Add to the days, months and years at once, without lines; part of somebody's transaction."""
    days: Counter = Counter()
    months: Counter = Counter()
    for (measure, day, whole), n in delta.items():
        county, town, *rest = whole
        days[measure, day, county, *rest] += n
        months[measure, day.replace(day=1), county, *rest, town] += n
    _add(TallyDay, days)
    _add(TallyMonth, months)
    _add(TallySpan, coarser(days))


def fold(limit: int = 200_000) -> int:
    """Add unfolded lines to their days and months. Returns how many lines were folded."""
    with transaction.atomic():
        pending = TallyLine.objects.order_by("id")
        if connection.vendor == "postgresql":
            pending = pending.select_for_update(skip_locked=True)
        taken = list(
            pending.values_list(
                "id", "measure", "day", "county", "town", "sector", "source", "grade", "system", "n"
            )[:limit]
        )
        if not taken:
            return 0
        delta: Counter[Key] = Counter()
        for _, measure, day, *cell, n in taken:
            delta[measure, day, tuple(cell)] += n
        settle(delta)
        ids = [row[0] for row in taken]
        if connection.vendor == "sqlite":
            TallyLine.objects.filter(id__lte=ids[-1]).delete()
        else:
            for i in range(0, len(ids), 10_000):
                TallyLine.objects.filter(id__in=ids[i : i + 10_000]).delete()
    return len(taken)
