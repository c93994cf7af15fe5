"""Coverage of the five ones: frozen denominators, 家 and 家次, what nobody has seen, sharing out. Refusals first."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from anlan.hazards.tests.scenes import ERQI, NOW, TODAY, City, later
from anlan.inspections import commands, coverage, coverage_counts, draws
from anlan.inspections import coverage_queries as queries
from anlan.inspections import sharing_rules as sharing
from anlan.inspections.coverage_models import Cell, Node, Roll
from anlan.inspections.models import Visit
from anlan.inspections.states import Tier
from anlan.inspections.tests.scenes import answered, begun, finished, met
from anlan.inspections.tests.test_draws import covert, firm, group, held
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor, acting_as
from anlan.kernel.words import Refused
from anlan.people.models import User
from anlan.register import commands as register
from anlan.register import parks
from anlan.register.models import Premises
from anlan.register.tests import scenes as firms
from anlan.site.verify import run

pytestmark = pytest.mark.django_db
#: who keeps the register of the county
KEEPER = firms.officer("410105")
WINDOW = {"since": date(2019, 9, 1), "until": date(2019, 9, 30)}


@pytest.fixture
def city():
    return City()


def frozen(city: City, **given: Any) -> Roll:
    return coverage.freeze(by=city.clerk, at=NOW, **({"name": "中秋排查"} | WINDOW | given))


def tree(r: Roll, by: Actor) -> dict[str, tuple[int, int, int]]:
    """By tier: how many, how many seen, visits."""
    with acting_as(by):
        return {t.name: (x.nodes, x.seen, x.visits) for t, x in queries.tree(r, by).items()}


def visited(city: City, e: Any, *, at: Any = None, **given: Any) -> Visit:
    v = begun(city, at=at or later(hours=1), enterprise=e, **given)
    answered(city, v, *met("HC01"), at=at or later(hours=1))
    return finished(city, v, at=at or later(hours=2))


def share(city: City, r: Roll, groups: list[int], **given: Any) -> Roll:
    nodes = list(Node._base_manager.filter(roll=r, tier=Tier.ENTERPRISE).values_list("pk", flat=True))
    said = {"groups": groups, "nodes": nodes, "since": TODAY, "until": date(2019, 9, 8)} | given
    return coverage.share(r.pk, by=city.clerk, at=NOW, **said)


# -- refused -----------------------------------------------------------------------------------------


def test_a_roll_needs_firms_days_in_order_and_an_office(city):
    with pytest.raises(Refused, match="没有在册企业"):
        frozen(city)
    assert not Node._base_manager.exists()
    firm()
    with pytest.raises(Refused, match="早于开始日期"):
        frozen(city, until=date(2019, 8, 1))
    with pytest.raises(Refused, match="已过"):
        frozen(city, since=date(2019, 7, 1), until=date(2019, 8, 1))
    with pytest.raises(Refused, match="您的职务不能"):
        coverage.freeze(by=city.officer, at=NOW, name="排查", **WINDOW)
    assert not Roll._base_manager.exists()


def test_nothing_is_shared_out_without_groups_or_among_those_who_may_not_go(city):
    firm(ERQI)
    r = frozen(city)
    key, _crew = group("督导一组", "410105")
    with pytest.raises(Refused, match="请选择分派给哪些组"):
        share(city, r, [])
    with pytest.raises(Refused, match="没有可以分派的对象"):
        share(city, r, [key])
    with pytest.raises(Refused, match="没有这个组"):
        share(city, r, [city.bureau.pk])
    with pytest.raises(Refused, match="早于今天"):
        share(city, r, [key], since=date(2019, 9, 1))
    assert not Visit._base_manager.exists()
    assert not JournalEntry.objects.filter(kind="roll", act="share").exists()


def test_a_park_takes_firms_of_its_county_and_each_firm_once(city):
    p = parks.found(by=KEEPER, at=NOW, name="金水科教园区", county="410105")
    with pytest.raises(Refused, match="同名园区"):
        parks.found(by=KEEPER, at=NOW, name="金水科教园区", county="410105")
    with pytest.raises(Refused, match="只能登记本辖区"):
        parks.found(by=KEEPER, at=NOW, name="二七园区", county=ERQI)
    here, away = firm(), firm(ERQI)
    with pytest.raises(Refused, match="不属于园区所在"):
        parks.admit(p.pk, by=city.clerk, at=NOW, enterprise=away)
    parks.admit(p.pk, by=KEEPER, at=NOW, enterprise=here)
    with pytest.raises(Refused, match="已在本园区"):
        parks.admit(p.pk, by=KEEPER, at=NOW, enterprise=here)
    other = parks.found(by=KEEPER, at=NOW, name="花园路市场", county="410105")
    with pytest.raises(Refused, match="已在一个园区"):
        parks.admit(other.pk, by=KEEPER, at=NOW, enterprise=here)


# -- counted -----------------------------------------------------------------------------------------


def test_denominators_stand_as_they_were_on_the_first_day(city):
    firm()
    firm(ERQI, sector="TRADE")
    r = frozen(city)
    firm()
    assert tree(r, city.clerk)["ENTERPRISE"] == (2, 0, 0)
    assert tree(r, city.clerk)["DOMAIN"] == (2, 0, 0)
    assert tree(r, city.leader)["ENTERPRISE"][0] == 2
    assert tree(r, city.officer)["ENTERPRISE"][0] == 1
    with acting_as(city.clerk):
        lines = queries.tree(r, city.clerk)
        assert (lines[Tier.ENTERPRISE].rate, lines[Tier.PARK].rate) == (0, None)
        assert queries.Line(nodes=4, seen=1).rate == 0.25
    assert coverage_counts.stands(r) == r.digest
    Node._base_manager.filter(tier=Tier.ENTERPRISE, county=ERQI).delete()
    assert coverage_counts.stands(r) != r.digest


def test_a_visit_counts_for_its_field_park_firm_premises_and_post_and_twice_is_one_firm(city):
    e, other = firm(), firm()
    keeper = firms.officer(e.county)
    register.add_premises(e.pk, by=keeper, at=NOW, name="罐区", kind="PLANT")
    register.add_workpost(e.pk, by=keeper, at=NOW, name="装卸工")
    p = parks.found(by=KEEPER, at=NOW, name="化工园区", county=e.county)
    for each in (e, other):
        parks.admit(p.pk, by=KEEPER, at=NOW, enterprise=each)
    r = frozen(city)
    visited(city, e, premises=Premises._base_manager.get(enterprise=e))
    visited(city, e, at=later(days=1))
    assert tree(r, city.clerk) == {
        "DOMAIN": (1, 1, 2),
        "PARK": (1, 1, 2),
        "ENTERPRISE": (2, 1, 2),
        "PREMISES": (1, 1, 1),
        "WORKPOST": (1, 0, 0),
    }
    first = Node._base_manager.get(tier=Tier.ENTERPRISE, subject=e.pk)
    assert (first.first_on, first.gov_no, first.self_no) == (TODAY, 2, 0)
    with acting_as(city.clerk):
        assert [n.subject for n in queries.unseen(r, Tier.ENTERPRISE)] == [other.pk]
    assert run().holds


def test_counting_anew_gives_what_was_counted_step_by_step(city):
    rows = [firm() for _ in range(3)]
    before = visited(city, rows[0], at=later(hours=-20))
    r = frozen(city)
    visited(city, rows[1])
    gone = visited(city, rows[2])
    commands.void(gone.pk, by=city.officer, at=later(hours=3), reason="登记错了企业")
    assert before.held_on == date(2019, 9, 1)

    def everything() -> list[Any]:
        nodes = Node._base_manager.order_by("pk").values_list("pk", "visits", "first_on", "gov_no")
        cells = Cell._base_manager.order_by("tier", "county", "sector")
        return [list(nodes), list(cells.values_list("tier", "county", "nodes", "seen", "visits", "seen_gov"))]

    stepwise = everything()
    coverage_counts.recount(r)
    assert everything() == stepwise
    assert tree(r, city.clerk)["ENTERPRISE"] == (4, 2, 2)


def test_a_covert_visit_covers_nothing_until_it_is_filed(city):
    key, [walker] = group("暗访一组", "410105")
    firm()
    r = frozen(city)
    d = covert(city, [key], each=1)
    draws.draw(d.pk, by=city.clerk, at=NOW)
    v = Visit._base_manager.get()
    commands.start(v.pk, by=walker, at=later(hours=2))
    answered(city, v, *met("HC01"), by=walker, at=later(hours=2))
    finished(city, v, by=walker, at=later(hours=3))
    assert tree(r, city.clerk)["ENTERPRISE"] == (1, 0, 0)
    commands.file(v.pk, by=walker, at=later(hours=4))
    assert tree(r, city.clerk)["ENTERPRISE"] == (1, 1, 1)


def test_what_nobody_has_seen_is_sorted_by_risk_and_stays_within_one_s_place(city):
    plain, key = firm(), firm(is_key=True)
    firm(ERQI)
    r = frozen(city)
    with acting_as(city.officer):
        rows = queries.unseen(r, Tier.ENTERPRISE).order_by("-risk", "-pk")
        assert [n.subject for n in rows] == [key.pk, plain.pk]
        assert [c for c, _line in queries.beside(r, city.officer, Tier.ENTERPRISE)] == ["410105"]
    with acting_as(city.clerk):
        assert len(queries.beside(r, city.clerk, Tier.ENTERPRISE)) == 2


# -- shared out --------------------------------------------------------------------------------------


def test_what_is_shared_out_becomes_visits_of_groups_that_may_go_there(city):
    for n in range(6):
        firm(lng=Decimal("113.6") + n * Decimal("0.01"), lat=Decimal("34.75"))
    firm(ERQI)
    one, [first] = group("督导一组", "410105", ERQI)
    two, _crew = group("督导二组", "410105")
    r = share(city, frozen(city), [one, two])
    by_group = [Visit._base_manager.filter(group=g).count() for g in (one, two)]
    assert sorted(by_group) == [3, 4]
    assert Visit._base_manager.get(county=ERQI).group == one
    assert r.shared_no == 7
    with pytest.raises(Refused, match="没有可以分派的对象"):
        share(city, r, [one, two])
    held_one = Visit._base_manager.filter(group=one).first()
    held(city, held_one, first)
    assert tree(r, city.clerk)["ENTERPRISE"] == (7, 1, 1)
    assert run().holds


def test_nobody_is_given_a_firm_from_which_he_stands_back(city):
    related = firm()
    one, [walker] = group("督导一组", "410105")
    two, _crew = group("督导二组", "410105")
    draws.declare(by=walker, at=NOW, enterprise=related, why="兄弟在该企业任职")
    share(city, frozen(city), [one, two])
    assert Visit._base_manager.get().group == two


def test_shares_are_level_with_what_each_has_already():
    assert sharing.shares(10, [0, 0, 6]) == [5, 5, 0]
    assert sharing.shares(7, [3, 0, 0]) == [1, 3, 3]


def test_firms_that_all_stand_in_one_place_are_shared_out_too():
    stops, teams = [sharing.Stop(5, 5, (0, 1))] * 7, [sharing.Team(5, 5)] * 2
    assert sorted(len(route) for route in sharing.share(stops, teams)) == [3, 4]


def test_everybody_goes_once_loads_are_fair_and_trips_short():
    stops = [sharing.Stop((n * 37) % 101, (n * 53) % 97, (0, 1, 2, 3)) for n in range(120)]
    stops += [sharing.Stop(5, n, (3,)) for n in range(10)]
    teams = [sharing.Team(50, 50) for _ in range(4)]
    routes = sharing.share(stops, teams, rounds=800)
    assert sorted(i for route in routes for i in route) == list(range(130))
    assert all(28 <= len(route) <= 37 for route in routes)
    assert set(range(120, 130)) <= set(routes[3])
    dealt = sharing.share(stops, teams, rounds=0)

    def far(plan: list[list[int]]) -> float:
        return sum(sharing.length(r, stops, t) for r, t in zip(plan, teams, strict=True))

    assert far(routes) < far(dealt)
    assert sharing.share(stops, teams, rounds=800) == routes


# -- on pages ----------------------------------------------------------------------------------------


def test_pages_open_for_whom_they_are_and_answer_bad_input_in_words(city, client):
    firm()
    r = frozen(city)
    own = f"/inspections/coverage/{r.pk}/"

    def got(by: Actor, path: str, said: dict[str, Any] | None = None) -> Any:
        client.force_login(User.objects.get(pk=by.id))
        return client.get(path) if said is None else client.post(path, said)

    for path in ("", "unseen/", "share/"):
        assert got(city.principal, own + path).status_code == 404
        assert got(city.supervisor, own + path).status_code == 404
    assert got(city.officer, own + "share/").status_code == 404
    for by in (city.clerk, city.leader, city.officer, city.grid_officer):
        assert got(by, own).status_code == 200
        assert got(by, own + "?tier=9&county=x&sector=%00").status_code in (200, 400)
        assert got(by, own + "unseen/?tier=1").status_code == 200
    assert got(city.clerk, own + "share/", {"tier": "3", "number": "0"}).status_code == 422
    assert got(city.clerk, "/inspections/coverage/new/", {"name": "查"}).status_code == 422
    assert got(city.clerk, "/inspections/draws/new/random/", {"purpose": "查"}).status_code == 422
    assert got(city.clerk, "/inspections/draws/new/other/").status_code == 404
    assert (
        got(city.officer, "/inspections/standing-back/", {"enterprise": "没有", "why": "亲属"}).status_code
        == 422
    )
    assert got(city.clerk, "/register/parks/new/", {"name": "园"}).status_code == 422
    assert Roll._base_manager.count() == 1
    assert not Visit._base_manager.exists()
