from django.urls import path

from anlan.people import pages

app_name = "people"
urlpatterns = [
    path("login/", pages.login, name="login"),
    path("logout/", pages.logout, name="logout"),
]
