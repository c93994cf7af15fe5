"""The API's reference: complete, in two languages, without a script."""

import re

import pytest
from django.test import Client

from anlan.hazards.forms import BY_ACT
from anlan.hazards.workflow import HAZARD

pytestmark = pytest.mark.django_db


def said(language: str = "zh") -> dict:
    return Client().get("/api/v1/openapi.json", headers={"Accept-Language": language}).json()


def test_the_document_names_every_act_with_the_fields_of_its_form():
    document = said()
    for name, form in BY_ACT.items():
        public = name.rstrip("_")
        path = f"/api/v1/hazards/{{pk}}/acts/{public}"
        if HAZARD.transitions[name].creates:
            path = "/api/v1/hazards" if name == "register" else "/api/v1/hazards/on-the-spot"
        body = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        shape = document["components"]["schemas"][body["$ref"].rsplit("/", 1)[-1]]
        assert set(shape["properties"]) == {"id", "seen", "happened", *form.base_fields}, name
        assert shape["additionalProperties"] is False


def test_the_document_is_complete_in_english():
    text = Client().get("/api/v1/openapi.json", headers={"Accept-Language": "en"}).content.decode()
    chinese = sorted(set(re.findall(r'"[^"]*[一-鿿][^"]*"', text)) - {'"安澜 Anlan"'})
    assert not chinese


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_every_operation_and_every_problem_without_a_script(language):
    answer = Client().get("/api/v1/docs", headers={"Accept-Language": language})
    page = answer.content.decode()
    document = said(language)
    for methods in document["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
    for schema in document["components"]["schemas"]:
        assert f'id="schema-{schema}"' in page
    assert all(
        f'id="problem-{slug}"' in page for slug in ("refused", "conflict", "not-found", "unauthorized")
    )
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=", page)
    assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/hazards/1/acts/dance"])
def test_an_address_that_is_not_there_is_a_problem_too(path):
    answer = Client().post(path, "{}", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
