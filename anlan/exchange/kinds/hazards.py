"""The hazard ledger: rows arrive by `adopt`, whatever the sheet calls its columns."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.exchange import values
from anlan.exchange.firms import Known
from anlan.exchange.headers import Field, Kind
from anlan.exchange.kinds import base
from anlan.exchange.kinds.base import Bad, Draft
from anlan.exchange.kinds.of_firms import OfFirms
from anlan.exchange.reading import Row
from anlan.exchange.report import Change, Refusal
from anlan.hazards import commands as hazards
from anlan.hazards import queries
from anlan.hazards.states import Basis
from anlan.kernel.canonical import digest
from anlan.kernel.words import Reason

FIELDS = (
    Field("number", _("编号"), ("编号", "隐患编号")),
    Field("reporter", _("上报单位"), ("上报单位", "填报单位", "报送单位", "来源单位")),
    Field("sector", _("行业领域"), ("行业领域", "行业", "领域", "行业类别"), "sectors"),
    Field("firm_kind", _("企业类型"), ("企业类型", "单位类型", "企业性质")),
    Field("firm", _("企业名称"),
          ("企业名称", "单位名称", "被检查单位", "受检单位", "企业", "隐患单位", "检查单位名称", "被查单位", "企业(单位)名称")),
    Field("uscc", _("统一社会信用代码"), ("统一社会信用代码", "信用代码", "社会信用代码")),
    Field("place", _("属地"),
          ("属地", "所属县区", "县市区", "区县", "所在区县", "辖区", "所在地区", "属地乡镇", "所属乡镇"), "places"),
    Field("address", _("详细地址"), ("详细地址", "地址", "单位地址")),
    Field("person", _("负责人"), ("负责人", "企业负责人", "联系人")),
    Field("category", _("隐患分类"), ("隐患分类", "隐患类别", "隐患类型", "隐患级别", "隐患等级")),
    Field("description", _("隐患描述"),
          ("隐患描述", "隐患内容", "存在问题", "问题描述", "主要隐患", "隐患情况", "存在的问题", "问题隐患",
           "隐患问题"), must=True),
    Field("location", _("隐患位置"), ("隐患位置", "隐患部位", "部位", "具体位置")),
    Field("source", _("检查方式"), ("检查方式", "检查形式", "来源", "检查类型"), "sources"),
    Field("finder", _("检查人"), ("检查人", "检查人员", "检查组", "排查人")),
    Field("found_on", _("检查时间"),
          ("检查时间", "检查日期", "排查时间", "发现时间", "排查日期", "发现日期"), must=True, is_day=True),
    Field("basis", _("判定依据"), ("判定依据", "检查依据", "依据")),
    Field("clause", _("具体条款"), ("违反判定依据具体条款", "具体条款", "违反条款", "条款")),
    Field("rectified", _("是否整改"), ("是否整改", "整改情况", "是否完成整改", "整改状态"), "rectified"),
    Field("closed_on", _("整改完成时间"), ("实际整改完成时间", "整改完成时间", "完成时间", "整改完成日期"), is_day=True),
    Field("due_on", _("整改期限"), ("整改期限", "整改时限", "要求完成时间", "限期", "整改截止日期"), is_day=True),
    Field("responsible", _("整改责任人"), ("整改责任部门/责任人", "整改责任部门", "整改责任人", "责任人", "责任单位")),
    Field("measures", _("整改措施"), ("整改措施", "措施", "整改内容")),
    Field("remark", _("备注"), ("举报情况备注", "备注", "说明")),
)  # fmt: skip
#: what makes two rows the same row, whoever sends them and however the sheet is sorted
KEYED = ("firm", "uscc", "place", "description", "location", "finder", "basis", "clause")


class HazardReader(OfFirms):
    """A row of a ledger as the inputs of `adopt`."""

    @classmethod
    def words(cls, on: date) -> Iterable[base.Vocabulary]:
        return base.place_words(), base.sector_words(on), base.source_words(on), base.done_words()

    def prepare(self, rows: Sequence[Row]) -> list[Draft]:
        drafts = [Draft(row) for row in rows]
        self.with_files([(draft, self._read(draft)) for draft in drafts])
        return drafts

    def _read(self, draft: Draft) -> Known | None:
        """Fill a draft; returns the firm where the register knows it."""
        row, cell, bad = draft.row, self.cell, self.bad(draft)
        description = cell(row, "description")
        if len(description) < 2:
            bad("description", Reason("没有隐患描述"), Reason("请写明隐患的部位和现状"))
        found = self.day(row, "found_on", bad, missing=Reason("没有写检查时间"))
        due = self.day(row, "due_on", bad)
        done, closed = self.rectified(row, bad, found)
        if found and found > self.today:
            bad("found_on", Reason("检查时间%(day)s晚于今天", {"day": found}), Reason("请核对检查时间"))
        if found and closed and closed < found:
            bad("closed_on", Reason("整改完成时间早于检查时间"), Reason("请核对两个日期"))
        if closed and closed > self.today:
            bad("closed_on", Reason("整改完成时间%(day)s晚于今天", {"day": closed}), Reason("请核对日期"))
        sector, source = self.code(row, "sector", bad), self.code(row, "source", bad)
        firm, place = self.whose(row, draft)
        draft.key = self._key(row, found)
        draft.present = self._stands(row, bad, description)
        if draft.present:  # it came out of the ledger, and nothing of it is changed
            draft.wrong.clear()
        county, town = self.belongs(place)
        draft.inputs = {
            "description": description,
            "source": source,
            "found_on": found,
            "import_file": self.file,
            "import_row": row.number,
            "import_key": draft.key,
            "enterprise": None,
            "county": county,
            "town": town,
            "sector": sector,
            "location": cell(row, "location")[:200],
            "basis": cell(row, "basis")[:300],
            "clause": cell(row, "clause")[:200],
            "major": values.is_major(cell(row, "category")),
            "found_by_name": cell(row, "finder")[:60],
            "found_organisation_name": cell(row, "reporter")[:100],
            "measures": cell(row, "measures")[:1000],
            "due_on": None if done else due,
            "closed_on": closed if done else None,
        }
        return firm

    def _stands(self, row: Row, bad: Bad, description: str) -> bool:
        """Whether this row came out of the ledger with its number, and says what stands there."""
        number = self.cell(row, "number")
        if not queries.looks_like_a_number(number):
            return False
        found = queries.by_number(number)
        if found is None or found.number != number:
            return False
        if found.description == description:
            return True
        bad(
            "number", Reason("台账中%(number)s的隐患描述与表中不同", {"number": number}),
            Reason("导入不修改已登记的隐患;是另一处隐患的,请清空编号"),
        )  # fmt: skip
        return False

    def _key(self, row: Row, found: date | None) -> str:
        return digest(str(found), *(self.cell(row, name) for name in KEYED))

    # -- what becomes of them ---------------------------------------------------------------------------

    def present(self, keys: Iterable[str]) -> set[str]:
        return queries.imported(keys)

    def changed(self, drafts: Sequence[Draft]) -> list[Change]:
        """Rows that come again and now say otherwise whether, or when, it was put right."""
        stand = queries.of_sheets(
            keys=(d.key for d in drafts), numbers=(self.cell(d.row, "number") for d in drafts if d.present)
        )
        found = []
        for d in drafts:
            h = stand.get(self.cell(d.row, "number")) if d.present else stand.get(d.key)
            if h is not None and (told := _told_otherwise(h, d.inputs["closed_on"])) is not None:
                column, reason = told
                value = self.cell(d.row, column)[:60]
                header = self.headers.get(column) or str(self.kind.by_name[column].also[0])
                found.append(Change(d.row.number, header, value, reason, h.number))
        return found

    def rehearse(self, drafts: Sequence[Draft]) -> list[Refusal | None]:
        self.would_enter(drafts)
        reasons = hazards.adopt.rehearse([d.inputs for d in drafts], by=self.by, at=self.at)
        return [self._refusal(d, reason) for d, reason in zip(drafts, reasons, strict=True)]

    def perform(self, drafts: Sequence[Draft]) -> list[Refusal | None]:
        refused = self.enter_firms(drafts)
        ready = [d for d in drafts if id(d) not in refused]
        done = hazards.adopt.many([d.inputs for d in ready], by=self.by, at=self.at)
        reasons = {id(d): outcome.reason for d, outcome in zip(ready, done, strict=True)}
        return [refused.get(id(d)) or self._refusal(d, reasons.get(id(d))) for d in drafts]

    def _refusal(self, draft: Draft, reason: Reason | None) -> Refusal | None:
        return None if reason is None else self.refusal(draft.row, "description", reason)


def _told_otherwise(h: Any, closed_on: date | None) -> tuple[str, Reason] | None:
    """The column that says otherwise than the ledger, and what the ledger says.

    A sheet that still says 否 of what was accepted here since is only old, and says nothing new.
    """
    if closed_on is None:
        if h.close_basis != Basis.IMPORTED:
            return None
        return "rectified", Reason("台账中已按导入销号(%(day)s完成)", {"day": h.closed_on})
    if h.closed_on is None:
        return "rectified", Reason("台账中未销号,现为“%(state)s”", {"state": h.get_state_display()})
    if h.closed_on != closed_on:
        return "closed_on", Reason("台账中的完成时间是%(day)s", {"day": h.closed_on})
    return None


HAZARDS = Kind(
    name="hazards",
    label=_("隐患台账"),
    may="hazard.adopt",
    fields=FIELDS,
    told_by=frozenset({"description", "found_on"}),
    reader=HazardReader,
)
