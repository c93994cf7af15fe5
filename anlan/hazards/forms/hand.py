"""Forms of grading and of the chain of assignment."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.evidence.forms import PhotosField
from anlan.hazards.forms.base import ActForm, day_field, organ_choice, words_field, yes_or_no
from anlan.standards import queries as standards


class GradeGeneral(ActForm):
    basis = forms.CharField(label=_("定级依据(条款)"), max_length=300)


class ProposeMajor(ActForm):
    clause = forms.CharField(
        label=_("判定标准条款"), max_length=300, widget=forms.TextInput(attrs={"list": "clauses"})
    )
    words = words_field(_("说明"), required=False)
    photos = PhotosField(label=_("照片"), required=False)

    def clauses(self) -> list[str]:
        """The criteria in force for its sector today."""
        assert self.hazard is not None
        return standards.major_clauses(self.hazard.now_sector, on=self.today)


class ConfirmMajor(ActForm):
    second_can = "hazard.confirm_major"
    basis = forms.CharField(label=_("认定依据(条款)"), max_length=300)
    evacuate = yes_or_no(_("撤出危险区域内作业人员"))
    suspend = yes_or_no(_("责令暂时停产停业或停止使用"))
    second = forms.ChoiceField(label=_("另一名经办人员"), required=False)
    expert = forms.CharField(label=_("专家意见"), required=False, max_length=300)

    def fill_basis(self, field: forms.Field) -> None:
        assert self.hazard is not None
        field.initial = self.hazard.grade_basis


class NotMajor(ActForm):
    second_can = "hazard.confirm_major"
    reasons = words_field(_("不认定的理由"), limit=300)
    second = forms.ChoiceField(label=_("另一名经办人员"), required=False)
    expert = forms.CharField(label=_("专家姓名和意见"), required=False, max_length=300)


class Regrade(ActForm):
    reason = words_field(_("提请重新认定的理由"), limit=300, help_text=_("写明所依据的专家意见"))


class Assign(ActForm):
    to = organ_choice(_("交办给"))
    reply_due = day_field(_("反馈期限"), required=False)
    words = words_field(_("交办要求"), required=False, limit=300)

    def fill_reply_due(self, field: forms.Field) -> None:
        field.initial = self.today + timedelta(days=7)


class Sign(ActForm):
    pass


class Return(ActForm):
    reason = words_field(_("退回理由"), limit=300)
    proposed = organ_choice(_("建议由谁办理"), required=False)


class PassOn(Assign):
    to = organ_choice(_("转给"))


class Transfer(ActForm):
    to = organ_choice(_("移送给"))
    words = words_field(_("移送理由"), limit=300)


class AcceptTransfer(ActForm):
    pass


class Reply(ActForm):
    words = words_field(_("办结情况"))


class Urge(ActForm):
    words = words_field(_("催办内容"), limit=300)
