"""Each of the forms T1–T8: begun, filled from the records, entered, frozen, as a file."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from python_calamine import CalamineWorkbook

from anlan.figures.ask import indicator
from anlan.figures.kinds import Added, Filed
from anlan.figures.reports import cadence, commands, filling, view
from anlan.figures.reports.models import Frozen, Report
from anlan.figures.reports.sheet import workbook
from anlan.figures.reports.states import Cadence
from anlan.figures.reports.tables import FORMS
from anlan.figures.tests.office import Offices
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import JINSHUI, STREET, register
from anlan.kernel.clock import CHINA
from anlan.kernel.scope import SYSTEM, acting_as

pytestmark = pytest.mark.django_db
DAY = scenes.TODAY
AFTER = datetime(2019, 10, 9, 1, 0, tzinfo=UTC)


@pytest.fixture
def city() -> Offices:
    return Offices()


def begun(city: Offices, form: str) -> Report:
    return commands.begin(by=city.filler, at=AFTER, form=form, day=DAY)


def cells(r: Report) -> dict:
    with acting_as(SYSTEM):
        return {at: cell.value for at, cell in filling.fill(r).items()}


@pytest.mark.parametrize(
    ("form", "start", "end", "due"),
    [
        ("T1", "2019-09-01", "2019-09-30", "2019-10-15T12:00"),
        ("T3", "2019-08-30", "2019-09-05", "2019-09-06T12:00"),
        ("T4", "2019-08-30", "2019-09-05", "2019-09-06T12:00"),
        ("T6", "2019-07-01", "2019-09-30", "2019-10-15T12:00"),
        ("T8", "2019-09-02", "2019-09-02", "2019-09-03T09:00"),
    ],
)
def test_the_filing_hour_is_not_the_window(form, start, end, due):
    period = cadence.period_of(FORMS[form].cadence, DAY)
    assert (str(period.start), str(period.end)) == (start, end)
    hour = cadence.due(FORMS[form].cadence, period)
    assert hour.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M") == due
    if FORMS[form].cadence == Cadence.WEEKLY:
        assert hour.astimezone(CHINA).weekday() == 4


@pytest.mark.parametrize("form", FORMS)
def test_the_columns_are_declared_indicators_and_no_cell_is_named_twice(form):
    f = FORMS[form]
    assert all(indicator(c.code) for c in f.columns)
    assert len({c.key for c in f.columns}) == len(f.columns)
    for place in ("4101", JINSHUI):
        keys = [row.key for row in f.rows(place)]
        assert len(set(keys)) == len(keys) > 0


@pytest.mark.parametrize("form", FORMS)
def test_each_is_filled_frozen_and_laid_out(city, form):
    register(city.officer, city.firm)
    r = begun(city, form)
    with acting_as(SYSTEM):
        by_hand = [
            f"{row.key}.{code}" for row, code in filling.by_hand(FORMS[form], FORMS[form].rows(r.place))
        ]
    if by_hand:
        commands.enter(r.pk, by=city.filler, at=AFTER, values=dict.fromkeys(by_hand, 3))
    r = commands.freeze(r.pk, by=city.filler, at=AFTER)
    assert Frozen.everything.get().digest == r.digest
    with acting_as(city.filler):
        shown = view.table(r)
        assert shown["changed"] == 0
        rows = (
            CalamineWorkbook.from_filelike(io.BytesIO(workbook(r, shown))).get_sheet_by_index(0).to_python()
        )
    assert rows[0][0] == str(FORMS[form].title)
    assert len(rows) >= 4 + len(shown["lines"]) + 2
    assert "口径" in rows[1][0]


def test_the_thirteen_kinds_add_up_and_the_city_has_a_line_for_each_county(city):
    r = begun(city, "T3")
    said = {
        f"{JINSHUI}.illegal_{kind}": n for n, kind in enumerate(("unlicensed", "defied", "other"), start=1)
    }
    commands.enter(r.pk, by=city.filler, at=AFTER, values=said)
    assert cells(r)[JINSHUI, "violations"] == 6
    commands.freeze(r.pk, by=city.filler, at=AFTER)
    commands.sign(r.pk, by=city.signer, at=AFTER + timedelta(hours=1))
    mine = commands.begin(by=city.clerk, at=AFTER, form="T3", day=DAY)
    found = cells(mine)
    assert (found[JINSHUI, "violations"], found["total", "violations"]) == (6, 6)
    assert found["410103", "violations"] is None  # not reported, and not nothing


def test_who_is_silent_in_the_quarter_opens_by_name(city, client):
    from anlan.people.models import User

    register(city.officer, city.firm)
    r = begun(city, "T6")
    found = cells(r)
    assert found[JINSHUI, "firms_listed"] == found[JINSHUI, "firms_silent"] == 1
    assert found[JINSHUI, "self_report_rate"] == 0
    client.force_login(User.objects.get(pk=city.filler.id))
    page = client.get(f"/figures/rows/?code=firms_silent&place={JINSHUI}&from=2019-07-01&to=2019-09-30")
    assert city.firm.name in page.content.decode()


def test_the_rate_of_a_town_without_hazards_is_a_dash_and_not_all(city):
    register(city.officer, city.firm)
    found = cells(begun(city, "T7"))
    assert found[STREET, "cohort"] == 1
    assert found[STREET, "rectification_rate"] == 0
    assert found[f"{JINSHUI}002", "rectification_rate"] is None
    assert found["total", "cohort"] == 1


def test_a_row_that_the_system_does_not_keep_apart_is_entered_whole_and_its_rate_worked_out(city):
    r = begun(city, "T2")
    commands.enter(
        r.pk,
        by=city.filler,
        at=AFTER,
        values={"water.cohort_general": 8, "water.cohort_rectified_general": 6},
    )
    found = cells(r)
    assert found["water", "general_rate"] == 75.0
    assert found["rail", "cohort_general"] is None


def test_filed_figures_are_no_measure_and_sums_name_their_parts():
    from anlan.figures.indicators import INDICATORS

    filed = [i for i in INDICATORS.values() if isinstance(i, Filed)]
    added = [i for i in INDICATORS.values() if isinstance(i, Added)]
    assert len(filed) > 20
    assert all(isinstance(indicator(p), Filed) for i in added for p in i.parts)


def test_a_day_is_reported_by_nine_of_the_next(city):
    r = begun(city, "T8")
    assert (r.start, r.end) == (date(2019, 9, 2), date(2019, 9, 2))
    assert r.due_at == datetime(2019, 9, 3, 9, 0, tzinfo=CHINA)
