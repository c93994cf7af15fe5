"""What the API says of a hazard, and what its ledger can be asked."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop as _
from ninja import Field

from anlan.hazards.states import Grade, State, Track
from anlan.kernel import api

OneState: Any = api.one_of(State)
OneGrade: Any = api.one_of(Grade)
OneTrack: Any = api.one_of(Track)
OneAxis = Literal["place", "handed", "mine"]


class HazardRow(api.Schema):
    """A hazard as a list shows it."""

    id: int
    number: str
    state: OneState
    state_label: str
    grade: OneGrade
    grade_label: str
    track: OneTrack
    source: api.Labelled
    description: str
    location: str
    enterprise: api.Named | None
    county: api.Labelled
    town: api.Labelled | None
    sector: api.Labelled
    found_on: date
    found_by: str = Field(description=_("发现单位"))
    organ: api.Named | None = Field(description=_("现在办理的单位"))
    due_on: date | None
    days_left: int | None = Field(description=_("距整改期限的天数,逾期为负;不计时为空"))
    rectified_on: date | None
    closed_on: date | None
    version: int = Field(description=_("版本;办理时作为seen交回"))
    actions: list[api.Action]


class HazardRows(api.Schema):
    """One page. `next` and `previous` are cursors, null at an end."""

    items: list[HazardRow]
    next: str | None
    previous: str | None


class Ledger(api.Paged):
    """What the ledger can be narrowed by; the same as on the page."""

    state: OneState | None = None
    grade: OneGrade | None = None
    sector: Annotated[str, Field(min_length=1, max_length=20)] | None = None
    county: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    town: Annotated[str, Field(pattern=r"^\d{9}(\d{3})?$")] | None = None
    source: Annotated[str, Field(min_length=1, max_length=30)] | None = None
    track: OneTrack | None = None
    enterprise: api.Key | None = None
    when: Literal["open", "overdue", "soon"] | None = Field(
        None, description=_("open 在办,overdue 已逾期,soon 三日内到期")
    )
    text: Annotated[str, Field(min_length=1, max_length=60)] | None = Field(
        None, description=_("编号,或描述、位置、企业名称中的文字")
    )
    since: api.Day | None = Field(None, description=_("发现日期自"))
    until: api.Day | None = Field(None, description=_("发现日期至"))
    axis: OneAxis | None = Field(
        None, description=_("place 职责范围内,handed 交我办的,mine 指名给我的;不填按职务")
    )


class Link(api.Schema):
    """One link of the chain of assignment."""

    kind: str
    from_name: str
    to_name: str
    words: str
    given_on: date
    reply_due: date | None
    signed_on: date | None
    signed_by_name: str
    returned_on: date | None
    return_reason: str
    passed_on: date | None
    replied_on: date | None
    reply: str


class Round(api.Schema):
    """One go at rectifying."""

    no: int
    due_on: date
    submitted_on: date | None
    submitted_by_name: str
    measures: str
    late: bool
    decided_on: date | None
    decided_by_name: str
    passed: bool | None
    still_open: str


class Extension(api.Schema):
    reason: str
    interim: str
    old_due_on: date
    until: date
    decided_on: date | None
    decided_by_name: str
    granted: bool | None
    opinion: str


class Line(api.Schema):
    """One act in the file, newest first."""

    seq: int
    at: datetime
    who: str
    act: str
    note: str
    digest: str


class Photo(api.Schema):
    label: str = Field(description=_("BEFORE 整改前,DURING 过程,AFTER 整改后,DOCUMENT 材料"))
    kind: str
    sha256: str
    href: str
    thumbnail: str
    taken_at: datetime | None
    at: datetime
    by_name: str


class HazardFile(HazardRow):
    """A hazard with its file."""

    category: str
    basis: str
    clause: str
    no_photo_because: str
    requirement: str
    legal_order: bool
    measures: str
    money_spent: int = Field(description=_("整改投入,元"))
    close_basis: str
    responsible: str | None = Field(description=_("整改责任人;无权查看个人信息时为空"))
    relapse_of: int | None
    merged_into: int | None
    assignments: list[Link]
    rounds: list[Round]
    extensions: list[Extension]
    timeline: list[Line]
    evidence: list[Photo]
