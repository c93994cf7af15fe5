from typing import Any

from django.urls import path

from anlan.campaigns.pages import acts, groups, show

app_name = "campaigns"


def _act(route: str, kind: str, name: str) -> Any:
    return path(f"{route}/<int:pk>/<slug:name>/", acts.act, {"kind": kind}, name=name)


urlpatterns = [
    path("", show.campaigns, name="list"),
    path("new/", acts.make, {"kind": "campaign", "name": "draft"}, name="new"),
    path("<int:pk>/", show.campaign, name="campaign"),
    path("<int:under>/plan/", acts.make, {"kind": "actionplan", "name": "draft"}, name="plan_new"),
    path("plans/<int:pk>/", show.plan, name="plan"),
    path("receipts/<int:pk>/", show.receipt, name="receipt"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", acts.make, {"kind": "group", "name": "found"}, name="group_new"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:under>/roster/", acts.make, {"kind": "sortie", "name": "roster"}, name="roster"),
    path("sorties/new/", acts.make, {"kind": "sortie", "name": "record"}, name="sortie_new"),
    path("sorties/<int:pk>/", groups.sortie, name="sortie"),
    path("four-questions/", show.sheets, name="sheets"),
    path("four-questions/new/", acts.make, {"kind": "worksheet", "name": "start"}, name="sheet_new"),
    path("four-questions/<int:pk>/", show.sheet, name="sheet"),
    path(
        "four-questions/<int:under>/raise/",
        acts.make,
        {"kind": "sheetitem", "name": "raise"},
        name="item_new",
    ),
    path("leaders/", show.leaders, name="leaders"),
    path("leaders/new/", acts.make, {"kind": "leadertrip", "name": "record"}, name="trip_new"),
    path("leaders/<int:pk>/", show.trip, name="trip"),
    _act("plans", "actionplan", "plan_act"),
    _act("receipts", "receipt", "receipt_act"),
    _act("groups", "group", "group_act"),
    _act("sorties", "sortie", "sortie_act"),
    _act("four-questions/items", "sheetitem", "item_act"),
    _act("four-questions", "worksheet", "sheet_act"),
    _act("leaders", "leadertrip", "trip_act"),
    _act("tags", "tag", "tag_act"),
    path("<int:pk>/<slug:name>/", acts.act, {"kind": "campaign"}, name="campaign_act"),
]
