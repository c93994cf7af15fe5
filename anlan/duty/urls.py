from django.urls import path

from anlan.duty import pages

app_name = "duty"

urlpatterns = [
    path("", pages.today, name="today"),
    path("begin/", pages.begin, name="begin"),
    path("record/", pages.record, name="record"),
    path("<int:pk>/", pages.call, name="call"),
    path("<int:pk>/<slug:name>/", pages.act, name="act"),
]
