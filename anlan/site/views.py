"""Lists that somebody keeps under a name: his own tabs. The address can be sent to anybody."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anlan.kernel import tablepage
from anlan.kernel.tables import TABLES, SavedView
from anlan.kernel.web import Request
from anlan.kernel.words import Reason, Refused


@require_POST
def keep(request: Request) -> HttpResponse:
    """Keep a list as it stands: its filters and columns."""
    table = request.POST.get("table", "")
    name = request.POST.get("name", "").strip()
    if table not in TABLES:
        raise Refused(Reason("没有这个列表"), "table")
    if not name:
        raise Refused(Reason("请给视图起一个名称"), "name")
    mine = SavedView.objects.filter(person=request.actor.id, table=table)
    if mine.count() >= tablepage.MOST_VIEWS and not mine.filter(name=name[:30]).exists():
        raise Refused(
            Reason("一个列表最多保存%(n)s个视图,请先删除不用的", {"n": tablepage.MOST_VIEWS}), "name"
        )
    view = tablepage.keep_view(
        person=request.actor.id, table=table, name=name, query=request.POST.get("query", ""), at=timezone.now()
    )  # fmt: skip
    messages.success(request, _("已保存视图“%(name)s”") % {"name": view.name})
    return HttpResponseRedirect(f"{_back(request)}?{view.query}")


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Take one of my views away."""
    gone, _what = SavedView.objects.filter(pk=pk, person=request.actor.id).delete()
    if not gone:
        raise Http404
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    said = request.POST.get("next", "/")
    inside = url_has_allowed_host_and_scheme(said, {request.get_host()}, request.is_secure())
    return said.partition("?")[0] if inside else "/"
