"""A roll call: who may call whom, what a result must say, what is counted, who is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from anlan.campaigns.tests.scenes import Cast, signed_in
from anlan.duty import commands, queries
from anlan.duty.models import RollCall
from anlan.figures import engine
from anlan.figures.engine import Ask, Period
from anlan.hazards.tests.scenes import ERQI, JINSHUI, NOW, TODAY, account, actor, appoint, later, organisation
from anlan.kernel.journal import JournalEntry
from anlan.kernel.scope import Actor, acting_as
from anlan.kernel.words import Refused
from anlan.notices.models import Notice
from anlan.people.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Cast:
    return Cast()


def watch(city: Cast) -> Actor:
    """The duty officer of the city's office."""
    user = account("值班郭")
    appoint(user, city.office, "duty_officer", "CITY")
    return actor(user)


def listed(city: Cast, unit: Organisation | None = None, *, at: Any = NOW, **said: Any) -> RollCall:
    return commands.begin(by=watch(city), at=at, unit=unit or city.county_office, **said)


def refused(act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **said)
    return str(caught.value.reason)


def test_a_unit_is_called_by_the_one_it_answers_to_and_by_no_other(city: Cast):
    by = watch(city)
    assert "直接下级" in refused(commands.begin, by=by, at=NOW, unit=city.bureau)
    far = organisation("COUNTY_BUREAU", "二七区住建局", county=ERQI)
    assert "直接下级" in refused(commands.begin, by=city.county_clerk, at=NOW, unit=far)
    assert commands.begin(by=city.county_clerk, at=NOW, unit=city.bureau).home == JINSHUI
    assert commands.begin(by=by, at=NOW, unit=city.county_office).home == ""


def test_who_has_no_duty_of_calling_does_not_call(city: Cast):
    assert "职务" in refused(commands.begin, by=city.officer, at=NOW, unit=city.county_office)
    c = listed(city)
    assert "由点名的单位登记" in refused(
        commands.result, c.pk, by=city.county_clerk, at=NOW, result="NORMAL", answered_by="周主任"
    )
    assert RollCall.everything.get().state == "WAITING"


def test_a_unit_stands_once_on_the_sheet_of_a_round(city: Cast):
    by = watch(city)
    commands.begin(by=by, at=NOW, unit=city.county_office)
    assert "同一轮只点名一次" in refused(commands.begin, by=by, at=NOW, unit=city.county_office)
    assert commands.begin(by=by, at=NOW, unit=city.county_office, round=2).round == 2


def test_a_result_says_who_answered_and_why_nobody_was_there(city: Cast):
    c = listed(city)
    said: dict[str, Any] = {"by": watch(city), "at": NOW}
    assert "接听人姓名" in refused(commands.result, c.pk, result="NORMAL", **said)
    assert "写明情况" in refused(commands.result, c.pk, result="ABSENT", **said)
    assert "请选择点名结果" in refused(commands.result, c.pk, result="VOID", **said)
    assert "响铃次数" in refused(commands.result, c.pk, result="UNANSWERED", rings=900, **said)
    assert RollCall.everything.get().state == "WAITING"
    done = commands.result(
        c.pk, result="NORMAL", answered_by="周主任", post="带班", leader_present=True, rings=2, **said
    )
    assert (done.state, done.answered_by, done.leader_present) == ("NORMAL", "周主任", True)


def test_what_was_not_called_on_its_day_stays_uncalled(city: Cast):
    c = listed(city)
    answer = {"result": "NORMAL", "answered_by": "周主任"}
    assert "补登点名" in refused(commands.result, c.pk, by=watch(city), at=later(days=1), **answer)
    assert figures(TODAY)["roll_calls_waiting"] == 1


def test_whoever_answers_the_second_call_answered_late(city: Cast):
    c = listed(city)
    by = watch(city)
    commands.result(c.pk, by=by, at=NOW, result="UNANSWERED", rings=8)
    again = NOW + timedelta(minutes=20)
    assert "请选择点名结果" in refused(
        commands.again, c.pk, by=by, at=again, result="NORMAL", answered_by="周主任"
    )
    done = commands.again(c.pk, by=by, at=again, result="LATE", answered_by="周主任", leader_present=False)
    assert (done.state, done.called_at, done.again_at) == ("LATE", NOW, again)


def test_a_wrong_entry_is_put_right_with_a_reason_and_stays_in_the_journal(city: Cast):
    c = listed(city)
    by = watch(city)
    commands.result(c.pk, by=by, at=NOW, result="ABSENT", remark="保安接听")
    assert "理由" in refused(
        commands.correct, c.pk, by=by, at=NOW, result="NORMAL", answered_by="周主任", reason=""
    )
    done = commands.correct(c.pk, by=by, at=NOW, result="NORMAL", answered_by="周主任", reason="听错了单位")
    assert (done.state, done.reason) == ("NORMAL", "听错了单位")
    assert [e.act for e in JournalEntry.objects.filter(kind="rollcall").order_by("no")] == [
        "begin",
        "result",
        "correct",
    ]
    assert figures(TODAY)["roll_calls_absent"] == 0


def test_a_call_from_paper_stands_under_its_own_day_and_none_from_tomorrow(city: Cast):
    by = watch(city)
    said: dict[str, Any] = {"unit": city.county_office, "result": "NORMAL", "answered_by": "周主任"}
    tomorrow = TODAY + timedelta(days=1)
    assert "还没有到" in refused(
        commands.record, by=by, at=NOW, day=tomorrow, called_at=later(days=1), **said
    )
    assert "还没有到" in refused(
        commands.record, by=by, at=NOW, day=TODAY, called_at=NOW + timedelta(hours=1), **said
    )
    c = commands.record(by=by, at=later(days=2), day=TODAY, called_at=NOW, **said)
    assert (c.day, c.called_at) == (TODAY, NOW)


def test_the_unit_in_which_nobody_was_reached_is_told(city: Cast):
    c = listed(city)
    clerk = city.county_clerk
    commands.result(c.pk, by=watch(city), at=NOW, result="ABSENT", remark="保安接听")
    told = Notice.objects.get(person=clerk.id)
    assert "脱岗" in told.msgid
    assert told.link == c.get_absolute_url()


def figures(day: Any, place: str = "4101") -> dict[str, Any]:
    codes = ("roll_calls", "roll_calls_normal", "roll_calls_late", "roll_calls_unanswered", "roll_calls_absent",
             "roll_calls_leader", "roll_calls_waiting", "roll_call_rate", "units_called")  # fmt: skip
    table = engine.read(Ask(codes, (place,), Period(day, day)))
    return {code: table[code, place] for code in codes}


def test_calls_are_counted_by_what_came_of_them_and_each_figure_opens_into_its_calls(city: Cast):
    by = watch(city)
    department = organisation("DEPARTMENT", "市教育局", system="EDUCATION")
    one, two = (commands.begin(by=by, at=NOW, unit=u) for u in (city.county_office, department))
    assert figures(TODAY)["roll_calls_waiting"] == 2
    commands.result(one.pk, by=by, at=NOW, result="NORMAL", answered_by="周主任", leader_present=True)
    commands.result(two.pk, by=by, at=NOW, result="UNANSWERED", rings=8)
    found = figures(TODAY)
    assert found == {
        "roll_calls": 2, "roll_calls_normal": 1, "roll_calls_late": 0, "roll_calls_unanswered": 1,
        "roll_calls_absent": 0, "roll_calls_leader": 1, "roll_calls_waiting": 0, "roll_call_rate": 50.0,
        "units_called": 2,
    }  # fmt: skip
    county = figures(TODAY, JINSHUI)
    assert (county["roll_calls"], county["roll_call_rate"]) == (1, 100.0)
    rows = engine.rows("roll_calls_unanswered", place="4101", period=Period(TODAY, TODAY))
    assert [r.pk for r in rows] == [two.pk]


def test_a_county_sees_how_it_was_called_and_not_how_others_were(city: Cast):
    mine = listed(city)
    other = organisation("COUNTY_OFFICE", "二七区集中办公室", county=ERQI)
    listed(city, other)
    with acting_as(city.county_clerk):
        assert [c.pk for c in queries.calls(day=TODAY)] == [mine.pk]


# -- pages -----------------------------------------------------------------------------------------


def test_a_round_is_begun_worked_through_line_by_line_and_leads_to_the_next_line(city: Cast):
    by = watch(city)
    department = organisation("DEPARTMENT", "市教育局", system="EDUCATION")
    county = city.county_office
    client = signed_in(by)
    assert "开始今天的点名" in client.get("/duty/").content.decode()
    assert client.post("/duty/begin/", follow=True).status_code == 200
    rows = {c.organisation: c for c in RollCall.everything.all()}
    assert {county.pk, department.pk} <= set(rows)
    first = rows[county.pk]
    said = {
        "seen": first.seq,
        "result": "NORMAL",
        "answered_by": "周主任",
        "post": "主任",
        "leader_present": "on",
        "remark": "",
    }
    answer = client.post(f"/duty/{first.pk}/result/", said)
    assert answer.status_code == 302
    assert f"#c{min(c.pk for c in rows.values() if c.pk > first.pk)}" in answer["Location"]
    assert "周主任" in client.get("/duty/").content.decode()
    again = client.post("/duty/begin/", follow=True).content.decode()
    assert "还没有点完" in again
    assert RollCall.everything.filter(round=2).count() == 0


def test_a_line_without_a_name_comes_back_with_what_was_typed(city: Cast):
    client = signed_in(watch(city))
    c = listed(city, at=timezone.now())
    answer = client.post(f"/duty/{c.pk}/result/", {"result": "NORMAL", "answered_by": "", "remark": "第一次"})
    assert answer.status_code == 422
    assert "接听人姓名" in answer.content.decode()
    assert "第一次" in answer.content.decode()
    assert answer.context["form"].errors["answered_by"]
    assert RollCall.everything.get(pk=c.pk).state == "WAITING"


def test_a_number_that_was_used_once_is_offered_again(city: Cast):
    listed(city, at=timezone.now() - timedelta(days=2), phone="0371-67180000")
    client = signed_in(watch(city))
    client.post("/duty/begin/")
    assert "0371-67180000" in client.get("/duty/").content.decode()


def test_a_day_that_is_none_is_refused_in_words(city: Cast):
    answer = signed_in(watch(city)).get("/duty/?day=2019-13-40")
    assert answer.status_code == 422
    assert "不是日期" in answer.content.decode()


def test_the_screen_has_a_light_for_each_unit_and_none_for_whom_duty_is_no_matter(city: Cast):
    by = watch(city)
    now = timezone.now()
    c = commands.begin(by=by, at=now, unit=city.county_office)
    screen = signed_in(by).get("/screen/data.json").json()
    assert [(one["unit"], one["light"]) for one in screen["duty"]["lights"]] == [("区集中办公室", "GREY")]
    commands.result(c.pk, by=by, at=now, result="UNANSWERED", rings=9)
    assert signed_in(by).get("/screen/data.json").json()["duty"]["lights"][0]["light"] == "RED"
    assert signed_in(city.second).get("/screen/data.json").json()["duty"] is None
