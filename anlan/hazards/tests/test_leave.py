"""Leaving the loop otherwise: void, merged, back again as a relapse, corrected. Two people, never a deletion."""

import json
from datetime import date

import pytest

from anlan.figures.engine import Ask, Period, read
from anlan.hazards import commands
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import CLAUSE, City, fresh, later, register, told
from anlan.kernel.journal import JournalEntry
from anlan.kernel.words import Refused

pytestmark = pytest.mark.django_db
SEPTEMBER = Period(date(2019, 9, 1), date(2019, 9, 30))
ALL = (
    "found",
    "rectified",
    "closed",
    "open",
    "overdue",
    "money",
    "ordered",
    "cohort_rectified",
    "cohort_closed",
)


@pytest.fixture
def city() -> City:
    return City()


def counted(*codes: str) -> list:
    table = read(Ask(codes, ("4101",), SEPTEMBER))
    return [table[c, "4101"] for c in codes]


def another(city: City) -> Hazard:
    return register(city.second, city.firm, description="仓库配电箱没有门")


# -- void -------------------------------------------------------------------------------------------


def test_one_person_alone_voids_nothing(city):
    h = register(city.officer, city.firm)
    with pytest.raises(Refused, match="尚未有人提出撤销"):
        commands.void(h.pk, by=city.head, at=later(1))
    with pytest.raises(Refused, match="请填写理由"):
        commands.ask_void(h.pk, by=city.officer, at=later(1), reason="")
    commands.ask_void(h.pk, by=city.officer, at=later(1), reason="已停用的设备")
    with pytest.raises(Refused, match="提出人不能自己确认"):
        commands.void(h.pk, by=city.officer, at=later(1))
    with pytest.raises(Refused, match="李强已提出撤销或合并"):
        commands.ask_void(h.pk, by=city.head, at=later(1), reason="也认为不是")


def test_another_organ_neither_asks_nor_confirms(city):
    h = register(city.officer, city.firm)
    with pytest.raises(Refused, match="尚未交办"):
        commands.ask_void(h.pk, by=city.town_officer, at=later(1), reason="不是隐患")
    commands.ask_void(h.pk, by=city.officer, at=later(1), reason="已停用的设备")
    with pytest.raises(Refused, match="尚未交办"):
        commands.void(h.pk, by=city.town_officer, at=later(1))
    with pytest.raises(Refused, match="您的职务不能"):
        commands.ask_void(h.pk, by=city.principal, at=later(1), reason="不是隐患")


def test_a_void_one_counts_on_no_date(city):
    h = scenes.submitted(city)
    before = counted(*ALL)
    commands.ask_void(h.pk, by=city.officer, at=later(3), reason="重复登记的设备")
    assert counted(*ALL) == before
    done = commands.void(h.pk, by=city.head, at=later(4))
    assert (done.state, counted(*ALL)) == ("VOID", [0] * len(ALL))
    assert JournalEntry.objects.filter(kind="hazard", subject=h.pk).count() == done.seq == 5


def test_one_waiting_to_be_determined_may_be_void_too(city):
    h = scenes.proposed(city)
    commands.ask_void(h.pk, by=city.officer, at=later(1), reason="误报")
    assert commands.void(h.pk, by=city.head, at=later(1)).state == "VOID"


def test_a_closed_one_is_not_void(city):
    h = scenes.submitted(city)
    commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格")
    with pytest.raises(Refused, match="当前状态为“已销号”"):
        commands.ask_void(h.pk, by=city.officer, at=later(3), reason="不是隐患")


def test_the_second_person_may_keep_it_and_whoever_asked_is_told(city):
    h = register(city.officer, city.firm)
    with pytest.raises(Refused, match="没有人提出撤销"):
        commands.keep(h.pk, by=city.head, at=later(1), reason="继续办理")
    commands.ask_void(h.pk, by=city.officer, at=later(1), reason="已停用的设备")
    kept = commands.keep(h.pk, by=city.head, at=later(2), reason="现场仍在使用")
    assert (kept.state, kept.leaving_asked_by, kept.leaving_reason) == ("REGISTERED", None, "")
    assert ("RETURNED", f"{h.number}不予撤销或合并,请继续办理") in told(city.officer)
    with pytest.raises(Refused, match="尚未有人提出撤销"):
        commands.void(h.pk, by=city.head, at=later(2))


# -- merged -----------------------------------------------------------------------------------------


def test_a_hazard_is_merged_only_into_a_living_one_of_the_same_firm(city):
    h, other = register(city.officer, city.firm), another(city)
    elsewhere = register(city.officer, scenes.firms.enterprise(scenes.JINSHUI))
    for into, words in ((h, "不能并入自己"), (elsewhere, "同一企业")):
        with pytest.raises(Refused, match=words):
            commands.ask_merge(h.pk, by=city.officer, at=later(1), into=into, reason="同一处")
    commands.ask_void(other.pk, by=city.officer, at=later(1), reason="误报")
    with pytest.raises(Refused, match="请先办理那一条"):
        commands.ask_merge(h.pk, by=city.officer, at=later(1), into=fresh(other), reason="同一处")
    commands.void(other.pk, by=city.head, at=later(1))
    with pytest.raises(Refused, match="已作废或已合并"):
        commands.ask_merge(h.pk, by=city.officer, at=later(1), into=fresh(other), reason="同一处")


def test_two_are_not_merged_into_each_other(city):
    h, other = register(city.officer, city.firm), another(city)
    commands.ask_merge(h.pk, by=city.officer, at=later(1), into=other, reason="同一处")
    with pytest.raises(Refused, match="请先办理那一条"):
        commands.ask_merge(other.pk, by=city.officer, at=later(1), into=fresh(h), reason="同一处")


def test_what_happened_to_the_other_meanwhile_is_asked_again_at_the_confirmation(city):
    h, other = register(city.officer, city.firm), another(city)
    commands.ask_merge(h.pk, by=city.officer, at=later(1), into=other, reason="同一处")
    commands.ask_void(other.pk, by=city.officer, at=later(1), reason="误报")
    with pytest.raises(Refused, match="请先办理那一条"):
        commands.merge(h.pk, by=city.head, at=later(2))


def test_both_numbers_stay_and_one_counts(city):
    h, other = register(city.officer, city.firm), another(city)
    assert counted("found", "open") == [2, 2]
    commands.ask_merge(h.pk, by=city.officer, at=later(1), into=other, reason="同一处")
    with pytest.raises(Refused, match="提出人不能自己确认"):
        commands.merge(h.pk, by=city.officer, at=later(1))
    done = commands.merge(h.pk, by=city.head, at=later(2))
    assert (done.state, done.merge_into_id, fresh(other).state) == ("MERGED", other.pk, "REGISTERED")
    assert counted("found", "open") == [1, 1]


# -- relapsed ---------------------------------------------------------------------------------------


def relapsed(city: City) -> Hazard:
    h = scenes.submitted(city)
    commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格")
    return commands.relapse(
        h.pk, by=city.officer, at=later(9), description="箱门又被拆除", source="GOV_LOOK_BACK",
        no_photo_because="防爆区",
    )  # fmt: skip


def test_only_a_closed_one_relapses_and_only_once(city):
    h = register(city.officer, city.firm)
    said = {"description": "又坏了", "source": "GOV_LOOK_BACK", "no_photo_because": "防爆区"}
    with pytest.raises(Refused, match="当前状态为“已登记”"):
        commands.relapse(h.pk, by=city.officer, at=later(1), **said)
    old = relapsed(city)
    with pytest.raises(Refused, match="已登记过反弹"):
        commands.relapse(old.pk, by=city.officer, at=later(10), **said)


def test_the_firm_does_not_say_that_its_own_work_relapsed(city):
    h = scenes.submitted(city)
    commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格")
    with pytest.raises(Refused, match="您的职务不能"):
        commands.relapse(h.pk, by=city.principal, at=later(9), description="又坏了", source="SELF_DAILY")
    assert Hazard.everything.count() == 1


def test_the_old_closure_no_longer_counts_as_a_true_one(city):
    old = relapsed(city)
    new = Hazard.everything.get(relapse_of=old)
    assert (fresh(old).state, fresh(old).relapsed_on) == ("CLOSED", date(2019, 9, 11))
    assert (new.state, new.description, new.source) == ("REGISTERED", "箱门又被拆除", "GOV_LOOK_BACK")
    assert counted("found", "closed", "cohort_closed", "relapsed", "open") == [2, 1, 0, 1, 1]


# -- corrected --------------------------------------------------------------------------------------


def test_only_the_head_corrects_with_a_reason_and_only_what_was_written(city):
    h = register(city.officer, city.firm)
    with pytest.raises(Refused, match="您的职务不能"):
        commands.correct(h.pk, by=city.officer, at=later(1), changes={"location": "东侧"}, reason="有误")
    with pytest.raises(Refused, match="更正理由"):
        commands.correct(h.pk, by=city.head, at=later(1), changes={"location": "东侧"}, reason="")
    with pytest.raises(Refused, match="没有改动"):
        commands.correct(h.pk, by=city.head, at=later(1), changes={"source": h.source}, reason="有误")
    for column, value in (
        ("state", "CLOSED"),
        ("grade", "MAJOR"),
        ("closed_on", date(2019, 9, 3)),
        ("seq", 9),
    ):
        with pytest.raises(Refused, match="不能更正"):
            commands.correct(h.pk, by=city.head, at=later(1), changes={column: value}, reason="有误")


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "INVENTED"}, {"found_sector": "INVENTED"}, {"money_spent": -1}, {"description": " "},
        {"found_county": "999999"}, {"found_town": "410103001"}, {"location": "长" * 201},
    ],
)  # fmt: skip
def test_a_correction_into_what_cannot_be_is_refused(city, changes):
    h = register(city.officer, city.firm)
    with pytest.raises(Refused):
        commands.correct(h.pk, by=city.head, at=later(1), changes=changes, reason="录入有误")
    assert fresh(h).seq == 1


def test_figures_follow_a_correction_and_the_journal_keeps_both(city):
    h = scenes.submitted(city)
    commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格")
    commands.correct(h.pk, by=city.head, at=later(3), changes={"found_sector": "TRADE"}, reason="行业有误")
    table = read(Ask(("found", "closed"), ("4101",), SEPTEMBER, split="sector"))
    assert (table.values["found", "4101", "TRADE"], table.values["closed", "4101", "TRADE"]) == (1, 1)
    assert not table.values.get(("found", "4101", "HAZCHEM"))
    body = json.loads(JournalEntry.objects.filter(kind="hazard", subject=h.pk).latest("seq").body)
    assert (body["before"]["found_sector"], body["after"]["found_sector"]) == ("HAZCHEM", "TRADE")
    assert body["note"]["reason"] == "行业有误"


def test_a_grade_moves_figures_of_every_date(city):
    h = scenes.ordered(city)
    assert counted("found_general", "found_major", "found_ungraded") == [1, 0, 0]
    commands.propose_major(h.pk, by=city.officer, at=later(1), clause=CLAUSE)
    commands.confirm_major(
        h.pk, by=city.officer, at=later(2), basis=CLAUSE, evacuate=False, suspend=False, second=city.second
    )
    assert counted("found_general", "found_major", "found_ungraded") == [0, 1, 0]
