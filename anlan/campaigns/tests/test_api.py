"""Campaigns for programs: the same acts, refusals and reach as on the pages."""

import json

import pytest

from anlan.campaigns.models import Receipt
from anlan.campaigns.tests.scenes import Cast, issued, opened, signed_in
from anlan.hazards.tests.scenes import JINSHUI, TODAY
from anlan.inspections.tests.test_coverage import frozen
from anlan.inspections.tests.test_draws import firm

pytestmark = pytest.mark.django_db


def test_a_plan_is_signed_for_by_program_once_and_by_its_addressee_alone():
    city = Cast()
    c = opened(city)
    [r] = issued(city, c, city.bureau)
    there, office = signed_in(city.officer), signed_in(city.clerk)
    act = f"/api/v1/receipts/{r.pk}/acts/sign"
    refused = office.post(act, "{}", content_type="application/json")
    assert refused.status_code in (403, 422)
    assert Receipt.everything.get(pk=r.pk).signed_on is None
    [waiting] = there.get("/api/v1/receipts").json()["items"]
    assert (waiting["id"], waiting["state"]) == (r.pk, "SENT")
    assert there.post(act, "{}", content_type="application/json").json()["state"] == "SIGNED"
    assert there.post(act, "{}", content_type="application/json").status_code == 422
    told = office.get(f"/api/v1/plans/{r.plan_id}").json()
    assert [one["state"] for one in told["receipts"]] == ["SIGNED"]
    sub = {"kind": "SECTOR", "name": "危化专项", "since": str(TODAY), "until": str(TODAY), "owner": "危化科"}
    refine = f"/api/v1/receipts/{r.pk}/acts/refine"
    refused = there.post(refine, json.dumps(sub), content_type="application/json")
    assert (refused.status_code, refused.json()["detail"]) == (422, "分领域行动须选择行业领域")
    refined = there.post(refine, json.dumps(sub | {"sector": "HAZCHEM"}), content_type="application/json")
    assert [a["name"] for a in refined.json()["sub_actions"]] == ["危化专项"]
    assert office.get(f"/api/v1/campaigns/{c.pk}").json()["plans"][0]["id"] == r.plan_id


def test_coverage_by_program_says_what_the_page_says():
    city = Cast()
    e = firm()
    r = frozen(city)
    client = signed_in(city.clerk)
    told = client.get(f"/api/v1/coverage/{r.pk}").json()
    [line] = [t for t in told["tiers"] if t["tier"] == "ENTERPRISE"]
    assert (line["nodes"], line["seen"], line["rate"]) == (1, 0, 0.0)
    assert [each["county"]["code"] for each in told["counties"]] == [JINSHUI]
    [node] = client.get(f"/api/v1/coverage/{r.pk}/unseen").json()["items"]
    assert node["enterprise"] == e.pk
    assert client.get(f"/api/v1/coverage/{r.pk}/unseen?tier=NOWHERE").status_code == 422
    assert signed_in(city.manager).get(f"/api/v1/coverage/{r.pk}").status_code == 404
