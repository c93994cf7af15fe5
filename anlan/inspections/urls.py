from django.urls import path

from anlan.inspections import on_site_pages, pages

app_name = "inspections"
urlpatterns = [
    path("", pages.visits, name="list"),
    path("rhythm/", pages.rhythm, name="rhythm"),
    path("plan/", pages.arrange, {"name": "plan"}, name="plan"),
    path("begin/", pages.arrange, {"name": "begin"}, name="begin"),
    path("<int:pk>/", pages.record, name="visit"),
    path("<int:pk>/print/", pages.paper, name="paper"),
    path("<int:pk>/answer/", on_site_pages.sheet, name="sheet"),
    path("<int:pk>/answer/<slug:code>/", on_site_pages.item, name="item"),
    path("<int:pk>/finish/", on_site_pages.finish, name="finish"),
    path("<int:pk>/<slug:name>/", pages.act, name="act"),
]
