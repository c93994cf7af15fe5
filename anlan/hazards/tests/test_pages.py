"""The pages of the loop: likely doubles before registering, the law of the day beside the act."""

import pytest
from django.utils import timezone

from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City, register
from anlan.hazards.words import law_on
from anlan.hazards.workflow import HAZARD
from anlan.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def signed_in(client, actor):
    client.force_login(User.objects.get(pk=actor.id))
    return client


def form(city: City, **given) -> dict:
    return {
        "enterprise": city.firm.name, "description": "仓库配电箱没有门,线路裸露在外", "source": "GOV_OPEN",
        "no_photo_because": "防爆区禁止拍照", "general": "on",
    } | given  # fmt: skip


def test_likely_doubles_are_shown_before_registering_and_nothing_is_registered(client, city):
    old = register(city.officer, city.firm, at=timezone.now())
    page = signed_in(client, city.officer).post("/hazards/register/", form(city))
    assert page.status_code == 200
    assert old.number in page.content.decode()
    assert Hazard.everything.count() == 1
    again = client.post("/hazards/register/", form(city, anyway="on"))
    assert (again.status_code, Hazard.everything.count()) == (302, 2)


def test_what_is_unlike_or_of_another_firm_is_no_double(client, city):
    register(city.officer, city.firm, at=timezone.now(), description="疏散通道堆放杂物")
    other = scenes.firms.enterprise(scenes.JINSHUI)
    register(city.officer, other, at=timezone.now())
    page = signed_in(client, city.officer).post("/hazards/register/", form(city))
    assert (page.status_code, Hazard.everything.count()) == (302, 3)


@pytest.mark.parametrize(
    ("act", "then", "now"),
    [
        ("order", "《安全生产法（2014）》第六十二条", "《安全生产法（2021）》第六十五条"),
        ("transfer", "《安全生产法（2014）》第六十六条", "《安全生产法（2021）》第六十九条"),
        ("report_major", "《安全生产法（2014）》第四十三条", "《安全生产法（2021）》第四十六条"),
        ("start_own", "《安全生产法（2014）》第三十八条", "《安全生产法（2021）》第四十一条"),
    ],
)
def test_the_article_beside_an_act_is_that_of_the_day(act, then, now):
    t = HAZARD.transitions[act]
    assert law_on(t, scenes.TODAY) == then
    assert law_on(t, scenes.later(days=2600).date()) == now


def test_the_page_of_an_act_names_today_s_article(client, city):
    h = register(city.officer, city.firm, at=timezone.now())
    page = signed_in(client, city.officer).get(f"/hazards/{h.pk}/order/").content.decode()
    assert "《安全生产法（2021）》第六十五条" in page
