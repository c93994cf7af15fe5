"""What every module's `api.py` is built with: strict inputs, forms as schemas, actions on rows, pages.

Nothing is said twice: what an act takes comes from its form, what may be done from its workflow, and a
refusal is the sentence that the page would show.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, StrictBool, StrictInt, create_model
from pydantic_core import PydanticCustomError

from anlan.kernel import paging
from anlan.kernel.clock import Moment
from anlan.kernel.command import Command, new_id
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor
from anlan.kernel.told import told
from anlan.kernel.words import Reason, Refused
from anlan.kernel.workflow import Workflow

#: how long before it reaches us an act may have happened; what is older is taken in from a sheet
OFFLINE = timedelta(days=7)
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _as_written(value: Any) -> Any:
    """A day or an instant in words: a bare number is no date, whatever epoch it may be counted from."""
    if not isinstance(value, (date, str)) or (
        isinstance(value, str) and not re.match(r"\d{4}-\d\d-\d\d", value)
    ):
        raise PydanticCustomError("date_parsing", "not a date in words")
    return value


Day = Annotated[date, BeforeValidator(_as_written), Field(ge=EARLIEST.date(), le=LATEST.date())]
Instant = Annotated[AwareDatetime, BeforeValidator(_as_written), Field(ge=EARLIEST, le=LATEST)]
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
#: in a body, where a number is no text and no yes or no; in an address all is text
BodyKey = Annotated[StrictInt, Field(ge=1, le=2**63 - 1)]
Version = Annotated[StrictInt, Field(ge=0, le=2**31 - 1)]


def one_of(choices: Any) -> Any:
    """A choice as its values: names of choices are not unique across modules, and the document keeps names."""
    return Literal[tuple(str(v) for v in choices.values)]


class Denied(Exception):
    """The caller may not: who he is, or what his token is for. Nothing was read."""

    def __init__(self, status: int, reason: Reason, **headers: str):
        self.status, self.reason, self.headers = status, reason, headers
        super().__init__(str(reason))


class Invalid(Exception):
    """Inputs that the form of the page refuses, by field."""

    def __init__(self, errors: dict[str, list[str]]):
        self.errors = errors
        super().__init__(str(errors))


class In(Schema):
    """What comes in: a field that nobody declared is refused."""

    model_config = ConfigDict(extra="forbid")


class ActIn(In):
    """What every act takes beside its own inputs."""

    id: UUID | None = Field(
        None, description=_("这次操作的编号(UUID)。重发同一编号不会办理第二次,返回第一次的结果")
    )
    seen: Version | None = Field(None, description=_("您看到的版本(version);记录已有变化时拒绝并返回409"))
    happened: Instant | None = Field(
        None, description=_("办理的时间,不填为收到的时间;最多早7天,晚于收到时间的按收到时间")
    )  # fmt: skip


class Paged(In):
    """How a list is paged."""

    size: int = Field(50, ge=1, le=100)
    cursor: str = Field("", max_length=500, description=_("上一页给出的翻页标记;只对同一查询、同一职务有效"))

    def given(self) -> dict[str, str]:
        """What narrows the list, as the queries take it."""
        said = self.model_dump(mode="json", exclude={"size", "cursor", "axis"}, exclude_none=True)
        return {name: str(value) for name, value in said.items()}


class Action(Schema):
    """An act that belongs on this row now; refused ones say why."""

    name: str
    label: str
    allowed: bool
    why_not: str | None = None


class Named(Schema):
    """A record of which only key and name are told."""

    id: int
    name: str


class Labelled(Schema):
    """A code and what it is called in the language asked for."""

    code: str
    label: str


class Offers:
    """The acts of a workflow for one person now. Made once for a list; asks nothing of the database."""

    def __init__(self, workflow: Workflow, actor: Actor, at: datetime):
        self.workflow, self.actor, self.at = workflow, actor, at
        mine = [(t, str(t.label)) for t in workflow if actor.may(t.needs) and not t.hidden]
        self.by_state = {
            str(state): [(t, label) for t, label in mine if state in t.source]
            for state in workflow.states.values
        }
        self.said: dict[str, str] = {}

    def of(self, row: Any) -> list[dict[str, Any]]:
        """`actions` of a row, which needs the columns that the guards read."""
        offered = []
        for t, label in self.by_state[row.state]:
            why = self.workflow.why_not(t, row, self.actor, self.at)
            offered.append(
                {
                    "name": t.name,
                    "label": label,
                    "allowed": why is None,
                    "why_not": None if why is None else self._words(why),
                }
            )
        return offered

    def _words(self, why: Reason) -> str:
        """In the caller's language; a sentence without data is looked up once for the whole list."""
        if why.params:
            return told(why)
        text = self.said.get(why.msgid)
        if text is None:
            text = self.said[why.msgid] = told(why)
        return text


def page(
    rows: QuerySet, *, asked: Paged, bound: tuple[Any, ...], key: str, actor: Actor, ascending: bool = False,
    values: Iterable[str] = (),
) -> paging.Page:  # fmt: skip
    """One page of a list; its cursors belong to this query, this position and this person."""
    whose = paging.binding("api", *bound, actor.position, actor.id)
    return paging.page(
        rows, key=key, cursor=asked.cursor, bound=whose, size=asked.size, ascending=ascending, values=tuple(values)
    )  # fmt: skip


def paged(found: paging.Page, items: list[Any]) -> dict[str, Any]:
    return {"items": items, "next": found.next or None, "previous": found.previous or None}


def answer(body: Any, status: int = 200) -> HttpResponse:
    """JSON as it stands: for hot lists, whose shape a test compares with the schema."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(text, content_type="application/json; charset=utf-8", status=status)
    response["Cache-Control"] = "no-store"
    return response


def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


# -- forms as schemas ------------------------------------------------------------------------------

#: fields of higher modules: class of the form field → what stands for it in JSON
TYPES: dict[type[forms.Field], Callable[[Any], Any]] = {}


def schema_of(
    form: type[forms.Form], name: str, *, base: type[In] = ActIn, keeps: frozenset[str] = frozenset(),
    more: Mapping[str, Any] | None = None,
) -> type[In]:  # fmt: skip
    """The inputs of an act as a schema, from the declared fields of its form.

    `keeps` need not be sent: they stay as they stand. `more` are fields that the form adds by itself.
    """
    fields: dict[str, Any] = dict(more or {})
    with translation.override("zh-hans"):  # the message is the Chinese sentence; documents translate it
        for key, field in cast(Any, form).base_fields.items():
            required = field.required and not isinstance(field, forms.BooleanField) and key not in keeps
            kind = _type(field)
            said: dict[str, Any] = {"title": str(field.label or key)}
            if field.help_text:
                said["description"] = str(field.help_text)
            fields[key] = (kind, Field(..., **said)) if required else (kind | None, Field(None, **said))
    return create_model(name, __base__=base, **fields)


def _type(field: forms.Field) -> Any:
    for kind, made in TYPES.items():
        if isinstance(field, kind):
            return made(field)
    match field:
        case forms.NullBooleanField() | forms.BooleanField():
            return StrictBool
        case forms.DateField():
            return Day
        case forms.IntegerField():
            least, most = cast(Any, field.min_value), cast(Any, field.max_value)
            return Annotated[StrictInt, Field(ge=-(2**31) if least is None else least, le=most or 2**53)]
        case forms.DecimalField():
            return Annotated[float, Field(ge=-1e9, le=1e9)]
        case forms.MultipleChoiceField():
            return Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=200)]
        case forms.ChoiceField():
            static = tuple(str(c) for c, _label in _flat(cast(Any, field.choices)) if c != "")
            return Literal[static] if static else Annotated[str, Field(min_length=1, max_length=100)]  # type: ignore[valid-type]
    length = getattr(field, "max_length", None) or 2000
    return Annotated[str, Field(min_length=1 if field.required else 0, max_length=length)]


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label


class Choice(Schema):
    value: str
    label: str


class Input(Schema):
    """One input of an act, as it stands for this person and this row now."""

    name: str
    label: str
    required: bool
    help: str = ""
    initial: str | None = None
    choices: list[Choice] | None = None


class Asked(Schema):
    """What an act asks for: the form of the page, in words."""

    name: str
    label: str
    law: str
    allowed: bool
    why_not: str | None
    version: int | None
    inputs: list[Input]


def asked(form: forms.Form) -> list[Input]:
    """The inputs of a form with their choices and initial values."""
    found = []
    for name, field in form.fields.items():
        if getattr(field.widget, "is_hidden", False):
            continue
        choices = getattr(field, "choices", None)
        initial = form.get_initial_for_field(field, name)
        found.append(
            Input(
                name=name, label=str(field.label or name), required=field.required, help=str(field.help_text or ""),
                initial=None if initial is None else str(initial),
                choices=None if choices is None
                else [Choice(value=str(v), label=str(w)) for v, w in _flat(choices) if v not in ("", None)],
            )
        )  # fmt: skip
    return found


# -- acts --------------------------------------------------------------------------------------------


def moment(body: ActIn, now: datetime) -> Moment:
    """When an act happened and when it reached us (decision 5)."""
    if body.happened is None:
        return Moment.at(now)
    return Moment.reported(happened=body.happened, received=now, not_before=now - OFFLINE)


def act_id(request: HttpRequest, body: Any) -> UUID:
    """The id of an act: of the body, else of the header `Idempotency-Key`. Refused where they differ."""
    said = request.headers.get("Idempotency-Key", "").strip().strip('"')
    if not said:
        return body.id or new_id()
    try:
        key = UUID(said)
    except ValueError:
        raise Refused(Reason("Idempotency-Key须为UUID"), "id") from None
    if body.id not in (None, key):
        raise Refused(Reason("正文的id与Idempotency-Key不一致,请只填一个"), "id")
    return key


def filled(make: Callable[..., Any], body: ActIn, *, keeps: frozenset[str] = frozenset()) -> Any:
    """The act's form, filled and found right. Raises Invalid."""
    given = body.model_dump(mode="json", exclude=set(ActIn.model_fields), exclude_none=True)
    if keeps:
        blank = make(None)
        stands = {n: blank.get_initial_for_field(blank.fields[n], n) for n in keeps if n in blank.fields}
        given = {n: v for n, v in stands.items() if v is not None} | given
    form = make(given)
    if strange := [
        name for name, value in given.items() if name not in form.fields and value not in (False, "")
    ]:
        raise Invalid({name: [gettext("这里不需要填写这一项")] for name in strange})  # fmt: skip
    if not form.is_valid():
        raise Invalid({name: [str(e) for e in errors] for name, errors in form.errors.items()})
    return form


def carry_out(
    request: HttpRequest,
    command: Command,
    *,
    pk: int | None,
    body: ActIn,
    make: Callable[..., Any],
    before: Callable[[Any], None] | None = None,
    keeps: frozenset[str] = frozenset(),
) -> Any:
    """Fill the form and perform the act, in one transaction: what is refused leaves nothing behind.

    `before` looks at the filled form; it is not asked where the act was carried out already.
    """
    now, key = timezone.now(), act_id(request, body)
    actor = cast(Any, request).actor
    with transaction.atomic():
        form = filled(make, body, keeps=keeps)
        if before is not None and not JournalEntry.objects.filter(id=key).exists():
            before(form)
        form.act = key
        inputs = form.inputs()
        if pk is None:
            return command(by=actor, at=moment(body, now), id=key, **inputs)
        return command(pk, by=actor, at=moment(body, now), id=key, seen=body.seen, **inputs)
