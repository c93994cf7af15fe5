"""From a question to its figures, and from a figure to its records, by the same filter.

A period is whole months and odd days, so cost does not grow with history; what is not yet folded is
added. Towns within odd days, hours, organisations and firms are read from the records, for the cells
of the tally do not carry them; the declaration of the fact says which column tells.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db import models
from django.db.models import Q, Sum

from anlan.figures import filed, records
from anlan.figures.ask import (
    CELLS,
    FROM_RECORDS,
    SPLITS,
    TIMES,
    Ask,
    Only,
    Table,
    bucket,
    buckets,
    indicator,
    is_city,
    is_town,
)
from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Added, Counted, Distinct, Filed, Indicator, Rate
from anlan.figures.periods import Period, month_of
from anlan.kernel.tally import MEASURES, Stock, TallyDay, TallyLine, TallyMonth, TallySpan, written_as

__all__ = ["CELLS", "INDICATORS", "MEASURES", "SPLITS", "Ask", "Only", "Period", "Table", "day_column", "indicator", "is_town",
           "narrowed", "read", "rows", "tells"]  # fmt: skip

DAY = timedelta(days=1)
narrowed = records.narrowed
day_column = records.day_column
rows = records.rows
tells = records.tells
#: a cell of an answer before it is folded: county or town, values of CELLS, bucket of time
Cell = tuple[str, tuple[str, ...], str]


def read(ask: Ask) -> Table:
    """Every figure asked for."""
    wanted = _with_parts(ask.codes)
    counted = [i for i in wanted if isinstance(i, Counted) and MEASURES[i.measure][0].tallied]
    table = Table(ask)
    for i in wanted:
        if isinstance(i, Counted | Distinct):
            table.values |= {(i.code, place, ""): 0 for place in ask.places}
        if isinstance(i, Counted) and not MEASURES[i.measure][0].tallied:
            records.add(table, i, ask.places)
        if isinstance(i, Filed):
            filed.add(table, i, ask.places)
    wide = tuple(p for p in ask.places if is_city(p) or (not is_town(p) and not ask.regions))
    narrow = tuple(p for p in ask.places if p not in wide)
    if not {ask.split, *(d for d, _values in ask.only)}.isdisjoint(FROM_RECORDS):
        for i in counted:
            records.add(table, i, ask.places)
    else:
        if wide:
            _from_tallies(table, counted, wide)
        if narrow:
            _from_towns(table, counted, narrow)
    for i in wanted:
        if isinstance(i, Distinct):
            records.distinct(table, i, ask.places)
    for i in wanted:
        if isinstance(i, Rate):
            _rate(table, i)
        if isinstance(i, Added):
            filed.together(table, i)
    return table


def _with_parts(codes: Sequence[str]) -> list[Indicator]:
    wanted: dict[str, Indicator] = {}
    for code in codes:
        i = indicator(code)
        if isinstance(i, Added):
            wanted |= {part: indicator(part) for part in i.parts}
        if isinstance(i, Rate):
            wanted |= {part: indicator(part) for part in (i.part, i.whole, i.apart) if part}
        wanted[code] = i
    return list(wanted.values())


# -- windows ---------------------------------------------------------------------------------------


def _windows(period: Period) -> tuple[list[tuple[date, date]], tuple[date, date] | None]:
    """Odd days and whole months of a period: ([day ranges], (first of first month, first after last))."""
    first = period.start if period.start.day == 1 else month_of(period.start).end + DAY
    after = (period.end + DAY).replace(day=1)
    if first >= after:
        return [(period.start, period.end)], None
    days = []
    if period.start < first:
        days.append((period.start, first - DAY))
    if after <= period.end:
        days.append((after, period.end))
    return days, (first, after)


def _coarse(first: date, after: date) -> Iterator[tuple[str, date, date]]:
    """Whole months as years and what is left: (span, first, the first day after)."""
    january = first if first.month == 1 else date(first.year + 1, 1, 1)
    last = after.replace(month=1)
    if january >= last:
        yield "M", first, after
        return
    for span, begin, end in (("M", first, january), ("Y", january, last), ("M", last, after)):
        if begin < end:
            yield span, begin, end


def _spans(measures: Sequence[str], span: str, first: date, after: date, *, rolled: bool) -> models.QuerySet:
    # `rolled` alone, as Django writes a boolean, would keep SQLite from using the index any further
    return TallySpan.objects.filter(
        measure__in=measures, rolled__in=[rolled], span=span, day__gte=first, day__lt=after
    )


def _days(measures: Sequence[str], first: date, last: date, *, rolled: bool) -> models.QuerySet:
    if rolled:
        return _spans(measures, "D", first, last + DAY, rolled=True)
    return TallyDay.objects.filter(measure__in=measures, day__range=(first, last))


def _flow_sources(ask: Ask, measures: Sequence[str], *, rolled: bool) -> Iterator[models.QuerySet]:
    """What happened in the period: years, months and odd days, or days where they are asked for one by one."""
    days, months = _windows(ask.period)
    if ask.split in ("day", "week"):
        days, months = [(ask.period.start, ask.period.end)], None
    for first, last in days:  # each range by itself: an OR of ranges reads every day there ever was
        yield _days(measures, first, last, rolled=rolled)
    if months:
        whole = [("M", *months)] if ask.split in TIMES else _coarse(*months)
        for span, first, after in whole:
            yield _spans(measures, span, first, after, rolled=rolled)
    yield TallyLine.objects.filter(measure__in=measures, day__range=(ask.period.start, ask.period.end))


def _stock_sources(measures: Sequence[str], upto: date, *, rolled: bool) -> Iterator[models.QuerySet]:
    """What stood at the end of a day: everything that entered, less what left."""
    first, january = upto.replace(day=1), upto.replace(month=1, day=1)
    yield _spans(measures, "Y", date.min, january, rolled=rolled)
    yield _spans(measures, "M", january, first, rolled=rolled)
    yield _days(measures, first, upto, rolled=rolled)
    yield TallyLine.objects.filter(measure__in=measures, day__lte=upto)


def _changes(measures: Sequence[str], period: Period, *, rolled: bool) -> Iterator[models.QuerySet]:
    yield _days(measures, period.start, period.end, rolled=rolled)
    yield TallyLine.objects.filter(measure__in=measures, day__range=(period.start, period.end))


# -- city and counties -------------------------------------------------------------------------------


def _from_tallies(table: Table, counted: Sequence[Counted], places: Sequence[str]) -> None:
    sums = _sums(table.ask, counted, places)
    for i in counted:
        cells = narrowed(i, table.ask)
        if cells is not None:
            _fold(table, i, cells, sums.get(i.measure, {}), places)


def _fold(
    table: Table,
    i: Counted,
    cells: Mapping[str, tuple[str, ...]],
    sums: Mapping[Cell, int],
    places: Sequence[str],
) -> None:
    """Cells into places: the city is the sum of its counties by construction."""
    split, stock = table.ask.split, isinstance(MEASURES[i.measure][1], Stock)
    told = CELLS.index(split) if split in CELLS else None
    allowed = [(CELLS.index(d), frozenset(values)) for d, values in cells.items() if d in CELLS]
    parts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (county, values, when), n in sums.items():
        if all(values[at] in among for at, among in allowed):
            parts[county][when if split in TIMES else values[told] if told is not None else ""] += n
    city: dict[str, int] = defaultdict(int)
    for mine in parts.values():
        for value, n in mine.items():
            city[value] += n
    for place in places:
        found: Mapping[str, int] = city if is_city(place) else parts.get(place, {})
        if split in TIMES and stock:
            found = _running(found, table.ask)
            total = found.get(buckets(table.ask)[-1], 0)
        else:
            total = sum(found.values())
        table.values[i.code, place, ""] = total
        if split:
            table.values |= {(i.code, place, value): n for value, n in found.items() if value}


def _running(changes: Mapping[str, int], ask: Ask) -> dict[str, int]:
    """A stock at the end of each bucket: what stood before (under "") and every change since."""
    level, running = changes.get("", 0), {}
    for when in buckets(ask):
        level += changes.get(when, 0)
        running[when] = level
    return running


def _sums(ask: Ask, counted: Sequence[Counted], places: Sequence[str]) -> dict[str, Mapping[Cell, int]]:
    """measure → cell → n; dimensions that nobody asks for stay ""."""
    measures = {i.measure for i in counted}
    flows = sorted({p for m in measures if not isinstance(MEASURES[m][1], Stock) for p in written_as(m)})
    stocks = sorted({m for m in measures if isinstance(MEASURES[m][1], Stock)})
    timed = ask.split in TIMES
    needed = {d for i in counted for d in i.among} | {d for d, _ in ask.only} | {ask.split}
    told = [d for d in CELLS if d in needed]
    rolled = set(told) <= {"grade"}
    sources: list[tuple[models.QuerySet, bool]] = []
    if flows:
        sources += [(q, timed) for q in _flow_sources(ask, flows, rolled=rolled)]
    if stocks:
        upto = ask.period.start - DAY if timed else ask.period.end
        sources += [(q, False) for q in _stock_sources(stocks, upto, rolled=rolled)]
        if timed:
            sources += [(q, True) for q in _changes(stocks, ask.period, rolled=rolled)]
    columns = ["measure", "county", *told]
    where = _place_q(places) & _only_q(ask)
    sums: dict[str, dict[Cell, int]] = defaultdict(lambda: defaultdict(int))
    for query, with_day in sources:
        asked = [*columns, "day"] if with_day else columns
        for row in query.filter(where).order_by().values_list(*asked).annotate(total=Sum("n")):
            at = dict(zip(asked, row, strict=False))
            when = bucket(at["day"], ask.split) if with_day else ""
            sums[at["measure"]][at["county"], tuple(at.get(d, "") for d in CELLS), when] += row[-1]
    return {m: _together([sums[p] for p in written_as(m) if p in sums]) for m in measures}


def _together(parts: Sequence[dict[Cell, int]]) -> Mapping[Cell, int]:
    if len(parts) == 1:
        return parts[0]
    whole: dict[Cell, int] = defaultdict(int)
    for part in parts:
        for cell, n in part.items():
            whole[cell] += n
    return whole


def _only_q(ask: Ask) -> Q:
    q = Q()
    for dimension, values in ask.only:
        if dimension in CELLS:
            q &= Q(**{f"{dimension}__in": values})
    return q


def _place_q(places: Iterable[str]) -> Q:
    """Counties asked for by equality; a city asks no place: one installation, one city."""
    if any(is_city(p) for p in places):
        return Q()
    return Q(county__in=sorted(set(places)))


# -- towns and regions -------------------------------------------------------------------------------


def _from_towns(table: Table, counted: Sequence[Counted], places: Sequence[str]) -> None:
    """Whole months by town from the tally; odd days, single days and stocks from the records."""
    ask = table.ask
    days, months = _windows(ask.period)
    towns = records.towns_of(places, regions=ask.regions)
    for i in counted:
        cells = narrowed(i, ask)
        if cells is None:
            continue
        by_record = (
            isinstance(MEASURES[i.measure][1], Stock) or ask.split in ("day", "week") or months is None
        )
        if by_record:
            records.add(table, i, places)
            continue
        for first, last in days:
            part = Ask(ask.codes, ask.places, Period(first, last), ask.only, ask.split, ask.regions)
            records.add(table, i, places, ask=part)
        assert months is not None
        _add_months(table, i, cells, towns, months)


def _add_months(
    table: Table, i: Counted, cells: Mapping[str, tuple[str, ...]], towns: Mapping[str, list[str]],
    months: tuple[date, date],
) -> None:  # fmt: skip
    split = table.ask.split
    columns = ["town", *([split] if split in CELLS else ["day"] if split in TIMES else [])]
    for model in (TallyMonth, TallyLine):
        query = model.objects.filter(
            measure__in=written_as(i.measure), day__gte=months[0], day__lt=months[1], town__in=sorted(towns)
        )
        for dimension, values in cells.items():
            query = query.filter(**{f"{dimension}__in": values})
        for town, *rest, n in query.order_by().values_list(*columns).annotate(total=Sum("n")):
            part = bucket(rest[0], split) if split in TIMES else rest[0] if rest else ""
            for place in towns[town]:
                table.values[i.code, place, ""] = (table.values.get((i.code, place, "")) or 0) + n
                if part:
                    key = (i.code, place, part)
                    table.values[key] = (table.values.get(key) or 0) + n


def _rate(table: Table, i: Rate) -> None:
    for code, place, value in list(table.values):
        if code == i.whole:
            whole = table.values[code, place, value]
            part = table.values.get((i.part, place, value), 0)
            table.values[i.code, place, value] = round(100 * (part or 0) / whole, 1) if whole else None
