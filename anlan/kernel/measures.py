"""What can be counted of a record: that something happened on a day, or that it stood at the end of one.

A measure says both how a row marks the figures and which rows a figure opens into, by the same conditions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, F, Q, When

from anlan.kernel.clock import CHINA


@dataclass(frozen=True, slots=True)
class Where:
    """One condition on a column: equal to, or among, the given values; `negated` turns it round."""

    column: str
    among: tuple[Any, ...]
    negated: bool = False

    def holds(self, row: Any) -> bool:
        return (getattr(row, self.column) in self.among) is not self.negated

    def q(self) -> Q:
        q = (
            Q(**{self.column: self.among[0]})
            if len(self.among) == 1
            else Q(**{f"{self.column}__in": self.among})
        )
        return ~q if self.negated else q


def _q(conditions: Iterable[Where]) -> Q:
    q = Q()
    for condition in conditions:
        q &= condition.q()
    return q


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Happened on a day. `amount` names a whole-number column to be summed instead of counting.

    `instant`: the column holds an instant, of which the local day counts; of facts outside the tally alone.
    `parts`: measures on the same day that exclude each other and that it is the sum of. It leaves no lines of its
    own then and costs the tallies no room: what is counted in five ways is written down once.
    """

    code: str
    on: str
    where: tuple[Where, ...] = ()
    amount: str = ""
    instant: bool = False
    parts: tuple[str, ...] = ()

    def marks(self, row: Any) -> tuple[tuple[date, int], ...]:
        """What the row adds, on which days, where its conditions hold."""
        day = getattr(row, self.on)
        n = getattr(row, self.amount) if self.amount else 1
        return ((day, n),) if day is not None and n else ()

    def rows(self, start: date, end: date) -> Q:
        if not self.instant:
            return Q(**{f"{self.on}__range": (start, end)}) & _q(self.where)
        first, after = (datetime.combine(d, time(), CHINA) for d in (start, end + timedelta(days=1)))
        return Q(**{f"{self.on}__gte": first, f"{self.on}__lt": after}) & _q(self.where)


def together(code: str, *where: Where, of: Sequence[Flow]) -> Flow:
    """The sum of those measures, of some on one day that exclude each other, that hold wherever `where` does."""
    parts = tuple(m.code for m in of if set(where) <= set(m.where))
    return Flow(code=code, on=of[0].on, where=where, parts=parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Stood at the end of a day: entered by then and not yet left.

    The day it enters may lie ahead (a deadline puts lateness on the day after it), so that no
    nightly job counts.
    """

    code: str
    enters: str
    leaves: str
    where: tuple[Where, ...] = ()
    amount: str = ""
    parts: ClassVar[tuple[str, ...]] = ()

    def marks(self, row: Any) -> tuple[tuple[date, int], ...]:
        """What the row adds, on which days, where its conditions hold."""
        enters, leaves = getattr(row, self.enters), getattr(row, self.leaves)
        if enters is None or (leaves is not None and leaves <= enters):
            return ()
        return ((enters, 1),) if leaves is None else ((enters, 1), (leaves, -1))

    def rows(self, start: date, end: date) -> Q:
        return self.inside(end) & _q(self.where)

    def inside(self, end: date) -> Q:
        """Who stands in it at the end of a day."""
        return Q(**{f"{self.enters}__lte": end}) & (
            Q(**{f"{self.leaves}__isnull": True}) | Q(**{f"{self.leaves}__gt": end})
        )

    def ever(self, end: date) -> Q:
        """Who may have entered it by the end of a day."""
        return Q(**{f"{self.enters}__lte": end})

    @property
    def told_by(self) -> tuple[str, ...]:
        """The columns upon which its marks rest."""
        return self.enters, self.leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Again(Stock):
    """A stock in which a record may have stood before, so that what stood on a day of the past stays said.

    `earlier` names a column with the spells that are over, [[entered, left], …] as days; `stood` gives the keys of
    those who stood in such a spell at the end of a day, `since` the expression that tells since when.
    """

    earlier: str
    stood: Callable[[date], models.QuerySet]
    since: Callable[[date], Any]

    def marks(self, row: Any) -> tuple[tuple[date, int], ...]:
        """Those of every spell, and of the present one."""
        over = [
            (date.fromisoformat(day), n)
            for spell in getattr(row, self.earlier)
            for day, n in zip(spell, (1, -1), strict=True)
        ]
        return (*over, *Stock.marks(self, row))

    def counted_on(self, end: date) -> Any:
        """The day on which each entered that stands in it at the end of a day: of no column, so an expression."""
        return Case(When(Stock.inside(self, end), then=F(self.enters)), default=self.since(end))

    def inside(self, end: date) -> Q:
        return Stock.inside(self, end) | Q(pk__in=self.stood(end))

    def ever(self, end: date) -> Q:
        return Stock.ever(self, end) | ~Q(**{self.earlier: []})

    @property
    def told_by(self) -> tuple[str, ...]:
        return self.enters, self.leaves, self.earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Among(Stock):
    """A stock of which only those count that other records name in the period, or those that none names.

    `named` gives the keys that are named between two days. Never tallied: the window decides.
    """

    named: Callable[[date, date], models.QuerySet]
    without: bool = False

    def rows(self, start: date, end: date) -> Q:
        named = Q(pk__in=self.named(start, end))
        return Stock.rows(self, start, end) & (~named if self.without else named)


Measure = Flow | Stock
