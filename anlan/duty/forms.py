"""Forms of every act upon a roll call."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.duty import queries
from anlan.duty.rules import MOST_RINGS
from anlan.duty.states import AGAIN, RESULTS, CallState
from anlan.kernel.clock import CHINA, day_of
from anlan.kernel.forms import Strict
from anlan.kernel.scope import Actor

TEXT = {"autocomplete": "off"}


class ActForm(Strict):
    """Knows the row (None where one is made), who acts and when."""

    def __init__(self, *args: Any, row: Any = None, actor: Actor, now: Any, **kwargs: Any):
        self.row, self.actor, self.now = row, actor, now
        self.today: date = day_of(now)
        kwargs["initial"] = {**self.as_it_stands(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def as_it_stands(self) -> dict[str, Any]:
        return {}

    def inputs(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class _Answered(ActForm):
    """What was heard on the telephone."""

    result = forms.ChoiceField(label=_("点名结果"), widget=forms.RadioSelect)
    answered_by = forms.CharField(
        label=_("接听人"), max_length=60, required=False, widget=forms.TextInput(TEXT)
    )
    post = forms.CharField(label=_("职务"), max_length=60, required=False, widget=forms.TextInput(TEXT))
    leader_present = forms.BooleanField(label=_("带班领导在岗"), required=False)
    remark = forms.CharField(
        label=_("情况说明"), max_length=300, required=False, widget=forms.TextInput(TEXT)
    )
    results: tuple[CallState, ...] = RESULTS

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["result"]
        field.choices = [(r.value, r.label) for r in self.results]


class Result(_Answered):
    rings = forms.IntegerField(label=_("响铃次数"), required=False, min_value=0, max_value=MOST_RINGS)

    field_order: tuple[str, ...] = ("result", "answered_by", "post", "leader_present", "rings", "remark")


class Again(_Answered):
    results = AGAIN


class Correct(_Answered):
    reason = forms.CharField(
        label=_("更正的理由"), max_length=300, widget=forms.Textarea({"rows": 2}), help_text=_("原登记留在操作日志里")
    )  # fmt: skip

    def as_it_stands(self) -> dict[str, Any]:
        names = ("answered_by", "post", "leader_present", "remark")
        return {n: getattr(self.row, n) for n in names} | {"result": self.row.state}


class Because(ActForm):
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea({"rows": 2}))


class Record(Result):
    """A call from paper."""

    unit = forms.ChoiceField(label=_("点名的单位"))
    day = forms.DateField(label=_("日期"), widget=forms.DateInput({"type": "date"}))
    time = forms.TimeField(label=_("点名时间"), widget=forms.TimeInput({"type": "time"}))

    field_order = ("unit", "day", "time", *Result.field_order)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._units = {str(o.pk): o for o in queries.below(self.actor)}
        unit: Any = self.fields["unit"]
        unit.choices = [(key, o.name) for key, o in self._units.items()]
        self.fields["day"].initial = self.today

    def inputs(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        said["called_at"] = datetime.combine(said["day"], said.pop("time"), CHINA)
        unit = said["unit"] = self._units[said["unit"]]
        if (caller := self.actor.organisation) is not None:
            said["round"] = queries.next_round(caller, day=said["day"], organisation=unit.pk)
        return said


BY_ACT: dict[str, type[ActForm]] = {
    "record": Record, "result": Result, "again": Again, "correct": Correct, "void": Because,
}  # fmt: skip
