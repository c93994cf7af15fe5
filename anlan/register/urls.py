from django.urls import path

from anlan.register import pages

app_name = "register"
urlpatterns = [
    path("", pages.enterprises, name="list"),
    path("new/", pages.enter, name="enter"),
    path("sign-up/", pages.sign_up, name="sign_up"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/<slug:name>/", pages.act, name="act"),
]
