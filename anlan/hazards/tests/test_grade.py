"""Grading: general by the finder's organ, major by the sector's competent organ alone. Refusals first."""

from datetime import date

import pytest

from anlan.hazards import commands
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import CLAUSE, City, later, proposed, register, told
from anlan.kernel.words import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def confirm(city: City, h, by=None, **given):
    said = {"basis": CLAUSE, "evacuate": True, "suspend": True, "second": city.second} | given
    return commands.confirm_major(h.pk, by=by or city.officer, at=later(hours=2), **said)


# -- general ---------------------------------------------------------------------------------------


def test_a_grade_names_the_clause_it_rests_on(city):
    h = register(city.officer, city.firm, general=False)
    with pytest.raises(Refused, match="定级依据"):
        commands.grade_general(h.pk, by=city.officer, at=later(), basis=" ")


def test_another_organ_does_not_grade_what_this_one_found(city):
    h = register(city.officer, city.firm, general=False)
    with pytest.raises(Refused, match="尚未交办"):
        commands.grade_general(h.pk, by=city.town_officer, at=later(), basis="GB 50016")
    assert commands.grade_general(h.pk, by=city.second, at=later(), basis="GB 50016").grade == "GENERAL"


def test_what_was_handed_over_is_graded_by_whoever_holds_it(city):
    h = scenes.handed(city)
    with pytest.raises(Refused, match="不在您单位手上"):
        commands.grade_general(h.pk, by=city.clerk, at=later(), basis="GB 50016")
    assert commands.grade_general(h.pk, by=city.officer, at=later(), basis="GB 50016").grade == "GENERAL"


def test_the_firm_grades_its_own_and_nobody_else_does(city):
    h = register(city.worker, city.firm, general=False)
    with pytest.raises(Refused, match="只有隐患所在企业"):
        commands.grade_general(h.pk, by=city.officer, at=later(), basis="GB 50016")
    assert commands.grade_general(h.pk, by=city.manager, at=later(), basis="GB 50016").grade == "GENERAL"


def test_the_firm_does_not_grade_what_an_inspection_found(city):
    h = register(city.officer, city.firm, general=False)
    with pytest.raises(Refused, match="由检查单位定级"):
        commands.grade_general(h.pk, by=city.manager, at=later(), basis="GB 50016")


def test_the_firm_may_raise_a_grade_and_never_lower_one(city):
    h = scenes.own(city)
    raised = commands.propose_major(h.pk, by=city.principal, at=later(1), clause=CLAUSE)
    assert raised.state == "GRADING"
    for act in (
        lambda: commands.not_major(h.pk, by=city.principal, at=later(1), reasons="不构成", expert="专家"),
        lambda: commands.grade_general(h.pk, by=city.principal, at=later(1), basis="GB"),
    ):
        with pytest.raises(Refused):
            act()
    confirm(city, h)
    with pytest.raises(Refused, match="已认定为重大隐患"):
        commands.grade_general(h.pk, by=city.principal, at=later(1), basis="GB")


# -- proposed as major -----------------------------------------------------------------------------


def test_a_clause_that_is_not_in_the_rule_pack_of_the_day_is_refused(city):
    h = register(city.officer, city.firm, general=False)
    with pytest.raises(Refused, match="有效的重大隐患判定标准"):
        commands.propose_major(h.pk, by=city.officer, at=later(), clause="第99条 想当然")


def test_the_pack_in_force_is_that_of_the_day():
    mine = City(sector="MINE_NC")
    firm = scenes.firms.enterprise(scenes.JINSHUI, sector="MINE_NC")
    by = scenes.officer_of(mine, ["MINE_NC"])
    h = register(by, firm, general=False)
    later_pack = "不同矿权主体的相邻矿山井巷相互贯通"
    with pytest.raises(Refused, match="2019-09-02有效"):
        commands.propose_major(h.pk, by=by, at=later(), clause=later_pack)
    today = scenes.datetime(2026, 3, 2, 2, tzinfo=scenes.UTC)
    assert commands.propose_major(h.pk, by=by, at=today, clause=later_pack).state == "GRADING"


@pytest.mark.parametrize("who", ["worker", "manager", "principal", "grid_officer", "supervisor", "expert"])
def test_whoever_may_register_may_propose_a_major_one(city, who):
    by = getattr(city, who)
    h = register(by, city.firm, general=False)
    assert commands.propose_major(h.pk, by=by, at=later(hours=1), clause=CLAUSE).state == "GRADING"


def test_the_sector_s_organ_the_place_and_the_office_are_told_at_once(city):
    cast = [city.officer, city.town_officer, city.clerk]
    h = proposed(city, by=city.manager)
    for person in cast:
        assert ("WAITING", f"{h.number}拟定为重大隐患,请认定") in told(person)


def test_while_it_waits_to_be_determined_nobody_orders_or_hands_it_over(city):
    h = proposed(city)
    for act in (
        lambda: commands.order(
            h.pk, by=city.officer, at=later(), due_on=date(2019, 9, 9), requirement="改正"
        ),
        lambda: commands.assign(h.pk, by=city.clerk, at=later(), to=city.bureau),
    ):
        with pytest.raises(Refused, match="待定级"):
            act()


# -- determined ------------------------------------------------------------------------------------


def test_only_the_sector_s_competent_organ_determines(city):
    h = proposed(city)
    with pytest.raises(Refused, match="您的职务不能"):
        confirm(city, h, by=city.town_officer)
    trade = scenes.officer_of(city, ["TRADE"])
    with pytest.raises(Refused, match="由行业主管部门认定"):
        confirm(city, h, by=trade)


def test_one_officer_alone_does_not_determine(city):
    h = proposed(city)
    for second, words in (
        (None, "另一名经办人员,或专家意见"),
        (city.officer, "不能是同一人"),
        (city.town_officer, "不能共同认定"),
        (city.head, "不能共同认定"),
    ):
        with pytest.raises(Refused, match=words):
            confirm(city, h, second=second)
    with pytest.raises(Refused, match="另一名经办人员,或专家意见"):
        commands.not_major(h.pk, by=city.officer, at=later(1), reasons="未投料,不符合")
    assert scenes.fresh(h).state == "GRADING"


def test_an_expert_s_opinion_stands_for_the_second_officer(city):
    h = proposed(city, by=city.expert)
    commands.opinion(h.pk, by=city.expert, at=later(hours=1), words="符合第四条", thinks_major=True)
    assert confirm(city, h, second=None).grade == "MAJOR"


def test_the_interim_measures_are_decided_in_the_same_act(city):
    firm, h = city.principal, proposed(city)
    with pytest.raises(TypeError):
        commands.confirm_major(h.pk, by=city.officer, at=later(1), basis=CLAUSE, second=city.second)
    done = confirm(city, h, evacuate=True, suspend=False)
    assert (done.evacuate, done.suspend, done.state) == (True, False, "REGISTERED")
    assert ("DECIDED", f"{h.number}已认定为重大隐患") in told(firm)


def test_not_major_gives_reasons_and_is_shown_to_the_office(city):
    h, clerk = proposed(city), city.clerk
    with pytest.raises(Refused, match="不认定的理由"):
        commands.not_major(h.pk, by=city.officer, at=later(1), reasons="否", second=city.second)
    done = commands.not_major(
        h.pk, by=city.officer, at=later(1), reasons="停车检修,未投料", second=city.second
    )
    assert (done.grade, done.state) == ("GENERAL", "REGISTERED")
    assert ("WAITING", f"{h.number}未被认定为重大隐患,请核对理由") in told(clerk)


# -- opened again ----------------------------------------------------------------------------------


def test_a_grade_is_opened_again_only_on_an_expert_s_opinion(city):
    h = register(city.officer, city.firm)
    with pytest.raises(Refused, match="须有专家意见"):
        commands.regrade(h.pk, by=city.clerk, at=later(1), reason="群众反映强烈")
    until = date(2019, 9, 10)
    commands.consult(h.pk, by=city.officer, at=later(1), expert=city.expert, words="是否重大", until=until)
    commands.opinion(h.pk, by=city.expert, at=later(2), words="符合第四条", thinks_major=True)
    with pytest.raises(Refused, match="您的职务不能"):
        commands.regrade(h.pk, by=city.officer, at=later(3), reason="依专家意见")
    assert commands.regrade(h.pk, by=city.clerk, at=later(3), reason="依专家意见").state == "GRADING"
    assert confirm(city, h, second=None).grade == "MAJOR"


def test_a_major_one_is_lowered_only_by_a_new_determination(city):
    h = scenes.major(city)
    commands.consult(
        h.pk, by=city.officer, at=later(1), expert=city.expert, words="请复核", until=date(2019, 9, 9)
    )
    commands.opinion(h.pk, by=city.expert, at=later(2), words="联锁已投用,不符合", thinks_major=False)
    commands.regrade(h.pk, by=city.clerk, at=later(3), reason="依专家意见")
    assert scenes.fresh(h).grade == "MAJOR"
    done = commands.not_major(h.pk, by=city.officer, at=later(4), reasons="经复核不符合判定条款")
    assert (done.grade, done.state) == ("GENERAL", "REGISTERED")


def test_an_upgraded_one_goes_on_in_its_round_and_a_late_one_stays_late(city):
    h = scenes.ordered(city, due=5)
    commands.propose_major(h.pk, by=city.officer, at=later(1), clause=CLAUSE)
    confirm(city, h)
    again = {"due_on": date(2019, 9, 30), "requirement": "装设", "legal": True, "second": city.second}
    commands.order(h.pk, by=city.officer, at=later(2), **again)
    (only,) = scenes.rounds(h)
    assert (only.due_on, scenes.fresh(h).due_original_on) == (date(2019, 9, 30), date(2019, 9, 7))
    late = scenes.ordered(city, due=1, description="另一处隐患")
    commands.propose_major(late.pk, by=city.officer, at=later(4), clause=CLAUSE)
    confirm(city, late)
    commands.order(late.pk, by=city.officer, at=later(5), **again)
    first, second = scenes.rounds(late)
    assert (first.late, first.due_on, second.late) == (True, date(2019, 9, 3), False)
