"""Forms of coverage: a roll, and whom to send to what nobody has looked at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.inspections import draws_queries
from anlan.inspections.coverage_queries import MOST_LEFT
from anlan.inspections.forms import VisitForm, day_field
from anlan.inspections.states import Tier
from anlan.kernel.scope import Level
from anlan.places import queries as places
from anlan.standards import queries as standards

_CHECKS: dict[str, Any] = {"required": False, "widget": forms.CheckboxSelectMultiple}


class Freezing(VisitForm):
    name = forms.CharField(label=_("名称"), max_length=100)
    since = day_field(_("开始日期"))
    until = day_field(_("结束日期"))
    sectors = forms.MultipleChoiceField(label=_("行业领域"), help_text=_("不选时为全部"), **_CHECKS)
    counties = forms.MultipleChoiceField(label=_("县(市、区)"), help_text=_("不选时为全部"), **_CHECKS)

    def fill_since(self, field: Any) -> None:
        field.initial = self.today

    def fill_sectors(self, field: Any) -> None:
        field.choices = standards.sector_choices(on=self.today)

    def fill_counties(self, field: Any) -> None:
        field.choices = (
            [(p.code, p.label) for p in places.counties()] if self.actor.level == Level.CITY else []
        )


class Sharing(VisitForm):
    """Which part of the list, to whom, on which days."""

    besides = frozenset({"go", "again"})

    tier = forms.TypedChoiceField(
        label=_("层级"), coerce=int, choices=[c for c in Tier.choices if c[0] >= Tier.ENTERPRISE]
    )
    county = forms.ChoiceField(label=_("县(市、区)"), required=False)
    sector = forms.ChoiceField(label=_("行业领域"), required=False)
    number = forms.IntegerField(
        label=_("分派多少处"), min_value=1, max_value=MOST_LEFT, initial=100, help_text=_("按风险从高到低")
    )
    groups = forms.TypedMultipleChoiceField(label=_("分派给哪些组"), coerce=int, **_CHECKS)
    since = day_field(_("开始日期"))
    until = day_field(_("结束日期"))
    basis = forms.CharField(
        label=_("检查依据"), max_length=200, required=False, help_text=_("不填时为名册名称")
    )

    def fill_county(self, field: Any) -> None:
        known = places.county_choices()
        if self.actor.level is not Level.CITY:
            known = [c for c in known if c[0] == self.actor.code[:6]]
        field.choices = [("", _("全部")), *known]

    def fill_sector(self, field: Any) -> None:
        field.choices = [("", _("全部")), *standards.sector_choices(on=self.today)]

    def fill_groups(self, field: Any) -> None:
        """Those that somebody can go with: a group without members cannot be sent."""
        sent_out = draws_queries.groups_for(self.actor)
        field.choices = [(o.pk, o.name) for o in sent_out if draws_queries.crew(o.pk, on=self.today)]

    def fill_since(self, field: Any) -> None:
        field.initial = self.today
