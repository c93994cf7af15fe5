"""Enterprise files for programs: the list, the file, every act upon it."""

from datetime import date
from types import SimpleNamespace
from typing import Annotated, Any

from django.db.models import F
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router

from anlan.kernel import accesslog, api, personal
from anlan.kernel.api_acts import Acts
from anlan.kernel.web import address_of
from anlan.places import queries as places
from anlan.register import forms, queries
from anlan.register.models import Enterprise
from anlan.register.states import Scale, State
from anlan.register.workflow import ENTERPRISE
from anlan.standards import queries as standards

router = Router(tags=[_("企业")])

COLUMNS = ("organisation_id", "seq", "state", "name", "uscc", "county", "town", "sector", "scale", "is_key")


OneState: Any = api.one_of(State)
OneScale: Any = api.one_of(Scale)


class FirmRow(api.Schema):
    """A firm as a list shows it. Its id is that of its organisation."""

    id: int
    name: str
    uscc: str = Field(description=_("统一社会信用代码,可为空"))
    state: OneState
    county: api.Labelled
    town: api.Labelled | None
    sector: api.Labelled
    scale: str
    is_key: bool
    version: int
    actions: list[api.Action]


class FirmRows(api.Schema):
    items: list[FirmRow]
    next: str | None
    previous: str | None


class Firms(api.Paged):
    state: OneState | None = None
    county: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    town: Annotated[str, Field(pattern=r"^\d{9}(\d{3})?$")] | None = None
    sector: Annotated[str, Field(min_length=1, max_length=20)] | None = None
    scale: OneScale | None = None
    text: Annotated[str, Field(min_length=1, max_length=60)] | None = Field(
        None, description=_("名称中的文字,或统一社会信用代码")
    )


class ResponsiblePerson(api.Schema):
    """Who answers for what; name and phone are null without the right to see personal data."""

    role: str
    name: str | None
    phone: str | None
    certificate: str
    since: date
    until: date | None


class Premises(api.Schema):
    id: int
    name: str
    kind: str
    address: str


class Workpost(api.Schema):
    id: int
    name: str
    premises: int | None
    people_no: int | None
    certificate_needed: bool


class FirmFile(FirmRow):
    """A firm's file (一企一档)."""

    address: str
    industry: str
    headcount: int | None
    lng: float | None
    lat: float | None
    registered_on: date | None
    closed_on: date | None
    further_sectors: list[api.Labelled]
    persons: list[ResponsiblePerson]
    premises: list[Premises]
    workposts: list[Workpost]


def _row(e: Any, offers: api.Offers) -> dict[str, Any]:
    return {
        "id": e.organisation_id,
        "name": e.name,
        "uscc": e.uscc,
        "state": e.state,
        "county": {"code": e.county, "label": places.name_of(e.county)},
        "town": {"code": e.town, "label": places.name_of(e.town)} if e.town else None,
        "sector": {"code": e.sector, "label": standards.sector_name(e.sector)},
        "scale": e.scale,
        "is_key": e.is_key,
        "version": e.seq,
        "actions": offers.of(e),
    }


@router.get("", response=FirmRows, summary=_("企业名册"), operation_id="enterprises_list")
def firms(request: HttpRequest, asked: Query[Firms]):
    actor, given = request.actor, asked.given()  # type: ignore[attr-defined]
    rows = queries.enterprises(filters=queries.Filters(**given)).annotate(id=F("organisation_id"))
    page = api.page(
        rows, asked=asked, bound=("enterprises", given), key="name", actor=actor, ascending=True,
        values=(*COLUMNS, "id"),
    )  # fmt: skip
    offers = api.Offers(ENTERPRISE, actor, timezone.now())
    return api.answer(api.paged(page, [_row(SimpleNamespace(**v), offers) for v in page.rows]))


def _one(pk: int) -> Enterprise:
    found = queries.enterprise(pk)
    if found is None:
        raise Http404
    return found


def described(request: Any, pk: int) -> dict[str, Any]:
    """The whole file. Raises Http404."""
    now, e = timezone.now(), _one(pk)
    actor = request.actor
    accesslog.note(
        by=actor, at=now, what="see", kind="enterprise", subject=pk, address=address_of(request)
    )  # fmt: skip
    persons = list(e.persons.order_by("until", "role", "-since"))
    reveals = actor.may("register.see_personal")
    values = personal.reveal(d for p in persons for d in (p.name, p.phone)) if reveals else {}
    return _row(e, api.Offers(ENTERPRISE, actor, now)) | {
        "address": e.address,
        "industry": e.industry,
        "headcount": e.headcount,
        "lng": e.lng,
        "lat": e.lat,
        "registered_on": e.registered_on,
        "closed_on": e.closed_on,
        "further_sectors": [
            {"code": s.sector, "label": standards.sector_name(s.sector)} for s in e.sectors.filter(until=None)
        ],
        "persons": [
            {
                "role": p.role,
                "name": values.get(p.name),
                "phone": values.get(p.phone),
                "certificate": p.certificate,
                "since": p.since,
                "until": p.until,
            }
            for p in persons
        ],
        "premises": list(e.premises.filter(until=None)),
        "workposts": [
            {"id": w.pk, "name": w.name, "premises": w.premises_id, "people_no": w.people_no,
             "certificate_needed": w.certificate_needed}
            for w in e.workposts.filter(until=None)
        ],
    }  # fmt: skip


@router.get("/{int:pk}", response=FirmFile, summary=_("一家企业的档案"), operation_id="enterprises_get")
def firm(request: HttpRequest, pk: api.Key):
    return described(request, pk)


def _form(name: str, request: Any, e: Enterprise, given: dict[str, Any] | None) -> Any:
    return forms.BY_ACT[name](given, file=e, actor=request.actor, now=timezone.now())


def _entered(request: Any, given: dict[str, Any] | None) -> Any:
    return forms.Enter(given, actor=request.actor, now=timezone.now())


FACTS = frozenset({*forms.FACTS, "is_key"})
PART = {"person": "end_person", "premises": "end_premises", "workpost": "end_workpost"}
ACTS = Acts(
    router=router, workflow=ENTERPRISE, forms={**forms.BY_ACT, "enter": forms.Enter}, one=_one, form=_form,
    told=described, shape=FirmFile, keeps={"update": FACTS, "declare": FACTS},
    more={act: {name: (api.BodyKey, Field(..., description=_("结束的是哪一项")))} for name, act in PART.items()},
)  # fmt: skip
ACTS.creates("enter", "", form=_entered)
ACTS.publish()
