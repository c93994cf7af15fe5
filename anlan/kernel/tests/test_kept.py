"""Reads whose SQL is worked out once: the rows of the queryset, and nothing remembered of them."""

from datetime import date

import pytest
from django.db.models import Q

from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.kernel import scope
from anlan.kernel.kept import kept
from anlan.kernel.scope import acting_as
from anlan.people.models import Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return scenes.City()


@kept
def _of(user, on):
    rows = Position.objects.filter(Q(until=None) | Q(until__gte=on), user=user, since__lte=on)
    return rows.select_related("organisation").order_by("pk")


def test_the_rows_are_those_of_the_queryset_whatever_was_asked_before(city):
    on = date(2019, 9, 2)
    for actor in (city.officer, city.clerk, city.principal, city.officer):
        wanted = Position.objects.filter(Q(until=None) | Q(until__gte=on), user=actor.id, since__lte=on)
        assert _of(user=actor.id, on=on) == list(wanted.order_by("pk"))
        assert [p.organisation.name for p in _of(user=actor.id, on=on)] == [actor.organisation_name]


def test_what_was_read_is_not_kept(city):
    (held,) = _of(user=city.officer.id, on=date(2019, 9, 2))
    Position.objects.filter(pk=held.pk).update(until=date(2019, 9, 1))
    assert _of(user=city.officer.id, on=date(2019, 9, 2)) == []
    assert len(_of(user=city.officer.id, on=date(2019, 9, 1))) == 1


def test_nothing_stands_in_a_blank_but_a_number_a_word_or_a_day(city):
    for strange in (None, [1], city.officer, 1.5):
        with pytest.raises(TypeError):
            _of(user=strange, on=date(2019, 9, 2))


def test_no_key_is_too_strange_to_be_not_found(city):
    with acting_as(city.clerk):
        for strange in (0, -1, 2**63, 2**80):
            with pytest.raises(Hazard.DoesNotExist):
                scope.one(Hazard, strange)
