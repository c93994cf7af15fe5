"""What every form of an act upon a campaign shares."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel.clock import day_of
from anlan.kernel.forms import Strict
from anlan.kernel.scope import Actor, Level
from anlan.kernel.web import whole
from anlan.kernel.words import Reason
from anlan.people import queries as people
from anlan.people.models import Organisation
from anlan.places import queries as places
from anlan.standards import queries as standards


def day_field(label: Any, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **given)


def text_field(label: Any, *, limit: int = 100, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, **given)


def words_field(label: Any, *, limit: int = 500, rows: int = 3, **given: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **given
    )


def many(label: Any, **given: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, **given)


def choice(label: Any, **given: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, **given)


class ActForm(Strict):
    """Knows the row (None where one is made), the row under which it stands, who acts and when.

    `asked` are words of the address (`item=3`) that a choice begins with; `verb` is what the button says
    where it is not the act's own name.
    """

    verb: Any = ""
    #: the choice without which there is nothing to do it to, and what is said then
    upon: tuple[str, Reason] | None = None

    def __init__(
        self, *args: Any, row: Any = None, parent: Any = None, actor: Actor, now: Any,
        asked: dict[str, Any] | None = None, **kwargs: Any,
    ):  # fmt: skip
        self.row, self.parent, self.actor, self.asked = row, parent, actor, asked or {}
        self.today: date = day_of(now)
        kwargs["initial"] = {**self.asked, **self.as_it_stands()}
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):
            fill = getattr(self, f"fill_{name}", None)
            if fill is not None:
                fill(field)

    def as_it_stands(self) -> dict[str, Any]:
        """What a form of change begins with."""
        return {}

    def inputs(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def nothing(self) -> Reason | None:
        """Why there is nothing that the act could be done to."""
        if self.upon is None:
            return None
        name, why = self.upon
        return None if self.fields[name].choices else why  # type: ignore[attr-defined]

    def line_asked(self, rows: Any) -> Any:
        """The line of the row's own that the address names; None for a new one."""
        key = whole(self.asked.get("item", ""))
        return rows.filter(pk=key, gone=False).first() if key is not None else None

    # -- choices that several acts share ---------------------------------------------------------

    def fill_county(self, field: forms.ChoiceField) -> None:
        known = places.county_choices(on=self.today)
        if self.actor.level in (Level.COUNTY, Level.TOWN):
            known = [c for c in known if c[0] == self.actor.code[:6]]
        elif self.actor.duties:
            known = [c for c in known if c[0] in self.actor.duties]
        field.choices = known if len(known) == 1 and field.required else [("", "—"), *known]

    def fill_sector(self, field: forms.ChoiceField) -> None:
        field.choices = [("", _("全部行业领域")), *standards.sector_choices(on=self.today)]

    def fill_sectors(self, field: forms.MultipleChoiceField) -> None:
        field.choices = standards.sector_choices(on=self.today)

    def fill_counties(self, field: forms.MultipleChoiceField) -> None:
        field.choices = places.county_choices(on=self.today)

    def fill_sources(self, field: forms.MultipleChoiceField) -> None:
        field.choices = standards.source_choices(on=self.today)

    def organ_choices(self, found: list[Organisation]) -> list[tuple[Any, str]]:
        self._organs = {str(o.pk): o for o in found}
        return [(key, o.name) for key, o in self._organs.items()]

    def answering(self) -> list[Organisation]:
        """Organisations that can be made to answer for something: offices, departments, bureaus, stations."""
        county = (
            (getattr(self.parent, "county", "") or self.actor.code)[:6]
            if self.actor.code or self.parent
            else ""
        )
        found = people.organs_for(county=county, on=self.today)
        if self.actor.level is Level.CITY and not county:
            found += people.organisations(kinds=("COUNTY_OFFICE",))
        return list({o.pk: o for o in found}.values())

    def clean_organ(self, name: str) -> Organisation | None:
        return self._organs.get(self.cleaned_data[name])


class Nothing(ActForm):
    """An act that needs no words."""


class Because(ActForm):
    reason = words_field(_("理由"), limit=300)


class Opinion(ActForm):
    opinion = words_field(_("意见"), limit=300, required=False)


class Urge(ActForm):
    words = words_field(_("催办的话"), limit=200, required=False, rows=2)
