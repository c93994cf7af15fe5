"""Every address of the system. Modules own theirs; this file says only where they hang."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from anlan.site import apidocs, campaign_pages, closing_pages, errors, journal, pages, search_pages, views
from anlan.site.api import api

app_name = "site"


def _include_if_ready(route: str, module: str) -> list[URLPattern | URLResolver]:
    """The module's addresses, once it has some."""
    return [path(route, include(module))] if find_spec(module) else []


own = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("search/", search_pages.find, name="search"),
    path("views/keep/", views.keep, name="view_keep"),
    path("views/<int:pk>/drop/", views.drop, name="view_drop"),
    path("campaigns/<int:pk>/rows/<slug:code>/", campaign_pages.rows, name="campaign_rows"),
    path("campaigns/<int:pk>/report/", closing_pages.report, name="campaign_report"),
    path("campaigns/<int:pk>/report.<slug:form>", closing_pages.download, name="campaign_report_file"),
    path("campaigns/tag/<slug:kind>/<int:pk>/", campaign_pages.tag, name="tag"),
    path("theme/", pages.theme, name="theme"),
    path("health", pages.health, name="health"),
    path("journal/", journal.index, name="journal"),
    path("journal/looks/", journal.looks, name="looks"),
    path("journal/export.csv", journal.export, name="journal_export"),
    path("journal/<int:no>/", journal.entry, name="journal_entry"),
    path("api/v1/openapi.json", apidocs.openapi, name="openapi"),
    path("api/v1/docs", apidocs.docs, name="api_docs"),
    path("robots.txt", pages.robots, name="robots"),
]
urlpatterns = [
    path("", include((own, "site"))),
    path("i18n/", include("django.conf.urls.i18n")),
    *_include_if_ready("", "anlan.people.urls"),
    *_include_if_ready("places/", "anlan.places.urls"),
    *_include_if_ready("standards/", "anlan.standards.urls"),
    *_include_if_ready("register/", "anlan.register.urls"),
    *_include_if_ready("evidence/", "anlan.evidence.urls"),
    path("me/webhooks/", include("anlan.notices.webhook_urls")),
    *_include_if_ready("notices/", "anlan.notices.urls"),
    *_include_if_ready("campaigns/", "anlan.campaigns.urls"),
    *_include_if_ready("duty/", "anlan.duty.urls"),
    *_include_if_ready("inspections/", "anlan.inspections.urls"),
    *_include_if_ready("hazards/", "anlan.hazards.urls"),
    *_include_if_ready("documents/", "anlan.enforcement.urls"),
    *_include_if_ready("sheets/", "anlan.exchange.urls"),
    *_include_if_ready("figures/", "anlan.figures.urls"),
    path("screen/", include("anlan.figures.screen_urls")),
    *_include_if_ready("bulletins/", "anlan.figures.bulletins.urls"),
    path("api/v1/", api.urls),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
