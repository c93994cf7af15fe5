"""The ledger's columns, said once for page, file and paper; the form of 21 columns."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.hazards import queries
from anlan.hazards.models import Hazard
from anlan.hazards.states import Basis, Grade, State, Track, number_of
from anlan.hazards.waiting import QUEUES
from anlan.kernel import tables
from anlan.kernel.scope import Actor, Axis
from anlan.kernel.tables import Column, Kind, Listing, Row, Table, plain
from anlan.places import queries as places
from anlan.standards import queries as standards


class Names(places.Names):
    """What codes are called, looked up once for all rows."""

    def __init__(self) -> None:
        super().__init__()
        self.sectors: dict[str, str] = dict(standards.sector_choices(on=None))
        self.sources: dict[str, str] = dict(standards.source_choices("", on=None))
        self.states = {code: str(label) for code, label in State.choices}
        self.grades = {code: str(label) for code, label in Grade.choices}
        self.tracks = {code: str(label) for code, label in Track.choices}
        self.bases = {code: str(label) for code, label in Basis.choices}


def _number(row: Row, names: Names) -> str:
    return number_of(row["found_county"], row["found_on"], row["pk"])


def _place(row: Row, names: Names) -> str:
    return f"{names.place(row['now_county'])}{names.place(row['now_town'])}"


def _sector(row: Row, names: Names) -> str:
    return names.sectors.get(row["now_sector"]) or row["now_sector"]


def _source(row: Row, names: Names) -> str:
    return names.sources.get(row["source"]) or row["source"]


def _basis(row: Row, names: Names) -> str:
    return f"{row['basis']} {row['clause']}".strip() or row["grade_basis"]


NO = Column(code="no", label=_("序号"), needs=("no",), of=lambda r, n: r["no"], kind=Kind.NUMBER)
NUMBER = Column(
    code="number",
    label=_("编号"),
    needs=("found_county", "found_on"),
    of=_number,
    kind=Kind.NUMBER,
    link=True,
)
DESCRIPTION = Column(
    code="description", label=_("隐患"), needs=("description", "relapse_of_id"), of=lambda r, n: r["description"],
    kind=Kind.WIDE, shape="hazards/cells/description.html",
)  # fmt: skip
FIRM = Column(
    code="firm", label=_("企业(单位)"), needs=("enterprise__name",), of=lambda r, n: r["enterprise__name"]
)
GRADE = Column(
    code="grade",
    label=_("等级"),
    needs=("grade",),
    of=lambda r, n: n.grades[r["grade"]],
    shape="hazards/cells/grade.html",
)
STATE = Column(
    code="state",
    label=_("状态"),
    needs=("state",),
    of=lambda r, n: n.states[r["state"]],
    shape="hazards/cells/state.html",
)
DUE = Column(
    code="due_on", label=_("整改期限"), needs=("due_on", "stopped_on"), of=lambda r, n: r["due_on"], kind=Kind.DAY,
    shape="hazards/cells/due.html",
)  # fmt: skip
ORGAN = plain("now_organ_name", _("办理单位"))
FOUND_ON = plain("found_on", _("发现日期"), kind=Kind.DAY)
WHAT = Column(
    code="what", label=_("隐患内容"), needs=("location", "description"),
    of=lambda r, n: f"{r['location']} {r['description']}".strip(), kind=Kind.WIDE,
)  # fmt: skip
BASIS = Column(code="basis", label=_("判定依据"), needs=("basis", "clause", "grade_basis"), of=_basis)
RESULT = Column(
    code="result", label=_("结果"), needs=("close_basis", "state"),
    of=lambda r, n: n.bases[r["close_basis"]] if r["close_basis"] else n.states[r["state"]],
)  # fmt: skip
FINDER = plain("found_organisation_name", _("发现单位"))
MONEY = Column(
    code="money_spent", label=_("投入资金(元)"), needs=("money_spent",), of=lambda r, n: r["money_spent"] or None,
    kind=Kind.NUMBER,
)  # fmt: skip

COLUMNS = (
    NUMBER, DESCRIPTION, FIRM, GRADE, STATE, DUE, ORGAN, FOUND_ON,
    plain("location", _("具体位置")),
    Column(code="place", label=_("属地"), needs=("now_county", "now_town"), of=_place),
    Column(code="sector", label=_("行业领域"), needs=("now_sector",), of=_sector),
    Column(code="source", label=_("来源"), needs=("source",), of=_source),
    Column(code="track", label=_("发现方式"), needs=("track",), of=lambda r, n: n.tracks[r["track"]]),
    replace(plain("enterprise__uscc", _("统一社会信用代码"), kind=Kind.CODE), code="uscc"),
    FINDER,
    plain("found_by_name", _("发现人")),
    BASIS,
    plain("assigned_on", _("交办日期"), kind=Kind.DAY),
    plain("signed_on", _("签收日期"), kind=Kind.DAY),
    plain("ordered_on", _("责令日期"), kind=Kind.DAY),
    plain("requirement", _("整改要求"), kind=Kind.WIDE),
    plain("measures", _("整改措施"), kind=Kind.WIDE),
    MONEY,
    plain("rectified_on", _("已整改日期"), kind=Kind.DAY),
    plain("rectified_by_name", _("整改提交人")),
    plain("closed_by_name", _("验收人")),
    plain("closed_on", _("销号日期"), kind=Kind.DAY),
    RESULT,
)  # fmt: skip

ASKS = frozenset({*queries.Filters.__dataclass_fields__, "axis", "queue"})


def filters_of(asked: Mapping[str, Any]) -> queries.Filters:
    """What an address narrows the ledger by."""
    known = queries.Filters.__dataclass_fields__
    said = {k: text for k, v in asked.items() if k in known and (text := str(v).strip()[:60])}
    return queries.Filters(**said)


def axis_of(asked: Mapping[str, Any], by: Actor) -> Axis:
    return Axis(asked["axis"]) if asked.get("axis") in set(Axis) else queries.default_axis(by)


def listing(asked: Mapping[str, str], by: Actor, on: date) -> Listing:
    """The ledger as an address asks for it, the latest first; or what waits for this person (`queue`)."""
    if code := asked.get("queue"):
        waiting = next((q for q in QUEUES if q.code == code and by.may(q.needs)), None)
        return Listing(waiting.rows(by, on) if waiting else Hazard.objects.none(), "found_at", ascending=True)
    filters = filters_of(asked)
    key, column = queries.order_of(filters)
    return Listing(queries.ledger(filters=filters, on=on, axis=axis_of(asked, by)), key, column)


HAZARDS = tables.declare(
    Table(
        code="hazards", title=_("隐患台账"), kind=Hazard._meta.model_name or "", columns=COLUMNS,
        shown=("number", "description", "firm", "grade", "state", "due_on", "now_organ_name", "found_on"),
        asks=ASKS, listing=listing, names=Names,
    )
)  # fmt: skip


def _form(code: str, label: str, needs: tuple[str, ...], of: Any, kind: Kind = Kind.TEXT) -> Column:
    return Column(code=code, label=label, needs=needs, of=of, kind=kind)


#: the form that street offices send in, and its number as a column more, by which it is known again
FORM = tables.declare(
    Table(
        code="form21", title="安全生产隐患排查台账", kind=Hazard._meta.model_name or "", asks=ASKS, listing=listing, names=Names,
        chinese=True,
        columns=(
            _form("reporter", "上报单位", ("found_organisation_name",), lambda r, n: r["found_organisation_name"]),
            _form("sector", "行业领域", ("now_sector",), _sector),
            _form("firm_kind", "企业类型", (), lambda r, n: ""),
            _form("firm", "企业名称", ("enterprise__name",), lambda r, n: r["enterprise__name"]),
            _form("uscc", "统一社会信用代码", ("enterprise__uscc",), lambda r, n: r["enterprise__uscc"]),
            _form("place", "属地", ("now_county", "now_town"), lambda r, n: n.place(r["now_town"] or r["now_county"])),
            _form("address", "详细地址", ("enterprise__address",), lambda r, n: r["enterprise__address"]),
            _form("person", "负责人", (), lambda r, n: ""),
            _form("category", "隐患分类", ("grade",), lambda r, n: n.grades[r["grade"]]),
            _form("description", "隐患描述", ("description",), lambda r, n: r["description"], Kind.WIDE),
            _form("location", "隐患位置", ("location",), lambda r, n: r["location"]),
            _form("source", "检查方式", ("source",), _source),
            _form("finder", "检查人", ("found_by_name",), lambda r, n: r["found_by_name"]),
            _form("found_on", "检查时间", ("found_on",), lambda r, n: r["found_on"], Kind.DAY),
            _form("basis", "判定依据", ("basis",), lambda r, n: r["basis"]),
            _form("clause", "违反判定依据具体条款", ("clause",), lambda r, n: r["clause"]),
            _form("rectified", "是否整改", ("rectified_on",), lambda r, n: "是" if r["rectified_on"] else "否"),
            _form("closed_on", "实际整改完成时间", ("rectified_on",), lambda r, n: r["rectified_on"], Kind.DAY),
            _form("responsible", "整改责任部门/责任人", ("now_organ_name",), lambda r, n: r["now_organ_name"]),
            _form("measures", "整改措施", ("measures",), lambda r, n: r["measures"], Kind.WIDE),
            _form("remark", "举报情况备注", (), lambda r, n: ""),
            _form("number", "隐患编号", ("found_county", "found_on"), _number),
        ),
        shown=(
            "reporter", "sector", "firm_kind", "firm", "uscc", "place", "address", "person", "category", "description",
            "location", "source", "finder", "found_on", "basis", "clause", "rectified", "closed_on", "responsible",
            "measures", "remark", "number",
        ),
    )
)  # fmt: skip
