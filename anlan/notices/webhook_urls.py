"""Where one's own subscriptions hang."""

from django.urls import path

from anlan.notices import webhook_pages as pages

app_name = "webhooks"
urlpatterns = [
    path("", pages.own, name="list"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/<slug:name>/", pages.act, name="act"),
    path("<int:pk>/deliveries/<uuid:delivery>/resend/", pages.resend, name="resend"),
]
