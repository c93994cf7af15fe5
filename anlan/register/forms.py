"""Forms of the enterprise file: sign-up, entry, and one per act."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anlan.kernel import personal
from anlan.kernel.clock import day_of
from anlan.kernel.forms import Strict
from anlan.kernel.scope import Actor, Level
from anlan.places import queries as places
from anlan.register.models import Enterprise, EnterpriseSector, Premises, ResponsiblePerson, Workpost
from anlan.register.states import PersonRole, PremisesKind, Scale
from anlan.standards import queries as standards

FACTS = (
    "name", "uscc", "county", "town", "sector", "industry", "address", "lng", "lat", "scale", "headcount",
)  # fmt: skip


class FileForm(Strict):
    """Base: knows the file, who acts and when; `inputs()` is what the command is called with."""

    def __init__(
        self, *args: Any, file: Enterprise | None = None, actor: Actor | None, now: Any, **kwargs: Any
    ):
        self.file, self.actor, self.now = file, actor, now
        self._known: dict[str, str] = {}
        self.today: date = day_of(now)
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            fill: Callable[[Any], None] | None = getattr(self, f"fill_{name}", None)
            if fill is not None:
                fill(field)

    def inputs(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def person(self, name: str, phone: str) -> dict[str, str]:
        """Somebody of the firm, kept beside its file."""
        return {"name": self._kept(name), "phone": self._kept(phone)}

    def _kept(self, value: str) -> str:
        """Once for the whole form: the head of a small firm is its safety manager too."""
        if value not in self._known:
            subject = self.file.pk if self.file else None
            self._known[value] = personal.keep(value, kind="enterprise", subject=subject, act=self.act)
        return self._known[value]


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))


class Facts(FileForm):
    """What a file says of a firm."""

    name = forms.CharField(label=_("单位全称"), max_length=100, help_text=_("与营业执照一致"))
    uscc = forms.CharField(label=_("统一社会信用代码"), required=False, max_length=18, help_text=_("18位"))
    sector = forms.ChoiceField(label=_("行业领域"))
    county = forms.ChoiceField(label=_("属地县(市、区)"))
    town = forms.ChoiceField(label=_("属地乡镇(街道)"), required=False)
    address = forms.CharField(label=_("地址"), required=False, max_length=200)
    scale = forms.ChoiceField(label=_("规模"), required=False, choices=[("", "—"), *Scale.choices])
    headcount = forms.IntegerField(label=_("从业人数"), required=False)
    industry = forms.CharField(
        label=_("国民经济行业代码"), required=False, max_length=6, help_text=_("如 C26、C2614(GB/T 4754)")
    )
    lng = forms.DecimalField(label=_("经度"), required=False, max_digits=9, decimal_places=6)
    lat = forms.DecimalField(label=_("纬度"), required=False, max_digits=8, decimal_places=6)

    def __init__(self, *args: Any, **kwargs: Any):
        file = kwargs.get("file")
        if file is not None:
            said = {name: getattr(file, name) for name in FACTS}
            kwargs["initial"] = said | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def fill_sector(self, field: forms.ChoiceField) -> None:
        known = standards.sector_choices(on=self.today)
        if self.actor is not None and self.actor.sectors is not None and self.file is None:
            known = [(code, name) for code, name in known if code in self.actor.sectors]
        field.choices = [("", "—"), *known]

    def fill_county(self, field: forms.ChoiceField) -> None:
        known = places.county_choices(on=self.today)
        if self.actor is not None and self.file is None:
            if self.actor.level is Level.COUNTY:
                known = [c for c in known if c[0] == self.actor.code]
            elif self.actor.level is Level.TOWN:
                known = [c for c in known if c[0] == places.unit_of(self.actor.code)]
        field.choices = known if len(known) == 1 else [("", "—"), *known]

    def fill_town(self, field: forms.ChoiceField) -> None:
        chosen = self.fields["county"].choices  # type: ignore[attr-defined]
        counties = [code for code, _name in chosen if code]
        field.choices = [("", "—")]
        for code in counties:
            named = [(p.code, p.label) for p in places.towns(code, on=self.today)]
            if self.actor is not None and self.actor.level is Level.TOWN and self.file is None:
                named = [t for t in named if t[0] == self.actor.code]
            field.choices.append((places.name_of(code), named))


class Enter(Facts):
    """Entered by the place."""

    principal_name = forms.CharField(label=_("主要负责人"), max_length=40)
    principal_phone = forms.CharField(label=_("主要负责人电话"), required=False, max_length=20)
    manager_name = forms.CharField(label=_("安全管理人员"), required=False, max_length=40)
    manager_phone = forms.CharField(label=_("安全管理人员电话"), required=False, max_length=20)

    def inputs(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        who = {
            n: given.pop(n) for n in ("principal_name", "principal_phone", "manager_name", "manager_phone")
        }
        given["principal"] = self.person(who["principal_name"], who["principal_phone"])
        if who["manager_name"]:
            given["safety_manager"] = self.person(who["manager_name"], who["manager_phone"])
        return given


class SignUp(Enter):
    """Applied for by the firm; the town is needed, for nobody else can approve."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["town"].required = True
        self.fields["uscc"].required = True
        self.fields["principal_phone"].required = True


class Update(Facts):
    is_key = forms.BooleanField(label=_("重点单位"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["is_key"].initial = bool(self.file and self.file.is_key)

    def inputs(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if getattr(self.file, k) != v}


class Declare(Facts):
    """What the firm itself may change."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("name", "uscc", "sector", "county", "town"):
            del self.fields[name]

    inputs = Update.inputs


class Approve(FileForm):
    opinion = forms.CharField(label=_("审核意见"), required=False, max_length=300)


class Opinion(FileForm):
    opinion = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SetPerson(FileForm):
    role = forms.ChoiceField(label=_("责任"), choices=PersonRole.choices)
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("电话"), required=False, max_length=20)
    certificate = forms.CharField(label=_("证书号"), required=False, max_length=40)
    since = _day(_("任职日期"), required=False)

    def inputs(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | self.person(given["name"], given["phone"])


class AddPremises(FileForm):
    name = forms.CharField(label=_("场所名称"), max_length=100)
    kind = forms.ChoiceField(label=_("类型"), choices=PremisesKind.choices)
    address = forms.CharField(label=_("地址"), required=False, max_length=200)


class AddWorkpost(FileForm):
    name = forms.CharField(label=_("岗位名称"), max_length=60)
    premises = forms.ChoiceField(label=_("所在场所"), required=False)
    people_no = forms.IntegerField(label=_("人数"), required=False, min_value=0, max_value=100_000)
    certificate_needed = forms.BooleanField(label=_("须持证上岗"), required=False)

    def fill_premises(self, field: forms.ChoiceField) -> None:
        rows = Premises.objects.of([self.file] if self.file else []).filter(until=None)
        field.choices = [("", "—"), *((p.pk, p.name) for p in rows)]

    def clean_premises(self) -> int | None:
        said = self.cleaned_data["premises"]
        return int(said) if said else None


class AddSector(FileForm):
    sector = forms.ChoiceField(label=_("行业领域"))

    def fill_sector(self, field: forms.ChoiceField) -> None:
        known = standards.sector_choices(on=self.today) + standards.theme_choices(on=self.today)
        field.choices = [c for c in known if self.file is None or c[0] != self.file.sector]


class _End(FileForm):
    """Choose which of the parts ends."""

    field_name = ""
    parts: Any = None

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = self.parts.objects.of([self.file] if self.file else []).filter(until=None)
        self.fields[self.field_name] = forms.TypedChoiceField(
            label=_("哪一项"), coerce=int, choices=[(p.pk, self.said(p)) for p in rows]
        )

    def said(self, part: Any) -> str:
        return part.name


class EndPerson(_End):
    field_name, parts = "person", ResponsiblePerson

    def said(self, part: Any) -> str:
        name = personal.reveal([part.name]).get(part.name, "")
        return f"{part.get_role_display()} {name}"


class EndPremises(_End):
    field_name, parts = "premises", Premises


class EndWorkpost(_End):
    field_name, parts = "workpost", Workpost


class RemoveSector(FileForm):
    sector = forms.ChoiceField(label=_("行业领域"))

    def fill_sector(self, field: forms.ChoiceField) -> None:
        rows = EnterpriseSector.objects.of([self.file] if self.file else []).filter(until=None)
        field.choices = [(r.sector, standards.sector_name(r.sector)) for r in rows]


BY_ACT: dict[str, type[FileForm]] = {
    "approve": Approve, "refuse": Opinion, "update": Update, "declare": Declare, "set_person": SetPerson,
    "end_person": EndPerson, "add_premises": AddPremises, "end_premises": EndPremises,
    "add_workpost": AddWorkpost, "end_workpost": EndWorkpost, "add_sector": AddSector,
    "remove_sector": RemoveSector, "close": Opinion, "reopen": Opinion,
}  # fmt: skip
