"""One decision upon many hazards for programs: what would happen and to which rows it cannot, then the acts."""

from typing import Annotated, Any, Literal
from uuid import UUID, uuid5

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field

from anlan.hazards import bulk_pages, forms, queries
from anlan.hazards.api import router
from anlan.hazards.models import Hazard
from anlan.hazards.workflow import HAZARD
from anlan.kernel import api
from anlan.kernel.api_acts import may
from anlan.kernel.command import COMMANDS
from anlan.kernel.told import told

#: as they stand in an address → as the workflow has them
NAMES = {name.rstrip("_"): name for name in bulk_pages.ACTS}
OneAct: Any = Literal[tuple(NAMES)]


class Chosen(api.In):
    """A hazard as it was seen."""

    id: api.BodyKey
    seen: api.Version | None = None


class BulkIn(api.In):
    act: OneAct
    rows: Annotated[list[Chosen], Field(min_length=1, max_length=bulk_pages.AT_MOST)]


class BulkGo(BulkIn):
    id: UUID | None = Field(
        None, description=_("这次操作的编号(UUID)。重发同一编号不会办理第二次,返回第一次的结果")
    )
    inputs: Annotated[dict[str, Any], Field(max_length=30)] = Field(
        default={}, description=_("这一事项要填的内容,见预览返回的inputs")
    )


class Cannot(api.Schema):
    id: int
    number: str
    why_not: str


class BulkPreview(api.Schema):
    """What would happen: nothing has been done."""

    can: list[int]
    cannot: list[Cannot]
    missing: list[int] = Field(description=_("没有找到,或不在职责范围内"))
    inputs: list[api.Input]


class BulkOutcome(api.Schema):
    id: int
    done: bool
    repeated: bool
    why_not: str | None


class BulkDone(api.Schema):
    items: list[BulkOutcome]


def _form(request: Any, name: str, one: Hazard, given: dict[str, Any] | None) -> Any:
    form = forms.BY_ACT[name](given, hazard=one, actor=request.actor, now=timezone.now())
    bulk_pages.for_many(form, name)
    return form


@router.post(
    "/bulk/preview", response=BulkPreview, summary=_("批量办理的预览:能办哪些,不能办哪些"), operation_id="hazards_bulk_preview"
)  # fmt: skip
def preview(request: HttpRequest, body: BulkIn):
    name, now = NAMES[body.act], timezone.now()
    transition = HAZARD.transitions[name]
    may(request, transition)
    asked = list(dict.fromkeys(row.id for row in body.rows))
    rows = {h.pk: h for h in queries.opened(asked)}
    judged = [(h, HAZARD.why_not(transition, h, request.actor, now)) for h in rows.values()]  # type: ignore[attr-defined]
    can = [h for h, why in judged if why is None]
    return {
        "can": sorted(h.pk for h in can),
        "cannot": [{"id": h.pk, "number": h.number, "why_not": told(why)} for h, why in judged if why is not None],
        "missing": [pk for pk in asked if pk not in rows],
        "inputs": api.asked(_form(request, name, (can or list(rows.values()))[0], None)) if rows else [],
    }  # fmt: skip


@router.post("/bulk", response=BulkDone, summary=_("批量办理"), operation_id="hazards_bulk")
def perform(request: HttpRequest, body: BulkGo):
    name, now = NAMES[body.act], timezone.now()
    may(request, HAZARD.transitions[name])
    seen = {row.id: row.seen for row in body.rows}
    found = {h.pk: h for h in queries.opened(seen)}
    if not found:
        missing = [
            {"id": pk, "done": False, "repeated": False, "why_not": told(bulk_pages.LOST)} for pk in seen
        ]
        return {"items": missing}
    form = _form(request, name, next(iter(found.values())), body.inputs)
    if strange := [field for field in body.inputs if field not in form.fields]:
        raise api.Invalid({f"inputs.{field[:40]}": [told(bulk_pages.STRANGE)] for field in strange})
    if not form.is_valid():
        raise api.Invalid(
            {f"inputs.{field}": [str(e) for e in errors] for field, errors in form.errors.items()}
        )
    key, inputs = api.act_id(request, body), form.inputs()
    outcomes = COMMANDS[f"hazard.{name}"].many(
        [{"pk": pk, "id": uuid5(key, str(pk)), "seen": at, **inputs} for pk, at in seen.items()],
        by=request.actor, at=now,  # type: ignore[attr-defined]
    )  # fmt: skip
    return {
        "items": [
            {
                "id": o.key, "done": o.reason is None, "repeated": o.repeated,
                "why_not": None if o.reason is None else told(o.reason),
            }
            for o in outcomes
        ]
    }  # fmt: skip
