"""Who keeps the accounts: accounts, positions, credentials, organisations; accounts of a place's firms."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from anlan.kernel import paging
from anlan.kernel.clock import day_of
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor
from anlan.kernel.web import Request, act_id, at_cursor, status_of, whole
from anlan.kernel.words import Refused
from anlan.people import commands, forms, handover, passwords, queries, rules, workflow
from anlan.people.models import Credential, Organisation, Position, User
from anlan.people.states import Kind

SIZE = 50
#: (enterprise, actor) → may this person open accounts for that firm; the register knows its firms
FIRM_OF: list[Any] = []


@dataclass(frozen=True, slots=True)
class Act:
    """One act upon a row of this module: its form, and the command that carries it out."""

    form: Any
    run: Any = None


ACTS: dict[str, dict[str, Act]] = {
    "account": {
        "rename": Act(forms.Rename),
        "reset_password": Act(forms.Confirm),
        "drop_second_factor": Act(forms.Confirm),
        "disable": Act(forms.Reason),
        "enable": Act(forms.Confirm),
    },
    "position": {
        "hand_over": Act(forms.HandOver, commands.hand_over),
        "step_down": Act(forms.StepDown),
        "set_duties": Act(forms.SetDuties),
    },
    "credential": {"revoke": Act(forms.Confirm)},
    "organisation": {"change": Act(forms.ChangeOrganisation), "end": Act(forms.Confirm)},
}
FLOWS = {
    "account": workflow.ACCOUNT, "position": workflow.POSITION, "credential": workflow.CREDENTIAL,
    "organisation": workflow.ORGANISATION,
}  # fmt: skip


def _keeper(request: Request) -> Actor:
    if not request.actor.may("people.manage"):
        raise Http404
    return request.actor


def _account(request: Request, pk: int) -> User:
    found = queries.accounts(_keeper(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def accounts(request: Request) -> HttpResponse:
    """The accounts I keep, by name."""
    actor, text = _keeper(request), request.GET.get("text", "").strip()[:40]
    rows = queries.accounts(actor, text=text)
    bound = paging.binding("people", {"text": text}, actor.position)
    page = paging.page(
        rows, key="username", cursor=request.GET.get("cursor", ""), bound=bound, size=SIZE, ascending=True
    )
    held = queries.held_by([u.pk for u in page.rows], on=day_of(timezone.now()))
    asked = request.GET.copy()
    asked.pop("cursor", None)

    context = {
        "rows": [{"u": u, "held": held.get(u.pk, [])} for u in page.rows],
        "text": text, "next": at_cursor(asked, page.next), "previous": at_cursor(asked, page.previous),
    }  # fmt: skip
    return render(request, "people/list.html", context)


@require_safe
def account(request: Request, pk: int) -> HttpResponse:
    """One account: positions, credentials, what has been done with it."""
    now, u = timezone.now(), _account(request, pk)
    positions = list(Position.objects.filter(user=u).select_related("organisation").order_by("-since", "-pk"))
    credentials = list(Credential.objects.filter(user=u).order_by("-until"))
    entries = JournalEntry.objects.filter(kind="account", subject=pk).order_by("-seq")[:30]
    labels = {t.name: t.label for t in workflow.ACCOUNT}
    context = {
        "u": u,
        "offers": workflow.ACCOUNT.offers(u, request.actor, now),
        "positions": [
            {"row": p, "offers": [o for o in workflow.POSITION.offers(p, request.actor, now) if o.allowed]}
            for p in positions
        ],
        "credentials": [
            {"row": c, "offers": [o for o in workflow.CREDENTIAL.offers(c, request.actor, now) if o.allowed]}
            for c in credentials
        ],
        "timeline": [
            {"at": e.happened, "who": e.person_name, "act": labels.get(e.act, e.act)} for e in entries
        ],
    }
    return render(request, "people/account.html", context)


def _answer(
    request: Request, *, title: Any, form: Any, back: str, refused: Any = None, why_not: Any = None,
    danger: bool = False, waiting: Any = (), seen: int | None = None,
) -> HttpResponse:  # fmt: skip
    status = 200
    if refused is not None:
        status = status_of(refused)
    elif form is not None and form.errors:
        status = 422
    context = {
        "title": title, "form": form, "back": back, "refused": refused, "why_not": why_not, "danger": danger,
        "waiting": waiting, "act_id": request.POST.get("act_id") or str(new_id()),
        "seen": request.POST.get("seen") or seen,
    }  # fmt: skip
    return render(request, "people/act.html", context, status=status)


def _once(request: Request, user: User, password: str, back: str) -> HttpResponse:
    """A one-time password, shown on this answer and nowhere again."""
    context = {"u": user, "password": password, "back": back}
    return render(request, "people/one_time.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: Request) -> HttpResponse:
    """A new account with its first position."""
    actor, now, refused = _keeper(request), timezone.now(), None
    form = forms.OpenAccount(request.POST if request.method == "POST" else None, actor=actor, now=now)
    if request.method == "POST" and form.is_valid():
        password = passwords.one_time()
        try:
            user, _position = commands.enrol(
                by=actor, at=now, username=form.cleaned_data["username"], name=form.cleaned_data["name"],
                password=make_password(password), position=form.position(),
            )  # fmt: skip
        except Refused as refusal:
            refused = refusal
        else:
            return _once(request, user, password, reverse("people:account", args=[user.pk]))
    title = workflow.ACCOUNT.transitions["open"].label
    return _answer(request, title=title, form=form, back=reverse("people:list"), refused=refused)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_firm(request: Request, enterprise: int) -> HttpResponse:
    """An account for somebody of a firm of my place."""
    actor, now, refused = request.actor, timezone.now(), None
    firm = Organisation.objects.filter(pk=enterprise, kind=Kind.ENTERPRISE).first()
    known = firm is not None and any(ask(enterprise) for ask in FIRM_OF)
    if firm is None or not known or not actor.may("people.enrol"):
        raise Http404
    why_not = rules.may_give(by=actor, kind=firm.kind, county=firm.county, town=firm.town, level="ENTERPRISE")
    form = forms.EnrolFirm(request.POST if request.method == "POST" else None, actor=actor, now=now)
    back = reverse("register:detail", args=[enterprise])
    if request.method == "POST" and form.is_valid():
        said, password = form.cleaned_data, passwords.one_time()
        position = {
            "organisation": enterprise,
            "level": "ENTERPRISE",
            "role": said["role"],
            "title": said["title"],
        }
        try:
            user, _position = commands.enrol(
                by=actor, at=now, username=said["username"], name=said["name"],
                password=make_password(password), position=position,
            )  # fmt: skip
        except Refused as refusal:
            refused = refusal
        else:
            return _once(request, user, password, back)
    title = _("为%(firm)s开通账号") % {"firm": firm.name}
    return _answer(request, title=title, form=form, back=back, refused=refused, why_not=why_not)


def _created(request: Request, form: Any, command: Any, title: Any, back: str, **given: Any) -> HttpResponse:
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            command(by=request.actor, at=timezone.now(), id=act_id(request), **given, **form.inputs())
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("已办理:%(act)s") % {"act": title})
            return redirect(back)
    return _answer(request, title=title, form=form, back=back, refused=refused)


def _form(request: Request, form_class: Any, row: Any = None) -> Any:
    data = request.POST if request.method == "POST" else None
    return form_class(data, row=row, actor=request.actor, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: Request, pk: int) -> HttpResponse:
    u = _account(request, pk)
    title, back = workflow.POSITION.transitions["appoint"].label, reverse("people:account", args=[pk])
    return _created(request, _form(request, forms.PositionFields), commands.appoint, title, back, user=u.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: Request, pk: int) -> HttpResponse:
    u = _account(request, pk)
    title, back = workflow.CREDENTIAL.transitions["issue"].label, reverse("people:account", args=[pk])
    form = _form(request, forms.IssueCredential)
    return _created(request, form, commands.issue_credential, title, back, user=u.pk)


@require_safe
def organisations(request: Request) -> HttpResponse:
    """The organisations I keep, county by county."""
    on = day_of(timezone.now())
    rows = list(queries.kept_organisations(_keeper(request)))
    members = queries.numbers_of([o.pk for o in rows], on=on)
    sectors = dict(queries.sector_choices())
    context = {
        "rows": [
            {"o": o, "members": members.get(o.pk, 0), "sectors": [sectors.get(s, s) for s in o.sectors]}
            for o in rows
        ]
    }
    return render(request, "people/organisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def found(request: Request) -> HttpResponse:
    _keeper(request)
    title = workflow.ORGANISATION.transitions["found"].label
    back = reverse("people:organisations")
    return _created(request, _form(request, forms.OrganisationFields), commands.found, title, back)


def _row(request: Request, kind: str, pk: int) -> tuple[Any, str]:
    """The row that is kept here, and the page it stands on."""
    if kind == "account":
        return _account(request, pk), reverse("people:account", args=[pk])
    row: Any
    if kind == "organisation":
        row = queries.kept_organisations(_keeper(request)).filter(pk=pk).first()
        if row is None:
            raise Http404
        return row, reverse("people:organisations")
    model: Any = Position if kind == "position" else Credential
    row = model.objects.select_related("user").filter(pk=pk).first()
    if row is None:
        raise Http404
    _account(request, row.user_id)
    return row, reverse("people:account", args=[row.user_id])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, kind: str, pk: int, name: str) -> HttpResponse:
    """One act upon an account, a position, a credential or an organisation."""
    known = ACTS.get(kind, {}).get(name)
    if known is None:
        raise Http404
    now, (row, back) = timezone.now(), _row(request, kind, pk)
    transition = FLOWS[kind].transitions[name]
    if row.state not in transition.source and request.method != "POST":
        raise Http404
    form, refused = _form(request, known.form, row), None
    waiting = handover.waiting(queries.actor_of(row, on=day_of(now)), now) if kind == "position" else []
    if request.method == "POST" and form.is_valid():
        password = passwords.one_time() if name == "reset_password" else ""
        given = form.inputs() | ({"password": make_password(password)} if password else {})
        try:
            _carry_out(request, kind, name, known, row, given)
        except Refused as refusal:
            refused = refusal
        else:
            if password:
                return _once(request, row, password, back)
            messages.success(request, _("已办理:%(act)s") % {"act": transition.label})
            return redirect(back)
    return _answer(
        request, title=transition.label, form=form, back=back, refused=refused, danger=transition.danger,
        waiting=waiting if name in ("hand_over", "step_down") else (), seen=row.seq,
    )  # fmt: skip


def _carry_out(request: Request, kind: str, name: str, known: Act, row: Any, given: dict[str, Any]) -> None:
    now = timezone.now()
    if known.run is not None:
        known.run(row.pk, by=request.actor, at=now, **given)
        return
    COMMANDS[f"{kind}.{name}"](
        row.pk, by=request.actor, at=now, id=act_id(request),
        seen=whole(request.POST.get("seen", "")), **given,
    )  # fmt: skip
    if name == "drop_second_factor":
        TOTPDevice.objects.filter(user=row.pk).delete()
