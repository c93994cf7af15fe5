"""From a declaration to a value, and from a value to its records, by the same filter.

A period is whole months and odd days, so cost does not grow with history; what is not yet folded is
added. Towns within odd days are read from the fact table, for day rows carry no town.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches

from django.db import models
from django.db.models import Count, Q, Sum

from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Counted, Distinct, Indicator, Rate
from anlan.kernel.tally import DIMENSIONS, MEASURES, Stock, TallyDay, TallyLine, TallyMonth
from anlan.kernel.words import Reason, Refused

SPLITS = ("sector", "source", "grade", "system")


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both days included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise Refused(
                Reason(
                    "期间的结束日%(end)s早于开始日%(start)s,请核对", {"end": self.end, "start": self.start}
                )
            )


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: which figures, of which places, in which period, of which cells.

    `places` are codes of the city (4), counties (6) or towns (9 and more). `only` narrows dimensions.
    `split` gives each figure per value of that dimension as well.
    """

    codes: tuple[str, ...]
    places: tuple[str, ...]
    period: Period
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    split: str = ""


@dataclass(slots=True)
class Table:
    """The answer: a value by (code, place, split value); "" where not split. None is no rate."""

    ask: Ask
    values: dict[tuple[str, str, str], int | float | None] = field(default_factory=dict)

    def __getitem__(self, key: tuple[str, str]) -> int | float | None:
        return self.values[(*key, "")]


def indicator(code: str) -> Indicator:
    """The declaration. Refused for an unknown code, naming the nearest ones."""
    if code in INDICATORS:
        return INDICATORS[code]
    near = get_close_matches(code, INDICATORS, n=3, cutoff=0.4)
    raise Refused(
        Reason("没有指标“%(code)s”,相近的有:%(near)s", {"code": code, "near": "、".join(near) or "—"})
    )


def is_town(place: str) -> bool:
    return len(place) > 6


def read(ask: Ask) -> Table:
    """Every figure asked for."""
    wanted = _with_parts(ask.codes)
    counted = [i for i in wanted if isinstance(i, Counted)]
    table = Table(ask)
    wide = tuple(p for p in ask.places if not is_town(p))
    narrow = tuple(p for p in ask.places if is_town(p))
    if wide:
        _from_tallies(table, counted, wide)
    for place in narrow:
        _from_facts(table, counted, place)
    for i in wanted:
        if isinstance(i, Distinct):
            for place in ask.places:
                _distinct(table, i, place)
    for i in wanted:
        if isinstance(i, Rate):
            _rate(table, i)
    return table


def _with_parts(codes: Sequence[str]) -> list[Indicator]:
    wanted: dict[str, Indicator] = {}
    for code in codes:
        i = indicator(code)
        wanted[code] = i
        if isinstance(i, Rate):
            wanted |= {part: indicator(part) for part in (i.part, i.whole)}
    return list(wanted.values())


def _narrowed(i: Counted | Distinct, ask: Ask) -> dict[str, tuple[str, ...]] | None:
    """The cells that count; None where the asked and the declared cells have nothing in common."""
    cells = dict(i.among)
    for dimension, values in ask.only:
        cells[dimension] = tuple(v for v in values if v in cells[dimension]) if dimension in cells else values
        if not cells[dimension]:
            return None
    return cells


def _windows(period: Period) -> tuple[list[tuple[date, date]], tuple[date, date] | None]:
    """Odd days and whole months of a period: ([day ranges], (first of first month, first after last))."""
    first = period.start if period.start.day == 1 else _next_month(period.start)
    after = (period.end + timedelta(days=1)).replace(day=1)
    if first >= after:
        return [(period.start, period.end)], None
    days = []
    if period.start < first:
        days.append((period.start, first - timedelta(days=1)))
    if after <= period.end:
        days.append((after, period.end))
    return days, (first, after)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _from_tallies(table: Table, counted: Sequence[Counted], places: Sequence[str]) -> None:
    ask = table.ask
    by_county = _sums(ask, counted, places)
    for i in counted:
        cells = _narrowed(i, ask)
        for place in places:
            totals: dict[str, int] = defaultdict(int)
            totals[""] = 0
            if cells is not None:
                for (county, values), n in by_county.get(i.measure, {}).items():
                    if not county.startswith(place) and not (
                        len(place) <= 4 and county[: len(place)] == place
                    ):
                        continue
                    at = dict(zip(SPLITS, values, strict=True))
                    if all(at[d] in allowed for d, allowed in cells.items() if d in at):
                        totals[""] += n
                        if ask.split:
                            totals[at[ask.split]] += n
            for value, n in totals.items():
                table.values[i.code, place, value] = n


def _sums(ask: Ask, counted: Sequence[Counted], places: Sequence[str]) -> dict[str, dict[tuple, int]]:
    """measure → (county, (sector, source, grade, system)) → n; dimensions nobody asks for stay ""."""
    needed = (
        {d for i in counted for d in i.among}
        | {d for d, _ in ask.only}
        | ({ask.split} if ask.split else set())
    )
    columns = ["measure", "county", *(d for d in SPLITS if d in needed)]
    flows = sorted({i.measure for i in counted if not isinstance(MEASURES[i.measure][1], Stock)})
    stocks = sorted({i.measure for i in counted if isinstance(MEASURES[i.measure][1], Stock)})
    where = _place_q(places)
    for dimension, values in ask.only:
        where &= Q(**{f"{dimension}__in": values})
    start, end = ask.period.start, ask.period.end
    this_month = end.replace(day=1)
    days, months = _windows(ask.period)
    queries: list[models.QuerySet] = []
    if flows:
        odd = Q()
        for first, last in days:
            odd |= Q(day__range=(first, last))
        if days:
            queries.append(TallyDay.objects.filter(odd, measure__in=flows))
        if months:
            queries.append(
                TallyMonth.objects.filter(measure__in=flows, day__gte=months[0], day__lt=months[1])
            )
        queries.append(TallyLine.objects.filter(measure__in=flows, day__range=(start, end)))
    if stocks:
        queries.append(TallyMonth.objects.filter(measure__in=stocks, day__lt=this_month))
        queries.append(TallyDay.objects.filter(measure__in=stocks, day__range=(this_month, end)))
        queries.append(TallyLine.objects.filter(measure__in=stocks, day__lte=end))
    sums: dict[str, dict[tuple, int]] = defaultdict(lambda: defaultdict(int))
    for query in queries:
        for row in query.filter(where).order_by().values_list(*columns).annotate(total=Sum("n")):
            measure, county, *rest, n = row
            at = dict(zip(columns[2:], rest, strict=True))
            sums[measure][county, tuple(at.get(d, "") for d in SPLITS)] += n
    return sums


def _place_q(places: Iterable[str]) -> Q:
    """Counties asked for by equality; a city (or the province) asks no place: one installation, one city."""
    if any(len(p) < 6 for p in places):
        return Q()
    return Q(county__in=sorted(set(places)))


def _fact_q(i: Counted | Distinct, ask: Ask, place: str) -> Q | None:
    """The records behind a figure."""
    fact, measure = MEASURES[i.measure]
    cells = _narrowed(i, ask)
    if cells is None:
        return None
    column = dict(zip(DIMENSIONS, fact.columns, strict=True))
    q = measure.rows(ask.period.start, ask.period.end)
    for dimension, values in cells.items():
        q &= Q(**{f"{column[dimension]}__in": values})
    if is_town(place):
        q &= Q(**{column["town"]: place})
    elif len(place) == 6:
        q &= Q(**{column["county"]: place})
    return q


def _from_facts(table: Table, counted: Sequence[Counted], place: str) -> None:
    for i in counted:
        fact, measure = MEASURES[i.measure]
        q = _fact_q(i, table.ask, place)
        amount = getattr(measure, "amount", "")
        how = Sum(amount) if amount else Count("pk")
        table.values[i.code, place, ""] = 0
        if q is None:
            continue
        rows = fact.model._base_manager.filter(q).order_by()
        table.values[i.code, place, ""] = rows.aggregate(n=how)["n"] or 0
        if table.ask.split:
            column = dict(zip(DIMENSIONS, fact.columns, strict=True))[table.ask.split]
            for value, n in rows.values_list(column).annotate(n=how):
                table.values[i.code, place, value] = n or 0


def _distinct(table: Table, i: Distinct, place: str) -> None:
    fact, _ = MEASURES[i.measure]
    q = _fact_q(i, table.ask, place)
    rows = fact.model._base_manager.none() if q is None else fact.model._base_manager.filter(q)
    table.values[i.code, place, ""] = rows.aggregate(n=Count(i.of, distinct=True))["n"] or 0


def _rate(table: Table, i: Rate) -> None:
    for code, place, value in list(table.values):
        if code == i.whole:
            whole = table.values[code, place, value]
            part = table.values.get((i.part, place, value), 0)
            table.values[i.code, place, value] = round(100 * (part or 0) / whole, 1) if whole else None


def rows(code: str, *, place: str, period: Period, only: tuple = ()) -> models.QuerySet:
    """The records that a figure counted, newest first. A rate opens into its whole."""
    i = indicator(code)
    if isinstance(i, Rate):
        i = indicator(i.whole)
    assert isinstance(i, Counted | Distinct)
    fact, measure = MEASURES[i.measure]
    q = _fact_q(i, Ask((code,), (place,), period, only), place)
    found = fact.model._base_manager.all()
    if q is None:
        return found.none()
    day = measure.enters if isinstance(measure, Stock) else measure.on
    return found.filter(q).order_by(f"-{day}", "-pk")
