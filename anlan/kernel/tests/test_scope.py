"""Who sees which rows: nobody without a position, nothing of another's, the same in a list as in the hand."""

import contextlib
from datetime import date

import pytest
from django.db.models import Count, F, Max
from hypothesis import given
from hypothesis import strategies as st

from anlan.evidence.models import Attachment
from anlan.exchange import out
from anlan.hazards import commands, queries
from anlan.hazards.models import Hazard, Round
from anlan.hazards.tables import HAZARDS
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import ERQI, JINSHUI, City, later
from anlan.inspections.models import Visit
from anlan.kernel import scope
from anlan.kernel.scope import (
    SYSTEM,
    Access,
    Actor,
    Axis,
    Coordinates,
    Level,
    ScopeNotSet,
    acting,
    acting_as,
    system_for,
)
from anlan.people import queries as people
from anlan.people.models import User
from anlan.register.models import Enterprise
from anlan.register.tests import scenes as firms

CAST = ("clerk", "officer", "second", "head", "town_officer", "supervisor", "leader", "auditor", "principal",
        "manager", "worker")  # fmt: skip
STRANGERS = (
    "erqi_officer",
    "trade_officer",
    "next_town",
    "next_principal",
    "administrator",
    "expert",
    "nobody",
)
CANARY = "金丝雀不可见"
OTHER_TOWN = f"{JINSHUI}002"


class World:
    """City, its neighbours, and hazards of every kind of place, sector, firm and admission."""

    def __init__(self) -> None:
        self.city = City()
        city = self.city
        erqi = scenes.organisation("COUNTY_BUREAU", "二七区应急管理局", county=ERQI, system="EMERGENCY")
        trade = scenes.organisation("DEPARTMENT", "市商务局", system="TRADE", sectors=["TRADE"])
        station = scenes.organisation("TOWN_STATION", "邻街应急管理站", county=JINSHUI, town=OTHER_TOWN)
        centre = scenes.organisation("OFFICE", "市信息中心")
        experts = scenes.organisation("GROUP", "专家组", system="EXPERT")
        self.erqi_bureau = erqi
        self.near = firms.enterprise(JINSHUI, town=OTHER_TOWN, sector="TRADE", at=later(days=-30))
        self.far = firms.enterprise(ERQI, town=f"{ERQI}001", sector="HAZCHEM", at=later(days=-30))
        self.mine = firms.enterprise(JINSHUI, town=scenes.STREET, sector="MINE_NC", at=later(days=-30))
        self.actors = {name: getattr(city, name) for name in CAST}
        self.actors |= {
            "erqi_officer": self._in(erqi, "department_officer", "COUNTY", code=ERQI, sectors=["HAZCHEM"]),
            "trade_officer": self._in(trade, "department_officer", "CITY", sectors=["TRADE"]),
            "next_town": self._in(station, "town_officer", "TOWN", code=OTHER_TOWN),
            "next_principal": city.of_firm("principal", "邻厂长", self.near),
            "administrator": self._in(centre, "administrator", "CITY"),
            "expert": self._in(experts, "expert", "NAMED", until=date(2019, 12, 31)),
            "nobody": people.nobody(scenes.account("无职"), on=scenes.TODAY),
        }
        self.hazards = self._hazards()

    def _in(self, organisation, role, level, **given) -> Actor:
        user = scenes.account(role)
        scenes.appoint(user, organisation, role, level, **given)
        return scenes.actor(user)

    def _hazards(self) -> dict[str, Hazard]:
        city, at = self.city, self.actors
        handed = scenes.register(city.clerk, self.far, description=f"{CANARY}交办", general=False)
        commands.assign(handed.pk, by=city.clerk, at=later(hours=1), to=self.erqi_bureau)
        crossed = scenes.register(city.clerk, self.far, general=False)
        commands.assign(crossed.pk, by=city.clerk, at=later(hours=1), to=city.bureau)
        moved = scenes.register(city.officer, city.firm)
        commands.rehome(
            moved.pk, by=city.officer, at=later(hours=1), county=ERQI, town="", reason="划转二七区"
        )
        nowhere = scenes.register(
            city.clerk, None, county=ERQI, sector="FIRE", description=f"{CANARY}无企业", general=False
        )
        return {
            "officer": scenes.register(city.officer, city.firm),
            "own": scenes.register(city.principal, city.firm),
            "worker": scenes.register(city.worker, city.firm, general=False),
            "supervisor": scenes.register(city.supervisor, city.firm, general=False),
            "near": scenes.register(city.clerk, self.near, general=False),
            "mine": scenes.register(city.clerk, self.mine, general=False),
            "far": scenes.register(at["erqi_officer"], self.far, description=f"{CANARY}二七区"),
            "expert": scenes.register(at["expert"], self.far, general=False),
            "handed": handed,
            "crossed": crossed,
            "moved": moved,
            "nowhere": nowhere,
        }

    def listed(self, who: str, *axes: Axis) -> set[int]:
        with acting_as(self.actors[who]):
            return {pk for a in axes or Axis for pk in Hazard.objects.along(a).values_list("pk", flat=True)}

    def names(self, pks: set[int]) -> set[str]:
        return {name for name, h in self.hazards.items() if h.pk in pks}


@pytest.fixture
def world(db) -> World:
    return World()


# -- nobody acts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "read",
    [
        lambda: Hazard.objects.all(),
        lambda: Hazard.objects.along(Axis.HANDED),
        lambda: Hazard.objects.along(Axis.MINE),
        lambda: Hazard.objects.opening(pk=1),
        lambda: Hazard._default_manager.count(),
        lambda: queries.ledger(filters=queries.Filters(), on=scenes.TODAY),
        lambda: Attachment.objects.count(),
        lambda: Round.objects.all(),
    ],
)
def test_a_scoped_table_is_not_read_with_nobody_acting(db, read):
    with pytest.raises(ScopeNotSet):
        read()


def test_a_child_is_reached_through_its_parent_only(world):
    with acting_as(world.city.clerk), pytest.raises(ScopeNotSet, match="parent"):
        Round.objects.all()


def test_acting_ends_with_its_block_and_the_outer_actor_comes_back():
    inner, outer = Actor(id=2, name="乙", role="", level=Level.CITY), SYSTEM
    with acting_as(outer):
        with contextlib.suppress(KeyError), acting_as(inner):
            assert acting() is inner
            raise KeyError
        assert acting() is outer
    assert acting() is None


# -- what others must not find --------------------------------------------------------------------


def test_an_officer_of_another_county_finds_nothing_of_ours(world):
    seen = world.names(world.listed("erqi_officer"))
    assert seen == {"far", "crossed", "handed", "moved", "expert"}
    assert world.names(world.listed("officer", Axis.PLACE)) & {"far", "handed", "nowhere"} == set()


def test_a_department_of_another_sector_finds_only_its_own(world):
    assert world.names(world.listed("trade_officer")) == {"near"}
    assert "mine" not in world.names(world.listed("officer"))


def test_a_street_finds_nothing_of_the_next_one(world):
    assert world.names(world.listed("next_town")) == {"near"}
    assert "near" not in world.names(world.listed("town_officer"))


def test_a_firm_finds_nothing_of_another_firm(world):
    assert world.names(world.listed("next_principal")) == {"near"}
    assert world.names(world.listed("principal")) == {"officer", "own", "worker", "supervisor", "moved"}


def test_a_worker_finds_what_he_told_and_no_more(world):
    assert world.names(world.listed("worker")) == {"worker"}
    assert world.listed("worker", Axis.PLACE) == set()


def test_a_group_finds_what_it_found_wherever_that_lies(world):
    assert world.names(world.listed("supervisor")) == {"supervisor"}
    assert world.names(world.listed("expert")) == {"expert"}


def test_an_administrator_of_accounts_finds_no_hazard(world):
    assert world.listed("administrator") == set()


def test_an_enterprise_position_without_an_enterprise_finds_nothing(world):
    lost = Actor(id=77, name="无企业", role="principal", level=Level.ENTERPRISE, can=frozenset({"see"}))
    with acting_as(lost):
        assert not Hazard.objects.exists()
        assert not Hazard.objects.opening(pk__in=[h.pk for h in world.hazards.values()]).exists()


def test_a_position_without_the_right_to_see_lists_nothing_by_place(world):
    blind = Actor(id=78, name="不看", role="office", level=Level.CITY, organisation=None)
    with acting_as(blind):
        assert not Hazard.objects.exists()


def test_somebody_without_a_position_is_handed_nothing(world):
    assert world.listed("nobody") == set()


def test_the_ledger_page_shows_nothing_to_somebody_without_a_position(world, client):
    client.force_login(User.objects.get(pk=world.actors["nobody"].id))
    page = client.get("/hazards/", {"axis": "handed"})
    assert page.status_code == 200
    assert world.hazards["worker"].number not in page.content.decode()


def test_an_admission_ends_with_its_day(world):
    h = world.hazards["far"]
    day = scenes.TODAY
    Access.objects.create(kind="hazard", subject=h.pk, person=901, until=day)
    guest = {"id": 901, "name": "代理", "role": "", "level": Level.NAMED}
    for today, opens in ((day, True), (date(2019, 9, 3), False), (None, False)):
        with acting_as(Actor(today=today, **guest)):
            assert Hazard.objects.opening(pk=h.pk).exists() is opens
            assert Hazard.objects.along(Axis.MINE).exists() is opens


def test_a_wrong_key_opens_nothing_to_whoever_sees_all(world):
    with acting_as(world.city.clerk):
        assert not Hazard.objects.opening(pk=10**9).exists()


# -- who finds what -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk", "leader", "auditor"])
def test_a_position_at_the_city_finds_everything(world, who):
    assert world.names(world.listed(who, Axis.PLACE)) == set(world.hazards)


def test_the_system_finds_everything_also_on_behalf_of_somebody(world):
    for actor in (SYSTEM, system_for(world.city.worker)):
        with acting_as(actor):
            assert Hazard.objects.count() == len(world.hazards)


def test_what_was_handed_over_stays_open_to_who_handed_it_and_who_holds_it(world):
    crossed = world.hazards["crossed"].pk
    assert crossed in world.listed("clerk", Axis.HANDED)
    assert crossed in world.listed("officer", Axis.HANDED)
    assert crossed not in world.listed("officer", Axis.PLACE)


def test_what_moved_to_another_county_stays_open_to_its_finder(world):
    moved = world.hazards["moved"].pk
    assert moved in world.listed("officer", Axis.HANDED)
    assert moved not in world.listed("officer", Axis.PLACE)
    assert moved in world.listed("erqi_officer", Axis.PLACE)
    assert moved not in world.listed("town_officer")


@pytest.mark.parametrize("who", [*CAST, *STRANGERS])
def test_a_list_shows_exactly_the_rows_that_open(world, who):
    listed = world.listed(who)
    with acting_as(world.actors[who]):
        for name, h in world.hazards.items():
            assert Hazard.objects.opening(pk=h.pk).exists() is (h.pk in listed), (who, name)


@pytest.mark.parametrize("who", [*CAST, *STRANGERS])
def test_many_rows_open_exactly_as_each_alone(world, who):
    keys = [h.pk for h in world.hazards.values()]
    with acting_as(world.actors[who]):
        together = set(Hazard.objects.opening(pk__in=keys).values_list("pk", flat=True))
        assert together == {k for k in keys if Hazard.objects.opening(pk=k).exists()}


@pytest.mark.parametrize("who", [*CAST, *STRANGERS])
def test_a_key_opens_exactly_the_rows_that_the_query_opens(world, who):
    with acting_as(world.actors[who]):
        for name, h in world.hazards.items():
            try:
                opens = scope.one(Hazard, h.pk).pk == h.pk
            except Hazard.DoesNotExist:
                opens = False
            assert Hazard.objects.opening(pk=h.pk).exists() is opens, (who, name)


def test_a_key_asks_the_rule_of_a_record_that_has_one_of_its_own():
    assert scope._usual(type(Hazard.objects))
    assert not scope._usual(type(Visit.objects))


@pytest.mark.parametrize("who", [*CAST, *STRANGERS])
def test_the_place_answers_alike_for_a_list_and_for_a_row_in_hand(world, who):
    actor, listed = world.actors[who], world.listed(who, Axis.PLACE)
    for name, h in world.hazards.items():
        assert Hazard.coordinates.covers(actor, scenes.fresh(h)) is (h.pk in listed), (who, name)


PLACES = st.sampled_from(["", JINSHUI, ERQI, scenes.STREET, OTHER_TOWN])
SECTORS = st.sampled_from(["HAZCHEM", "TRADE", "FIRE", "MINE_NC", "COAL"])


@given(
    level=st.sampled_from(list(Level)),
    code=PLACES,
    sectors=st.none() | st.frozensets(SECTORS),
    enterprise=st.none() | st.sampled_from([1, 2]),
    can=st.sampled_from([frozenset(), frozenset({"see"})]),
    coordinates=st.sampled_from([Coordinates(), Coordinates(sector=""), Coordinates(enterprise="")]),
    row=st.builds(dict, county=PLACES, town=PLACES, sector=SECTORS, enterprise_id=st.none() | st.just(1)),
)
def test_the_condition_and_the_answer_for_a_row_never_differ(
    level, code, sectors, enterprise, can, coordinates, row
):
    actor = Actor(
        id=1, name="某", role="", level=level, code=code, sectors=sectors, enterprise=enterprise, can=can
    )
    q = coordinates.q(actor)
    meets = q is not None and all(
        row[name.removesuffix("__in")] in (value if name.endswith("__in") else [value])
        for name, value in q.children
    )
    assert coordinates.covers(actor, type("Row", (), row)()) is meets


# -- the scope survives what is done with a query -------------------------------------------------


def test_counts_joins_and_sums_stay_within_the_scope(world):
    with acting_as(world.actors["trade_officer"]):
        mine = Hazard.objects.all()
        assert mine.count() == 1
        assert mine.aggregate(n=Count("pk"), last=Max("enterprise__county")) == {"n": 1, "last": JINSHUI}
        by_firm = mine.values("enterprise__name").annotate(n=Count("pk"))
        assert [(r["enterprise__name"], r["n"]) for r in by_firm] == [(world.near.name, 1)]
        assert Hazard.objects.filter(now_county=F("found_county")).count() == 1
        assert Hazard.objects.exclude(pk=0).order_by("enterprise__name").count() == 1
        assert (Hazard.objects.filter(pk=0) | Hazard.objects.exclude(pk=0)).count() == 1
        assert Hazard.objects.none().union(Hazard.objects.all()).count() == 1
        assert list(Hazard.objects.in_bulk()) == [world.hazards["near"].pk]
        firms_of = Hazard.objects.values("enterprise")
        assert Enterprise.everything.filter(pk__in=firms_of).count() == 1


def test_a_query_keeps_the_scope_of_whoever_asked_it(world):
    with acting_as(world.actors["trade_officer"]):
        asked = Hazard.objects.all()
    with acting_as(world.city.clerk):
        assert asked.count() == 1


def test_the_exported_ledger_and_every_filter_hold_no_canary(world, tmp_path):
    for who in ("officer", "trade_officer", "town_officer", "principal", "worker", "administrator", "nobody"):
        path = tmp_path / f"{who}.csv"
        with acting_as(world.actors[who]):
            rows = HAZARDS.listing({"axis": "place"}, world.actors[who], scenes.TODAY).ordered()
            n = out.to_csv(path, table=HAZARDS, columns=HAZARDS.columns, rows=rows)
        assert CANARY not in path.read_text(encoding="utf-8-sig"), who
        assert n == len(world.listed(who, Axis.PLACE))
        with acting_as(world.actors[who]):
            for filters in (queries.Filters(text=CANARY), queries.Filters(county=ERQI, town=f"{ERQI}001")):
                assert not queries.ledger(filters=filters, on=scenes.TODAY).exists(), who
            assert queries.by_number(world.hazards["far"].number) is None, who


def test_likely_doubles_name_no_hazard_out_of_scope(world):
    far = world.hazards["far"]
    with acting_as(world.city.officer):
        found = queries.alike(enterprise=world.far.pk, description=far.description, on=scenes.TODAY)
    assert found == []


def test_an_act_on_a_row_of_another_county_does_not_find_it(world):
    with pytest.raises(Hazard.DoesNotExist):
        commands.urge(world.hazards["far"].pk, by=world.city.officer, at=later(1), words="请尽快")
    assert scenes.fresh(world.hazards["far"]).seq == 1
