from django.urls import path

from anlan.figures import pages

app_name = "figures"
urlpatterns = [
    path("", pages.index, name="index"),
    path("rows/", pages.rows, name="rows"),
    path("definitions/", pages.definitions, name="definitions"),
]
