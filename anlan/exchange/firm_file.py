"""An enterprise's file (一企一档) as one PDF: what its tabs show, as the person who asks may see it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from anlan.enforcement import queries as documents
from anlan.hazards import queries as hazards
from anlan.hazards import tables as hazard_tables
from anlan.inspections import queries as visits
from anlan.kernel import typeset
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor
from anlan.kernel.tables import cells, fields_of, said
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places
from anlan.register import file
from anlan.register import queries as register
from anlan.register.models import Enterprise
from anlan.standards import queries as standards

CODE = "firm-file"
TEMPLATE = Path(__file__).parent / "paper" / "firm_file.typ"
#: how many lines of one kind stand in the file; it says so where there are more
MOST = 500
HAZARDS = ("number", "found_on", "description", "grade", "state", "due_on", "closed_on")
GONE = Reason("没有找到这家企业,或不在您的职责范围内")


def write(path: Path, asked: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Make the PDF. Raises Refused where the firm is not, or no longer, within reach."""
    e = register.enterprise(int(asked["pk"]))
    if e is None:
        raise Refused(GONE)
    path.write_bytes(typeset.pdf(TEMPLATE, content(e, by, at), dated=at))


def content(e: Enterprise, by: Actor, at: datetime) -> dict[str, Any]:
    """What the paper says, all of it words."""
    when = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    return {
        "title": _("企业安全生产档案"),
        "name": e.name,
        "office": by.organisation_name or by.name,
        "foot": _("%(who)s 于 %(when)s 从安澜导出") % {"who": f"{by.organisation_name} {by.name}".strip(), "when": when},
        "facts": _facts(e),
        "parts": [
            _persons(e, by, at), _premises(e), _workposts(e), _hazards(e, by, at), _suspensions(e), _documents(e), _visits(e),
        ],
        "signs": [_("填表人:"), _("审核人:"), _("负责人:")],
    }  # fmt: skip


def _facts(e: Enterprise) -> list[list[str]]:
    pairs = (
        (_("统一社会信用代码"), e.uscc), (_("状态"), e.get_state_display()),  # type: ignore[attr-defined]
        (_("属地"), f"{places.name_of(e.county)}{places.name_of(e.town) if e.town else ''}"),
        (_("行业领域"), standards.sector_name(e.sector)), (_("地址"), e.address), (_("国民经济行业"), e.industry),
        (_("规模"), e.get_scale_display() if e.scale else ""), (_("从业人数"), e.headcount),  # type: ignore[attr-defined]
        (_("行业主管部门"), e.sector_organ.name if e.sector_organ else ""), (_("在册日期"), e.registered_on),
    )  # fmt: skip
    return [[str(label), said(value)] for label, value in pairs]


def _part(title: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """A table of the paper: heads with their widths, and rows; the title says where there are more."""
    cut = len(rows) > MOST
    return {
        "title": f"{title}({_('前%(n)s条') % {'n': MOST}})" if cut else title,
        "head": [head for head, _width in columns],
        "widths": [width for _head, width in columns],
        "rows": [[said(cell) for cell in row] for row in rows[:MOST]],
        "none": _("无"),
    }


def _persons(e: Enterprise, by: Actor, at: datetime) -> dict[str, Any]:
    rows = [
        (row["p"].get_role_display(), row["name"], row["phone"], row["p"].since, row["p"].until)
        for row in file.persons(e, by, at)["rows"]
    ]
    columns = ((_("责任"), 3), (_("姓名"), 2), (_("电话"), 3), (_("任职"), 2), (_("离任"), 2))
    return _part(_("责任人"), columns, rows)


def _premises(e: Enterprise) -> dict[str, Any]:
    rows = [
        (p.name, p.get_kind_display(), p.address, p.since, p.until) for p in e.premises.order_by("name", "pk")
    ]
    columns = ((_("名称"), 3), (_("种类"), 2), (_("地址"), 4), (_("自"), 2), (_("至"), 2))
    return _part(_("场所"), columns, rows)


def _workposts(e: Enterprise) -> dict[str, Any]:
    posts = e.workposts.select_related("premises").order_by("name", "pk")
    rows = [(w.name, w.premises.name if w.premises else "", w.people_no, w.since, w.until) for w in posts]
    columns = ((_("岗位"), 3), (_("场所"), 3), (_("人数"), 1), (_("自"), 2), (_("至"), 2))
    return _part(_("岗位"), columns, rows)


def _hazards(e: Enterprise, by: Actor, at: datetime) -> dict[str, Any]:
    table = hazard_tables.HAZARDS
    columns, names = table.chosen(HAZARDS), table.names()
    found = hazards.ledger(filters=hazards.Filters(enterprise=str(e.pk)), on=day_of(at))
    rows = found.order_by("-found_at", "-pk").values(*fields_of(columns))[: MOST + 1]
    widths = (4, 2, 5, 2, 2, 2, 2)
    shown = [[cell.value for cell in cells(columns, row, names)] for row in rows]
    return _part(_("隐患"), [(str(c.label), w) for c, w in zip(columns, widths, strict=True)], shown)


def _suspensions(e: Enterprise) -> dict[str, Any]:
    rows = [
        (s.get_state_display(), s.get_extent_display(), s.reason, s.proposed_on, s.began_on, s.lifted_on)  # type: ignore[attr-defined]
        for s in hazards.suspensions().filter(enterprise=e)[: MOST + 1]
    ]
    columns = (
        (_("状态"), 2), (_("停产范围"), 2), (_("停产理由"), 4), (_("提出"), 2), (_("停产日期"), 2), (_("复产日期"), 2)
    )  # fmt: skip
    return _part(_("停产整顿"), columns, rows)


def _documents(e: Enterprise) -> dict[str, Any]:
    found = documents.documents(filters=documents.Filters(enterprise=str(e.pk))).order_by(
        "-drafted_on", "-pk"
    )
    rows = [
        (d.get_type_display(), d.number, d.get_state_display(), d.drafted_on, d.agency_name)
        for d in found[: MOST + 1]
    ]
    columns = ((_("文书"), 3), (_("文号"), 4), (_("状态"), 2), (_("日期"), 2), (_("机关"), 3))
    return _part(_("文书"), columns, rows)


def _visits(e: Enterprise) -> dict[str, Any]:
    rows = [
        (v.number, v.day, v.get_mode_display(), v.organisation_name, v.found_no, v.get_state_display())
        for v in visits.of_firm(e.pk, at_most=MOST + 1)
    ]
    columns = (
        (_("编号"), 4), (_("日期"), 2), (_("方式"), 2), (_("检查单位"), 4), (_("隐患数"), 1), (_("状态"), 2)
    )  # fmt: skip
    return _part(_("检查"), columns, rows)
