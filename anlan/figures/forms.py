"""What is asked of figures: a place, a period, a division."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.figures.engine import Period
from anlan.figures.reach import own_place
from anlan.kernel.scope import Actor, Level
from anlan.places import queries as places

BY = (("", _("不分")), ("place", _("按地方")), ("sector", _("按行业")), ("source", _("按来源")),
      ("grade", _("按等级")), ("system", _("按口径")))  # fmt: skip


class Asking(forms.Form):
    """Defaults: the position's own place, the last thirty days."""

    place = forms.ChoiceField(label=_("地方"), required=False)
    start = forms.DateField(label=_("自"), widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label=_("至"), widget=forms.DateInput(attrs={"type": "date"}))
    by = forms.ChoiceField(label=_("分组"), choices=BY, required=False)

    def __init__(self, data: Any, *, actor: Actor, today: date):
        given = {
            "place": data.get("place") or own_place(actor),
            "start": data.get("from") or (today - timedelta(days=29)).isoformat(),
            "end": data.get("to") or today.isoformat(),
            "by": data.get("by", ""),
        }
        super().__init__(given)
        own = own_place(actor)
        choices = [(own, places.name_of(own))]
        if actor.level is Level.CITY:
            choices += places.county_choices()
        elif actor.level is Level.COUNTY:
            choices += places.town_choices(own)
        self.fields["place"].choices = choices  # type: ignore[attr-defined]

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["start"], self.cleaned_data["end"])
