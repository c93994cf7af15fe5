"""Every role follows every link of its pages: each leads somewhere, and English pages speak English.

A page of a kind is opened a few times, not once for each row. What people wrote, and what the tables of law
and places hold, is data and stays Chinese; the words of the product are known by its catalogue.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.apps import apps
from django.utils.translation import override

from anlan.inspections import commands as visits
from anlan.inspections.models import Visit
from anlan.site import i18n
from anlan.site.tests.served import kept_connection
from tests.world import World, _django_db_helper  # noqa: F401  a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WHO = (
    "clerk", "officer", "head", "town", "grid", "supervisor", "expert", "leader", "auditor", "admin", "principal",
    "worker", "jobless",
)  # fmt: skip
EACH = 1
#: where a wanted answer is no page: signing out
LEFT_OUT = ("/logout", "/static/")
#: what a person reads besides text
READ = ("title", "aria-label", "placeholder", "data-label", "alt", "data-confirm")
CHINESE = re.compile(r"[\u3001\u3002\u4e00-\u9fff\uff01-\uff5e]")


class Page(HTMLParser):
    """The links of a page and the words on it."""

    def __init__(self, said: str):
        super().__init__()
        self.links: list[str] = []
        self.words: list[str] = []
        self.ids: Counter[str] = Counter()
        self.official = 0
        self.feed(said)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "article":
            self.official += 1
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        if given.get("id"):
            self.ids[given["id"] or ""] += 1
        self.say(given[name] or "" for name in READ if given.get(name))

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.official -= 1

    def say(self, words: Iterable[str]) -> None:
        if not self.official:  # a document's words are law's, and are not translated
            self.words += words

    def handle_data(self, data: str) -> None:
        if data := " ".join(data.split()):
            self.say([data])


def shape(path: str) -> tuple[str, ...]:
    """What kind of page an address leads to: without numbers, and with the names of what it asks."""
    asked = urlsplit(path)
    said = sorted({k if k not in {"view", "tab"} else f"{k}={v}" for k, v in parse_qsl(asked.query)})
    return (re.sub(r"[0-9a-f]{20,}|\d+", "N", asked.path), *said)


def walk(w: World, who: str) -> Iterator[tuple[str, str, Any]]:
    """Address, the page it was found on, and the answer, by following links from the desk."""
    client, shapes, seen = w.client(who), Counter[tuple[str, ...]](), {"/"}
    waiting = [("/", "")]
    while waiting:
        path, on = waiting.pop(0)
        answer = client.get(path, headers={"accept-language": "en"})
        yield path, on, answer
        if answer.status_code == 302:
            found = [answer["Location"]]
        elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found = Page(answer.content.decode()).links
        else:
            found = []
        for link in found:
            to = urlsplit(urljoin(f"http://testserver{path}", link))
            address = to.path + (f"?{to.query}" if to.query else "")
            if to.netloc != "testserver" or to.path.startswith(LEFT_OUT) or address in seen:
                continue
            seen.add(address)
            shapes[shape(address)] += 1
            if shapes[shape(address)] <= EACH:
                waiting.append((address, path))


@pytest.fixture
def w_found_more(w: World) -> World:
    """The city with a visit that found what stands on no list."""
    visits.answer(
        w.visit.pk, by=w.actors["officer"], at=w.now,
        answers=[{"code": "+1", "result": "NOT_MET", "words": "通道堆放杂物", "location": "一层"}],
    )  # fmt: skip
    return w


def said_in(value: Any) -> Iterator[str]:
    """The words of a column, also of one that holds lists and names."""
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict):
        for name, held in value.items():
            yield from said_in([name, held])
    elif isinstance(value, (list, tuple)):
        for held in value:
            yield from said_in(held)


@cache
def in_rows() -> frozenset[str]:
    """Every word that stands in a row."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("anlan.")]
    return frozenset(word for m in ours for word in said_in(list(m._base_manager.values_list())))


def of_the_product() -> set[str]:
    """The sentences whose English differs, without those that also stand in a row."""
    known = {m.id.strip() for m in i18n.english() if isinstance(m.id, str) and CHINESE.search(m.id)}
    return known - in_rows()


@pytest.mark.parametrize("who", WHO)
def test_every_link_leads_somewhere_and_english_pages_speak_english(who: str, w_found_more: World):
    with override(None):
        ours = of_the_product()
    dead, chinese, twice = [], [], []
    for path, on, answer in walk(w_found_more, who):
        if answer.status_code not in (200, 302):
            dead.append(f"{answer.status_code} {path} on {on}")
        elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            page = Page(answer.content.decode())
            chinese += [f"{word} on {path}" for word in page.words if word.strip(" ·:,;()—") in ours]
            twice += [f"#{name} on {path}" for name, n in page.ids.items() if n > 1]
        if answer.streaming:
            with kept_connection():
                answer.close()
    assert not dead
    assert not chinese
    assert not twice


def test_a_visit_prints_also_what_stands_on_no_list(w_found_more: World):
    said = w_found_more.client("officer").get(f"/inspections/{w_found_more.visit.pk}/print/")
    assert said.status_code == 200
    assert "通道堆放杂物" in said.content.decode()
    assert Visit.everything.get(pk=w_found_more.visit.pk).unmet_no == 1
