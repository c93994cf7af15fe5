"""Put a record into a campaign by hand: a page of site, for the record stands above the campaign."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.http import require_http_methods

from anlan.campaigns import queries
from anlan.campaigns.commands import campaign as commands
from anlan.campaigns.forms.base import words_field
from anlan.campaigns.workflow import CAMPAIGN_TAG
from anlan.hazards.models import Hazard
from anlan.inspections.models import Visit
from anlan.kernel.command import new_id
from anlan.kernel.forms import Strict
from anlan.kernel.web import Request, act_id
from anlan.kernel.words import Refused
from anlan.site import campaigns

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
    return render(request, "campaigns/tag.html", context, status=200 if posted is None else 422)
