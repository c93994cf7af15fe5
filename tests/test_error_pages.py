"""What a person reads when something cannot be done: each kind of trouble, in both languages, and what is empty."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils import translation

from anlan.kernel.words import Reason
from anlan.site import errors
from tests.world import World, _django_db_helper  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: status → (what its page says, in Chinese and in English)
PAGES = {
    400: ("没有做任何改动", "Nothing was changed"),
    403: ("没有这项权限", "no such right"),
    404: ("不在您现在职务的范围内", "outside your present position"),
    405: ("没有做任何改动", "Nothing was changed"),
    409: ("请重新打开记录", "Open the record"),
    413: ("没有保存", "nothing was kept"),
    422: ("没有做任何改动", "Nothing was changed"),
    429: ("请过几分钟再试", "minutes"),
    500: ("没有保存", "not kept"),
    503: ("请过几秒钟", "seconds"),
}


def main_of(answer: Any) -> str:
    """The words of a page's middle."""
    body = answer.content.decode()
    found = re.search(r"<main.*?</main>", body, re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found[0] if found else body)))


def drawn(status: int, language: str, **headers: str) -> Any:
    request = RequestFactory().get("/x/", headers=headers)
    request.actor = request.htmx = None  # type: ignore[attr-defined]
    with translation.override(language):
        return errors.answer(request, status)


@pytest.mark.parametrize("status", PAGES)
def test_each_kind_of_trouble_says_what_to_do_in_chinese(status: int):
    answer = drawn(status, "zh-hans")
    assert answer.status_code == status
    assert PAGES[status][0] in main_of(answer)
    assert f"{status}" in main_of(answer)
    assert 'href="/"' in answer.content.decode(), "a way on"


@pytest.mark.parametrize("status", PAGES)
def test_each_kind_of_trouble_says_what_to_do_in_english(status: int):
    said = main_of(drawn(status, "en"))
    assert PAGES[status][1].lower() in said.lower(), said
    assert not CHINESE.search(said), said


def test_a_broken_page_is_drawn_without_the_database(django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        for status in (500, 503):
            assert drawn(status, "zh-hans").status_code == status


@pytest.mark.parametrize(
    ("status", "path"),
    [(404, "/nothing/"), (404, "/hazards/999999/"), (403, "/evidence/upload/"), (405, "/logout/")],
)
def test_trouble_stands_in_the_frame_of_who_is_signed_in(status: int, path: str, w: World):
    who = "leader" if status == 403 else "officer"
    answer = w.client(who).get(path)
    assert answer.status_code == status
    assert int(answer.headers.get("Content-Length", len(answer.content))) == len(answer.content)
    body = answer.content.decode()
    assert "工作台" in body
    assert f"{who}的人" in body
    english = w.client(who).get(path, headers={"accept-language": "en"})
    assert english.status_code == status
    assert not CHINESE.search(main_of(english))


def test_trouble_without_an_account_shows_nothing_of_the_inside():
    answer = Client().get("/nothing/")
    assert answer.status_code == 404
    assert "工作台" not in re.sub(r"回到工作台", "", answer.content.decode())


def test_htmx_gets_a_fragment_and_a_program_gets_problem_details(w: World):
    fragment = w.client("officer").get("/hazards/?since=x", headers={"HX-Request": "true"})
    assert fragment.status_code == 422
    assert "<html" not in fragment.content.decode()
    assert fragment["HX-Retarget"] == "#flashes"
    problem = w.client("officer").get("/api/v1/nothing")
    assert problem.status_code == 404
    assert problem["Content-Type"].startswith("application/problem+json")
    assert problem.json()["status"] == 404


def test_a_database_that_is_busy_is_a_503_that_says_nothing_was_saved(w: World, monkeypatch: Any):
    def busy(**given: Any) -> Any:
        raise OperationalError("database is locked")

    monkeypatch.setattr("anlan.hazards.pages.queries.ledger", busy)
    client = w.client("officer")
    client.raise_request_exception = False
    answer = client.get("/api/v1/hazards")
    assert answer.status_code == 503


def test_the_reason_stands_on_the_page_in_the_readers_language():
    request = RequestFactory().get("/x/")
    request.actor = request.htmx = None  # type: ignore[attr-defined]
    why = Reason("“%(said)s”不是日期,请写成如 2019-08-06 的日期", {"said": "x"})
    for language, words in (("zh-hans", "“x”不是日期"), ("en", "“x” is not a date")):
        with translation.override(language):
            assert words in main_of(errors.answer(request, 422, why))


#: an empty page, who sees it empty, and what it says would fill it
EMPTY = {
    "/hazards/": ("far_head", "没有"), "/register/?text=没有这家": ("officer", "没有"), "/notices/": ("auditor", "没有"),
    "/hazards/suspensions/": ("far_officer", "没有"), "/documents/": ("far_officer", "没有"),
    "/journal/?person=没有此人": ("auditor", "没有符合条件的日志"), "/hazards/four-lists/risks/": ("far_head", "登记隐患后"),
    "/sheets/": ("far_officer", ""), "/inspections/": ("far_officer", "没有"), "/": ("jobless", ""),
}  # fmt: skip


@pytest.mark.parametrize("path", EMPTY)
def test_an_empty_page_says_what_would_fill_it(path: str, w: World):
    who, words = EMPTY[path]
    answer = w.client(who).get(path)
    assert answer.status_code == 200
    assert words in main_of(answer)
    english = w.client(who).get(path, headers={"accept-language": "en"})
    said = re.sub(r"没有\w*|[\w]*的人|外区\w+|市\w+办公室", "", main_of(english))
    assert not re.search(r"[\u4e00-\u9fff]{4,}", said), said
