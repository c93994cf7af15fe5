from django.urls import path

from anlan.hazards import pages

app_name = "hazards"
urlpatterns = [
    path("", pages.ledger, name="list"),
    path("register/", pages.find, {"name": "register"}, name="register"),
    path("on-the-spot/", pages.find, {"name": "fix_on_spot"}, name="fix_on_spot"),
    path("alike/", pages.alike, name="alike"),
    path("waiting/<slug:code>/", pages.queue, name="queue"),
    path("four-lists/<slug:which>/", pages.four_lists, name="four_lists"),
    path("<int:pk>/", pages.record, name="record"),
    path("<int:pk>/<slug:name>/", pages.act, name="act"),
]
