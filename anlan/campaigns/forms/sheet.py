"""Forms of the four questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.campaigns import queries
from anlan.campaigns.forms.base import (
    ActForm,
    Because,
    Opinion,
    Urge,
    choice,
    day_field,
    text_field,
    words_field,
)
from anlan.campaigns.models import Campaign
from anlan.campaigns.states import Block
from anlan.people.models import Organisation


class Start(ActForm):
    to = choice(_("填报单位"))
    sector = choice(_("行业领域"), required=False)
    campaign = choice(_("所属行动"), required=False)
    title = text_field(_("标题"), limit=150, required=False)
    due_on = day_field(_("查摆期限"))

    def fill_to(self, field: forms.ChoiceField) -> None:
        field.choices = [("", "—"), *self.organ_choices(queries.addressees(self.actor))]

    def fill_campaign(self, field: forms.ChoiceField) -> None:
        self._campaigns = {str(c.pk): c for c in queries.open_ones()}
        field.choices = [("", "—"), *((key, c.name) for key, c in self._campaigns.items())]

    def clean_campaign(self) -> Campaign | None:
        return self._campaigns.get(self.cleaned_data["campaign"])

    def clean_to(self) -> Organisation | None:
        return self.clean_organ("to")


class Conclude(ActForm):
    conclusion = words_field(_("办结意见"))


class Raise(ActForm):
    block = choice(_("哪一问"), choices=Block.choices, widget=forms.RadioSelect)
    words = words_field(_("回答"), help_text=_("写清在哪里、是什么、怎么办"))
    owner = choice(_("责任单位"))
    due_on = day_field(_("完成期限"))

    def fill_owner(self, field: forms.ChoiceField) -> None:
        field.choices = [("", "—"), *self.organ_choices(self.answering())]
        field.initial = str(self.parent.organisation)

    def clean_owner(self) -> Organisation | None:
        return self.clean_organ("owner")

    def inputs(self) -> dict[str, Any]:
        return {**self.cleaned_data, "sheet": self.parent}


class Answer(ActForm):
    words = words_field(_("落实情况"))


SHEET_FORMS: dict[str, type[ActForm]] = {"start": Start, "conclude": Conclude}
ITEM_FORMS: dict[str, type[ActForm]] = {
    "raise": Raise, "answer": Answer, "accept": Opinion, "return": Because, "urge": Urge, "void": Because,
}  # fmt: skip
