"""Forms of draws and of standing back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.inspections import draws_queries as queries
from anlan.inspections.forms import VisitForm, day_field, words_field
from anlan.inspections.states import DrawKind
from anlan.kernel.scope import Level
from anlan.places import queries as places
from anlan.register import queries as register
from anlan.standards import queries as standards


class _Sealed(VisitForm):
    """What every draw says before it is drawn."""

    purpose = forms.CharField(
        label=_("抽取事由"), max_length=200, help_text=_("检查依据:年度计划、行动方案或交办事项")
    )
    day = day_field(_("检查日期"))
    until = day_field(_("截止日期"), required=False, help_text=_("不填时为当天"))
    counties = forms.MultipleChoiceField(
        label=_("县(市、区)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选时为全部"),
    )
    sectors = forms.MultipleChoiceField(
        label=_("行业领域"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("不选时为全部")
    )
    firms_no = forms.IntegerField(label=_("抽取家数"), min_value=1, max_value=1000)
    reason = words_field(
        _("再次抽取的原因"),
        limit=300,
        rows=2,
        required=False,
        help_text=_("当天已经抽取过的才填写;每一次抽取都保留在案"),
    )

    def fill_day(self, field: Any) -> None:
        field.initial = self.today

    def fill_counties(self, field: Any) -> None:
        wide = self.actor.level in (Level.CITY, Level.SYSTEM)
        field.choices = [(p.code, p.label) for p in places.counties()] if wide else []
        if not wide:
            field.widget = forms.MultipleHiddenInput()

    def fill_sectors(self, field: Any) -> None:
        field.choices = standards.sector_choices(on=self.today)


class Covert(_Sealed):
    """Groups by lot, and where each goes."""

    kind = forms.CharField(initial=DrawKind.COVERT, widget=forms.HiddenInput)
    groups = forms.TypedMultipleChoiceField(
        label=_("参加抽取的组"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    groups_no = forms.IntegerField(label=_("派出组数"), min_value=1, max_value=100, initial=2)

    field_order = (
        "kind", "purpose", "day", "until", "groups", "groups_no", "firms_no", "sectors", "counties", "reason",
    )  # fmt: skip

    def fill_groups(self, field: Any) -> None:
        field.choices = [(o.pk, o.name) for o in queries.groups_for(self.actor)]

    def fill_firms_no(self, field: Any) -> None:
        field.label, field.initial = _("每组抽取家数"), 3


class Random(_Sealed):
    """Firms by lot, and two officers by lot for each."""

    kind = forms.CharField(initial=DrawKind.RANDOM, widget=forms.HiddenInput)
    officers = forms.TypedMultipleChoiceField(
        label=_("参加抽取的检查人员"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("不选时为本单位全部可以检查的人员"),
    )  # fmt: skip

    field_order = ("kind", "purpose", "day", "until", "firms_no", "officers", "sectors", "counties", "reason")

    def fill_officers(self, field: Any) -> None:
        rows = queries.officers_for(self.actor, on=self.today)
        field.choices = [(a.id, f"{a.name} · {a.title}") for a in rows]

    def fill_firms_no(self, field: Any) -> None:
        field.initial = 5


class Drawing(VisitForm):
    """What the witness says; mixed into the seed, so that nobody can know the draw beforehand."""

    said = forms.CharField(
        label=_("监督人所报的数(词)"), required=False, max_length=60,
        help_text=_("由现场监督人当场报出,与封存的密数一起决定抽取结果"),
    )  # fmt: skip
    witness = forms.CharField(label=_("现场监督人"), required=False, max_length=60)


class Publishing(VisitForm):
    """Nothing to fill in."""


class Standing(VisitForm):
    """From which firm somebody stands back."""

    enterprise = forms.CharField(
        label=_("企业"),
        max_length=100,
        help_text=_("输入名称或统一社会信用代码"),
        widget=forms.TextInput(attrs={"list": "firms"}),
    )
    why = forms.CharField(label=_("回避的原因"), max_length=200, help_text=_("如:配偶在该企业任职"))

    def inputs(self) -> dict[str, Any]:
        said = super().inputs()
        return said | {"enterprise": register.named(said["enterprise"])}


COMMITTING = {DrawKind.COVERT: Covert, DrawKind.RANDOM: Random}
BY_ACT = {"draw": Drawing, "publish": Publishing}
