"""What is asked of figures: a place, a period by name or by its days, whose, a subject, a division."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.figures import periods, whose
from anlan.figures.ask import TIMES
from anlan.figures.engine import Period
from anlan.figures.indicators import SUBJECTS
from anlan.figures.reach import own_place, place_within
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places

BY = (("", _("不分")), ("place", _("按地方")), ("region", _("按统计区划")), ("sector", _("按行业")),
      ("source", _("按来源")), ("grade", _("按等级")), ("system", _("按口径")), ("group", _("按检查组")),
      ("organisation", _("按单位")), ("day", _("按日")), ("week", _("按周")), ("month", _("按月")),
      ("hour", _("按时刻")))  # fmt: skip
#: so many lines a table of days has at most
MOST_DAYS = 400


class Asking(forms.Form):
    """Defaults: the position's own place, the last thirty days, everybody's, what matters most."""

    place = forms.ChoiceField(label=_("地方"), required=False)
    period = forms.CharField(label=_("期间"), required=False, max_length=60)
    start = forms.DateField(label=_("自"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label=_("至"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    system = forms.CharField(label=_("口径"), required=False, max_length=30)
    about = forms.ChoiceField(label=_("主题"), required=False)
    by = forms.ChoiceField(label=_("分组"), choices=BY, required=False)

    def __init__(self, data: Any, *, actor: Actor, today: date):
        name = data.get("period", "")
        given = {
            "place": data.get("place") or own_place(actor),
            "period": name,
            "start": data.get("from") or ("" if name else (today - timedelta(days=29)).isoformat()),
            "end": data.get("to") or ("" if name else today.isoformat()),
            "system": data.get("system", ""),
            "about": data.get("about", ""),
            "by": data.get("by", ""),
        }
        super().__init__(given)
        self.actor, self.today = actor, today
        own = own_place(actor)
        choices = [(own, places.name_of(own))]
        if actor.level is Level.CITY:
            choices += places.county_choices()
        elif actor.level is Level.COUNTY:
            choices += places.town_choices(own)
        said = places.place(data.get("place", ""))
        if said is not None and said.code not in dict(choices):  # reach.place_within says whether it may be
            choices.append((said.code, said.label))
        fields: Any = self.fields
        fields["place"].choices = choices
        fields["about"].choices = [
            ("", _("主要指标")),
            *((code, label) for code, (label, _group) in SUBJECTS.items()),
        ]
        if actor.level is not Level.CITY:
            fields["by"].choices = [c for c in BY if c[0] != "region"]

    def read(self) -> tuple[str, Period]:
        """Place and period. Refused for a place out of reach, whose it is unknown, days the wrong way round."""
        if not self.is_valid():
            raise Refused(Reason("请核对地方和日期"))
        place = place_within(self.cleaned_data["place"], actor=self.actor)
        whose.only(self.cleaned_data["system"])
        return place, self.asked()

    def asked(self) -> Period:
        """The period: by its name, else by its days. Refused for a name that is none, or days the wrong way round."""
        if name := self.cleaned_data["period"]:
            return periods.named(name, on=self.today).period
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        period = Period(start or end or self.today, end or start or self.today)
        self.too_long(period)
        return period

    def too_long(self, period: Period) -> None:
        if self.cleaned_data.get("by") in (TIMES[0], "hour") and period.days > MOST_DAYS:
            raise Refused(Reason("按日或按时刻最多看%(most)s天,请缩短期间或改按月", {"most": MOST_DAYS}))

    @property
    def named(self) -> list[tuple[str, str]]:
        """The periods that can be chosen by name."""
        known = [("", str(_("自定日期"))), *((n.code, n.label) for n in periods.offered(on=self.today))]
        name = self.cleaned_data.get("period", "") if self.is_bound and self.is_valid() else ""
        if name and name not in dict(known):
            known.append((name, name))
        return known

    @property
    def systems(self) -> list[tuple[str, str]]:
        return [("", str(_("全部系统"))), *((code, str(label)) for code, label in whose.SYSTEMS.items())]
