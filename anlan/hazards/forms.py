"""One form per act. A form turns what was typed into a command's inputs; the rules stay in the command.

Choices of people, organisations and records are asked through queries of the acting person, so that
nobody can name what he may not see.
"""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.evidence.forms import PhotosField
from anlan.hazards import queries
from anlan.hazards.models import Hazard
from anlan.kernel import personal
from anlan.kernel.clock import day_of
from anlan.kernel.forms import Strict
from anlan.kernel.scope import Actor
from anlan.people import queries as people
from anlan.places import queries as places
from anlan.register import queries as register
from anlan.standards import queries as standards


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
        county = self.hazard.now_county if self.hazard else ""
        organs = people.organs_for(county=county, on=self.today)
        field.choices = [("", "—"), *((o.pk, o.name) for o in organs if o.pk != self.actor.organisation)]

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
        self._second = self._colleagues(self.second_can)
        none = _("无执法证")
        shown = [(key, f"{a.name}({a.credential or none})") for key, a in self._second.items()]
        field.choices = [("", "—"), *shown]

    def clean_second(self) -> Actor | None:
        return self._second.get(self.cleaned_data["second"])

    def clean_responsible(self) -> str:
        name = self.cleaned_data["responsible"].strip()
        return personal.keep(name, kind="hazard", subject=self.hazard.pk if self.hazard else None)


def organ_choice(label: Any, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required)


class Found(ActForm):
    """What register and fix_on_spot share: what, where, how it was found."""

    enterprise = forms.CharField(label=_("企业"), required=False, help_text=_("输入名称或统一社会信用代码"))
    description = words_field(_("隐患描述"), limit=1000, help_text=_("写明部位、现状和可能的后果"))
    location = forms.CharField(label=_("具体位置"), required=False, max_length=200)
    source = forms.ChoiceField(label=_("来源"))
    sector = forms.ChoiceField(label=_("行业领域"), required=False, help_text=_("不填时按企业的行业"))
    category = forms.ChoiceField(label=_("隐患类别"), required=False)
    basis = forms.CharField(label=_("判定依据"), required=False, max_length=300)
    clause = forms.CharField(label=_("具体条款"), required=False, max_length=200)

    def fill_enterprise(self, field: forms.Field) -> None:
        if self.actor.is_enterprise:
            del self.fields["enterprise"]
            return
        firms = register.choices()
        field.widget.attrs |= {"list": "firms", "autocomplete": "off"}
        self.firms = firms

    def fill_source(self, field: forms.ChoiceField) -> None:
        field.choices = standards.source_choices(self.actor.role, on=self.today)

    def fill_sector(self, field: forms.ChoiceField) -> None:
        field.choices = [("", "—"), *standards.sector_choices(on=self.today)]

    def fill_category(self, field: forms.ChoiceField) -> None:
        field.choices = [("", "—"), *standards.category_choices(on=self.today)]

    def clean_enterprise(self) -> Any:
        said = self.cleaned_data["enterprise"].strip()
        if not said:
            return None
        found = register.named(said)
        if found is None:
            raise forms.ValidationError(_("没有找到这家企业,请从列表中选择,或先登记企业"))
        return found

    def inputs(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        if self.actor.is_enterprise:
            given["enterprise"] = register.enterprise(self.actor.enterprise)
        return given


class Register(Found):
    general = forms.BooleanField(label=_("同时定为一般隐患"), required=False)
    photos = PhotosField(label=_("照片"), required=False)
    no_photo_because = forms.CharField(label=_("无法拍照的原因"), required=False, max_length=200)
    anyway = forms.BooleanField(label=_("已核对,不是重复登记"), required=False, widget=forms.HiddenInput)

    field_order = ("enterprise", "description", "location", "photos", "no_photo_because", "source", "sector", "category",
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
    evacuate = forms.BooleanField(label=_("撤出危险区域内作业人员"), required=False)
    suspend = forms.BooleanField(label=_("责令暂时停产停业或停止使用"), required=False)
    second = forms.ChoiceField(label=_("另一名经办人员"), required=False)
    expert = forms.CharField(label=_("专家意见"), required=False, max_length=300)

    def fill_basis(self, field: forms.Field) -> None:
        assert self.hazard is not None
        field.initial = self.hazard.grade_basis


class NotMajor(ActForm):
    reasons = words_field(_("不认定的理由"), limit=300)
    expert = forms.CharField(label=_("专家姓名和意见"), required=False, max_length=300)


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


class Order(ActForm):
    due_on = day_field(_("整改期限"), help_text=_("写入文书的日期,不因节假日顺延"))
    requirement = words_field(_("整改要求"))
    legal = forms.BooleanField(label=_("下达责令限期整改指令书"), required=False)
    second = forms.ChoiceField(label=_("另一名执法人员"), required=False, help_text=_("下达文书的必填"))
    responsible = forms.CharField(label=_("整改责任人"), required=False, max_length=60)
    second_can = "hazard.order"

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

    def inputs(self) -> dict[str, Any]:
        assert self.hazard is not None
        code = "extension_major_before" if self.hazard.is_major else "extension_general_before"
        return {
            **self.cleaned_data,
            "term": standards.term(code, on=self.today),
            "calendar": places.calendar(),
        }


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


BY_ACT: dict[str, type[ActForm]] = {
    "register": Register, "fix_on_spot": FixOnSpot, "grade_general": GradeGeneral, "propose_major": ProposeMajor,
    "confirm_major": ConfirmMajor, "not_major": NotMajor, "assign": Assign, "sign": Sign, "return_": Return,
    "pass_on": PassOn, "transfer": Transfer, "accept_transfer": AcceptTransfer, "reply": Reply, "urge": Urge,
    "order": Order, "start_own": StartOwn, "take_over": TakeOver, "plan": Plan, "progress": ReportProgress,
    "ask_extension": AskExtension, "grant_extension": GrantExtension, "refuse_extension": RefuseExtension,
    "submit": Submit, "accept": Accept, "accept_own": AcceptOwn, "propose_acceptance": Accept,
    "approve_acceptance": ApproveAcceptance, "fail": Fail, "fail_own": FailOwn, "ask_void": AskVoid, "void": Confirm,
    "ask_merge": AskMerge, "merge": Confirm, "relapse": Relapse, "correct": Correct, "opinion": Opine,
    "instruct": Instruct, "answer_instruction": AnswerInstruction, "report_major": ReportMajor,
}  # fmt: skip
