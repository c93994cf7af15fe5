"""The legal clock: working days over the National Day of 2019, calendar days, last days, unknown days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.kernel.clock import CHINA, Calendar, CalendarEnds, Days, Moment, Term, day_of
from anlan.places import queries as places

#: 国办发明电〔2018〕15号: 1 to 7 October off, worked on Sunday 29 September and Saturday 12 October
HOLIDAY = frozenset(date(2019, 10, d) for d in range(1, 8))
MADE_UP = frozenset({date(2019, 9, 29), date(2019, 10, 12)})
AUTUMN = Calendar(date(2019, 9, 1), date(2019, 10, 31), HOLIDAY, MADE_UP)
DAYS = st.dates(date(2019, 9, 1), date(2019, 10, 10))
NINE = datetime(2019, 9, 2, 1, 0, tzinfo=UTC)


def working(days: int, *, rolls: bool = False) -> Term:
    return Term(days, Days.WORKING, "行政强制法", rolls)


def calendar_days(days: int, *, rolls: bool = False) -> Term:
    return Term(days, Days.CALENDAR, "民法典", rolls)


# -- what cannot be said --------------------------------------------------------------------------


def test_an_instant_without_a_time_zone_has_no_day():
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2019, 9, 2, 9))


@pytest.mark.parametrize("day", [date(2019, 8, 31), date(2019, 11, 1)])
def test_a_day_without_a_calendar_is_neither_worked_nor_free(day):
    with pytest.raises(CalendarEnds, match=day.isoformat()) as ended:
        AUTUMN.is_working(day)
    assert ended.value.day == day


def test_a_term_in_working_days_that_leaves_the_calendar_is_refused():
    with pytest.raises(CalendarEnds):
        working(10).last_day(date(2019, 10, 25), AUTUMN)
    with pytest.raises(CalendarEnds):
        working(10).starts_no_later_than(date(2019, 9, 6), AUTUMN)
    with pytest.raises(CalendarEnds):
        calendar_days(10, rolls=True).last_day(date(2019, 10, 25), AUTUMN)


def test_a_term_in_calendar_days_asks_no_calendar():
    unknown = Calendar(first=date.max, last=date.min)
    assert calendar_days(30).last_day(date(2019, 9, 20), unknown) == date(2019, 10, 20)
    assert calendar_days(5).starts_no_later_than(date(2019, 10, 3), unknown) == date(2019, 9, 28)


# -- the National Day of 2019 ---------------------------------------------------------------------


@pytest.mark.parametrize("day", sorted(HOLIDAY))
def test_no_day_of_the_holiday_is_worked(day):
    assert not AUTUMN.is_working(day)


@pytest.mark.parametrize("day", sorted(MADE_UP))
def test_a_weekend_day_given_in_exchange_is_worked(day):
    assert day.weekday() >= 5
    assert AUTUMN.is_working(day)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2019, 9, 27), 1, date(2019, 9, 29)),  # Friday; Saturday is free, Sunday is worked
        (date(2019, 9, 27), 2, date(2019, 9, 30)),
        (date(2019, 9, 30), 1, date(2019, 10, 8)),
        (date(2019, 9, 30), 5, date(2019, 10, 12)),  # 8 to 11 October and the Saturday after
        (date(2019, 9, 30), 6, date(2019, 10, 14)),
        (date(2019, 10, 3), 1, date(2019, 10, 8)),
        (date(2019, 9, 26), 0, date(2019, 9, 26)),
    ],
)
def test_a_term_in_working_days_over_the_holiday(start, days, last):
    assert working(days).last_day(start, AUTUMN) == last


def test_the_shipped_calendar_counts_the_holiday_alike(db):
    shipped = places.calendar()
    day = AUTUMN.first
    while day <= AUTUMN.last:
        if not date(2019, 9, 13) <= day <= date(2019, 9, 15):  # Mid-Autumn
            assert shipped.is_working(day) == AUTUMN.is_working(day), day
        day += timedelta(days=1)
    assert not any(shipped.is_working(date(2019, 9, d)) for d in (13, 14, 15))


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2019, 9, 26), 5, date(2019, 10, 8)),  # 1 October, moved past the holiday
        (date(2019, 9, 24), 5, date(2019, 9, 29)),  # a Sunday that is worked stays
        (date(2019, 9, 16), 5, date(2019, 9, 23)),  # a Saturday moves to Monday
    ],
)
def test_a_last_day_that_is_a_holiday_moves_where_the_term_says_so(start, days, last):
    assert calendar_days(days, rolls=True).last_day(start, AUTUMN) == last
    assert calendar_days(days).last_day(start, AUTUMN) == start + timedelta(days=days)


# -- first and last day ---------------------------------------------------------------------------


def test_the_day_a_term_starts_is_not_counted_and_its_last_day_is():
    assert calendar_days(5).last_day(date(2019, 9, 2), AUTUMN) == date(2019, 9, 7)
    assert AUTUMN.working_days_between(date(2019, 9, 2), date(2019, 9, 3)) == 1
    assert AUTUMN.working_days_between(date(2019, 9, 2), date(2019, 9, 2)) == 0


@given(DAYS, st.integers(1, 12))
def test_the_last_day_is_the_first_with_so_many_working_days(start, days):
    last = working(days).last_day(start, AUTUMN)
    assert AUTUMN.working_days_between(start, last) == days
    assert AUTUMN.working_days_between(start, last - timedelta(days=1)) == days - 1


@given(st.dates(date(2019, 9, 20), date(2019, 10, 30)), st.integers(1, 8))
def test_the_latest_start_leaves_so_many_working_days_and_the_next_day_fewer(end, days):
    latest = working(days).starts_no_later_than(end, AUTUMN)
    assert AUTUMN.working_days_between(latest, end) == days
    assert AUTUMN.working_days_between(latest + timedelta(days=1), end) < days


@given(DAYS, st.integers(0, 12))
def test_a_term_that_moves_ends_on_a_working_day_and_never_earlier(start, days):
    plain = calendar_days(days).last_day(start, AUTUMN)
    moved = calendar_days(days, rolls=True).last_day(start, AUTUMN)
    assert moved >= plain
    assert AUTUMN.is_working(moved)


# -- days and moments -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2019, 9, 1, 15, 59, tzinfo=UTC), date(2019, 9, 1)),
        (datetime(2019, 9, 1, 16, 0, tzinfo=UTC), date(2019, 9, 2)),
        (datetime(2019, 9, 2, 23, 59, tzinfo=CHINA), date(2019, 9, 2)),
    ],
)
def test_a_day_is_the_day_in_china(instant, day):
    assert day_of(instant) == day


def test_a_device_ahead_of_us_is_taken_at_our_time_and_marked():
    moment = Moment.reported(happened=NINE + timedelta(hours=1), received=NINE)
    assert (moment.happened, moment.clock_was_off) == (NINE, True)


def test_nothing_happened_before_the_device_had_its_data():
    left = NINE - timedelta(days=1)
    moment = Moment.reported(happened=NINE - timedelta(days=9), received=NINE, not_before=left)
    assert (moment.happened, moment.clock_was_off) == (left, True)


def test_an_act_reported_late_counts_on_the_day_it_happened():
    moment = Moment.reported(happened=NINE, received=NINE + timedelta(days=2), not_before=NINE)
    assert (moment.day, moment.clock_was_off) == (date(2019, 9, 2), False)


@given(
    st.datetimes(datetime(2019, 1, 1), datetime(2020, 1, 1), timezones=st.just(UTC)),
    st.datetimes(datetime(2019, 1, 1), datetime(2020, 1, 1), timezones=st.just(UTC)),
    st.none() | st.datetimes(datetime(2019, 1, 1), datetime(2020, 1, 1), timezones=st.just(UTC)),
)
def test_nothing_happened_after_it_reached_us(happened, received, not_before):
    moment = Moment.reported(happened=happened, received=received, not_before=not_before)
    assert moment.happened <= moment.received == received
    assert moment.clock_was_off is (moment.happened != happened)
