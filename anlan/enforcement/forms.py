"""One form per act upon a document. What the record knows stands in it already."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.enforcement import drafting
from anlan.enforcement.commands import words_of
from anlan.enforcement.models import Document
from anlan.enforcement.states import BY_TWO_OFFICERS, How, Kind, Receipt
from anlan.hazards.forms import ActForm as HazardForm
from anlan.hazards.forms import day_field, words_field
from anlan.hazards.models import Hazard
from anlan.kernel import personal
from anlan.kernel.journal import JournalEntry


class ActForm(HazardForm):
    """Base: knows the document, who acts and when. `inputs()` is what the command is called with."""

    second_can = "document.draft"

    def __init__(self, *args: Any, document: Document | None = None, **kwargs: Any):
        self.document = document
        super().__init__(*args, **kwargs)


class Words(ActForm):
    """The little that a person adds to a paper; the second officer where two sign."""

    type: str
    second = forms.ChoiceField(label=_("另一名执法人员"), help_text=_("两名执法人员都须持有效执法证"))
    subject = forms.CharField(label=_("标题"), max_length=60)
    basis = forms.CharField(
        label=_("交办依据"), max_length=200, required=False, help_text=_("写在正文之首,如“根据市安委会部署”")
    )
    requirement = words_field(_("办理要求"))
    contact = forms.CharField(label=_("联系人及电话"), max_length=60, required=False)
    copied_to = forms.CharField(label=_("抄送"), max_length=200, required=False)
    government = forms.CharField(label=_("复议机关(人民政府)"), max_length=60)
    court = forms.CharField(label=_("管辖法院"), max_length=60)
    opinion = words_field(_("复查意见"), limit=1000, rows=4)

    def __init__(self, *args: Any, type: str, **kwargs: Any):
        self.type = type
        super().__init__(*args, **kwargs)
        kept = {*drafting.WORDS[type], "hazards"} | ({"second"} if type in BY_TWO_OFFICERS else set())
        for name in set(self.fields) - kept:
            del self.fields[name]

    def inputs(self) -> dict[str, Any]:
        said = self.cleaned_data
        given: dict[str, Any] = {"words": {name: said[name] for name in drafting.WORDS[self.type]}}
        if self.type in BY_TWO_OFFICERS:
            given["second"] = said["second"]
        return given

    def _choose_second(self, names: set[str]) -> None:
        """Whom the record names beside the drafter."""
        for key, colleague in getattr(self, "_second", {}).items():
            if colleague.name in names:
                self.initial.setdefault("second", key)


class Draft(Words):
    """Begin a paper on a hazard; others that belong with it can be taken along."""

    hazards = forms.MultipleChoiceField(
        label=_("列入的隐患"), widget=forms.CheckboxSelectMultiple, help_text=_("同一天办理的已预先勾选")
    )
    field_order = ("hazards", "second")

    def __init__(self, *args: Any, hazard: Hazard, **kwargs: Any):
        super().__init__(*args, hazard=hazard, **kwargs)
        found = drafting.choices(self.type, hazard, self.actor)
        self._found = {str(h.pk): h for h in found}
        chosen = drafting.together(self.type, hazard, found)
        field: Any = self.fields["hazards"]
        field.choices = [(key, f"{h.number} {h.description[:40]}") for key, h in self._found.items()]
        self.initial.setdefault("hazards", [str(h.pk) for h in chosen])
        for name, words in drafting.suggested(self.type, chosen, self.actor).items():
            self.initial.setdefault(name, words)
        self._choose_second(_officers_of(self.type, hazard))

    def inputs(self) -> dict[str, Any]:
        chosen = set(self.cleaned_data["hazards"])
        hazards = [h for key, h in sorted(self._found.items(), key=lambda pair: pair[1].pk) if key in chosen]
        return {"type": self.type, "hazards": hazards, **super().inputs()}


class Revise(Words):
    def __init__(self, *args: Any, document: Document, **kwargs: Any):
        super().__init__(*args, document=document, type=document.type, **kwargs)
        for name, words in words_of(document).items():
            self.initial.setdefault(name, words)
        self._choose_second({o["name"] for o in json.loads(document.context)["officers"]})


class Approve(ActForm):
    pass


class Why(ActForm):
    reason = words_field(_("理由"), limit=300)


class Serve(ActForm):
    on = day_field(_("送达日期"))
    how = forms.ChoiceField(label=_("送达方式"))
    receipt = forms.ChoiceField(label=_("签收情况"), choices=Receipt.choices)
    receiver = forms.CharField(label=_("签收人"), max_length=40, required=False)
    witness = forms.CharField(
        label=_("见证人"), max_length=40, required=False, help_text=_("留置送达必填,可写姓名和单位")
    )
    consented = forms.BooleanField(label=_("已取得同意电子送达的确认书"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", self.today)
        field: Any = self.fields["how"]
        if self.document is not None and self.document.enterprise_id is None:
            ways = [How.INTERNAL, How.DIRECT, How.ELECTRONIC]
            del self.fields["consented"]
        else:
            ways = [way for way in How if way != How.INTERNAL]
        field.choices = [(way.value, way.label) for way in ways]

    def _kept(self, name: str) -> str:
        value = self.cleaned_data[name].strip()
        return personal.keep(value, kind="document", subject=self.document.pk if self.document else None)

    def clean_receiver(self) -> str:
        return self._kept("receiver")

    def clean_witness(self) -> str:
        return self._kept("witness")


def _officers_of(type: str, h: Hazard) -> set[str]:
    """The officers whom the hazard's file names: of the order, or of the acceptance."""
    if type == Kind.REVIEW_OPINION and h.acceptance_name:
        return {h.acceptance_name, h.acceptance_second_name}
    entry = JournalEntry.objects.filter(kind="hazard", subject=h.pk, act="order").order_by("-seq").first()
    if entry is None:
        return set()
    said = json.loads(entry.body)
    return {entry.person_name, said["note"].get("second", "")} - {""}


BY_ACT: dict[str, type[ActForm]] = {
    "approve": Approve,
    "send_back": Why,
    "revise": Revise,
    "discard": Why,
    "serve": Serve,
    "void": Why,
}
