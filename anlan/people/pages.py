"""The door and one's own account: login, second factor, password, positions, delegation."""

from base64 import b32encode
from typing import Any

import segno
from axes.models import AccessAttempt
from django.contrib import messages
from django.contrib.auth import login as django_login
from django.contrib.auth import logout as django_logout
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_ratelimit.core import is_ratelimited

from anlan.kernel.clock import day_of
from anlan.kernel.web import Request
from anlan.kernel.words import Refused
from anlan.people import commands, forms
from anlan.people.middleware import SEEN, SINCE
from anlan.people.models import Delegation, User
from anlan.people.states import Tenure

BACKEND = "anlan.people.accounts.Accounts"
#: between the password and the second factor: who it is, since when, where to
HALF, HALF_S = "anlan_half", 300
#: attempts to sign in from one address in a minute, whatever the user name
LOGINS = "30/m"


def _onward(request: HttpRequest, to: str) -> str:
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return to if safe else "/"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Sign in. Where a second factor is set, the password alone opens nothing."""
    if is_ratelimited(request, group="login", key="ip", rate=LOGINS, method="POST", increment=True):
        return locked_out(request)
    form = forms.Login(request, request.POST or None)
    to = _onward(request, request.GET.get("next", "/"))
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        if user.second_factor:
            request.session.cycle_key()
            request.session[HALF] = [user.pk, timezone.now().timestamp(), to]
            return redirect("people:second")
        _enter(request, user)
        return redirect(to)
    context = {"form": form, "is_demo": User.objects.filter(is_demo=True).exists()}
    return render(request, "people/login.html", context, status=422 if form.errors else 200)


def _enter(request: HttpRequest, user: User) -> None:
    django_login(request, user, backend=BACKEND)
    request.session[SINCE] = request.session[SEEN] = timezone.now().timestamp()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: Request) -> HttpResponse:
    """The second factor, at most five minutes after the password."""
    pk: Any
    pk, since, to = request.session.get(HALF) or (None, 0, "/")
    fresh = pk is not None and timezone.now().timestamp() - since < HALF_S
    user: User | None = User.objects.filter(pk=pk).first() if fresh else None
    if user is None or not user.is_active:
        return redirect("people:login")
    form = forms.Token(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        device = TOTPDevice.objects.filter(user=user, confirmed=True).first()
        allowed, why = device.verify_is_allowed() if device else (False, None)
        if device is not None and allowed and device.verify_token(form.cleaned_data["token"]):
            del request.session[HALF]
            _enter(request, user)
            otp_login(request, device)
            return redirect(to)
        words = _("输错次数较多,请稍等片刻再试") if why else _("动态口令不对或已过期,请填写当前的6位数字")
        form.add_error("token", words)
    return render(request, "people/second.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    django_logout(request)
    return redirect("people:login")


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords, or too many attempts."""
    return render(request, "people/locked_out.html", {"minutes": 15}, status=429)


# -- one's own account -----------------------------------------------------------------------------


def _mine(request: Request) -> dict[str, Any]:
    on = day_of(timezone.now())
    delegations = Delegation.objects.select_related(
        "position__organisation", "position__user", "user"
    ).filter(position__user=request.user, state=Tenure.HELD, until__gte=on)
    return {
        "positions": [{"p": p, "here": p.pk == request.actor.position} for p in request.positions],
        "delegations": list(delegations),
        "second_factor": request.user.second_factor,
        "attempts": AccessAttempt.objects.filter(username=request.user.username).count(),
    }


@require_safe
def me(request: Request) -> HttpResponse:
    """My account: positions to switch between, password, second factor, delegation."""
    return render(request, "people/me.html", _mine(request))


@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Request) -> HttpResponse:
    """Choose a password of one's own; other sessions end."""
    form = forms.OwnPassword(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        user = commands.set_own_password(
            password=make_password(form.cleaned_data["new"]), by=request.actor, at=timezone.now()
        )
        update_session_auth_hash(request, user)
        messages.success(request, _("密码已修改,其他设备上的登录已退出"))
        return redirect("site:home" if request.user.must_change_password else "people:me")
    context = {"form": form, "first": request.user.must_change_password}
    return render(request, "people/password.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_second(request: Request) -> HttpResponse:
    """Set up the authenticator: scan, then prove it with a first token."""
    if request.user.second_factor:
        return redirect("people:me")
    device = TOTPDevice.objects.filter(user=request.user, confirmed=False).first()
    if device is None:
        device = TOTPDevice.objects.create(user=request.user, name=_("动态口令"), confirmed=False)
    form = forms.Token(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["token"]):
            device.confirmed = True
            device.save(update_fields=["confirmed"])
            commands.add_own_second_factor(by=request.actor, at=timezone.now())
            otp_login(request, device)
            messages.success(request, _("动态口令已启用,下次登录时需要填写"))
            return redirect("people:me")
        form.add_error("token", _("动态口令不对或已过期,请填写当前的6位数字"))
    context = {
        "form": form,
        "picture": segno.make(device.config_url).svg_data_uri(scale=5),
        "secret": _spaced(device),
    }
    return render(request, "people/enrol_second.html", context, status=422 if form.errors else 200)


def _spaced(device: TOTPDevice) -> str:
    letters = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(letters[n : n + 4] for n in range(0, len(letters), 4))


@require_POST
def switch(request: Request) -> HttpResponse:
    """Act in another of one's positions from now on."""
    said = request.POST.get("position", "")
    chosen = next((p for p in request.positions if str(p.pk) == said), None)
    if chosen is None:
        raise Http404
    User.objects.filter(pk=request.user.pk).update(acting_position=chosen.pk)
    messages.success(request, _("已切换为:%(title)s") % {"title": f"{chosen.organisation} · {chosen}"})
    return redirect(_onward(request, request.POST.get("next", "/")))


@require_http_methods(["GET", "HEAD", "POST"])
def delegate(request: Request) -> HttpResponse:
    """Let a colleague act in one's position for a time."""
    now, refused = timezone.now(), None
    form = forms.Delegate(request.POST if request.method == "POST" else None, actor=request.actor, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            commands.delegate(by=request.actor, at=now, **form.inputs())
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("已委托,受托的人可在“我的账号”中切换到这一职务"))
            return redirect("people:me")
    status = 422 if form.errors or refused else 200
    return render(request, "people/delegate.html", {"form": form, "refused": refused}, status=status)


@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    found = Delegation.objects.filter(pk=pk, position__user=request.user).first()
    if found is None:
        raise Http404
    try:
        commands.take_back(pk, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
    else:
        messages.success(request, _("已收回委托"))
    return redirect("people:me")
