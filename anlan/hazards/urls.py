from django.urls import path

from anlan.hazards import bulk_pages, list_pages, pages, suspensions

app_name = "hazards"
urlpatterns = [
    path("", list_pages.ledger, name="list"),
    path("register/", pages.find, {"name": "register"}, name="register"),
    path("on-the-spot/", pages.find, {"name": "fix_on_spot"}, name="fix_on_spot"),
    path("alike/", pages.alike, name="alike"),
    path("bulk/", bulk_pages.bulk, name="bulk"),
    path("waiting/<slug:code>/", list_pages.queue, name="queue"),
    path("four-lists/<slug:which>/", list_pages.four_list, name="four_lists"),
    path("suspensions/", suspensions.suspensions, name="suspensions"),
    path("suspensions/propose/<int:enterprise>/", suspensions.propose, name="propose_suspension"),
    path("suspensions/<int:pk>/", suspensions.suspension, name="suspension"),
    path("suspensions/<int:pk>/<slug:name>/", suspensions.act, name="suspension_act"),
    path("<int:pk>/", pages.record, name="record"),
    path("<int:pk>/<slug:name>/", pages.act, name="act"),
]
