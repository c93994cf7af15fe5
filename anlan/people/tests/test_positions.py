"""Positions, delegation, hand-over, and who keeps the accounts. Refusals first."""

import json
from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from anlan.hazards import commands as hazards
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import JINSHUI, NOW, TODAY, City, later
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Level, acting_as
from anlan.kernel.words import Reason, Refused
from anlan.notices.commands import tell
from anlan.notices.models import Kind, Notice
from anlan.people import commands, queries, rules
from anlan.people.models import Delegation, Position, User
from anlan.people.roles import INCOMPATIBLE, ROLES
from anlan.site.desk import left_behind

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return scenes.organisation("COUNTY_BUREAU", "金水区应急管理局", county=JINSHUI)


def keeper(level: str = "CITY", code: str = ""):
    kind = "OFFICE" if level == "CITY" else "COUNTY_OFFICE"
    where = scenes.organisation(kind, "账号管理处", county=code)
    user = scenes.account("管理员")
    scenes.appoint(user, where, "administrator", level, code=code)
    return scenes.actor(user)


def test_there_are_fifteen_roles():
    assert len(ROLES) == 15


@pytest.mark.parametrize(("one", "other"), sorted(
    {(a, b) for here, there in INCOMPATIBLE for a, b in product(sorted(here), sorted(there)) if a != b}
))  # fmt: skip
def test_two_roles_that_do_not_go_together_are_never_held_by_one_person(one, other):
    for first, second in ((one, other), (other, one)):
        refused = rules.compatible(role=second, others={first})
        assert refused is not None
        assert "不相容" in refused.msgid


def test_who_keeps_the_accounts_does_no_business(bureau):
    user = scenes.account("一身二任")
    scenes.appoint(user, scenes.organisation("OFFICE", "市办"), "administrator", "CITY")
    with pytest.raises(Refused, match="不相容"):
        scenes.appoint(user, bureau, "department_officer", "COUNTY", code=JINSHUI, sectors=["TRADE"])
    assert Position.objects.filter(user=user).count() == 1


def test_a_department_without_its_sectors_is_refused(bureau):
    with pytest.raises(Refused, match="须选择主管的行业领域"):
        scenes.appoint(scenes.account("甲"), bureau, "department_officer", "COUNTY", code=JINSHUI)


def test_a_member_of_a_group_is_appointed_for_a_time(bureau):
    with pytest.raises(Refused, match="须有结束日期"):
        scenes.appoint(scenes.account("甲"), bureau, "supervisor", "NAMED")


def test_a_role_of_the_town_is_not_given_at_the_city(bureau):
    with pytest.raises(Refused, match="不能设在这一层级"):
        scenes.appoint(scenes.account("甲"), bureau, "town_officer", "CITY")


def test_a_county_s_administrator_keeps_his_county_alone(bureau):
    mine, user = keeper("COUNTY", scenes.ERQI), scenes.account("乙")
    with pytest.raises(Refused, match="只能管理本县"):
        commands.appoint(
            by=mine,
            at=NOW,
            user=user.pk,
            organisation=bureau.pk,
            role="duty_officer",
            level="COUNTY",
            code=JINSHUI,
        )
    scenes.appoint(user, bureau, "duty_officer", "COUNTY", code=JINSHUI)
    for act in (
        lambda: commands.reset_password(user.pk, by=mine, at=NOW, password="!"),
        lambda: commands.disable(user.pk, by=mine, at=NOW, reason="x"),
        lambda: commands.rename(user.pk, by=mine, at=NOW, name="丙"),
        lambda: commands.issue_credential(
            by=mine, at=NOW, user=user.pk, number="1", since=TODAY, until=TODAY
        ),
    ):
        with pytest.raises(Refused, match="只能管理本县"):
            act()
    assert user.pk not in set(queries.accounts(mine).values_list("pk", flat=True))


def test_who_keeps_no_accounts_opens_none():
    city = City()
    with pytest.raises(Refused):
        commands.open_account(by=city.leader, at=NOW, username="intruder", name="甲", password="!")
    assert not User.objects.filter(username="intruder").exists()


def test_a_town_opens_accounts_for_its_own_firms_only():
    city = City()
    assert rules.may_give(by=city.town_officer, kind="COUNTY_BUREAU", county=JINSHUI, town="", level="COUNTY")
    assert rules.may_give(
        by=city.town_officer, kind="ENTERPRISE", county="410103", town="410103001", level="ENTERPRISE"
    )
    assert not rules.may_give(
        by=city.town_officer, kind="ENTERPRISE", county=JINSHUI, town=city.town, level="ENTERPRISE"
    )


def test_a_user_name_is_taken_once():
    scenes.account("甲", username="zhang3")
    with pytest.raises(Refused, match="已经有人使用"):
        scenes.account("乙", username="zhang3")


def test_nobody_delegates_to_himself_beyond_his_term_or_another_s_position(bureau):
    mine, other = scenes.account("甲"), scenes.account("乙")
    p = scenes.appoint(mine, bureau, "duty_officer", "COUNTY", code=JINSHUI, until=date(2019, 9, 20))
    said = {"position": p.pk, "user": other.pk, "since": TODAY, "until": date(2019, 9, 6)}
    actor = scenes.actor(mine)
    for change, words in (
        ({"user": mine.pk}, "不能委托或移交给本人"),
        ({"until": date(2019, 9, 30)}, "超出了职务的任期"),
        ({"until": date(2019, 8, 30)}, "早于开始日期"),
    ):
        with pytest.raises(Refused, match=words):
            commands.delegate(by=actor, at=NOW, **(said | change))
    with pytest.raises(Refused, match="只能委托本人的职务"):
        commands.delegate(by=scenes.actor(other), at=NOW, **(said | {"user": mine.pk}))
    assert not Delegation.objects.exists()


def test_a_delegate_acts_for_the_days_given_and_the_journal_names_both():
    city = City()
    deputy, holder = scenes.account("代办"), Position.objects.get(user=city.officer.id)
    commands.delegate(
        by=city.officer, at=NOW, position=holder.pk, user=deputy.pk, since=TODAY, until=date(2019, 9, 3)
    )
    acting = queries.actor_for(deputy, on=TODAY)
    assert acting.on_behalf_of.startswith(f"{city.officer.id}:")
    h = scenes.register(acting, city.firm)
    entry = JournalEntry.objects.filter(kind="hazard", subject=h.pk).latest("seq")
    assert entry.person_name == "代办"
    assert city.officer.name in entry.body
    assert not queries.positions_of(deputy, on=date(2019, 9, 4))


def test_a_position_works_only_between_its_days(bureau):
    user = scenes.account("甲")
    scenes.appoint(
        user, bureau, "duty_officer", "COUNTY", code=JINSHUI, since=date(2019, 9, 3), until=date(2019, 9, 5)
    )
    days = [date(2019, 9, n) for n in range(2, 7)]
    assert [bool(queries.positions_of(user, on=d)) for d in days] == [False, True, True, True, False]


def test_the_last_of_an_office_does_not_leave_while_work_waits():
    city = City()
    scenes.register(city.officer, city.firm)
    for mate in (city.second,):
        p = (
            Position.objects.get(user=mate.id, role=city.officer.role)
            if mate.role == city.officer.role
            else None
        )
        if p is not None:
            commands.step_down(p.pk, by=commands.CONSOLE, at=later(1))
    position = Position.objects.get(user=city.officer.id)
    assert left_behind(city.officer, later(1))
    with pytest.raises(Refused, match="请用“移交”"):
        commands.step_down(position.pk, by=commands.CONSOLE, at=later(2))
    assert Position.objects.get(pk=position.pk).state == "HELD"


def test_all_that_waits_is_handed_over_in_one_act_with_a_list():
    city = City()
    h = scenes.register(city.officer, city.firm)
    heir = scenes.account("接任")
    old = Position.objects.get(user=city.officer.id)
    tell([city.officer.id], kind=Kind.WAITING, words=Reason("请办理"), about=h, at=NOW)
    with acting_as(city.officer):
        before = {left.title: left.count for left in left_behind(city.officer, later(1)) if left.count}
    made = commands.hand_over(old.pk, user=heir.pk, by=commands.CONSOLE, at=later(1))
    assert (made.organisation_id, made.role, made.code) == (old.organisation_id, old.role, old.code)
    assert made.sectors == old.sectors
    entry = JournalEntry.objects.filter(kind="position", subject=old.pk).latest("seq")
    assert entry.act == "hand_over"
    assert len(json.loads(entry.body)["note"]["waiting"]) == len(before) > 0
    tomorrow = TODAY + timedelta(days=1)
    assert not queries.positions_of(User.objects.get(pk=city.officer.id), on=tomorrow)
    new = queries.actor_for(heir, on=tomorrow)
    after = {left.title: left.count for left in left_behind(new, later(1)) if left.count}
    assert after == before
    assert Notice.objects.filter(person=heir.pk, read_at=None).count() == 1
    hazards.order(h.pk, by=new, at=later(1), due_on=date(2019, 9, 9), requirement="装门")
    assert Hazard.everything.get(pk=h.pk).state == "RECTIFYING"


def test_one_switches_between_one_s_own_positions_and_to_no_other(client, bureau):
    today = timezone.localdate()
    user = scenes.account("两职", must_change=False)
    a = scenes.appoint(user, bureau, "duty_officer", "COUNTY", code=JINSHUI, since=today)
    b = scenes.appoint(user, bureau, "leader", "COUNTY", code=JINSHUI, since=today, title="副局长")
    foreign = scenes.appoint(scenes.account("别人"), bureau, "leader", "COUNTY", code=JINSHUI, since=today)
    client.force_login(user)
    assert client.post("/me/switch/", {"position": foreign.pk}).status_code == 404
    assert client.post("/me/switch/", {"position": "x"}).status_code == 404
    assert client.post("/me/switch/", {"position": b.pk}).status_code == 302
    page = client.get("/me/").content.decode()
    assert "副局长" in page
    assert User.objects.get(pk=user.pk).acting_position == b.pk != a.pk


def test_levels_follow_from_the_organisation():
    station = scenes.organisation("TOWN_STATION", "经八路站", county=JINSHUI, town="410105001")
    office = scenes.organisation("OFFICE", "市办")
    assert queries.level_in(station, "town_officer") == (Level.TOWN, "410105001")
    assert queries.level_in(office, "office") == (Level.CITY, "")
    assert queries.level_in(station, "supervisor") == (Level.NAMED, "")
