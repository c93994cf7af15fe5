from django.urls import path

from anlan.people import keeping_pages, pages, token_pages

app_name = "people"
urlpatterns = [
    path("login/", pages.login, name="login"),
    path("login/second/", pages.second, name="second"),
    path("logout/", pages.logout, name="logout"),
    path("me/", pages.me, name="me"),
    path("me/password/", pages.password, name="password"),
    path("me/second/", pages.enrol_second, name="enrol_second"),
    path("me/switch/", pages.switch, name="switch"),
    path("me/delegate/", pages.delegate, name="delegate"),
    path("me/delegations/<int:pk>/take-back/", pages.take_back, name="take_back"),
    path("me/tokens/", token_pages.own, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", token_pages.revoke, name="revoke_token"),
    path("people/", keeping_pages.accounts, name="list"),
    path("people/new/", keeping_pages.open_account, name="open"),
    path("people/<int:pk>/", keeping_pages.account, name="account"),
    path("people/<int:pk>/appoint/", keeping_pages.appoint, name="appoint"),
    path("people/<int:pk>/credential/", keeping_pages.issue, name="issue"),
    path("people/organisations/", keeping_pages.organisations, name="organisations"),
    path("people/organisations/new/", keeping_pages.found, name="found"),
    path("people/firms/<int:enterprise>/new/", keeping_pages.enrol_firm, name="enrol_firm"),
    path("people/<slug:kind>/<int:pk>/<slug:name>/", keeping_pages.act, name="act"),
]
