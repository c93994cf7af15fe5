"""Putting it right: ordered or begun, planned, reported, extended, submitted. Refusals first."""

from datetime import date, datetime

import pytest

from anlan.figures.engine import Ask, Period, read
from anlan.hazards import commands
from anlan.hazards.models import Extension
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import FIVE, SIX, UTC, City, fresh, later, photos, register, rounds, told
from anlan.kernel.words import Refused
from anlan.standards import queries as standards
from anlan.standards.models import TermRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def submit(city: City, h, at, by=None, **given):
    said = {"measures": "已加装箱门", "photos": photos(at=at)} | given
    return commands.submit(h.pk, by=by or city.principal, at=at, **said)


def ask(city: City, h, at, until=date(2019, 9, 20), **given):
    return commands.ask_extension(h.pk, by=city.principal, at=at, reason="配件未到货", until=until, **given)


# -- ordered, or begun by the firm ------------------------------------------------------------------


def test_an_ungraded_one_is_not_ordered(city):
    h = register(city.officer, city.firm, general=False)
    with pytest.raises(Refused, match="请先定级"):
        commands.order(h.pk, by=city.officer, at=later(), due_on=date(2019, 9, 9), requirement="装门")


def test_another_organ_orders_nothing_about_it(city):
    h = register(city.officer, city.firm)
    with pytest.raises(Refused, match="尚未交办"):
        commands.order(h.pk, by=city.town_officer, at=later(), due_on=date(2019, 9, 9), requirement="装门")


def test_a_deadline_is_a_day_within_a_year_and_does_not_roll_over_holidays(city):
    h = register(city.officer, city.firm)
    with pytest.raises(Refused, match="不能超过一年"):
        commands.order(h.pk, by=city.officer, at=later(), due_on=date(2020, 9, 30), requirement="装门")
    national_day = date(2019, 10, 1)
    done = commands.order(h.pk, by=city.officer, at=later(), due_on=national_day, requirement="装门")
    assert (done.due_on, done.late_from) == (national_day, date(2019, 10, 2))


@pytest.mark.parametrize(
    ("second", "words"), [(None, "请选择另一名"), ("officer", "不能是同一人"), ("head", "没有执法证")]
)
def test_a_legal_order_is_given_by_two_officers_of_the_organ(city, second, words):
    h = register(city.officer, city.firm)
    with pytest.raises(Refused, match=words):
        commands.order(
            h.pk, by=city.officer, at=later(), due_on=date(2019, 9, 9), requirement="装门", legal=True,
            second=getattr(city, second) if second else None,
        )  # fmt: skip


def test_an_expired_credential_is_none(city):
    h = register(city.officer, city.firm)
    lapsed = scenes.replace(city.second, credential_until=date(2019, 8, 31))
    with pytest.raises(Refused, match="已于2019-08-31到期"):
        commands.order(
            h.pk, by=city.officer, at=later(), due_on=date(2019, 9, 9), requirement="装门", legal=True,
            second=lapsed,
        )  # fmt: skip


def test_the_firm_begins_on_its_own_with_a_deadline_and_somebody_responsible(city):
    h = register(city.manager, city.firm)
    with pytest.raises(Refused, match="整改责任人"):
        commands.start_own(h.pk, by=city.manager, at=later(), due_on=date(2019, 9, 9), responsible="")
    with pytest.raises(Refused, match="请先“接管”"):
        commands.order(h.pk, by=city.officer, at=later(), due_on=date(2019, 9, 9), requirement="装门")
    done = commands.start_own(
        h.pk, by=city.manager, at=later(), due_on=date(2019, 9, 9), responsible="马师傅"
    )
    assert (done.state, done.now_organ, done.legal_order) == ("RECTIFYING", None, False)


def test_the_firm_does_not_begin_on_what_an_inspection_found(city):
    h = register(city.officer, city.firm)
    with pytest.raises(Refused, match="由监管部门办理"):
        commands.start_own(h.pk, by=city.manager, at=later(), due_on=date(2019, 9, 9), responsible="马师傅")


def test_the_regulator_sees_every_self_found_one_and_may_take_it_over(city):
    h = scenes.own(city)
    for who in (city.officer, city.town_officer, city.clerk, city.leader):
        assert scenes.see(h, who).pk == h.pk
    with pytest.raises(Refused, match="接管理由"):
        commands.take_over(h.pk, by=city.officer, at=later(1), reason="")
    commands.take_over(h.pk, by=city.officer, at=later(1), reason="涉及相邻多户")
    with pytest.raises(Refused, match="已由监管部门接管"):
        commands.take_over(h.pk, by=city.town_officer, at=later(1), reason="再接管")
    submit(city, h, later(2), by=city.manager)
    with pytest.raises(Refused, match="由监管部门办理"):
        commands.accept_own(h.pk, by=city.principal, at=later(3), opinion="合格")
    assert commands.accept(h.pk, by=city.officer, at=later(3), opinion="合格").close_basis == "ACCEPTED"


# -- planned and reported ---------------------------------------------------------------------------


@pytest.mark.parametrize("missing", sorted(SIX))
def test_a_treatment_plan_has_its_six_items(city, missing):
    h = scenes.major(city)
    with pytest.raises(Refused, match="请填写"):
        commands.plan(h.pk, by=city.principal, at=later(1), **(SIX | {missing: " "}), **FIVE)


@pytest.mark.parametrize("missing", sorted(FIVE))
def test_the_plan_of_a_major_one_is_fulfilled_in_five_ways(city, missing):
    h = scenes.major(city)
    with pytest.raises(Refused, match="五落实"):
        commands.plan(h.pk, by=city.principal, at=later(1), **SIX, **(FIVE | {missing: False}))


def test_the_principal_himself_files_the_plan_before_a_major_one_is_submitted(city):
    h = scenes.major(city)
    with pytest.raises(Refused, match="您的职务不能"):
        commands.plan(h.pk, by=city.manager, at=later(1), **SIX, **FIVE)
    with pytest.raises(Refused, match="须先报送治理方案"):
        submit(city, h, later(2), evaluation="SELF")
    commands.plan(h.pk, by=city.principal, at=later(2), **SIX, **FIVE)
    with pytest.raises(Refused, match="治理效果评估"):
        submit(city, h, later(3))
    assert submit(city, h, later(3), evaluation="EXPERT").state == "REVIEW"


def test_the_plan_is_a_record_and_a_second_one_leaves_the_first(city):
    h = scenes.major(city)
    for n in (1, 2):
        commands.plan(h.pk, by=city.principal, at=later(n), **(SIX | {"goals": f"目标{n}"}), **FIVE)
    assert [p.goals for p in scenes.TreatmentPlan.everything.filter(hazard=h).order_by("pk")] == [
        "目标1",
        "目标2",
    ]


def test_progress_is_said_in_words_and_per_cent(city):
    h = scenes.ordered(city)
    with pytest.raises(Refused, match="0到100"):
        commands.progress(h.pk, by=city.manager, at=later(1), words="正在安装", percent=101)
    assert (
        commands.progress(h.pk, by=city.manager, at=later(1), words="正在安装", percent=60).seq == h.seq + 1
    )


# -- extended ---------------------------------------------------------------------------------------


def test_an_extension_is_asked_for_before_the_deadline_and_for_a_later_day(city):
    h = scenes.ordered(city, due=5)
    with pytest.raises(Refused, match="须晚于现期限"):
        ask(city, h, later(1), until=date(2019, 9, 7))
    with pytest.raises(Refused, match="您的职务不能"):
        commands.ask_extension(h.pk, by=city.manager, at=later(1), reason="配件未到", until=date(2019, 9, 20))
    with pytest.raises(Refused, match="已过,不能再申请延期"):
        ask(city, h, later(6))
    assert ask(city, h, later(5)).extension_pending


def test_a_major_one_is_asked_for_fifteen_working_days_before(city):
    h = scenes.major(
        city, due=60
    )  # due on 1 November; the fifteen working days before it begin on 14 October
    with pytest.raises(Refused, match="延期须在2019-10-13前申请"):
        ask(city, h, datetime(2019, 10, 14, 2, tzinfo=UTC), until=date(2019, 12, 1))
    assert ask(city, h, datetime(2019, 10, 13, 2, tzinfo=UTC), until=date(2019, 12, 1)).extension_pending


def test_how_long_before_is_the_term_in_force_on_the_day_of_asking(city):
    early, late = scenes.ordered(city, due=20), scenes.ordered(city, due=20, description="另一处")
    row = TermRow.objects.get(code="extension_general_before")
    TermRow.objects.create(
        code=row.code, label=row.label, law="新办法", article="第九条", days=5, count="CALENDAR", rolls=False,
        mark=row.mark, since=date(2019, 9, 10),
    )  # fmt: skip
    TermRow.objects.filter(pk=row.pk).update(until=date(2019, 9, 9))
    standards.forget()
    try:
        assert ask(
            city, early, datetime(2019, 9, 9, 2, tzinfo=UTC), until=date(2019, 10, 9)
        ).extension_pending
        with pytest.raises(Refused, match="2019-09-17前申请"):
            ask(city, late, datetime(2019, 9, 18, 2, tzinfo=UTC), until=date(2019, 10, 9))
    finally:
        standards.forget()


def test_one_extension_by_default_and_the_first_deadline_is_kept(city):
    h = scenes.ordered(city, due=5)
    ask(city, h, later(1))
    with pytest.raises(Refused, match="等待决定"):
        ask(city, h, later(1))
    done = commands.grant_extension(h.pk, by=city.officer, at=later(2), opinion="情况属实")
    assert (done.due_on, done.due_original_on, done.extended) == (date(2019, 9, 20), date(2019, 9, 7), 1)
    with pytest.raises(Refused, match="已延期1次"):
        ask(city, h, later(3), until=date(2019, 9, 30))
    with pytest.raises(Refused, match="没有等待决定的延期申请"):
        commands.grant_extension(h.pk, by=city.officer, at=later(3))


def test_an_extension_is_a_record_of_who_asked_and_who_decided(city):
    h = scenes.ordered(city, due=5)
    ask(city, h, later(1), interim="停用该设备")
    with pytest.raises(Refused, match="不同意的理由"):
        commands.refuse_extension(h.pk, by=city.officer, at=later(2), opinion="")
    refused = commands.refuse_extension(h.pk, by=city.officer, at=later(2), opinion="可以按期完成")
    assert (refused.due_on, refused.extended) == (date(2019, 9, 7), 0)
    record = Extension.everything.get(hazard=h)
    assert (record.by_name, record.decided_by_name, record.granted, record.opinion, record.interim) == (
        "陈厂长", "李强", False, "可以按期完成", "停用该设备",
    )  # fmt: skip


def test_the_extension_of_a_major_one_is_decided_by_the_head(city):
    h = scenes.major(city)
    ask(city, h, later(3), until=date(2019, 12, 1))
    with pytest.raises(Refused, match="由部门负责人决定"):
        commands.grant_extension(h.pk, by=city.officer, at=later(4))
    assert commands.grant_extension(h.pk, by=city.head, at=later(4)).due_on == date(2019, 12, 1)


def test_an_extension_of_what_the_firm_found_itself_reaches_the_regulator(city):
    cast = [city.officer, city.town_officer]
    h = scenes.own(city)
    ask(city, h, later(1))
    for person in cast:
        assert ("WAITING", f"{h.number}申请延期,请决定") in told(person)
    assert commands.grant_extension(h.pk, by=city.town_officer, at=later(2)).due_on == date(2019, 9, 20)


def test_an_application_falls_away_when_the_work_is_handed_in(city):
    h = scenes.ordered(city, due=5)
    ask(city, h, later(1))
    done = submit(city, h, later(2))
    assert (done.extension_pending, Extension.everything.get(hazard=h).granted) == (False, False)
    commands.fail(h.pk, by=city.officer, at=later(3), still_open="箱门未锁", due_on=date(2019, 9, 9))
    with pytest.raises(Refused, match="没有等待决定"):
        commands.grant_extension(h.pk, by=city.officer, at=later(3))


# -- submitted --------------------------------------------------------------------------------------


def test_without_measures_or_a_photo_after_nothing_is_submitted(city):
    h = scenes.ordered(city)
    with pytest.raises(Refused, match="整改措施"):
        submit(city, h, later(1), measures=" ")
    with pytest.raises(Refused, match="整改后照片"):
        submit(city, h, later(1), photos=[])
    with pytest.raises(Refused, match="不能是负数"):
        submit(city, h, later(1), money_spent=-1)
    assert fresh(h).state == "RECTIFYING"


def test_submitting_stops_the_clock_on_that_day_whenever_it_is_accepted(city):
    h = scenes.ordered(city, due=5)
    submit(city, h, later(5), money_spent=800)
    done = commands.accept(h.pk, by=city.officer, at=later(20), opinion="合格")
    assert (done.rectified_on, done.closed_on, done.stopped_on) == (
        date(2019, 9, 7), date(2019, 9, 22), date(2019, 9, 7),
    )  # fmt: skip
    assert not rounds(h)[0].late
    month = Period(date(2019, 9, 1), date(2019, 9, 30))
    table = read(Ask(("rectified", "closed", "money", "overdue"), ("4101",), month))
    assert [table[c, "4101"] for c in ("rectified", "closed", "money", "overdue")] == [1, 1, 800, 0]


def test_rectified_and_closed_are_two_dates_and_two_figures(city):
    h = scenes.ordered(city, due=5)
    submit(city, h, later(2))
    commands.accept(h.pk, by=city.officer, at=later(9), opinion="合格")

    def on(day: date) -> list:
        table = read(Ask(("rectified", "closed", "open"), ("4101",), Period(day, day)))
        return [table[c, "4101"] for c in ("rectified", "closed", "open")]

    assert on(date(2019, 9, 4)) == [1, 0, 1]
    assert on(date(2019, 9, 8)) == [0, 0, 1]
    assert on(date(2019, 9, 11)) == [0, 1, 0]


def test_a_day_late_is_late_for_that_round_whatever_comes_after(city):
    h = scenes.ordered(city, due=5)
    submit(city, h, later(6))
    commands.fail(h.pk, by=city.officer, at=later(7), still_open="线路未整理", due_on=date(2019, 9, 15))
    submit(city, h, later(8))
    commands.accept(h.pk, by=city.officer, at=later(9), opinion="合格")
    first, second = rounds(h)
    assert [(r.no, r.late, r.passed) for r in (first, second)] == [(1, True, False), (2, False, True)]
    assert (first.still_open, first.due_on, fresh(h).due_original_on) == (
        "线路未整理", date(2019, 9, 7), date(2019, 9, 7),
    )  # fmt: skip


def test_nothing_happens_before_it_was_found(city):
    h = scenes.ordered(city)
    with pytest.raises(Refused, match="早于发现时间"):
        submit(city, h, later(-1))
