"""Official documents for programs: the list, one with its words, drafting, and every act upon it."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router

from anlan.enforcement import drafting, forms, queries
from anlan.enforcement.models import Document
from anlan.enforcement.states import Kind, State
from anlan.enforcement.workflow import DOCUMENT
from anlan.hazards import queries as hazards
from anlan.hazards.models import Hazard
from anlan.kernel import accesslog, api
from anlan.kernel.api_acts import Acts
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Axis
from anlan.kernel.web import address_of
from anlan.kernel.words import require

router = Router(tags=[_("文书")])


OneKind: Any = api.one_of(Kind)
OneState: Any = api.one_of(State)


class PaperRow(api.Schema):
    id: int
    type: OneKind
    type_label: str
    state: OneState
    number: str = Field(description=_("文号,签发后才有"))
    agency: api.Named
    addressee: str
    drafted_on: date
    approved_on: date | None
    served_on: date | None
    hazards: list[int] = Field(description=_("列入的隐患"))
    pdf_sha256: str = Field(description=_("签发的PDF的散列值"))
    version: int
    actions: list[api.Action]


class PaperRows(api.Schema):
    items: list[PaperRow]
    next: str | None
    previous: str | None


class Papers(api.Paged):
    type: OneKind | None = None
    state: OneState | None = None
    county: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    enterprise: api.Key | None = None
    text: Annotated[str, Field(min_length=1, max_length=60)] | None = Field(
        None, description=_("文号或送达对象中的文字")
    )
    axis: Literal["place", "handed"] | None = Field(None, description=_("place 职责范围内,handed 本单位的"))


def _row(d: Document, hazards_: list[int], offers: api.Offers) -> dict[str, Any]:
    return {
        "id": d.pk, "type": d.type, "type_label": str(Kind(d.type).label), "state": d.state, "number": d.number,
        "agency": {"id": d.agency_id, "name": d.agency_name}, "addressee": d.addressee,
        "drafted_on": d.drafted_on, "approved_on": d.approved_on, "served_on": d.served_on, "hazards": hazards_,
        "pdf_sha256": d.pdf_sha256, "version": d.seq, "actions": offers.of(d),
    }  # fmt: skip


@router.get("", response=PaperRows, summary=_("文书名单"), operation_id="documents_list")
def ledger(request: HttpRequest, asked: Query[Papers]):
    actor, given = request.actor, asked.given()  # type: ignore[attr-defined]
    if not actor.may("see"):
        raise Http404
    axis = Axis.HANDED if asked.axis == Axis.HANDED and not actor.is_enterprise else Axis.PLACE
    rows = queries.documents(filters=queries.Filters(**given), axis=axis)
    page = api.page(rows, asked=asked, bound=("documents", given, axis), key="drafted_on", actor=actor)
    lines = queries.lines_of(page.rows)
    offers = api.Offers(DOCUMENT, actor, timezone.now())
    return api.paged(page, [_row(d, [n.hazard_id for n in lines[d.pk]], offers) for d in page.rows])


def _one(pk: int) -> Document:
    try:
        return queries.document(pk)
    except Document.DoesNotExist:
        raise Http404 from None


def described(request: Any, pk: int) -> dict[str, Any]:
    now, d = timezone.now(), _one(pk)
    accesslog.note(
        by=request.actor, at=now, what="see", kind="document", subject=pk,
        address=address_of(request),
    )  # fmt: skip
    lines = queries.lines_of([d])[pk]
    return _row(d, [n.hazard_id for n in lines], api.Offers(DOCUMENT, request.actor, now))


@router.get("/{int:pk}", response=PaperRow, summary=_("一份文书"), operation_id="documents_get")
def record(request: HttpRequest, pk: api.Key):
    return described(request, pk)


class Of(api.ActIn):
    """Which paper, on which hazard."""

    type: OneKind
    hazard: api.Key


def _form(name: str, request: Any, d: Document, given: dict[str, Any] | None) -> Any:
    return forms.BY_ACT[name](given, document=d, actor=request.actor, now=timezone.now())


def _drafted(request: Any, given: dict[str, Any]) -> Any:
    now, kind = timezone.now(), given.pop("type")
    try:
        h = hazards.hazard(given.pop("hazard"))
    except Hazard.DoesNotExist:
        raise Http404 from None
    require(drafting.why_not(kind, h, request.actor))
    require(drafting.why_agency_cannot(request.actor, on=day_of(now)))
    blank = forms.Draft(None, type=kind, hazard=h, actor=request.actor, now=now)
    stands = {n: blank.get_initial_for_field(f, n) for n, f in blank.fields.items()}
    return forms.Draft(
        {n: v for n, v in stands.items() if v is not None} | given, type=kind, hazard=h, actor=request.actor, now=now
    )  # fmt: skip


WORDS = frozenset(forms.Draft.base_fields)  # type: ignore[attr-defined]
ACTS = Acts(
    router=router, workflow=DOCUMENT, forms={**forms.BY_ACT, "draft": forms.Draft}, one=_one, form=_form,
    told=described, shape=PaperRow, keeps={"draft": WORDS, "revise": WORDS, "serve": frozenset({"on"})},
)  # fmt: skip
ACTS.creates("draft", "", form=_drafted, base=Of)
ACTS.publish()
