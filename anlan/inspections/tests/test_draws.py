"""Draws by lot: who may draw, who stands back, what stays hidden, and that anybody can repeat it. Refusals first."""

from datetime import date
from typing import Any

import pytest

from anlan.figures import engine
from anlan.hazards.tests.scenes import ERQI, NOW, TODAY, City, account, actor, appoint, later, organisation
from anlan.inspections import commands, draws, queries
from anlan.inspections import draws_queries as drawn
from anlan.inspections import draws_rules as rules
from anlan.inspections.models import Draw, Recusal, Visit
from anlan.inspections.tests.scenes import answered, finished, met
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor, acting_as
from anlan.kernel.words import Refused
from anlan.notices.models import Notice
from anlan.people import commands as people
from anlan.register.models import Enterprise
from anlan.register.tests import scenes as firms
from anlan.site import journal
from anlan.site.verify import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return City()


def firm(county: str = "410105", **given: Any) -> Enterprise:
    return firms.enterprise(county, at=later(days=-30), **({"sector": "HAZCHEM"} | given))


def group(name: str, *counties: str, people_no: int = 1) -> tuple[int, list[Actor]]:
    """A covert group of the city with its counties."""
    o = organisation("GROUP", name, system="GROUP")
    crew = []
    for _ in range(people_no):
        user = account(f"{name}组员")
        appoint(user, o, "supervisor", "NAMED", since=date(2019, 8, 1), until=date(2019, 12, 31),
                duties=list(counties))  # fmt: skip
        crew.append(actor(user))
    return o.pk, crew


def covert(city: City, groups: list[int], *, n: int = 1, each: int = 2, **given: Any) -> Draw:
    said = {"purpose": "中秋暗访", "day": TODAY} | given
    return draws.commit(
        by=city.clerk, at=NOW, kind="COVERT", groups=groups, groups_no=n, firms_no=each, **said
    )


def held(city: City, v: Visit, by: Actor) -> Visit:
    commands.start(v.pk, by=by, at=later(hours=2))
    answered(city, v, *met("HC01"), by=by, at=later(hours=2))
    finished(city, v, by=by, at=later(hours=3))
    return commands.file(v.pk, by=by, at=later(hours=4))


# -- refused ---------------------------------------------------------------------------------------


def test_an_inspector_of_a_group_does_not_draw_for_himself(city):
    with pytest.raises(Refused, match="您的职务不能"):
        draws.commit(by=city.supervisor, at=NOW, kind="COVERT", purpose="暗访", day=TODAY, firms_no=1)
    assert not Draw._base_manager.exists()


def test_more_than_there_are_cannot_be_drawn(city):
    key, _crew = group("暗访一组", "410105")
    with pytest.raises(Refused, match="没有可抽取的在册企业"):
        covert(city, [key])
    firm()
    with pytest.raises(Refused, match="只有1家可抽取"):
        covert(city, [key], each=2)
    with pytest.raises(Refused, match="只有1个组可以派出"):
        covert(city, [key], each=1, n=2)
    with pytest.raises(Refused, match="请选择参加抽取的组"):
        covert(city, [], each=1)
    empty = organisation("GROUP", "暗访空组", system="GROUP")
    with pytest.raises(Refused, match="没有成员"):
        covert(city, [empty.pk], each=1)
    with pytest.raises(Refused, match="早于今天"):
        covert(city, [key], each=1, day=date(2019, 9, 1))
    assert not JournalEntry.objects.filter(kind="draw").exists()


def test_a_draw_that_is_repeated_says_why_and_every_one_stands(city):
    key, _crew = group("暗访一组", "410105")
    for _ in range(3):
        firm()
    first = covert(city, [key])
    with pytest.raises(Refused, match="已有1次"):
        covert(city, [key])
    draws.draw(first.pk, by=city.clerk, at=NOW)
    second = covert(city, [key], reason="第一组组长请假,改派")
    draws.draw(second.pk, by=city.clerk, at=NOW)
    with acting_as(city.clerk):
        rows = list(drawn.draws())
    assert [(d.nth, d.reason, d.state) for d in rows] == [
        (2, "第一组组长请假,改派", "DRAWN"),
        (1, "", "DRAWN"),
    ]
    with pytest.raises(Refused, match="已办理"):
        draws.draw(first.pk, by=city.clerk, at=NOW)
    assert Visit._base_manager.filter(draw=first.pk).count() == 2


def test_nobody_else_draws_what_an_office_has_sealed(city):
    key, _crew = group("暗访一组", "410105")
    firm()
    d = covert(city, [key], each=1)
    with pytest.raises(Draw.DoesNotExist):
        draws.draw(d.pk, by=city.officer, at=NOW)
    with pytest.raises(Refused, match="须同时填写"):
        draws.draw(d.pk, by=city.clerk, at=NOW, said="8 15")
    assert not Visit._base_manager.exists()


def test_a_draw_is_not_published_while_a_group_is_on_its_way(city):
    key, [walker] = group("暗访一组", "410105")
    firm()
    d = covert(city, [key], each=1)
    draws.draw(d.pk, by=city.clerk, at=NOW)
    with pytest.raises(Refused, match="还有1次检查没有归档"):
        draws.publish(d.pk, by=city.clerk, at=NOW)
    assert Draw._base_manager.get().revealed == ""
    held(city, Visit._base_manager.get(draw=d.pk), walker)
    assert draws.publish(d.pk, by=city.clerk, at=later(hours=5)).state == "PUBLISHED"


def test_a_pair_is_needed_and_the_pool_must_hold_two_with_credentials(city):
    firm()
    assert city.officer
    city._officer("无证", "", "enforcement_officer")
    with pytest.raises(Refused, match="至少要有两名"):
        draws.commit(by=city.officer, at=NOW, kind="RANDOM", purpose="年度计划", day=TODAY, firms_no=1)


def test_a_firm_to_which_no_pair_may_go_is_not_among_those_drawn_from(city):
    theirs, free = firm(), firm()
    pair = [city.officer, city.second]
    draws.declare(by=city.officer, at=NOW, enterprise=theirs, why="兄弟在该企业任职")
    said = {"kind": "RANDOM", "purpose": "年度计划", "day": TODAY, "officers": [a.id for a in pair]}
    with pytest.raises(Refused, match="2家中只有1家能派出两名不须回避的检查人员"):
        draws.commit(by=city.officer, at=NOW, firms_no=2, **said)
    assert not Draw._base_manager.exists()
    d = draws.commit(by=city.officer, at=NOW, firms_no=1, **said)
    with acting_as(city.officer):
        assert [c[0] for c in drawn.papers_of(d)["candidates"]] == [free.pk]
    draws.draw(d.pk, by=city.officer, at=NOW)
    assert Visit._base_manager.get(draw=d.pk).enterprise_id == free.pk


# -- who stands back ---------------------------------------------------------------------------------


def test_who_worked_there_declared_it_or_was_there_last_is_not_sent(city):
    worked, related, last, free = firm(), firm(), firm(), firm()
    key, [walker] = group("暗访一组", "410105")
    people.appoint(
        by=people.CONSOLE, at=NOW, user=walker.id, organisation=worked.pk, role="worker", level="ENTERPRISE",
        since=date(2015, 1, 1), until=date(2019, 7, 1),
    )  # fmt: skip
    draws.declare(by=walker, at=NOW, enterprise=related, why="妻子在该企业任会计")
    v = commands.begin(by=walker, at=later(days=-3), source="GOV_SUPERVISION", enterprise=last)
    answered(city, v, *met("HC01"), by=walker, at=later(days=-3))
    finished(city, v, by=walker, at=later(days=-3))
    d = covert(city, [key], each=4)
    draws.draw(d.pk, by=city.clerk, at=NOW)
    with acting_as(walker):
        assert [v.enterprise_id for v in drawn.of_draw(d)] == [free.pk]


def test_a_declaration_is_once_one_s_own_and_can_be_taken_back(city):
    f = firm()
    with pytest.raises(Refused, match="请填写回避的原因"):
        draws.declare(by=city.officer, at=NOW, enterprise=f, why="")
    r = draws.declare(by=city.officer, at=NOW, enterprise=f, why="兄弟在该企业任职")
    with pytest.raises(Refused, match="已经申报过"):
        draws.declare(by=city.officer, at=NOW, enterprise=f, why="兄弟在该企业任职")
    with pytest.raises(Refused, match="申报人本人"):
        draws.withdraw(r.pk, by=city.second, at=NOW)
    draws.withdraw(r.pk, by=city.officer, at=NOW)
    assert Recusal._base_manager.get().state == "WITHDRAWN"
    assert drawn.barred([city.officer.id], on=TODAY) == {}


# -- hidden ------------------------------------------------------------------------------------------


def test_where_a_covert_group_goes_nobody_else_learns_before_it_is_filed(city):
    key, [walker] = group("暗访一组", "410105")
    f = firm()
    d = covert(city, [key], each=1)
    draws.draw(d.pk, by=city.clerk, at=NOW, said="八月十五", witness="纪检老周")
    v = Visit._base_manager.get(draw=d.pk)
    outside = (city.clerk, city.officer, city.leader, city.auditor)

    def seen(by: Actor) -> tuple[bool, int]:
        with acting_as(by):
            opens = Visit.objects.opening(pk=v.pk).exists()
            return opens, queries.visits(filters=queries.Filters(enterprise=str(f.pk))).count()

    assert [seen(by) for by in outside] == [(False, 0)] * 4
    assert seen(walker)[0]
    entries = list(journal.entries({}, by=city.auditor))
    assert "visit" not in {e.kind for e in entries}
    assert not [e for e in entries if e.kind == "draw" and f.name in e.body]
    assert set(Notice.objects.values_list("person", flat=True)) == {walker.id}
    with acting_as(city.clerk):
        assert list(drawn.of_draw(d)) == []
        assert drawn.waiting(d) == 1
    held(city, v, walker)
    assert [seen(by) for by in outside] == [(True, 1)] * 4
    assert [e.act for e in journal.entries({"kind": "visit"}, by=city.auditor)][-1] == "task"


def test_the_secret_is_in_no_journal_before_it_is_laid_open(city):
    key, [walker] = group("暗访一组", "410105")
    firm()
    d = covert(city, [key], each=1)
    draws.draw(d.pk, by=city.clerk, at=NOW)
    secret = Draw._base_manager.get().secret
    bodies = "".join(JournalEntry.objects.values_list("body", flat=True))
    assert len(secret) == 64
    assert secret not in bodies
    assert rules.commitment(secret) in bodies
    held(city, Visit._base_manager.get(), walker)
    draws.publish(d.pk, by=city.clerk, at=later(hours=6))
    assert secret in JournalEntry.objects.get(kind="draw", act="publish").body
    assert run().holds


# -- the lots ----------------------------------------------------------------------------------------


def test_the_same_papers_and_seed_give_the_same_draw_and_a_witness_changes_it(city):
    found = [(n, "410105", 1 + n % 8) for n in range(1, 400)]
    one = rules.lowest("a", found, 20)
    assert one == rules.lowest("a", list(reversed(found)), 20)
    assert one != rules.lowest("b", found, 20)
    assert rules.seed("s", "") != rules.seed("s", "八")
    assert rules.number("a", "firm:7", 3) == min(rules.number("a", "firm:7", w) for w in (1, 2, 3))


def test_a_weight_of_four_is_drawn_four_times_as_often():
    found = [(n, "410105", 4 if n % 2 else 1) for n in range(1, 201)]
    hits = [rules.lowest(f"seed {n}", found, 1)[0] % 2 for n in range(1500)]
    assert 0.76 < sum(hits) / len(hits) < 0.84


def test_what_is_risky_and_long_unseen_has_more_lots():
    assert rules.weight(risk=1, last=TODAY, on=TODAY) == 1
    assert rules.weight(risk=1, last=date(2019, 7, 1), on=TODAY) == 2
    assert rules.weight(risk=rules.risk(is_key=True, majors=2), last=None, on=TODAY) == 8


def test_what_was_published_can_be_repeated_and_a_changed_outcome_shows(city, client):
    key, [walker] = group("暗访一组", "410105")
    for _ in range(5):
        firm()
    firm(ERQI)
    d = covert(city, [key], each=2)
    draws.draw(d.pk, by=city.clerk, at=NOW, said="8", witness="纪检老周")
    for v in Visit._base_manager.filter(draw=d.pk):
        held(city, v, walker)
    draws.publish(d.pk, by=city.clerk, at=later(hours=6))
    page = client.get(f"/inspections/draws/published/{d.pk}/").content.decode()
    assert "重新计算的结果与公开的结果一致" in page
    assert "未发现隐患" in page
    d = Draw._base_manager.get()
    again = rules.draw(drawn.papers_of(d), rules.seed(d.revealed, d.said))
    assert [p.plain() for p in again] == d.outcome
    Draw._base_manager.update(outcome=[[0, key, []]])
    assert "不一致" in client.get(f"/inspections/draws/published/{d.pk}/").content.decode()
    assert not run().holds


def test_two_officers_by_lot_go_to_each_firm_and_each_has_his_share(city):
    for _ in range(6):
        firm()
    third = city._officer("赵三", "16010003")
    assert city.second
    assert third
    d = draws.commit(
        by=city.officer, at=NOW, kind="RANDOM", purpose="2019年度双随机计划", day=TODAY, until=date(2019, 9, 6), firms_no=6
    )  # fmt: skip
    draws.draw(d.pk, by=city.officer, at=NOW)
    visits = list(Visit._base_manager.filter(draw=d.pk))
    load = [o for v in visits for o in v.party]
    assert [len(v.party) for v in visits] == [2] * 6
    assert {load.count(o) for o in load} == {4}
    assert all(v.needs_authorisation and v.planned_by is None for v in visits)
    with acting_as(city.clerk):
        assert drawn.of_draw(d).count() == 6


def test_figures_know_of_a_covert_visit_only_once_it_is_filed(city):
    key, [walker] = group("暗访一组", "410105")
    firm()
    d = covert(city, [key], each=1)
    draws.draw(d.pk, by=city.clerk, at=NOW)
    v = Visit._base_manager.get()
    commands.start(v.pk, by=walker, at=later(hours=2))
    answered(city, v, *met("HC01"), by=walker, at=later(hours=2))
    finished(city, v, by=walker, at=later(hours=3))
    period = engine.Period(TODAY, TODAY)

    def counted() -> Any:
        return engine.read(engine.Ask(("visits",), ("410105",), period))["visits", "410105"]

    before = counted()
    commands.file(v.pk, by=walker, at=later(hours=4))
    assert (before, counted()) == (0, 1)
