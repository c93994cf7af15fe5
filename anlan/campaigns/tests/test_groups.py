"""Groups: who may be in one, where it may look, who is counted. Refusals first; after each nothing has changed."""

from datetime import date, timedelta

import pytest

from anlan.campaigns import following, queries
from anlan.campaigns.commands import group
from anlan.campaigns.models import Group, Sortie, SortieMember
from anlan.campaigns.tests.scenes import founded, fresh, somebody
from anlan.figures import engine
from anlan.hazards.tests.scenes import ERQI, JINSHUI, NOW, TODAY, City, account, actor, appoint, later
from anlan.inspections import draws_queries
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import acting_as
from anlan.kernel.words import Refused
from anlan.people.models import Organisation, Position
from anlan.people.queries import actor_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return City()


def joined(city: City, g: Group, who, **given) -> Group:
    return group.join(g.pk, by=city.clerk, at=NOW, user=who.id, **given)


def entries() -> int:
    return JournalEntry.objects.count()


# -- refused -----------------------------------------------------------------------------------------


def test_a_group_is_not_assigned_to_the_county_where_its_member_worked(city):
    g = founded(city)
    joined(city, g, somebody("郑组员", "COUNTY_BUREAU", "区教育局", county=JINSHUI))
    before = entries()
    with pytest.raises(Refused, match=r"郑组员曾在区教育局任职.*另派一组"):
        group.assign(g.pk, by=city.clerk, at=NOW, county=JINSHUI)
    assert entries() == before
    assert not fresh(g).duties.exists()


def test_a_group_is_not_assigned_to_its_members_former_firm(city):
    g, former = founded(city), account("老厂长")
    appoint(
        former, city.firm.pk, "safety_manager", "ENTERPRISE", since=date(2017, 1, 1), until=date(2018, 12, 31)
    )
    pool = somebody("旁人")
    appoint(former, pool.organisation, "enforcement_officer", "CITY", sectors=["OTHER"])
    joined(city, g, actor(former))
    with pytest.raises(Refused, match="老厂长曾在"):
        group.assign(
            g.pk, by=city.clerk, at=NOW, county="", organisation=Organisation.objects.get(pk=city.firm.pk)
        )


def test_nobody_joins_a_group_that_already_looks_at_where_he_worked(city):
    g = group.assign(founded(city).pk, by=city.clerk, at=NOW, county=JINSHUI)
    with pytest.raises(Refused, match="不能由本组督导"):
        joined(city, g, somebody("郑组员", "COUNTY_BUREAU", "区教育局", county=JINSHUI))
    assert not g.members.exists()
    assert not Position.objects.filter(organisation=g.pk).exists()


def test_nobody_is_twice_in_a_group(city):
    g, who = founded(city), somebody()
    joined(city, g, who)
    with pytest.raises(Refused, match="已是本组成员"):
        joined(city, g, who)


def test_a_group_lives_two_years_at_most(city):
    with pytest.raises(Refused, match="不超过两年"):
        founded(city, until=date(2022, 1, 1))
    assert not Organisation.objects.filter(name="市督导第二组").exists()


def test_a_firm_keeps_no_group(city):
    g = founded(city)
    with pytest.raises(Refused, match="由组建该组的单位办理"):
        group.join(g.pk, by=_other_office(city), at=NOW, user=somebody().id)


def _other_office(city: City):
    """An organ of the city that sees the group and did not set it up."""
    return somebody_officer("市体育局")


def somebody_officer(where: str):
    from anlan.hazards.tests.scenes import organisation

    user = account("体育干部")
    appoint(user, organisation("DEPARTMENT", where), "department_officer", "CITY", sectors=["OTHER"])
    return actor(user)


def test_a_county_does_not_see_which_group_of_the_city_comes(city):
    g = group.assign(founded(city).pk, by=city.clerk, at=NOW, county=JINSHUI)
    with acting_as(city.officer):
        assert queries.groups(city.officer) == []
        assert not Group.objects.opening(pk=g.pk).exists()


def test_a_covert_group_is_known_to_its_keeper_and_itself_alone(city):
    g, who = founded(city, kind="COVERT"), somebody()
    joined(city, g, who)
    stranger = somebody_officer("市体育局")
    with acting_as(stranger), pytest.raises(Group.DoesNotExist):
        queries.group(g.pk, stranger)
    member = _as_member(g, who)
    with acting_as(member):
        assert queries.group(g.pk, member) == g
        assert queries.groups(member) == [g]


def _as_member(g: Group, who, on: date = TODAY):
    position = Position.objects.get(user=who.id, organisation=g.pk)
    return actor_for(position.user, on=on, position=position.pk)


def test_who_is_not_in_the_group_does_not_go_out_with_it(city):
    g = founded(city)
    joined(city, g, somebody())
    with pytest.raises(Refused, match="须是当天在组的成员"):
        group.roster(by=city.clerk, at=NOW, group=g, day=TODAY, county=JINSHUI, party=[city.officer.id])


def test_a_group_that_has_not_gone_is_not_counted(city):
    s = rostered(city)
    tomorrow = group.roster(
        by=city.clerk,
        at=NOW,
        group=fresh_group(s),
        day=TODAY + timedelta(days=1),
        county=ERQI,
        party=_party(s),
    )
    with pytest.raises(Refused, match="还没有到"):
        group.go(tomorrow.pk, by=city.clerk, at=NOW)
    assert figures("sorties", "sortie_people", "groups_out", "sortie_persons") == [0, 0, 0, 0]


def test_a_group_does_not_go_twice_to_one_place_on_a_day(city):
    s = rostered(city)
    with pytest.raises(Refused, match="当天在该地已有排班"):
        group.roster(by=city.clerk, at=NOW, group=fresh_group(s), day=TODAY, county=JINSHUI, party=_party(s))


# -- done --------------------------------------------------------------------------------------------


def rostered(city: City) -> Sortie:
    g = founded(city)
    for name in ("郑组员", "王组员", "李组员"):
        joined(city, g, somebody(name, where=f"{name}的单位"))
    users = list(g.members.values_list("user", flat=True))
    return group.roster(by=city.clerk, at=NOW, group=fresh(g), day=TODAY, county=JINSHUI, party=users)


def fresh_group(s: Sortie) -> Group:
    return Group.everything.get(pk=s.group)


def _party(s: Sortie) -> list[int]:
    return list(SortieMember.everything.filter(sortie=s.pk).values_list("person", flat=True))


def figures(*codes: str, place: str = "4101", only: tuple = ()) -> list:
    table = engine.read(engine.Ask(codes, (place,), engine.Period(TODAY, TODAY + timedelta(days=30)), only))
    return [table[code, place] for code in codes]


def test_a_group_is_an_organisation_and_its_members_hold_positions_in_it(city):
    g, who = founded(city), somebody()
    g = joined(city, g, who, title="组长", head=True)
    organ = Organisation.objects.get(pk=g.pk)
    assert (organ.kind, organ.system, organ.name) == ("GROUP", "GROUP", g.name)
    assert (g.chief, g.chief_name) == (who.id, who.name)
    p = Position.objects.get(organisation=g.pk)
    assert (p.user_id, p.role, p.title, p.since, p.until) == (who.id, "supervisor", "组长", TODAY, g.until)


def test_assignments_are_many_to_many_and_the_positions_follow_them(city):
    g, who = founded(city), somebody()
    joined(city, g, who)
    group.assign(g.pk, by=city.clerk, at=NOW, county=JINSHUI)
    g = group.assign(g.pk, by=city.clerk, at=NOW, county=ERQI, since=TODAY + timedelta(days=5))
    assert _as_member(g, who).duties == {JINSHUI}
    following.align_all(at=later(days=5))
    assert _as_member(g, who).duties == {JINSHUI, ERQI}
    first = g.duties.get(county=JINSHUI)
    group.release(g.pk, by=city.clerk, at=later(days=6), item=first.pk)
    following.align_all(at=later(days=7))
    assert _as_member(g, who).duties == {ERQI}


def test_who_leaves_a_group_holds_its_position_no_longer(city):
    g, who = founded(city), somebody()
    joined(city, g, who)
    m = g.members.get()
    group.leave(g.pk, by=city.clerk, at=later(days=3), item=m.pk)
    p = Position.objects.get(organisation=g.pk)
    assert (p.state, p.until) == ("ENDED", TODAY + timedelta(days=3))


def test_groups_are_counted_as_groups_and_people_as_persons_and_person_times(city):
    s = rostered(city)
    users = _party(s)
    group.go(s.pk, by=city.clerk, at=NOW, absent=users[2:])
    again = group.roster(
        by=city.clerk,
        at=NOW,
        group=fresh_group(s),
        day=TODAY + timedelta(days=1),
        county=ERQI,
        party=users[:1],
    )
    group.go(again.pk, by=city.clerk, at=later(days=1))
    assert figures("sorties", "groups_out", "sortie_people", "sortie_persons") == [2, 1, 3, 2]
    assert figures("sorties", "sortie_people", place=JINSHUI) == [1, 2]
    group.cancel(again.pk, by=city.clerk, at=later(days=1), reason="当天改期")
    assert figures("sorties", "sortie_people", "sortie_persons") == [1, 2, 2]


def test_a_covert_group_stands_in_no_figure_before_it_has_reported_its_day(city):
    g, who = founded(city, kind="COVERT", name="暗访一组"), somebody()
    joined(city, g, who)
    s = group.roster(by=city.clerk, at=NOW, group=fresh(g), day=TODAY, county=JINSHUI, party=[who.id])
    group.go(s.pk, by=city.clerk, at=NOW)
    assert figures("sorties", "sortie_people", "sortie_persons") == [0, 0, 0]
    group.report(s.pk, by=city.clerk, at=later(hours=9), result="暗访3家,移交问题2处")
    assert figures("sorties", "sortie_people", "sortie_persons") == [1, 1, 1]


def test_an_organ_counts_what_it_sent_out_in_its_own_system(city):
    group.record(by=city.officer, at=NOW, day=TODAY, county=JINSHUI, name="检查一组", people_no=3)
    group.record(by=city.officer, at=NOW, day=TODAY, county=JINSHUI, name="检查二组", people_no=4)
    own = (("system", ("EMERGENCY",)),)
    assert figures("sorties", "groups_out", "sortie_people", only=own) == [2, 2, 7]
    assert figures("sorties", only=(("system", ("GROUP",)),)) == [0]


def test_a_member_rosters_his_own_group(city):
    g, who = founded(city), somebody()
    joined(city, g, who)
    me = _as_member(g, who)
    s = group.roster(by=me, at=NOW, group=fresh(g, me), day=TODAY, county=JINSHUI, party=[who.id])
    assert group.go(s.pk, by=me, at=NOW).state == "OUT"


def test_the_end_of_a_group_ends_its_positions(city):
    g, who = founded(city), somebody()
    joined(city, g, who)
    group.end(g.pk, by=city.clerk, at=later(days=10), reason="任务完成")
    p = Position.objects.get(organisation=g.pk)
    assert (p.state, p.until) == ("ENDED", TODAY + timedelta(days=10))
    assert fresh(g).until == TODAY + timedelta(days=10)


def test_a_group_that_was_dissolved_is_offered_for_no_draw_and_no_sharing_out(city):
    g = founded(city)
    with acting_as(city.clerk):
        assert g.pk in {o.pk for o in draws_queries.groups_for(city.clerk)}
    group.end(g.pk, by=city.clerk, at=NOW, reason="行动结束")
    with acting_as(city.clerk):
        assert g.pk not in {o.pk for o in draws_queries.groups_for(city.clerk)}


def test_a_member_of_two_groups_comes_from_his_own_organisation_to_both(city):
    who = somebody()
    for name in ("市督导第二组", "市督导第三组"):
        g = joined(city, founded(city, name=name), who)
        assert g.members.get().home_name == "市教育局"
