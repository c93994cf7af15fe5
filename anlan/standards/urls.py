from django.urls import path

from anlan.standards import list_pages, pages

app_name = "standards"
urlpatterns = [
    path("", pages.index, name="index"),
    path("checklists/", list_pages.index, name="checklists"),
    path("checklists/<int:pk>/", list_pages.checklist, name="checklist"),
    path("checklists/<int:pk>/draft/", list_pages.draft, name="draft"),
    path("checklists/<int:pk>/compare/", list_pages.compare, name="compare"),
    path("checklists/<int:pk>/items/", list_pages.item, name="new_item"),
    path("checklists/<int:pk>/items/<slug:code>/", list_pages.item, name="item"),
    path("checklists/<int:pk>/publish/", list_pages.act, {"name": "publish"}, name="publish"),
    path("checklists/<int:pk>/discard/", list_pages.act, {"name": "discard"}, name="discard"),
]
