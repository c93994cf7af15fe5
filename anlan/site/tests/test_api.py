"""Every reading of the API once, as several roles: the declared shape, and nothing of another county."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from anlan.evidence import samples
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City
from anlan.hazards.tests.test_api import desk, fresh, in_days, post
from anlan.notices.models import Notice
from anlan.register.models import Enterprise

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


READS = (
    "/me", "/hazards", "/visits", "/suspensions", "/documents", "/enterprises", "/figures", "/figures/indicators",
    "/figures/found/rows", "/notices", "/places/counties", "/places/towns?county=410105", "/standards/sectors",
    "/standards/sources", "/standards/terms", "/standards/major-rules?sector=HAZCHEM", "/four-lists/risks",
    "/four-lists/assignments", "/four-lists/leaders", "/four-lists/acceptance",
)  # fmt: skip


def get(client: Client, path: str, **headers: str) -> Any:
    return client.get(f"/api/v1{path}", headers=headers)


@pytest.mark.parametrize("path", READS)
def test_every_list_opens_for_an_office_and_a_department(city, path):
    fresh(city)
    for who in (city.clerk, city.officer):
        answer = get(desk(who), path)
        assert answer.status_code == 200, answer.content.decode()
        assert answer["Content-Type"].startswith("application/json")


def test_an_upload_becomes_the_photo_of_an_act(city):
    client = desk(city.officer)
    file = SimpleUploadedFile("现场.jpg", samples.photo(7).data, content_type="image/jpeg")
    up = client.post("/api/v1/evidence", {"file": file})
    assert up.status_code == 201, up.content.decode()
    h = post(
        client, "/api/v1/hazards", enterprise=city.firm.name, description="配电箱无门", source="GOV_OPEN",
        photos=[up.json()["token"]],
    )  # fmt: skip
    assert h.status_code == 201, h.content.decode()
    (shot,) = h.json()["evidence"]
    assert (shot["label"], shot["sha256"]) == ("BEFORE", up.json()["sha256"])
    assert client.get(shot["href"]).status_code == 200


def test_what_is_no_photo_is_refused_and_nothing_is_kept(city):
    file = SimpleUploadedFile("a.jpg", b"MZ not a picture", content_type="image/jpeg")
    answer = desk(city.officer).post("/api/v1/evidence", {"file": file})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    missing = desk(city.officer).post("/api/v1/evidence", {})
    assert missing.json()["errors"] == [{"field": "file", "message": "请填写这一项"}]


def test_the_upload_of_a_colleague_is_not_found(city):
    file = SimpleUploadedFile("现场.jpg", samples.photo(7).data, content_type="image/jpeg")
    token = desk(city.officer).post("/api/v1/evidence", {"file": file}).json()["token"]
    answer = post(
        desk(city.second), "/api/v1/hazards", enterprise=city.firm.name, description="配电箱无门",
        source="GOV_OPEN", photos=[token],
    )  # fmt: skip
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "photos"


def test_a_firm_is_entered_changed_in_one_place_and_keeps_the_rest(city):
    client = desk(city.town_officer)
    body = {"name": "郑州金水测试化工有限公司", "sector": "HAZCHEM", "county": scenes.JINSHUI, "town": scenes.STREET,
            "address": "花园路1号", "scale": "SOLE", "principal_name": "王某"}  # fmt: skip
    made = post(client, "/api/v1/enterprises", **body)
    assert made.status_code == 201, made.content.decode()
    firm = made.json()
    changed = post(
        client, f"/api/v1/enterprises/{firm['id']}/acts/update", seen=firm["version"], headcount=120
    )
    assert changed.status_code == 200, changed.content.decode()
    told = changed.json()
    assert (told["headcount"], told["address"], told["name"]) == (120, "花园路1号", body["name"])
    assert told["persons"][0]["name"] == "王某"


def test_personal_data_of_a_firm_is_not_told_without_the_right(city):
    firm = Enterprise.everything.get(pk=city.firm.pk)
    told = get(desk(city.leader), f"/enterprises/{firm.pk}").json()
    assert all(p["name"] is None and p["phone"] is None for p in told["persons"])


def test_an_office_suspends_a_firm_by_the_api_and_another_approves(city):
    h = scenes.ordered(city, at=timezone.now() - timedelta(minutes=1))
    made = post(
        desk(city.officer), "/api/v1/suspensions", enterprise=city.firm.pk, hazards=[str(h.pk)], extent="WHOLE",
        reason="重大风险未消除",
    )  # fmt: skip
    assert made.status_code == 201, made.content.decode()
    s = made.json()
    assert s["hazards"] == [h.pk]
    own = post(desk(city.officer), f"/api/v1/suspensions/{s['id']}/acts/approve")
    assert own.status_code == 403
    approved = post(desk(city.head), f"/api/v1/suspensions/{s['id']}/acts/approve", seen=s["version"])
    assert approved.json()["state"] == "IN_FORCE", approved.content.decode()


def test_a_figure_opens_into_the_records_it_counted(city):
    for _ in range(3):
        fresh(city)
    client = desk(city.officer)
    values = {v["code"]: v["value"] for v in get(client, "/figures").json()["values"]}
    rows = get(client, "/figures/found/rows").json()
    assert values["found"] == rows["value"] == len(rows["items"]) == 3


def test_figures_of_another_county_are_refused_in_words(city):
    answer = get(desk(city.officer), f"/figures?place={scenes.ERQI}")
    assert (answer.status_code, "不在您的职责范围内" in answer.json()["detail"]) == (422, True)
    assert get(desk(city.officer), "/figures?since=2019-10-02&until=2019-10-01").status_code == 422


def test_a_notice_is_read_by_whom_it_was_for(city):
    h = fresh(city, general=True)
    _manager = city.principal
    post(desk(city.officer), f"/api/v1/hazards/{h.pk}/acts/order", due_on=in_days(5), requirement="装门")
    mine = get(desk(city.principal), "/notices").json()["items"]
    assert len(mine) == 1
    assert "前完成整改" in mine[0]["words"]
    theirs = desk(city.officer).post(f"/api/v1/notices/{mine[0]['id']}/read")
    assert (theirs.status_code, Notice.objects.get().read_at) == (404, None)
    assert desk(city.principal).post(f"/api/v1/notices/{mine[0]['id']}/read").status_code == 204


def test_correcting_by_the_api_leaves_what_was_not_sent(city):
    h = fresh(city)
    client = desk(city.head)
    answer = post(client, f"/api/v1/hazards/{h.pk}/acts/correct", location="二号库", reason="地点写错")
    assert answer.status_code == 200, answer.content.decode()
    told = answer.json()
    assert (told["location"], told["description"]) == ("二号库", h.description)


def test_an_order_document_is_drafted_from_what_the_record_knows(city):
    second, _head = city.second, city.head
    h = fresh(city)
    body = {
        "due_on": in_days(5),
        "requirement": "加装箱门",
        "legal": True,
        "second": f"{second.id}@{second.position}",
    }
    client = desk(city.officer)
    ordered = post(client, f"/api/v1/hazards/{h.pk}/acts/order", **body)
    assert ordered.status_code == 200, ordered.content.decode()
    made = post(client, "/api/v1/documents", type="RECTIFY_ORDER", hazard=h.pk)
    assert made.status_code == 201, made.content.decode()
    assert (made.json()["state"], made.json()["hazards"]) == ("DRAFT", [h.pk])
    assert get(desk(city.principal), f"/documents/{made.json()['id']}").status_code == 404


def test_the_answer_names_its_language_and_is_not_kept(city):
    answer = get(desk(city.officer), "/hazards", **{"Accept-Language": "en"})
    assert answer["Content-Language"] == "en"
    assert answer["Cache-Control"] == "no-store"
    assert json.loads(answer.content)["items"] == []
