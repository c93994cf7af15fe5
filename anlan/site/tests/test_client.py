"""The printed Python client against a served instance: a hazard all the way round by another program."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from anlan_client import Anlan, Problem
from django.db import connection, connections
from django.utils import timezone

from anlan.evidence import samples
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City
from anlan.people.tests.test_tokens import ends, make
from anlan.site import client, verify
from anlan.site.counts import counts
from anlan.site.tests.served import kept_connection
from anlan.site.wsgi import application

pytestmark = pytest.mark.django_db


class Silent(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def served() -> Iterator[str]:
    """The application behind a socket, in the transaction of the test."""
    counts.clear()
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


def sheet_of(firm: str, *, place: str = "金水区") -> bytes:
    """A sheet as an office sends it: a title, the header, three rows of which one has no year."""
    rows = [
        ["安全生产隐患排查台账"],
        ["行业领域", "企业名称", "属地", "隐患描述", "检查方式", "检查时间", "是否整改"],
        ["危化", firm, place, "配电箱无门,线路裸露", "督导检查", "2019-08-06", "否"],
        ["危化", firm, place, "灭火器压力不足", "督导检查", "8月7日", "否"],
        ["危化", firm, place, "安全出口堵塞", "督导检查", "2019-08-08", "否"],
    ]
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()


def test_a_sheet_comes_in_is_mended_comes_in_again_and_goes_out_by_another_program(served, city):
    office, sent = program(served, city.clerk), sheet_of(city.firm.name, place="郑东片")
    read = office.import_send(sent, "台账.csv")
    assert (read["rows"], read["accepted"], read["refused"]) == (3, 2, 1)
    assert {(r["row"], "没有写年份" in r["reason"]) for r in read["refusals"]} == {(4, True)}
    assert scenes.Hazard.everything.count() == 0, "trying registers nothing"
    read = office.import_mapping(read["id"], year=2019)
    assert (read["accepted"], read["refused"]) == (3, 0)
    taken = office.import_go(read["id"])
    assert (taken["step"], taken["new"], taken["already_present"]) == ("DONE", 3, 0)
    again = office.import_send(sent, "台账.csv")
    assert (office.import_mapping(again["id"], year=2019)["new"], again["already_present"]) == (0, 2)
    assert [s["id"] for s in office.every(office.imports_list)] == [again["id"], taken["id"]]

    made = office.export_ask(table="hazards", form="csv", asked={"text": "灭火器"}, columns=["description"])
    assert made["stage"] == "DONE"
    lines = office.export_file(made["id"]).decode("utf-8-sig").splitlines()
    assert [line for line in lines if "灭火器" in line] == lines[1:] != []
    assert verify.run().holds


def test_what_was_refused_of_a_sheet_comes_back_to_the_program_as_a_sheet(served, city):
    office = program(served, city.clerk)
    read = office.import_send(sheet_of(city.firm.name), "台账.csv")
    with pytest.raises(Problem, match="404"):
        office.import_refused(read["id"])
    assert office.import_go(read["id"])["refused"] == 1
    assert office.import_refused(read["id"]).startswith(b"PK")
    with pytest.raises(Problem, match="422: 这张表已经在导入,或已导入完"):
        office.import_go(read["id"])


def test_a_sheet_and_a_file_are_told_to_who_sent_and_asked_alone(served, city):
    office, other = program(served, city.clerk), program(served, city.officer)
    read = office.import_send(sheet_of(city.firm.name), "台账.csv")
    made = office.export_ask(table="hazards")
    for asks in (
        lambda: other.imports_get(read["id"]),
        lambda: other.export_file(made["id"]),
        lambda: other.import_go(read["id"]),
    ):
        with pytest.raises(Problem) as told:
            asks()
        assert told.value.status == 404


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"table": "people"}, "没有“people”这张列表"),
        ({"table": "hazards", "asked": {"colour": "red"}}, "这张列表不能按“colour”筛选"),
        ({"table": "hazards", "columns": ["secret"]}, "没有“secret”这一栏"),
    ],
)
def test_an_export_of_what_is_not_there_is_refused_in_words(served, city, given, why):
    with pytest.raises(Problem) as told:
        program(served, city.clerk).export_ask(**given)
    assert (told.value.status, told.value.detail) == (422, why)


def test_a_token_that_reads_nothing_takes_no_list_away(served, city):
    with pytest.raises(Problem, match="403: 这个令牌不能读取"):
        program(served, city.clerk, "report").export_ask(table="hazards")


def test_one_decision_upon_many_is_previewed_then_done_once_by_another_program(served, city):
    officer, at = program(served, city.officer), timezone.now() - timedelta(minutes=1)
    ready = [scenes.register(city.officer, city.firm, at=at).pk for _ in range(2)]
    ordered, foreign = scenes.ordered(city, at=at).pk, 10**9
    rows = [{"id": pk} for pk in (*ready, ordered, foreign)]
    seen = officer.hazards_bulk_preview(act="order", rows=rows)
    assert (seen["can"], [c["id"] for c in seen["cannot"]], seen["missing"]) == (ready, [ordered], [foreign])
    assert "整改中" in seen["cannot"][0]["why_not"]
    assert {"due_on", "requirement"} <= {i["name"] for i in seen["inputs"]}
    assert all(scenes.Hazard.everything.get(pk=pk).seq == 1 for pk in ready), "a preview does nothing"

    said = {
        "act": "order",
        "rows": rows,
        "inputs": {"due_on": in_days(5), "requirement": "加装箱门"},
        "id": str(uuid4()),
    }
    done = officer.hazards_bulk(**said)["items"]
    assert [(o["id"], o["done"]) for o in done] == [
        (ready[0], True), (ready[1], True), (ordered, False), (foreign, False),
    ]  # fmt: skip
    again = officer.hazards_bulk(**said)["items"]
    assert [(o["done"], o["repeated"]) for o in again[:2]] == [(True, True)] * 2
    assert scenes.Hazard.everything.get(pk=ready[0]).seq == 2
    assert verify.run().holds


def test_many_are_decided_with_what_the_form_of_one_asks_for(served, city):
    officer = program(served, city.officer)
    h = scenes.register(city.officer, city.firm, at=timezone.now() - timedelta(minutes=1))
    for inputs in ({"due_on": in_days(5)}, {"due_on": in_days(5), "requirement": "加装", "state": "CLOSED"}):
        with pytest.raises(Problem) as told:
            officer.hazards_bulk(act="order", rows=[{"id": h.pk}], inputs=inputs)
        assert told.value.status == 422
    assert scenes.fresh(h).seq == 1
