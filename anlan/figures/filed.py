"""Figures that counties report: read from what was entered, once the report with it has been filed."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Sum

from anlan.figures.ask import Ask, Table, is_city
from anlan.figures.kinds import Added, Filed
from anlan.figures.models import FiledFigure
from anlan.kernel.words import Reason, Refused

#: by what filed figures can be narrowed and split: a report tells no more
KNOWN = frozenset({"sector"})


def rows(i: Filed | Added, ask: Ask, place: str) -> models.QuerySet:
    """What was entered for a figure: of filed reports whose days lie within the period, newest first."""
    strange = sorted({d for d, _values in ask.only} - KNOWN | ({ask.split} - KNOWN - {""}))
    if strange:
        raise Refused(Reason("“%(label)s”由县(市、区)填报,不能按“%(split)s”细分", {
            "label": i.label, "split": "、".join(strange),
        }))  # fmt: skip
    found = FiledFigure.everything.filter(code__in=_codes(i), counts=True)
    found = found.filter(start__gte=ask.period.start, end__lte=ask.period.end)
    if not is_city(place):
        found = found.filter(county=place)
    for _dimension, values in ask.only:
        found = found.filter(sector__in=values)
    return found.order_by("-end", "-pk")


def _codes(i: Filed | Added) -> tuple[str, ...]:
    return i.parts if isinstance(i, Added) else (i.code,)


def together(table: Table, i: Added) -> None:
    """The sum of the parts; None where nothing was reported."""
    for code, place, value in list(table.values):
        if code in i.parts:
            n = table.values[code, place, value]
            had = table.values.get((i.code, place, value))
            table.values[i.code, place, value] = had if n is None else (had or 0) + n


def add(table: Table, i: Filed, places: Sequence[str]) -> None:
    """Sum what was filed, for each place; a town files nothing."""
    for place in places:
        found = rows(i, table.ask, place).order_by()
        total = found.aggregate(n=Sum("n"))["n"]
        table.values[i.code, place, ""] = total
        if table.ask.split:
            parts = found.values_list("sector").annotate(total=Sum("n"))
            table.values |= {(i.code, place, sector): n for sector, n in parts if sector}
