"""The journal for auditors: of a subject, of a person; filter, export; the last check with its time; and who may not."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from anlan.kernel import accesslog
from anlan.kernel.accesslog import AccessLog
from anlan.kernel.journal import JournalEntry
from anlan.site import jobs, journal
from tests.world import World, _django_db_helper  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def shown(answer: Any) -> list[JournalEntry]:
    return [line["e"] for line in answer.context["rows"]]


def test_of_a_subject(w: World):
    answer = w.client("auditor").get("/journal/", {"kind": "hazard", "subject": w.hazard.pk})
    assert [(e.seq, e.act) for e in shown(answer)] == [(2, "order"), (1, "register")]


def test_every_kind_of_record_has_its_word(w: World):
    assert not [kind for kind, word in journal.kinds().items() if kind == word]
    for kind in journal.kinds():
        assert w.client("auditor").get("/journal/", {"kind": kind}).status_code == 200


def test_of_a_person_by_name_or_number(w: World):
    officer = w.users["officer"]
    for said in (officer.name, str(officer.pk)):
        found = shown(w.client("auditor").get("/journal/", {"person": said}))
        assert found
        assert {e.person for e in found} == {officer.pk}


def test_by_act_and_by_day(w: World):
    today = timezone.localdate()
    found = shown(
        w.client("auditor").get(
            "/journal/", {"act": "order", "since": today - timedelta(days=9), "until": today}
        )
    )
    assert {e.act for e in found} == {"order"}
    assert shown(w.client("auditor").get("/journal/", {"until": "2001-01-01"})) == []


@pytest.mark.parametrize(
    "asked",
    [{"since": "9999-12-31"}, {"until": "0001-01-01"}, {"since": "x"}, {"subject": "²"}, {"kind": "x"}],
)
def test_what_cannot_be_asked_is_told_beside_its_field(asked: dict[str, str], w: World):
    answer = w.client("auditor").get("/journal/", asked)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert w.client("auditor").get("/journal/export.csv", asked).status_code == 422


def test_an_entry_tells_every_column_before_and_after(w: World):
    order = JournalEntry.objects.get(kind="hazard", subject=w.hazard.pk, act="order")
    said = w.client("auditor").get(f"/journal/{order.no}/").content.decode()
    for words in ("加装箱门", "RECTIFYING", "REGISTERED", order.digest):
        assert words in said


def test_the_last_check_stands_with_its_time_and_its_result(w: World):
    assert "尚未校验" in w.client("auditor").get("/journal/").content.decode()
    at = timezone.now()
    jobs.remember("verify", started=at, ok=False, result="1处不一致")
    said = w.client("auditor").get("/journal/").content.decode()
    assert timezone.localtime(at).strftime("%Y-%m-%d %H:%M") in said
    assert "有不一致" in said
    assert "1处不一致" in said


def test_the_export_is_what_was_filtered_and_is_itself_noted(w: World):
    accesslog.flush(force=True)
    answer = w.client("auditor").get("/journal/export.csv", {"kind": "hazard", "subject": w.hazard.pk})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [r[4] for r in rows[1:]] == ["order", "register"]
    assert "attachment" in answer["Content-Disposition"]
    noted = AccessLog.objects.filter(what="export", kind="journal", person=w.users["auditor"].pk).last()
    assert noted is not None
    assert noted.count == 2


def test_no_cell_of_the_export_starts_a_formula(w: World):
    from anlan.site.journal import safe

    assert [safe(c) for c in ("=1+1", "+1", "-1", "@x", "\tx", "周明", None, 3)] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "'\tx",
        "周明",
        "",
        "3",
    ]


def test_nobody_but_an_auditor_opens_it(w: World):
    entry = JournalEntry.objects.order_by("no").first()
    for who in set(w.users) - {"auditor", "far_auditor"}:
        for path in ("/journal/", f"/journal/{entry.no}/", "/journal/export.csv", "/journal/looks/"):
            assert w.client(who).get(path).status_code == 404, f"{who} {path}"


def test_a_countys_auditor_reads_his_county_alone(w: World):
    found = shown(w.client("far_auditor").get("/journal/"))
    assert {e.county for e in found} <= {"410103"}
    ours = JournalEntry.objects.filter(kind="hazard", subject=w.hazard.pk).first()
    assert w.client("far_auditor").get(f"/journal/{ours.no}/").status_code == 404
    text = b"".join(w.client("far_auditor").get("/journal/export.csv").streaming_content).decode()
    assert "加装箱门" not in text
    assert w.client("far_auditor").get("/journal/looks/").status_code == 404


def test_reading_the_journal_is_itself_noted(w: World):
    w.client("auditor").get("/journal/", {"kind": "hazard", "subject": w.hazard.pk})
    accesslog.flush(force=True)
    assert AccessLog.objects.filter(
        what="journal", person=w.users["auditor"].pk, subject=w.hazard.pk
    ).exists()
    assert w.users["auditor"].name in w.client("auditor").get("/journal/looks/").content.decode()
