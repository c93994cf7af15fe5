"""What must hold between figures holds, and where it does not, verify says which figure of which place."""

from datetime import date

import pytest
from django.db.models import F

from anlan.figures import engine, invariants
from anlan.figures.engine import Ask, Period
from anlan.figures.tests import ledger
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City
from anlan.kernel import tally
from anlan.places import queries as places
from anlan.site import verify

pytestmark = pytest.mark.django_db
ON = date(2019, 12, 5)


@pytest.fixture
def city() -> City:
    made = City()
    ledger.fill(made, n=80)
    tally.fold()
    scenes.major(made)
    return made


def whole() -> engine.Table:
    codes = tuple(i.code for i in invariants.COUNTED)
    at = ("4101", *(c.code for c in places.counties()))
    return engine.read(Ask(codes, at, Period(date(2019, 1, 1), ON)))


def said(table: engine.Table) -> list[str]:
    return [str(r) for r in invariants.broken(table, "4101", [c.code for c in places.counties()])]


def test_they_hold_over_every_period(city):
    assert list(invariants.check(on=ON)) == []


@pytest.mark.parametrize(
    ("code", "place", "words"),
    [
        ("found", "4101", "各县(市、区)之和与全市不符,found"),
        ("found_general", "410105", "分项之和与合计不符,found 410105"),
        ("cohort_rectified", "410105", "比率的分子大于分母,rectification_rate 410105"),
        ("firms_unreached", "410105", "分项之和与合计不符,firms_listed 410105"),
    ],
)
def test_a_figure_that_is_off_is_named(city, code, place, words):
    table = whole()
    assert said(table) == []
    table.values[code, place, ""] = 10_000
    assert any(words in one for one in said(table))


def test_a_stock_below_nothing_is_named(city):
    table = whole()
    table.values["open", "410105", ""] = -1
    assert any("存量为负,open 410105" in one for one in said(table))


def test_verify_reads_them_and_names_a_tally_that_was_changed_by_hand(city):
    assert verify.run().holds
    tally.fold()
    rolled = tally.TallySpan.objects.filter(measure="hazard_found_wrong_open", rolled=True)
    assert rolled.update(n=F("n") + 3)
    assert any("统计不变量不成立:分项之和与合计不符,cohort" in str(f.reason) for f in verify.run().findings)
