from django.urls import path

from anlan.places import pages

app_name = "places"
urlpatterns = [
    path("", pages.tree, name="tree"),
    path("calendar/", pages.calendar, name="calendar"),
    path("calendar/days/", pages.enter_days, name="enter_days"),
    path("calendar/year/<int:year>/", pages.complete_year, name="complete_year"),
    path("calendar/<int:pk>/withdraw/", pages.withdraw, name="withdraw"),
]
