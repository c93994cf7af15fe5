"""What every form of an act shares: who acts, upon what, when, and the choices of people and organs."""

from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.evidence.forms import PhotosField
from anlan.hazards.models import Hazard
from anlan.kernel import personal
from anlan.kernel.clock import day_of
from anlan.kernel.forms import Strict
from anlan.kernel.scope import Actor
from anlan.people import queries as people
from anlan.register import queries as register


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"})
    )


def words_field(
    label: Any, *, required: bool = True, limit: int = 500, rows: int = 3, help_text: Any = ""
) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=limit, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def yes_or_no(label: Any) -> forms.TypedChoiceField:
    """A decision that has to be taken: neither answer is the default."""
    return forms.TypedChoiceField(
        label=label, choices=(("yes", _("是")), ("no", _("否"))), coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip


def firm_said(said: str) -> Any:
    """The firm that was typed or chosen; None for nothing said, an error where there is none."""
    if not said.strip():
        return None
    found = register.named(said)
    if found is None:
        raise forms.ValidationError(_("没有找到这家企业,请从列表中选择,或先登记企业"))
    return found


class ActForm(Strict):
    """Base: knows the hazard, who acts and when. `inputs()` is what the command is called with."""

    def __init__(self, *args: Any, hazard: Hazard | None = None, actor: Actor, now: Any, **kwargs: Any):
        self.hazard, self.actor, self.now = hazard, actor, now
        self.today: date = day_of(now)
        # what a photo's watermark says of where it belongs
        self.about = hazard.number if hazard else ""
        self.place = (hazard.location or hazard.description[:20]) if hazard else ""
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):
            if isinstance(field, PhotosField):
                field.actor = actor
            fill = getattr(self, f"fill_{name}", None)
            if fill is not None:
                fill(field)

    def inputs(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    # -- choices that several acts share ---------------------------------------------------------

    def fill_to(self, field: forms.ChoiceField) -> None:
        """The organs are asked for when they are shown or one is named, not with every act."""

        def organs() -> list[tuple[Any, str]]:
            county = self.hazard.now_county if self.hazard else ""
            found = people.organs_for(county=county, on=self.today)
            return [("", "—"), *((o.pk, o.name) for o in found if o.pk != self.actor.organisation)]

        field.choices = organs

    def clean_to(self) -> Any:
        value = self.cleaned_data["to"]
        return people.organ(int(value)) if value else None

    fill_owner = fill_to

    def clean_owner(self) -> Any:
        return people.organ(int(self.cleaned_data["owner"]))

    def fill_proposed(self, field: forms.ChoiceField) -> None:
        self.fill_to(field)

    def clean_proposed(self) -> Any:
        value = self.cleaned_data["proposed"]
        return people.organ(int(value)) if value else None

    def _colleagues(self, can: str) -> dict[str, Actor]:
        found = people.colleagues(self.actor.organisation, on=self.today, can=can)
        return {f"{a.id}@{a.position}": a for a in found if a.id != self.actor.id}

    second_can = "hazard.accept"

    def fill_second(self, field: forms.ChoiceField) -> None:
        def colleagues() -> list[tuple[Any, str]]:
            none = _("无执法证")
            return [("", "—"), *((k, f"{a.name}({a.credential or none})") for k, a in self._second.items())]

        field.choices = colleagues

    @cached_property
    def _second(self) -> dict[str, Actor]:
        return self._colleagues(self.second_can)

    def clean_second(self) -> Actor | None:
        named = self.cleaned_data["second"]
        return self._second.get(named) if named else None

    def clean_responsible(self) -> str:
        name = self.cleaned_data["responsible"].strip()
        return personal.keep(name, kind="hazard", subject=self.hazard.pk if self.hazard else None)


def organ_choice(label: Any, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required)
