"""The API against its own document: Schemathesis sends what the document allows and what it forbids.

Runs with ANLAN_CI=1. Every operation is called 200 times, half as a city's office and half as a county's
department, in process, upon a small city. Half of the calls that are well formed name a record that is
there, so that forms and acts are reached and not only the door.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

if os.environ.get("ANLAN_CI") != "1":
    pytest.skip("Schemathesis takes minutes: ANLAN_CI=1 (runs in .ci/run)", allow_module_level=True)

import schemathesis
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.config import GenerationConfig, SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City
from anlan.people.tests.test_tokens import make
from anlan.site.counts import counts
from anlan.site.tests.served import kept_connection
from anlan.site.wsgi import application
from tests.conftest import standing
from tests.world import undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
EXAMPLES = int(os.environ.get("ANLAN_API_EXAMPLES", "200"))
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

config = SchemathesisConfig()
config.projects.default.generation = GenerationConfig(allow_x00=False, with_security_parameters=False)
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)
OPERATIONS = [result.ok() for result in schema.get_all_operations()]
NAMES = [operation.definition.raw["operationId"] for operation in OPERATIONS]
every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=NAMES)


class Scene:
    """A small city with something in every state that a call can reach, and a token for each role."""

    def __init__(self) -> None:
        counts.clear()
        city, at = City(), timezone.now() - timedelta(minutes=5)
        city.head, city.second, city.principal  # noqa: B018  so that there is somebody to choose
        hazards = [
            scenes.register(city.clerk, city.firm, at=at, general=False),
            scenes.register(city.officer, city.firm, at=at),
            scenes.ordered(city, at=at),
            scenes.register(city.manager, city.firm, at=at),
        ]
        self.keys = {"hazards": [h.pk for h in hazards], "enterprises": [city.firm.pk]}
        self.tokens = [make(who, "read", "act", "personal")[1] for who in (city.clerk, city.officer)]
        self.turn = count()

    def send(self, case: Any, checks: list[Any]) -> None:
        turn = next(self.turn)
        kind = case.path.split("/")[3]
        if case.meta.generation.mode.is_positive and turn % 4 < 2 and kind in self.keys:
            known = self.keys[kind]
            case.path_parameters |= {"pk": known[turn // 4 % len(known)]} if "{pk}" in case.path else {}
        headers = {"Authorization": f"Bearer {self.tokens[turn % 2]}"}
        case.call_and_validate(headers=headers, checks=checks)


@pytest.fixture(scope="module")
def built(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Scene]:
    """The small city, made once for all operations."""
    with standing(django_db_blocker, tmp_path_factory.mktemp("evidence")):
        yield Scene()


@pytest.fixture
def _django_db_helper(built: Scene, _own_folders: None) -> Iterator[None]:
    """Stands for pytest-django's: what is sent to one operation is undone before the next."""
    with undone():
        yield


@pytest.fixture
def scene(built: Scene, settings: Any) -> Iterator[Scene]:
    settings.API_RATE = 10**9
    built.turn = count()
    with kept_connection():
        yield built


def _can_be_sent(case: Any) -> bool:
    """An object has no place in an address: its text would be another question, or none at all. A list of
    one value is that value there, and a list of none is no question."""
    asked = (case.query or {}).values()
    return not any(isinstance(v, dict) or (isinstance(v, list) and len(v) < 2) for v in asked)


def fuzz(operation: Any, scene: Scene, *, examples: int, checks: list[Any]) -> None:
    """So many calls, well formed ones and others by turns."""
    cases = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    ).filter(_can_be_sent)

    @settings(
        max_examples=examples, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases)
    def calls(case: Any) -> None:
        scene.send(case, checks)

    calls()


@every_operation
def test_an_operation_keeps_to_the_document(operation: Any, scene: Scene) -> None:
    fuzz(operation, scene, examples=EXAMPLES, checks=CHECKS)


@every_operation
def test_an_operation_does_not_open_without_a_token(operation: Any, scene: Scene) -> None:
    fuzz(operation, scene, examples=2, checks=[not_a_server_error, ignored_auth])


@pytest.mark.parametrize("path", sorted(schema.raw_schema["paths"]))
def test_an_address_refuses_other_methods_as_a_problem(path: str) -> None:
    known = {method.upper() for method in schema.raw_schema["paths"][path]}
    for method in METHODS:
        answer = Client().generic(method, path.replace("{pk}", "1"), b"{}", content_type="application/json")
        if method in known:
            assert answer.status_code == 401, f"{method} {path}"
        else:
            assert answer.status_code == 405, f"{method} {path}"
            assert known <= set(answer["Allow"].replace(" ", "").split(","))
        assert answer["Content-Type"] == "application/problem+json"
