"""One's own tokens of the API: what there are, a new one, the end of one."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from anlan.kernel.clock import day_of
from anlan.kernel.command import new_id
from anlan.kernel.forms import Strict
from anlan.kernel.web import Request, act_id
from anlan.kernel.words import Refused
from anlan.people import scopes, token_commands, tokens
from anlan.people.models import ApiToken


class Make(Strict):
    """A name that says which program it is for, scopes, and a last day."""

    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("写明哪个系统使用,例如“园区平台”"))
    scopes = forms.MultipleChoiceField(label=_("权限"), widget=forms.CheckboxSelectMultiple)
    until = forms.DateField(
        label=_("有效期至"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("最长一年")
    )

    def __init__(self, *args: Any, actor: Any, now: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = scopes.offered(actor.can)  # type: ignore[attr-defined]
        self.fields["until"].initial = day_of(now) + timedelta(days=90)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: Request) -> HttpResponse:
    """My tokens and the form for a new one. A secret is shown in the answer to its making and never again."""
    now, refused, made = timezone.now(), None, None
    form = Make(request.POST if request.method == "POST" else None, actor=request.actor, now=now)
    if request.method == "POST" and form.is_valid():
        fresh = tokens.new()
        try:
            token_commands.make(
                key=fresh.key, digest=fresh.digest, by=request.actor, at=now, id=act_id(request),
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refusal:
            refused = refusal
        else:
            made, form = fresh.secret, Make(None, actor=request.actor, now=now)
    labels = {s.code: str(s.label) for s in scopes.SCOPES.values()}
    on = day_of(now)
    context = {
        "form": form,
        "refused": refused,
        "made": made,
        "act_id": str(new_id()),
        "rows": [
            {
                "t": t,
                "scopes": "、".join(labels[c] for c in t.scopes),
                "held": token_commands.position_of(t, on=on) is not None,
                "late": t.until < on,
            }
            for t in token_commands.of_person(request.user.pk)
        ],
        "may": bool(scopes.offered(request.actor.can)) and not request.actor.on_behalf_of,
    }
    status = 422 if form.errors or refused else 200
    return render(request, "people/tokens.html", context, status=status)


@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    if not ApiToken.objects.filter(pk=pk, user=request.user).exists():
        raise Http404
    try:
        token_commands.revoke(pk, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
    else:
        messages.success(request, _now("令牌已吊销,立即失效"))
    return redirect("people:tokens")
