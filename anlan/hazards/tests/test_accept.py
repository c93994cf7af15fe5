"""Acceptance by the right second person. Refusals first."""

from datetime import date

import pytest

from anlan.hazards import commands
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import NOW, City, fresh, later, photos, told
from anlan.kernel.words import Refused
from anlan.people import commands as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def legal(city: City):
    h = scenes.register(city.officer, city.firm)
    commands.order(
        h.pk, by=city.officer, at=NOW, due_on=date(2019, 9, 9), requirement="装门", legal=True, second=city.second
    )  # fmt: skip
    return commands.submit(h.pk, by=city.principal, at=later(1), measures="已装门", photos=photos())


def propose(city: City, h, by=None, **given):
    said = {"opinion": "现场核查合格", "second": city.second, "photos": photos()} | given
    return commands.propose_acceptance(h.pk, by=by or city.officer, at=later(11), **said)


# -- a general one ----------------------------------------------------------------------------------


def test_what_an_organ_found_the_firm_does_not_accept(city):
    h = scenes.submitted(city)
    for who in (city.principal, city.manager):
        with pytest.raises(Refused):
            commands.accept_own(h.pk, by=who, at=later(2), opinion="合格")
        with pytest.raises(Refused, match="您的职务不能"):
            commands.accept(h.pk, by=who, at=later(2), opinion="合格")


def test_another_organ_accepts_nothing_of_it(city):
    h = scenes.submitted(city)
    with pytest.raises(Refused, match="不在您单位手上"):
        commands.accept(h.pk, by=city.town_officer, at=later(2), opinion="合格")


def test_an_acceptance_says_what_was_seen(city):
    h = scenes.submitted(city)
    with pytest.raises(Refused, match="验收意见"):
        commands.accept(h.pk, by=city.officer, at=later(2), opinion=" ")


def test_its_officer_accepts_and_the_firm_is_told(city):
    principal, h = city.principal, scenes.submitted(city)
    done = commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格")
    assert (done.state, done.close_basis, done.closed_by_name) == ("CLOSED", "ACCEPTED", "李强")
    assert ("DECIDED", f"{h.number}已验收销号") in told(principal)


def test_a_station_accepts_what_it_found_itself(city):
    h = scenes.register(city.town_officer, city.firm)
    commands.order(h.pk, by=city.town_officer, at=NOW, due_on=date(2019, 9, 9), requirement="清理")
    commands.submit(h.pk, by=city.manager, at=later(1), measures="已清理", photos=photos())
    with pytest.raises(Refused, match="不在您单位手上"):
        commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格")
    assert commands.accept(h.pk, by=city.town_officer, at=later(2), opinion="合格").state == "CLOSED"


def test_who_rectified_it_does_not_accept_it_after_joining_the_organ(city):
    h = scenes.submitted(city)
    turncoat = scenes.replace(city.officer, id=city.principal.id)
    for act, said in (
        (commands.accept, {"opinion": "合格"}),
        (commands.fail, {"still_open": "未锁", "due_on": date(2019, 9, 9)}),
    ):
        with pytest.raises(Refused, match="不能验收本人提交的整改"):
            act(h.pk, by=turncoat, at=later(2), **said)


# -- a legal order ----------------------------------------------------------------------------------


def test_after_a_legal_order_two_officers_accept(city):
    h = legal(city)
    for second, words in (
        (None, "请选择另一名"),
        (city.officer, "不能是同一人"),
        (city.head, "没有执法证"),
        (city.town_officer, "不是本单位的人员"),
    ):
        with pytest.raises(Refused, match=words):
            commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格", second=second)
    done = commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格", second=city.second)
    assert (done.acceptance_name, done.acceptance_second_name) == ("李强", "王磊")


# -- the firm's own ---------------------------------------------------------------------------------


def test_the_regulator_does_not_accept_the_firm_s_own_before_taking_it_over(city):
    h = scenes.own(city)
    commands.submit(h.pk, by=city.manager, at=later(1), measures="已整改", photos=photos())
    with pytest.raises(Refused, match="请先“接管”"):
        commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格")


def test_a_second_person_of_the_firm_accepts_or_sends_it_back(city):
    h = scenes.own(city)
    commands.submit(h.pk, by=city.manager, at=later(1), measures="已整改", photos=photos())
    for act, said in (
        (commands.accept_own, {"opinion": "合格"}),
        (commands.fail_own, {"still_open": "未锁", "due_on": date(2019, 9, 9)}),
    ):
        with pytest.raises(Refused, match="不能验收本人提交的整改"):
            act(h.pk, by=city.manager, at=later(2), **said)
    back = commands.fail_own(
        h.pk, by=city.principal, at=later(2), still_open="箱门未锁", due_on=date(2019, 9, 9)
    )
    assert (back.state, back.round, back.rectified_on) == ("RECTIFYING", 2, None)
    commands.submit(h.pk, by=city.principal, at=later(3), measures="已上锁", photos=photos())
    with pytest.raises(Refused, match="不能验收本人提交的整改"):
        commands.accept_own(h.pk, by=city.principal, at=later(4), opinion="合格")
    assert commands.accept_own(h.pk, by=city.manager, at=later(4), opinion="合格").close_basis == "OWN"


# -- a major one ------------------------------------------------------------------------------------


def test_a_major_one_is_not_accepted_by_one_officer(city):
    h = scenes.major_submitted(city)
    with pytest.raises(Refused, match="须两名执法人员现场验收并经部门负责人批准"):
        commands.accept(h.pk, by=city.officer, at=later(11), opinion="合格")
    with pytest.raises(Refused, match="尚未提出验收意见"):
        commands.approve_acceptance(h.pk, by=city.head, at=later(11))


def test_the_site_is_visited_by_two_and_photographed(city):
    h = scenes.major_submitted(city)
    for given, words in (
        ({"second": None}, "请选择另一名"),
        ({"second": city.officer}, "不能是同一人"),
        ({"photos": []}, "整改后照片"),
        ({"opinion": ""}, "验收意见"),
    ):
        with pytest.raises(Refused, match=words):
            propose(city, h, **given)


def test_the_head_approves_who_proposed_nothing(city):
    h = scenes.major_submitted(city)
    head = city.head
    propose(city, h)
    assert ("WAITING", f"重大隐患{h.number}已提出验收意见,请批准") in told(head)
    with pytest.raises(Refused, match="您的职务不能"):
        commands.approve_acceptance(h.pk, by=city.officer, at=later(12))
    for both in (city.officer, city.second):
        with pytest.raises(Refused, match="批准人不能是提出验收意见的人员"):
            commands.approve_acceptance(h.pk, by=scenes.replace(head, id=both.id), at=later(12))
    done = commands.approve_acceptance(h.pk, by=head, at=later(12), opinion="同意")
    assert (done.state, done.closed_by_name, done.acceptance_opinion) == ("CLOSED", "赵局", "现场核查合格")


def test_a_head_who_does_not_approve_begins_another_round(city):
    h = scenes.major_submitted(city)
    said = {"still_open": "联锁测试记录不全", "due_on": date(2019, 9, 30)}
    with pytest.raises(Refused, match="尚未提出验收意见"):
        commands.refuse_acceptance(h.pk, by=city.head, at=later(12), **said)
    propose(city, h)
    back = commands.refuse_acceptance(h.pk, by=city.head, at=later(12), **said)
    assert (back.state, back.round, back.requirement) == ("RECTIFYING", 2, "联锁测试记录不全")
    commands.submit(
        h.pk, by=city.principal, at=later(14), measures="已补测", photos=photos(), evaluation="SELF"
    )
    assert fresh(h).acceptance_by is None


def test_a_second_proposal_waits_for_the_head_like_the_first(city):
    h = scenes.major_submitted(city)
    propose(city, h)
    with pytest.raises(Refused, match="李强已提出验收意见"):
        propose(city, h, by=city.second, second=city.officer)


def test_the_evaluation_is_kept(city):
    assert fresh(scenes.major_submitted(city)).evaluation == "AGENCY"


def test_failing_takes_what_is_still_open_and_a_day_to_come(city):
    h = scenes.submitted(city)
    with pytest.raises(Refused, match="仍未整改的内容"):
        commands.fail(h.pk, by=city.officer, at=later(2), still_open=" ", due_on=date(2019, 9, 9))
    with pytest.raises(Refused, match="早于今天"):
        commands.fail(h.pk, by=city.officer, at=later(2), still_open="未锁", due_on=date(2019, 9, 1))


def test_what_an_officer_holds_is_accepted_by_his_successor_when_he_leaves(city):
    h = scenes.submitted(city)
    heir = scenes.account("接任")
    held = scenes.Position.objects.get(user=city.officer.id)
    people.hand_over(held.pk, user=heir.pk, by=people.CONSOLE, at=later(2))
    done = commands.accept(h.pk, by=scenes.actor(heir, on=date(2019, 9, 5)), at=later(3), opinion="现场合格")
    assert done.closed_by_name == "接任"
