"""Figures read from the records themselves, and the records behind a figure: one declaration for both."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Count, F, Q, Sum

from anlan.figures import filed
from anlan.figures.ask import TIMES, Ask, Only, Table, bucket, buckets, indicator, is_city, is_town
from anlan.figures.kinds import Added, Counted, Distinct, Filed, Indicator, Rate
from anlan.figures.periods import Period
from anlan.kernel.clock import CHINA, day_of
from anlan.kernel.tally import DIMENSIONS, MEASURES, Again, Fact, Flow, Stock
from anlan.kernel.words import Reason, Refused
from anlan.people.models import Organisation
from anlan.people.states import Kind
from anlan.places import queries as places


def narrowed(i: Counted | Distinct, ask: Ask) -> dict[str, tuple[str, ...]] | None:
    """The cells that count; None where the asked and the declared cells have nothing in common.

    What belongs to no sector is in none of those to which a position is limited.
    """
    cells = dict(i.among)
    sectorless = not MEASURES[i.measure][0].cell.get("sector")
    for dimension, values in ask.only:
        if dimension == "sector" and sectorless:
            return None
        cells[dimension] = tuple(v for v in values if v in cells[dimension]) if dimension in cells else values
        if not cells[dimension]:
            return None
    return cells


def column_of(fact: Fact, dimension: str) -> str:
    """The column that tells a dimension. Refused where the fact does not tell it."""
    column = dict(zip(DIMENSIONS, fact.columns, strict=True)).get(dimension) or fact.more.get(dimension, "")
    if not column:
        raise Refused(Reason("这项指标不能按“%(split)s”细分", {"split": dimension}))
    return column


def tells(i: Indicator, dimension: str) -> bool:
    """Whether a figure can be split or narrowed by a dimension."""
    if isinstance(i, Rate):
        return all(tells(indicator(code), dimension) for code in (i.part, i.whole, i.apart) if code)
    if isinstance(i, Filed | Added):
        return dimension in filed.KNOWN
    fact, measure = MEASURES[i.measure]
    if dimension in TIMES:
        return isinstance(measure, Flow) or not isinstance(i, Distinct)
    if dimension == "hour":
        return isinstance(measure, Flow) and (measure.instant or measure.on in fact.instants)
    return bool(dict(zip(DIMENSIONS, fact.columns, strict=True)).get(dimension) or fact.more.get(dimension))


def towns_of(asked: Iterable[str], *, regions: bool) -> dict[str, list[str]]:
    """Towns that make up the places asked for: town → places. A region is the sum of its towns."""
    found: dict[str, list[str]] = defaultdict(list)
    for place in asked:
        if is_town(place):
            found[place].append(place)
        elif regions:
            for town in places.towns_in_region(place):
                found[town.code].append(place)
    return dict(found)


def cells_of(i: Counted | Distinct, ask: Ask, where: Sequence[str]) -> Q | None:
    """The cells and places of a figure as columns of its records; None where no cell can count."""
    fact, measure = MEASURES[i.measure]
    cells = narrowed(i, ask)
    if cells is None:
        return None
    q = Q()
    for dimension, values in cells.items():
        if dimension == "hour":
            hours = [int(v) for v in values if v.isdecimal()]
            q &= Q(**{f"{_instant(fact, measure)}__hour__in": hours})
        else:
            q &= Q(**{f"{column_of(fact, dimension)}__in": values})
    by, fold = _fold(where, ask)
    return q & Q(**{f"{column_of(fact, by)}__in": sorted(fold)}) if fold is not None else q


def filter_of(i: Counted | Distinct, ask: Ask, where: Sequence[str]) -> Q | None:
    """The records behind a figure of these places; None where no cell can count."""
    _fact, measure = MEASURES[i.measure]
    cells = cells_of(i, ask, where)
    return None if cells is None else measure.rows(ask.period.start, ask.period.end) & cells


def _fold(where: Sequence[str], ask: Ask) -> tuple[str, Mapping[str, list[str]] | None]:
    """Which dimension groups the records of these places, and to which places each of its values belongs."""
    if all(is_city(p) for p in where):
        return "", None
    towns = towns_of(where, regions=ask.regions)
    if towns:
        return "town", towns
    return "county", {p: [p] for p in where}


def _groups(where: Sequence[str], ask: Ask) -> list[Sequence[str]]:
    """Places that one query can answer together."""
    city = [p for p in where if is_city(p)]
    towns = [p for p in where if is_town(p) or (ask.regions and not is_city(p))]
    rest = [p for p in where if p not in city and p not in towns]
    return [group for group in (city, rest, towns) if group]


def add(table: Table, i: Counted, where: Sequence[str], *, ask: Ask | None = None) -> None:
    """Count (or sum) the records of a figure into the table, beside what stands there."""
    ask = ask or table.ask
    fact, measure = MEASURES[i.measure]
    amount = getattr(measure, "amount", "")
    groups = _of_groups() if ask.split == "group" else None
    for group in _groups(where, ask):
        q = filter_of(i, ask, group)
        if q is None:
            continue
        found = fact.model._base_manager.filter(q).order_by()
        by, fold = _fold(group, ask)
        columns = [column_of(fact, by)] if by else []
        if ask.split in TIMES and isinstance(measure, Stock):
            _stock_in_time(table, i, ask, group, columns)
            continue
        part = _part_column(fact, measure, ask)
        how = Sum(amount) if amount else Count("pk")
        rows: Iterable[Any]
        if ask.split == "hour" or (ask.split in TIMES and getattr(measure, "instant", False)):
            read = found.values_list(*columns, part, amount or "pk").iterator(chunk_size=5000)
            rows = ((*at, instant, n if amount else 1) for *at, instant, n in read)
        elif columns or part:
            rows = found.values_list(*columns, *([part] if part else [])).annotate(n=how)
        else:
            rows = [(found.aggregate(n=how)["n"] or 0,)]
        for *at, n in rows:
            value = _value(at.pop(), ask) if part else ""
            if groups is not None and value not in groups:
                value = ""
            for place in group if fold is None else fold.get(at[0], ()):
                _increase(table, i.code, place, value, n or 0)


def _of_groups() -> frozenset[str]:
    """Keys of all groups that there ever were: a group is an organisation, and not every organisation is one."""
    rows = Organisation._base_manager.filter(kind=Kind.GROUP)
    return frozenset(str(pk) for pk in rows.values_list("pk", flat=True))


def _increase(table: Table, code: str, place: str, value: str, n: int) -> None:
    for part in {"", value}:
        key = (code, place, part)
        table.values[key] = (table.values.get(key) or 0) + n


def _part_column(fact: Fact, measure: Any, ask: Ask) -> str:
    """The column by which the answer is split."""
    if not ask.split:
        return ""
    if isinstance(measure, Flow) and ask.split in TIMES:
        return measure.on
    if ask.split in ("hour", *TIMES):
        return _instant(fact, measure)
    return column_of(fact, ask.split)


def _instant(fact: Fact, measure: Any) -> str:
    """The column that says at which moment a flow was counted. Refused of a stock."""
    if isinstance(measure, Flow) and measure.instant:
        return measure.on
    column = fact.instants.get(getattr(measure, "on", ""), "")
    if not column:
        raise Refused(Reason("这项指标是期末存量,不能按时刻细分"))
    return column


def _value(value: Any, ask: Ask) -> str:
    if isinstance(value, datetime):
        return (
            f"{value.astimezone(CHINA).hour:02d}" if ask.split == "hour" else bucket(day_of(value), ask.split)
        )
    if isinstance(value, date):
        return bucket(value, ask.split)
    return "" if value is None else str(value)


def _stock_in_time(table: Table, i: Counted, ask: Ask, group: Sequence[str], columns: Sequence[str]) -> None:
    """A stock at the end of each bucket, from the days on which records entered and left."""
    fact, measure = MEASURES[i.measure]
    assert isinstance(measure, Stock)
    _by, fold = _fold(group, ask)
    cells = cells_of(i, ask, group)
    assert cells is not None
    ever = measure.ever(ask.period.end) & cells
    for where in measure.where:
        ever &= where.q()
    everything = fact.model._base_manager.filter(ever).order_by()
    steps = buckets(ask)
    changes: dict[tuple[str, str], int] = defaultdict(int)
    for row in everything.values_list(*columns, *measure.told_by, named=True).iterator(chunk_size=5000):
        for day, n in measure.marks(row):
            if day > ask.period.end:
                continue
            when = "" if day < ask.period.start else bucket(day, ask.split)
            for place in group if fold is None else fold.get(row[0], ()):
                changes[place, when] += n
    for place in group:
        level = changes.get((place, ""), 0)
        for when in steps:
            level += changes.get((place, when), 0)
            table.values[i.code, place, when] = level
        table.values[i.code, place, ""] = level


def distinct(table: Table, i: Distinct, where: Sequence[str]) -> None:
    """Different ones: never added up over places or parts, so each total is a count of its own."""
    ask = table.ask
    fact, measure = MEASURES[i.measure]
    for group in _groups(where, ask):
        q = filter_of(i, ask, group)
        if q is None:
            continue
        found = fact.model._base_manager.filter(q).order_by()
        by, fold = _fold(group, ask)
        if fold is None or any(len(at) > 1 for at in fold.values()) or len(fold) > len(group):
            for place in group:
                mine = found.filter(cells_of(i, ask, (place,)) or Q())
                _different(table, i, mine, place, fact, measure)
            continue
        column = column_of(fact, by)
        for value, n in found.values_list(column).annotate(n=Count(i.of, distinct=True)):
            table.values[i.code, fold[value][0], ""] = n
        if ask.split:
            for place in group:
                _different(table, i, found.filter(**{column: place}), place, fact, measure)


def _different(
    table: Table, i: Distinct, found: models.QuerySet, place: str, fact: Fact, measure: Any
) -> None:
    ask = table.ask
    table.values[i.code, place, ""] = found.aggregate(n=Count(i.of, distinct=True))["n"] or 0
    if not ask.split:
        return
    seen: dict[str, set[Any]] = defaultdict(set)
    part = _part_column(fact, measure, ask)
    groups = _of_groups() if ask.split == "group" else None
    for value, one in found.values_list(part, i.of).distinct().iterator(chunk_size=5000):
        at = _value(value, ask)
        if one is not None and (groups is None or at in groups):
            seen[at].add(one)
    table.values |= {(i.code, place, value): len(ones) for value, ones in seen.items() if value}


def rows(code: str, *, place: str, period: Period, only: Only = (), regions: bool = False) -> models.QuerySet:
    """The records that a figure counted, newest first. A rate opens into its whole."""
    i = indicator(code)
    if isinstance(i, Rate):
        i = indicator(i.whole)
    if isinstance(i, Filed | Added):
        return filed.rows(i, Ask((code,), (place,), period, only, "", regions), place)
    assert isinstance(i, Counted | Distinct)
    fact, _measure = MEASURES[i.measure]
    q = filter_of(i, Ask((code,), (place,), period, only, "", regions), (place,))
    found = fact.model._base_manager.all()
    if q is None:
        return found.none()
    return dated(found.filter(q), i, period.end)


def dated(found: models.QuerySet, i: Counted | Distinct, end: date) -> models.QuerySet:
    """Rows by the day by which each was counted at the end of a period, newest first; see `day_column`."""
    _fact, measure = MEASURES[i.measure]
    if isinstance(measure, Again):
        found = found.annotate(counted_on=measure.counted_on(end))
    elif "__" in _day(measure):
        found = found.annotate(counted_on=F(_day(measure)))
    return found.order_by(f"-{day_column(i)}", "-pk")


def _day(measure: Flow | Stock) -> str:
    return measure.enters if isinstance(measure, Stock) else measure.on


def day_column(i: Indicator) -> str:
    """The attribute of the rows behind a figure that says by which day each was counted."""
    if isinstance(i, Rate):
        i = indicator(i.whole)
    if isinstance(i, Filed | Added):
        return "end"
    assert isinstance(i, Counted | Distinct)
    _fact, measure = MEASURES[i.measure]
    day = _day(measure)
    return "counted_on" if "__" in day or isinstance(measure, Again) else day
