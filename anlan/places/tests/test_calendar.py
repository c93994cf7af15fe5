"""The work calendar: what it knows, who may change it, and what it says before it ends."""

from datetime import date

import pytest

from anlan.kernel.clock import CalendarEnds, Days, Term
from anlan.kernel.words import Refused
from anlan.places import commands, queries
from anlan.places.loading import load_reference
from anlan.places.models import CalendarDay
from anlan.places.tests.scenes import ADMINISTRATOR, CLERK, NOW, TODAY

pytestmark = pytest.mark.django_db
NOTICE = "国办发明电〔2026〕1号"


def given_day(day: date, working: bool, by=ADMINISTRATOR):
    return commands.set_day(by=by, at=NOW, day=day, working=working, name="市运会", source=NOTICE)


def test_only_who_may_edit_the_calendar_can_set_a_day():
    with pytest.raises(Refused, match="您的职务不能"):
        given_day(date(2026, 11, 13), False, by=CLERK)


def test_a_day_needs_its_notice():
    with pytest.raises(Refused, match="依据"):
        commands.set_day(by=ADMINISTRATOR, at=NOW, day=date(2026, 11, 13), working=False, name="", source=" ")


def test_a_day_that_is_so_already_is_not_entered_again():
    with pytest.raises(Refused, match="原本就是"):
        given_day(date(2026, 10, 1), False)


def test_a_day_beyond_next_year_is_refused():
    with pytest.raises(Refused, match="只能录入"):
        given_day(date(2028, 1, 1), False)


def test_a_year_without_holidays_is_not_complete():
    with pytest.raises(Refused, match="请先录入2027年"):
        commands.complete_year(by=ADMINISTRATOR, at=NOW, year=2027, source=NOTICE)


def test_years_are_completed_one_after_another():
    with pytest.raises(Refused, match="2027"):
        commands.complete_year(by=ADMINISTRATOR, at=NOW, year=2028, source=NOTICE)


def test_a_year_is_not_taken_back_from_under_the_next():
    for year in (2027, 2028):
        given_day(date(year, 10, 5) if year == 2027 else date(2028, 10, 4), False)
        commands.complete_year(by=ADMINISTRATOR, at=NOW, year=year, source=NOTICE)
    first = next(c for c in queries.changes() if c.year == 2027)
    with pytest.raises(Refused, match="其后的年度"):
        commands.withdraw(first.pk, by=ADMINISTRATOR, at=NOW)


def test_a_term_does_not_reach_past_the_last_known_day():
    with pytest.raises(CalendarEnds):
        Term(10, Days.WORKING, "").last_day(date(2026, 12, 28), queries.calendar())


def test_the_calendar_knows_the_national_day_of_2019_and_its_make_up_days():
    known = queries.calendar()
    assert not any(known.is_working(date(2019, 10, day)) for day in range(1, 8))
    assert known.is_working(date(2019, 9, 29))
    assert known.is_working(date(2019, 10, 12))


def test_a_day_off_counts_at_once_and_no_more_when_withdrawn():
    day = date(2026, 11, 13)
    assert queries.calendar().is_working(day)
    change = given_day(day, False)
    assert not queries.calendar().is_working(day)
    commands.withdraw(change.pk, by=ADMINISTRATOR, at=NOW)
    assert queries.calendar().is_working(day)


def test_a_run_of_days_passes_over_what_is_so_already():
    made = commands.enter_days(
        first=date(2027, 1, 1), last=date(2027, 1, 3), working=False, name="元旦", source=NOTICE,
        by=ADMINISTRATOR, at=NOW,
    )  # fmt: skip
    assert [c.day for c in made] == [date(2027, 1, 1)]  # the other two are a weekend


def test_a_new_year_counts_only_when_it_is_complete():
    given_day(date(2027, 1, 1), False)
    assert queries.calendar_ends() == date(2026, 12, 31)
    commands.complete_year(by=ADMINISTRATOR, at=NOW, year=2027, source=NOTICE)
    assert queries.calendar_ends() == date(2027, 12, 31)
    assert not queries.calendar().is_working(date(2027, 1, 1))


def test_it_warns_before_it_runs_out():
    assert queries.calendar_warning(date(2026, 11, 1)) is None
    assert "还有59天" in str(queries.calendar_warning(TODAY))
    assert "到期" in str(queries.calendar_warning(date(2027, 1, 1)))


def test_loading_again_changes_nothing():
    CalendarDay.objects.filter(day=date(2026, 10, 1)).update(name="改过")
    before = CalendarDay.objects.count()
    load_reference()
    assert CalendarDay.objects.count() == before
    assert CalendarDay.objects.get(day=date(2026, 10, 1)).name == "改过"
