"""Suspension of an enterprise (停产停业整顿): a measure resting on hazards, lifted only after review and approval."""

from datetime import date

import pytest

from anlan.figures.engine import Ask, Period, read
from anlan.hazards import commands
from anlan.hazards.models import Suspension
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City, later, photos, told
from anlan.kernel.words import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def propose(city: City, h, by=None, **given):
    said = {"enterprise": city.firm, "hazards": [h], "extent": "WHOLE", "reason": "无法保证安全"} | given
    return commands.propose_suspension(by=by or city.officer, at=later(1), **said)


def in_force(city: City, h):
    s = propose(city, h)
    return commands.approve_suspension(s.pk, by=city.head, at=later(2))


def review(city: City, s, at=None, by=None, **given):
    said = {"second": city.second, "passed": True, "words": "现场核查,隐患已消除"} | given
    return commands.review_resumption(s.pk, by=by or city.officer, at=at or later(13), **said)


def asked(city: City, h):
    s = in_force(city, h)
    return commands.apply_to_resume(s.pk, by=city.principal, at=later(12), words="已治理,申请复产")


def rectified(city: City, h) -> None:
    commands.plan(h.pk, by=city.principal, at=later(3), **scenes.SIX, **scenes.FIVE)
    commands.submit(
        h.pk, by=city.principal, at=later(10), measures="已装设", photos=photos(), evaluation="AGENCY"
    )


def test_it_rests_on_open_hazards_of_that_firm(city):
    h = scenes.major(city)
    done = scenes.submitted(city)
    commands.accept(done.pk, by=city.officer, at=later(2), opinion="合格")
    other = scenes.register(city.officer, scenes.firms.enterprise(scenes.JINSHUI))
    for given, words in (
        ({"hazards": []}, "请选择作为停产依据的隐患"),
        ({"hazards": [other]}, "须是该企业的隐患"),
        ({"hazards": [scenes.fresh(done)]}, "须尚未销号"),
        ({"reason": ""}, "停产理由"),
        ({"extent": "PART"}, "停产范围"),
        ({"extent": "HALF"}, "全部或局部"),
    ):
        with pytest.raises(Refused, match=words):
            propose(city, h, **given)
    assert not Suspension.everything.exists()


def test_an_officer_of_another_county_suspends_nobody_here(city):
    h = scenes.major(city)
    far = scenes.replace(city.officer, code=scenes.ERQI)
    with pytest.raises(Refused, match="不在您的管辖区域内"):
        propose(city, h, by=far)


def test_who_proposes_does_not_approve_and_another_department_does_not(city):
    s = propose(city, scenes.major(city))
    with pytest.raises(Refused, match="您的职务不能"):
        commands.approve_suspension(s.pk, by=city.officer, at=later(2))
    with pytest.raises(Refused, match="提出人不能自己批准"):
        commands.approve_suspension(s.pk, by=scenes.replace(city.head, id=city.officer.id), at=later(2))
    with pytest.raises(Refused, match="作出停产决定的部门"):
        commands.approve_suspension(
            s.pk, by=scenes.replace(city.head, organisation=city.station.pk), at=later(2)
        )


def test_a_rejected_proposal_suspends_nobody(city):
    s = propose(city, scenes.major(city))
    with pytest.raises(Refused, match="不批准的理由"):
        commands.reject_suspension(s.pk, by=city.head, at=later(2), reason=" ")
    done = commands.reject_suspension(s.pk, by=city.head, at=later(2), reason="范围过大")
    assert (done.state, done.began_on) == ("REJECTED", None)


def test_each_step_is_told_to_whoever_takes_the_next(city):
    head, officer, principal = city.head, city.officer, city.principal
    h = scenes.major(city)
    s = in_force(city, h)
    assert ("WAITING", f"{city.firm.name}拟停产整顿,请批准") in told(head)
    assert ("DECIDED", f"{city.firm.name}停产整顿的决定,请查看") in told(principal)
    commands.apply_to_resume(s.pk, by=principal, at=later(12), words="已治理")
    assert ("WAITING", f"{city.firm.name}申请复产,请现场审查或批准") in told(officer)


def test_only_the_firm_applies_to_resume(city):
    s = in_force(city, scenes.major(city))
    with pytest.raises(Refused, match="您的职务不能"):
        commands.apply_to_resume(s.pk, by=city.manager, at=later(3), words="申请复产")
    with pytest.raises(Refused, match="复产申请内容"):
        commands.apply_to_resume(s.pk, by=city.principal, at=later(3), words="")


def test_nothing_is_lifted_without_a_review_on_site_by_two(city):
    h = scenes.major(city)
    s = asked(city, h)
    with pytest.raises(Refused, match="尚未现场审查"):
        commands.approve_resumption(s.pk, by=city.head, at=later(13), opinion="同意")
    with pytest.raises(Refused, match="两名执法人员"):
        review(city, s, second=None)
    with pytest.raises(Refused, match="尚未整改,审查不能通过"):
        review(city, s)
    review(city, s, passed=False, words="联锁未投用")
    with pytest.raises(Refused, match="现场审查未通过"):
        commands.approve_resumption(s.pk, by=city.head, at=later(14), opinion="同意")
    back = commands.refuse_resumption(s.pk, by=city.head, at=later(14), reason="隐患尚未消除")
    assert (back.state, back.lifted_on) == ("IN_FORCE", None)
    rectified(city, h)
    commands.apply_to_resume(s.pk, by=city.principal, at=later(15), words="再次申请")
    with pytest.raises(Refused, match="尚未现场审查"):
        commands.approve_resumption(s.pk, by=city.head, at=later(16), opinion="同意")


def test_who_reviewed_does_not_approve_and_then_it_is_lifted(city):
    h = scenes.major(city)
    rectified(city, h)
    s = asked(city, h)
    review(city, s)
    with pytest.raises(Refused, match="审查人和批准人不能是同一人"):
        commands.approve_resumption(
            s.pk, by=scenes.replace(city.head, id=city.officer.id), at=later(14), opinion="同意"
        )
    with pytest.raises(Refused, match="批准意见"):
        commands.approve_resumption(s.pk, by=city.head, at=later(14), opinion="")
    done = commands.approve_resumption(s.pk, by=city.head, at=later(14), opinion="同意复产")
    assert (done.state, done.lifted_on, done.reviewed_name) == ("LIFTED", date(2019, 9, 16), "李强、王磊")


def test_it_is_counted_as_decisions_and_as_firms_and_stands_until_it_is_lifted(city):
    h = scenes.major(city)
    rectified(city, h)
    s = asked(city, h)
    propose_again = propose(city, scenes.ordered(city), extent="PART", scope_words="二车间")
    commands.approve_suspension(propose_again.pk, by=city.head, at=later(3))
    review(city, s)
    commands.approve_resumption(s.pk, by=city.head, at=later(14), opinion="同意复产")
    codes = ("suspended", "firms_suspended", "suspended_now")

    def on(start: date, end: date) -> list:
        table = read(Ask(codes, ("4101",), Period(start, end)))
        return [table[c, "4101"] for c in codes]

    assert on(date(2019, 9, 1), date(2019, 9, 15)) == [2, 1, 2]
    assert on(date(2019, 9, 1), date(2019, 9, 16)) == [2, 1, 1]
    assert on(date(2019, 9, 6), date(2019, 9, 30)) == [0, 0, 1]
