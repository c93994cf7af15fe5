"""One's own subscriptions: a new one, its deliveries, sending one again."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.forms import Strict
from anlan.kernel.told import told
from anlan.kernel.web import Request
from anlan.kernel.words import Refused
from anlan.notices import outbound, webhook_commands, webhooks
from anlan.notices.models import Subscription, SubscriptionState
from anlan.notices.workflow import SUBSCRIPTION

SHOWN = 50
KINDS = {"hazard": _("隐患"), "suspension": _("停产整顿"), "document": _("文书"), "enterprise": _("企业")}


class Subscribe(Strict):
    """To whom, where to, of which acts."""

    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("写明推给哪个系统"))
    url = forms.CharField(
        label=_("推送地址"), max_length=outbound.LONGEST, help_text=_("https地址,不能在内部网络")
    )
    events = forms.MultipleChoiceField(
        label=_("事项"), widget=forms.SelectMultiple(attrs={"size": 12}), help_text=_("按住Ctrl可选多项")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["events"]
        field.choices = [(KINDS[kind], choices) for kind, choices in webhooks.event_choices()]

    def clean_url(self) -> str:
        """Resolved now, so that a mistake shows here and not in the night."""
        try:
            outbound.looked_at(self.cleaned_data["url"])
        except Refused as refusal:
            raise forms.ValidationError(told(refusal.reason)) from None
        return self.cleaned_data["url"]


def _mine(request: Request, pk: int) -> Subscription:
    mine = Subscription.objects.filter(pk=pk, user=request.user)
    found = mine.select_related("position__organisation").first()
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: Request) -> HttpResponse:
    """My subscriptions and the form for a new one. A secret is shown once."""
    if not request.actor.may("webhook.manage"):
        raise Http404
    now, refused, made = timezone.now(), None, None
    form = Subscribe(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = webhook_commands.subscribe(
                by=request.actor, at=now, key=webhooks.new_key(), **form.cleaned_data
            )
        except Refused as refusal:
            refused = refusal
        else:
            form = Subscribe(None)
    rows = Subscription.objects.filter(user=request.user).exclude(state=SubscriptionState.ENDED)
    context = {
        "form": form,
        "refused": refused,
        "secret": webhooks.secret_of(made) if made else "",
        "rows": list(rows.select_related("position__organisation").order_by("-made_at")),
    }
    status = 422 if form.errors or refused else 200
    return render(request, "notices/webhooks.html", context, status=status)


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """One subscription and what was delivered, the latest first."""
    return _shown(request, _mine(request, pk))


def _shown(request: Request, s: Subscription, *, secret: str = "") -> HttpResponse:
    labels = {c.name: c.transition.label for c in COMMANDS.values()}
    context = {
        "s": s,
        "secret": secret,
        "events": [str(labels.get(code, code)) for code in s.events],
        "offers": [o for o in SUBSCRIPTION.offers(s, request.actor, timezone.now()) if o.allowed],
        "deliveries": [
            {"d": d, "label": labels.get(d.event, d.event)} for d in s.deliveries.order_by("-made_at")[:SHOWN]
        ],
    }
    return render(request, "notices/webhook.html", context)


@never_cache
@require_POST
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Pause, resume, rotate or end."""
    s, transition = _mine(request, pk), SUBSCRIPTION.transitions.get(name)
    if transition is None or transition.creates:
        raise Http404
    given: dict[str, Any] = {"key": webhooks.new_key()} if name == "rotate" else {}
    try:
        COMMANDS[f"subscription.{name}"](s.pk, by=request.actor, at=timezone.now(), id=new_id(), **given)
    except Refused as refusal:
        messages.error(request, told(refusal.reason))
        return redirect("webhooks:detail", pk)
    if name == "rotate":
        renewed = _mine(request, pk)
        return _shown(request, renewed, secret=webhooks.secret_of(renewed))
    messages.success(request, _now("已办理:%(act)s") % {"act": transition.label})
    return redirect("webhooks:list") if name == "end" else redirect("webhooks:detail", pk)


@require_POST
def resend(request: Request, pk: int, delivery: UUID) -> HttpResponse:
    """Try a delivery that ended once more."""
    _mine(request, pk)
    if not webhook_commands.resend(delivery, person=request.user.pk, at=timezone.now()):
        raise Http404
    messages.success(request, _now("已重新排入推送"))
    return redirect("webhooks:detail", pk)
