"""Hazards for programs: the ledger, the record, every act of the workflow.

The list is answered from columns, without a query per row: fifty rows cost three queries.
"""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from anlan.evidence import api as photos  # noqa: F401  says what stands for photos in JSON
from anlan.evidence import queries as evidence
from anlan.hazards import forms, pages, queries, rules
from anlan.hazards import words as file_words
from anlan.hazards.models import Assignment, Extension, Hazard, Round
from anlan.hazards.shapes import HazardFile, HazardRows, Ledger
from anlan.hazards.states import Grade, State
from anlan.hazards.workflow import HAZARD
from anlan.kernel import accesslog, api, personal
from anlan.kernel.api_acts import Acts
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Axis
from anlan.kernel.web import address_of
from anlan.kernel.words import Conflict, Reason
from anlan.places import queries as places
from anlan.standards import queries as standards

router = Router(tags=[_("隐患")])

#: what a row says, and what the guards of its actions ask
COLUMNS = (
    "id", "seq", "state", "grade", "track", "source", "description", "location", "enterprise_id", "enterprise__name",
    "found_at", "found_on", "found_county", "found_organisation", "found_organisation_name", "now_county", "now_town",
    "now_sector", "now_organ", "now_organ_name", "due_on", "stopped_on", "ordered_on", "rectified_on", "rectified_by",
    "closed_on", "signed_on", "transfer_to", "returns", "taken_over", "plan_on", "extension_pending", "extended",
    "acceptance_by", "acceptance_name", "acceptance_second", "leaving_asked_by", "leaving_asked_name", "merge_into_id",
    "relapsed_on", "instructions_open", "instructed", "opinions_given", "assigned_on", "replied_on",
)  # fmt: skip


class _Values(SimpleNamespace):
    """Columns of a hazard in hand, as the guards and the number read them."""

    number: Any = Hazard.number


def values_of(found: dict[str, Any]) -> _Values:
    return _Values(**found, pk=found["id"], merge_into=found["merge_into_id"])


class Told:
    """HazardRows in words for one person now: labels are looked up once."""

    def __init__(self, actor: Any, at: datetime):
        self.offers, self.on = api.Offers(HAZARD, actor, at), day_of(at)
        self.states = {str(s.value): str(s.label) for s in State}
        self.grades = {str(g.value): str(g.label) for g in Grade}
        self.labels: dict[tuple[Any, str], dict[str, str]] = {}

    def label(self, of: Any, code: str) -> dict[str, str]:
        if (of, code) not in self.labels:
            self.labels[of, code] = {"code": code, "label": of(code)}
        return self.labels[of, code]

    def row(self, h: _Values) -> dict[str, Any]:
        return {
            "id": h.id,
            "number": h.number,
            "state": h.state,
            "state_label": self.states[h.state],
            "grade": h.grade,
            "grade_label": self.grades[h.grade],
            "track": h.track,
            "source": self.label(standards.source_name, h.source),
            "description": h.description,
            "location": h.location,
            "enterprise": {"id": h.enterprise_id, "name": h.enterprise__name} if h.enterprise_id else None,
            "county": self.label(places.name_of, h.now_county),
            "town": self.label(places.name_of, h.now_town) if h.now_town else None,
            "sector": self.label(standards.sector_name, h.now_sector),
            "found_on": api.day(h.found_on),
            "found_by": h.found_organisation_name,
            "organ": {"id": h.now_organ, "name": h.now_organ_name} if h.now_organ else None,
            "due_on": api.day(h.due_on),
            "days_left": rules.days_left(h, self.on),
            "rectified_on": api.day(h.rectified_on),
            "closed_on": api.day(h.closed_on),
            "version": h.seq,
            "actions": self.offers.of(h),
        }


@router.get("", response=HazardRows, summary=_("隐患台账"), operation_id="hazards_list")
def ledger(request: HttpRequest, asked: Query[Ledger]):
    now, actor = timezone.now(), request.actor  # type: ignore[attr-defined]
    given, axis = asked.given(), Axis(asked.axis or pages.default_axis(request))  # type: ignore[arg-type]
    found = queries.ledger(filters=queries.Filters(**given), on=day_of(now), axis=axis)
    page = api.page(
        found, asked=asked, bound=("hazards", given, axis), key="found_at", actor=actor, values=COLUMNS
    )
    told = Told(actor, now)
    return api.answer(api.paged(page, [told.row(values_of(v)) for v in page.rows]))


# -- one record -------------------------------------------------------------------------------------


def described(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The whole file of a hazard. Raises Http404."""
    now, actor = timezone.now(), request.actor  # type: ignore[attr-defined]
    try:
        h = queries.hazard(pk)
    except Hazard.DoesNotExist:
        raise Http404 from None
    accesslog.note(by=actor, at=now, what="see", kind="hazard", subject=pk, address=address_of(request))
    row = values_of({n: getattr(h, n) for n in COLUMNS if n != "enterprise__name"} | {
        "enterprise__name": h.enterprise.name if h.enterprise else ""
    })  # fmt: skip
    reveals = bool(h.responsible) and actor.may("register.see_personal")
    shots = evidence.gallery(kind="hazard", subject=h.pk, in_hand=True)
    return Told(actor, now).row(row) | {
        "category": h.category,
        "basis": h.basis,
        "clause": h.clause,
        "no_photo_because": h.no_photo_because,
        "requirement": h.requirement,
        "legal_order": h.legal_order,
        "measures": h.measures,
        "money_spent": h.money_spent,
        "close_basis": h.close_basis,
        "responsible": personal.reveal([h.responsible]).get(h.responsible) if reveals else None,
        "relapse_of": h.relapse_of_id,
        "merged_into": h.merge_into_id,
        "assignments": Assignment.objects.under(h),
        "rounds": Round.objects.under(h, "no"),
        "extensions": Extension.objects.under(h),
        "timeline": [line | {"act": str(line["act"])} for line in file_words.timeline(h)],
        "evidence": [shot for group in shots.values() for shot in group],
    }


@router.get("/{int:pk}", response=HazardFile, summary=_("一处隐患的全部记录"), operation_id="hazards_get")
def record(request: HttpRequest, pk: api.Key):
    return described(request, pk)


# -- acts ---------------------------------------------------------------------------------------------

DOUBLES = Reason("可能与%(number)s重复,请核对;确认不是重复的,请在anyway填true后重新提交")


def _no_double(form: Any) -> None:
    if doubles := form.likely_doubles():
        raise Conflict(Reason(DOUBLES.msgid, {"number": "、".join(h.number for h, _likeness in doubles)}))


def _one(pk: int) -> Hazard:
    try:
        return queries.hazard(pk)
    except Hazard.DoesNotExist:
        raise Http404 from None


def _form(name: str, request: Any, h: Hazard, given: dict[str, Any] | None) -> Any:
    return forms.BY_ACT[name](given, hazard=h, actor=request.actor, now=timezone.now())


def _found(name: str) -> Any:
    """The form with which a hazard is put into the ledger."""
    return lambda request, given: forms.BY_ACT[name](given, actor=request.actor, now=timezone.now())


CORRECTED = frozenset({"description", "location", "found_sector", "source", "basis", "clause"})
ACTS = Acts(
    router=router, workflow=HAZARD, forms=forms.BY_ACT, one=_one, form=_form, told=described, shape=HazardFile,
    keeps={"correct": CORRECTED},
)  # fmt: skip
ACTS.creates("register", "", form=_found("register"), before=_no_double)
ACTS.creates("fix_on_spot", "/on-the-spot", form=_found("fix_on_spot"))
ACTS.publish()
