from django.urls import path

from anlan.hazards import pages, suspensions

app_name = "hazards"
urlpatterns = [
    path("", pages.ledger, name="list"),
    path("register/", pages.find, {"name": "register"}, name="register"),
    path("on-the-spot/", pages.find, {"name": "fix_on_spot"}, name="fix_on_spot"),
    path("alike/", pages.alike, name="alike"),
    path("waiting/<slug:code>/", pages.queue, name="queue"),
    path("four-lists/<slug:which>/", pages.four_lists, name="four_lists"),
    path("suspensions/", suspensions.suspensions, name="suspensions"),
    path("suspensions/propose/<int:enterprise>/", suspensions.propose, name="propose_suspension"),
    path("suspensions/<int:pk>/", suspensions.suspension, name="suspension"),
    path("suspensions/<int:pk>/<slug:name>/", suspensions.act, name="suspension_act"),
    path("<int:pk>/", pages.record, name="record"),
    path("<int:pk>/<slug:name>/", pages.act, name="act"),
]
