"""Visits: who may look, by which version, what comes of it. Refusals first; after each nothing has changed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from anlan.evidence import queries as evidence
from anlan.figures import engine, records
from anlan.hazards.models import Hazard
from anlan.hazards.tests.scenes import ERQI, NOW, TODAY, City, account, actor, appoint, later, photos
from anlan.inspections import commands, panels, queries
from anlan.inspections.findings import drawn
from anlan.inspections.models import Answer, Finding, Visit
from anlan.inspections.states import Veil
from anlan.inspections.tests.scenes import answered, begun, fault, finished, fresh, met, planned
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import acting_as
from anlan.kernel.words import Conflict, Refused
from anlan.notices.models import Notice
from anlan.people import commands as people
from anlan.register import queries as register
from anlan.register.tests import scenes as firms
from anlan.site.verify import run
from anlan.standards import checklists
from anlan.standards import commands as standards

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return City()


def entries() -> int:
    return JournalEntry.objects.filter(kind__in=("visit", "hazard")).count()


def new_version(city: City, since: date, *, code: str = "HAZCHEM", drop: str = "") -> None:
    """The city publishes another version of a checklist from a day on."""
    user = account("赵处")
    department = people.found(
        by=people.CONSOLE,
        at=NOW,
        name="市应急管理局",
        kind="DEPARTMENT",
        since=date(2019, 1, 1),
        sectors=[code],
    )
    appoint(user, department, "department_head", "CITY", sectors=[code])
    head = actor(user)
    old = checklists.in_force(code, on=TODAY)
    items = [checklists.said(i) for i in checklists.items_of(old)]
    c = standards.draft(
        by=head, at=NOW, code=code, version=checklists.next_version(code), label=old.label, items=items
    )
    if drop:
        standards.drop_item(c.pk, by=head, at=NOW, code=drop)
    standards.put_item(c.pk, by=head, at=NOW, code="HC99", heading="新增", text="值班室有应急处置卡")
    standards.publish(c.pk, by=head, at=NOW, since=since)


# -- refused -----------------------------------------------------------------------------------------


def test_an_officer_does_not_check_alone(city):
    with pytest.raises(Refused, match="两名执法人员"):
        begun(city, party=[])
    assert not Visit.everything.exists()


def test_an_officer_without_a_credential_is_no_second(city):
    bare = city._officer("无证", "", "enforcement_officer")
    with pytest.raises(Refused, match="没有执法证"):
        begun(city, party=[bare])
    assert entries() == 0


def test_a_credential_that_ends_before_the_visit_is_none(city):
    user = account("过期")
    appoint(
        user, city.bureau, "enforcement_officer", "COUNTY", code=city.county, sectors=["HAZCHEM", "TRADE"]
    )
    people.issue_credential(
        by=people.CONSOLE, at=NOW, user=user.pk, number="16019999", since=date(2018, 1, 1), until=date(2019, 9, 5)
    )  # fmt: skip
    with pytest.raises(Refused, match="已于2019-09-05到期"):
        planned(city, party=[actor(user)], planned_on=date(2019, 9, 6))
    v = planned(city, party=[actor(user)], planned_on=TODAY, planned_until=date(2019, 9, 5))
    assert v.needs_authorisation
    assert fresh(v).authorised_on is None


def test_a_visit_stays_within_the_place_and_sector_of_the_post(city):
    away = firms.enterprise(ERQI, at=later(days=-30))
    with pytest.raises(Refused, match="管辖区域"):
        begun(city, enterprise=away)
    works = firms.enterprise(city.county, sector="BUILD", at=later(days=-30))
    with pytest.raises(Refused, match="不在您的职责之内"):
        begun(city, enterprise=works)
    with pytest.raises(Refused, match="分工"):
        commands.begin(by=city.supervisor, at=NOW, source="GOV_SUPERVISION", enterprise=away)
    assert entries() == 0


def test_a_plan_that_nobody_approved_is_not_held(city):
    v = planned(city, planned_on=TODAY)
    with pytest.raises(Refused, match="尚未批准"):
        commands.start(v.pk, by=city.officer, at=NOW)
    with pytest.raises(Refused, match="您的职务不能"):
        commands.authorise(v.pk, by=city.officer, at=NOW)
    commands.authorise(v.pk, by=city.head, at=NOW, opinion="同意")
    assert commands.start(v.pk, by=city.officer, at=later(hours=1)).state == "UNDERWAY"


def test_an_approval_holds_for_its_days_and_its_people(city):
    v = planned(city)
    commands.authorise(v.pk, by=city.head, at=NOW)
    with pytest.raises(Refused, match="今天不在其内"):
        commands.start(v.pk, by=city.officer, at=later(days=3))
    third = city._officer("第三人", "16010003")
    with pytest.raises(Refused, match="不是这次检查的检查人员"):
        commands.start(v.pk, by=third, at=later(days=1))
    assert fresh(v).state == "PLANNED"


def test_an_organ_does_not_check_itself_in_the_firms_name(city):
    with pytest.raises(Refused, match="由企业自己登记"):
        begun(city, source="SELF_DAILY")


def test_a_firm_cannot_call_its_check_a_governments(city):
    with pytest.raises(Refused, match="不能登记这种检查"):
        commands.begin(by=city.principal, at=NOW, source="GOV_OPEN", enterprise=city.firm)
    other = firms.enterprise(city.county, at=later(days=-30))
    with pytest.raises(Refused, match="只能自查本企业"):
        commands.begin(by=city.principal, at=NOW, source="SELF_DAILY", enterprise=other)


def test_an_item_answered_twice_is_refused_and_nothing_is_kept(city):
    v = begun(city)
    with pytest.raises(Refused, match="“HC01”填写了两次"):
        answered(city, v, *met("HC02", "HC01", "HC01"))
    assert not Answer.everything.exists()


def test_an_item_of_another_version_is_refused(city):
    v = begun(city)
    new_version(city, later(days=1).date())
    with pytest.raises(Refused, match="“HC99”不是本次检查所用检查表"):
        answered(city, v, *met("HC99"), at=later(days=1))
    assert not Answer.everything.exists()


def test_a_visit_with_a_version_not_in_force_is_refused(city):
    old = checklists.in_force("HAZCHEM", on=TODAY)
    new_version(city, later(days=1).date(), drop="HC08")
    with pytest.raises(Refused, match="现行的是第2版"):
        begun(city, checklist=old, at=later(days=1))
    assert not Visit.everything.exists()


def test_a_visit_is_finished_once(city):
    v = begun(city)
    answered(city, v, *met("HC01"))
    finished(city, v)
    before = entries()
    with pytest.raises(Refused, match="已检查"):
        finished(city, v)
    with pytest.raises(Refused, match="已检查"):
        answered(city, v, *met("HC02"))
    assert entries() == before


def test_a_visit_that_looked_at_nothing_is_none(city):
    v = begun(city)
    with pytest.raises(Refused, match="还没有填写"):
        finished(city, v)


def test_a_fault_is_told_in_words_and_shown_before_the_end(city):
    v = begun(city)
    answered(city, v, {"code": "HC09", "result": "NOT_MET"})
    with pytest.raises(Refused, match="请写明存在的问题"):
        finished(city, v)
    answered(city, v, {"code": "HC09", "result": "NOT_MET", "words": "报警器失效"})
    with pytest.raises(Refused, match="请拍照"):
        finished(city, v)
    assert not Hazard.everything.exists()


def test_a_refusal_to_sign_needs_a_witness(city):
    v = begun(city)
    answered(city, v, *met("HC01"))
    with pytest.raises(Refused, match="见证人"):
        finished(city, v, signer="", refused=True)
    with pytest.raises(Refused, match="请填写现场负责人"):
        finished(city, v, signer="")
    v = fresh(finished(city, v, signer="", refused=True, witness="社区网格员"))
    assert (v.refused, v.witness, v.state) == (True, "社区网格员", "FINISHED")


def test_a_leader_who_leads_has_a_name_and_a_post(city):
    with pytest.raises(Refused, match="带队领导的姓名和职务"):
        begun(city, source="GOV_LEADER")
    v = begun(city, source="GOV_LEADER", led_by="吴副市长", led_post="副市长")
    assert (v.led, v.people_no) == (True, 3)


def test_a_refused_hazard_refuses_the_whole_end(city):
    v = begun(city)
    answered(city, v, fault("HC13", "停产期间仍在生产"), fault("HC02", "电工无证"))
    grid = account("网格")
    appoint(grid, city.station, "grid_officer", "TOWN", code=city.town)
    with pytest.raises(Refused):
        finished(city, v, by=actor(grid))
    assert not Hazard.everything.exists()
    assert fresh(v).state == "UNDERWAY"


def test_what_has_become_hazards_cannot_be_voided(city):
    v = begun(city)
    answered(city, v, fault("HC13", "停产期间仍在生产"))
    finished(city, v)
    with pytest.raises(Refused, match="登记隐患1处,不能作废"):
        commands.void(v.pk, by=city.officer, at=NOW, reason="录入有误")
    other = begun(city)
    with pytest.raises(Refused, match="作废理由"):
        commands.void(other.pk, by=city.officer, at=NOW, reason="")
    assert commands.void(other.pk, by=city.officer, at=NOW, reason="企业已搬迁").state == "VOID"


def test_the_same_form_sent_twice_is_one_act_and_another_form_is_late(city):
    v = begun(city)
    seen = fresh(v).seq
    answered(city, v, *met("HC01"))
    with pytest.raises(Conflict, match="不是最新"):
        commands.finish(v.pk, by=city.officer, at=NOW, seen=seen, conclusion="完毕", signer="陈")


# -- done --------------------------------------------------------------------------------------------


def test_findings_become_hazards_in_one_go_with_photos_and_the_proposal_of_major(city):
    v = begun(city)
    answered(city, v, *met("HC01", "HC03"))
    answered(
        city, v, fault("HC09", "罐区未设可燃气体报警器", location="二号罐区"), fault("HC13", "租房储存"),
        fault("+1", "配电室堆放杂物", on_spot=True, measures="当场清理", after=photos()),
    )  # fmt: skip
    v = fresh(finished(city, v))
    assert (v.state, v.found_no, v.found_nothing, v.answered_no) == ("FINISHED", 3, False, 4)
    major, general, spot = (Hazard.everything.get(pk=f.hazard) for f in Finding.everything.order_by("pk"))
    assert (major.state, major.proposed_on, major.location) == ("GRADING", TODAY, "二号罐区")
    assert "第12条" in major.grade_basis
    assert (general.state, general.grade, general.basis[:6]) == ("REGISTERED", "GENERAL", "危险化学品安")
    assert (spot.state, spot.close_basis, spot.measures) == ("CLOSED", "ON_SPOT", "当场清理")
    assert all(h.source == "GOV_OPEN" and h.enterprise_id == city.firm.pk for h in (major, general, spot))
    with acting_as(city.officer):
        shown = evidence.photos_of(kind="hazard", subject=spot.pk).values()
        assert sorted(a.label for a in shown) == ["AFTER", "BEFORE"]
        assert queries.of_hazard(general.pk).pk == v.pk
    assert run().holds


def test_found_nothing_is_recorded_as_such(city):
    v = begun(city)
    answered(city, v, *met("HC01", "HC02"))
    v = fresh(finished(city, v, conclusion="未发现隐患"))
    assert (v.found_nothing, v.found_no) == (True, 0)
    assert not Hazard.everything.exists()


def test_a_number_entered_is_judged_and_nobody_types_the_judgement(city):
    v = begun(city)
    said = {"code": "HC15", "number": Decimal("120"), "limit": Decimal("100"), "result": "MET"}
    answered(city, v, said | {"no_photo": "台账已拍照存档"})
    assert Answer.everything.get().result == "NOT_MET"
    v = finished(city, v)
    h = Hazard.everything.get()
    assert "现场储存量120吨,核定储存量100吨" in h.description
    assert h.state == "GRADING"


def test_a_number_without_its_approved_figure_is_asked_for_at_the_end(city):
    v = begun(city)
    answered(city, v, {"code": "HC15", "number": Decimal("120")})
    with pytest.raises(Refused, match="请填写核定储存量"):
        finished(city, v)


def test_the_approved_figure_of_the_last_visit_is_offered_at_the_next(city):
    v = begun(city)
    answered(city, v, {"code": "HC15", "number": Decimal("80"), "limit": Decimal("100")})
    finished(city, v)
    again = begun(city, at=later(days=9))
    with acting_as(city.officer):
        assert queries.approved_before(again, ["HC15"]) == {"HC15": Decimal("100")}


def test_elements_of_fire_count_together_as_one_major_hazard():
    city = City(sector="FIRE")
    office = commands.begin(
        by=city.clerk, at=NOW, source="GOV_SPECIAL", enterprise=city.firm, places="CROWDED"
    )
    three = [fault(code, f"{code}不合要求") for code in ("FR09", "FR11", "FR14")]
    commands.answer(office.pk, by=city.clerk, at=NOW, answers=[*three[:2], fault("FR18", "楼道停电动车")])
    with acting_as(city.clerk):
        v = queries.visit(office.pk)
        items, answers = queries.sheet(v)
        assert [len(d.codes) for d in drawn(v, items=items, answers=answers.values(), on=TODAY)] == [1, 1, 1]
    commands.answer(office.pk, by=city.clerk, at=NOW, answers=three[2:])
    v = fresh(finished(city, office, by=city.clerk))
    assert v.found_no == 2
    together = Finding.everything.order_by("pk").first()
    assert together.codes == "FR09 FR11 FR14"
    assert "人员密集场所≥3" in together.major_clause
    assert Hazard.everything.get(pk=together.hazard).state == "GRADING"


def test_a_criterion_of_another_sector_is_left_to_that_sectors_organ(city):
    v = begun(city, theme="FIRE")
    assert (v.list_code, v.theme, v.sector) == ("FIRE", "", "HAZCHEM")
    answered(city, v, fault("FR02", "疏散门上锁"))
    finished(city, v)
    left = Hazard.everything.get()
    assert (left.found_sector, left.state, left.grade) == ("HAZCHEM", "REGISTERED", "UNGRADED")
    wide = commands.begin(by=city.clerk, at=NOW, source="GOV_SPECIAL", enterprise=city.firm, theme="FIRE")
    commands.answer(wide.pk, by=city.clerk, at=NOW, answers=[fault("FR02", "安全出口封堵")])
    finished(city, wide, by=city.clerk)
    named = Hazard.everything.exclude(pk=left.pk).get()
    assert (named.found_sector, named.state) == ("FIRE", "GRADING")


def test_a_theme_has_a_list_of_its_own(city):
    v = begun(city, theme="RESUME")
    assert (v.list_code, v.theme, v.checklist.label) == ("RESUME", "RESUME", "复工复产安全检查表")


def test_a_field_without_a_list_is_looked_at_by_that_of_the_nearest_sector(city):
    shop = firms.enterprise(city.county, sector="CROWDED", at=later(days=-30))
    v = commands.begin(by=city.clerk, at=NOW, source="GOV_SPECIAL", enterprise=shop)
    assert v.list_code == "FIRE"


def test_yesterdays_visit_keeps_the_version_that_it_answered(city):
    v = begun(city)
    answered(city, v, *met("HC08"))
    new_version(city, later(days=1).date(), drop="HC08")
    finished(city, v, at=later(days=1))
    assert fresh(v, city.officer).checklist.version == 1
    with acting_as(city.officer):
        items, _answers = queries.sheet(queries.visit(v.pk))
    assert "HC08" in {i.code for i in items}
    again = begun(city, at=later(days=1))
    assert again.checklist.version == 2


def test_the_firms_self_check_is_filed_at_once_and_fixes_with_a_second_person(city):
    v = commands.begin(by=city.manager, at=NOW, source="SELF_COMPREHENSIVE", enterprise=city.firm)
    commands.answer(v.pk, by=city.manager, at=NOW, answers=[*met("HC01"), fault("HC13", "门口堆料", on_spot=True,
                    measures="已清走", after=photos())])  # fmt: skip
    with pytest.raises(Refused, match="另一人确认"):
        commands.finish(v.pk, by=city.manager, at=NOW, conclusion="已整改")
    commands.finish(v.pk, by=city.manager, at=NOW, conclusion="已整改", confirmed_by=city.principal)
    assert fresh(v).state == "FILED"
    assert Hazard.everything.get().track == "OWN"


def test_who_has_not_checked_himself_this_month_is_listed(city):
    other = firms.enterprise(city.county, at=later(days=-30))
    v = commands.begin(by=city.manager, at=NOW, source="SELF_COMPREHENSIVE", enterprise=city.firm)
    commands.answer(v.pk, by=city.manager, at=NOW, answers=met("HC01"))
    with acting_as(city.officer):
        assert {e.pk for e in queries.rhythm(on=TODAY)} == {city.firm.pk, other.pk}
    commands.finish(v.pk, by=city.manager, at=NOW, conclusion="未发现隐患")
    with acting_as(city.officer):
        assert {e.pk for e in queries.rhythm(on=TODAY)} == {other.pk}
        assert {e.pk for e in queries.rhythm(on=TODAY, done=True)} == {city.firm.pk}
        assert {e.pk for e in queries.rhythm(on=date(2019, 10, 1))} == {city.firm.pk, other.pk}
    with acting_as(city.manager):
        assert panels.due(city.manager, NOW) is None
        assert panels.due(city.manager, later(days=30))["due"] == date(2019, 10, 31)


def test_a_covert_visit_is_seen_by_its_group_alone_until_it_is_filed(city):
    v = commands.begin(by=city.supervisor, at=NOW, source="GOV_COVERT", enterprise=city.firm)
    assert v.veil == Veil.FROM_ALL

    def sees(who) -> bool:
        with acting_as(who):
            return Visit.objects.opening(pk=v.pk).exists() or Visit.objects.filter(pk=v.pk).exists()

    others = (city.officer, city.clerk, city.leader, city.principal, city.town_officer, city.auditor)
    assert [sees(who) for who in others] == [False] * 6
    assert sees(city.supervisor)
    commands.answer(v.pk, by=city.supervisor, at=NOW, answers=met("HC01"))
    finished(city, v, by=city.supervisor)
    assert not any(sees(who) for who in others)
    assert not _figure("visits")
    commands.file(v.pk, by=city.supervisor, at=later(hours=2))
    assert [sees(who) for who in others] == [True] * 6
    assert _figure("visits") == 1


def test_an_open_visit_shows_itself_to_the_firm_when_it_is_over(city):
    v = planned(city)
    commands.authorise(v.pk, by=city.head, at=NOW)
    commands.start(v.pk, by=city.officer, at=later(days=1))
    answered(city, v, *met("HC01"), at=later(days=1))
    with acting_as(city.principal):
        assert not Visit.objects.opening(pk=v.pk).exists()
    finished(city, v, at=later(days=1))
    with acting_as(city.principal):
        assert Visit.objects.opening(pk=v.pk).exists()
    assert Notice.objects.filter(person=city.principal.id, subject_kind="visit").exists()


def test_a_joint_visit_opens_to_each_of_its_organisations(city):
    fire = people.found(
        by=people.CONSOLE,
        at=NOW,
        name="区消防大队",
        kind="COUNTY_BUREAU",
        county=ERQI,
        since=date(2019, 1, 1),
    )
    user = account("消防员")
    appoint(user, fire, "department_officer", "COUNTY", code=ERQI, sectors=["FIRE"])
    people.issue_credential(
        by=people.CONSOLE, at=NOW, user=user.pk, number="16017777", since=date(2018, 1, 1), until=date(2027, 1, 1)
    )  # fmt: skip
    v = begun(city, party=[city.second, actor(user)])
    assert (v.joint, v.people_no) == (True, 3)
    with acting_as(actor(user)):
        assert Visit.objects.opening(pk=v.pk).exists()
    commands.answer(v.pk, by=actor(user), at=NOW, answers=met("HC01"))


def test_advice_of_an_expert_is_answered_by_the_firm(city):
    pool = people.found(
        by=people.CONSOLE, at=NOW, name="专家库", kind="EXPERT_POOL", since=date(2019, 1, 1), system="EXPERT"
    )
    user = account("孙专家")
    appoint(user, pool, "expert", "NAMED", since=date(2019, 8, 1), until=date(2020, 8, 1))
    expert = actor(user)
    v = commands.begin(by=city.officer, at=NOW, source="EXPERT_SERVICE", enterprise=city.firm, party=[expert])
    commands.answer(v.pk, by=expert, at=NOW, answers=met("HC01"))
    commands.advise(v.pk, by=expert, at=NOW, words="建议增设喷淋")
    commands.advise(v.pk, by=expert, at=NOW, words="建议更换阀门")
    finished(city, v)
    with acting_as(city.principal):
        first, second = queries.visit(v.pk).advices.all()
    with pytest.raises(Refused, match="不采纳的理由"):
        commands.decide_advice(v.pk, by=city.principal, at=NOW, item=first.pk, adopted=False)
    commands.decide_advice(v.pk, by=city.principal, at=NOW, item=first.pk, adopted=False, why="设计不需要")
    commands.decide_advice(v.pk, by=city.principal, at=NOW, item=second.pk, adopted=True, why="月底更换")
    assert fresh(v).advice_open == 0
    with pytest.raises(Refused, match="没有等待答复"):
        commands.decide_advice(v.pk, by=city.principal, at=NOW, item=first.pk, adopted=True)


def _figure(code: str, place: str = "4101") -> int:
    period = engine.Period(TODAY - timedelta(days=5), TODAY + timedelta(days=40))
    return engine.read(engine.Ask((code,), (place,), period))[code, place]


def test_visits_and_firms_are_two_figures_and_open_into_their_rows(city):
    for days in (0, 1, 2):
        v = begun(city, at=later(days=days))
        answered(city, v, *met("HC01"), at=later(days=days))
        finished(city, v, at=later(days=days))
    other = firms.enterprise(city.county, at=later(days=-30))
    led = begun(city, source="GOV_LEADER", led_by="吴市长", led_post="副市长", enterprise=other)
    answered(city, led, fault("HC13", "超范围储存"))
    finished(city, led)
    own = commands.begin(by=city.manager, at=NOW, source="SELF_DAILY", enterprise=city.firm)
    commands.answer(own.pk, by=city.manager, at=NOW, answers=met("HC01"))
    commands.finish(own.pk, by=city.manager, at=NOW, conclusion="未发现隐患")
    said = {c: _figure(c) for c in ("visits", "visits_gov", "visits_self", "visits_clean", "visits_led", "inspectors",
                                    "firms_checked", "firms_self_checked")}  # fmt: skip
    assert said == {
        "visits": 5, "visits_gov": 4, "visits_self": 1, "visits_clean": 4, "visits_led": 1, "inspectors": 9,
        "firms_checked": 2, "firms_self_checked": 1,
    }  # fmt: skip
    period = engine.Period(TODAY - timedelta(days=5), TODAY + timedelta(days=40))
    assert records.rows("firms_checked", place=city.county, period=period).count() == 5
    by_leader = engine.read(engine.Ask(("visits_led",), (city.county,), period, (), "leader"))
    assert by_leader.part("visits_led", city.county, "吴市长") == 1
    assert records.rows("visits_led", place=city.county, period=period).get().pk == led.pk
    assert _figure("visits", city.town) == 5
    assert run().holds


def test_a_supervisor_finds_the_firms_of_the_counties_assigned_to_his_group(city):
    away = firms.enterprise(ERQI, at=later(days=-30))
    with acting_as(city.supervisor):
        assert register.named(city.firm.name).pk == city.firm.pk
        assert register.named(away.name) is None
        assert away.pk not in {e.pk for e in register.choices()}
