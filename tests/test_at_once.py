"""Two officers at the same moment: one wins, the other is told by whom.

Each in a thread and a connection of his own, in an installation of its own, on whichever database the suite runs.
"""

import json
from typing import Any

import pytest

from tests.test_backup import installations  # noqa: F401  a fixture

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

AT_ONCE = """
import json, threading
import django
django.setup()
from django.db import connections
from django.test import Client
from anlan.evidence.models import Attachment
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.kernel.journal import JournalEntry
from anlan.people.models import User
from anlan.site import verify

city, told = scenes.City(), []
for n in range(6):
    h = scenes.submitted(city, description=f"第{n}处:配电箱无门")
    clients = {}
    for officer in (city.officer, city.second):
        clients[officer.name] = Client()
        clients[officer.name].force_login(User.objects.get(pk=officer.id), backend="anlan.people.accounts.Accounts")
    start, answers = threading.Barrier(2), {}

    def accept(who, client):
        try:
            start.wait(timeout=30)
            answer = client.post(f"/hazards/{h.pk}/accept/", {"opinion": "合格"})
            answers[who] = (answer.status_code, answer.content.decode())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept, args=pair) for pair in clients.items()]
    [t.start() for t in threads]
    [t.join(timeout=60) for t in threads]
    won = [who for who, (code, _) in answers.items() if code == 302]
    lost = [who for who, (code, _) in answers.items() if code == 422]
    told.append({
        "codes": sorted(code for code, _ in answers.values()),
        "by_whom": bool(won and lost) and f"{won[0]}已办理“验收销号”" in answers[lost[0]][1],
        "entries": JournalEntry.objects.filter(kind="hazard", subject=h.pk, act="accept").count(),
        "state": Hazard.everything.get(pk=h.pk).state,
    })
print(json.dumps({"told": told, "holds": not [f for f in verify.run().findings if "photo" not in str(f.reason)]}))
"""


def test_two_accept_at_once_and_the_other_is_told_by_whom(installations: Any):  # noqa: F811
    done = installations("at_once").run(python=AT_ONCE)
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout.strip().splitlines()[-1])
    assert said["told"] == [{"codes": [302, 422], "by_whom": True, "entries": 1, "state": "CLOSED"}] * 6
    assert said["holds"]
