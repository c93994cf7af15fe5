"""What `anlan verify` names: whatever was touched, in the records, the journal, the tallies or the files."""

import json
import re
from datetime import date

import pytest
from django.db import connection

from anlan.evidence import store
from anlan.evidence.models import Attachment
from anlan.hazards import commands
from anlan.hazards.models import Hazard, Round
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City, later
from anlan.kernel import canonical, sealing, tally, triggers
from anlan.kernel.journal import GENESIS, JournalEntry
from anlan.site import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def h() -> Hazard:
    city = City()
    h = scenes.submitted(city)
    return commands.accept(h.pk, by=city.officer, at=later(3), opinion="现场复查,符合要求")


@pytest.fixture
def unguarded(h):
    """As whoever holds the machine could do it: without the triggers."""
    with connection.cursor() as cursor:
        for name in _names():
            on = f" ON {name.rsplit('_no_', 1)[0]}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")
    yield
    triggers.install()


def _names() -> list[str]:
    return [f"{table}_no_{verb}" for table in triggers.APPEND_ONLY for verb in ("update", "delete")]


def said() -> str:
    return "\n".join(str(f.reason) for f in verify.run().findings)


def test_nothing_touched_is_nothing_named(h):
    assert verify.run().holds


def test_a_state_changed_by_hand_is_named_with_its_column(h):
    Hazard.everything.filter(pk=h.pk).update(state="REVIEW")
    assert re.search(rf"hazard {h.pk}的“state”被直接改动:日志为CLOSED,现为REVIEW", said())


def test_a_deadline_changed_by_hand_is_named(h):
    Hazard.everything.filter(pk=h.pk).update(due_on=date(2019, 12, 31), late_from=date(2020, 1, 1))
    assert "“due_on”被直接改动" in said()


def test_a_child_record_changed_by_hand_is_named(h):
    Round.everything.filter(hazard=h).update(late=True)
    assert "hazards.round" in said()


def test_a_deleted_hazard_is_named(h):
    Attachment.everything.filter(kind="hazard", subject=h.pk).delete()
    Round.everything.filter(hazard=h).delete()
    Hazard.everything.filter(pk=h.pk).delete()
    assert f"hazard {h.pk}的记录已被删除,日志仍在" in said()


def test_a_hazard_put_in_by_hand_is_named(h):
    twin = Hazard.everything.get(pk=h.pk)
    twin.pk = h.pk + 1000
    twin.save(force_insert=True)
    assert f"hazard {h.pk + 1000}没有任何日志" in said()


def test_the_database_itself_refuses_to_change_the_journal(h):
    from django.db import DatabaseError, transaction

    for act in ("UPDATE kernel_journalentry SET act = 'x'", "DELETE FROM kernel_journalentry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)
    assert verify.run().holds


def test_a_touched_entry_is_named(h, unguarded):
    entry = JournalEntry.objects.filter(kind="hazard", subject=h.pk, seq=2).get()
    JournalEntry.objects.filter(no=entry.no).update(body=entry.body.replace("李强", "李刚"))
    assert f"hazard {h.pk}的第2条日志与其校验值不符" in said()


def test_a_removed_entry_is_named(h, unguarded):
    JournalEntry.objects.filter(kind="hazard", subject=h.pk, seq=2).delete()
    assert f"hazard {h.pk}的日志缺第2条" in said()


def test_the_last_entry_removed_is_named(h, unguarded):
    JournalEntry.objects.filter(kind="hazard", subject=h.pk, seq=h.seq).delete()
    assert f"hazard {h.pk}的日志少了末尾1条" in said()


def test_the_last_entry_removed_and_the_record_set_back_is_named_by_the_seal(h, unguarded):
    sealing.seal(at=later(4))
    gone = JournalEntry.objects.order_by("-no").first()
    JournalEntry.objects.filter(no=gone.no).delete()
    assert "封存的日志条数不符" in said()


def test_two_entries_swapped_are_named(h, unguarded):
    a, b = JournalEntry.objects.filter(kind="hazard", subject=h.pk, seq__in=(2, 3)).order_by("seq")
    JournalEntry.objects.filter(no=a.no).update(seq=99)
    JournalEntry.objects.filter(no=b.no).update(seq=2)
    JournalEntry.objects.filter(no=a.no).update(seq=3)
    assert f"hazard {h.pk}的第2条日志与其校验值不符" in said()


def test_an_added_entry_is_named(h, unguarded):
    last = JournalEntry.objects.filter(kind="hazard", subject=h.pk).order_by("-seq").first()
    last.pk, last.no, last.seq = None, None, last.seq + 1
    last.id = "00000000-0000-7000-8000-000000000001"
    last.save(force_insert=True)
    assert f"hazard {h.pk}" in said()


def test_a_column_that_came_after_the_entries_holds_its_default_and_is_proven_too(h, unguarded):
    head = GENESIS
    for entry in JournalEntry.objects.filter(kind="hazard", subject=h.pk).order_by("seq"):
        body = json.loads(entry.body)
        body["after"].pop("evaluation", None)
        text = canonical.text(body)
        head = canonical.digest(head, text)
        JournalEntry.objects.filter(no=entry.no).update(body=text, digest=head)
    Hazard.everything.filter(pk=h.pk).update(head=head)
    assert not re.search("hazard|round", said())
    Hazard.everything.filter(pk=h.pk).update(evaluation="SELF")
    assert "“evaluation”被直接改动" in said()


def test_missing_triggers_are_named(h, unguarded):
    assert "缺少防改触发器" in said()


def test_a_wrong_tally_is_named_before_and_after_folding(h):
    line = tally.TallyLine.objects.filter(measure="hazard_found_right_closed").first()
    tally.TallyLine.objects.filter(pk=line.pk).update(n=2)
    assert "台账数与统计不符" in said()
    tally.TallyLine.objects.filter(pk=line.pk).update(n=1)
    tally.fold()
    assert verify.run().holds
    tally.TallyDay.objects.filter(measure="hazard_found_right_closed").update(n=7)
    assert "台账数与统计不符" in said()
    tally.TallyDay.objects.filter(measure="hazard_found_right_closed").update(n=1)
    assert verify.run().holds


@pytest.mark.parametrize(
    ("span", "rolled"), [("M", False), ("Y", False), ("D", True), ("M", True), ("Y", True)]
)
def test_a_wrong_sum_of_a_month_or_a_year_is_named(h, span, rolled):
    tally.fold()
    cells = tally.TallySpan.objects.filter(measure="hazard_found_right_closed", span=span, rolled=rolled)
    assert cells.update(n=7) == 1
    assert "台账数与统计不符" in said()
    cells.delete()
    assert "台账数与统计不符" in said()


def test_a_changed_photo_is_named(h):
    sha = Attachment.everything.filter(subject=h.pk).first().sha256
    path = store.path_of(sha)
    path.chmod(0o644)
    path.write_bytes(b"another picture")
    assert f"照片{sha[:12]}的文件已被改动" in said()


def test_a_missing_photo_is_named(h):
    sha = Attachment.everything.filter(subject=h.pk).first().sha256
    store.path_of(sha).unlink()
    assert f"照片{sha[:12]}的文件不见了" in said()


def test_a_hash_that_somebody_wrote_over_is_named_and_not_stumbled_upon(h, unguarded):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kernel_journalentry SET digest = 'abc' WHERE kind = 'hazard' AND subject = %s AND seq = 1",
            [h.pk],
        )
    assert re.search("hazard", said())
