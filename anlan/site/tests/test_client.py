"""The printed Python client against a served instance: a hazard all the way round by another program."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from anlan_client import Anlan, Problem
from django.core.cache import cache
from django.db import connection, connections
from django.utils import timezone

from anlan.evidence import samples
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City
from anlan.people.tests.test_tokens import ends, make
from anlan.site import client, verify
from anlan.site.tests.served import kept_connection
from anlan.site.wsgi import application

pytestmark = pytest.mark.django_db


class Silent(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def served() -> Iterator[str]:
    """The application behind a socket, in the transaction of the test."""
    cache.clear()
    server = make_server("127.0.0.1", 0, application, handler_class=Silent)
    shared = connections["default"]

    def serve() -> None:
        connections["default"] = shared
        server.serve_forever(poll_interval=0.05)

    connection.inc_thread_sharing()
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with kept_connection():
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
    thread.join()
    server.server_close()
    connection.dec_thread_sharing()


@pytest.fixture
def city() -> City:
    return City()


def program(served: str, who: Any, *scopes: str, language: str = "zh") -> Anlan:
    return Anlan(served, token=make(who, *(scopes or ("act",)))[1], language=language)


def in_days(n: int) -> str:
    return str(timezone.localdate() + timedelta(days=n))


def test_the_printed_client_is_up_to_date():
    from anlan.site.reference import ROOT

    assert (ROOT / client.PATH).read_text(encoding="utf-8") == client.text()


def test_a_hazard_goes_all_the_way_round_by_another_program(served, city):
    officer, firm = program(served, city.officer), program(served, city.principal)
    h = officer.hazard_register(
        description="配电箱无门,线路裸露", source="GOV_OPEN", enterprise=city.firm.name, general=True,
        no_photo_because="防爆区禁止拍照",
    )  # fmt: skip
    h = officer.hazard_order(h["id"], seen=h["version"], due_on=in_days(5), requirement="加装箱门")
    assert h["state"] == "RECTIFYING"
    photo = firm.evidence_upload(samples.photo(7).data, "整改后.jpg")
    h = firm.hazard_submit(h["id"], measures="已加装箱门", photos=[photo["token"]])
    assert [a["name"] for a in officer.hazards_get(h["id"])["actions"] if a["allowed"]][0:1]
    h = officer.hazard_accept(h["id"], opinion="现场复查,符合要求")
    assert (h["state"], [shot["label"] for shot in h["evidence"]]) == ("CLOSED", ["AFTER"])
    assert verify.run().holds


def test_a_refusal_reaches_the_program_as_a_problem(served, city):
    officer = program(served, city.officer, language="en")
    h = scenes.register(city.officer, city.firm, at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Problem) as told:
        officer.hazard_order(h.pk, due_on=in_days(-3), requirement="加装箱门")
    assert (told.value.status, told.value.params) == (422, {"day": in_days(-3)})
    assert told.value.detail.isascii()
    with pytest.raises(Problem) as told:
        officer.hazard_order(h.pk, due_on="soon", requirement="加装箱门")
    assert told.value.errors == [{"field": "due_on", "message": "Must be a date, for example 2019-10-02"}]
    assert scenes.fresh(h).seq == 1


def test_the_same_id_is_carried_out_once(served, city):
    officer, key = program(served, city.officer), str(uuid4())
    h = scenes.register(city.officer, city.firm, at=timezone.now() - timedelta(minutes=1))
    first = officer.hazard_urge(h.pk, words="请尽快", id=key)
    assert officer.hazard_urge(h.pk, words="请尽快", id=key)["version"] == first["version"] == 2


def test_every_page_of_a_list_is_gone_through(served, city):
    made = {
        scenes.register(city.officer, city.firm, description=f"第{n}处隐患,线路裸露").pk for n in range(7)
    }
    officer = program(served, city.officer)
    assert {row["id"] for row in officer.every(officer.hazards_list, size=3)} == made


def test_the_token_of_who_left_tells_the_program_so(served, city):
    officer = program(served, city.officer)
    assert officer.me()["name"] == "李强"
    ends(city.officer)
    with pytest.raises(Problem, match="401: 令牌所属的人已不担任"):
        officer.hazards_list()


def test_a_visit_goes_from_its_beginning_to_its_file_by_another_program(served, city):
    officer, second = program(served, city.officer), city.second
    v = officer.visit_begin(
        source="GOV_OPEN", enterprise=city.firm.name, party=[f"{second.id}@{second.position}"], basis="接到反映",
        places="OTHER",
    )  # fmt: skip
    assert (v["state"], [p["name"] for p in v["party"]]) == ("UNDERWAY", [city.officer.name, second.name])
    looked, missed = v["answers"][0]["code"], v["answers"][1]["code"]
    v = officer.visit_answer(v["id"], looked, result="MET")
    v = officer.visit_answer(
        v["id"], missed, result="NOT_MET", words="现场未设置报警器", no_photo="防爆区禁止拍照"
    )
    v = officer.visit_finish(v["id"], seen=v["version"], conclusion="发现问题一处", signer="陈厂长")
    assert (v["state"], v["found_no"]) == ("FINISHED", 1)
    assert officer.hazards_get(v["findings"][0]["hazard"])["enterprise"]["id"] == city.firm.pk
    v = officer.visit_file(v["id"])
    assert v["state"] == "FILED"
    assert [row["id"] for row in officer.every(officer.visits_list, what="found")] == [v["id"]]
    assert verify.run().holds


def test_a_firm_is_not_told_of_a_covert_visit_by_the_api_either(served, city):
    officer, firm = program(served, city.officer), program(served, city.principal)
    v = officer.visit_plan(
        source="GOV_PLAN", enterprise=city.firm.name, party=[f"{city.second.id}@{city.second.position}"],
        planned_on=in_days(1), basis="年度监督检查计划",
    )  # fmt: skip
    assert firm.visits_list()["items"] == []
    with pytest.raises(Problem) as told:
        firm.visits_get(v["id"])
    assert told.value.status == 404
