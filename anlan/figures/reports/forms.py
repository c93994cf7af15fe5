"""Forms of reports."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.figures.ask import indicator
from anlan.figures.reports import cadence, filling, queries
from anlan.figures.reports.models import Report
from anlan.figures.reports.tables import FORMS
from anlan.kernel.forms import Strict
from anlan.kernel.scope import Actor
from anlan.standards import queries as standards


class Beginning(Strict):
    """Which form, for the period of which day, of which sector."""

    form = forms.ChoiceField(label=_("报表"))
    day = forms.DateField(
        label=_("期间内的一天"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("报表按这一天所在的周、月、季度统计"),
    )
    sector = forms.ChoiceField(label=_("行业领域"), required=False)

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["form"].choices = [(f.code, f"{f.code} {f.title}") for f in FORMS.values()]
        fields["day"].initial = cadence.last_ended("MONTHLY", today).end
        every = [("", _("全部行业"))] if actor.sectors is None else []
        fields["sector"].choices = [
            *every, *(c for c in standards.sector_choices(on=today) if actor.sectors is None or c[0] in actor.sectors),
        ]  # fmt: skip

    def inputs(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class Nothing(Strict):
    """An act that asks nothing."""

    def inputs(self) -> dict[str, Any]:
        return {}


class Reasoned(Strict):
    """Why it goes back."""

    reason = forms.CharField(label=_("退回原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def inputs(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class Entering(Strict):
    """One field for each number that is entered by hand."""

    def __init__(self, *args: Any, report: Report, **kwargs: Any):
        super().__init__(*args, **kwargs)
        form = filling.form_of(report)
        known = {f"{x.row}.{x.code}": x.n for x in queries.entered_in(report)}
        for row, code in filling.by_hand(form, form.rows(report.place)):
            i, name = indicator(code), f"{row.key}.{code}"
            self.fields[name] = forms.IntegerField(
                label=f"{row.label} · {i.label}({i.unit})",
                required=False,
                min_value=0,
                initial=known.get(name),
            )

    def inputs(self) -> dict[str, Any]:
        return {
            "values": {n: v for n, v in self.cleaned_data.items() if v is not None or n in self.changed_data}
        }


BY_ACT: dict[str, type[Strict]] = {
    "freeze": Nothing, "sign": Nothing, "send_back": Reasoned, "return": Reasoned, "enter": Entering,
}  # fmt: skip
