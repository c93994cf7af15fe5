"""Forms of the checklist editor."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel.forms import Strict
from anlan.standards import checklists, queries
from anlan.standards.models import Checklist, ChecklistItem, Direction, Weight


class Item(Strict):
    """One item: what is looked at, how, on which clause, and the number it may ask for."""

    besides = frozenset({"drop"})
    code = forms.RegexField(r"^[A-Z]{1,4}[0-9]{1,4}[a-z]?$", label=_("编号"), max_length=12,
                            help_text=_("大写字母加数字,如 HC16"),
                            error_messages={"invalid": _("编号用大写字母加数字,如 HC16")})  # fmt: skip
    heading = forms.CharField(label=_("所在部分"), max_length=30)
    order = forms.IntegerField(label=_("次序"), min_value=0, max_value=30_000)
    text = forms.CharField(label=_("检查内容"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    how = forms.CharField(
        label=_("查法"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    not_met = forms.CharField(
        label=_("不符合的情形"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    clause = forms.CharField(label=_("依据"), max_length=150, required=False)
    major = forms.ChoiceField(label=_("是否重大隐患判定项"), choices=Weight.choices, required=False)
    rules = forms.MultipleChoiceField(
        label=_("对应的判定条款"), required=False, help_text=_("按检查当天有效的一条判定"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "is-long"}),
    )  # fmt: skip
    number = forms.CharField(
        label=_("填写的数值"), max_length=30, required=False, help_text=_("如当班井下人数;不要求填数的留空")
    )
    unit = forms.CharField(label=_("单位"), max_length=10, required=False)
    direction = forms.ChoiceField(label=_("判断"), choices=[("", "—"), *Direction.choices], required=False)
    limit = forms.DecimalField(
        label=_("固定限值"), max_digits=14, decimal_places=3, required=False,
        help_text=_("各企业核定数不同的留空,检查时填写"),
    )  # fmt: skip
    limit_label = forms.CharField(
        label=_("限值名称"), max_length=30, required=False, help_text=_("如核定人数")
    )
    factor = forms.DecimalField(
        label=_("倍数"),
        max_digits=6,
        decimal_places=3,
        initial=1,
        help_text=_("限值乘以倍数后比较,如110%填1.1"),
    )

    def __init__(self, *args: Any, checklist: Checklist, item: ChecklistItem | None, on: date, **kwargs: Any):
        if item is not None:
            kwargs["initial"] = checklists.said(item) | {"rules": [r for r in item.rules.split(";") if r]}
        super().__init__(*args, **kwargs)
        if item is not None:
            self.fields["code"].disabled = True
        kept = [r for r in (item.rules if item else "").split(";") if r]
        known = [
            (f"{r.version}/{r.code}", f"{r.pack} {r.clause} {r.text}")
            for r in queries.rules_in_force(checklist.code, on=on)
        ]
        known += [(r, r) for r in kept if r not in dict(known)]
        self.fields["rules"].choices = known  # type: ignore[attr-defined]

    def inputs(self) -> dict[str, Any]:
        return self.cleaned_data | {"rules": ";".join(self.cleaned_data["rules"])}


class Publish(Strict):
    since = forms.DateField(
        label=_("生效日期"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("这一天起的检查用新版;此前的检查保持原版"),
    )  # fmt: skip
    note = forms.CharField(
        label=_("修改说明"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class Discard(Strict):
    reason = forms.CharField(label=_("理由"), max_length=300, required=False)
