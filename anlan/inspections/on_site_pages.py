"""On site, phone in hand: the worksheet, one item of it, the end with its preview.

Each item is a form of its own, so that everything is saved as one goes, two officers can fill one checklist
from two phones, and a page without script needs no more than a tap.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anlan.inspections import findings, forms, queries
from anlan.inspections.models import Answer, Visit
from anlan.inspections.pages import answered, one, perform
from anlan.inspections.states import Result
from anlan.inspections.workflow import VISIT
from anlan.kernel.command import COMMANDS, new_id
from anlan.kernel.web import Request, act_id, status_of
from anlan.kernel.words import Refused
from anlan.standards import checklists
from anlan.standards.models import ChecklistItem
from anlan.standards.rules import threshold

#: findings beside the list that a worksheet offers room for, beyond those there are
ROOM = 1


class Asked:
    """One item as the worksheet shows it: its form, its answer, the criterion and the bound in force."""

    def __init__(
        self, v: Visit, item: ChecklistItem | None, code: str, answer: Answer | None, form: Any, shots: dict, *,
        known: Decimal | None = None,
    ):  # fmt: skip
        self.visit, self.item, self.code, self.answer, self.form = v, item, code, answer, form
        self.key = code.replace("+", "x")
        self.result = answer.result if answer else ""
        self.open = self.result == Result.NOT_MET or (item is None and answer is None)
        self.rule = (
            checklists.criterion(item, sector=v.list_code, on=v.held_on) if item and v.held_on else None
        )
        limit = answer.limit if answer and answer.limit is not None else known
        bound = threshold(item, limit) if item and item.number else None
        self.bound = findings.plain(bound) if bound is not None else ""
        self.before = [shots[s] for s in answer.before if s in shots] if answer else []
        self.after = [shots[s] for s in answer.after if s in shots] if answer else []
        self.act_id = str(new_id())
        self.refused: Any = None


def _shown(request: Request, v: Visit, now: datetime) -> list[Asked]:
    items, answers = queries.sheet(v)
    shots = queries.shots(v)
    known = queries.approved_before(v, [i.code for i in items if i.number and i.limit is None])
    beside = sorted(code for code in answers if code.startswith("+"))
    last = int(beside[-1][1:]) if beside else 0
    beside += [f"+{last + n + 1}" for n in range(ROOM)]
    made = []
    for item, code in [*((i, i.code) for i in items), *((None, c) for c in beside)]:
        answer = answers.get(code)
        form = forms.ItemForm(
            visit=v, item=item, code=code, answer=answer, actor=request.actor, now=now, initial={"limit": known.get(code)}
        )  # fmt: skip
        made.append(Asked(v, item, code, answer, form, shots, known=known.get(code)))
    return made


@require_safe
def sheet(request: Request, pk: int) -> HttpResponse:
    """The worksheet: every item of the version that this visit answers."""
    now, v = timezone.now(), one(pk)
    if v.checklist is None or not request.actor.may("visit.hold"):
        raise Http404
    why_not = VISIT.why_not(VISIT.transitions["answer"], v, request.actor, now)
    if why_not is not None:
        return answered(request, v, VISIT.transitions["answer"], None, why_not=why_not)
    asked = _shown(request, v, now)
    return render(request, "inspections/sheet.html", {"v": v, "asked": asked, "numbers": _numbers(v, asked)})


def _numbers(v: Visit, asked: list[Asked]) -> dict[str, int]:
    items = [a for a in asked if a.item is not None]
    return {
        "all": len(items),
        "answered": sum(1 for a in items if a.result),
        "unmet": sum(1 for a in asked if a.result == Result.NOT_MET),
    }


@require_POST
def item(request: Request, pk: int, code: str) -> HttpResponse:
    """Save one item and go on to the next."""
    now, v = timezone.now(), one(pk)
    code = code.replace("x", "+") if code.startswith("x") else code
    if v.checklist is None or not request.actor.may("visit.hold"):
        raise Http404
    items, answers = queries.sheet(v)
    asked = next((i for i in items if i.code == code), None)
    form = forms.ItemForm(
        request.POST, request.FILES, visit=v, item=asked, code=code, answer=answers.get(code), actor=request.actor,
        now=now,
    )  # fmt: skip
    refused: Refused | None = None
    if form.is_valid():
        try:
            COMMANDS["visit.answer"](
                v.pk, by=request.actor, at=now, id=act_id(request), answers=form.answers()
            )
        except Refused as refusal:
            refused = refusal
            form.mark(refused)
    if refused is None and form.is_valid():
        return _saved(request, v, code, items, now)
    shown = Asked(v, asked, code, answers.get(code), form, queries.shots(v))
    shown.open, shown.refused = True, refused
    template = "inspections/_item.html" if request.htmx else "inspections/item.html"
    return render(request, template, {"v": v, "a": shown}, status=status_of(refused))


def _saved(request: Request, v: Visit, code: str, items: list[ChecklistItem], now: datetime) -> HttpResponse:
    """With htmx the item anew and the count; without, the worksheet at the item that comes next."""
    if request.htmx:
        everything = _shown(request, one(v.pk), now)
        shown = next((a for a in everything if a.code == code), None)
        more = [a for a in everything if a.item is None and a.answer is None] if code.startswith("+") else []
        context = {"v": v, "a": shown, "numbers": _numbers(v, everything), "more": more}
        return render(request, "inspections/_saved.html", context)
    codes = [i.code for i in items]
    answers = {a.code: a for a in v.answers.all()}
    stays = code in answers and answers[code].result == Result.NOT_MET and not answers[code].words
    here = codes.index(code) if code in codes else len(codes)
    target = code if stays or here + 1 >= len(codes) else codes[here + 1]
    return redirect(f"{reverse('inspections:sheet', args=[v.pk])}#i-{target.replace('+', 'x')}")


def _item_at(v: Visit, refused: Refused | None, answers: dict[str, Answer]) -> str:
    """Where the item stands for which the end was refused; "" where it was for something else."""
    if refused is None or refused.field not in answers:
        return ""
    return f"{reverse('inspections:sheet', args=[v.pk])}#i-{refused.field.replace('+', 'x')}"


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: Request, pk: int) -> HttpResponse:
    """The end of a visit: what will be registered is shown before it is."""
    now, v = timezone.now(), one(pk)
    transition = VISIT.transitions["finish"]
    why_not = VISIT.why_not(transition, v, request.actor, now)
    if not request.actor.may(transition.needs):
        return answered(request, v, transition, None, why_not=why_not, status=403)
    if why_not is not None and request.method != "POST":
        return answered(request, v, transition, None, why_not=why_not)
    posted = request.POST if request.method == "POST" else None
    form = forms.Finish(posted, visit=v, actor=request.actor, now=now)
    refused = perform(request, v, "finish", form, now) if posted is not None else None
    if posted is not None and refused is None and form.is_valid():
        v = one(pk)
        said = _("检查结束,登记隐患%(n)s处") if v.found_no else _("检查结束,未发现隐患,已如实记录")
        messages.success(request, said % {"n": v.found_no} if v.found_no else said)
        return redirect(v)
    items, answers = queries.sheet(v)
    live = [a for a in answers.values() if a.result]
    assert v.held_on is not None
    drawn = findings.drawn(v, items=items, answers=live, on=v.held_on)
    left = [i for i in items if i.code not in answers or not answers[i.code].result]
    return answered(
        request, v, transition, form, refused=refused, status=200 if posted is None else status_of(refused),
        template="inspections/finish.html", drawn=drawn, left=left, looked=len(items) - len(left), shots=queries.shots(v),
        at_fault=_item_at(v, refused, answers),
    )  # fmt: skip
