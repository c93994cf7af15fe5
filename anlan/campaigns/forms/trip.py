"""Forms of leaders in the field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.campaigns.forms.base import ActForm, Because, choice, day_field, text_field, words_field
from anlan.campaigns.states import Rank
from anlan.places import queries as places


class Record(ActForm):
    leader = text_field(_("带队领导"), limit=60)
    post = text_field(_("职务"), limit=60, help_text=_("如:县委书记、区长、副市长"))
    rank = choice(_("层级"), required=False, choices=[("", _("按职务判断")), *Rank.choices])
    of = choice(_("哪里的领导"), required=False)
    day = day_field(_("日期"))
    county = choice(_("督导的县(市、区)"))
    sector = choice(_("行业领域"), required=False)
    what = text_field(_("督导内容"), limit=300)
    where = words_field(_("到过的地点"), limit=1000, required=False, help_text=_("一行一处"))

    def fill_day(self, field: forms.DateField) -> None:
        field.initial = self.today

    def fill_of(self, field: forms.ChoiceField) -> None:
        field.choices = [("", _("市级")), *places.county_choices(on=self.today)]
        if self.actor.code:
            field.initial = self.actor.code[:6]

    def inputs(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        lines = [line.strip() for line in said.pop("where").splitlines() if line.strip()]
        return {**said, "stops": [{"where": line} for line in lines]}


class Stop(ActForm):
    where = text_field(_("到过的地点"), limit=200)


TRIP_FORMS: dict[str, type[ActForm]] = {"record": Record, "stop": Stop, "void": Because}
