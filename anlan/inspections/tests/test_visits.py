"""Visits: who may look, by which version, and what comes of it."""

import pytest

from anlan.hazards.models import Hazard
from anlan.hazards.tests.scenes import City
from anlan.inspections.models import Finding, Visit
from anlan.inspections.tests.scenes import answered, begun, fault, finished, fresh, met
from anlan.kernel.words import Refused
from anlan.site.verify import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return City()


def test_an_officer_does_not_check_alone(city):
    with pytest.raises(Refused, match="两名执法人员"):
        begun(city, party=[])
    assert not Visit.everything.exists()


def test_a_visit_with_a_fault_becomes_a_hazard(city):
    v = begun(city)
    v = answered(city, v, *met("HC01", "HC02"), fault("HC09"))
    v = fresh(finished(city, v))
    assert (v.state, v.found_no, v.found_nothing) == ("FINISHED", 1, False)
    finding = Finding.everything.get()
    h = Hazard.everything.get(pk=finding.hazard)
    assert h.state == "GRADING"
    assert run().holds
