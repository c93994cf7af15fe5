"""Forms of rectifying, accepting, leaving the loop, and what is said on the way."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.evidence.forms import PhotosField
from anlan.hazards import queries
from anlan.hazards.forms.base import ActForm, day_field, firm_said, organ_choice, words_field
from anlan.hazards.forms.find import Found
from anlan.hazards.models import Hazard
from anlan.kernel.scope import Actor
from anlan.people import queries as people
from anlan.places import queries as places
from anlan.register import queries as register
from anlan.standards import queries as standards


class Order(ActForm):
    enterprise = forms.CharField(
        label=_("责任企业"), required=False, help_text=_("登记时没有写明企业;输入名称或统一社会信用代码")
    )
    due_on = day_field(_("整改期限"), help_text=_("写入文书的日期,不因节假日顺延"))
    requirement = words_field(_("整改要求"))
    legal = forms.BooleanField(label=_("下达责令限期整改指令书"), required=False)
    second = forms.ChoiceField(label=_("另一名执法人员"), required=False, help_text=_("下达文书的必填"))
    responsible = forms.CharField(label=_("整改责任人"), required=False, max_length=60)
    second_can = "hazard.order"

    def fill_enterprise(self, field: forms.Field) -> None:
        """Asked where nobody knew yet whose the hazard is."""
        if self.hazard is None or self.hazard.enterprise_id is not None:
            del self.fields["enterprise"]
            return
        self.firms = [f for f in register.choices() if f.county == self.hazard.now_county]
        field.widget.attrs |= {"list": "firms", "autocomplete": "off"}

    def clean_enterprise(self) -> Any:
        return firm_said(self.cleaned_data["enterprise"])

    def fill_due_on(self, field: forms.Field) -> None:
        term = standards.term("order_major_default" if self.hazard and self.hazard.is_major else "order_general_default",
                              on=self.today)  # fmt: skip
        if term is not None:
            field.initial = term.last_day(self.today, places.calendar())


class StartOwn(ActForm):
    due_on = day_field(_("整改期限"))
    requirement = words_field(_("整改要求"), required=False)
    responsible = forms.CharField(label=_("整改责任人"), max_length=60)

    fill_due_on = Order.fill_due_on


class TakeOver(ActForm):
    reason = words_field(_("接管理由"), limit=300)


class Plan(ActForm):
    goals = words_field(_("目标和任务"))
    methods = words_field(_("方法和措施"), limit=1000)
    funds_materials = words_field(_("经费和物资"))
    bodies_persons = words_field(_("机构和人员"))
    time_requirements = words_field(_("时限和要求"))
    safety_emergency = words_field(_("安全措施和应急预案"), limit=1000)
    money_planned = forms.IntegerField(label=_("计划资金(元)"), min_value=0, required=False)
    responsibility_fulfilled = forms.BooleanField(label=_("责任落实"), required=False)
    measures_fulfilled = forms.BooleanField(label=_("措施落实"), required=False)
    funds_fulfilled = forms.BooleanField(label=_("资金落实"), required=False)
    time_fulfilled = forms.BooleanField(label=_("时限落实"), required=False)
    emergency_fulfilled = forms.BooleanField(label=_("预案落实"), required=False)

    def inputs(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["money_planned"] = given.get("money_planned") or 0
        return given


class ReportProgress(ActForm):
    words = words_field(_("进展情况"))
    percent = forms.IntegerField(label=_("完成进度(%)"), min_value=0, max_value=100)
    photos = PhotosField(label=_("照片"), required=False)


class AskExtension(ActForm):
    reason = words_field(_("延期理由"))
    until = day_field(_("申请延至"))
    interim = words_field(_("延期期间的防控措施"), required=False)


class GrantExtension(ActForm):
    opinion = words_field(_("意见"), required=False, limit=300)


class RefuseExtension(ActForm):
    opinion = words_field(_("不同意的理由"), limit=300)


EVALUATIONS = (("", "—"), ("SELF", _("企业自评")), ("EXPERT", _("专家评估")), ("AGENCY", _("机构评估")))


class Submit(ActForm):
    measures = words_field(_("整改措施"), limit=1000)
    photos = PhotosField(label=_("整改后照片"), required=False)
    money_spent = forms.IntegerField(label=_("投入资金(元)"), min_value=0, max_value=10**12, required=False)
    evaluation = forms.ChoiceField(label=_("治理效果评估"), choices=EVALUATIONS, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.hazard and not self.hazard.is_major:
            del self.fields["evaluation"]

    def inputs(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["money_spent"] = given.get("money_spent") or 0
        return given


class Accept(ActForm):
    opinion = words_field(_("验收意见"))
    second = forms.ChoiceField(label=_("另一名执法人员"), required=False)
    photos = PhotosField(label=_("复查照片"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.hazard and not self.hazard.legal_order and not self.hazard.is_major:
            del self.fields["second"]

    def fill_opinion(self, field: forms.Field) -> None:
        field.initial = "经查,该隐患已完成整改,整改情况属实"


class AcceptOwn(ActForm):
    opinion = words_field(_("验收意见"))


class ApproveAcceptance(ActForm):
    opinion = words_field(_("批准意见"), required=False)


class Fail(ActForm):
    still_open = words_field(_("仍未整改的内容"))
    due_on = day_field(_("新的整改期限"), help_text=_("新的期限不抹去已经发生的逾期"))
    photos = PhotosField(label=_("照片"), required=False)


class FailOwn(ActForm):
    still_open = words_field(_("仍未整改的内容"))
    due_on = day_field(_("新的整改期限"))


class AskVoid(ActForm):
    reason = words_field(_("撤销理由"), limit=300)


class Confirm(ActForm):
    pass


class Keep(ActForm):
    reason = words_field(_("不予撤销或合并的理由"), limit=300)


class AskMerge(ActForm):
    into = forms.CharField(label=_("并入的隐患编号"), max_length=40)
    reason = words_field(_("合并理由"), limit=300)

    def clean_into(self) -> Hazard:
        found = queries.by_number(self.cleaned_data["into"])
        if found is None:
            raise forms.ValidationError(_("没有找到这个编号的隐患,请核对"))
        return found


class Relapse(ActForm):
    description = words_field(_("反弹情况"), limit=1000)
    source = forms.ChoiceField(label=_("来源"))
    photos = PhotosField(label=_("照片"), required=False)
    no_photo_because = forms.CharField(label=_("无法拍照的原因"), required=False, max_length=200)

    fill_source = Found.fill_source


class Correct(ActForm):
    description = words_field(_("隐患描述"), limit=1000)
    location = forms.CharField(label=_("具体位置"), required=False, max_length=200)
    found_sector = forms.ChoiceField(label=_("行业领域"))
    source = forms.ChoiceField(label=_("来源"))
    basis = forms.CharField(label=_("判定依据"), required=False, max_length=300)
    clause = forms.CharField(label=_("具体条款"), required=False, max_length=200)
    reason = words_field(_("更正理由"), limit=300)

    def __init__(self, *args: Any, hazard: Hazard, **kwargs: Any):
        names = ("description", "location", "found_sector", "source", "basis", "clause")
        kwargs["initial"] = {n: getattr(hazard, n) for n in names} | (kwargs.get("initial") or {})
        super().__init__(*args, hazard=hazard, **kwargs)

    def fill_found_sector(self, field: forms.ChoiceField) -> None:
        field.choices = standards.sector_choices(on=self.today)

    def fill_source(self, field: forms.ChoiceField) -> None:
        field.choices = standards.source_choices("", on=self.today)

    def inputs(self) -> dict[str, Any]:
        changes = {
            k: v for k, v in self.cleaned_data.items() if k != "reason" and getattr(self.hazard, k) != v
        }
        return {"changes": changes, "reason": self.cleaned_data["reason"]}


class Consult(ActForm):
    expert = forms.ChoiceField(label=_("专家"))
    words = words_field(_("征求意见的内容"), limit=300)
    until = day_field(_("请于何日前答复"), help_text=_("专家在此日以前可以查看这一处隐患"))

    def fill_expert(self, field: forms.ChoiceField) -> None:
        """The city's pool, and those whose counties hold the hazard: no county's own experts elsewhere."""
        county = self.hazard.now_county if self.hazard else ""
        known = [a for a in people.in_role("expert", on=self.today) if not a.duties or county in a.duties]
        self._experts = {f"{a.id}@{a.position}": a for a in known}
        field.choices = [("", "—"), *((k, f"{a.name} {a.title}") for k, a in self._experts.items())]

    def clean_expert(self) -> Actor:
        return self._experts[self.cleaned_data["expert"]]


class Opine(ActForm):
    words = words_field(_("专家意见"), limit=1000, rows=5)
    thinks_major = forms.NullBooleanField(label=_("是否认为构成重大隐患"), required=False)


class Instruct(ActForm):
    words = words_field(_("批示内容"))
    owner = organ_choice(_("由谁办理"))
    due_on = day_field(_("答复期限"))


class AnswerInstruction(ActForm):
    answer = words_field(_("办理情况"))


class ReportMajor(ActForm):
    words = words_field(_("报告内容"))
