"""One act in process, beside the same statements through the ORM without any check.

The act is the order to rectify (责令整改): it locks the row, reads its rounds, changes it, adds a round,
a journal entry, an access, the lines of the figures, and tells two people.
"""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from anlan.hazards import commands
from anlan.hazards.models import Hazard, Round
from anlan.kernel.clock import day_of
from anlan.kernel.command import allocate, new_id
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Access, acting_as
from anlan.kernel.tally import TallyLine
from anlan.notices.models import Notice, Subscription, SubscriptionState
from anlan.people import queries as people
from bench.result import Options, Row, interleaved, median, p95
from bench.world import World, world

TIMES, WARM = 300, 20


def measure(options: Options) -> list[Row]:
    here = world()
    keys = here.found(2 * (TIMES + WARM) + 3)
    commands.order(keys.pop(), by=here.officer, at=here.now, **here.order)
    floor = Floor(here)

    def act(n: int) -> None:
        commands.order(keys[2 * n], by=here.officer, at=here.now, **here.order)

    acts, floors = interleaved(act, lambda n: floor(keys[2 * n + 1]), times=TIMES, warm=WARM)
    theirs = _statements(lambda: commands.order(keys[-1], by=here.officer, at=here.now, **here.order))
    ours = _statements(lambda: floor(keys[-2]))
    ratio = median(acts) / median(floors)
    same = "the same" if theirs == ours else f"not the same: {sorted(set(theirs) ^ set(ours))}"
    return [
        Row(
            name="one act (order to rectify)",
            target="p50 ≤ 5 ms; ≤ 2 × the ORM without checks",
            median=median(acts),
            p95=p95(acts),
            ratio=ratio,
            said=f"floor {median(floors):.2f} ms; {len(theirs)} statements, the floor's {same}",
            passed=median(acts) <= 5 and ratio <= 2,
        )
    ]


def _statements(what: Any) -> list[str]:
    """Which statements it makes, each as verb and table."""
    said: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.split()
        after = {"SELECT": "FROM", "INSERT": "INTO", "UPDATE": "UPDATE"}.get(words[0])
        said.append(f"{words[0]} {words[words.index(after) + 1] if after in words else ''}".strip())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        what()
    return said


class Floor:
    """The statements of an order with what it would write, and nothing that decides, checks or proves."""

    def __init__(self, here: World):
        self.here, self.by = here, here.officer
        entry = JournalEntry.objects.get(act="order")
        self.entry = {f.attname: getattr(entry, f.attname) for f in JournalEntry._meta.concrete_fields}
        lines = TallyLine.objects.filter(measure="hazard_overdue").order_by("-id")[:1]
        self.line = {f.attname: getattr(lines[0], f.attname) for f in TallyLine._meta.concrete_fields}
        notice = Notice.objects.order_by("id")[0]
        self.notice = {f.attname: getattr(notice, f.attname) for f in Notice._meta.concrete_fields}
        for values, key in ((self.entry, "no"), (self.line, "id"), (self.notice, "id")):
            del values[key]

    def __call__(self, pk: int) -> None:
        by, at, order = self.by, self.here.now, self.here.order
        with acting_as(by), transaction.atomic():
            h = Hazard.objects.opening(pk=pk).select_for_update(of=("self",)).order_by("pk")[:2][0]
            list(Round.objects.of([h]).order_by("no"))
            due = order["due_on"]
            made = Round(
                pk=allocate(Round, 1)[0], hazard=h, at=at, by=by.id, by_name=by.name, no=1, due_on=due
            )  # fmt: skip
            Hazard.everything.filter(pk=pk).update(
                state="RECTIFYING", now_organ=by.organisation, now_organ_name=by.organisation_name,
                ordered_on=day_of(at), ordered_by_name=by.organisation_name, requirement=order["requirement"],
                due_on=due, due_original_on=due, late_from=due + timedelta(days=1), round=1, seq=2, head=h.head,
            )  # fmt: skip
            Round.everything.bulk_create([made])
            entry = self.entry | {"id": new_id(), "subject": pk}
            JournalEntry.objects.bulk_create([JournalEntry(**entry)])
            Access.objects.bulk_create(
                [Access(kind="hazard", subject=pk, organisation=by.organisation)], ignore_conflicts=True
            )
            TallyLine.objects.bulk_create([TallyLine(**self.line)])
            list(Subscription.objects.filter(state=SubscriptionState.LIVE).select_related("user"))
            told = people.holders(h.enterprise_id, on=day_of(at), can="hazard.submit")
            notices = [Notice(**(self.notice | {"person": person, "subject": pk})) for person in told]
            Notice.objects.bulk_create(notices, ignore_conflicts=True)
