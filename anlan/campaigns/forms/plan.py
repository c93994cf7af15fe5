"""Forms of plans and of what an addressee does with one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.campaigns import queries
from anlan.campaigns.forms.base import (
    ActForm,
    Because,
    Nothing,
    Opinion,
    Urge,
    choice,
    day_field,
    many,
    text_field,
    words_field,
)
from anlan.campaigns.forms.campaign import ItemForm
from anlan.campaigns.models import ActionPlan
from anlan.campaigns.states import ActionKind, PlanKind
from anlan.kernel.words import Reason
from anlan.people.models import Organisation


class Draft(ActForm):
    refines = choice(_("落实哪份上级方案"), required=False)
    kind = choice(_("方案类别"), choices=PlanKind.choices)
    title = text_field(_("方案标题"), limit=150)
    number = text_field(_("文号"), required=False)
    sector = choice(_("行业领域"), required=False)
    basis = text_field(_("方案依据"), limit=300)
    text = words_field(_("方案正文"), limit=20000, rows=10)
    sign_due_on = day_field(_("签收期限"))
    file_due_on = day_field(_("细化方案上报期限"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if len(self.fields["refines"].choices) < 2:  # type: ignore[attr-defined]
            del self.fields["refines"]

    def fill_refines(self, field: forms.ChoiceField) -> None:
        above = queries.plans_sent_to(self.actor, campaign=self.parent.pk) if self.parent is not None else []
        self._above = {str(p.pk): p for p in above}
        field.choices = [("", "—"), *((key, p.title) for key, p in self._above.items())]
        field.initial = next(iter(self._above), "")

    def fill_kind(self, field: forms.ChoiceField) -> None:
        if self.actor.code:
            field.initial = PlanKind.PLACE

    def clean_refines(self) -> ActionPlan | None:
        return self._above.get(self.cleaned_data["refines"])


class Change(Draft):
    def as_it_stands(self) -> dict[str, Any]:
        names = ("kind", "title", "number", "sector", "basis", "text", "sign_due_on", "file_due_on")
        return {n: getattr(self.row, n) for n in names}


class Issue(ActForm):
    addressees = many(_("下发到"), help_text=_("已收到的单位不重复下发"))

    upon = ("addressees", Reason("各单位都已收到这份方案"))

    def fill_addressees(self, field: forms.MultipleChoiceField) -> None:
        there = queries.sent_to(self.row)
        found = [o for o in queries.addressees(self.actor) if o.pk not in there and o.pk != self.row.issuer]
        field.choices = self.organ_choices(found)
        field.initial = [str(o.pk) for o in found if not self.row.sector or self.row.sector in o.sectors]

    def clean_addressees(self) -> list[Organisation]:
        return [self._organs[key] for key in self.cleaned_data["addressees"]]


class Refine(ActForm):
    """A new sub-action, or one that is there in other words."""

    item = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = choice(_("行动类型"), choices=ActionKind.choices, widget=forms.RadioSelect)
    name = text_field(_("分行动名称"))
    sector = choice(_("行业领域"), required=False)
    county = choice(_("县(市、区)"), required=False)
    since = day_field(_("开始日期"))
    until = day_field(_("结束日期"))
    target = forms.IntegerField(label=_("计划检查家次"), required=False, min_value=1, max_value=10_000_000)
    owner = text_field(_("责任科室或责任人"))
    measures = words_field(_("主要措施"), required=False)

    def as_it_stands(self) -> dict[str, Any]:
        there = self.line_asked(self.row.actions)
        if there is not None:
            self.verb = _("修改分行动")
            names = ("kind", "name", "sector", "county", "since", "until", "target", "owner", "measures")
            return {n: getattr(there, n) for n in names}
        c = self.row.campaign
        return {"item": None, "since": min(max(c.since, self.today), c.until), "until": c.until}


class Drop(ItemForm):
    upon = ("item", Reason("还没有细化分行动,请先添加"))

    def lines(self) -> list[tuple[Any, str]]:
        return [(a.pk, a.name) for a in self.row.actions.filter(gone=False)]


class File(ActForm):
    title = text_field(_("细化方案标题"), limit=150)
    number = text_field(_("文号"), required=False)
    text = words_field(_("细化方案正文"), limit=20000, rows=8)

    def as_it_stands(self) -> dict[str, Any]:
        return {"title": self.row.own_title, "number": self.row.own_number, "text": self.row.own_text}


PLAN_FORMS: dict[str, type[ActForm]] = {"draft": Draft, "change": Change, "issue": Issue, "withdraw": Because}
RECEIPT_FORMS: dict[str, type[ActForm]] = {
    "sign": Nothing, "refine": Refine, "drop": Drop, "file": File, "return": Because, "accept": Opinion, "urge": Urge,
}  # fmt: skip
