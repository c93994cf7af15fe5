"""One hazard all the way round, and what is refused on the way."""

from datetime import date

import pytest

from anlan.figures.engine import Ask, Period, read
from anlan.hazards import commands
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City, later
from anlan.kernel import tally
from anlan.kernel.words import Conflict, Refused
from anlan.site import verify

pytestmark = pytest.mark.django_db
AUTUMN = Period(date(2019, 8, 1), date(2019, 10, 31))


@pytest.fixture
def city() -> City:
    return City()


def walk(city: City) -> Hazard:
    """Registered by the office, handed to the bureau, signed, ordered, rectified, accepted."""
    h = scenes.register(city.clerk, city.firm, general=False)
    commands.assign(h.pk, by=city.clerk, at=later(hours=1), to=city.bureau, reply_due=date(2019, 9, 9))
    commands.sign(h.pk, by=city.officer, at=later(hours=2))
    commands.grade_general(h.pk, by=city.officer, at=later(hours=2), basis="GB 50016 10.2")
    commands.order(
        h.pk, by=city.officer, at=later(hours=3), due_on=date(2019, 9, 7), requirement="加装箱门",
        legal=True, second=city.second,
    )  # fmt: skip
    commands.submit(h.pk, by=city.principal, at=later(2), measures="已加装箱门", photos=scenes.photos())
    return commands.accept(
        h.pk, by=city.officer, at=later(3), opinion="现场复查,符合要求", second=city.second
    )


def test_a_hazard_goes_round_and_the_journal_proves_it(city):
    h = walk(city)
    assert (h.state, str(h.rectified_on), str(h.closed_on)) == ("CLOSED", "2019-09-04", "2019-09-05")
    report = verify.run()
    assert report.holds, [str(f.reason) for f in report.findings]


def test_the_figure_counts_it_before_and_after_folding(city):
    walk(city)
    ask = Ask(("found", "rectified", "closed", "open"), ("4101", scenes.JINSHUI, scenes.ERQI), AUTUMN)
    before = read(ask).values
    tally.fold()
    assert read(ask).values == before
    assert verify.run().holds


def test_a_state_changed_by_hand_is_named(city):
    h = walk(city)
    Hazard.everything.filter(pk=h.pk).update(state="REVIEW")
    said = [str(f.reason) for f in verify.run().findings]
    assert any("state" in words and str(h.pk) in words for words in said)


def test_the_rectifier_does_not_accept_his_own_work(city):
    h = scenes.register(city.manager, city.firm)
    commands.start_own(
        h.pk, by=city.manager, at=later(hours=1), due_on=date(2019, 9, 6), responsible="马师傅"
    )
    commands.submit(h.pk, by=city.manager, at=later(1), measures="已整改", photos=scenes.photos())
    with pytest.raises(Refused, match="由另一名人员验收"):
        commands.accept_own(h.pk, by=city.manager, at=later(2), opinion="合格")
    assert scenes.fresh(h).state == "REVIEW"
    assert commands.accept_own(h.pk, by=city.principal, at=later(2), opinion="合格").state == "CLOSED"


def test_a_deadline_in_the_past_changes_nothing(city):
    h = scenes.register(city.officer, city.firm)
    with pytest.raises(Refused, match="早于今天"):
        commands.order(h.pk, by=city.officer, at=later(2), due_on=date(2019, 9, 1), requirement="装门")
    assert (scenes.fresh(h).state, scenes.fresh(h).seq) == ("REGISTERED", 1)


def test_two_accept_at_once_and_the_second_is_told_by_whom(city):
    h = scenes.submitted(city)
    commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格")
    with pytest.raises(Refused, match="李强"):
        commands.accept(h.pk, by=city.second, at=later(2), opinion="合格")


def test_a_stale_page_is_told_who_was_faster(city):
    h = scenes.submitted(city)
    commands.urge(h.pk, by=city.officer, at=later(2), words="请尽快")
    with pytest.raises(Conflict, match="李强刚刚办理了“催办”"):
        commands.accept(h.pk, by=city.second, at=later(2), opinion="合格", seen=h.seq)


def test_a_legal_order_needs_two_officers_with_valid_credentials(city):
    h = scenes.register(city.officer, city.firm)
    with pytest.raises(Refused, match="两名执法人员"):
        commands.order(
            h.pk, by=city.officer, at=later(), due_on=date(2019, 9, 9), requirement="装门", legal=True
        )


def test_an_officer_of_another_county_does_not_find_it(city):
    h = scenes.register(city.officer, city.firm)
    user = scenes.account("外区")
    other = scenes.organisation("COUNTY_BUREAU", "二七区应急管理局", county=scenes.ERQI)
    scenes.appoint(user, other, "department_officer", "COUNTY", code=scenes.ERQI, sectors=["HAZCHEM"])
    with pytest.raises(Hazard.DoesNotExist):
        commands.order(h.pk, by=scenes.actor(user), at=later(), due_on=date(2019, 9, 9), requirement="装门")


def test_the_same_act_sent_twice_is_one_act(city):
    from anlan.kernel.command import new_id

    h, act = scenes.register(city.officer, city.firm), new_id()
    words = {"due_on": date(2019, 9, 9), "requirement": "装门"}
    once = commands.order(h.pk, by=city.officer, at=later(), id=act, **words)
    again = commands.order(h.pk, by=city.officer, at=later(), id=act, **words)
    assert (once.seq, again.seq) == (2, 2)
    with pytest.raises(Conflict):
        commands.order(
            h.pk, by=city.officer, at=later(), id=act, due_on=date(2019, 9, 10), requirement="装门"
        )
