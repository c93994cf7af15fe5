"""Forms of campaigns and their parts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.campaigns.forms.base import (
    ActForm,
    Because,
    Nothing,
    choice,
    day_field,
    many,
    text_field,
    words_field,
)
from anlan.campaigns.states import Body, RuleKind
from anlan.kernel.words import Reason


class Draft(ActForm):
    name = text_field(_("行动名称"))
    basis = words_field(_("行动依据(文件或会议)"), limit=300, rows=2)
    slogan = text_field(_("口号"), limit=200, required=False)
    since = day_field(_("开始日期"))
    until = day_field(_("结束日期"))
    code = text_field(
        _("代码"), limit=40, required=False, help_text=_("小写字母、数字和短横,用于网址和命令行;不填时自动编")
    )
    counties = many(_("范围:县(市、区)"), required=False, help_text=_("不选为全部"))
    sectors = many(_("范围:行业领域"), required=False, help_text=_("不选为全部"))
    sources = many(_("范围:检查方式"), required=False, help_text=_("不选为全部"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.actor.level != "CITY":
            del self.fields["counties"]

    def clean_code(self) -> str:
        said = self.cleaned_data["code"].strip().lower()
        if said and not all(c.isascii() and (c.isalnum() or c == "-") for c in said):
            raise forms.ValidationError(_("代码只用小写字母、数字和短横"))
        return said


class Change(Draft):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["code"]

    def as_it_stands(self) -> dict[str, Any]:
        names = ("name", "basis", "slogan", "since", "until", "counties", "sectors", "sources")
        return {n: getattr(self.row, n) for n in names}


class PutPhase(ActForm):
    name = text_field(_("阶段名称"), limit=60)
    since = day_field(_("开始日期"))
    until = day_field(_("结束日期"))
    aim = words_field(_("阶段任务"), limit=300, required=False)


class PutMilestone(ActForm):
    day = day_field(_("日期"))
    what = text_field(_("节点内容"), limit=200)
    document = text_field(_("文件或文号"), required=False)


class ItemForm(ActForm):
    """An act upon one of the row's own lines."""

    item = choice(_("哪一行"))
    upon = ("item", Reason("没有可以办理的内容"))

    def lines(self) -> list[tuple[Any, str]]:
        return []

    def fill_item(self, field: forms.ChoiceField) -> None:
        field.choices = self.lines()

    def clean_item(self) -> int:
        return int(self.cleaned_data["item"])


class Reach(ItemForm):
    upon = ("item", Reason("没有待完成的节点,请先添加节点"))
    on = day_field(_("完成日期"))

    def lines(self) -> list[tuple[Any, str]]:
        rows = self.row.milestones.filter(gone=False, reached_on=None)
        return [(m.pk, f"{m.day} {m.what}") for m in rows]

    def fill_on(self, field: forms.DateField) -> None:
        field.initial = self.today


class Seat(ActForm):
    body = choice(_("机构"), choices=Body.choices)
    name = text_field(_("姓名"), limit=60)
    title = text_field(_("在行动中的职务"), limit=60)
    home_name = text_field(_("原单位"), required=False)
    seconded = forms.BooleanField(label=_("抽调人员"), required=False)
    task = text_field(_("分工"), limit=200, required=False)
    since = day_field(_("到岗日期"))

    def fill_since(self, field: forms.DateField) -> None:
        field.initial = self.today


class Unseat(ItemForm):
    upon = ("item", Reason("没有在岗的人员,请先添加人员"))
    on = day_field(_("离岗日期"))

    def lines(self) -> list[tuple[Any, str]]:
        rows = self.row.posts.filter(until=None)
        return [(p.pk, f"{p.get_body_display()} · {p.name} {p.title}") for p in rows]

    def fill_on(self, field: forms.DateField) -> None:
        field.initial = self.today


class PutRule(ActForm):
    """A new line of the work rules, or one that is there in other words."""

    item = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = choice(_("类别"), choices=RuleKind.choices)
    title = text_field(_("名称"), limit=60, help_text=_("如:统一指挥、加强督导"))
    text = words_field(_("统一或加强的内容"))

    def as_it_stands(self) -> dict[str, Any]:
        there = self.line_asked(self.row.workrules)
        if there is None:
            return {"item": None}
        self.verb = _("修改工作制度")
        return {n: getattr(there, n) for n in ("kind", "title", "text")}


class Tick(ItemForm):
    upon = ("item", Reason("还没有工作制度,请先添加"))
    note = words_field(_("落实情况"), limit=300)

    def lines(self) -> list[tuple[Any, str]]:
        rows = self.row.workrules.filter(gone=False)
        return [(r.pk, f"{r.get_kind_display()} · {r.title}") for r in rows]


class Drop(ActForm):
    line = choice(_("哪一行"))
    reason = words_field(_("删去的原因"), limit=300, rows=2)

    upon = ("line", Reason("没有可以删去的阶段、节点或制度"))

    def fill_line(self, field: forms.ChoiceField) -> None:
        field.choices = [
            *((f"phase-{p.pk}", f"{_('阶段')} · {p.name}") for p in self.row.phases.filter(gone=False)),
            *((f"milestone-{m.pk}", f"{m.day} · {m.what}") for m in self.row.milestones.filter(gone=False)),
            *((f"rule-{r.pk}", f"{r.get_kind_display()} · {r.title}") for r in self.row.workrules.filter(gone=False)),
        ]  # fmt: skip

    def inputs(self) -> dict[str, Any]:
        what, _dash, item = self.cleaned_data["line"].partition("-")
        return {"what": what, "item": int(item), "reason": self.cleaned_data["reason"]}


class Close(ActForm):
    summary = words_field(_("工作总结"), limit=2000, rows=6)
    problems = words_field(_("存在问题和下一步"), limit=2000, rows=4, required=False)
    number = text_field(
        _("报告文号"), limit=60, required=False, help_text=_("在本单位发文登记取得的文号;没有的不填")
    )
    main_to = text_field(_("主送"), limit=100, required=False, help_text=_("不填时主送本级安全生产委员会"))


FORMS: dict[str, type[ActForm]] = {
    "draft": Draft, "open": Nothing, "change": Change, "put_phase": PutPhase, "put_milestone": PutMilestone,
    "reach": Reach, "seat": Seat, "unseat": Unseat, "put_rule": PutRule, "tick": Tick, "drop": Drop, "close": Close,
    "void": Because,
}  # fmt: skip
TAG_FORMS: dict[str, type[ActForm]] = {"untag": Because}
