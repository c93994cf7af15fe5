"""Coverage and draws for programs: the five ones of a roll, what nobody has looked at, draws as they were sealed."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router

from anlan.inspections import coverage_queries as queries
from anlan.inspections import draws_queries
from anlan.inspections.coverage_models import Roll
from anlan.inspections.draws_models import Draw
from anlan.inspections.states import DrawKind, DrawState, RollState, Tier
from anlan.kernel import api
from anlan.kernel.scope import Level
from anlan.places import queries as places
from anlan.standards import queries as standards

router = Router(tags=[_("检查覆盖")])
draws = Router(tags=[_("随机抽取")])

OneRollState: Any = api.one_of(RollState)
OneDrawState: Any = api.one_of(DrawState)
OneDrawKind: Any = api.one_of(DrawKind)
OneTier: Any = Literal[tuple(t.name for t in Tier)]
County = Annotated[str, Field(pattern=r"^\d{6}$")]
Sector = Annotated[str, Field(min_length=1, max_length=20)]


class RollRow(api.Schema):
    id: int
    name: str
    state: OneRollState
    since: date
    until: date
    frozen_on: date
    campaign: int | None
    digest: str = Field(description=_("名册校验码"))
    version: int


class RollRows(api.Schema):
    items: list[RollRow]
    next: str | None
    previous: str | None


class Covered(api.Schema):
    """How many there are, how many were looked at (家), how often (家次), and by which mode."""

    nodes: int
    seen: int
    unseen: int
    rate: float | None = Field(description=_("覆盖率,0到1;没有应查对象时为空"))
    visits: int
    seen_self: int
    seen_expert: int
    seen_gov: int


class TierLine(Covered):
    tier: OneTier
    label: str


class CountyLine(Covered):
    county: api.Labelled


class RollRecord(RollRow):
    tiers: list[TierLine]
    counties: list[CountyLine] = Field(description=_("企业一层,按县(市、区)"))


class Narrowed(api.In):
    county: County | None = None
    sector: Sector | None = None


class Unseen(api.Paged):
    tier: OneTier = "ENTERPRISE"
    county: County | None = None
    sector: Sector | None = None


class NodeRow(api.Schema):
    id: int
    tier: OneTier
    name: str
    county: api.Labelled
    sector: api.Labelled | None
    enterprise: int | None
    risk: int


class NodeRows(api.Schema):
    items: list[NodeRow]
    next: str | None
    previous: str | None


def _named(code: str) -> dict[str, str]:
    return {"code": code, "label": places.name_of(code)}


def _roll(r: Roll) -> dict[str, Any]:
    names = ("name", "state", "since", "until", "frozen_on", "campaign", "digest")
    return {n: getattr(r, n) for n in names} | {"id": r.pk, "version": r.seq}


def _line(line: queries.Line) -> dict[str, Any]:
    names = ("nodes", "seen", "unseen", "rate", "visits", "seen_self", "seen_expert", "seen_gov")
    return {n: getattr(line, n) for n in names}


def _looks(request: Any) -> Any:
    """Coverage is for offices, organs and stations."""
    actor = request.actor
    if actor.is_enterprise or actor.level is Level.NAMED or not actor.may("see"):
        raise Http404
    return actor


def _one(pk: int) -> Roll:
    try:
        return queries.roll(pk)
    except Roll.DoesNotExist:
        raise Http404 from None


@router.get("", response=RollRows, summary=_("覆盖名册"), operation_id="coverage_list")
def rolls(request: HttpRequest, asked: Query[api.Paged]):
    actor = _looks(request)
    page = api.page(queries.rolls(), asked=asked, bound=("coverage",), key="since", actor=actor)
    return api.paged(page, [_roll(r) for r in page.rows])


@router.get("/{int:pk}", response=RollRecord, summary=_("一份名册的五个一覆盖"), operation_id="coverage_get")
def roll(request: HttpRequest, pk: api.Key, asked: Query[Narrowed]):
    actor, r = _looks(request), _one(pk)
    lines = queries.tree(r, actor, county=asked.county or "", sector=asked.sector or "")
    beside = queries.beside(r, actor, Tier.ENTERPRISE)
    return _roll(r) | {
        "tiers": [{"tier": t.name, "label": str(t.label)} | _line(lines[t]) for t in Tier],
        "counties": [{"county": _named(code)} | _line(line) for code, line in beside],
    }


@router.get(
    "/{int:pk}/unseen", response=NodeRows, summary=_("还没查的,风险高的在前"), operation_id="coverage_unseen"
)
def unseen(request: HttpRequest, pk: api.Key, asked: Query[Unseen]):
    actor, r = _looks(request), _one(pk)
    rows = queries.unseen(r, Tier[asked.tier], county=asked.county or "", sector=asked.sector or "")
    page = api.page(rows, asked=asked, bound=("unseen", pk, asked.given()), key="risk", actor=actor)
    return api.paged(page, [
        {"id": n.pk, "tier": Tier(n.tier).name, "name": n.name, "county": _named(n.county),
         "sector": {"code": n.sector, "label": standards.sector_name(n.sector)} if n.sector else None,
         "enterprise": n.enterprise_id, "risk": n.risk}
        for n in page.rows
    ])  # fmt: skip


# -- draws -------------------------------------------------------------------------------------------


class DrawRow(api.Schema):
    """A draw as it was sealed; where it leads stands in its visits, for whoever may see those."""

    id: int
    kind: OneDrawKind
    state: OneDrawState
    purpose: str
    day: date
    until: date
    organisation_name: str
    nth: int = Field(description=_("同一天的第几次抽取"))
    reason: str
    groups_no: int
    firms_no: int
    candidates_no: int
    drawn_no: int
    commitment: str = Field(description=_("抽取前公布的承诺值"))
    papers_digest: str = Field(description=_("封存名单的校验值"))
    committed_at: datetime
    drawn_at: datetime | None
    revealed: str = Field(description=_("公布后的种子;公布前为空"))
    published_on: date | None
    version: int


class DrawRows(api.Schema):
    items: list[DrawRow]
    next: str | None
    previous: str | None


def _draw(d: Draw) -> dict[str, Any]:
    return {"id": d.pk, "version": d.seq} | {
        n: getattr(d, n) for n in DrawRow.model_fields if n not in ("id", "version")
    }


def _sees_draws(request: Any) -> Any:
    actor = request.actor
    if actor.is_enterprise or Draw.coordinates.q(actor) is None:
        raise Http404
    return actor


@draws.get("", response=DrawRows, summary=_("随机抽取记录,重抽的也在内"), operation_id="draws_list")
def drawn(request: HttpRequest, asked: Query[api.Paged]):
    actor = _sees_draws(request)
    page = api.page(draws_queries.draws(), asked=asked, bound=("draws",), key="day", actor=actor)
    return api.paged(page, [_draw(d) for d in page.rows])


@draws.get("/{int:pk}", response=DrawRow, summary=_("一次随机抽取"), operation_id="draws_get")
def draw(request: HttpRequest, pk: api.Key):
    _sees_draws(request)
    try:
        return _draw(draws_queries.draw(pk))
    except Draw.DoesNotExist:
        raise Http404 from None
