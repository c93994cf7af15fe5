"""What many acts change in the figures may be added up in memory: it comes to the same as line by line."""

from collections import Counter

import pytest
from django.db import transaction

from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City
from anlan.kernel import tally
from anlan.kernel.tally import TallyDay, TallyLine, TallyMonth

pytestmark = pytest.mark.django_db


def figures() -> tuple[Counter, Counter]:
    """Every cell with what is in it, by day and by month."""
    while tally.fold():
        pass
    days, months = Counter(), Counter()
    for *cell, n in TallyDay.objects.values_list(
        "measure", "day", "county", "sector", "source", "grade", "system", "n"
    ):
        days[tuple(cell)] += n
    for *cell, n in TallyMonth.objects.values_list(
        "measure", "day", "county", "town", "sector", "source", "grade", "n"
    ):
        months[tuple(cell)] += n
    return +days, +months


def lived(city: City) -> None:
    scenes.submitted(city)
    scenes.major(city)


def test_gathered_and_written_line_by_line_the_figures_are_the_same(django_capture_on_commit_callbacks):
    city = City()
    before = figures()
    lived(city)
    line_by_line = [now - then for now, then in zip(figures(), before, strict=True)]
    assert all(line_by_line)
    between = figures()
    with tally.gathering(), django_capture_on_commit_callbacks(execute=True):
        lived(city)
        assert not TallyLine.objects.exists()
    assert [now - then for now, then in zip(figures(), between, strict=True)] == line_by_line


def test_what_was_undone_is_not_gathered(django_capture_on_commit_callbacks):
    city = City()
    before = figures()
    with tally.gathering(), django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        lived(city)
        transaction.set_rollback(True)
    assert figures() == before
