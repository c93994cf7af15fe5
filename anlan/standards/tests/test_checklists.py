"""Checklists by version: who may change them, from when, and what a published one keeps. Refusals first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Refused
from anlan.site.verify import run
from anlan.standards import checklists, commands, loading, queries, rules
from anlan.standards.models import Checklist, ChecklistItem, Stage

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 9, 2, 1, 0, tzinfo=UTC)
TODAY = date(2019, 9, 2)
HEAD = Actor(
    id=1, name="赵处", role="department_head", level=Level.CITY, can=frozenset({"see", "standards.edit"}),
    sectors=frozenset({"COAL"}), today=TODAY,
)  # fmt: skip


def draft(by: Actor = HEAD, code: str = "COAL") -> Checklist:
    c = checklists.in_force(code, on=TODAY)
    items = [checklists.said(i) for i in checklists.items_of(c)]
    version = checklists.next_version(code)
    return commands.draft(by=by, at=NOW, code=code, version=version, label=c.label, items=items)


def items(c: Checklist) -> list[ChecklistItem]:
    return checklists.items_of(Checklist.objects.get(pk=c.pk))


def test_a_county_changes_no_checklist():
    county = replace(HEAD, level=Level.COUNTY, code="410105")
    with pytest.raises(Refused, match="市级统一编制"):
        draft(county)
    assert checklists.draft_of("COAL") is None


def test_a_department_changes_only_the_lists_of_its_sectors():
    with pytest.raises(Refused, match="不属于您主管的行业"):
        draft(code="FIRE")
    office = replace(HEAD, sectors=None)
    assert draft(office, "RESUME").version == 2


def test_there_is_one_draft_at_a_time():
    draft()
    with pytest.raises(Refused, match="已有一份草稿"):
        draft()


def test_a_published_version_is_never_touched_again():
    c = draft()
    commands.publish(c.pk, by=HEAD, at=NOW, since=TODAY)
    for act, given in (("put_item", {"code": "CO01", "text": "改写"}), ("drop_item", {"code": "CO01"})):
        with pytest.raises(Refused, match="已发布"):
            getattr(commands, act)(c.pk, by=HEAD, at=NOW, **given)
    with pytest.raises(Refused, match="已发布"):
        commands.discard(c.pk, by=HEAD, at=NOW)


def test_a_version_does_not_begin_in_the_past_nor_on_the_day_of_another():
    c = draft()
    with pytest.raises(Refused, match="不能追溯"):
        commands.publish(c.pk, by=HEAD, at=NOW, since=TODAY - timedelta(days=1))
    commands.publish(c.pk, by=HEAD, at=NOW, since=TODAY)
    again = draft()
    with pytest.raises(Refused, match="另一版检查表生效"):
        commands.publish(again.pk, by=HEAD, at=NOW, since=TODAY)
    assert Checklist.objects.get(pk=again.pk).state == Stage.DRAFT


def test_an_empty_draft_is_not_published():
    c = draft()
    for i in items(c):
        commands.drop_item(c.pk, by=HEAD, at=NOW, code=i.code)
    with pytest.raises(Refused, match="没有检查项"):
        commands.publish(c.pk, by=HEAD, at=NOW, since=TODAY)


def test_an_item_says_what_it_needs_to():
    c = draft()
    cases = (
        ({"text": ""}, "编号和内容"),
        ({"text": "判定", "major": "M"}, "请填写条款"),
        ({"text": "人数", "number": "人数"}, "不得超过或不得低于"),
        ({"text": "人数", "number": "人数", "direction": "MAX"}, "核定数叫什么"),
        (
            {
                "text": "人数",
                "number": "人数",
                "direction": "MAX",
                "limit": Decimal(9),
                "factor": Decimal(0),
            },
            "须大于零",
        ),
    )
    for said, words in cases:
        with pytest.raises(Refused, match=words):
            commands.put_item(c.pk, by=HEAD, at=NOW, code="CO99", heading="新增", **said)
    assert "CO99" not in {i.code for i in items(c)}
    with pytest.raises(Refused, match="草稿里没有"):
        commands.drop_item(c.pk, by=HEAD, at=NOW, code="CO99")


def test_nine_sectors_and_the_theme_of_resumption_have_a_list_with_clauses():
    found = {c.code: checklists.items_of(c) for c in checklists.all_in_force(on=TODAY)}
    sectors = {s.code for s in queries.sectors(kind="SECTOR")}
    assert set(found) == sectors | {"RESUME"}
    assert len(sectors) == 9
    for code, rows in found.items():
        assert len(rows) >= 12, code
        assert all(i.clause and i.how and i.not_met for i in rows), code


def test_every_criterion_of_an_item_is_found_in_a_pack_in_force_on_some_day():
    days = (date(2019, 9, 2), date(2026, 11, 2))
    for c in checklists.all_in_force(on=TODAY):
        for i in checklists.items_of(c):
            if i.rules:
                assert any(checklists.criterion(i, sector=c.code, on=day) for day in days), i


def test_the_same_item_rests_on_the_pack_of_its_day():
    item = next(i for i in checklists.items_of(checklists.in_force("COAL", on=TODAY)) if i.code == "CO03")
    assert checklists.criterion(item, sector="COAL", on=TODAY).pack == "国家安全监管总局令第85号"
    assert checklists.criterion(item, sector="COAL", on=date(2026, 11, 2)).pack == "煤矿安全生产条例"


def test_loading_again_adds_nothing():
    before = (Checklist.objects.count(), JournalEntry.objects.count())
    loading.load_reference()
    assert (Checklist.objects.count(), JournalEntry.objects.count()) == before
    assert run().holds


def test_a_new_version_answers_from_its_day_and_the_old_one_until_then():
    old = checklists.in_force("COAL", on=TODAY)
    c = draft()
    commands.put_item(c.pk, by=HEAD, at=NOW, code="CO01", text="当月产量不超过核定能力的十分之一,逐日核对")
    commands.drop_item(c.pk, by=HEAD, at=NOW, code="CO16")
    commands.put_item(c.pk, by=HEAD, at=NOW, code="CO17", heading="应急", text="应急广播覆盖全部作业地点")
    lines = {line.code: line for line in checklists.compared(old, Checklist.objects.get(pk=c.pk))}
    assert (lines["CO01"].change, lines["CO01"].columns) == ("CHANGED", {"text"})
    assert (lines["CO16"].change, lines["CO17"].change, lines["CO02"].change) == ("DROPPED", "ADDED", "SAME")
    commands.publish(c.pk, by=HEAD, at=NOW, since=TODAY + timedelta(days=5), note="补充应急广播")
    assert checklists.in_force("COAL", on=TODAY + timedelta(days=4)) == old
    assert checklists.in_force("COAL", on=TODAY + timedelta(days=5)).version == 2
    assert len(items(old)) == 16
    assert run().holds


def test_a_number_is_judged_by_its_limit_its_factor_and_its_side():
    lists = [checklists.in_force(code, on=TODAY) for code in ("COAL", "FIRE", "TRADE")]
    rows = {i.code: i for c in lists for i in checklists.items_of(c)}
    month = rows["CO01"]
    assert rules.judged(month, Decimal("12"), Decimal("120")) is True
    assert rules.judged(month, Decimal("12.1"), Decimal("120")) is False
    assert rules.judged(month, Decimal("12"), None) is None
    width = rows["FR03"]
    assert rules.judged(width, Decimal("4"), Decimal("5")) is True
    assert rules.judged(width, Decimal("3.9"), Decimal("5")) is False
    freezer = rows["TR11"]
    assert [rules.judged(freezer, Decimal(n), None) for n in (9, 10)] == [True, False]
