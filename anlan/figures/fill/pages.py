"""The page that fills a template: a file in, the file filled out; nothing is kept."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from anlan.figures import reach, whose
from anlan.figures.fill.filling import Asked, fill
from anlan.figures.forms import Asking
from anlan.kernel.clock import day_of
from anlan.kernel.forms import Strict
from anlan.kernel.web import Request
from anlan.kernel.words import Reason, Refused

MOST = 5 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Template(Strict):
    """The file; place, period and whose are asked as on the page of figures."""

    file = forms.FileField(label=_("模板(.xlsx)"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))
    besides = frozenset({"place", "period", "from", "to", "system"})


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: Request) -> HttpResponse:
    """Fill one's own .xlsx with figures of one's own place."""
    if not reach.own_place(request.actor) or not request.actor.may("figures.see"):
        raise Http404
    today, refused = day_of(timezone.now()), None
    posted = request.method == "POST"
    said = request.POST if posted else request.GET
    asking = Asking(said, actor=request.actor, today=today)
    form = Template(request.POST, request.FILES) if posted else Template()
    if posted and form.is_valid() and asking.is_valid():
        try:
            return _filled(request, asking, form.cleaned_data["file"], today)
        except Refused as refusal:
            refused = refusal
    elif posted:
        refused = Refused(Reason("请选择 .xlsx 模板,并核对地方和日期"))
    context: dict[str, Any] = {"form": asking, "file": form["file"], "refused": refused}
    return render(request, "figures/template.html", context, status=422 if posted else 200)


def _filled(request: Request, asking: Asking, file: Any, today: Any) -> HttpResponse:
    if file.size > MOST:
        raise Refused(Reason("模板超过5MB,没有填写。请删去不需要的图片后再上传"))
    said = asking.cleaned_data
    only = (*reach.only_own(request.actor), *whose.only(said["system"]))
    place = reach.place_within(said["place"], actor=request.actor)
    body = fill(file.read(), Asked(request.actor, place, asking.asked(), today, only))
    answer = HttpResponse(body, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{place}-{today}.xlsx"'
    return answer
