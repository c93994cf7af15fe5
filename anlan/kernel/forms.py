"""The base of every form that carries an act: it takes what it shows and nothing else."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anlan.kernel.told import told
from anlan.kernel.words import Refused

#: what stands in a form of ours beside its fields: the token of the page, the act's id, the version seen
BESIDES = frozenset({"csrfmiddlewaretoken", "act_id", "seen", "next"})


class Strict(forms.Form):
    """A field too many is refused in words: passed over in silence, it would look as if it had been heeded."""

    #: names that its page sends besides: buttons that say what is to be done
    besides: ClassVar[frozenset[str]] = frozenset()
    #: the id of the act that it carries, where known: what the act keeps beside its record it keeps once
    act: UUID | None = None

    def _clean_form(self) -> None:
        super()._clean_form()  # type: ignore[misc]
        if strange := self.strange():
            self.add_error(None, ValidationError(
                _("表单里多了“%(names)s”,没有提交。请刷新页面,只填写页面上的栏目"),
                params={"names": "、".join(strange)},
            ))  # fmt: skip

    def mark(self, refused: Refused | None) -> None:
        """Let the sentence of a refusal also stand beside the field at fault, where it names one."""
        if refused is not None and refused.field in self.fields:
            self.add_error(refused.field, told(refused.reason))

    def strange(self) -> list[str]:
        """The names that came with this form and belong to none of its fields, shortened."""
        known = {self.add_prefix(name) for name in self.fields}
        parts = tuple(f"{name}-" for name in known)  # a widget of several inputs
        sent: Any = [*(self.data or ()), *(self.files or ())]
        return [
            str(n)[:40]
            for n in sent
            if n not in known | BESIDES | self.besides and not (parts and str(n).startswith(parts))
        ][:5]
