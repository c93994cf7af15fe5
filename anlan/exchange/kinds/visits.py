"""Visits of the past: one visit is one act. Several rows of one visit are its findings.

Rows are of one visit when they bear the same 检查编号; without one, when firm, day, way and organ are the same.
A row that names neither firm nor day goes on with the visit above it. What the rows of a visit leave blank
they have from the first that says it; where they contradict each other the visit is refused.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.exchange import values
from anlan.exchange.firms import Known
from anlan.exchange.headers import Field, Kind
from anlan.exchange.kinds import base
from anlan.exchange.kinds.base import Bad, Draft, Vocabulary
from anlan.exchange.kinds.of_firms import OfFirms
from anlan.exchange.kinds.people import organisation_words
from anlan.exchange.reading import Row
from anlan.exchange.report import Refusal
from anlan.inspections import commands as visits
from anlan.inspections import queries
from anlan.kernel.canonical import digest
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason
from anlan.people import queries as people
from anlan.register.models import Enterprise
from anlan.standards import checklists
from anlan.standards import queries as standards

#: what a visit says once, whatever number of rows it has
COMMON = (
    Field("number", _("检查编号"), ("检查编号", "检查序号", "检查记录编号")),
    Field("firm", _("被检查单位"),
          ("被检查单位", "企业名称", "单位名称", "受检单位", "企业", "被查单位", "企业(单位)名称"), must=True),
    Field("uscc", _("统一社会信用代码"), ("统一社会信用代码", "信用代码", "社会信用代码")),
    Field("place", _("属地"), ("属地", "所属县区", "县市区", "区县", "所在区县", "辖区", "所属乡镇"), "places"),
    Field("address", _("地点"), ("地点", "检查地点", "检查场所", "详细地址", "地址")),
    Field("sector", _("行业领域"), ("行业领域", "行业", "领域", "行业类别"), "sectors"),
    Field("held_on", _("检查日期"), ("检查日期", "检查时间", "日期"), must=True, is_day=True),
    Field("source", _("检查方式"), ("检查方式", "检查类型", "检查形式", "来源"), "sources"),
    Field("covert", _("明查或暗访"), ("明查暗访", "是否暗访", "明查或暗访"), "truths"),
    Field("organisation", _("检查单位"), ("检查单位", "组织单位", "检查部门", "检查机关"), "organisations"),
    Field("party", _("检查人员"), ("检查人员", "检查人", "参加人员", "检查组成员", "执法人员")),
    Field("credentials", _("执法证号"), ("执法证号", "证号", "执法证件号")),
    Field("leader", _("带队领导"), ("带队领导", "带队人", "领导")),
    Field("post", _("带队领导职务"), ("带队领导职务", "领导职务")),
    Field("basis", _("检查依据"), ("检查依据", "依据")),
    Field("authorised_by", _("方案批准人"), ("方案批准人", "批准人", "审批人")),
    Field("authorised_on", _("方案批准日期"), ("方案批准日期", "批准日期", "审批日期"), is_day=True),
    Field("checklist", _("检查表"), ("检查表", "所用检查表", "检查表名称"), "checklists"),
    Field("signer", _("现场负责人"), ("现场负责人", "陪同人员", "被检查单位签字人")),
    Field("result", _("检查结果"),
          ("检查结果", "是否发现隐患", "发现隐患情况", "隐患数量", "发现隐患数", "隐患数", "发现隐患数量", "隐患处数")),
    Field("conclusion", _("检查结论"), ("检查结论", "结论", "处理意见")),
)  # fmt: skip
#: further findings of one row; further rows are the other way
MORE = ("description_2", "description_3", "description_4", "description_5")
FOUND = (
    Field("description", _("隐患描述"), ("隐患描述", "隐患1", "存在问题", "问题描述", "隐患内容", "存在的问题", "主要隐患")),
    *(Field(name, f"隐患{n}", (f"隐患{n}", f"隐患描述{n}", f"存在问题{n}")) for n, name in enumerate(MORE, 2)),
    Field("location", _("隐患位置"), ("隐患位置", "隐患部位", "部位", "具体位置")),
    Field("category", _("隐患分类"), ("隐患分类", "隐患类别", "隐患级别", "隐患等级")),
    Field("measures", _("整改措施"), ("整改措施", "措施")),
    Field("due_on", _("整改期限"), ("整改期限", "整改时限", "限期"), is_day=True),
    Field("rectified", _("是否整改"), ("是否整改", "整改情况", "是否完成整改", "整改状态"), "rectified"),
    Field("closed_on", _("整改完成时间"), ("实际整改完成时间", "整改完成时间", "完成时间"), is_day=True),
)  # fmt: skip
#: by what a visit is known again, beside its number
KEYED = ("firm", "uscc", "place", "address")
#: what rows of one visit cannot say otherwise, only in other words; what each may add to
SAME_ANYHOW = frozenset({"held_on", "source", "organisation"})
TOGETHER = frozenset({"basis", "conclusion"})
NOTHING = frozenset(
    {
        "无",
        "没有",
        "否",
        "/",
        "-",
        "—",
        "未发现",
        "未发现隐患",
        "无隐患",
        "未发现问题",
        "无问题",
        "正常",
        "合格",
    }
)
SOMETHING = frozenset({"有", "是", "发现", "发现隐患", "有隐患", "存在隐患", "不合格", "存在问题"})
_NUMBER = re.compile(r"^(?:发现|有)?(?:隐患|问题)?(\d{1,3})(?:处|条|项|个)?(?:隐患|问题)?$")
_BETWEEN = re.compile(r"[、,,;;/\s]+")
_NUMBERED = re.compile(r"^(.+?)[((]([^()()]+)[))]$")


def covert_words() -> Vocabulary:
    known = {
        "": "",
        "明查": "",
        "明察": "",
        "公开": "",
        "否": "",
        "暗访": "yes",
        "暗查": "yes",
        "暗查暗访": "yes",
        "是": "yes",
    }
    return Vocabulary(
        "truths", "", known, [("", _("明查")), ("yes", _("暗访"))], Reason("请写“明查”或“暗访”"), Reason("不认识“%(value)s”")
    )  # fmt: skip


def checklist_words(on: date) -> Vocabulary:
    """Lists by the name of their sector or theme; the version follows from the day of the visit."""
    rows = checklists.all_in_force(on=on)
    known = {"": "", "无": "", "没有": ""}
    for c in rows:
        known |= dict.fromkeys((c.code, c.label, standards.sector_name(c.code)), c.code)
    return Vocabulary(
        "checklists", "", known, [(c.code, c.label) for c in rows],
        Reason("请写行业领域或专项的名称;没有用检查表的请留空"), Reason("没有检查表“%(value)s”"),
    )  # fmt: skip


class VisitReader(OfFirms):
    """Rows of a visit as the inputs of `record`."""

    def __init__(self, **given: Any):
        super().__init__(**given)
        self.organs = {o.pk: o for o in people.organisations()}
        self._staff: dict[tuple[int, date], dict[str, list[Actor]]] = {}
        self._of: dict[int, str] = {}
        self._torn: dict[int, tuple[str, int]] = {}
        self._stands: set[str] = set()

    @classmethod
    def words(cls, on: date) -> Iterable[Vocabulary]:
        said = base.source_words(on)
        known = {word: code for word, code in said.known.items() if word}
        ways = replace(said, known=known, missing=Reason("没有写检查方式"))
        return (base.place_words(), base.sector_words(on), ways, base.done_words(), covert_words(), organisation_words(),
                checklist_words(on))  # fmt: skip

    # -- which rows are one visit ---------------------------------------------------------------------

    def chunks(self, rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
        """Rows of one visit together, wherever they stand in the sheet."""
        groups: dict[str, list[Row]] = {}
        last = ""
        for row in rows:
            begins = any(self.cell(row, name) for name in ("number", "firm", "uscc", "held_on"))
            last = self._identity(row) if begins or not last else last
            groups.setdefault(last, []).append(row)
            self._of[row.number] = last
        chunk: list[Row] = []
        for group in groups.values():
            self._share(group)
            if chunk and len(chunk) + len(group) > size:
                yield chunk
                chunk = []
            chunk += group
        if chunk:
            yield chunk

    def _identity(self, row: Row) -> str:
        said = self.cell(row, "held_on")
        day = values.day_of(said, year=self.mapping.year, day=self.mapping.day) if said else said
        way = self._meant(row, "source")
        organ = self._meant(row, "organisation") or str(self.by.organisation or "")
        firm = [self.cell(row, name) for name in (KEYED if not self.cell(row, "firm") else KEYED[:3])]
        number = self.cell(row, "number")
        known = (number,) if number else firm
        return digest("visit", str(day if isinstance(day, date) else said), way, organ, *known)

    def _meant(self, row: Row, name: str) -> str:
        v, said = self.vocabularies[self.kind.by_name[name].values], self.cell(row, name)
        return self.meanings[v.name].get(said) or v.find(said) or said

    def _share(self, group: list[Row]) -> None:
        """What one row of a visit says of it holds for all; two that contradict each other are noted."""
        for name in (f.name for f in COMMON if f.name in self.columns):
            at = self.columns[name]
            said = [(self.cell(row, name), row.number) for row in group if self.cell(row, name)]
            if not said:
                continue
            whole = ";".join(dict.fromkeys(words for words, _n in said)) if name in TOGETHER else ""
            for row in group:
                row.cells += [""] * (at + 1 - len(row.cells))
                if whole or not row.cells[at]:
                    row.cells[at] = whole or said[0][0]
                elif row.cells[at] != said[0][0] and name not in SAME_ANYHOW:
                    self._torn.setdefault(row.number, (name, said[0][1]))

    # -- rows and visits --------------------------------------------------------------------------------

    def prepare(self, rows: Sequence[Row]) -> list[Draft]:
        drafts = [Draft(row) for row in rows]
        self.with_files([(draft, self._read(draft)) for draft in drafts])
        groups = self._groups(drafts)
        known = queries.recorded(groups)
        for key, group in groups.items():
            self._judge(group, known.get(key))
        return drafts

    def _groups(self, drafts: Sequence[Draft]) -> dict[str, list[Draft]]:
        groups: dict[str, list[Draft]] = {}
        for draft in drafts:
            groups.setdefault(self._of[draft.row.number], []).append(draft)
        return groups

    def _read(self, draft: Draft) -> Known | None:
        row, cell, bad = draft.row, self.cell, self.bad(draft)
        held = self.day(row, "held_on", bad, missing=Reason("没有写检查日期"))
        firm, place = self.whose(row, draft)
        county, town = self.belongs(place)
        organ = self._organ(row, bad)
        found = self._found(row, bad, held)
        draft.key = digest(self._of[row.number], *(f["description"] for f in found), cell(row, "location"))
        for n, one in enumerate(found):
            one["import_key"] = digest(draft.key, str(n))
        draft.inputs = {
            "source": self.code(row, "source", bad), "held_on": held, "organisation": organ, "enterprise": None,
            "county": county, "town": town, "sector": self.code(row, "sector", bad) if cell(row, "sector") or not firm else "",
            "spot": (cell(row, "address") or cell(row, "firm"))[:200], "covert": bool(self.code(row, "covert", bad)),
            "basis": cell(row, "basis")[:200], "led_by": cell(row, "leader")[:60], "led_post": cell(row, "post")[:60],
            "party": self._party(row, organ, held), "authorised_by": cell(row, "authorised_by")[:60],
            "authorised_on": self.day(row, "authorised_on", bad), "checklist": self.code(row, "checklist", bad),
            "signer": cell(row, "signer")[:60], "conclusion": cell(row, "conclusion")[:500], "found": found,
            "import_file": self.file, "import_row": row.number, "import_key": self._of[row.number],
        }  # fmt: skip
        return firm

    def _organ(self, row: Row, bad: Bad) -> Any:
        if not self.cell(row, "organisation"):
            organ = self.organs.get(self.by.organisation or 0)
        else:
            code = self.code(row, "organisation", bad)
            organ = self.organs.get(int(code)) if code else None
            if not code:
                return None
        if organ is None:
            bad("organisation", Reason("没有写检查单位"), Reason("请写已设立的单位的全称"))
        return organ

    def _found(self, row: Row, bad: Bad, held: date | None) -> list[dict[str, Any]]:
        """What this row describes; 无 under 隐患描述 describes nothing."""
        said = [self.cell(row, name) for name in ("description", *MORE)]
        said = [words[:1000] for words in said if words and words not in NOTHING]
        if not said:
            return []
        done, closed = self.rectified(row, bad, held)
        due = self.day(row, "due_on", bad)
        same = {
            "location": self.cell(row, "location")[:100], "measures": self.cell(row, "measures")[:300],
            "major": values.is_major(self.cell(row, "category")), "closed_on": closed if done else None,
            "due_on": None if done else due, "import_row": row.number,
        }  # fmt: skip
        return [same | {"description": words} for words in said]

    def _party(self, row: Row, organ: Any, held: date | None) -> list[Actor]:
        """Those of the organ on that day by their accounts; others by name, with the number that stands there."""
        numbers = [n for n in _BETWEEN.split(self.cell(row, "credentials")) if n]
        people_ = []
        for n, word in enumerate(w for w in _BETWEEN.split(self.cell(row, "party")) if w):
            m = _NUMBERED.match(word)
            name, number = (m[1], m[2]) if m else (word, numbers[n] if n < len(numbers) else "")
            people_.append(self._person(row, name[:60], number[:30], organ, held))
        unique = {(a.id, a.name): a for a in people_}
        return list(unique.values())

    def _person(self, row: Row, name: str, number: str, organ: Any, held: date | None) -> Actor:
        source = self._meant(row, "source")
        if organ is not None and held is not None and not source.startswith("SELF"):
            key = (organ.pk, held)
            if key not in self._staff:
                self._staff[key] = {}
                for a in people.who_looked(organ.pk, on=held):
                    self._staff[key].setdefault(a.name, []).append(a)
            same = {a.id: a for a in self._staff[key].get(name, [])}
            if len(same) == 1:
                return next(iter(same.values()))
        role = "expert" if source.startswith("EXPERT") else ""
        own = source.startswith("SELF") or organ is None
        return Actor(
            id=0, name=name, role=role, level=Level.NAMED, credential=number,
            organisation=None if own else organ.pk,
            organisation_name=self.cell(row, "firm")[:100] if own else organ.name,
        )  # fmt: skip

    def _judge(self, group: list[Draft], known: Any) -> None:
        """What can be said of a visit only when all its rows are there."""
        for draft in group:
            if (torn := self._torn.get(draft.row.number)) is not None:
                name, row = torn
                why = Reason("与第%(row)s行是同一次检查,写的却不同", {"row": row})
                self.bad(draft)(name, why, Reason("请改成一致;是两次检查的,请写不同的检查编号"))
        self._counted(group)
        if known is not None:
            visit, told = known
            for draft in group:
                if {f["description"] for f in draft.inputs["found"]} <= told:
                    self._stands.add(draft.key)
                else:
                    why = Reason("这次检查已补录为%(number)s,当时没有这处隐患", {"number": visit.number})
                    self.bad(draft)("description", why, Reason("请把这处隐患作为隐患台账导入"))
            return
        if (first := next((d for d in group if d.wrong), None)) is not None:
            for draft in group:
                if not draft.wrong:
                    why = Reason("同一次检查的第%(row)s行有误", {"row": first.row.number})
                    self.bad(draft)("firm", why, Reason("请先改正那一行,整次检查一起导入"))

    def _counted(self, group: list[Draft]) -> None:
        """What the visit says that it found, against what is described."""
        first = group[0]
        said = self.cell(first.row, "result")
        described = {d.key: len(d.inputs["found"]) for d in group}
        found = sum(described.values())
        bad = self.bad(first)
        none = self.cell(first.row, "description") in NOTHING
        m = _NUMBER.match(said)
        number = int(m[1]) if m else None
        each = Reason("每处隐患写一行,同一次检查的各行写同一企业、日期、检查方式和检查单位")
        if said and number is None and said not in NOTHING | SOMETHING:
            bad(
                "result",
                Reason("不认识检查结果“%(value)s”", {"value": said[:20]}),
                Reason("请写“未发现隐患”或隐患的处数"),
            )
        elif found and (said in NOTHING or number == 0):
            bad("result", Reason("写了未发现隐患,又描述了隐患"), Reason("请核对检查结果"))
        elif not found and (said in SOMETHING or number):
            bad("result", Reason("写了发现隐患,没有描述"), each)
        elif number is not None and number != found:
            bad("result", Reason("写了隐患%(n)s处,描述了%(found)s处", {"n": number, "found": found}), each)
        elif not found and not said and not none:
            bad("result", Reason("没有写检查结果"), Reason("没有隐患的请写“未发现隐患”,有隐患的请逐处描述"))

    # -- what becomes of them -----------------------------------------------------------------------------

    def present(self, keys: Iterable[str]) -> set[str]:
        return self._stands.intersection(keys)

    def rehearse(self, drafts: Sequence[Draft]) -> list[Refusal | None]:
        self.would_enter(drafts)
        groups = list(self._groups(drafts).values())
        requests = [self._request(group, would=True) for group in groups]
        return self._answers(drafts, groups, visits.record.rehearse(requests, by=self.by, at=self.at))

    def perform(self, drafts: Sequence[Draft]) -> list[Refusal | None]:
        refused = self.enter_firms(drafts)
        groups = list(self._groups([d for d in drafts if id(d) not in refused]).values())
        done = visits.record.many([self._request(group) for group in groups], by=self.by, at=self.at)
        return self._answers(drafts, groups, [outcome.reason for outcome in done], refused)

    def _request(self, group: list[Draft], *, would: bool = False) -> dict[str, Any]:
        """One visit of all its rows. `would`: a firm that is not on the register yet stands in for itself."""
        said = dict(group[0].inputs)
        said["found"] = [one for draft in group for one in draft.inputs["found"]]
        if would and said["enterprise"] is None and (name := self.cell(group[0].row, "firm")):
            said["enterprise"] = Enterprise(
                name=name, county=said["county"], town=said["town"], sector=said["sector"]
            )
        return said

    def _answers(
        self, drafts: Sequence[Draft], groups: Sequence[list[Draft]], reasons: Sequence[Reason | None],
        refused: dict[int, Refusal] | None = None,
    ) -> list[Refusal | None]:  # fmt: skip
        self.records = (self.records or 0) + sum(reason is None for reason in reasons)
        why = {id(d): reason for group, reason in zip(groups, reasons, strict=True) for d in group}
        answers: list[Refusal | None] = []
        for d in drafts:
            reason = why.get(id(d))
            answers.append(
                (refused or {}).get(id(d)) or (self.refusal(d.row, "firm", reason) if reason else None)
            )
        return answers


VISITS = Kind(
    name="visits",
    label=_("检查记录"),
    may="visit.record",
    fields=(*COMMON, *FOUND),
    told_by=frozenset({"held_on", "result"}),
    only_if_told=True,
    reader=VisitReader,
    at_once=500,
)
