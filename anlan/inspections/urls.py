from django.urls import path

from anlan.inspections import coverage_pages, draws_pages, errand_pages, on_site_pages, pages

app_name = "inspections"
urlpatterns = [
    path("", pages.visits, name="list"),
    path("rhythm/", pages.rhythm, name="rhythm"),
    path("plan/", pages.arrange, {"name": "plan"}, name="plan"),
    path("begin/", pages.arrange, {"name": "begin"}, name="begin"),
    path("coverage/", coverage_pages.rolls, name="rolls"),
    path("coverage/new/", coverage_pages.freeze, name="roll_new"),
    path("coverage/<int:pk>/", coverage_pages.coverage, name="coverage"),
    path("coverage/<int:pk>/unseen/", coverage_pages.unseen, name="unseen"),
    path("coverage/<int:pk>/share/", coverage_pages.share, name="share"),
    path("coverage/<int:pk>/share/<int:errand>/", errand_pages.errand, name="errand"),
    path("coverage/<int:pk>/close/", coverage_pages.end, {"name": "close"}, name="roll_close"),
    path("coverage/<int:pk>/drop/", coverage_pages.end, {"name": "drop"}, name="roll_drop"),
    path("draws/", draws_pages.draws, name="draws"),
    path("draws/new/<slug:kind>/", draws_pages.seal, name="draw_seal"),
    path("draws/published/", draws_pages.published, name="published"),
    path("draws/published/<int:pk>/", draws_pages.published_one, name="published_one"),
    path("draws/published/<int:pk>/papers.json", draws_pages.published_papers, name="published_papers"),
    path("draws/<int:pk>/", draws_pages.draw, name="draw"),
    path("draws/<int:pk>/papers.json", draws_pages.papers, name="draw_papers"),
    path("draws/<int:pk>/<slug:name>/", draws_pages.act, name="draw_act"),
    path("standing-back/", draws_pages.recusals, name="recusals"),
    path("standing-back/<int:pk>/withdraw/", draws_pages.withdraw, name="recusal_withdraw"),
    path("<int:pk>/", pages.record, name="visit"),
    path("<int:pk>/print/", pages.paper, name="paper"),
    path("<int:pk>/answer/", on_site_pages.sheet, name="sheet"),
    path("<int:pk>/answer/<slug:code>/", on_site_pages.item, name="item"),
    path("<int:pk>/finish/", on_site_pages.finish, name="finish"),
    path("<int:pk>/<slug:name>/", pages.act, name="act"),
]
