"""Suspensions (停产整顿) for programs, and the four lists."""

from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router

from anlan.hazards import lists, pages, queries, suspensions
from anlan.hazards.models import Suspension
from anlan.hazards.shapes import Ledger
from anlan.hazards.suspension import SUSPENSION
from anlan.kernel import api, tables
from anlan.kernel.api_acts import Acts
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Axis
from anlan.register import queries as register

router = Router(tags=[_("停产整顿")])
four = Router(tags=[_("四张清单")])


Step: Any = api.one_of(Suspension.Step)
Extent: Any = api.one_of(Suspension.Extent)


class SuspensionRow(api.Schema):
    id: int
    state: Step
    enterprise: api.Named
    extent: Extent
    scope_words: str
    reason: str
    proposed_on: date
    began_on: date | None
    asked_on: date | None
    lifted_on: date | None
    hazards: list[int] = Field(description=_("作为依据的隐患"))
    version: int
    actions: list[api.Action]


class SuspensionRows(api.Schema):
    items: list[SuspensionRow]
    next: str | None
    previous: str | None


class Suspended(api.Paged):
    state: Step | None = None


def _row(s: Any, grounds: list[int], offers: api.Offers) -> dict[str, Any]:
    return {
        "id": s.pk, "state": s.state, "enterprise": {"id": s.enterprise_id, "name": s.enterprise.name},
        "extent": s.extent, "scope_words": s.scope_words, "reason": s.reason, "proposed_on": s.proposed_on,
        "began_on": s.began_on, "asked_on": s.asked_on, "lifted_on": s.lifted_on, "hazards": grounds,
        "version": s.seq, "actions": offers.of(s),
    }  # fmt: skip


@router.get("", response=SuspensionRows, summary=_("停产整顿名单"), operation_id="suspensions_list")
def ledger(request: HttpRequest, asked: Query[Suspended]):
    actor, given = request.actor, asked.given()  # type: ignore[attr-defined]
    rows = queries.suspensions()
    if asked.state:
        rows = rows.filter(state=asked.state)
    page = api.page(rows, asked=asked, bound=("suspensions", given), key="proposed_on", actor=actor)
    grounds = queries.grounds_of(page.rows)
    offers = api.Offers(SUSPENSION, actor, timezone.now())
    return api.paged(page, [_row(s, grounds.get(s.pk, []), offers) for s in page.rows])


def _one(pk: int) -> Suspension:
    try:
        return queries.suspension(pk)
    except Suspension.DoesNotExist:
        raise Http404 from None


def described(request: Any, pk: int) -> dict[str, Any]:
    s = _one(pk)
    return _row(s, queries.grounds_of([s]).get(pk, []), api.Offers(SUSPENSION, request.actor, timezone.now()))


@router.get("/{int:pk}", response=SuspensionRow, summary=_("一次停产整顿"), operation_id="suspensions_get")
def record(request: HttpRequest, pk: api.Key):
    return described(request, pk)


class OfFirm(api.ActIn):
    """Which firm is to be suspended."""

    enterprise: api.Key


def _form(name: str, request: Any, s: Suspension, given: dict[str, Any] | None) -> Any:
    return suspensions.FORMS[name](given, actor=request.actor, now=timezone.now())


def _proposed(request: Any, given: dict[str, Any]) -> Any:
    firm = register.enterprise(given.pop("enterprise"))
    if firm is None:
        raise Http404
    return suspensions.Propose(given, actor=request.actor, now=timezone.now(), enterprise=firm)


ACTS = Acts(
    router=router, workflow=SUSPENSION, forms={**suspensions.FORMS, "propose": suspensions.Propose}, one=_one,
    form=_form, told=described, shape=SuspensionRow,
)  # fmt: skip
ACTS.creates("propose", "", form=_proposed, base=OfFirm)
ACTS.publish()


class FourList(api.Schema):
    """One of the four lists (四张清单), as on paper."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    cut: bool = Field(description=_("是否只列出了前500条"))


@four.get("/{which}", response=FourList, summary=_("四张清单之一"), operation_id="four_lists")
def four_lists(request: HttpRequest, which: Literal[tuple(lists.LISTS)], asked: Query[Ledger]):  # type: ignore[valid-type]
    made = lists.LISTS[which]
    axis = Axis(asked.axis or pages.default_axis(request))  # type: ignore[arg-type]
    found = queries.ledger(filters=queries.Filters(**asked.given()), on=day_of(timezone.now()), axis=axis)
    rows = list(found.order_by("found_at", "id").values(*tables.fields_of(made.columns))[: lists.AT_MOST + 1])
    names = made.names()
    return {
        "title": str(made.title),
        "columns": [str(c.label) for c in made.columns],
        "rows": [
            [cell.text for cell in tables.cells(made.columns, row | {"no": no}, names)]
            for no, row in enumerate(rows[: lists.AT_MOST], 1)
        ],
        "cut": len(rows) > lists.AT_MOST,
    }
