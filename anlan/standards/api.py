"""What is in force, for programs: places, sectors, sources, terms, criteria. Everybody may read them."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router

from anlan.kernel import api
from anlan.kernel.clock import day_of
from anlan.places import queries as places
from anlan.standards import queries

router = Router(tags=[_("地方与标准")])


class On(api.In):
    on: api.Day | None = Field(None, description=_("哪一天有效,不填为今天"))

    @property
    def day(self) -> date:
        return self.on or day_of(timezone.now())


class Towns(On):
    county: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None


class OfSector(On):
    sector: Annotated[str, Field(min_length=1, max_length=20)]


class Place(api.Schema):
    code: str
    label: str
    county: str = Field(description=_("管理它的县(市、区)"))
    region: str = Field(description=_("统计区划,可与管理单位不同"))


class Term(api.Schema):
    """A legal term: so many days, counted so, from such a law."""

    code: str
    days: int
    count: str = Field(description=_("CALENDAR 自然日,WORKING 工作日"))
    rolls: bool = Field(description=_("末日是休息日的,是否顺延"))
    law: str


def _labelled(choices: Any) -> list[dict[str, str]]:
    return [{"code": code, "label": str(label)} for code, label in choices]


def _places(rows: Any) -> list[dict[str, str]]:
    return [{"code": p.code, "label": p.label, "county": p.unit, "region": p.region} for p in rows]


@router.get("/places/counties", response=list[Place], summary=_("县(市、区)"), operation_id="counties")
def counties(request: HttpRequest, asked: Query[On]):
    return _places(places.counties(on=asked.day))


@router.get("/places/towns", response=list[Place], summary=_("乡镇(街道)"), operation_id="towns")
def towns(request: HttpRequest, asked: Query[Towns]):
    return _places(places.towns(asked.county or "", on=asked.day))


@router.get("/standards/sectors", response=list[api.Labelled], summary=_("行业领域"), operation_id="sectors")
def sectors(request: HttpRequest, asked: Query[On]):
    return _labelled(queries.sector_choices(on=asked.day))


@router.get("/standards/sources", response=list[api.Labelled], summary=_("隐患来源"), operation_id="sources")
def sources(request: HttpRequest, asked: Query[On]):
    """Those that the caller's role may name."""
    return _labelled(queries.source_choices(request.actor.role, on=asked.day))  # type: ignore[attr-defined]


@router.get("/standards/terms", response=list[Term], summary=_("法定期限"), operation_id="terms")
def terms(request: HttpRequest, asked: Query[On]):
    rows = queries.standing("terms", on=asked.day)["terms"]
    return [
        {"code": t.code, "days": t.term.days, "count": t.term.count, "rolls": t.term.rolls, "law": t.term.law}
        for t in rows
    ]


@router.get(
    "/standards/major-rules", response=list[str], summary=_("重大隐患判定标准"), operation_id="major_rules"
)
def major_rules(request: HttpRequest, asked: Query[OfSector]):
    return queries.major_clauses(asked.sector, on=asked.day)
