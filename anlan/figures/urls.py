from django.urls import path

from anlan.figures import explore_pages, pages
from anlan.figures.fill import pages as fill
from anlan.figures.reports import pages as reports

app_name = "figures"
urlpatterns = [
    path("", pages.index, name="index"),
    path("rows/", pages.rows, name="rows"),
    path("explore/", explore_pages.page, name="explore"),
    path("explore/file.<slug:kind>", explore_pages.taken, name="explore_file"),
    path("definitions/", pages.definitions, name="definitions"),
    path("template/", fill.template, name="template"),
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.begin, name="report_begin"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/table.xlsx", reports.download, name="report_file"),
    path("reports/<int:pk>/<slug:name>/", reports.act, name="report_act"),
]
