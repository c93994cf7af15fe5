"""Periods by their names: the field says 国庆节, not a pair of dates."""

from datetime import date

import pytest

from anlan.figures import periods
from anlan.figures.periods import Named, Period, named
from anlan.kernel.words import Refused

pytestmark = pytest.mark.django_db
ON = date(2019, 11, 20)


@pytest.mark.parametrize(
    "code", ["national-day-2099", "mid-autum-2019", "2019-13", "week-2019-02-30", "", "昨天"]
)
def test_a_name_that_is_none_is_refused(code):
    with pytest.raises(Refused):
        named(code, on=ON)


def test_the_nearest_names_are_said():
    with pytest.raises(Refused, match="mid-autumn-2019"):
        named("mid-autum-2019", on=ON)


def test_a_period_does_not_end_before_it_starts():
    with pytest.raises(Refused, match="早于开始日"):
        Period(date(2019, 10, 7), date(2019, 10, 1))


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("mid-autumn-2019", date(2019, 9, 13), date(2019, 9, 15)),
        ("national-day-2019", date(2019, 10, 1), date(2019, 10, 7)),
        ("spring-festival-2019", date(2019, 2, 4), date(2019, 2, 10)),
        ("new-year-2019", date(2018, 12, 30), date(2019, 1, 1)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2019-Q3", date(2019, 7, 1), date(2019, 9, 30)),
        ("2019-H2", date(2019, 7, 1), date(2019, 12, 31)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("week-2019-10-03", date(2019, 9, 27), date(2019, 10, 3)),
        ("week-2019-10-04", date(2019, 10, 4), date(2019, 10, 10)),
        ("last-30-days", date(2019, 10, 22), ON),
        ("to-date", date(2019, 1, 1), ON),
    ],
)
def test_a_name_is_its_days(code, start, end):
    found = named(code, on=ON)
    assert (found.period.start, found.period.end) == (start, end)
    assert found.label


def test_a_campaign_lends_its_periods_and_to_date_counts_from_its_start(monkeypatch):
    own = Named("campaign-1", "集中行动", Period(date(2019, 7, 31), date(2019, 12, 31)))
    monkeypatch.setattr(periods, "PROVIDERS", [lambda on: [own]])
    assert named("campaign-1", on=ON) == own
    assert named("to-date", on=ON).period == Period(date(2019, 7, 31), ON)
    assert periods.offered(on=ON)[0] == own


def test_what_is_offered_can_be_asked_for():
    for one in periods.offered(on=ON):
        assert named(one.code, on=ON).period == one.period
