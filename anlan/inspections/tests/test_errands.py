"""What is left to the worker: a large roll, thousands of visits shared out; and what verify finds. Refusals first."""

from datetime import date, timedelta
from typing import Any

import pytest

from anlan.hazards.tests.scenes import ERQI, NOW, TODAY, City, account, actor, appoint, later
from anlan.inspections import coverage, jobs
from anlan.inspections.coverage_models import Cell, Errand, Node, Roll
from anlan.inspections.models import Visit
from anlan.inspections.states import RollState, Step, Tier
from anlan.inspections.tests.test_coverage import frozen, share, tree, visited
from anlan.inspections.tests.test_draws import firm, group
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor
from anlan.kernel.words import Refused
from anlan.people.models import User
from anlan.register.tests import scenes as firms
from anlan.site.verify import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return City()


@pytest.fixture
def long(monkeypatch):
    """Every roll is a long one, copied two firms at a time; whatever is shared out is left to the worker."""
    monkeypatch.setattr(coverage, "AT_ONCE", 0)
    monkeypatch.setattr(coverage.fill, "PORTION", 2)
    monkeypatch.setattr(jobs, "SLICE", 2)
    monkeypatch.setattr("anlan.inspections.coverage_pages.AT_ONCE", 0)


def worked(hours: float = 0.1) -> None:
    jobs.run_waiting(at=later(hours=hours))


def asked(city: City, r: Roll, groups: list[int], **given: Any) -> Errand:
    said = {"tier": Tier.ENTERPRISE, "number": 100, "since": TODAY, "until": TODAY + timedelta(days=6)}
    return jobs.ask_share(r, by=city.clerk, at=NOW, groups=groups, **(said | given))


def now(errand: Errand) -> Errand:
    return Errand.objects.get(pk=errand.pk)


# -- refused -----------------------------------------------------------------------------------------


def test_a_county_ends_its_own_roll_and_not_the_city_s(city):
    firm()
    r = frozen(city)
    county = county_clerk(city)
    with pytest.raises(Refused, match="不是本级建立的"):
        coverage.close(r.pk, by=county, at=NOW)
    coverage.close(r.pk, by=city.clerk, at=NOW)
    with pytest.raises(Refused, match="已结束"):
        coverage.close(r.pk, by=city.clerk, at=NOW)


def test_an_errand_of_somebody_who_left_his_post_is_not_carried_out(city, long):
    firm()
    key, _crew = group("督导一组", "410105")
    r = frozen(city)
    worked()
    errand = asked(city, r, [key])
    Errand.objects.filter(pk=errand.pk).update(position=0)
    worked()
    assert (now(errand).step, now(errand).failed[0][:5]) == (Step.FAILED, "发起人已不")
    assert not Visit._base_manager.exists()


def test_an_errand_is_opened_by_its_sender_alone_and_nobody_is_sent_before_he_says_so(city, client, long):
    for _ in range(3):
        firm()
    key, _crew = group("督导一组", "410105")
    r = frozen(city)
    worked()
    errand = asked(city, r, [key])
    client.force_login(User.objects.get(pk=city.clerk.id))
    assert "正在排队" in client.get(errand.get_absolute_url()).content.decode()
    worked()
    assert now(errand).step == Step.READY
    assert "确认分派" in client.get(errand.get_absolute_url()).content.decode()
    assert not Visit._base_manager.exists()
    for other in (city.leader, city.officer, city.principal, county_clerk(city)):
        client.force_login(User.objects.get(pk=other.id))
        assert client.get(errand.get_absolute_url()).status_code == 404
        assert client.post(errand.get_absolute_url(), {"go": "go"}).status_code == 404
    worked()
    assert not Visit._base_manager.exists()


# -- frozen ------------------------------------------------------------------------------------------


def test_a_long_roll_is_copied_by_the_worker_and_counts_what_was_looked_at_meanwhile(city, client, long):
    rows = [firm(), firm(is_key=True), firm(ERQI), firm()]
    register_parts(rows[0])
    early = visited(city, rows[0], at=later(hours=-2))
    r = frozen(city)
    assert (r.state, r.digest, Node._base_manager.count()) == (RollState.WAITING, "", 0)
    client.force_login(User.objects.get(pk=city.clerk.id))
    assert "正在从企业登记抄录名册" in client.get(r.get_absolute_url()).content.decode()
    visited(city, rows[3], at=later(hours=0.05))
    worked()
    r.refresh_from_db()
    assert (r.state, r.numbers["ENTERPRISE"], r.numbers["PREMISES"], r.numbers["WORKPOST"]) == (
        "RUNNING",
        5,
        1,
        1,
    )
    assert tree(r, city.clerk)["ENTERPRISE"] == (5, 2, 2)
    node = Node._base_manager.get(roll=r, tier=Tier.ENTERPRISE, subject=rows[1].pk)
    assert (node.risk, node.county, node.name) == (3, rows[1].county, rows[1].name)
    assert Node._base_manager.get(tier=Tier.PREMISES).risk == 1
    assert early.state in ("FINISHED", "FILED")
    Node._base_manager.filter(pk=node.pk).update(visits=7)
    worked(0.2)
    assert Errand.objects.get().step == Step.DONE
    assert tree(r, city.clerk)["ENTERPRISE"] == (5, 2, 2)
    assert run().holds


def test_a_long_roll_and_a_short_one_hold_the_same(city, monkeypatch):
    rows = [firm(), firm(is_key=True), firm(ERQI)]
    register_parts(rows[0])
    short = frozen(city)
    monkeypatch.setattr(coverage, "AT_ONCE", 0)
    monkeypatch.setattr(coverage.fill, "PORTION", 1)
    made = frozen(city, name="又一次")
    worked()
    made.refresh_from_db()
    assert (made.digest, made.numbers) == (short.digest, short.numbers)


def test_a_roll_that_is_dropped_while_it_is_made_leaves_nothing_behind(city, client, long):
    for _ in range(3):
        firm()
    r = frozen(city)
    next(iter(coverage.fill.fill(r)))
    client.force_login(User.objects.get(pk=city.clerk.id))
    answer = client.post(f"{r.get_absolute_url()}drop/", follow=True)
    assert "已取消" in answer.content.decode()
    assert Node._base_manager.count() == 2
    worked()
    assert not Node._base_manager.exists()
    assert Errand.objects.get().step == Step.DONE
    assert run().holds


# -- shared out --------------------------------------------------------------------------------------


def test_what_is_left_to_the_worker_is_planned_by_slices_stops_and_goes_on(city, long):
    for _ in range(6):
        firm()
    one, _crew = group("督导一组", "410105")
    two, _crew = group("督导二组", "410105")
    r = frozen(city)
    worked()
    errand = asked(city, r, [one, two])
    worked()
    assert [len(p["nodes"]) for p in now(errand).plan] == [3, 3]
    planned = {n: p["group"] for p in now(errand).plan for n in p["nodes"]}
    jobs.stop(now(errand))
    worked()
    assert (now(errand).step, Visit._base_manager.count()) == (Step.CANCELLED, 0)
    jobs.go_on(now(errand), at=NOW)
    worked()
    assert (now(errand).step, now(errand).done, Visit._base_manager.count()) == (Step.DONE, 6, 6)
    firms_of = dict(Node._base_manager.filter(pk__in=planned).values_list("subject", "pk"))
    assert all(v.group == planned[firms_of[v.enterprise_id]] for v in Visit._base_manager.all())
    assert JournalEntry.objects.filter(kind="roll", act="share").count() == 4
    assert Roll._base_manager.get().shared_no == 6
    Errand.objects.filter(pk=errand.pk).update(step=Step.WAITING)
    worked()
    assert Visit._base_manager.count() == 6
    assert run().holds


def test_as_many_are_shared_out_as_were_asked_though_the_riskiest_lie_elsewhere_or_are_planned(city, long):
    here = [firm() for _ in range(4)]
    there = [firm(ERQI, sector="TRADE") for _ in range(5)]
    key, _crew = group("督导一组", "410105")
    r = frozen(city)
    worked()
    rank = list(
        Node._base_manager.filter(tier=Tier.ENTERPRISE)
        .order_by("-risk", "-pk")
        .values_list("subject", flat=True)
    )
    assert rank[0] in {e.pk for e in there}
    first = asked(city, r, [key], number=1)
    worked()
    jobs.go_on(now(first), at=NOW)
    worked()
    second = asked(city, r, [key], number=3)
    worked()
    subjects = Node._base_manager.filter(pk__in=now(second).plan[0]["nodes"]).values_list(
        "subject", flat=True
    )
    gone = Visit._base_manager.get().enterprise_id
    assert {*subjects, gone} == {e.pk for e in here}


def test_one_act_still_plans_a_thousand_at_most(city):
    firm()
    key, _crew = group("督导一组", "410105")
    r = frozen(city)
    with pytest.raises(Refused, match="一次最多分派1000处"):
        share(city, r, [key], nodes=list(range(1001)))


# -- verified ----------------------------------------------------------------------------------------


def test_verify_names_a_node_a_sum_and_a_denominator_that_somebody_changed(city):
    e = firm()
    firm(ERQI)
    r = frozen(city)
    visited(city, e)
    assert run().holds

    def said() -> list[str]:
        return [str(f.reason) for f in run().findings]

    mine = Node._base_manager.filter(roll=r, tier=Tier.ENTERPRISE, subject=e.pk)
    mine.update(visits=5)
    assert len(said()) == 2
    assert any("应为1次,记为5次" in each and e.name in each for each in said())
    assert any("合计与逐个对象不符" in each for each in said())
    mine.update(visits=1, first_on=date(2019, 9, 1))
    assert len(said()) == 1
    mine.update(first_on=TODAY)
    assert run().holds
    Cell._base_manager.filter(roll=r, tier=Tier.ENTERPRISE, county=ERQI).update(nodes=0)
    assert ["合计与逐个对象不符" in each for each in said()] == [True]
    Cell._base_manager.filter(roll=r, tier=Tier.ENTERPRISE, county=ERQI).update(nodes=1)
    Node._base_manager.filter(roll=r, tier=Tier.ENTERPRISE, county=ERQI).update(subject=999_999)
    assert any("应查对象与建立时不符" in each for each in said())


def test_a_closed_roll_keeps_its_figures_though_visits_go_on(city):
    e = firm()
    visited(city, e, at=later(hours=-2))
    r = frozen(city)
    coverage.close(r.pk, by=city.clerk, at=NOW)
    visited(city, city.firm)
    assert tree(r, city.clerk)["ENTERPRISE"] == (2, 1, 1)
    assert run().holds


def county_clerk(city: City) -> Actor:
    user = account("区办李")
    appoint(user, city.county_office, "office", "COUNTY", code=city.county)
    return actor(user)


def register_parts(e: Any) -> None:
    from anlan.register import commands as register

    keeper: Actor = firms.officer(e.county)
    register.add_premises(e.pk, by=keeper, at=NOW, name="罐区", kind="PLANT")
    register.add_workpost(e.pk, by=keeper, at=NOW, name="装卸工")
