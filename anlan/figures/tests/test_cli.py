"""Figures at a terminal: the same names, the same refusals."""

import argparse
import json
from datetime import date

import pytest

from anlan.figures import cli
from anlan.figures.tests import ledger
from anlan.hazards.tests.scenes import City
from anlan.kernel.words import Refused

pytestmark = pytest.mark.django_db


def asked(**given):
    said = {"place": "4101", "period": "", "start": None, "end": None, "system": "", "json": True, "codes": "",
            "split": ""}  # fmt: skip
    return argparse.Namespace(**(said | given))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "--period"),
        ({"period": "2019-08", "start": date(2019, 8, 1)}, "之一"),
        ({"start": date(2019, 8, 2), "end": date(2019, 8, 1)}, "早于开始日"),
        ({"period": "2019-08", "place": "110101"}, "没有代码为"),
        ({"period": "2019-08", "system": "emergancy"}, "EMERGENCY"),
        ({"period": "2019-08", "codes": "fuond"}, "found"),
        ({"period": "2019-08", "split": "mood"}, "不能按"),
        ({"period": "mid-autum-2019"}, "mid-autumn-2019"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(given, said):
    with pytest.raises(Refused, match=said):
        cli.figures(asked(**given), say=lambda *_: None)


def test_a_named_period_gives_the_same_as_its_days():
    ledger.fill(City(), n=60)
    lines: list[str] = []
    cli.figures(asked(period="2019-09", codes="found,overdue", split="month"), say=lines.append)
    cli.figures(asked(start=date(2019, 9, 1), end=date(2019, 9, 30), codes="found,overdue"), say=lines.append)
    by_name, by_day = (json.loads(line) for line in lines)
    assert by_name["figures"] == by_day["figures"]
    assert by_name["split"]["found"] == {"2019-09-01": by_name["figures"]["found"]}


def test_the_bulletin_gives_the_rows_behind_each_figure():
    ledger.fill(City(), n=60)
    lines: list[str] = []
    cli.bulletin(asked(period="2019-Q3"), say=lines.append)
    said = json.loads(lines[0])
    counted = [f for f in said["figures"] if not f["code"].endswith("_rate")]
    assert counted
    assert all(f["rows"] == f["value"] for f in counted)
