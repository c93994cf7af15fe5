"""The four lists (四张清单): views over one set of records, never typed twice. Columns are declared once
and serve screen, paper and export alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.hazards.models import Hazard

AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Column:
    label: Any
    of: Callable[[int, Hazard], Any]


@dataclass(frozen=True, slots=True)
class FourList:
    code: str
    title: Any
    columns: tuple[Column, ...]
    empty: Any


def _firm(i: int, h: Hazard) -> str:
    return h.enterprise.name if h.enterprise else "—"


def _closed(i: int, h: Hazard) -> Any:
    return h.get_close_basis_display() if h.close_basis else h.get_state_display()  # type: ignore[attr-defined]


_NO = Column(_("序号"), lambda i, h: i)
_NUMBER = Column(_("编号"), lambda i, h: h.number)
_WHERE = Column(_("企业(单位)"), _firm)
_WHAT = Column(_("隐患内容"), lambda i, h: f"{h.location} {h.description}".strip())

LISTS: dict[str, FourList] = {
    made.code: made
    for made in (
        FourList(
            "risks",
            _("风险隐患清单"),
            (
                _NO,
                _NUMBER,
                _WHERE,
                _WHAT,
                Column(_("等级"), lambda i, h: h.get_grade_display()),  # type: ignore[attr-defined]
                Column(_("判定依据"), lambda i, h: f"{h.basis} {h.clause}".strip() or h.grade_basis or "—"),
                Column(_("发现日期"), lambda i, h: h.found_on),
                Column(_("发现单位"), lambda i, h: h.found_organisation_name),
            ),
            _("登记隐患后,这里会列出每一处"),
        ),
        FourList(
            "assignments",
            _("交办督办清单"),
            (
                _NO,
                _NUMBER,
                _WHERE,
                _WHAT,
                Column(_("办理单位"), lambda i, h: h.now_organ_name or "—"),
                Column(_("交办日期"), lambda i, h: h.assigned_on or "—"),
                Column(_("签收日期"), lambda i, h: h.signed_on or "—"),
                Column(_("整改期限"), lambda i, h: h.due_on or "—"),
                Column(_("状态"), lambda i, h: h.get_state_display()),  # type: ignore[attr-defined]
            ),
            _("交办后,这里会列出交给谁、何时反馈"),
        ),
        FourList(
            "leaders",
            _("领导责任清单"),
            (
                _NO,
                _NUMBER,
                _WHERE,
                _WHAT,
                Column(_("监管单位"), lambda i, h: h.now_organ_name or h.found_organisation_name),
                Column(_("责令人"), lambda i, h: h.ordered_by_name or "—"),
                Column(_("定级人"), lambda i, h: h.graded_by_name or "—"),
                Column(_("整改提交人"), lambda i, h: h.rectified_by_name or "—"),
                Column(_("待答复批示"), lambda i, h: h.instructions_open or "—"),
            ),
            _("有了责任人和批示,这里会列出谁对什么负责"),
        ),
        FourList(
            "acceptance",
            _("验收销号清单"),
            (
                _NO,
                _NUMBER,
                _WHERE,
                Column(_("整改措施"), lambda i, h: h.measures or "—"),
                Column(_("投入资金(元)"), lambda i, h: f"{h.money_spent:,}" if h.money_spent else "—"),
                Column(_("已整改日期"), lambda i, h: h.rectified_on or "—"),
                Column(_("验收人"), lambda i, h: h.closed_by_name or "—"),
                Column(_("结果"), _closed),
                Column(_("销号日期"), lambda i, h: h.closed_on or "—"),
            ),
            _("提交整改后,这里会列出验收的结果和销号日期"),
        ),
    )
}
