"""The records behind a figure as an address asks for them, for the page and for the file alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from anlan.figures import engine, reach
from anlan.figures.forms import Asking
from anlan.figures.kinds import Indicator, Rate
from anlan.kernel import tables
from anlan.kernel.scope import Actor
from anlan.kernel.tables import Column, Kind, Listing, Row, Table, plain
from anlan.kernel.tally import DIMENSIONS, MEASURES
from anlan.kernel.web import whole
from anlan.places import queries as places
from anlan.standards import queries as standards

#: parts that are named by the key of a record
KEYS = frozenset({"organisation", "enterprise", "group"})
#: what hangs on a record, through which its firm is found
HANGS = ("enterprise", "hazard", "report")


@dataclass(frozen=True, slots=True)
class Opened:
    """A figure and the records that it counted. `counted` is what they are: of a rate its whole."""

    indicator: Indicator
    counted: Any
    place: str
    period: engine.Period
    only: engine.Only
    regions: bool

    @property
    def day(self) -> str:
        return engine.day_column(self.counted)

    @property
    def rows(self) -> QuerySet:
        found = engine.rows(
            self.indicator.code, place=self.place, period=self.period, only=self.only, regions=self.regions
        )
        names = {f.name for f in found.model._meta.fields}
        hangs = [name for name in HANGS if name in names]
        deeper = ["hazard__enterprise"] if "hazard" in names else []
        return found.select_related(*hangs, *deeper) if hangs else found

    def value(self) -> Any:
        ask = engine.Ask((self.indicator.code,), (self.place,), self.period, self.only, "", self.regions)
        return engine.read(ask)[self.indicator.code, self.place]


def opened(asked: QueryDict, actor: Actor, *, on: date) -> Opened:
    """What an address asks for. Refused for a place out of reach, days the wrong way round, a code that is none."""
    place, period = Asking(asked, actor=actor, today=on).read()
    indicator = engine.indicator(asked.get("code", ""))
    counted = engine.indicator(indicator.whole) if isinstance(indicator, Rate) else indicator
    regions = bool(asked.get("regions")) and len(reach.own_place(actor)) <= 4
    return Opened(indicator, counted, place, period, narrowing(asked, actor), regions)


def narrowing(asked: QueryDict, actor: Actor) -> engine.Only:
    """The parts that an address names, within the sectors of the position."""
    named = tuple(
        (d, tuple(_part(d, said) for said in asked.getlist(d))) for d in engine.SPLITS if asked.get(d)
    )
    return (*reach.only_own(actor), *named)


def _part(dimension: str, said: str) -> str:
    """A part of a figure as the address names it; what is no key names no record."""
    return str(whole(said) or 0) if dimension in KEYS else said


# -- as a table ------------------------------------------------------------------------------------


class Names(places.Names):
    """What codes are called, looked up once for all rows."""

    def __init__(self) -> None:
        super().__init__()
        self.sectors = dict(standards.sector_choices(on=None))


COLUMNS = (
    plain("record", _("记录")),
    plain("words", _("内容"), kind=Kind.WIDE),
    plain("firm", _("企业(单位)")),
    Column(code="county", label=_("县(市、区)"), needs=("at_county",), of=lambda r, n: n.place(r["at_county"])),
    Column(code="town", label=_("乡镇(街道)"), needs=("at_town",), of=lambda r, n: n.place(r["at_town"])),
    Column(code="sector", label=_("行业领域"), needs=("at_sector",),
           of=lambda r, n: n.sectors.get(r["at_sector"], r["at_sector"])),
    plain("counted_on", _("计数日期"), kind=Kind.DAY),
    plain("amount", _("数额"), kind=Kind.NUMBER),
)  # fmt: skip


def _listing(asked: Mapping[str, str], by: Actor, on: date) -> Listing:
    """The records behind the figure, with where and when each was counted."""
    said = QueryDict(mutable=True)
    said.update(asked)  # type: ignore[arg-type]
    o = opened(said, by, on=on)
    fact, measure = MEASURES[o.counted.measure] if hasattr(o.counted, "measure") else (None, None)
    told = dict(zip(DIMENSIONS, fact.columns, strict=True)) if fact else {}
    amount = getattr(measure, "amount", "")
    rows = o.rows.annotate(
        **{f"at_{d}": F(told[d]) if told.get(d) else Value("") for d in ("county", "town", "sector")},
        counted_on=F(o.day),
        amount=F(amount) if amount else Value(None, output_field=IntegerField()),
    )
    return Listing(rows, "counted_on")


def _read(rows: QuerySet, keys: Sequence[int]) -> Iterable[Row]:
    for r in rows.filter(pk__in=keys):
        hazard = getattr(r, "hazard", None)
        firm = getattr(r, "enterprise", None) or getattr(hazard, "enterprise", None)
        on = r.counted_on
        yield {
            "pk": r.pk, "record": getattr(r, "number", "") or getattr(r, "name", "") or str(r),
            "words": _words(r) or (_words(hazard) if hazard else ""), "firm": firm.name if firm else "",
            "at_county": r.at_county, "at_town": r.at_town, "at_sector": r.at_sector,
            "counted_on": on.date() if hasattr(on, "date") else on, "amount": r.amount,
        }  # fmt: skip


def _words(r: Any) -> str:
    return next(
        (said for name in ("description", "what", "reason", "words") if (said := getattr(r, name, ""))), ""
    )


TABLE = tables.declare(
    Table(
        code="figure_rows", title=_("数字背后的记录"), kind="figure", columns=COLUMNS,
        shown=tuple(c.code for c in COLUMNS),
        asks=frozenset({"code", "place", "period", "from", "to", "system", "regions", *engine.SPLITS}),
        listing=_listing, names=Names, read=_read,
    )
)  # fmt: skip
