"""Visits for programs: the list, the file, every act upon one, its checklist item by item."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router

from anlan.evidence import api as photos  # noqa: F401  says what stands for photos in JSON
from anlan.inspections import forms, queries, words
from anlan.inspections.models import Visit
from anlan.inspections.pages import described as file_of
from anlan.inspections.pages import one
from anlan.inspections.states import Mode, Result, State
from anlan.inspections.workflow import VISIT
from anlan.kernel import accesslog, api
from anlan.kernel.api_acts import Acts, may
from anlan.kernel.command import COMMANDS
from anlan.kernel.scope import Axis
from anlan.kernel.web import address_of
from anlan.places import queries as places
from anlan.standards import queries as standards

router = Router(tags=[_("检查")])

OneState: Any = api.one_of(State)
OneMode: Any = api.one_of(Mode)
OneResult: Any = api.one_of(Result)
OneAxis: Any = Literal[tuple(str(a) for a in Axis)]
OneOutcome: Any = Literal[tuple(queries.WHAT)]


class VisitRow(api.Schema):
    """A visit as a list shows it."""

    id: int
    number: str
    state: OneState
    state_label: str
    mode: OneMode
    source: api.Labelled
    covert: bool
    enterprise: api.Named | None
    spot: str = Field(description=_("不是检查某一企业时的地点"))
    county: api.Labelled
    town: api.Labelled | None
    sector: api.Labelled
    organ: str
    day: date = Field(description=_("检查的日期;还没有检查的为计划日期"))
    held_on: date | None
    found_no: int = Field(description=_("发现隐患数"))
    found_nothing: bool
    version: int
    actions: list[api.Action]


class VisitRows(api.Schema):
    items: list[VisitRow]
    next: str | None
    previous: str | None


class Visits(api.Paged):
    state: OneState | None = None
    mode: OneMode | None = None
    sector: Annotated[str, Field(min_length=1, max_length=20)] | None = None
    county: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    town: Annotated[str, Field(pattern=r"^\d{9}(\d{3})?$")] | None = None
    enterprise: api.Key | None = None
    what: OneOutcome | None = Field(None, description=_("按检查的结果或方式筛选"))
    text: Annotated[str, Field(min_length=1, max_length=60)] | None = Field(
        None, description=_("编号,或企业名称、地点中的文字")
    )
    since: api.Day | None = Field(None, description=_("检查日期自"))
    until: api.Day | None = Field(None, description=_("检查日期至"))
    axis: OneAxis | None = Field(
        None, description=_("place 职责范围内,handed 交我办的,mine 指名给我的;不填按职务")
    )


class Inspector(api.Schema):
    name: str
    title: str
    organisation_name: str
    credential: str
    head: bool


class VisitAnswer(api.Schema):
    """An item of the checklist with what was found there; nothing where it was not looked at."""

    code: str
    words: str = Field(description=_("检查内容;表外发现的为问题本身"))
    result: OneResult | None
    said: str
    on_spot: bool


class VisitFinding(api.Schema):
    description: str
    location: str
    basis: str
    on_spot: bool
    hazard: int | None = Field(description=_("登记成的隐患"))


class VisitAdvice(api.Schema):
    id: int
    words: str
    by_name: str
    adopted: bool | None
    why: str


class VisitLine(api.Schema):
    """One act in the file, newest first."""

    seq: int
    at: datetime
    who: str
    act: str
    note: str
    digest: str


class VisitRecord(VisitRow):
    """A visit with its file."""

    basis: str
    planned_on: date | None
    planned_until: date | None
    started_at: datetime | None
    ended_at: datetime | None
    checklist: str | None
    conclusion: str
    signer: str
    refused: bool
    witness: str
    filed_on: date | None
    party: list[Inspector]
    answers: list[VisitAnswer]
    findings: list[VisitFinding]
    advices: list[VisitAdvice]
    timeline: list[VisitLine]


def _row(v: Visit, offers: api.Offers) -> dict[str, Any]:
    return {
        "id": v.pk, "number": v.number, "state": v.state, "state_label": v.get_state_display(), "mode": v.mode,
        "source": {"code": v.source, "label": standards.source_name(v.source)}, "covert": v.covert,
        "enterprise": {"id": v.enterprise_id, "name": v.enterprise.name} if v.enterprise else None, "spot": v.spot,
        "county": {"code": v.county, "label": places.name_of(v.county)},
        "town": {"code": v.town, "label": places.name_of(v.town)} if v.town else None,
        "sector": {"code": v.sector, "label": standards.sector_name(v.sector)}, "organ": v.organisation_name,
        "day": v.day, "held_on": v.held_on, "found_no": v.found_no, "found_nothing": v.found_nothing,
        "version": v.seq, "actions": offers.of(v),
    }  # fmt: skip


@router.get("", response=VisitRows, summary=_("检查记录"), operation_id="visits_list")
def visits(request: HttpRequest, asked: Query[Visits]):
    actor, given = request.actor, asked.given()  # type: ignore[attr-defined]
    axis = Axis(asked.axis or queries.axis_of(actor))
    rows = queries.visits(filters=queries.Filters(**given), axis=axis)
    page = api.page(rows, asked=asked, bound=("visits", given, axis), key="day", actor=actor)
    offers = api.Offers(VISIT, actor, timezone.now())
    return api.paged(page, [_row(v, offers) for v in page.rows])


def described(request: Any, pk: int) -> dict[str, Any]:
    """The whole file of a visit. Raises Http404."""
    now, v = timezone.now(), one(pk)
    actor = request.actor
    accesslog.note(by=actor, at=now, what="see", kind="visit", subject=pk, address=address_of(request))
    file = file_of(v)
    plain = (
        "basis", "planned_on", "planned_until", "started_at", "ended_at", "conclusion", "signer", "refused", "witness",
        "filed_on",
    )  # fmt: skip
    return _row(v, api.Offers(VISIT, actor, now)) | {n: getattr(v, n) for n in plain} | {
        "checklist": str(v.checklist) if v.checklist is not None else None,
        "party": file["party"], "findings": file["findings"], "advices": file["advices"],
        "answers": [_answer(line["item"], line["answer"]) for line in file["lines"]],
        "timeline": [line | {"act": str(line["act"]), "note": str(line["note"])} for line in words.timeline(v)],
    }  # fmt: skip


def _answer(item: Any, a: Any) -> dict[str, Any]:
    return {
        "code": item.code if item is not None else a.code, "words": item.text if item is not None else a.words,
        "result": a.result if a is not None else None, "said": a.words if a is not None else "",
        "on_spot": a is not None and a.on_spot,
    }  # fmt: skip


@router.get("/{int:pk}", response=VisitRecord, summary=_("一次检查的全部记录"), operation_id="visits_get")
def record(request: HttpRequest, pk: api.Key):
    return described(request, pk)


# -- acts ---------------------------------------------------------------------------------------------


def _form(name: str, request: Any, v: Visit, given: dict[str, Any] | None) -> Any:
    return forms.BY_ACT[name](given, visit=v, actor=request.actor, now=timezone.now())


def _arranged(name: str) -> Any:
    """The form with which a visit is planned or begun."""
    return lambda request, given: forms.BY_ACT[name](given, actor=request.actor, now=timezone.now())


ACTS = Acts(
    router=router, workflow=VISIT, forms=forms.BY_ACT, one=one, form=_form, told=described, shape=VisitRecord
)  # fmt: skip
ACTS.creates("plan", "", form=_arranged("plan"))
ACTS.creates("begin", "/begun", form=_arranged("begin"))
ACTS.publish()


class _Item(forms.ItemForm):
    """One item of the checklist as the command takes it."""

    def inputs(self) -> dict[str, Any]:
        return {"answers": self.answers()}


AnswerIn: Any = api.schema_of(_Item, "VisitAnswerIn")
ItemCode = Annotated[str, Field(pattern=r"^\+?[0-9A-Za-z.\-]{1,11}$", max_length=12)]


def answer(request: HttpRequest, pk: api.Key, code: ItemCode, body: Any) -> Any:
    """One item; `+1`, `+2` … are findings beside the list."""
    v = one(pk)
    may(request, VISIT.transitions["answer"])
    items, answers = queries.sheet(v) if v.checklist is not None else ([], {})
    item = next((i for i in items if i.code == code), None)
    if item is None and not code.startswith("+"):
        raise Http404
    actor = request.actor  # type: ignore[attr-defined]
    api.carry_out(
        request, COMMANDS["visit.answer"], pk=pk, body=body,
        make=lambda given: _Item(
            given, visit=v, actor=actor, now=timezone.now(), item=item, code=code, answer=answers.get(code)
        ),
    )  # fmt: skip
    return described(request, pk)


answer.__annotations__["body"] = AnswerIn
router.post(
    "/{int:pk}/answers/{code}",
    response=VisitRecord,
    summary=_("填写检查表的一项"),
    operation_id="visit_answer",
)(answer)
