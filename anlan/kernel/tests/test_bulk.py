"""What is written by one prepared statement is what the ORM would have written."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from anlan.hazards.models import Hazard
from anlan.hazards.states import State, Track
from anlan.inspections.models import Finding, Visit
from anlan.kernel import bulk, tally
from anlan.kernel.journal import JournalEntry
from anlan.kernel.tally import TallyDay

pytestmark = pytest.mark.django_db

NINE = timezone(timedelta(hours=9))
INSTANTS = [
    datetime(2019, 8, 1, 9, 30, tzinfo=UTC),
    datetime(2019, 8, 1, 9, 30, 0, 5, tzinfo=NINE),
    datetime(1986, 7, 1, tzinfo=NINE),
]


def entry(n: int, at: datetime) -> dict:
    return {
        "id": UUID(int=n + 1), "kind": "hazard", "subject": n, "seq": 1, "act": "register", "person": 7, "person_name": "王伟",
        "organisation": None, "county": "410105", "happened": at, "received": at, "inputs_digest": "0" * 64,
        "body": f'{{"第":{n}}}', "digest": "1" * 64,
    }  # fmt: skip


def stored() -> list[tuple]:
    columns = [
        f.attname for f in JournalEntry._meta.concrete_fields if f.attname not in {"no", "subject", "id"}
    ]
    return list(JournalEntry.objects.filter(kind="hazard").order_by("no").values_list(*columns))


def test_an_entry_is_stored_as_the_orm_stores_it():
    rows = [entry(n, at) for n, at in enumerate(INSTANTS)]
    bulk.insert_plain(JournalEntry, rows)
    JournalEntry.objects.bulk_create(
        JournalEntry(**row | {"subject": 90 + n, "id": UUID(int=90 + n)}) for n, row in enumerate(rows)
    )
    ours, theirs = stored()[: len(rows)], stored()[len(rows) :]
    assert ours == theirs
    assert JournalEntry.objects.get(id=UUID(int=2)).happened == INSTANTS[1]
    assert list(JournalEntry.objects.filter(happened__lt=INSTANTS[0]).values_list("subject", flat=True)) == [
        1,
        2,
        91,
        92,
    ]


def test_utf8_and_text_are_the_same_entry():
    row = entry(0, INSTANTS[0])
    bulk.insert_plain(
        JournalEntry, [row, row | {"id": UUID(int=5), "subject": 5, "body": row["body"].encode()}]
    )
    assert set(JournalEntry.objects.filter(kind="hazard").values_list("body", flat=True)) == {row["body"]}


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        bulk._instant(datetime(2019, 8, 1, 9, 30))


def test_a_choice_a_day_and_a_list_reach_their_columns():
    said = {
        "state": State.REGISTERED, "track": Track.values[0], "source": "SELF_DAILY", "description": "配电箱无门",
        "found_at": INSTANTS[0], "found_on": date(2019, 8, 1), "found_county": "410105", "found_sector": "TRADE",
        "now_county": "410105", "now_sector": "TRADE", "instructed": [3, 4],
    }  # fmt: skip
    bulk.insert([Hazard(pk=77, **said)])
    h = Hazard.everything.get(pk=77)
    assert {name: getattr(h, name) for name in said} == said


@pytest.mark.parametrize("n", [1, 3, bulk.CHUNK + 1, bulk.MANY + 1])
def test_however_many_arrive_what_is_there_is_added_to(n):
    cell = ("hazard_on_spot", date(2019, 8, 1), ("410105", "", "TRADE", "SELF_DAILY", "GENERAL"))
    arriving = {(*cell[:2], (*cell[2], f"S{i}")): 2 for i in range(n)}
    for _ in range(2):
        tally.settle(arriving)
    assert TallyDay.objects.filter(measure=cell[0]).count() == n
    assert set(TallyDay.objects.filter(measure=cell[0]).values_list("n", flat=True)) == {4}
    tally.settle(dict.fromkeys(arriving, -4))
    assert not TallyDay.objects.filter(measure=cell[0]).exists()


def test_a_new_row_is_that_which_the_orm_makes():
    said = {"codes": "1.1", "description": "配电箱无门", "on_spot": True}
    visit = Visit(pk=5)
    ours, theirs = bulk.new(Finding, visit=visit, **said), Finding(visit=visit, **said)
    assert {k: v for k, v in ours.__dict__.items() if k != "_state"} == {
        k: v for k, v in theirs.__dict__.items() if k != "_state"
    }
    assert ours.visit is visit
    assert ours._state.adding
    with pytest.raises(TypeError, match="Finding has no wordz"):
        bulk.new(Finding, visit=visit, wordz="")
