"""Addresses of the command screen."""

from django.urls import path

from anlan.figures import screen_pages

app_name = "screen"
urlpatterns = [
    path("", screen_pages.show, name="show"),
    path("data.json", screen_pages.data, name="data"),
    path("boundaries.json", screen_pages.boundaries, name="boundaries"),
]
