"""Forms that make a hazard: registered, or put right on the spot."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.evidence.forms import PhotosField
from anlan.hazards import queries
from anlan.hazards.forms.base import ActForm, firm_said, words_field
from anlan.hazards.models import Hazard
from anlan.kernel.scope import Actor, Level
from anlan.places import queries as places
from anlan.places.models import PlaceLevel
from anlan.register import queries as register
from anlan.standards import queries as standards


class Found(ActForm):
    """What register and fix_on_spot share: what, where, how it was found."""

    enterprise = forms.CharField(label=_("企业"), required=False, help_text=_("输入名称或统一社会信用代码"))
    description = words_field(_("隐患描述"), limit=1000, help_text=_("写明部位、现状和可能的后果"))
    location = forms.CharField(label=_("具体位置"), required=False, max_length=200)
    source = forms.ChoiceField(label=_("来源"))
    where = forms.ChoiceField(
        label=_("所在地"), required=False, help_text=_("不知道是哪家企业的,请选择所在地,责令整改时再认定企业")
    )
    sector = forms.ChoiceField(label=_("行业领域"), required=False, help_text=_("不填时按企业的行业"))
    category = forms.ChoiceField(label=_("隐患类别"), required=False)
    basis = forms.CharField(label=_("判定依据"), required=False, max_length=300)
    clause = forms.CharField(label=_("具体条款"), required=False, max_length=200)

    def fill_enterprise(self, field: forms.Field) -> None:
        if self.actor.is_enterprise:
            del self.fields["enterprise"], self.fields["where"]
            return
        firms = register.choices()
        field.widget.attrs |= {"list": "firms", "autocomplete": "off"}
        self.firms = firms

    def fill_where(self, field: forms.ChoiceField) -> None:
        """Units and their towns to which he may go."""
        actor, groups = self.actor, []
        only = frozenset(actor.duties) if actor.level is Level.NAMED else frozenset()
        if actor.level in (Level.COUNTY, Level.TOWN):
            only = frozenset({places.unit_of(actor.code, on=self.today)})
        for unit in places.counties(on=self.today):
            if only and unit.code not in only:
                continue
            towns = [(t.code, t.label) for t in places.towns(unit.code, on=self.today)]
            if actor.level is Level.TOWN:
                groups.append((unit.label, [t for t in towns if t[0] == actor.code]))
            else:
                whole = (unit.code, _("%(unit)s(乡镇不明)") % {"unit": unit.label})
                groups.append((unit.label, [whole, *towns]))
        field.choices = [("", "—"), *groups]

    def fill_source(self, field: forms.ChoiceField) -> None:
        field.choices = standards.source_choices(self.actor.role, on=self.today)

    def fill_sector(self, field: forms.ChoiceField) -> None:
        field.choices = [("", "—"), *standards.sector_choices(on=self.today)]

    def fill_category(self, field: forms.ChoiceField) -> None:
        field.choices = [("", "—"), *standards.category_choices(on=self.today)]

    def clean_enterprise(self) -> Any:
        return firm_said(self.cleaned_data["enterprise"])

    def inputs(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        code = given.pop("where", "")
        if self.actor.is_enterprise:
            given["enterprise"] = register.enterprise(self.actor.enterprise)
        elif code and given["enterprise"] is None:
            found = places.place(code, on=self.today)
            given["county"] = places.unit_of(code, on=self.today)
            given["town"] = code if found is not None and found.level == PlaceLevel.TOWN else ""
        return given


class Register(Found):
    general = forms.BooleanField(label=_("同时定为一般隐患"), required=False)
    photos = PhotosField(label=_("照片"), required=False)
    no_photo_because = forms.CharField(label=_("无法拍照的原因"), required=False, max_length=200)
    anyway = forms.BooleanField(label=_("已核对,不是重复登记"), required=False, widget=forms.HiddenInput)

    field_order = ("enterprise", "where", "description", "location", "photos", "no_photo_because", "source", "sector", "category",
                   "basis", "clause", "general")  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.actor.may("hazard.grade"):
            del self.fields["general"]

    def inputs(self) -> dict[str, Any]:
        given = super().inputs()
        given.pop("anyway", None)
        return given

    def likely_doubles(self) -> list[tuple[Hazard, int]]:
        """Shown before registering, once."""
        given = self.inputs()
        firm = given.get("enterprise")
        if firm is None or self.cleaned_data.get("anyway"):
            return []
        return queries.alike(enterprise=firm.pk, description=given["description"], on=self.today)


class FixOnSpot(Found):
    measures = words_field(_("整改措施"))
    before = PhotosField(label=_("整改前照片"), required=False)
    after = PhotosField(label=_("整改后照片"), required=False)
    signer = forms.CharField(label=_("现场负责人"), required=False, max_length=60)
    refused = forms.BooleanField(label=_("现场负责人拒绝签字"), required=False)
    witness = forms.CharField(label=_("见证人"), required=False, max_length=60)
    confirmed_by = forms.ChoiceField(label=_("本企业确认人"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("signer", "refused", "witness") if self.actor.is_enterprise else ("confirmed_by",):
            self.fields.pop(name, None)

    def fill_confirmed_by(self, field: forms.ChoiceField) -> None:
        self._confirming = self._colleagues("hazard.register") if self.actor.is_enterprise else {}
        field.choices = [("", "—"), *((key, a.name) for key, a in self._confirming.items())]

    def clean_confirmed_by(self) -> Actor | None:
        return self._confirming.get(self.cleaned_data["confirmed_by"])
