"""What an explorer's question may name: besides the usual, several figures and places, and a picture."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.figures import engine, explore, reach, whose
from anlan.figures.forms import Asking
from anlan.kernel.scope import Actor

SHOWN = (("table", _("表")), ("line", _("折线图")), ("bar", _("条形图")), ("map", _("地图")))


class Exploring(Asking):
    """The question in an address; `question()` says it, or why it cannot be asked."""

    shown = forms.ChoiceField(label=_("图形"), choices=SHOWN, required=False)

    def __init__(self, data: Any, *, actor: Actor, today: date):
        super().__init__(data, actor=actor, today=today)
        self.actor = actor
        self.asked_codes = data.getlist("i") or list(explore.USUAL)
        self.asked_places = data.getlist("place") or [reach.own_place(actor)]
        self.data = {**self.data, "shown": data.get("as") or "table"}
        self.fields["place"] = forms.CharField(required=False)  # refused by name in `question`

    def question(self) -> explore.Question:
        """Raises Refused for what is out of reach, unknown, or too much."""
        said = self.cleaned_data
        only = (*reach.only_own(self.actor), *whose.only(said["system"]))
        chosen = tuple(dict.fromkeys(reach.place_within(p, actor=self.actor) for p in self.asked_places))
        figures = tuple(engine.indicator(code) for code in dict.fromkeys(self.asked_codes))
        return explore.Question(figures, chosen, self.asked(), only, said["by"])
