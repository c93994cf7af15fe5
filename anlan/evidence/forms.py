"""The field of a form through which photos come: files, or tokens of what was uploaded before.

A form that has `actor`, `now` and perhaps `about` and `place` (words for the watermark) lends them.

Files are taken into quarantine while the form is checked. So what was uploaded is kept when the form
is refused for another reason: it comes back as a thumbnail with its token.
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anlan.evidence import intake, queries
from anlan.evidence.commands import Claimed, claim
from anlan.evidence.models import Kind, Upload
from anlan.kernel.scope import Actor
from anlan.kernel.told import told
from anlan.kernel.words import Reason, Refused

PHOTOS = "image/jpeg,image/png,image/webp,image/heic"
DOCUMENTS = PHOTOS + ",application/pdf"


SIGNER = signing.Signer(salt="anlan.evidence.watermark")
OFFERED = 12


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a form, unread."""

    files: Sequence[UploadedFile] = ()
    tokens: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.files or self.tokens)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a form shows of an upload that it has in hand."""

    token: str
    thumbnail: str
    name: str
    warnings: Sequence[str]

    @classmethod
    def of(cls, claimed: Claimed) -> "Kept":
        return cls(
            str(claimed.token),
            reverse("evidence:thumb", args=[claimed.item.sha256]),
            claimed.name,
            [told(Reason(msgid, params)) for msgid, params in claimed.warnings],
        )


class PhotosWidget(forms.Widget):
    """A file input beside what is kept already."""

    template_name = "evidence/upload_field.html"
    needs_multipart_form = True

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs)
        self.kept: list[Kept] = []
        self.documents = False
        self.about = self.place = ""
        self.offers: Callable[[], list[Kept]] = list

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        dropped = set(_list(data, f"{name}-drop"))
        tokens = [token for token in _list(data, name) if isinstance(token, str) and token]
        return Sent(tuple(f for f in _list(files, name) if f), tuple(t for t in tokens if t not in dropped))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and name not in files

    def use_required_attribute(self, initial: Any) -> bool:
        return super().use_required_attribute(initial) and not self.kept

    def id_for_label(self, id_: str) -> str:
        return id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        in_hand = {one.token for one in self.kept}
        context["kept"] = self.kept
        context["offered"] = [one for one in self.offers() if one.token not in in_hand]
        context["accept"] = DOCUMENTS if self.documents else PHOTOS
        context["to"] = f"{reverse('evidence:upload')}?{urlencode(self.asked())}".rstrip("?")
        context["camera"] = not self.documents
        return context

    def asked(self) -> dict[str, str]:
        """What a file that is sent ahead of the form must know. Signed: nobody writes his own watermark."""
        asked = {"documents": "1"} if self.documents else {}
        if self.about or self.place:
            asked["mark"] = SIGNER.sign_object({"about": self.about, "place": self.place})
        return asked


class KeptWidget(forms.Widget):
    """The tokens alone, for a form that is only asked to confirm."""

    template_name = "evidence/kept_tokens.html"
    is_hidden = True

    def __init__(self, kept: list[Kept]):
        super().__init__()
        self.kept = kept

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, None, attrs) | {"kept": self.kept}


def _list(data: Any, name: str) -> list[Any]:
    if hasattr(data, "getlist"):
        return data.getlist(name)
    value = data.get(name)
    return list(value) if isinstance(value, (list, tuple)) else [value] if value else []


class PhotosField(forms.Field):
    """Cleans to a list of `Claimed`, for an act."""

    widget = PhotosWidget
    default_error_messages = {
        "required": _("请至少上传一张照片"),
        "too_many": _("一次最多%(limit)s张照片,请减少后再提交"),
    }

    def __init__(
        self, *, documents: bool = False, kind: str = Kind.PHOTO, limit: int = 20, about: str = "", place: str = "",
        **kwargs: Any,
    ):  # fmt: skip
        self.documents, self.kind, self.limit, self.about, self.place = documents, kind, limit, about, place
        self.actor: Actor | None = None
        self.at: datetime | None = None
        self.kept: list[Kept] = []
        super().__init__(**kwargs)
        self.widget.documents = documents

    def __deepcopy__(self, memo: dict[int, Any]) -> "PhotosField":
        result = super().__deepcopy__(memo)
        result.kept = result.widget.kept = copy.copy(self.kept)
        return result

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> Any:
        self.actor = self.actor or getattr(form, "actor", None)
        self.at = self.at or getattr(form, "now", None)
        self.about = self.about or str(getattr(form, "about", ""))
        self.place = self.place or str(getattr(form, "place", ""))
        self.widget.about, self.widget.place, self.widget.offers = self.about, self.place, self._offers
        return super().get_bound_field(form, field_name)

    # Django calls it like the class that stands here otherwise
    def hidden_widget(self) -> KeptWidget:  # type: ignore[override]
        return KeptWidget(self.kept)

    def _offers(self) -> list[Kept]:
        """What the person uploaded before he opened this form, newest first."""
        if self.actor is None or self.at is None:
            return []
        found = queries.waiting(by=self.actor, at=self.at)
        if not self.documents:
            found = found.exclude(item__kind=Kind.DOCUMENT)
        return [Kept.of(Claimed.of(upload)) for upload in found.select_related("shown")[:OFFERED]]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)

    def clean(self, value: Any) -> list[Claimed]:
        sent = value if isinstance(value, Sent) else Sent()
        if self.actor is None or self.at is None:
            raise TypeError("a PhotosField needs a form that says who acts and when")
        faults: list[str] = []
        claimed = self._claim(sent.tokens, faults)
        if len(sent.files) + len(claimed) > self.limit:
            faults.append(str(self.error_messages["too_many"]) % {"limit": self.limit})
        else:
            claimed += self._bring(sent.files, faults)
        if faults:
            raise forms.ValidationError(faults)
        if self.required and not claimed:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return claimed

    def _claim(self, tokens: Sequence[str], faults: list[str]) -> list[Claimed]:
        """One by one: what is still there is kept, what is gone is told."""
        out: list[Claimed] = []
        for token in dict.fromkeys(tokens[: self.limit]):
            try:
                out += claim([token], by=self.actor, at=self.at)  # type: ignore[arg-type]
            except Refused as refusal:
                faults.append(told(refusal.reason))
        self.kept += [Kept.of(one) for one in out]
        return out

    def _bring(self, files: Sequence[UploadedFile], faults: list[str]) -> list[Claimed]:
        out: list[Claimed] = []
        for file in files:
            try:
                upload: Upload = intake.bring(
                    file, by=self.actor, at=self.at, about=self.about, place=self.place, kind=self.kind,  # type: ignore[arg-type]
                    documents=self.documents,
                )  # fmt: skip
            except Refused as refusal:
                faults.append(told(refusal.reason))
                continue
            out.append(Claimed.of(upload))
            self.kept.append(Kept.of(out[-1]))
        return out
