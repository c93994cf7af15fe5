"""Forms of groups and their days."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.campaigns import queries
from anlan.campaigns.commands.group import current
from anlan.campaigns.forms.base import ActForm, Because, choice, day_field, many, text_field, words_field
from anlan.campaigns.forms.campaign import ItemForm
from anlan.campaigns.models import Campaign
from anlan.campaigns.states import GroupKind
from anlan.kernel.words import Reason
from anlan.people import queries as people
from anlan.places.queries import name_of
from anlan.register import queries as register

NO_MEMBER = Reason("本组现在没有成员,请先加入成员")


class Found(ActForm):
    kind = choice(_("类别"), choices=GroupKind.choices)
    name = text_field(_("组名"), help_text=_("如:市督导第一组"))
    campaign = choice(_("所属行动"), required=False)
    since = day_field(_("开始日期"))
    until = day_field(_("结束日期"))
    task = words_field(_("任务"), limit=300, required=False)

    def fill_campaign(self, field: forms.ChoiceField) -> None:
        self._campaigns = {str(c.pk): c for c in queries.open_ones()}
        field.choices = [("", "—"), *((key, c.name) for key, c in self._campaigns.items())]

    def fill_since(self, field: forms.DateField) -> None:
        field.initial = self.today

    def clean_campaign(self) -> Campaign | None:
        return self._campaigns.get(self.cleaned_data["campaign"])


class Join(ActForm):
    user = choice(_("人员"))
    title = text_field(_("在组职务"), limit=40, required=False, help_text=_("如:组长、副组长、组员"))
    since = day_field(_("到组日期"))
    until = day_field(_("离组日期"))
    head = forms.BooleanField(label=_("担任组长"), required=False)

    def as_it_stands(self) -> dict[str, Any]:
        return {"since": max(self.row.since, self.today), "until": self.row.until}

    def fill_user(self, field: forms.ChoiceField) -> None:
        field.choices = [("", "—"), *queries.candidates(self.row).items()]

    def clean_user(self) -> int:
        return int(self.cleaned_data["user"])


class Leave(ItemForm):
    upon = ("item", NO_MEMBER)
    on = day_field(_("最后一天"))

    def lines(self) -> list[tuple[Any, str]]:
        rows = self.row.members.filter(until__gte=self.today)
        return [(m.pk, f"{m.name} · {m.home_name}") for m in rows]

    def fill_on(self, field: forms.DateField) -> None:
        field.initial = self.today


class Head(ActForm):
    user = choice(_("组长"))

    upon = ("user", NO_MEMBER)

    def fill_user(self, field: forms.ChoiceField) -> None:
        field.choices = [
            (m.user, f"{m.name} · {m.home_name}") for m in current(self.row.members.all(), self.today)
        ]

    def clean_user(self) -> int:
        return int(self.cleaned_data["user"])


class Assign(ActForm):
    county = choice(_("县(市、区)"), required=False)
    organisation = text_field(_("或一家单位"), required=False, help_text=_("填企业全称;不填为整个县(市、区)"))
    sectors = many(_("行业领域"), required=False, help_text=_("不选为全部"))
    since = day_field(_("开始日期"))
    until = day_field(_("结束日期"))

    def as_it_stands(self) -> dict[str, Any]:
        return {"since": max(self.row.since, self.today), "until": self.row.until}

    def clean_organisation(self) -> Any:
        said = self.cleaned_data["organisation"].strip()
        if not said:
            return None
        found = register.named(said)
        organ = people.organ(found.pk) if found is not None else None
        if organ is None:
            raise forms.ValidationError(_("没有找到这家企业,请核对全称"))
        return organ


class Release(ItemForm):
    upon = ("item", Reason("本组现在没有分工,请先分工到地方"))
    on = day_field(_("最后一天"))

    def lines(self) -> list[tuple[Any, str]]:
        rows = self.row.duties.filter(until__gte=self.today)
        return [(d.pk, f"{name_of(d.county)} {d.organisation_name} {d.since}—{d.until}") for d in rows]

    def fill_on(self, field: forms.DateField) -> None:
        field.initial = self.today


class Roster(ActForm):
    day = day_field(_("日期"))
    county = choice(_("县(市、区)"))
    sector = choice(_("行业领域"), required=False)
    party = many(_("人员"))
    task = words_field(_("任务"), limit=300, required=False)

    def fill_day(self, field: forms.DateField) -> None:
        field.initial = self.today

    def fill_county(self, field: forms.ChoiceField) -> None:
        super().fill_county(field)
        own = queries.counties_of(self.parent, on=self.today)
        if own:
            field.choices = [("", "—"), *((code, name_of(code)) for code in sorted(own))]

    upon = ("party", NO_MEMBER)

    def fill_party(self, field: forms.MultipleChoiceField) -> None:
        members = self.parent.members.filter(until__gte=self.today)
        field.choices = [(m.user, f"{m.name} · {m.title}") for m in members]
        field.initial = [m.user for m in members]

    def clean_party(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["party"]]

    def inputs(self) -> dict[str, Any]:
        return {**self.cleaned_data, "group": self.parent}


class Record(ActForm):
    name = text_field(_("组名"), help_text=_("没有常设组的,填当天的组名"))
    kind = choice(_("类别"), choices=[c for c in GroupKind.choices if c[0] != "COVERT"])
    day = day_field(_("日期"))
    county = choice(_("县(市、区)"))
    sector = choice(_("行业领域"), required=False)
    people_no = forms.IntegerField(label=_("人数"), min_value=1, max_value=500)
    result = words_field(_("当日情况"), required=False)

    def fill_day(self, field: forms.DateField) -> None:
        field.initial = self.today


class Go(ActForm):
    absent = many(_("没有到的人员"), required=False, help_text=_("都到了就不选"))

    def fill_absent(self, field: forms.MultipleChoiceField) -> None:
        field.choices = [(m.person, m.name) for m in self.row.party.all()]

    def clean_absent(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["absent"]]


class Report(ActForm):
    result = words_field(_("当日情况"), rows=5)

    def as_it_stands(self) -> dict[str, Any]:
        return {"result": self.row.result}


GROUP_FORMS: dict[str, type[ActForm]] = {
    "found": Found, "join": Join, "leave": Leave, "head": Head, "assign": Assign, "release": Release, "end": Because,
}  # fmt: skip
SORTIE_FORMS: dict[str, type[ActForm]] = {
    "roster": Roster, "record": Record, "go": Go, "report": Report, "cancel": Because,
}  # fmt: skip
