"""Campaigns, plans, the four questions and leaders: refusals first; after each nothing has changed."""

from datetime import date, timedelta

import pytest

from anlan.campaigns import jobs, queries, rules, words
from anlan.campaigns.commands import campaign, plan, sheet, trip
from anlan.campaigns.models import ActionPlan, Campaign, LeaderTrip, Receipt, SheetItem, Tag
from anlan.campaigns.tests.scenes import TEXT, Cast, drafted, fresh, issued, opened
from anlan.figures import engine, lens, periods
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import (
    ERQI,
    JINSHUI,
    NOW,
    TODAY,
    City,
    account,
    actor,
    appoint,
    later,
    organisation,
)
from anlan.inspections import commands as visits
from anlan.inspections.tests.scenes import answered, begun, finished, met
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import acting_as
from anlan.kernel.words import Conflict, Refused
from anlan.notices.models import Notice
from anlan.people.models import Organisation
from anlan.site import campaigns as site

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return Cast()


def entries() -> int:
    return JournalEntry.objects.count()


def bureau(city: City) -> Organisation:
    return city.bureau


def refined(city: City, r: Receipt, **given) -> Receipt:
    said = {
        "kind": "SECTOR", "name": "危化品专项检查", "sector": "HAZCHEM", "since": TODAY, "until": TODAY + timedelta(days=20),
        "owner": "监管股", "target": 10,
    } | given  # fmt: skip
    return plan.refine(r.pk, by=city.officer, at=NOW, **said)


def signed(city: City, c: Campaign) -> Receipt:
    _officer = city.officer
    [r] = issued(city, c, city.bureau)
    return plan.sign(r.pk, by=city.officer, at=NOW)


# -- refused -----------------------------------------------------------------------------------------


def test_a_campaign_does_not_end_before_it_begins(city):
    with pytest.raises(Refused, match="早于开始日期"):
        opened(city, until=date(2019, 7, 1))
    assert not Campaign.everything.exists()


def test_a_campaign_without_a_basis_is_none(city):
    with pytest.raises(Refused, match="行动依据"):
        opened(city, basis=" ")


def test_two_campaigns_have_two_codes(city):
    opened(city, code="autumn-2019")
    with pytest.raises(Refused, match="代码已经使用"):
        opened(city, code="autumn-2019")
    assert Campaign.everything.count() == 1


def test_a_phase_lies_within_its_campaign(city):
    c = opened(city)
    with pytest.raises(Refused, match="阶段的日期须在2019-08-01至2019-10-31之间"):
        campaign.put_phase(
            c.pk, by=city.clerk, at=NOW, name="冬季", since=date(2019, 10, 20), until=date(2019, 12, 1)
        )
    assert not c.phases.exists()


def test_a_campaign_is_not_closed_before_its_last_day(city):
    c = opened(city)
    with pytest.raises(Refused, match="到2019-10-31结束"):
        campaign.close(c.pk, by=city.clerk, at=NOW, summary="工作圆满完成,成效显著。")
    assert fresh(c).state == "ACTIVE"


def test_another_countys_office_does_not_run_the_citys_campaign(city):
    c = opened(city)
    with pytest.raises(Refused, match="由组织这次行动的集中办公室办理"):
        campaign.put_milestone(c.pk, by=city.county_clerk, at=NOW, day=TODAY, what="县里自己加的")


def test_a_draft_is_seen_by_offices_alone(city):
    c = campaign.draft(
        by=city.clerk, at=NOW, name="冬季行动方案", basis="会议", since=TODAY, until=later(days=60).date()
    )
    with acting_as(city.officer), pytest.raises(Campaign.DoesNotExist):
        queries.campaign(c.pk)


def test_a_countys_campaign_is_not_seen_in_another(city):
    c = campaign.draft(
        by=city.county_clerk,
        at=NOW,
        name="金水区集中行动",
        basis="区会议",
        since=TODAY,
        until=later(days=60).date(),
    )
    campaign.open_(c.pk, by=city.county_clerk, at=NOW)
    assert fresh(c).counties == [JINSHUI]
    user = account("外区干部")
    appoint(user, organisation("COUNTY_BUREAU", "外区局", county=ERQI, sectors=["TRADE"]), "department_officer", "COUNTY",
            code=ERQI, sectors=["TRADE"])  # fmt: skip
    with acting_as(actor(user)):
        assert list(queries.campaigns()) == []


def test_a_plan_is_issued_to_somebody(city):
    p = drafted(city, opened(city))
    with pytest.raises(Refused, match="请选择下发到哪些单位"):
        plan.issue(p.pk, by=city.clerk, at=NOW, addressees=[])
    assert fresh(p).state == "DRAFT"


def test_a_plan_is_signed_for_by_its_addressee_alone(city):
    [r] = issued(city, opened(city), city.bureau)
    with pytest.raises(Refused, match="由收到方案的单位办理"):
        plan.sign(r.pk, by=city.clerk, at=NOW)
    assert fresh(r).state == "SENT"


def test_nothing_is_filed_that_was_not_refined(city):
    r = signed(city, opened(city))
    with pytest.raises(Refused, match="还没有细化分行动"):
        plan.file_(r.pk, by=city.officer, at=NOW, title="区级实施方案", text=TEXT)
    assert fresh(r).state == "SIGNED"


def test_a_sector_action_names_its_sector_and_lies_in_the_campaign(city):
    r = signed(city, opened(city))
    with pytest.raises(Refused, match="须选择行业领域"):
        refined(city, r, sector="")
    with pytest.raises(Refused, match="分行动的日期须在"):
        refined(city, r, until=date(2020, 1, 1))
    with pytest.raises(Refused, match="须在本县"):
        refined(city, r, county=ERQI)
    assert not r.actions.exists()


def test_a_return_says_why(city):
    r = signed(city, opened(city))
    refined(city, r)
    plan.file_(r.pk, by=city.officer, at=NOW, title="区级实施方案", text=TEXT)
    with pytest.raises(Refused, match="退回的理由"):
        plan.return_(r.pk, by=city.clerk, at=NOW, reason="")
    assert fresh(r).state == "FILED"


def test_nobody_is_urged_twice_a_day(city):
    [r] = issued(city, opened(city), city.bureau)
    plan.urge(r.pk, by=city.clerk, at=NOW)
    before = entries()
    with pytest.raises(Refused, match="今天已经催办"):
        plan.urge(r.pk, by=city.clerk, at=later(hours=2))
    assert entries() == before


def test_what_was_read_before_it_moved_on_is_not_acted_upon(city):
    [r] = issued(city, opened(city), city.bureau)
    seen = r.seq
    plan.sign(r.pk, by=city.officer, at=NOW)
    with pytest.raises(Conflict, match="已不是最新"):
        plan.urge(r.pk, by=city.clerk, at=NOW, seen=seen)


def test_who_carries_an_item_out_does_not_accept_it(city):
    i = raised(city)
    sheet.answer(i.pk, by=city.officer, at=NOW, words="已配齐夜间检查人员")
    with pytest.raises(Refused, match="责任单位不能审核"):
        sheet.accept(i.pk, by=city.officer, at=NOW)
    assert fresh(i).state == "ANSWERED"


def test_a_worksheet_with_open_items_is_not_concluded(city):
    i = raised(city)
    with pytest.raises(Refused, match="还有1项没有完成"):
        sheet.conclude(i.sheet_id, by=city.clerk, at=NOW, conclusion="已办结")


def test_a_record_is_tagged_once_and_with_a_reason(city):
    c = opened(city)
    said = {
        "campaign": c,
        "kind": "hazard",
        "subject": 7,
        "label": "一处隐患",
        "county": JINSHUI,
        "sector": "HAZCHEM",
    }
    with pytest.raises(Refused, match="标注理由"):
        campaign.tag(by=city.clerk, at=NOW, why="", **said)
    campaign.tag(by=city.clerk, at=NOW, why="专项交办", **said)
    with pytest.raises(Refused, match="已标注到该行动"):
        campaign.tag(by=city.clerk, at=NOW, why="再标一次", **said)
    assert Tag.everything.count() == 1


# -- done --------------------------------------------------------------------------------------------


def test_a_plan_goes_down_is_signed_refined_filed_returned_and_put_on_record(city):
    c = opened(city)
    officer = city.officer
    department = organisation("DEPARTMENT", "市城乡建设局", sectors=["BUILD"])
    here, other = issued(city, c, city.bureau, department)
    assert {n.person for n in Notice.objects.filter(subject_kind="receipt", subject=here.pk)} == {officer.id}
    plan.sign(here.pk, by=city.officer, at=NOW)
    refined(city, here)
    plan.file_(here.pk, by=city.officer, at=NOW, title="区级实施方案", text=TEXT)
    plan.return_(here.pk, by=city.clerk, at=NOW, reason="分行动没有写清责任人")
    plan.file_(here.pk, by=city.officer, at=later(days=1), title="区级实施方案", text=TEXT)
    r = plan.accept(here.pk, by=city.clerk, at=later(days=1))
    assert (r.state, r.returned_no, r.filed_on) == ("ACCEPTED", 1, TODAY + timedelta(days=1))
    with acting_as(city.clerk):
        told = words.matrix(queries.receipts(here.plan), TODAY + timedelta(days=4))
    assert (told["sent"], told["signed"], told["filed"], told["accepted"], told["late"]) == (2, 1, 1, 1, 1)
    assert rules.late_for(other, TODAY + timedelta(days=4)) == "SIGN"


def test_a_county_sees_its_own_receipt_and_no_other(city):
    c = opened(city)
    far = organisation("COUNTY_OFFICE", "二七区集中办公室", county=ERQI)
    here, other = issued(city, c, city.bureau, far)
    with acting_as(city.officer):
        assert [r.pk for r in queries.receipts(here.plan)] == [here.pk]
        assert not Receipt.objects.opening(pk=other.pk).exists()


def test_a_plan_that_is_issued_again_goes_to_the_new_addressees_only(city):
    c = opened(city)
    [r] = issued(city, c, city.bureau)
    plan.issue(
        r.plan_id, by=city.clerk, at=NOW, addressees=[city.bureau, organisation("DEPARTMENT", "市教育局")]
    )
    assert Receipt.everything.filter(plan=r.plan_id).count() == 2


def test_a_county_passes_the_plan_on_to_its_own(city):
    c, _officer = opened(city), city.officer
    [r] = issued(city, c, city.county_office)
    plan.sign(r.pk, by=city.county_clerk, at=NOW)
    own = plan.draft(
        by=city.county_clerk, at=NOW, campaign=c, kind="PLACE", title="金水区实施方案", basis="市方案", text=TEXT,
        sign_due_on=TODAY, file_due_on=TODAY + timedelta(days=3), refines=r.plan,
    )  # fmt: skip
    plan.issue(own.pk, by=city.county_clerk, at=NOW, addressees=[city.bureau, city.station])
    assert ActionPlan.everything.get(pk=own.pk).refines == r.plan_id
    assert Receipt.everything.filter(plan=own.pk).count() == 2


def test_who_is_late_is_reminded_once_and_the_office_told(city):
    clerk, officer = city.clerk, city.officer
    issued(city, opened(city), city.bureau)
    jobs.remind(at=later(days=1))
    jobs.remind(at=later(days=2))
    due = Notice.objects.filter(subject_kind="receipt", kind="DUE", msgid__contains="签收")
    assert [n.person for n in due] == [officer.id]
    jobs.remind(at=later(days=3))
    jobs.remind(at=later(days=4))
    late = Notice.objects.filter(subject_kind="receipt", kind="OVERDUE")
    assert sorted(n.person for n in late) == sorted([clerk.id, officer.id])


def raised(city: City, **given) -> SheetItem:
    _clerk, _officer = city.clerk, city.officer
    w = sheet.start(by=city.clerk, at=NOW, to=city.bureau, due_on=TODAY + timedelta(days=9), sector="HAZCHEM")
    said = {
        "block": "GAPS",
        "words": "夜间检查人员不足",
        "owner": city.bureau,
        "due_on": TODAY + timedelta(days=5),
    } | given
    return sheet.raise_(by=city.officer, at=NOW, sheet=w, **said)


def test_an_answer_becomes_an_item_that_is_followed_until_it_is_accepted(city):
    i = raised(city)
    assert rules.light(state=i.state, due=i.due_on, on=TODAY) == "GREEN"
    assert rules.light(state=i.state, due=i.due_on, on=TODAY + timedelta(days=3)) == "YELLOW"
    assert rules.light(state=i.state, due=i.due_on, on=TODAY + timedelta(days=6)) == "RED"
    sheet.answer(i.pk, by=city.officer, at=later(days=1), words="已增加夜间班组")
    sheet.return_(i.pk, by=city.clerk, at=later(days=1), reason="没有附排班表")
    sheet.answer(i.pk, by=city.officer, at=later(days=2), words="已附排班表")
    done = sheet.accept(i.pk, by=city.clerk, at=later(days=2))
    assert (done.state, done.returned_no) == ("ACCEPTED", 1)
    w = sheet.conclude(i.sheet_id, by=city.clerk, at=later(days=3), conclusion="四问四查已办结")
    assert w.state == "CONCLUDED"


def test_work_rules_are_ticked_by_somebody_on_a_day_and_again_when_reworded(city):
    c = campaign.put_rule(
        opened(city).pk, by=city.clerk, at=NOW, kind="UNIFIED", title="统一指挥", text="由集中办公室统一调度"
    )
    line = c.workrules.get()
    campaign.tick(c.pk, by=city.clerk, at=NOW, item=line.pk, note="每日会商")
    line.refresh_from_db()
    assert (line.ticked_on, line.ticked_by_name) == (TODAY, city.clerk.name)
    campaign.put_rule(
        c.pk, by=city.clerk, at=NOW, kind="UNIFIED", title="统一指挥", text="改为现场调度", item=line.pk
    )
    line.refresh_from_db()
    assert line.ticked_on is None


def found(city: City, at, **given):
    return scenes.register(city.officer, city.firm, at=at, **given)


def view(c: Campaign, city: City) -> lens.Lens:
    with acting_as(city.clerk):
        made = site.lens_of(c, city.clerk, TODAY)
    assert made is not None
    return made


def test_a_record_belongs_to_every_campaign_whose_lens_holds_it(city):
    h = found(city, later(days=-2))
    wide = opened(city, code="wide")
    chem = opened(city, code="chem", sectors=["HAZCHEM"])
    build = opened(city, code="build", sectors=["BUILD"])
    other = opened(city, code="erqi", counties=[ERQI])
    with acting_as(city.clerk):
        belongs = site.of_hazard(h, city.clerk, NOW)
    assert {c.code for c in belongs["fits"]} == {"wide", "chem"}
    counted = [lens.figures(("found",), view(c, city))["found"] for c in (wide, chem, build, other)]
    assert counted == [1, 1, 0, 0]


def test_what_is_tagged_by_hand_counts_beside_the_lens_and_never_twice(city):
    outside, inside = found(city, later(days=-60), description="七月的老隐患"), found(city, later(days=-2))
    c = opened(city)
    assert lens.figures(("found",), view(c, city)) == {"found": 1}
    for h in (outside, inside):
        said = {"kind": "hazard", "subject": h.pk, "label": h.number, "county": JINSHUI, "sector": "HAZCHEM"}
        campaign.tag(by=city.clerk, at=NOW, campaign=c, why="专项交办", **said)
    assert lens.figures(("found",), view(c, city)) == {"found": 2}
    t = Tag.everything.get(subject=outside.pk)
    campaign.untag(t.pk, by=city.clerk, at=NOW, reason="标注有误")
    assert lens.figures(("found",), view(c, city)) == {"found": 1}


def test_campaigns_and_phases_are_periods_with_names(city):
    c = opened(city, code="autumn-2019")
    campaign.put_phase(
        c.pk, by=city.clerk, at=NOW, name="中秋", since=date(2019, 9, 13), until=date(2019, 9, 15)
    )
    named = periods.named("autumn-2019-1", on=TODAY)
    assert named.label == "安全生产隐患排查治理集中行动 · 中秋"
    assert named.period == periods.Period(date(2019, 9, 13), date(2019, 9, 15))
    assert periods.named("to-date", on=TODAY).period.start == date(2019, 8, 1)


def test_progress_of_a_sub_action_is_counted_from_the_records(city):
    r = signed(city, opened(city))
    refined(city, r, since=TODAY)
    found(city, NOW)
    v = begun(city)
    answered(city, v, *met("HC01"))
    finished(city, v)
    r = fresh(r, city.officer)
    [action] = r.actions.all()
    with acting_as(city.officer):
        done = site.progress(r, [action], TODAY)[action.pk]
    assert (done["visits"], done["found"]) == (1, 1)


def test_a_visit_led_by_a_leader_is_a_stop_of_his_trip_of_that_day(city):
    for _n in range(2):
        v = begun(city, source="GOV_LEADER", led_by="王书记", led_post="区委书记")
        answered(city, v, *met("HC01"))
        finished(city, v)
    t = LeaderTrip.everything.get()
    assert (t.leader, t.rank, t.county, t.day, t.stops_no) == ("王书记", "PRINCIPAL", JINSHUI, TODAY, 2)
    table = engine.read(
        engine.Ask(
            ("leader_trips", "leader_trips_principal", "leaders_out"), ("4101",), engine.Period(TODAY, TODAY)
        )
    )
    assert [table[c, "4101"] for c in ("leader_trips", "leader_trips_principal", "leaders_out")] == [1, 1, 1]


def test_a_visit_is_a_stop_of_the_trip_that_another_organisation_recorded(city):
    trip.record(
        by=city.clerk, at=NOW, leader="王书记", post="区委书记", day=TODAY, what="督导", county=JINSHUI
    )
    v = begun(city, source="GOV_LEADER", led_by="王书记", led_post="区委书记")
    answered(city, v, *met("HC01"))
    finished(city, v)
    t = LeaderTrip.everything.get()
    assert (t.organisation, t.stops_no) == (city.clerk.organisation, 1)
    with pytest.raises(Refused, match="由登记单位办理"):
        trip.stop(t.pk, by=city.officer, at=NOW, where="别处")


def test_a_covert_visit_led_by_a_leader_is_a_stop_of_his_trip_once_it_is_filed(city):
    v = begun(city, source="GOV_LEADER", led_by="王书记", led_post="区委书记", covert=True)
    answered(city, v, *met("HC01"))
    finished(city, v)
    assert not LeaderTrip.everything.exists(), "nobody may know yet where he was"
    visits.file(v.pk, by=city.officer, at=NOW)
    t = LeaderTrip.everything.get()
    assert (t.leader, t.day, t.stops_no) == ("王书记", TODAY, 1)


@pytest.mark.parametrize(
    ("post", "rank"),
    [
        ("县委书记", "PRINCIPAL"), ("区长", "PRINCIPAL"), ("管委会主任", "PRINCIPAL"), ("副区长", "DEPUTY"),
        ("区委副书记", "DEPUTY"), ("常务副市长", "DEPUTY"), ("局长", "DEPARTMENT"), ("党工委委员", "DEPUTY"),
    ],
)  # fmt: skip
def test_principal_leaders_are_secretaries_and_heads_of_government(post, rank):
    assert rules.rank_of(post) == rank


def test_a_trip_entered_by_mistake_is_void_and_counts_no_more(city):
    t = trip.record(
        by=city.officer, at=NOW, leader="李区长", post="区长", day=TODAY, what="督导", county=JINSHUI
    )
    with pytest.raises(Refused, match="作废的原因"):
        trip.void(t.pk, by=city.officer, at=NOW, reason="")
    trip.void(t.pk, by=city.officer, at=NOW, reason="重复登记")
    table = engine.read(engine.Ask(("leader_trips",), ("4101",), engine.Period(TODAY, TODAY)))
    assert table["leader_trips", "4101"] == 0
