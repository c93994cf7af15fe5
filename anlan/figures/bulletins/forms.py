"""Forms of bulletins: what a draft is about and says, why one goes back, what the signer read."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from anlan.figures import periods, reach, whose
from anlan.figures.bulletins import queries
from anlan.figures.bulletins.commands import WORDS
from anlan.figures.bulletins.models import Bulletin
from anlan.figures.bulletins.reading import GROUPS
from anlan.figures.bulletins.states import Kind, Section
from anlan.figures.periods import Named, Period
from anlan.kernel.forms import Strict
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places

DAY = forms.DateInput(attrs={"type": "date"})


def _text(label: Any, *, limit: int, required: bool = True, rows: int = 0, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    return forms.CharField(label=label, max_length=limit, required=required, widget=widget, **more)


class Content(Strict):
    """What it is about, whose work it counts, what it holds and to whom it goes."""

    besides = frozenset({"preview"})

    place = forms.ChoiceField(label=_("地方"))
    period = forms.ChoiceField(
        label=_("期间"),
        required=False,
        help_text=_("节日、周、月、集中行动各阶段;不在其中的,请在下面填起止日期"),
    )
    start = forms.DateField(label=_("自"), required=False, widget=DAY)
    end = forms.DateField(label=_("至"), required=False, widget=DAY)
    system = forms.ChoiceField(
        label=_("口径:系统"), required=False, choices=[("", _("全部系统")), *whose.SYSTEMS.items()]
    )
    group = forms.ChoiceField(
        label=_("口径:检查组"), required=False,
        choices=[("", _("全部检查组")), *((code, words) for code, (words, _sources) in GROUPS.items())],
    )  # fmt: skip
    sections = forms.MultipleChoiceField(
        label=_("内容"), choices=Section.choices, widget=forms.CheckboxSelectMultiple
    )
    title = _text(_("标题"), limit=80)
    problems = _text(_("存在问题"), limit=4000, rows=4, required=False)
    requirements = _text(_("工作要求"), limit=4000, rows=4, required=False)
    main_to = _text(_("主送"), limit=200)
    addressed = forms.MultipleChoiceField(
        label=_("发给"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("签发后,这些地方的有关单位能在“收到的”里看到"),
    )  # fmt: skip
    copied_to = _text(_("抄送"), limit=200, required=False)

    def __init__(
        self, *args: Any, actor: Actor, today: date, bulletin: Bulletin | None = None, **kwargs: Any
    ):
        self.actor, self.today = actor, today
        given: dict[str, Any] = kwargs.pop("initial", None) or {}
        kwargs["initial"] = _suggested(actor, bulletin, today) | given
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        own = reach.own_place(actor)
        below = places.county_choices() if actor.level is Level.CITY else places.town_choices(own)
        fields["place"].choices = [(own, places.name_of(own)), *below]
        offered = [(n.code, n.label) for n in periods.offered(on=today)]
        if bulletin is not None and bulletin.period and bulletin.period not in dict(offered):
            offered.append((bulletin.period, bulletin.period_label))
        fields["period"].choices = [("", _("自定日期")), *offered]
        fields["addressed"].choices = queries.places_below("" if actor.level is Level.CITY else own)

    def named(self) -> Named:
        """The period under its name, or the two days. Refused where there is neither."""
        said = self.cleaned_data
        if said["period"]:
            with override("zh-hans"):  # it stands in an official text
                return periods.named(said["period"], on=self.today)
        if said["start"] is None or said["end"] is None:
            raise Refused(Reason("请选择期间,或填写起止日期"), "start")
        return Named("", "", Period(said["start"], said["end"]))

    def inputs(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "place": said["place"], "named": self.named(), "system": said["system"], "group": said["group"],
            "sections": [s for s in Section.values if s in said["sections"]],
            "words": {name: said[name] for name in WORDS}, "addressed": list(said["addressed"]),
        }  # fmt: skip


def stands(b: Bulletin) -> dict[str, Any]:
    """What a bulletin has chosen and says, as a form carries it."""
    return {name: getattr(b, name) for name in (*WORDS, "place", "system", "group")} | {
        "period": b.period, "start": b.start, "end": b.end, "sections": list(b.chosen), "addressed": list(b.sent_to),
    }  # fmt: skip


def _suggested(actor: Actor, b: Bulletin | None, today: date) -> dict[str, Any]:
    """A draft's own choice, or what an office usually sends."""
    if b is not None:
        return stands(b)
    own = reach.own_place(actor)
    city = actor.level is Level.CITY
    below = queries.places_below("" if city else own)
    return {
        "place": own, "period": f"week-{periods.week_of(today).start - periods.DAY}", "title": "安全生产隐患排查治理情况",
        "sections": [Section.STATISTICS, Section.SECTORS, Section.UNITS, Section.MAJORS],
        "main_to": "各县(市、区)人民政府,市安委会各成员单位" if city else "各乡镇(街道),区安委会各成员单位",
        "addressed": [code for code, _name in below],
    }  # fmt: skip


class Draft(Content):
    """Begin one; a corrected one names what it replaces and why."""

    kind = forms.ChoiceField(label=_("种类"), choices=Kind.choices)
    replaces = forms.ChoiceField(label=_("更正并替代"), required=False, help_text=_("不是更正件的不选"))
    correction = _text(_("更正原因"), limit=300, required=False)
    field_order = ("kind", "replaces", "correction")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._signed = {str(b.pk): b for b in queries.own_signed(self.actor)}
        field: Any = self.fields["replaces"]
        field.choices = [("", "—"), *((key, f"{b.called} {b.title}"[:60]) for key, b in self._signed.items())]

    def inputs(self) -> dict[str, Any]:
        said = self.cleaned_data
        return super().inputs() | {
            "kind": said["kind"], "replaces": self._signed.get(said["replaces"]), "correction": said["correction"],
        }  # fmt: skip


class Act(Strict):
    """Base of acts upon one that is there."""

    def __init__(
        self, *args: Any, actor: Actor, today: date, bulletin: Bulletin | None = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)

    def inputs(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class Why(Act):
    reason = _text(_("理由"), limit=300, rows=3)


class Sign(Act):
    """Carries the hash of what was read, so that nobody signs other figures than he saw."""

    seen_digest = forms.CharField(
        label=_("所阅内容的散列值"), min_length=64, max_length=64, widget=forms.HiddenInput
    )


BY_ACT: dict[str, Any] = {"sign": Sign, "send_back": Why, "revise": Content, "withdraw": Why}
