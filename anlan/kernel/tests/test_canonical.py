"""What digests are made of is written the same way for ever, by whatever writes it fast."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import IntEnum
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from anlan.kernel import canonical, search

REFERENCE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
#: every character, halves of surrogate pairs too
anything = st.text(st.characters(exclude_categories=()), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | anything,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(anything, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_the_text_is_that_of_the_standard_library_to_the_byte(value):
    assert canonical.text(value) == REFERENCE.encode(value)


def test_keys_stand_in_the_order_of_their_characters_not_of_their_bytes():
    keys = {"\uffff": 1, "\U00010000": 2, "é": 3, "z": 4, "安": 5, "": 6}
    assert list(json.loads(canonical.text(keys))) == sorted(keys)


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",))) | st.binary(), max_size=5))
def test_a_digest_takes_each_part_behind_its_length(parts):
    h = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        h.update(len(raw).to_bytes(8, "big"))
        h.update(raw)
    assert canonical.digest(*parts) == h.hexdigest()


class Level(models.TextChoices):
    HIGH = "HIGH", "高"


class Number(IntEnum):
    ONE = 1


class Shout(str):
    """A text of a kind of its own."""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Level.HIGH, "HIGH"),
        (Number.ONE, 1),
        (Shout("安"), "安"),
        (True, True),
        (datetime(2019, 9, 11, 8, tzinfo=ZoneInfo("Asia/Shanghai")), "2019-09-11T00:00:00.000000+00:00"),
        (datetime(2019, 9, 11, tzinfo=UTC), "2019-09-11T00:00:00.000000+00:00"),
        (date(2019, 9, 11), "2019-09-11"),
        (Decimal("1.50"), "1.5"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ({1: (Level.HIGH, {2, 1})}, {"1": ["HIGH", [1, 2]]}),
        (b"\x01\xff", "01ff"),
    ],
)
def test_a_value_has_one_plain_form(value, written):
    plain = canonical.plain(value)
    assert (plain, type(plain)) == (written, type(written))


def test_a_number_with_a_point_has_none():
    with pytest.raises(TypeError, match="float has no canonical form"):
        canonical.plain({"share": 0.5})


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_the_runs_of_a_text_are_its_letters_and_digits(text):
    plain = search.unicodedata.normalize("NFKC", text).lower()
    assert search.runs(text) == ["".join(run) for is_word, run in groupby(plain, str.isalnum) if is_word]
