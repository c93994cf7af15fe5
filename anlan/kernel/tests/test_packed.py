"""The journal's texts are packed as they are stored; whoever reads them meets the text."""

import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from anlan.hazards.tests.scenes import City, register
from anlan.kernel import packed
from anlan.kernel.journal import JournalEntry

#: a dictionary that was ever delivered stays as it is: what was packed with it is lost without it
DELIVERED = {
    "journal-1.zdict": "fe75bf251ea7a778525b1eb9adbe389a5cd3ce5136bab8478910a37a7c4dc9b9",
}


@given(st.text())
def test_every_text_comes_back_as_it_was(text):
    assert packed.unpack(packed.pack(text)) == text


@given(st.binary())
def test_bytes_that_were_never_packed_are_unreadable_and_no_failure(stored):
    assert packed.unpack(stored) == packed.UNREADABLE


def test_no_dictionary_was_changed_and_the_newest_is_known():
    folder = Path(packed.__file__).parent
    found = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.glob("*.zdict")}
    assert found == DELIVERED


@pytest.mark.django_db
def test_an_entry_takes_less_room_than_its_text_and_cannot_be_searched_in_silence():
    city = City()
    h = register(city.officer, city.firm)
    entry = JournalEntry.objects.get(kind="hazard", subject=h.pk, seq=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM kernel_journalentry WHERE no = %s", [entry.no])
        stored = bytes(cursor.fetchone()[0])
    assert packed.unpack(stored) == entry.body
    assert len(stored) < len(entry.body.encode()) / 3
    with pytest.raises(FieldError):
        JournalEntry.objects.filter(body__contains=h.description).exists()
