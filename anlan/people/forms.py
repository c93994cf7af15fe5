"""Forms of the door, of one's own account, and of who keeps the accounts."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from anlan.kernel.clock import day_of
from anlan.kernel.forms import Strict
from anlan.kernel.scope import Actor, Level
from anlan.people import queries
from anlan.people.models import Organisation, Position, User
from anlan.people.roles import ROLES
from anlan.people.states import AccountState, Kind
from anlan.places import queries as places

_NONE = [("", "—")]


class Login(AuthenticationForm):
    """User name and password. A demonstration's account does not work in production."""

    def clean_username(self) -> str:
        return self.cleaned_data["username"].strip().lower()

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if user.is_demo and settings.PRODUCTION:
            raise ValidationError(_("演示账号不能在正式环境登录,请使用本人的账号"), code="demo")


class Token(Strict):
    """Six digits of the authenticator, or a spare code."""

    token = forms.CharField(
        label=_("动态口令"),
        max_length=16,
        help_text=_("打开手机上的动态口令应用,填写6位数字"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_token(self) -> str:
        return self.cleaned_data["token"].replace(" ", "")


def _password(label: Any, kind: str) -> forms.CharField:
    return forms.CharField(
        label=label, strip=False, max_length=128, widget=forms.PasswordInput(attrs={"autocomplete": kind})
    )


class OwnPassword(Strict):
    """The holder chooses his password; he proves the one he has."""

    old = _password(_("现在的密码"), "current-password")
    new = _password(_("新密码"), "new-password")
    again = _password(_("再输入一次新密码"), "new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = _(
            "至少10位,含大写字母、小写字母、数字、符号中的至少三种,不能是常见密码"
        )

    def clean_old(self) -> str:
        if not self.user.check_password(self.cleaned_data["old"]):
            raise ValidationError(_("现在的密码不对,请重新输入"))
        return self.cleaned_data["old"]

    def clean_new(self) -> str:
        new = self.cleaned_data["new"]
        validate_password(new, self.user)
        if self.user.check_password(new):
            raise ValidationError(_("新密码不能与现在的密码相同"))
        return new

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("new") and said.get("again") is not None and said["new"] != said["again"]:
            self.add_error("again", _("两次输入的新密码不一致"))
        return said


class ActForm(Strict):
    """Base: knows the row, who acts and when; `inputs()` is what the command is called with."""

    def __init__(self, *args: Any, row: Any = None, actor: Actor, now: Any, **kwargs: Any):
        self.row, self.actor, self.today = row, actor, day_of(now)
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            fill = getattr(self, f"fill_{name}", None)
            if fill is not None:
                fill(field)

    def inputs(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def _county_choices(actor: Actor) -> list[tuple[str, str]]:
    known = places.county_choices()
    return [c for c in known if c[0] == actor.code] if actor.level is Level.COUNTY else known


class Confirm(ActForm):
    """Nothing to fill in."""


class Rename(ActForm):
    name = forms.CharField(label=_("姓名"), max_length=40)


class Reason(ActForm):
    reason = forms.CharField(label=_("原因"), max_length=200)


class PositionFields(ActForm):
    """A position: where, as what, for which place and fields, between which days."""

    organisation = forms.ChoiceField(label=_("单位"))
    role = forms.ChoiceField(label=_("角色"))
    title = forms.CharField(
        label=_("职务"), required=False, max_length=40, help_text=_("如 副局长、科长;不填则用角色名称")
    )
    sectors = forms.MultipleChoiceField(
        label=_("主管行业领域"), required=False, help_text=_("行业部门须选择;其他职务不选表示全部")
    )
    duties = forms.MultipleChoiceField(
        label=_("分工的县(市、区)"), required=False, help_text=_("督导暗访组员、专家按分工查看")
    )
    since = _day(_("任职日期"), required=False, help_text=_("不填为今天"))
    until = _day(_("结束日期"), required=False, help_text=_("督导暗访组员、专家须填写"))

    def fill_organisation(self, field: forms.ChoiceField) -> None:
        rows = queries.kept_organisations(self.actor)
        field.choices = _NONE + [(str(o.pk), o.name) for o in rows]

    def fill_role(self, field: forms.ChoiceField) -> None:
        field.choices = _NONE + [
            (r.code, r.label) for r in ROLES.values() if r.levels != frozenset({Level.ENTERPRISE})
        ]

    def fill_sectors(self, field: forms.MultipleChoiceField) -> None:
        field.choices = queries.sector_choices()

    def fill_duties(self, field: forms.MultipleChoiceField) -> None:
        field.choices = places.county_choices()

    def position(self) -> dict[str, Any]:
        """What `appoint` is called with; level and place follow from the organisation and the role."""
        said = self.cleaned_data
        o = Organisation.objects.get(pk=int(said["organisation"]))
        level, code = queries.level_in(o, said["role"])
        names = ("role", "title", "sectors", "duties", "since", "until")
        return {"organisation": o.pk, "level": level, "code": code} | {n: said[n] for n in names}

    def inputs(self) -> dict[str, Any]:
        return self.position()


class OpenAccount(PositionFields):
    """A new account with its first position. The one-time password is shown once."""

    username = forms.CharField(
        label=_("用户名"), max_length=40, help_text=_("小写字母、数字和 . _ - ,2到40位")
    )
    name = forms.CharField(label=_("姓名"), max_length=40)
    field_order = ("username", "name", "organisation", "role", "title")


class EnrolFirm(ActForm):
    """An account for somebody of a firm."""

    username = forms.CharField(label=_("用户名"), max_length=40, help_text=_("如手机号或单位简称拼音"))
    name = forms.CharField(label=_("姓名"), max_length=40)
    role = forms.ChoiceField(
        label=_("角色"),
        choices=[(c, ROLES[c].label) for c in ("principal", "safety_manager", "worker")],
    )
    title = forms.CharField(label=_("职务"), required=False, max_length=40)


class StepDown(ActForm):
    on = _day(_("最后一天"), required=False, help_text=_("不填为昨天;当天仍可使用"))


class HandOver(ActForm):
    user = forms.ChoiceField(label=_("接任的人"))
    title = forms.CharField(label=_("接任者职务"), required=False, max_length=40)

    def fill_user(self, field: forms.ChoiceField) -> None:
        rows = queries.accounts(self.actor).filter(state=AccountState.ACTIVE).exclude(pk=self.row.user_id)
        same = set(queries.holders(self.row.organisation_id, on=self.today))
        named = [(str(u.pk), f"{u.name}({u.username})", u.pk in same) for u in rows.order_by("name")]
        field.choices = _NONE + [(pk, label) for pk, label, _here in sorted(named, key=lambda n: not n[2])]

    def inputs(self) -> dict[str, Any]:
        return {"user": int(self.cleaned_data["user"]), "title": self.cleaned_data["title"]}


class SetDuties(ActForm):
    duties = forms.MultipleChoiceField(label=_("分工的县(市、区)"), required=False)

    def fill_duties(self, field: forms.MultipleChoiceField) -> None:
        field.choices, field.initial = places.county_choices(), self.row.duties


class IssueCredential(ActForm):
    number = forms.CharField(label=_("执法证号"), max_length=30)
    since = _day(_("有效期自"))
    until = _day(_("有效期至"))


class OrganisationFields(ActForm):
    name = forms.CharField(label=_("单位名称"), max_length=100)
    short = forms.CharField(label=_("简称"), required=False, max_length=30)
    kind = forms.ChoiceField(label=_("类型"), choices=[c for c in Kind.choices if c[0] != Kind.ENTERPRISE])
    county = forms.ChoiceField(label=_("县(市、区)"), required=False, help_text=_("市级单位不选"))
    town = forms.ChoiceField(label=_("乡镇(街道)"), required=False, help_text=_("乡镇街道应急站须选"))
    sectors = forms.MultipleChoiceField(label=_("主管行业领域"), required=False)
    doc_word = forms.CharField(
        label=_("机关代字"), required=False, max_length=20, help_text=_("文号用,如 郑金应急")
    )

    def fill_county(self, field: forms.ChoiceField) -> None:
        known = _county_choices(self.actor)
        field.choices = known if self.actor.level is Level.COUNTY else _NONE + known

    def fill_town(self, field: forms.ChoiceField) -> None:
        groups = [(label, places.town_choices(code)) for code, label in _county_choices(self.actor)]
        field.choices = [("", "—"), *groups]

    def fill_sectors(self, field: forms.MultipleChoiceField) -> None:
        field.choices = queries.sector_choices()


class ChangeOrganisation(OrganisationFields):
    def __init__(self, *args: Any, **kwargs: Any):
        row = kwargs["row"]
        kwargs["initial"] = {n: getattr(row, n) for n in ("name", "short", "sectors", "doc_word")}
        super().__init__(*args, **kwargs)
        for name in ("kind", "county", "town"):
            del self.fields[name]


class Delegate(ActForm):
    """Let a colleague act in one's position for a time."""

    position = forms.ChoiceField(label=_("委托的职务"))
    user = forms.ChoiceField(label=_("受托的人"), help_text=_("同一单位的人"))
    since = _day(_("自"))
    until = _day(_("至"), help_text=_("含当天,一次不超过三个月"))

    def fill_position(self, field: forms.ChoiceField) -> None:
        self.held = Position.objects.filter(queries.held_on(self.today), user=self.actor.id)
        field.choices = [
            (str(p.pk), f"{p.organisation} · {p}") for p in self.held.select_related("organisation")
        ]

    def fill_user(self, field: forms.ChoiceField) -> None:
        found: dict[int, str] = {}
        for p in self.held:
            mates = queries.holders(p.organisation_id, on=self.today)
            found |= {u.pk: u.name for u in User.objects.filter(pk__in=mates).exclude(pk=self.actor.id)}
        field.choices = _NONE + [(str(pk), name) for pk, name in sorted(found.items(), key=lambda n: n[1])]

    def fill_since(self, field: forms.DateField) -> None:
        field.initial = self.today

    def fill_until(self, field: forms.DateField) -> None:
        last: date = self.today + timedelta(days=6)
        field.initial = last

    def inputs(self) -> dict[str, Any]:
        said = self.cleaned_data
        return said | {"position": int(said["position"]), "user": int(said["user"])}
