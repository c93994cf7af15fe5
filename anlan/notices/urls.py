from django.urls import path

from anlan.notices import pages

app_name = "notices"
urlpatterns = [
    path("", pages.inbox, name="list"),
    path("read/", pages.read_all, name="read_all"),
    path("<int:pk>/", pages.open_one, name="open"),
]
