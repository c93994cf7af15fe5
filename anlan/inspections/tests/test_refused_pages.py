"""What a page of draws and of sharing out says when it refuses, and that nothing happens but what was shown."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from anlan.hazards.tests.scenes import ERQI, NOW, TODAY, City, later
from anlan.inspections import draws
from anlan.inspections import draws_rules as rules
from anlan.inspections.models import Draw, Visit
from anlan.inspections.tests.test_coverage import frozen
from anlan.inspections.tests.test_draws import covert, firm, group, held
from anlan.inspections.tests.test_pages import at_desk
from anlan.kernel import canonical

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return City()


@pytest.fixture(autouse=True)
def _that_day(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def test_a_draw_that_was_refused_keeps_what_the_witness_said(city):
    key, _crew = group("暗访一组", "410105")
    firm()
    d = covert(city, [key], each=1)
    answer = at_desk(city.clerk).post(reverse("inspections:draw_act", args=[d.pk, "draw"]), {"said": "8 15"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="8 15"' in page
    assert page.count("现场监督人的姓名和所报的数(词)须同时填写") == 2
    assert Draw._base_manager.get().drawn_at is None


def test_anybody_fetches_the_papers_of_a_published_draw_and_of_no_other(city, client):
    key, [walker] = group("暗访一组", "410105")
    firm()
    d = covert(city, [key], each=1)
    draws.draw(d.pk, by=city.clerk, at=NOW)
    papers = reverse("inspections:published_papers", args=[d.pk])
    assert client.get(papers).status_code == 404
    held(city, Visit._base_manager.get(draw=d.pk), walker)
    d = draws.publish(d.pk, by=city.clerk, at=later(hours=5))
    page = client.get(reverse("inspections:published_one", args=[d.pk])).content.decode()
    assert papers in page
    assert 'id="menu"' not in page
    text = client.get(papers).content.decode()
    assert canonical.digest(text) == d.papers_digest
    again = rules.draw(json.loads(text), rules.seed(d.revealed, d.said))
    assert [p.plain() for p in again] == d.outcome


def test_where_there_is_nobody_to_send_no_plan_is_offered(city):
    firm()
    key, _crew = group("督导一组", ERQI)
    r = frozen(city)
    said = {"tier": 3, "number": 9, "groups": [key], "since": TODAY, "until": TODAY + timedelta(days=3)}
    answer = at_desk(city.clerk).post(reverse("inspections:share", args=[r.pk]), said)
    assert answer.status_code == 422
    assert "没有可以分派的对象" in answer.content.decode()
    assert "确认分派" not in answer.content.decode()


def test_nothing_else_is_sent_than_what_was_looked_at(city):
    for _ in range(3):
        firm()
    key, _crew = group("督导一组", "410105")
    r = frozen(city)
    desk, to = at_desk(city.clerk), reverse("inspections:share", args=[r.pk])
    said = {"tier": 3, "number": 2, "groups": [key], "since": TODAY, "until": TODAY + timedelta(days=3)}
    page = desk.post(to, said).content.decode()
    assert "将安排 2 次检查" in page
    assert 'type="hidden" name="number" value="2"' in page
    assert 'type="number"' not in page
    again = desk.post(to, said | {"again": "1"})
    assert again.status_code == 200
    assert 'type="number"' in again.content.decode()
    assert not Visit._base_manager.exists()
    assert desk.post(to, said | {"go": "1"}).status_code == 302
    assert Visit._base_manager.count() == 2
