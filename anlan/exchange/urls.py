from django.urls import path

from anlan.exchange import export_pages, pages

app_name = "exchange"
urlpatterns = [
    path("", pages.index, name="index"),
    path("template.xlsx", pages.template, name="template"),
    path("template-<slug:kind>.xlsx", pages.template, name="template_of"),
    path("export/", export_pages.ask, name="export"),
    path("firms/<int:pk>/file/", export_pages.firm_file, name="firm_file"),
    path("exports/", export_pages.exports, name="exports"),
    path("exports/<int:pk>/cancel/", export_pages.cancel, name="export_cancel"),
    path("exports/<int:pk>/download/", export_pages.download, name="download"),
    path("<int:pk>/", pages.sheet, name="sheet"),
    path("<int:pk>/cancel/", pages.cancel, name="cancel"),
    path("<int:pk>/passwords.xlsx", pages.passwords, name="passwords"),
    path("<int:pk>/refused.xlsx", pages.refused_rows, name="refused"),
]
