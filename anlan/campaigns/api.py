"""Campaigns for programs: what runs, the plans and who has them, and every act upon a plan that was received."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router

from anlan.campaigns import forms, queries, workflow
from anlan.campaigns.models import Receipt
from anlan.campaigns.pages.acts import one
from anlan.campaigns.rules import late_for
from anlan.campaigns.states import CampaignState, ReceiptState
from anlan.kernel import api
from anlan.kernel.api_acts import Acts
from anlan.kernel.clock import day_of
from anlan.kernel.scope import acting
from anlan.places import queries as places
from anlan.standards import queries as standards

router = Router(tags=[_("集中行动")])
plans = Router(tags=[_("集中行动")])
receipts = Router(tags=[_("集中行动")])

OneCampaignState: Any = api.one_of(CampaignState)
OneReceiptState: Any = api.one_of(ReceiptState)


class CampaignRow(api.Schema):
    id: int
    code: str
    name: str
    state: OneCampaignState
    basis: str
    slogan: str
    since: date
    until: date
    office: api.Named
    counties: list[str] = Field(description=_("范围:县(市、区)代码;空为全部"))
    sectors: list[str] = Field(description=_("范围:行业领域代码;空为全部"))
    sources: list[str] = Field(description=_("范围:检查方式代码;空为全部"))
    version: int


class CampaignRows(api.Schema):
    items: list[CampaignRow]
    next: str | None
    previous: str | None


class Campaigns(api.Paged):
    state: OneCampaignState | None = None


class PhaseTold(api.Schema):
    name: str
    since: date
    until: date
    aim: str


class MilestoneTold(api.Schema):
    day: date
    what: str
    document: str
    reached_on: date | None


class PlanRow(api.Schema):
    id: int
    title: str
    number: str
    kind: str
    state: str
    issuer_name: str
    issued_on: date | None
    sign_due_on: date
    file_due_on: date


class CampaignRecord(CampaignRow):
    opened_on: date | None
    closed_on: date | None
    summary: str
    problems: str
    report_number: str
    report_sha256: str = Field(description=_("总结报告正文的校验值;没有留存的为空"))
    phases: list[PhaseTold]
    milestones: list[MilestoneTold]
    plans: list[PlanRow]


def _campaign(c: Any) -> dict[str, Any]:
    names = ("code", "name", "state", "basis", "slogan", "since", "until", "counties", "sectors", "sources")
    return {"id": c.pk, "office": {"id": c.office_id, "name": c.office_name}, "version": c.seq} | {
        n: getattr(c, n) for n in names
    }


def _plan(p: Any) -> dict[str, Any]:
    names = ("title", "number", "kind", "state", "issuer_name", "issued_on", "sign_due_on", "file_due_on")
    return {"id": p.pk} | {n: getattr(p, n) for n in names}


@router.get("", response=CampaignRows, summary=_("集中行动列表"), operation_id="campaigns_list")
def campaigns(request: HttpRequest, asked: Query[Campaigns]):
    rows = queries.campaigns()
    if asked.state:
        rows = rows.filter(state=asked.state)
    actor = request.actor  # type: ignore[attr-defined]
    page = api.page(rows, asked=asked, bound=("campaigns", asked.given()), key="since", actor=actor)
    return api.paged(page, [_campaign(c) for c in page.rows])


@router.get("/{int:pk}", response=CampaignRecord, summary=_("一次集中行动"), operation_id="campaigns_get")
def campaign(request: HttpRequest, pk: api.Key):
    actor = request.actor  # type: ignore[attr-defined]
    c = one("campaign", pk, actor)
    names = ("opened_on", "closed_on", "summary", "problems", "report_number", "report_sha256")
    return _campaign(c) | {n: getattr(c, n) for n in names} | {
        "phases": list(c.phases.filter(gone=False).values("name", "since", "until", "aim")),
        "milestones": list(c.milestones.filter(gone=False).values("day", "what", "document", "reached_on")),
        "plans": [_plan(p) for p in queries.plans(c, actor)],
    }  # fmt: skip


# -- plans and who has them --------------------------------------------------------------------------


class SubActionTold(api.Schema):
    id: int
    kind: str
    name: str
    sector: api.Labelled | None
    county: api.Labelled | None
    since: date
    until: date
    target: int | None = Field(description=_("计划检查家次"))
    owner: str
    measures: str


class ReceiptRow(api.Schema):
    """A plan at one addressee: signed for, refined, filed upward, returned or put on record."""

    id: int
    plan: api.Named
    organisation: api.Named
    state: OneReceiptState
    sent_on: date
    sign_due_on: date
    signed_on: date | None
    file_due_on: date
    filed_on: date | None
    returned_no: int
    return_reason: str
    accepted_on: date | None
    urged_no: int
    late: str = Field(description=_("逾期的事:SIGN 未签收,FILE 未上报;不逾期为空"))
    version: int
    actions: list[api.Action]


class ReceiptRecord(ReceiptRow):
    own_title: str
    own_number: str
    own_text: str
    sub_actions: list[SubActionTold]


class ReceiptRows(api.Schema):
    items: list[ReceiptRow]


class PlanRecord(PlanRow):
    campaign: api.Named
    basis: str
    text: str
    receipts: list[ReceiptRow]


def _receipt(r: Receipt, offers: api.Offers, on: date) -> dict[str, Any]:
    names = (
        "state", "sent_on", "sign_due_on", "signed_on", "file_due_on", "filed_on", "returned_no", "return_reason",
        "accepted_on", "urged_no",
    )  # fmt: skip
    return {n: getattr(r, n) for n in names} | {
        "id": r.pk, "plan": {"id": r.plan_id, "name": r.plan.title},
        "organisation": {"id": r.organisation, "name": r.organisation_name}, "late": late_for(r, on) or "",
        "version": r.seq, "actions": offers.of(r),
    }  # fmt: skip


@plans.get("/{int:pk}", response=PlanRecord, summary=_("一份方案和各单位的落实"), operation_id="plans_get")
def plan(request: HttpRequest, pk: api.Key):
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    p = one("actionplan", pk, actor)
    offers = api.Offers(workflow.RECEIPT, actor, now)
    found = queries.receipts(p)
    for r in found:
        r.plan = p
    return _plan(p) | {
        "campaign": {"id": p.campaign_id, "name": p.campaign.name}, "basis": p.basis, "text": p.text,
        "receipts": [_receipt(r, offers, day_of(now)) for r in found],
    }  # fmt: skip


@receipts.get("", response=ReceiptRows, summary=_("等本单位办理的方案"), operation_id="receipts_list")
def waiting(request: HttpRequest):
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    rows = queries.receipts_waiting(actor) if actor.may("campaign.answer") else []
    offers = api.Offers(workflow.RECEIPT, actor, now)
    return {"items": [_receipt(r, offers, day_of(now)) for r in rows]}


def described(request: Any, pk: int) -> dict[str, Any]:
    """A receipt with its own plan and sub-actions. Raises Http404."""
    now, r = timezone.now(), one("receipt", pk, request.actor)
    return _receipt(r, api.Offers(workflow.RECEIPT, request.actor, now), day_of(now)) | {
        "own_title": r.own_title, "own_number": r.own_number, "own_text": r.own_text,
        "sub_actions": [
            {n: getattr(a, n) for n in ("id", "kind", "name", "since", "until", "target", "owner", "measures")}
            | {
                "sector": {"code": a.sector, "label": standards.sector_name(a.sector)} if a.sector else None,
                "county": {"code": a.county, "label": places.name_of(a.county)} if a.county else None,
            }
            for a in r.actions.filter(gone=False)
        ],
    }  # fmt: skip


@receipts.get(
    "/{int:pk}", response=ReceiptRecord, summary=_("一个单位的方案落实"), operation_id="receipts_get"
)
def receipt(request: HttpRequest, pk: api.Key):
    return described(request, pk)


def _one(pk: int) -> Receipt:
    actor = acting()
    assert actor is not None  # the door has set who acts
    return one("receipt", pk, actor)


def _form(name: str, request: Any, r: Receipt, given: dict[str, Any] | None) -> Any:
    return forms.BY_KIND["receipt"][name](given, row=r, actor=request.actor, now=timezone.now())


Acts(
    router=receipts, workflow=workflow.RECEIPT, forms=forms.BY_KIND["receipt"], one=_one, form=_form, told=described,
    shape=ReceiptRecord,
).publish()  # fmt: skip
