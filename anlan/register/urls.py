from django.urls import path

from anlan.register import pages, parks_pages

app_name = "register"
urlpatterns = [
    path("", pages.enterprises, name="list"),
    path("new/", pages.enter, name="enter"),
    path("sign-up/", pages.sign_up, name="sign_up"),
    path("parks/", parks_pages.parks, name="parks"),
    path("parks/new/", parks_pages.found, name="park_new"),
    path("parks/<int:pk>/", parks_pages.park, name="park"),
    path("parks/<int:pk>/<slug:name>/", parks_pages.act, name="park_act"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/<slug:name>/", pages.act, name="act"),
]
