from django.urls import path

from anlan.standards import pages

app_name = "standards"
urlpatterns = [path("", pages.index, name="index")]
