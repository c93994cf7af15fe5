from django.urls import path

from anlan.figures.bulletins import pages

app_name = "bulletins"
urlpatterns = [
    path("", pages.bulletins, name="list"),
    path("new/", pages.draft, name="draft"),
    path("preview/", pages.preview, name="preview"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>.<slug:form>", pages.download, name="download"),
    path("<int:pk>/<slug:name>/", pages.act, name="act"),
]
