"""Approvals at the same moment, on a database and in a process of their own; what came of it as JSON.

Rows that are really committed cannot be taken back (the journal refuses), so this does not run in the
database of the other tests. Run by test_numbers.py.
"""

import json
import sys
import threading
from collections.abc import Callable
from typing import Any

import django


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Each act in a thread and on a connection of its own, started together; what each said, "" if done."""
    from django.db import connections

    barrier = threading.Barrier(len(acts))
    said = ["?"] * len(acts)

    def run(i: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            act()
            said[i] = ""
        except Exception as error:  # the test reads what it was
            said[i] = f"{type(error).__name__}: {error}"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(i, act)) for i, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


def main() -> dict[str, Any]:
    from anlan.enforcement import commands
    from anlan.enforcement.models import Document, DocumentSeries
    from anlan.enforcement.tests.scenes import NOW, Bureau, later, twin_of
    from anlan.kernel.scope import SYSTEM, acting_as
    from anlan.site import verify

    city = Bureau()
    found: dict[str, Any] = {}

    def numbers() -> list[int]:
        return sorted(Document.everything.exclude(no=None).values_list("no", flat=True))

    def approve(d: Document, by: Any) -> Callable[[], Any]:
        return lambda: commands.approve(d.pk, by=by, at=NOW)

    # a refused one among them: its deadline has passed
    drafts = [city.order_drafted() for _ in range(4)]
    old = later(-30)
    drafts.append(city.order_drafted(city.ordered_in_writing(at=old, due=5), at=old))
    signers = [city.heads[i % 2] for i in range(5)]
    found["many"] = at_once(*(approve(d, who) for d, who in zip(drafts, signers, strict=True)))
    found["numbers"] = numbers()

    one = city.order_drafted()
    found["same"] = at_once(*(approve(one, who) for who in city.heads))
    found["after_same"] = numbers()

    first = city.order_drafted()
    with acting_as(SYSTEM):
        twin = twin_of(city, first)
    found["twins"] = at_once(*(approve(d, city.head) for d in (first, twin)))
    found["after_twins"] = numbers()
    found["last"] = DocumentSeries.objects.get().last
    found["verified"] = [str(f.reason) for f in verify.run().findings]
    return found


if __name__ == "__main__":
    django.setup()
    json.dump(main(), sys.stdout, ensure_ascii=False)
