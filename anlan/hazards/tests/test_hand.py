"""The chain of assignment: 交办, 签收, 退回, 转办, 移送, 办结反馈, 催办. Refusals first."""

from datetime import date

import pytest

from anlan.hazards import commands
from anlan.hazards.models import Assignment, Urging
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import CLAUSE, TODAY, City, fresh, handed, later, register, told
from anlan.kernel.words import Refused
from anlan.people import commands as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def links(h) -> list[Assignment]:
    return list(Assignment.everything.filter(hazard=h).order_by("pk"))


def order(city: City, h, by=None, at=None):
    return commands.order(
        h.pk, by=by or city.officer, at=at or later(1), due_on=date(2019, 9, 9), requirement="装门"
    )


def closed(city: City):
    """Handed over, worked off, closed."""
    h = handed(city)
    commands.grade_general(h.pk, by=city.officer, at=later(), basis="GB 50016")
    order(city, h, at=later())
    commands.submit(h.pk, by=city.principal, at=later(2), measures="已装门", photos=scenes.photos())
    return commands.accept(h.pk, by=city.second, at=later(3), opinion="合格")


# -- handed over, signed for ------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["officer", "town_officer", "head", "leader", "supervisor", "principal"])
def test_only_an_office_hands_over(city, who):
    h = register(city.clerk, city.firm, general=False)
    with pytest.raises((Refused, scenes.Hazard.DoesNotExist)):
        commands.assign(h.pk, by=getattr(city, who), at=later(), to=city.bureau)
    assert not links(h)


def test_it_is_handed_to_an_organ_and_never_to_a_firm(city):
    h = register(city.clerk, city.firm, general=False)
    firm = scenes.Organisation.objects.get(pk=city.firm.pk)
    with pytest.raises(Refused, match="单位而不是企业"):
        commands.assign(h.pk, by=city.clerk, at=later(), to=firm)
    held = handed(city)
    for act in (commands.pass_on, commands.transfer):
        with pytest.raises(Refused, match="单位而不是企业"):
            act(held.pk, by=city.officer, at=later(), to=firm, words="请办理")


def test_a_dissolved_organ_and_a_reply_before_today_are_refused(city):
    h = register(city.clerk, city.firm, general=False)
    gone = people.end(city.other_bureau.pk, by=people.CONSOLE, at=later())
    with pytest.raises(Refused, match="已撤销"):
        commands.assign(h.pk, by=city.clerk, at=later(), to=gone)
    with pytest.raises(Refused, match="早于今天"):
        commands.assign(h.pk, by=city.clerk, at=later(), to=city.bureau, reply_due=date(2019, 9, 1))


def test_it_is_signed_for_before_it_is_worked_on(city):
    h = handed(city, sign=False)
    with pytest.raises(Refused, match="不在您单位手上"):
        commands.sign(h.pk, by=city.town_officer, at=later())
    commands.grade_general(h.pk, by=city.officer, at=later(), basis="GB 50016")
    for act in (
        lambda: order(city, h),
        lambda: commands.pass_on(h.pk, by=city.officer, at=later(), to=city.station),
        lambda: commands.transfer(h.pk, by=city.officer, at=later(), to=city.other_bureau, words="非本单位"),
    ):
        with pytest.raises(Refused, match="请先签收"):
            act()
    commands.sign(h.pk, by=city.officer, at=later(1))
    with pytest.raises(Refused, match="已于2019-09-03签收"):
        commands.sign(h.pk, by=city.second, at=later(1))
    assert order(city, h).state == "RECTIFYING"


def test_each_link_is_signed_for_and_timed(city):
    h = handed(city)
    commands.pass_on(h.pk, by=city.officer, at=later(1), to=city.station, words="请属地跟进")
    commands.sign(h.pk, by=city.town_officer, at=later(2))
    first, second = links(h)
    assert (first.kind, first.to_name, first.given_on, first.signed_on, first.passed_on) == (
        "HAND_OVER", "区应急管理局", TODAY, TODAY, date(2019, 9, 3),
    )  # fmt: skip
    assert (second.kind, second.from_name, second.signed_on, second.signed_by_name) == (
        "PASS_ON", "区应急管理局", date(2019, 9, 4), "孙站",
    )  # fmt: skip
    assert (second.reply_due, fresh(h).now_organ) == (first.reply_due, city.station.pk)


def test_whoever_is_handed_something_is_told_and_sees_it(city):
    other = city.other_officer
    h = register(city.clerk, city.firm, general=False)
    with pytest.raises(scenes.Hazard.DoesNotExist):
        scenes.see(h, other)
    commands.assign(h.pk, by=city.clerk, at=later(), to=city.other_bureau)
    assert told(other) == [("ASSIGNED", f"{h.number}已交到您单位,请签收")]
    assert scenes.see(h, other).pk == h.pk


# -- given back -------------------------------------------------------------------------------------


def test_giving_back_takes_a_reason_and_says_whose_it_may_be(city):
    clerk, h = city.clerk, handed(city, sign=False)
    with pytest.raises(Refused, match="退回理由"):
        commands.return_(h.pk, by=city.officer, at=later(1), reason="")
    back = commands.return_(
        h.pk, by=city.officer, at=later(1), reason="属特种设备", proposed=city.other_bureau
    )
    assert (back.state, back.now_organ, back.returns) == ("REGISTERED", None, 1)
    assert (links(h)[0].proposed_name, links(h)[0].returned_on) == ("区市场监管局", date(2019, 9, 3))
    assert told(clerk) == [("RETURNED", f"{h.number}被退回:属特种设备")]


def test_after_two_returns_the_office_decides_and_it_stays(city):
    h = register(city.clerk, city.firm, general=False)
    for _again in range(2):
        commands.assign(h.pk, by=city.clerk, at=later(1), to=city.other_bureau)
        commands.return_(h.pk, by=city.other_officer, at=later(1), reason="不属本单位职责")
    commands.assign(h.pk, by=city.clerk, at=later(2), to=city.other_bureau, words="经研究由你单位办理")
    with pytest.raises(Refused, match="由集中办公室裁定,不能再退回"):
        commands.return_(h.pk, by=city.other_officer, at=later(2), reason="仍不属本单位")
    assert fresh(h).now_organ == city.other_bureau.pk
    assert [link.returned_on is not None for link in links(h)] == [True, True, False]


# -- transferred to another regulator ----------------------------------------------------------------


def transferred(city: City):
    h = register(city.officer, city.firm, general=True)
    return commands.transfer(
        h.pk, by=city.officer, at=later(1), to=city.other_bureau, words="涉及特种设备,移送"
    )


def test_a_transfer_stays_where_it_was_until_the_receiver_accepts(city):
    h = transferred(city)
    assert (h.state, h.now_organ, h.transfer_to) == ("ASSIGNED", city.bureau.pk, city.other_bureau.pk)
    for act in (
        lambda: order(city, h, at=later(1)),
        lambda: commands.pass_on(h.pk, by=city.officer, at=later(1), to=city.station),
        lambda: commands.return_(h.pk, by=city.officer, at=later(1), reason="不是我们的"),
        lambda: commands.transfer(h.pk, by=city.officer, at=later(1), to=city.station, words="再移送"),
    ):
        with pytest.raises(Refused, match="等待对方接收"):
            act()
    with pytest.raises(Refused, match="不是给您单位的"):
        commands.accept_transfer(h.pk, by=city.town_officer, at=later(1))


def test_the_receiver_accepts_and_answers_for_it(city):
    h = transferred(city)
    done = commands.accept_transfer(h.pk, by=city.other_officer, at=later(2))
    assert (done.now_organ, done.transfer_to, done.now_sector, done.found_sector) == (
        city.other_bureau.pk, None, "SPECIAL", "HAZCHEM",
    )  # fmt: skip
    with pytest.raises(Refused, match="不在您单位手上"):
        order(city, h, at=later(2))
    assert order(city, h, by=city.other_officer, at=later(2)).state == "RECTIFYING"


def test_what_the_receiver_declines_goes_on_where_it_was(city):
    h = transferred(city)
    back = commands.return_(h.pk, by=city.other_officer, at=later(2), reason="设备不在目录内")
    assert (back.state, back.now_organ, back.transfer_to, back.returns) == (
        "ASSIGNED", city.bureau.pk, None, 0,
    )  # fmt: skip
    assert ("RETURNED", f"{h.number}被退回:设备不在目录内") in told(city.officer)
    assert order(city, h, at=later(2)).state == "RECTIFYING"


def test_a_transfer_on_its_way_does_not_keep_anybody_from_proposing_a_major_one(city):
    h = transferred(city)
    up = commands.propose_major(h.pk, by=city.officer, at=later(1), clause=CLAUSE)
    assert (up.state, up.transfer_to, links(h)[0].returned_on) == ("GRADING", None, date(2019, 9, 3))


# -- reported back, urged ---------------------------------------------------------------------------


def test_what_was_not_handed_over_needs_no_report_back(city):
    h = scenes.submitted(city)
    commands.accept(h.pk, by=city.second, at=later(2), opinion="合格")
    with pytest.raises(Refused, match="不是交办的"):
        commands.reply(h.pk, by=city.officer, at=later(3), words="已办结")


def test_the_organ_reports_back_once_to_whoever_handed_it_over(city):
    h = closed(city)
    with pytest.raises(Refused, match="办结情况"):
        commands.reply(h.pk, by=city.officer, at=later(4), words=" ")
    commands.reply(h.pk, by=city.officer, at=later(4), words="已整改销号")
    with pytest.raises(Refused, match="已于2019-09-06反馈"):
        commands.reply(h.pk, by=city.officer, at=later(5), words="已整改销号")
    assert (links(h)[0].replied_on, links(h)[0].reply) == (date(2019, 9, 6), "已整改销号")
    assert ("DECIDED", f"{h.number}已办结反馈") in told(city.clerk)


def test_in_a_chain_the_station_reports_to_the_bureau_and_the_office_is_told(city):
    h = handed(city)
    commands.pass_on(h.pk, by=city.officer, at=later(), to=city.station)
    commands.sign(h.pk, by=city.town_officer, at=later())
    commands.ask_void(h.pk, by=city.town_officer, at=later(1), reason="现场无此设备")
    commands.void(h.pk, by=scenes.town_mate(city), at=later(1))
    commands.reply(h.pk, by=city.town_officer, at=later(2), words="经核实不是隐患,已撤销")
    for person in (city.officer, city.clerk):
        assert ("DECIDED", f"{h.number}已办结反馈") in told(person)


def test_urging_is_a_notice_to_whoever_has_it_and_stands_in_the_file(city):
    principal, h = city.principal, scenes.ordered(city)
    with pytest.raises(Refused, match="催办内容"):
        commands.urge(h.pk, by=city.clerk, at=later(1), words=" ")
    commands.urge(h.pk, by=city.clerk, at=later(1), words="请于周五前完成")
    assert ("URGED", f"{h.number}催办:请于周五前完成") in told(principal)
    assert [u.words for u in Urging.everything.filter(hazard=h)] == ["请于周五前完成"]
