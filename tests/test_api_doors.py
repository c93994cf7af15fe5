"""Before whom each operation of the API opens: read from its document, so that a new one without a line fails.

Every operation is called by everybody, with the least that its shape asks for, upon the records of one county,
sector and firm. Shut is 401 for nobody, 404 where the record is not his to see, 403 where his position may not.
"""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from anlan.people import token_commands, tokens
from anlan.people.scopes import offered
from anlan.site.api import api
from anlan.site.counts import counts
from tests.world import World, _django_db_helper, undone  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SCHEMA: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    said["operationId"]: (method, path, said)
    for path, methods in SCHEMA["paths"].items()
    for method, said in methods.items()
}


def least(shape: dict[str, Any]) -> Any:
    """The smallest value of a shape."""
    if "$ref" in shape:
        return least(SCHEMA["components"]["schemas"][shape["$ref"].rpartition("/")[2]])
    if "anyOf" in shape:
        return least(shape["anyOf"][0])
    if "enum" in shape or "const" in shape:
        return shape["enum"][0] if "enum" in shape else shape["const"]
    match shape.get("type"):
        case "object":
            return {n: least(shape["properties"][n]) for n in shape.get("required", ())}
        case "array":
            return [least(shape["items"])] * shape.get("minItems", 0)
        case "integer" | "number":
            return max(0, shape.get("minimum", 0))
        case "boolean":
            return True
    if shape.get("format") == "date":
        return str(timezone.localdate() + timedelta(days=1))
    return "字" * max(1, shape.get("minLength", 1))


def call(w: World, who: str, name: str) -> int:
    """The status with which an operation answers somebody; whatever it did is undone."""
    return answered(w, w.client(who), name).status_code


def answered(w: World, client: Any, name: str, **headers: str) -> Any:
    method, path, said = OPERATIONS[name]
    keys = {
        "hazards": w.hazard.pk, "suspensions": w.suspension.pk, "documents": w.document.pk, "enterprises": w.firm.pk,
        "visits": w.visit.pk, "notices": w.notice, "imports": w.sheet, "exports": w.export.pk,
        "campaigns": w.campaign.pk, "plans": w.receipt.plan_id, "receipts": w.receipt.pk, "coverage": w.roll.pk,
        "draws": w.lot.pk, "roll-calls": w.roll_call.pk,
    }  # fmt: skip
    for parameter in said.get("parameters", ()):
        if parameter["in"] == "path":
            part = path.split("/")[3]
            given = {"pk": keys.get(part), "code": "+1" if part == "visits" else "found"}.get(
                parameter["name"]
            )
            path = path.replace(f"{{{parameter['name']}}}", str(given or least(parameter["schema"])))
        elif parameter.get("required"):
            path += f"?{parameter['name']}={QUERIES[parameter['name']]}"
    with undone():
        if method == "get":
            return client.get(path, headers=headers)
        content = said.get("requestBody", {}).get("content", {})
        if "multipart/form-data" in content:
            return client.post(path, {"file": SimpleUploadedFile("一页.csv", b"x")}, headers=headers)
        sent = least(content["application/json"]["schema"]) if content else {}
        named = {"suspension_propose": {"enterprise": w.firm.pk}, "document_draft": {"hazard": w.hazard.pk}}
        sent |= named.get(name, {})
        sent |= {"rows": [{"id": w.hazard.pk}]} if "rows" in sent else {}
        body = json.dumps(sent)
        return client.post(path, body, content_type="application/json", headers=headers)


SHUT = (401, 403, 404)
#: what an operation asks in its address
QUERIES = {"county": "410105", "sector": "HAZCHEM", "code": "found"}


#: everybody who is signed in
ALL = (
    "clerk county_clerk officer second head town grid supervisor expert leader auditor duty admin principal"
    " manager worker far_officer far_head far_auditor far_admin other_sector other_town other_principal jobless"
)
#: the offices, organs and stations of the place, city included
PLACE = "clerk county_clerk officer second head town grid leader auditor duty"
#: they and the firm itself
SEES = f"{PLACE} principal manager"
#: their like elsewhere, who may do the same with records of their own
ABROAD = "far_officer other_sector other_town other_principal"
#: whoever may show what he saw
WORKS = "clerk county_clerk officer second head town grid supervisor expert principal manager worker"
#: who may send a sheet of one kind or another
SENDS = "clerk county_clerk officer town admin far_officer far_admin other_sector other_town"
#: whoever signs for what was handed over; rows of another's are told as not there
SIGNS = "officer second town far_officer other_sector other_town"
#: officials of any place, each with what is his
PLACES = f"{PLACE} far_officer far_head far_auditor other_sector other_town"
#: officials of the county, each with his part of its coverage
COVERED = f"{PLACE} other_sector other_town"
#: operation → before whom it opens, of those in the world of the tests
OPENS: dict[str, str] = {
    "me": ALL,
    "hazards_list": ALL,
    "hazard_register": f"clerk county_clerk officer second town grid supervisor expert principal manager worker {ABROAD}",
    "hazards_get": SEES,
    "hazards_bulk_preview": SIGNS,
    "hazards_bulk": SIGNS,
    "hazard_fix_on_spot": f"clerk county_clerk officer second town supervisor principal manager {ABROAD}",
    "hazard_grade_general": "clerk county_clerk officer second town principal manager",
    "hazard_propose_major": "clerk county_clerk officer second town grid principal manager",
    "hazard_confirm_major": "officer second",
    "hazard_not_major": "officer second",
    "hazard_regrade": "clerk county_clerk",
    "hazard_assign": "clerk county_clerk",
    "hazard_sign": "officer second town",
    "hazard_return": "officer town",
    "hazard_pass_on": "officer town",
    "hazard_transfer": "officer town",
    "hazard_accept_transfer": "officer town",
    "hazard_reply": "officer second town",
    "hazard_urge": "clerk county_clerk officer head town grid",
    "hazard_order": "officer second town",
    "hazard_start_own": "principal manager",
    "hazard_take_over": "officer town",
    "hazard_plan": "principal",
    "hazard_progress": "principal manager",
    "hazard_ask_extension": "principal",
    "hazard_grant_extension": "officer head town",
    "hazard_refuse_extension": "officer head town",
    "hazard_submit": "principal manager",
    "hazard_accept": "officer second town",
    "hazard_accept_own": "principal manager",
    "hazard_propose_acceptance": "officer second town",
    "hazard_approve_acceptance": "head",
    "hazard_fail": "officer second town",
    "hazard_fail_own": "principal manager",
    "hazard_refuse_acceptance": "head",
    "hazard_keep": "clerk county_clerk officer head town",
    "hazard_consult": "clerk county_clerk officer",
    "hazard_ask_void": "clerk county_clerk officer head town",
    "hazard_void": "clerk county_clerk officer head town",
    "hazard_ask_merge": "clerk county_clerk officer head town",
    "hazard_merge": "clerk county_clerk officer head town",
    "hazard_relapse": "officer second town",
    "hazard_correct": "head",
    "hazard_opinion": "",
    "hazard_instruct": "leader",
    "hazard_answer_instruction": "clerk county_clerk officer head town",
    "hazard_report_major": "manager",
    "hazard_form": "clerk county_clerk officer second town principal manager",
    "four_lists": ALL,
    "suspensions_list": ALL,
    "suspension_propose": "officer second",
    "suspensions_get": SEES,
    "suspension_approve": "head",
    "suspension_reject": "head",
    "suspension_apply": "principal",
    "suspension_review": "officer second",
    "suspension_lift": "head",
    "suspension_refuse": "head",
    "suspension_form": "head",
    "visits_list": ALL,
    "visit_plan": "clerk county_clerk officer second town supervisor far_officer other_sector other_town",
    "visits_get": PLACE,
    "visit_begin": f"clerk county_clerk officer second town grid supervisor expert principal manager {ABROAD}",
    "visit_authorise": "clerk county_clerk head",
    "visit_start": "clerk county_clerk officer second town grid",
    "visit_finish": "clerk county_clerk officer second town grid",
    "visit_file": "clerk county_clerk officer second town grid",
    "visit_void": "clerk county_clerk officer second town grid",
    "visit_advise": "",
    "visit_decide_advice": "",
    "visit_form": "clerk county_clerk head",
    "visit_answer": "clerk county_clerk officer second town grid",
    "coverage_list": PLACES,
    "coverage_get": COVERED,
    "coverage_unseen": COVERED,
    "draws_list": PLACES,
    "draws_get": "clerk leader auditor duty",
    "campaigns_list": ALL,
    "campaigns_get": f"{PLACES.replace(' grid', '')} supervisor expert",
    "plans_get": "clerk officer second head leader auditor duty",
    "receipts_list": ALL,
    "receipts_get": "clerk county_clerk officer second head leader auditor duty other_sector",
    "receipt_sign": "clerk county_clerk officer head other_sector",
    "receipt_refine": "clerk county_clerk officer head other_sector",
    "receipt_drop": "clerk county_clerk officer head other_sector",
    "receipt_file": "clerk county_clerk officer head other_sector",
    "receipt_return": "clerk county_clerk",
    "receipt_accept": "clerk county_clerk",
    "receipt_urge": "clerk county_clerk",
    "receipt_form": "clerk county_clerk officer head other_sector",
    "roll_calls_list": ALL,
    "roll_calls_get": "clerk county_clerk officer head leader duty auditor other_sector",
    "rollcall_result": "clerk county_clerk duty",
    "rollcall_again": "clerk county_clerk duty",
    "rollcall_correct": "clerk county_clerk duty",
    "rollcall_void": "clerk county_clerk duty",
    "rollcall_form": "clerk county_clerk duty",
    "documents_list": f"{SEES} {ABROAD} far_head far_auditor",
    "document_draft": "clerk county_clerk officer second town",
    "documents_get": PLACE,
    "document_approve": "clerk county_clerk head",
    "document_send_back": "clerk county_clerk head",
    "document_revise": "clerk county_clerk officer second town",
    "document_discard": "clerk county_clerk officer second town",
    "document_serve": "clerk county_clerk officer second town",
    "document_void": "clerk county_clerk head",
    "document_form": "clerk county_clerk head",
    "enterprises_list": ALL,
    "enterprise_enter": "clerk county_clerk officer town far_officer other_sector other_town",
    "enterprises_get": SEES,
    "enterprise_approve": "clerk county_clerk officer town",
    "enterprise_refuse": "clerk county_clerk officer town",
    "enterprise_update": "clerk county_clerk officer town",
    "enterprise_declare": "officer town principal manager",
    "enterprise_set_person": "officer town principal manager",
    "enterprise_end_person": "officer town principal manager",
    "enterprise_add_premises": "officer town principal manager",
    "enterprise_end_premises": "officer town principal manager",
    "enterprise_add_workpost": "officer town principal manager",
    "enterprise_end_workpost": "officer town principal manager",
    "enterprise_add_sector": "clerk county_clerk officer town",
    "enterprise_remove_sector": "clerk county_clerk officer town",
    "enterprise_close": "head",
    "enterprise_reopen": "head",
    "enterprise_form": "clerk county_clerk officer town",
    "evidence_upload": f"{WORKS} {ABROAD} far_head",
    "imports_list": SENDS,
    "import_send": SENDS,
    "imports_get": "clerk",
    "import_mapping": "clerk",
    "import_go": "clerk",
    "import_cancel": "clerk",
    "import_refused": "",
    "exports_list": ALL,
    "export_ask": ALL,
    "exports_get": "clerk",
    "export_cancel": "clerk",
    "export_file": "clerk",
    "indicators": ALL,
    "figures": ALL,
    "figures_rows": ALL,
    "notices_list": ALL,
    "notices_read": "principal",
    "counties": ALL,
    "towns": ALL,
    "sectors": ALL,
    "sources": ALL,
    "terms": ALL,
    "major_rules": ALL,
}


def test_every_operation_of_the_document_has_its_line():
    assert OPENS.keys() == OPERATIONS.keys()


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_an_operation_opens_before_these_and_nobody_else(name: str, w: World):
    answers = {who: call(w, who, name) for who in w.everybody}
    shut = {who: status for who, status in answers.items() if status in SHUT}
    assert set(answers) - set(shut) == set(OPENS[name].split())
    assert answers["nobody"] == 401
    assert max(answers.values()) < 500


@pytest.mark.parametrize("who", ["clerk", "county_clerk", "officer", "duty"])
def test_a_token_for_every_act_opens_what_its_position_opens(who: str, w: World):
    """So that what is offered to programs is there for them: an answer to a token is that to the desk's session."""
    counts.clear()
    fresh = tokens.new()
    token_commands.make(
        name="平台",
        key=fresh.key,
        digest=fresh.digest,
        scopes=[scope for scope, _ in offered(w.actors[who].can)],
        until=timezone.localdate() + timedelta(days=9),
        by=w.actors[who],
        at=w.now,
    )
    differs = {}
    for name in OPERATIONS:
        desk = answered(w, w.client(who), name)
        program = answered(w, Client(), name, Authorization=f"Bearer {fresh.secret}")
        if (desk.status_code in SHUT, listed(desk)) != (program.status_code in SHUT, listed(program)):
            differs[name] = (desk.status_code, program.status_code, listed(desk), listed(program))
    assert not differs


def listed(answer: Any) -> int | None:
    """How many rows a list has; None for what is none."""
    told = answer.json() if answer.headers.get("Content-Type", "").startswith("application/json") else None
    return len(told["items"]) if isinstance(told, dict) and "items" in told else None


#: another county's, another sector's, another street's, another firm's
STRANGERS = [
    "far_officer",
    "far_head",
    "far_auditor",
    "far_admin",
    "other_sector",
    "other_town",
    "other_principal",
]


#: a campaign of the city is every official's to read, coverage and plans of a county all its organs'
COMMON = {
    "campaigns": {"far_officer", "far_head", "far_auditor", "other_sector", "other_town"},
    "coverage": {"other_sector", "other_town"},
    "receipt": {"other_sector"},
    "roll": {"other_sector"},
    "rollcall": {"other_sector"},
    "receipts": {"other_sector"},
}


@pytest.mark.parametrize("name", sorted(n for n, (_m, path, _s) in OPERATIONS.items() if "{pk}" in path))
def test_to_a_stranger_a_record_is_not_there_whatever_his_position(name: str, w: World):
    strangers = [who for who in STRANGERS if who not in COMMON.get(name.partition("_")[0], ())]
    assert {who: call(w, who, name) for who in strangers} == dict.fromkeys(strangers, 404)
