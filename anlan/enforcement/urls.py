from django.urls import path

from anlan.enforcement import pages

app_name = "enforcement"
urlpatterns = [
    path("", pages.documents, name="list"),
    path("draft/<slug:type>/<int:hazard>/", pages.draft, name="draft"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>.<slug:form>", pages.download, name="download"),
    path("<int:pk>/<slug:name>/", pages.act, name="act"),
]
