"""What a form brings besides its fields is read once, the same on every page, and is never an error."""

from uuid import UUID

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from anlan.kernel.web import act_id, at_cursor, seen_of, status_of
from anlan.kernel.words import Conflict, Reason, Refused


@pytest.mark.parametrize("said", ["²", "-1", "1e3", "9" * 40, "１２", "", " 3"])
def test_a_step_that_is_no_number_is_no_step(said):
    assert seen_of(RequestFactory().post("/", {"seen": said})) is None


def test_a_step_is_the_number_that_the_form_was_drawn_from():
    assert seen_of(RequestFactory().post("/", {"seen": "12"})) == 12


def test_a_form_keeps_its_id_and_one_without_is_given_one():
    known = "01920000-0000-7000-8000-000000000000"
    assert act_id(RequestFactory().post("/", {"act_id": known})) == UUID(known)
    first, second = (act_id(RequestFactory().post("/", {"act_id": "²"})) for _ in range(2))
    assert first != second


def test_a_record_that_moved_on_is_a_conflict_and_any_other_refusal_is_not():
    assert status_of(Conflict(Reason("已有变化"))) == 409
    assert status_of(Refused(Reason("请填写"))) == 422
    assert status_of(None) == 422


def test_the_next_page_asks_the_same_question_and_an_end_leads_nowhere():
    asked = QueryDict("text=配电箱&cursor=old")
    assert at_cursor(asked, "") == ""
    assert QueryDict(at_cursor(asked, "new")[1:]).dict() == {"text": "配电箱", "cursor": "new"}
