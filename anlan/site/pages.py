"""The site's own pages: the desk, what this is, light or dark, and whether it is well."""

from functools import cache

from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from anlan.site import menu, panels
from anlan.site.context import THEME_COOKIE, THEMES, VERSION, theme_of

A_YEAR = 365 * 24 * 3600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The desk: what waits for me, most urgent first."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return redirect_to_login("/")
    shown = panels.desk(by=actor, at=timezone.now())
    waiting = [p for p in shown if not p.aside]
    starts = (
        []
        if waiting
        else [line for group in menu.menu(by=actor, path="/") for line in group if not line.here]
    )
    context = {"panels": waiting, "asides": [p for p in shown if p.aside], "starts": starts}
    return render(request, "site/home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Change between light and dark, for browsers without script."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    other = THEMES[1 - THEMES.index(theme_of(request))]
    response.set_cookie(THEME_COOKIE, other, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@cache
def _fully_migrated() -> bool:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise LookupError  # not cached: it may be migrated a minute later
    return True


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the machine: 200 when it can work, 503 when it cannot."""
    found = {"database": False, "migrations": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        found["database"] = True
        found["migrations"] = _fully_migrated()
    except (DatabaseError, LookupError):
        pass
    well = all(found.values())
    body = {"status": "ok" if well else "failing", **found, "version": VERSION}
    return JsonResponse(body, status=200 if well else 503)
