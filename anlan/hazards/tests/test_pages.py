"""The pages of the loop: likely doubles before registering, the law of the day beside the act."""

from datetime import timedelta

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


def test_a_hazard_of_nobody_known_is_registered_by_its_place_and_ordered_to_the_firm_named_then(client, city):
    """The forms carry it: where it lies asks for no firm, and the order asks whose it is."""
    page = signed_in(client, city.officer).post("/hazards/register/", form(city, enterprise=""))
    assert page.status_code == 422
    assert "没有企业的,请填写所在县" in page.content.decode()
    found = form(city, enterprise="", where=city.firm.town, sector=city.firm.sector)
    assert client.post("/hazards/register/", found).status_code == 302
    h = Hazard.everything.get()
    assert (h.enterprise_id, h.now_county, h.now_town) == (None, city.firm.county, city.firm.town)
    said = {"due_on": timezone.localdate() + timedelta(days=3), "requirement": "加装箱门", "seen": h.seq}
    address = f"{h.get_absolute_url()}order/"
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "请填写责任企业" in refused.content.decode()
    assert client.post(address, said | {"enterprise": city.firm.name}).status_code == 302
    h.refresh_from_db()
    assert (h.enterprise_id, h.state) == (city.firm.pk, "RECTIFYING")


@pytest.mark.parametrize("left", ["void", "merge"])
def test_what_has_left_the_ledger_shows_no_deadline(client, city, left):
    h, other = scenes.ordered(city, at=timezone.now()), scenes.ordered(city, at=timezone.now())
    assert "剩" in signed_in(client, city.officer).get(h.get_absolute_url()).content.decode()
    Hazard.everything.filter(pk=h.pk).update(
        state={"void": "VOID", "merge": "MERGED"}[left], merge_into=other
    )
    page = client.get(h.get_absolute_url()).content.decode()
    assert "head-note" in page
    assert "剩" not in page.split("head-note")[1].split("</p>")[0]
