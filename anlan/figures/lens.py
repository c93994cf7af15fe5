"""Figures through a lens over cells (a campaign), beside records that were put into it by hand.

What the lens holds is read from the tallies at the cost of any figure; what was tagged is counted from its few
records, by the same declaration, and only where the lens does not hold it already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from anlan.figures import engine, records
from anlan.figures.ask import Ask, Only, indicator, is_city
from anlan.figures.kinds import Counted, Distinct
from anlan.figures.periods import Period
from anlan.kernel.tally import MEASURES, Fact

LONG_AGO = date(1949, 10, 1)


@dataclass(frozen=True, slots=True)
class Lens:
    """Places, period and cells of what belongs, and the keys of what was tagged, by name of its table.

    What was tagged may lie outside all of that; `reach` are the places and `part` the cells that it is asked for
    within, nothing said meaning the places of the lens and every cell.
    """

    places: tuple[str, ...]
    period: Period
    only: Only = ()
    tagged: Mapping[str, Sequence[int]] = field(default_factory=dict)
    reach: tuple[str, ...] = ()
    part: Only = ()


def figures(codes: Sequence[str], lens: Lens) -> dict[str, int]:
    """Each figure over all places of the lens together. Counted and distinct ones; firms lie in one county each."""
    found = dict.fromkeys(codes, 0)
    for narrowed, some in _asked(codes, lens):
        table = engine.read(Ask(tuple(some), lens.places, lens.period, narrowed))
        for code in some:
            found[code] = sum(int(table[code, place] or 0) for place in lens.places)
    for code in codes:
        found[code] += beside(code, lens)
    return found


def by_place(codes: Sequence[str], lens: Lens, places: Sequence[str]) -> dict[str, dict[str, int]]:
    """The same for each place by itself; what was tagged counts where it lies."""
    if not lens.tagged:
        return _at(codes, lens, places)
    return {place: figures(codes, at_place(lens, place)) for place in places}


def at_place(lens: Lens, place: str) -> Lens:
    """The lens over one place. Where the place is none of its own, only what was tagged lies there."""
    mine = any(is_city(p) or place.startswith(p) for p in lens.places)
    return replace(lens, places=(place,) if mine else (), reach=(place,))


def _at(codes: Sequence[str], lens: Lens, places: Sequence[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {place: dict.fromkeys(codes, 0) for place in places}
    for narrowed, some in _asked(codes, lens):
        table = engine.read(Ask(tuple(some), tuple(places), lens.period, narrowed))
        for place in places:
            found[place] |= {code: int(table[code, place] or 0) for code in some}
    return found


def _asked(codes: Sequence[str], lens: Lens) -> list[tuple[Only, list[str]]]:
    """Codes by the narrowing that their fact can tell; none where the lens has no place of its own."""
    parts: dict[Only, list[str]] = {}
    for code in codes if lens.places else ():
        fact, _measure = MEASURES[_declared(code).measure]
        parts.setdefault(_told(fact, lens.only), []).append(code)
    return list(parts.items())


def _declared(code: str) -> Counted | Distinct:
    i = indicator(code)
    if not isinstance(i, Counted | Distinct):
        raise TypeError(f"{code} is a rate: ask for its part and its whole")
    return i


def beside(code: str, lens: Lens) -> int:
    """What of a figure was tagged and lies outside the lens."""
    i = _declared(code)
    fact, measure = MEASURES[i.measure]
    q = _tagged(i, lens)
    if q is None:
        return 0
    outside = fact.model._base_manager.filter(q).exclude(_within(i, lens))
    if isinstance(i, Distinct):
        inside = fact.model._base_manager.filter(_within(i, lens)).values(i.of)
        return outside.exclude(**{f"{i.of}__in": inside}).aggregate(n=Count(i.of, distinct=True))["n"] or 0
    amount = getattr(measure, "amount", "")
    return outside.aggregate(n=Sum(amount) if amount else Count("pk"))["n"] or 0


def rows(code: str, lens: Lens) -> QuerySet:
    """The records that a figure counted: what the lens holds and what was tagged, newest first."""
    i = _declared(code)
    fact, _measure = MEASURES[i.measure]
    q, tagged = _within(i, lens), _tagged(i, lens)
    found = fact.model._base_manager.filter(q if tagged is None else q | tagged)
    return records.dated(found, i, lens.period.end)


def _tagged(i: Counted | Distinct, lens: Lens) -> Q | None:
    """What was tagged and counts for a figure, whether the lens holds it or not; None where nothing can be."""
    fact, _measure = MEASURES[i.measure]
    keys = lens.tagged.get(fact.model._meta.model_name or "")
    if not keys:
        return None
    where = lens.reach or lens.places
    ever = Ask((i.code,), where, Period(LONG_AGO, lens.period.end), lens.part)
    q = records.filter_of(i, ever, where)
    return None if q is None else q & Q(pk__in=list(keys))


def _within(i: Counted | Distinct, lens: Lens) -> Q:
    if not lens.places:
        return Q(pk__in=[])
    fact, _measure = MEASURES[i.measure]
    ask = Ask((i.code,), lens.places, lens.period, _told(fact, lens.only))
    q = records.filter_of(i, ask, lens.places)
    return Q(pk__in=[]) if q is None else q


def _told(fact: Fact, only: Only) -> Only:
    """The narrowing that a fact can tell: groups and trips have no source."""
    told = dict(zip(records.DIMENSIONS, fact.columns, strict=True))
    return tuple(o for o in only if told.get(o[0]))
