"""What many acts change in the figures may be added up in memory: it comes to the same as line by line."""

from collections import Counter

import pytest
from django.db import transaction

from anlan.hazards import commands
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City
from anlan.kernel import tally
from anlan.kernel.tally import Flow, TallyDay, TallyLine, TallyMonth
from anlan.site import verify

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


def test_what_came_and_went_again_leaves_no_cell_behind():
    city = City()
    h = scenes.submitted(city)
    stood = {"measure": "hazard_found_right_open", "day": h.found_on}
    while tally.fold():
        pass
    assert TallyDay.objects.get(**stood).n == 1
    commands.accept(h.pk, by=city.officer, at=scenes.later(3), opinion="现场复查,符合要求")
    while tally.fold():
        pass
    assert not TallyDay.objects.filter(**stood).exists()
    assert TallyDay.objects.get(measure="hazard_found_right_closed", day=h.found_on).n == 1
    assert verify.run().holds


@pytest.mark.parametrize("part", ["nowhere", "closed", "amount"])
def test_a_measure_that_is_no_part_is_refused(part):
    measures = (
        Flow(code="whole", on="found_on", parts=(part,)),
        Flow(code="closed", on="closed_on"),
        Flow(code="amount", on="found_on", amount="money_spent"),
    )
    with pytest.raises(ValueError, match=f"{part} is no part of whole"):
        tally.declare(tally.Fact(model=TallyDay, cell={}, measures=measures))
