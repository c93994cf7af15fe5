"""Put a record into a campaign by hand, and the records behind its figures: both stand above the campaign."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods, require_safe

from anlan.campaigns import queries
from anlan.campaigns.commands import campaign as commands
from anlan.campaigns.forms.base import words_field
from anlan.campaigns.workflow import CAMPAIGN_TAG
from anlan.figures import lens
from anlan.figures.indicators import INDICATORS
from anlan.figures.records import day_column
from anlan.hazards.models import Hazard
from anlan.inspections.models import Visit
from anlan.inspections.states import Veil
from anlan.kernel import paging
from anlan.kernel.clock import day_of
from anlan.kernel.command import new_id
from anlan.kernel.forms import Strict
from anlan.kernel.web import Request, act_id, at_cursor, status_of
from anlan.kernel.words import Refused
from anlan.places import queries as places
from anlan.site import campaigns, closing
from anlan.standards import queries as standards

SIZE = 50
KINDS: dict[str, Any] = {"hazard": Hazard, "visit": Visit}


class TagForm(Strict):
    campaign = forms.ChoiceField(label=_later("行动"))
    why = words_field(_later("标注理由"), limit=300, rows=2)


@require_http_methods(["GET", "HEAD", "POST"])
def tag(request: Request, kind: str, pk: int) -> HttpResponse:
    """Tag a record that opens to me into a campaign whose lens does not hold it."""
    model = KINDS.get(kind)
    if model is None or not request.actor.may("campaign.tag"):
        raise Http404
    row = model.objects.opening(pk=pk).first()
    if row is None:
        raise Http404
    if getattr(row, "veil", Veil.OPEN) == Veil.FROM_ALL:
        raise Http404
    at = campaigns.coordinates(kind, row)
    fits = {c.pk: c for c in queries.open_ones() if not campaigns.holds(c, **at)}
    posted = request.POST if request.method == "POST" else None
    form = TagForm(posted)
    form.fields["campaign"].choices = [("", "—"), *((key, c.name) for key, c in fits.items())]  # type: ignore[attr-defined]
    refused: Refused | None = None
    if posted is not None and form.is_valid():
        try:
            commands.tag(
                by=request.actor, at=timezone.now(), id=act_id(request), campaign=fits[int(form.cleaned_data["campaign"])],
                kind=kind, subject=pk, label=row.number, why=form.cleaned_data["why"], county=at["county"],
                town=getattr(row, "now_town", "") or getattr(row, "town", ""), sector=at["sector"],
            )  # fmt: skip
        except Refused as refusal:
            refused = refusal
            form.mark(refused)
        else:
            messages.success(request, _("已标注到行动"))
            return redirect(row)
    context = {
        "form": form,
        "row": row,
        "about": row,
        "transition": CAMPAIGN_TAG.transitions["tag"],
        "refused": refused,
        "none": not fits,
        "act_id": request.POST.get("act_id") or str(new_id()),
    }
    return render(
        request, "campaigns/tag.html", context, status=200 if posted is None else status_of(refused)
    )


def _sectors() -> dict[str, str]:
    return dict(standards.sector_choices(on=None))


def _place(view: lens.Lens, unit: str, sector: str) -> str:
    said = places.name_of(unit) if unit else campaigns.where(view)
    return f"{said} · {standards.sector_name(sector)}" if sector else said


@require_safe
def rows(request: Request, pk: int, code: str) -> HttpResponse:
    """The records behind a figure of a campaign: what its lens holds, and what was tagged; of one unit or one sector."""
    now, actor = timezone.now(), request.actor
    if not actor.may("campaign.see") or not closing.opens(code):
        raise Http404
    c = queries.campaigns().filter(pk=pk).first()
    view = campaigns.lens_of(c, actor, day_of(now)) if c is not None else None
    if c is None or view is None:
        raise Http404
    unit, sector = request.GET.get("county", ""), request.GET.get("sector", "")
    if (unit and unit not in campaigns.units_of(view, c)) or (sector and sector not in _sectors()):
        raise Http404
    view = lens.at_place(view, unit) if unit else view
    view = campaigns.of_sector(view, sector) if sector else view
    indicator = INDICATORS[code]
    found, day = lens.rows(code, view), day_column(indicator)
    names = {f.name for f in found.model._meta.fields}
    if hangs := sorted(names & {"enterprise", "hazard"}):
        found = found.select_related(*hangs)
    bound = paging.binding("campaign_rows", pk, code, unit, sector, actor.position)
    page = paging.page(found, key=day, cursor=request.GET.get("cursor", ""), bound=bound, size=SIZE)
    asked = request.GET.copy()
    context = {
        "c": c,
        "indicator": indicator,
        "value": lens.figures([code], view)[code],
        "count": found.count(),
        "place": _place(view, unit, sector),
        "period": view.period,
        "whose": _("行动范围及手工标注的记录"),
        "rows": page.rows,
        "plain": [(row, getattr(row, day)) for row in page.rows],
        "kind": found.model._meta.model_name,
        "hangs": "hazard" in names,
        "next": at_cursor(asked, page.next),
        "previous": at_cursor(asked, page.previous),
    }
    return render(request, "campaigns/rows_of.html", context)
