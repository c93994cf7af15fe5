"""Enterprise files: each row goes on the register as its place enters it, with its two responsible persons."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from anlan.exchange.firms import Firms
from anlan.exchange.headers import Field, Kind
from anlan.exchange.kinds import base
from anlan.exchange.kinds.base import Bad, Draft, Question, Reader, Vocabulary
from anlan.exchange.reading import Row
from anlan.exchange.report import Refusal
from anlan.kernel import personal
from anlan.kernel.canonical import digest
from anlan.kernel.journal import JournalEntry
from anlan.kernel.words import Reason
from anlan.register import commands as register
from anlan.register.states import Scale

FIELDS = (
    Field("firm", _("企业名称"), ("企业名称", "单位名称", "企业(单位)名称", "企业全称", "名称"), must=True),
    Field("uscc", _("统一社会信用代码"), ("统一社会信用代码", "信用代码", "社会信用代码")),
    Field("place", _("县(市、区)"), ("县(市、区)", "属地", "所属县区", "县市区", "区县", "所在区县"), "places"),
    Field("town", _("乡镇(街道)"), ("乡镇(街道)", "乡镇街道", "所属乡镇", "街道", "乡镇"), "places"),
    Field("sector", _("行业领域"), ("行业领域", "行业", "行业类别"), "sectors"),
    Field("industry", _("国民经济行业"), ("国民经济行业", "国民经济行业代码", "行业代码")),
    Field("address", _("地址"), ("地址", "详细地址", "单位地址", "注册地址", "经营地址")),
    Field("scale", _("规模"), ("规模", "企业规模"), "scales"),
    Field("headcount", _("从业人数"), ("从业人数", "职工人数", "员工人数", "人数")),
    Field("lng", _("经度"), ("经度",)),
    Field("lat", _("纬度"), ("纬度",)),
    Field("is_key", _("重点单位"), ("重点单位", "是否重点单位"), "truths"),
    Field("principal", _("主要负责人"), ("主要负责人", "法定代表人", "负责人")),
    Field("principal_phone", _("主要负责人电话"), ("主要负责人电话", "负责人电话", "联系电话", "电话")),
    Field("manager", _("安全管理人员"), ("安全管理人员", "安全员", "安全负责人")),
    Field("manager_phone", _("安全管理人员电话"), ("安全管理人员电话", "安全员电话")),
)  # fmt: skip


def scale_words() -> Vocabulary:
    known = {str(label): code for code, label in Scale.choices} | {code: code for code in Scale.values}
    short = {
        "大": "LARGE",
        "中": "MEDIUM",
        "小": "SMALL",
        "微": "MICRO",
        "个体": "SOLE",
        "个体户": "SOLE",
        "其他": "OTHER",
        "": "",
    }
    return Vocabulary(
        "scales", "", short | known, Scale.choices, Reason("请写大型、中型、小型、微型、个体工商户或其他单位"),
        Reason("不认识规模“%(value)s”"),
    )  # fmt: skip


def truth_words() -> Vocabulary:
    known = {
        "是": "yes",
        "否": "",
        "": "",
        "√": "yes",
        "×": "",
        "有": "yes",
        "无": "",
        "yes": "yes",
        "no": "",
    }
    return Vocabulary(
        "truths", "", known, [("yes", _("是")), ("", _("否"))], Reason("请写“是”或“否”"), Reason("不认识“%(value)s”")
    )  # fmt: skip


class EnterpriseReader(Reader):
    """A row as the inputs of `enter`."""

    def __init__(self, **given: Any):
        super().__init__(**given)
        self.firms = Firms(self.mapping.firms)

    @classmethod
    def words(cls, on: date) -> Iterable[Vocabulary]:
        return base.place_words(), base.sector_words(on), scale_words(), truth_words()

    def questions(self) -> list[Question]:
        return [*super().questions(), *self.firms.questions()]

    def prepare(self, rows: Sequence[Row]) -> list[Draft]:
        return [self._read(Draft(row)) for row in rows]

    def _read(self, draft: Draft) -> Draft:
        row, cell, bad = draft.row, self.cell, self.bad(draft)
        name, uscc = cell(row, "firm"), cell(row, "uscc").upper()
        if len(name) < 2:
            bad("firm", Reason("没有企业名称"), Reason("请填写企业(单位)全称,与营业执照一致"))
        county, town = self._where(row, bad)
        answer = self.firms.answer(name, uscc, county)
        if answer.wrong is not None:
            draft.wrong.append(self.refusal(row, *answer.wrong))
        draft.present = answer.firm is not None
        draft.key = digest(uscc) if uscc else digest(name, county)
        draft.inputs = {
            "name": name, "uscc": uscc, "county": county, "town": town, "sector": self.code(row, "sector", bad),
            "industry": cell(row, "industry"), "address": cell(row, "address")[:200],
            "scale": self.code(row, "scale", bad) or ("" if uscc else "OTHER"),
            "headcount": self._number(row, "headcount", bad), "is_key": bool(self.code(row, "is_key", bad)),
            "lng": self._degrees(row, "lng", bad), "lat": self._degrees(row, "lat", bad),
        }  # fmt: skip
        return draft

    def _where(self, row: Row, bad: Bad) -> tuple[str, str]:
        """County and town: either column may name either; a town alone says its county."""
        said = self.code(row, "place", bad) if self.cell(row, "place") or not self.cell(row, "town") else ""
        town = self.code(row, "town", bad) if self.cell(row, "town") else ""
        county, below = base.belongs(said)
        return (county or base.belongs(town)[0]), (town if len(town) > 6 else below)

    def _number(self, row: Row, name: str, bad: Bad) -> int | None:
        said = self.cell(row, name).removesuffix("人")
        if not said:
            return None
        if not said.isdecimal() or len(said) > 9:
            bad(name, Reason("“%(value)s”不是人数", {"value": said[:20]}), Reason("请写整数"))
            return None
        return int(said)

    def _degrees(self, row: Row, name: str, bad: Bad) -> Decimal | None:
        said = self.cell(row, name)
        if not said:
            return None
        try:
            return round(Decimal(said), 6)
        except InvalidOperation:
            bad(name, Reason("“%(value)s”不是经纬度", {"value": said[:20]}), Reason("请写小数,如 113.665412"))
            return None

    def present(self, keys: Iterable[str]) -> set[str]:
        """Rows of this very sheet that were entered already, though their firm was not known again."""
        acts = {self._act(key): key for key in keys}
        return {acts[done] for done in JournalEntry.objects.filter(id__in=acts).values_list("id", flat=True)}

    def _act(self, key: str) -> UUID:
        """One act for one row of one sheet: sent twice, it is carried out once."""
        return UUID(digest("enterprise.enter", self.file, key)[:32])

    def rehearse(self, drafts: Sequence[Draft]) -> list[Refusal | None]:
        return self._refusals(
            drafts, register.enter.rehearse([d.inputs for d in drafts], by=self.by, at=self.at)
        )

    @transaction.atomic  # the firms and the names kept beside their files: both or neither
    def perform(self, drafts: Sequence[Draft]) -> list[Refusal | None]:
        requests = [d.inputs | self._persons(d.row) | {"id": self._act(d.key)} for d in drafts]
        done = register.enter.many(requests, by=self.by, at=self.at)
        for request, outcome in zip(requests, done, strict=True):
            if outcome.reason is None:
                self.firms.entered(outcome.row)
                self.new_firms += 1
            else:
                personal.erase(
                    v for who in ("principal", "safety_manager") for v in request.get(who, {}).values()
                )
        return self._refusals(drafts, [outcome.reason for outcome in done])

    def _persons(self, row: Row) -> dict[str, dict[str, str]]:
        """Names and phones enter the act as digests; the values stand apart and can be erased."""
        said = {}
        for who, field in (("principal", "principal"), ("safety_manager", "manager")):
            if name := self.cell(row, field)[:40]:
                phone = self.cell(row, f"{field}_phone")[:30]
                said[who] = {
                    "name": personal.keep(name, kind="enterprise"),
                    "phone": personal.keep(phone, kind="enterprise"),
                }
        return said

    def _refusals(self, drafts: Sequence[Draft], reasons: Sequence[Reason | None]) -> list[Refusal | None]:
        return [
            None if reason is None else self.refusal(d.row, "firm", reason)
            for d, reason in zip(drafts, reasons, strict=True)
        ]


ENTERPRISES = Kind(
    name="enterprises",
    label=_("企业名单"),
    may="register.enter",
    fields=FIELDS,
    told_by=frozenset({"firm", "sector"}),
    reader=EnterpriseReader,
    at_once=500,
)
