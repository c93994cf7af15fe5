"""Figures for programs: the values, their declarations, and exactly the records behind each."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router

from anlan.figures import engine, reach
from anlan.figures.indicators import CORE, INDICATORS
from anlan.figures.kinds import Rate
from anlan.kernel import api
from anlan.kernel.clock import day_of
from anlan.places import queries as places

router = Router(tags=[_("统计")])

Codes: Any = Literal[tuple(INDICATORS)]


class Span(api.In):
    """A place and a period; by default one's own place and the last thirty days."""

    place: Annotated[str, Field(pattern=r"^\d{4}(\d{2}(\d{3}(\d{3})?)?)?$")] | None = Field(
        None, description=_("地方代码,不填为本职务的地方")
    )
    since: api.Day | None = Field(None, description=_("自,含当天"))
    until: api.Day | None = Field(None, description=_("至,含当天"))

    def where(self, actor: Any) -> tuple[str, engine.Period]:
        """The place within reach and the period. Refused outside."""
        end = self.until or day_of(timezone.now())
        since = self.since or end - timedelta(days=29)
        return reach.place_within(self.place or "", actor=actor), engine.Period(since, end)


class AskedFigures(Span):
    codes: str | None = Field(
        None,
        max_length=2000,
        description=_("指标代码,以逗号分开;不填为主要指标。全部代码见 /figures/indicators"),
    )
    split: Literal["sector", "source", "grade", "system"] | None = Field(
        None, description=_("再按哪一项分开")
    )


class PagedSpan(Span, api.Paged):
    pass


class IndicatorItem(api.Schema):
    code: str
    label: str
    unit: str
    definition: str
    counted_by: str = Field(description=_("按哪个日期计"))


class Value(api.Schema):
    code: str
    place: str
    split: str = Field(description=_("分开的那一项的值;空为合计"))
    value: float | None = Field(description=_("没有分母的比率为空"))


class Table(api.Schema):
    place: api.Labelled
    since: date
    until: date
    values: list[Value]


class Counted(api.Schema):
    kind: str
    id: int
    on: date = Field(description=_("计入的日期"))


class CountedRows(api.Schema):
    """Exactly the records that a figure counted."""

    value: float | None
    items: list[Counted]
    next: str | None
    previous: str | None


@router.get("/indicators", response=list[IndicatorItem], summary=_("指标口径"), operation_id="indicators")
def indicators(request: HttpRequest):
    return [
        {"code": i.code, "label": str(i.label), "unit": str(i.unit), "definition": str(i.definition),
         "counted_by": str(i.counted_by)}
        for i in INDICATORS.values()
    ]  # fmt: skip


@router.get("", response=Table, summary=_("一个地方一段时间的各项数字"), operation_id="figures")
def values(request: HttpRequest, asked: Query[AskedFigures]):
    actor = request.actor  # type: ignore[attr-defined]
    place, period = asked.where(actor)
    only = reach.only_own(actor)
    codes = tuple(dict.fromkeys(c.strip() for c in (asked.codes or "").split(",") if c.strip())) or CORE
    table = engine.read(engine.Ask(codes, (place,), period, only, asked.split or ""))
    return {
        "place": {"code": place, "label": places.name_of(place)},
        "since": period.start,
        "until": period.end,
        "values": [
            {"code": code, "place": at, "split": split, "value": value}
            for (code, at, split), value in sorted(table.values.items())
        ],
    }


@router.get(
    "/{code}/rows", response=CountedRows, summary=_("一个数字数的是哪些记录"), operation_id="figures_rows"
)
def rows(request: HttpRequest, code: Codes, asked: Query[PagedSpan]):
    actor = request.actor  # type: ignore[attr-defined]
    place, period = asked.where(actor)
    only = reach.only_own(actor)
    i = engine.indicator(code)
    counted: Any = engine.indicator(i.whole) if isinstance(i, Rate) else i
    day = engine.day_column(counted)
    found = engine.rows(code, place=place, period=period, only=only)
    bound = ("figures", code, place, str(period.start), str(period.end))
    page = api.page(found, asked=asked, bound=bound, key=day, actor=actor, values=("pk", day))
    table = engine.read(engine.Ask((code,), (place,), period, only))
    kind = found.model._meta.model_name
    items = [{"kind": kind, "id": v["pk"], "on": v[day]} for v in page.rows]
    return {"value": table[code, place], **api.paged(page, items)}
