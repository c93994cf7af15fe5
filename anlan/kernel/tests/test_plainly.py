"""What is read for the replay is what canonical form says of the same rows."""

import pytest

from anlan.evidence.models import Attachment
from anlan.hazards.models import Hazard, Round
from anlan.hazards.tests import scenes
from anlan.kernel import canonical, plainly
from anlan.kernel.journal import JournalEntry, Personal
from anlan.people.models import Position, User
from anlan.places.models import CalendarDay
from anlan.register.models import Enterprise

pytestmark = pytest.mark.django_db

READ = (Hazard, Round, Attachment, Enterprise, Position, User, JournalEntry, Personal, CalendarDay)


@pytest.mark.parametrize("model", READ, ids=lambda m: m.__name__)
def test_every_column_reads_as_its_canonical_form(model):
    scenes.submitted(scenes.City())
    names = [f.attname for f in model._meta.concrete_fields]
    rows = list(plainly.Columns(model, names).rows(model._base_manager.order_by("pk")))
    made = list(model._base_manager.order_by("pk"))
    assert rows == [[canonical.plain(getattr(row, name)) for name in names] for row in made]
    assert rows
