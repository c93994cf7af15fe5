"""Sixteen units beside the regions of the statistics bureau, each adding up."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from anlan.places import queries, rules
from anlan.places.models import Place
from anlan.places.tests.scenes import JINSHUI, RUYIHU, ZHENGDONG, ZHONGMU

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_anew():
    queries.forget()
    yield
    queries.forget()


@pytest.mark.parametrize("code", ["410107", "410121", "410121101"])
def test_a_retired_code_is_never_used_again(code):
    assert rules.never_reused(code) is not None
    assert queries.place(code) is None


def test_no_two_standing_places_share_a_code():
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(code=RUYIHU, name="冒名", level="TOWN", kind="STREET", since=date(2026, 1, 1))


def test_a_place_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(
            code="410105999",
            name="甲",
            level="TOWN",
            kind="STREET",
            since=date(2026, 1, 2),
            until=date(2026, 1, 1),
        )


def test_an_unknown_code_is_said_as_it_is():
    assert queries.name_of("999999") == "999999"


def test_there_are_sixteen_units_and_fifteen_regions():
    assert len(queries.counties()) == 16
    assert len(queries.regions()) == 15
    assert ZHENGDONG in {p.code for p in queries.counties()} - {p.code for p in queries.regions()}


def test_both_ways_of_counting_add_up_to_the_city_and_not_to_each_other():
    every = queries.towns()
    by_unit = Counter({u.code: len(queries.towns(u.code)) for u in queries.counties()})
    by_region = Counter({r.code: len(queries.towns_in_region(r.code)) for r in queries.regions()})
    assert by_unit.total() == by_region.total() == len(every) == 208
    assert by_unit[JINSHUI] == by_region[JINSHUI] - 5
    assert by_unit[ZHENGDONG] == 8


def test_a_street_of_zhengdong_lies_in_jinshui_and_answers_to_zhengdong():
    assert queries.county_of(RUYIHU) == ZHENGDONG
    assert queries.region_of(RUYIHU) == JINSHUI


def test_a_street_that_changed_hands_is_asked_by_day():
    handed = date(2026, 7, 1)
    Place.objects.filter(code="410122105").update(until=handed - timedelta(days=1))
    Place.objects.create(
        code="410122105", name="白沙镇", level="TOWN", kind="TOWN", parent=ZHENGDONG, unit=ZHENGDONG,
        region=ZHONGMU, since=handed,
    )  # fmt: skip
    queries.forget()
    assert queries.unit_of("410122105", on=date(2019, 9, 1)) == ZHONGMU
    assert queries.unit_of("410122105", on=handed) == ZHENGDONG
    assert queries.unit_of("410122105") == ZHENGDONG
    assert len(queries.towns(on=handed)) == len(queries.towns(on=date(2019, 9, 1))) == 208


def test_names_follow_the_language_and_the_local_reading():
    with translation.override("en"):
        assert queries.name_of("410182") == "Xingyang City"
    assert queries.name_of("410182") == "荥阳市"
