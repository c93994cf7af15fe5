"""Forms of campaigns as they are filled in: what is refused stands where it was typed, in the reader's language."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anlan.campaigns.commands import campaign, plan
from anlan.campaigns.models import ActionPlan, Campaign, SubAction, WorkRule
from anlan.campaigns.tests.scenes import BASIS, TEXT, Cast, issued, opened, signed_in
from anlan.hazards.tests.scenes import NOW, TODAY

pytestmark = pytest.mark.django_db
SAID = {"name": "冬季", "basis": BASIS, "since": "2019-11-01", "until": "2019-12-31"}


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages read the clock; the scene is the second of September 2019."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def city() -> Cast:
    return Cast()


def to(kind: str, pk: int, act: str, *, item: Any = "") -> str:
    return reverse(f"campaigns:{kind}_act", args=[pk, act]) + (f"?item={item}" if item else "")


def shown(
    client: Client, address: str, said: dict[str, Any] | None = None, *, language: str = "zh-hans"
) -> Any:
    headers = {"accept-language": language}
    return (
        client.post(address, said, headers=headers)
        if said is not None
        else client.get(address, headers=headers)
    )


# -- refused ---------------------------------------------------------------------------------------------


def test_a_refusal_stands_beside_the_field_at_fault_with_what_was_typed_still_there(city):
    answer = shown(signed_in(city.clerk), reverse("campaigns:new"), SAID | {"name": "冬"})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors["name"] == ["行动名称至少写4个字"]
    assert form["basis"].value() == BASIS
    page = answer.content.decode()
    assert 'aria-invalid="true"' in page
    assert 'id="id_name_error"' in page
    assert not Campaign.everything.exists()


def test_a_refusal_on_an_english_page_is_english_to_its_last_word(city):
    answer = shown(signed_in(city.clerk), reverse("campaigns:new"), SAID | {"name": "冬"}, language="en")
    assert answer.context["form"].errors["name"] == ["Name of the campaign: write at least 4 characters"]
    c = opened(city)
    late = {"name": "收尾阶段", "since": "2019-12-01", "until": "2019-12-31"}
    refused = shown(signed_in(city.clerk), to("campaign", c.pk, "put_phase"), late, language="en")
    assert refused.context["form"].errors["since"][0].startswith("Phase: the dates must lie between")


@pytest.mark.parametrize("act", ["reach", "unseat", "tick", "drop"])
def test_where_there_is_no_line_the_page_says_so_instead_of_an_empty_choice(city, act):
    c = opened(city)
    page = shown(signed_in(city.clerk), to("campaign", c.pk, act)).content.decode()
    assert "请先添加" in page or "没有可以删去" in page
    assert "<select" not in page.partition("<main")[2]


# -- carried out -----------------------------------------------------------------------------------------


def test_a_returned_sub_action_is_put_in_other_words_and_stays_one(city):
    c = opened(city)
    officer = city.officer
    [r] = issued(city, c, city.bureau)
    plan.sign(r.pk, by=officer, at=NOW)
    said = {
        "kind": "SECTOR",
        "sector": "HAZCHEM",
        "since": TODAY,
        "until": TODAY + timedelta(days=9),
        "owner": "监管股",
    }
    plan.refine(r.pk, by=officer, at=NOW, name="危化品检查", **said)
    [row] = SubAction.everything.all()
    address = to("receipt", r.pk, "refine", item=row.pk)
    form = shown(signed_in(officer), address).context["form"]
    assert form["name"].value() == "危化品检查"
    sent = said | {"item": row.pk, "name": "危化品专项检查", "target": 12}
    assert shown(signed_in(officer), address, sent).status_code == 302
    [row] = SubAction.everything.filter(gone=False)
    assert (row.name, row.target) == ("危化品专项检查", 12)


def test_a_reworded_rule_has_to_be_carried_out_again(city):
    c = opened(city)
    campaign.put_rule(c.pk, by=city.clerk, at=NOW, kind="UNIFIED", title="统一指挥", text="办公室统一调度")
    [line] = WorkRule.everything.all()
    campaign.tick(c.pk, by=city.clerk, at=NOW, item=line.pk, note="已建立调度机制")
    desk, address = signed_in(city.clerk), to("campaign", c.pk, "put_rule", item=line.pk)
    assert shown(desk, address).context["form"]["text"].value() == "办公室统一调度"
    sent = {"item": line.pk, "kind": "UNIFIED", "title": "统一指挥", "text": "办公室每日统一调度"}
    assert shown(desk, address, sent).status_code == 302
    [line] = WorkRule.everything.all()
    assert (line.text, line.ticked_on) == ("办公室每日统一调度", None)


def test_a_countys_own_plan_names_the_plan_of_the_city_that_it_carries_out(city):
    c = opened(city)
    county = city.county_clerk
    [r] = issued(city, c, city.county_office)
    plan.sign(r.pk, by=county, at=NOW)
    desk, address = signed_in(county), reverse("campaigns:plan_new", args=[c.pk])
    assert address in shown(desk, r.get_absolute_url()).content.decode()
    due = TODAY + timedelta(days=5)
    sent = {
        "refines": r.plan_id, "kind": "PLACE", "title": "金水区实施方案", "basis": BASIS, "text": TEXT, "sign_due_on": due,
        "file_due_on": due,
    }  # fmt: skip
    answer = shown(desk, address, sent)
    assert answer.status_code == 302
    own = ActionPlan.everything.get(title="金水区实施方案")
    assert (own.refines, own.county) == (r.plan_id, "410105")
    assert r.plan.title in shown(desk, own.get_absolute_url()).content.decode()
