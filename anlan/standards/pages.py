"""The standards as they stood on a chosen day. Read only."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from anlan.kernel.clock import day_of
from anlan.standards import queries

VIEWS = {
    "terms": _("期限"),
    "bases": _("法律依据"),
    "rules": _("重大隐患判定"),
    "codes": _("行业与来源"),
    "classes": _("隐患与事故分类"),
}


class Asked(forms.Form):
    on = forms.DateField(required=False)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What was in force on a day, one table at a time; the whole question stands in the address."""
    asked = Asked(request.GET)
    today = day_of(timezone.now())
    on = (asked.cleaned_data["on"] if asked.is_valid() else None) or today
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "terms"
    context = {
        "on": on,
        "today": today,
        "view": view,
        "views": VIEWS.items(),
        "sector": request.GET.get("sector", "")[:20],
        "found": queries.standing(view, on=on, sector=request.GET.get("sector", "")[:20]),
        "sectors": queries.sector_choices(on=on),
    }
    return render(request, "standards/index.html", context)
