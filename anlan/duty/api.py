"""Roll calls for programs: the calls of a day, one call, and every act upon it."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router

from anlan.duty import forms, queries
from anlan.duty.models import RollCall
from anlan.duty.pages import one
from anlan.duty.states import CallState
from anlan.duty.workflow import ROLL_CALL, SEE
from anlan.kernel import api
from anlan.kernel.api_acts import Acts
from anlan.kernel.clock import day_of
from anlan.kernel.scope import acting
from anlan.places import queries as places

router = Router(tags=[_("值班")])

OneState: Any = api.one_of(CallState)


class RollCallRow(api.Schema):
    """One call of a unit: what came of it, and what may be done."""

    id: int
    day: date
    round: int
    state: OneState
    caller: api.Named
    organisation: api.Named
    county: api.Labelled | None
    phone: str
    called_at: datetime | None
    rings: int | None
    answered_by: str
    post: str
    leader_present: bool | None
    again_at: datetime | None
    remark: str
    reason: str
    version: int
    actions: list[api.Action]


class RollCallRows(api.Schema):
    items: list[RollCallRow]


class AskedDay(api.Schema):
    day: api.Day | None = Field(None, description=_("日期;不填为今天"))


def _row(c: RollCall, offers: api.Offers) -> dict[str, Any]:
    names = ("day", "round", "state", "phone", "called_at", "rings", "answered_by", "post", "leader_present", "again_at",
             "remark", "reason")  # fmt: skip
    return {n: getattr(c, n) for n in names} | {
        "id": c.pk, "caller": {"id": c.caller, "name": c.caller_name},
        "organisation": {"id": c.organisation, "name": c.organisation_name},
        "county": {"code": c.county, "label": places.name_of(c.county)} if c.county else None,
        "version": c.seq, "actions": offers.of(c),
    }  # fmt: skip


@router.get("", response=RollCallRows, summary=_("一天的值班点名"), operation_id="roll_calls_list")
def calls(request: HttpRequest, asked: Query[AskedDay]):
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    found = queries.calls(day=asked.day or day_of(now)) if actor.may(SEE) else []
    offers = api.Offers(ROLL_CALL, actor, now)
    return {"items": [_row(c, offers) for c in found]}


def _one(pk: int) -> RollCall:
    actor = acting()
    assert actor is not None  # the door has set who acts
    return one(pk, actor)


def described(request: Any, pk: int) -> dict[str, Any]:
    """One call. Raises Http404."""
    return _row(_one(pk), api.Offers(ROLL_CALL, request.actor, timezone.now()))


@router.get("/{int:pk}", response=RollCallRow, summary=_("一次点名"), operation_id="roll_calls_get")
def call(request: HttpRequest, pk: api.Key):
    return described(request, pk)


def _form(name: str, request: Any, c: RollCall, given: dict[str, Any] | None) -> Any:
    return forms.BY_ACT[name](given, row=c, actor=request.actor, now=timezone.now())


Acts(
    router=router, workflow=ROLL_CALL, forms=forms.BY_ACT, one=_one, form=_form, told=described, shape=RollCallRow
).publish()  # fmt: skip
