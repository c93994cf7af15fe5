"""The four lists (四张清单): views over one set of records, never typed twice. Their columns serve screen,
paper and file alike.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.hazards import tables as own
from anlan.hazards.tables import NO, NUMBER, WHAT
from anlan.kernel import tables
from anlan.kernel.scope import Actor
from anlan.kernel.tables import Column, Kind, Listing, Table, plain

#: how many lines stand on one printout; the file holds all
AT_MOST = 1000

WHERE = replace(own.FIRM, code="where")


def _listing(asked: Mapping[str, str], by: Actor, on: date) -> Listing:
    """The same rows as the ledger's, the earliest first."""
    return replace(own.listing(asked, by, on), ascending=True)


def _list(code: str, title: Any, *columns: Column) -> Table:
    return tables.declare(
        Table(
            code=code, title=title, kind=own.HAZARDS.kind, columns=columns, shown=tuple(c.code for c in columns),
            asks=own.ASKS, listing=_listing, names=own.Names,
        )
    )  # fmt: skip


def _plain_grade(label: Any) -> Column:
    return replace(own.GRADE, label=label, shape="")


_ORGAN_OR_FINDER = Column(
    code="organ", label=_("监管单位"), needs=("now_organ_name", "found_organisation_name"),
    of=lambda r, n: r["now_organ_name"] or r["found_organisation_name"],
)  # fmt: skip

LISTS: dict[str, Table] = {
    made.code: made
    for made in (
        _list(
            "risks", _("风险隐患清单"), NO, NUMBER, WHERE, WHAT, _plain_grade(_("等级")), own.BASIS, own.FOUND_ON, own.FINDER,
        ),
        _list(
            "assignments", _("交办督办清单"), NO, NUMBER, WHERE, WHAT, own.ORGAN,
            plain("assigned_on", _("交办日期"), kind=Kind.DAY), plain("signed_on", _("签收日期"), kind=Kind.DAY),
            replace(own.DUE, shape=""), replace(own.STATE, shape=""),
        ),
        _list(
            "leaders", _("领导责任清单"), NO, NUMBER, WHERE, WHAT, _ORGAN_OR_FINDER,
            plain("ordered_by_name", _("责令人")), plain("graded_by_name", _("定级人")),
            plain("rectified_by_name", _("整改提交人")),
            plain("instructions_open", _("待答复批示"), kind=Kind.NUMBER),
        ),
        _list(
            "acceptance", _("验收销号清单"), NO, NUMBER, WHERE, plain("measures", _("整改措施"), kind=Kind.WIDE), own.MONEY,
            plain("rectified_on", _("已整改日期"), kind=Kind.DAY), plain("closed_by_name", _("验收人")), own.RESULT,
            plain("closed_on", _("销号日期"), kind=Kind.DAY),
        ),
    )
}  # fmt: skip
#: what would fill a list that is empty
EMPTY = {
    "risks": _("登记隐患后,这里会列出每一处"),
    "assignments": _("交办后,这里会列出交给谁、何时反馈"),
    "leaders": _("有了责任人和批示,这里会列出谁对什么负责"),
    "acceptance": _("提交整改后,这里会列出验收的结果和销号日期"),
}
