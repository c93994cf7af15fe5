"""Forms of the work calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel.forms import Strict


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class Days(Strict):
    """One line of a notice: from, to, off or worked."""

    first = _day(_("自"))
    last = _day(_("至"))
    working = forms.TypedChoiceField(
        label=_("安排"),
        choices=(("0", _("放假")), ("1", _("上班(调休)"))),
        coerce=lambda said: said == "1",
    )
    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("如:春节、调休上班"))
    source = forms.CharField(label=_("依据"), max_length=100, help_text=_("放假安排通知的名称或文号"))


class Year(Strict):
    source = forms.CharField(label=_("依据"), max_length=100, help_text=_("放假安排通知的名称或文号"))


class OnDay(forms.Form):
    """Which day a page is asked about."""

    on = forms.DateField(required=False)
