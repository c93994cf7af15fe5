"""Reads of reports, scoped; and who has not reported."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from importlib.metadata import PackageNotFoundError, version

from django.db.models import QuerySet

from anlan.figures.periods import Period
from anlan.figures.reports.models import FiledFigure, Frozen, Report
from anlan.figures.reports.shape import Form
from anlan.figures.reports.tables import FORMS
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places

try:
    VERSION = version("anlan")
except PackageNotFoundError:
    VERSION = "0"


def form_named(code: str) -> Form:
    """The form of a code. Refused for an unknown one, naming the nearest."""
    if code in FORMS:
        return FORMS[code]
    near = get_close_matches(code, FORMS, n=3, cutoff=0.1)
    raise Refused(
        Reason("没有报表“%(code)s”,相近的有:%(near)s", {"code": code, "near": "、".join(near) or "—"}), "form"
    )


def city_code() -> str:
    city = places.city()
    return city.code if city else ""


def reports() -> QuerySet[Report]:
    """Every report of my place, the latest period first."""
    return Report.objects.order_by("-end", "-pk")


def report(pk: int) -> Report:
    """Raises Report.DoesNotExist."""
    return Report.objects.opening(pk=pk).get()


def standing(form: str, *, place: str, sector: str, start: date) -> Report | None:
    return reports().filter(form=form, place=place, sector=sector, start=start).first()


def frozen_of(r: Report) -> list[Frozen]:
    """Each table as it was frozen, the latest first."""
    return list(Frozen.objects.of([r]).order_by("-nth"))


def entered_in(r: Report) -> list[FiledFigure]:
    return list(FiledFigure.objects.of([r]).order_by("row", "code"))


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether one county has reported; `report` None where it has not even begun."""

    county: str
    name: str
    report: Report | None

    @property
    def is_filed(self) -> bool:
        return self.report is not None and self.report.state == "FILED"


def turns(form: Form, period: Period, *, sector: str = "") -> list[Turn]:
    """Each county with its report of a period: who has filed, who has not (未报)."""
    rows = reports().filter(form=form.code, start=period.start, sector=sector).exclude(county="")
    known = {r.county: r for r in rows}
    return [Turn(c.code, c.label, known.get(c.code)) for c in places.counties()]
