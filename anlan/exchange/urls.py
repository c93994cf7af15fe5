from django.urls import path

from anlan.exchange import pages

app_name = "exchange"
urlpatterns = [
    path("", pages.index, name="index"),
    path("template.xlsx", pages.template, name="template"),
    path("template-<slug:kind>.xlsx", pages.template, name="template_of"),
    path("hazards.csv", pages.ledger_csv, name="hazards_csv"),
    path("<int:pk>/", pages.sheet, name="sheet"),
    path("<int:pk>/cancel/", pages.cancel, name="cancel"),
    path("<int:pk>/refused.xlsx", pages.refused_rows, name="refused"),
]
