"""Forms of visits. A form turns what was typed into a command's inputs; the rules stay in the command."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anlan.evidence.forms import Kept, PhotosField
from anlan.inspections import findings, queries
from anlan.inspections.models import Answer, Visit
from anlan.inspections.states import PlaceKind, Result
from anlan.kernel.clock import day_of
from anlan.kernel.forms import Strict
from anlan.kernel.scope import Actor, Level
from anlan.places import queries as places
from anlan.register import queries as register
from anlan.register.models import Enterprise
from anlan.standards import checklists
from anlan.standards import queries as standards
from anlan.standards.models import ChecklistItem


def day_field(label: Any, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **given)


def words_field(label: Any, *, limit: int = 500, rows: int = 3, **given: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **given
    )


class Shots(PhotosField):
    """Photos of one item: nothing is offered from elsewhere, thirty items would each offer it."""

    def _offers(self) -> list[Kept]:
        return []


class PartyWidget(forms.CheckboxSelectMultiple):
    template_name = "inspections/party_field.html"


class VisitForm(Strict):
    """Base: knows the visit, who acts and when. `inputs()` is what the command is called with."""

    def __init__(self, *args: Any, visit: Visit | None = None, actor: Actor, now: Any, **kwargs: Any):
        self.visit, self.actor, self.now = visit, actor, now
        self.today: date = day_of(now)
        self.about = visit.number if visit else ""
        self.place = visit.where[:20] if visit else ""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, PhotosField):
                field.actor, field.at = actor, now
            fill = getattr(self, f"fill_{name}", None)
            if fill is not None:
                fill(field)

    def inputs(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class Arranged(VisitForm):
    """What a visit says before it begins. `firm` is known where one came from its page."""

    enterprise = forms.CharField(label=_("企业"), required=False, help_text=_("输入名称或统一社会信用代码"))
    source = forms.ChoiceField(label=_("检查方式"))
    premises = forms.ChoiceField(label=_("场所"), required=False)
    workpost = forms.ChoiceField(label=_("岗位"), required=False)
    theme = forms.ChoiceField(label=_("检查表"), required=False, help_text=_("不选时用本行业的检查表"))
    spot = forms.CharField(
        label=_("地点"), required=False, max_length=200, help_text=_("不是检查某一企业时填写")
    )
    county = forms.ChoiceField(label=_("县(市、区)"), required=False)
    sector = forms.ChoiceField(label=_("行业领域"), required=False, help_text=_("不填时按企业的行业"))
    covert = forms.BooleanField(label=_("暗访(四不两直),归档前只有本组可见"), required=False)
    basis = forms.CharField(label=_("检查依据"), required=False, max_length=200,
                            help_text=_("年度监督检查计划、行动方案或任务编号"))  # fmt: skip
    led_by = forms.CharField(label=_("带队领导"), required=False, max_length=60)
    led_post = forms.CharField(label=_("领导职务"), required=False, max_length=60)
    party = forms.MultipleChoiceField(
        label=_("检查人员"), required=False, widget=PartyWidget,
        help_text=_("您自己不必选;联合检查可选其他单位的人员"),
    )  # fmt: skip

    OF_OFFICIALS = ("spot", "county", "sector", "covert", "basis", "led_by", "led_post")

    def __init__(self, *args: Any, firm: Enterprise | None = None, actor: Actor, **kwargs: Any):
        if actor.is_enterprise and firm is None:
            firm = register.enterprise(actor.enterprise)
        self.firm, self.firms = firm, []
        super().__init__(*args, actor=actor, **kwargs)
        dropped = ["enterprise", "spot", "county", "sector"] if firm else ["premises", "workpost"]
        if actor.is_enterprise:
            dropped += [name for name in self.OF_OFFICIALS if name not in dropped]
        for name in dropped:
            self.fields.pop(name, None)
        for name in ("party", "premises", "workpost", "theme"):
            if name in self.fields and not self.fields[name].choices[(0 if name == "party" else 1) :]:  # type: ignore[attr-defined]
                del self.fields[name]

    def fill_enterprise(self, field: forms.Field) -> None:
        if self.firm is None:
            self.firms = register.choices()
            field.widget.attrs |= {"list": "firms", "autocomplete": "off"}

    def fill_source(self, field: forms.ChoiceField) -> None:
        found = standards.source_choices(self.actor.role, on=self.today)
        others = ("PUBLIC",) if self.actor.is_enterprise else ("PUBLIC", "SELF")
        field.choices = [c for c in found if not c[0].startswith(others)]
        field.initial = "SELF_COMPREHENSIVE" if self.actor.is_enterprise else self.usual

    #: what an organ most often chooses
    usual = "GOV_OPEN"

    def fill_theme(self, field: forms.ChoiceField) -> None:
        lists = checklists.all_in_force(on=self.today)
        own = checklists.list_for(self.firm.sector) if self.firm else ""
        field.choices = [("", _("本行业的检查表")), *((c.code, c.label) for c in lists if c.code != own)]

    def fill_county(self, field: forms.ChoiceField) -> None:
        known = [(p.code, p.name) for p in places.counties()]
        if self.actor.level is Level.COUNTY or self.actor.level is Level.TOWN:
            known = [c for c in known if self.actor.code.startswith(c[0])]
        elif self.actor.duties:
            known = [c for c in known if c[0] in self.actor.duties]
        field.choices = [("", "—"), *known]

    def fill_sector(self, field: forms.ChoiceField) -> None:
        field.choices = [("", "—"), *standards.sector_choices(on=self.today)]

    def fill_premises(self, field: forms.ChoiceField) -> None:
        rows = self.firm.premises.filter(until=None) if self.firm else ()
        self._premises = {str(p.pk): p for p in rows}
        field.choices = [("", _("全部场所")), *((k, p.name) for k, p in self._premises.items())]

    def fill_workpost(self, field: forms.ChoiceField) -> None:
        rows = self.firm.workposts.filter(until=None) if self.firm else ()
        self._workposts = {str(p.pk): p for p in rows}
        field.choices = [("", _("全部岗位")), *((k, p.name) for k, p in self._workposts.items())]

    def fill_party(self, field: forms.MultipleChoiceField) -> None:
        county = self.firm.county if self.firm else self.actor.code[:6]
        self._people: dict[str, Actor] = {}
        groups = []
        for name, members in queries.companions(self.actor, county=county, on=self.today):
            keyed = {f"{a.id}@{a.position}": a for a in members}
            self._people |= keyed
            groups.append((name, [(key, _said(a)) for key, a in keyed.items()]))
        field.choices = groups

    def clean_enterprise(self) -> Any:
        said = self.cleaned_data["enterprise"].strip()
        if not said:
            return None
        found = register.named(said)
        if found is None:
            raise forms.ValidationError(_("没有找到这家企业,请从列表中选择,或先登记企业"))
        return found

    def clean_premises(self) -> Any:
        return self._premises.get(self.cleaned_data["premises"])

    def clean_workpost(self) -> Any:
        return self._workposts.get(self.cleaned_data["workpost"])

    def clean_party(self) -> list[Actor]:
        return [self._people[key] for key in self.cleaned_data["party"]]

    def inputs(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        if self.firm is not None:
            given["enterprise"] = self.firm
        elif given.get("enterprise") is None and self.actor.level is Level.TOWN:
            given["town"] = self.actor.code
        return given


def _said(a: Actor) -> str:
    """A companion as one line: name, post, credential."""
    if not queries.enforces(a):
        return f"{a.name} · {a.title}"
    return f"{a.name} · {a.title}({a.credential or _now('无执法证')})"


class Plan(Arranged):
    planned_on = day_field(_("检查日期"))
    planned_until = day_field(_("最迟日期"), required=False, help_text=_("不填时只在当天"))
    usual = "GOV_PLAN"
    field_order = ("enterprise", "source", "planned_on", "planned_until", "premises", "workpost", "theme")

    def fill_planned_on(self, field: forms.DateField) -> None:
        field.initial = self.today


PLACES_HELP = _("用于消防综合判定;不涉及时选其他场所")


class OnSite(VisitForm):
    """Where one stands when it begins."""

    where = forms.CharField(label=_("到场地点"), required=False, max_length=100)
    places = forms.ChoiceField(
        label=_("场所类型"), choices=PlaceKind.choices, initial=PlaceKind.OTHER, help_text=PLACES_HELP
    )

    def fill_where(self, field: forms.CharField) -> None:
        if self.visit is not None and self.visit.enterprise is not None:
            field.initial = self.visit.enterprise.address[:100]


class Begin(Arranged):
    where = forms.CharField(label=_("到场地点"), required=False, max_length=100)
    places = forms.ChoiceField(
        label=_("场所类型"), choices=PlaceKind.choices, initial=PlaceKind.OTHER, help_text=PLACES_HELP
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.actor.is_enterprise:
            del self.fields["where"]

    def fill_where(self, field: forms.CharField) -> None:
        if self.firm is not None:
            field.initial = self.firm.address[:100]


class Authorise(VisitForm):
    opinion = words_field(_("批准意见"), required=False, limit=200)


class Finish(VisitForm):
    conclusion = words_field(_("检查结论"))
    where = forms.CharField(label=_("离场地点"), required=False, max_length=100)
    signer = forms.CharField(label=_("现场负责人"), required=False, max_length=60,
                             help_text=_("拒绝签字的,勾选“拒绝签字”并填写见证人"))  # fmt: skip
    signer_post = forms.CharField(label=_("现场负责人职务"), required=False, max_length=60)
    firm_opinion = words_field(_("被检查单位意见"), required=False, limit=300, rows=2)
    refused = forms.BooleanField(label=_("现场负责人拒绝签字"), required=False)
    witness = forms.CharField(label=_("见证人"), required=False, max_length=60)
    confirmed_by = forms.ChoiceField(
        label=_("本企业确认人"), required=False, help_text=_("有当场整改的须另一人确认")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        own = self.visit is not None and self.visit.mode == "SELF"
        official = ("where", "signer", "signer_post", "firm_opinion", "refused", "witness")
        for name in official if own else ("confirmed_by",):
            del self.fields[name]

    def fill_conclusion(self, field: forms.CharField) -> None:
        assert self.visit is not None
        if self.visit.answered_no and self.visit.unmet_no == 0:
            field.initial = "经检查,未发现隐患"

    def fill_where(self, field: forms.CharField) -> None:
        if self.visit is not None:
            field.initial = self.visit.started_where

    def fill_confirmed_by(self, field: forms.ChoiceField) -> None:
        groups = queries.companions(self.actor, county="", on=self.today) if self.actor.is_enterprise else []
        self._colleagues = {str(a.id): a for _name, members in groups for a in members}
        field.choices = [("", "—"), *((key, a.name) for key, a in self._colleagues.items())]

    def clean_confirmed_by(self) -> Actor | None:
        return self._colleagues.get(self.cleaned_data["confirmed_by"])


class File(VisitForm):
    scans = PhotosField(
        label=_("签字后的检查记录"), required=False, documents=True, help_text=_("照片或PDF,可不附")
    )


class Void(VisitForm):
    reason = words_field(_("作废理由"), limit=300)


class Advise(VisitForm):
    words = words_field(_("建议内容"))


class DecideAdvice(VisitForm):
    item = forms.ChoiceField(label=_("哪一条建议"))
    adopted = forms.TypedChoiceField(
        label=_("是否采纳"), choices=(("1", _("采纳")), ("0", _("不采纳"))), coerce=lambda v: v == "1",
        widget=forms.RadioSelect,
    )  # fmt: skip
    why = words_field(_("措施或不采纳的理由"), required=False, limit=300)

    def fill_item(self, field: forms.ChoiceField) -> None:
        assert self.visit is not None
        field.choices = [(a.pk, a.words[:60]) for a in self.visit.advices.filter(adopted=None)]

    def clean_item(self) -> int:
        return int(self.cleaned_data["item"])


BY_ACT: dict[str, type[VisitForm]] = {
    "plan": Plan, "begin": Begin, "authorise": Authorise, "start": OnSite, "finish": Finish, "file": File,
    "void": Void, "advise": Advise, "decide_advice": DecideAdvice,
}  # fmt: skip


class ItemForm(VisitForm):
    """One item of the worksheet: three buttons, or a number; words and photos where it is not met."""

    besides = frozenset({"drop"})  # photos that are not used after all

    result = forms.ChoiceField(choices=(("", "—"), *Result.choices), required=False)
    number = forms.DecimalField(required=False, max_digits=14, decimal_places=3, min_value=0)
    limit = forms.DecimalField(required=False, max_digits=14, decimal_places=3, min_value=0)
    words = words_field(_("存在的问题"), required=False, rows=2)
    location = forms.CharField(label=_("部位"), required=False, max_length=100)
    before = Shots(label=_("问题照片"), required=False, limit=6, help_text=_("不能拍照的,在下面写明原因"))
    no_photo = forms.CharField(label=_("无法拍照的原因"), required=False, max_length=100)
    on_spot = forms.BooleanField(label=_("已当场整改"), required=False)
    measures = forms.CharField(label=_("整改措施"), required=False, max_length=300)
    after = Shots(label=_("整改后照片"), required=False, limit=6)

    def __init__(
        self, *args: Any, item: ChecklistItem | None, code: str, answer: Answer | None, **kwargs: Any
    ):
        self.item, self.code, self.answer = item, code, answer
        names = ("result", "number", "limit", "words", "location", "no_photo", "on_spot", "measures")
        said = {n: getattr(answer, n) for n in names} if answer else kwargs.get("initial", {})
        kwargs["initial"] = {n: findings.plain(v) if isinstance(v, Decimal) else v for n, v in said.items()}
        kwargs.setdefault("auto_id", f"{code.replace('+', 'x')}-%s")
        super().__init__(*args, **kwargs)
        self.fields["words"].wanted = self.fields["before"].wanted = True  # type: ignore[attr-defined]
        if item is None or not item.number or item.limit is not None:
            del self.fields["limit"]
        if item is None or not item.number:
            del self.fields["number"]
        else:
            self.fields["number"].label = f"{item.number}({item.unit})"
            if "limit" in self.fields:
                self.fields["limit"].label = f"{item.limit_label}({item.unit})"

    def clean(self) -> dict[str, Any]:
        """What stands on no list is nothing but its words; a fault of the list may find them before the end."""
        said = super().clean() or {}
        if self.item is None and said.get("result") != Result.MET and not said.get("words", "").strip():
            self.add_error("words", _now("请写明存在的问题"))
        return said

    def answers(self) -> list[dict[str, Any]]:
        """What the command is told: this item alone."""
        said = dict(self.cleaned_data)
        said["drop"] = self.data.getlist("drop") if hasattr(self.data, "getlist") else []
        if self.item is None and said["words"].strip() and not said["result"]:
            said["result"] = Result.NOT_MET
        return [{"code": self.code} | said]
