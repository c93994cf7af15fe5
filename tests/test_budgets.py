"""How many questions a page or an act asks of the database: so many, however many rows there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anlan.hazards import commands
from anlan.hazards.tests import scenes
from anlan.kernel.clock import day_of
from anlan.places import queries as places
from anlan.standards import queries as standards
from tests.world import World, _django_db_helper  # noqa: F401  stands for pytest-django's

pytestmark = pytest.mark.django_db

#: the door (the session; the account with its positions) and the frame (unread notices) are among them; a list
#: that fits one page is not counted, which spares the ledger one; on the last day of a month it is a whole one,
#: and the desks ask for months too
BUDGETS = {
    "ledger": ("clerk", "/hazards/", 6),
    "ledger of a county": ("county_clerk", "/hazards/?state=RECTIFYING", 6),
    "overdue": ("officer", "/hazards/?when=overdue", 6),
    "api list": ("clerk", "/api/v1/hazards", 3),
    "api list of a county": ("county_clerk", "/api/v1/hazards?when=open", 3),
    "record": ("officer", "/hazards/{hazard}/", 23),  # one is for the paper that speaks of it already
    "api record": ("officer", "/api/v1/hazards/{hazard}", 8),
    "desk of an officer": ("officer", "/", 27),
    "desk of the office": ("clerk", "/", 24),
    "desk of a firm": ("principal", "/", 14),
    "figures": ("clerk", "/figures/", 20),
}


@pytest.fixture(autouse=True)
def _kept_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places and standards are read again each minute: not between two looks of a test."""
    for module in (places, standards):
        monkeypatch.setattr(module, "KEEP_S", float("inf"))


def asked(what: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        what()
    # looks are gathered and noted together now and then, whoever's turn it is
    passed = ("SAVEPOINT", "RELEASE", 'INSERT INTO "kernel_accesslog"')
    return [q["sql"] for q in caught if not q["sql"].startswith(passed)]


def visited(w: World, who: str, path: str) -> list[str]:
    client = w.client(who)

    def look() -> None:
        answer = client.get(path.format(hazard=w.hazard.pk))
        assert answer.status_code == 200, answer.content[:300]

    look()  # what a process keeps is read once
    return asked(look)


def more(w: World, n: int) -> None:
    """So many hazards more for everybody's lists, half of them ordered and one in four overdue."""
    a, at = w.actors, w.ago(9)
    requests = [
        {
            "description": f"第{i}处配电箱无门", "source": "GOV_OPEN", "enterprise": w.firm, "general": True,
            "no_photo_because": "防爆区禁止拍照",
        }
        for i in range(n)
    ]  # fmt: skip
    keys = [o.row.pk for o in commands.register.many(requests, by=a["officer"], at=at)]
    due = day_of(at)
    orders = [
        {"pk": pk, "due_on": due + timedelta(days=2 if i % 4 else 20), "requirement": "加装箱门"}
        for i, pk in enumerate(keys[::2])
    ]
    assert all(o.reason is None for o in commands.order.many(orders, by=a["officer"], at=at))


@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_asks_no_more_than_its_budget_and_no_more_with_more_rows(w, name):
    who, path, budget = BUDGETS[name]
    few = visited(w, who, path)
    assert len(few) <= budget, "\n".join(few)
    more(w, 60)
    many = visited(w, who, path)
    assert len(many) <= budget, "\n".join(many)


def test_an_act_asks_fourteen_questions_at_most(w):
    officer = w.actors["officer"]
    due = day_of(w.now) + timedelta(days=5)

    def order() -> list[str]:
        pk = scenes.register(officer, w.firm, at=w.now).pk
        return asked(lambda: commands.order(pk, by=officer, at=w.now, due_on=due, requirement="加装箱门"))

    order()
    few = order()
    assert len(few) <= 14, "\n".join(few)
    more(w, 60)
    assert len(order()) == len(few)


def test_an_act_by_a_program_asks_for_the_door_the_act_and_the_record_it_tells(w):
    """Three of them for the program that is told of every act."""
    client, due = w.client("officer"), day_of(w.now) + timedelta(days=5)

    def order() -> list[str]:
        pk = scenes.register(w.actors["officer"], w.firm, at=w.now).pk
        said = {"due_on": due.isoformat(), "requirement": "加装箱门"}

        def act() -> None:
            answer = client.post(f"/api/v1/hazards/{pk}/acts/order", said, content_type="application/json")
            assert answer.status_code == 200, answer.content[:300]

        return asked(act)

    order()
    few = order()
    assert len(few) <= 25, "\n".join(few)


def test_five_hundred_acts_at_once_ask_hardly_more_than_one(w):
    officer, at = w.actors["officer"], w.now
    requests = [
        {"description": f"第{i}处", "source": "GOV_OPEN", "enterprise": w.firm, "no_photo_because": "无光"} for i in range(50)
    ]  # fmt: skip
    few = asked(lambda: commands.register.many(requests[:5], by=officer, at=at))
    many = asked(lambda: commands.register.many(requests, by=officer, at=at))
    assert len(many) <= len(few) + 2 * len(requests), "\n".join(many)
