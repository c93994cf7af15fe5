"""The records behind a figure as a file: as many lines as were counted, to whom the figure is shown."""

import csv
import io
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.models import Sum
from django.test import Client
from python_calamine import CalamineWorkbook

from anlan.exchange import out
from anlan.exchange.exports import Export
from anlan.figures import engine
from anlan.figures.indicators import INDICATORS
from anlan.figures.kinds import Distinct
from anlan.figures.opened import TABLE
from anlan.figures.tests import ledger
from anlan.hazards import commands
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import ERQI, JINSHUI, City, later
from anlan.kernel import tally
from anlan.kernel.scope import Actor, acting_as
from anlan.people.models import User

pytestmark = pytest.mark.django_db
SEPTEMBER = {"from": "2019-09-01", "to": "2019-09-30"}


@pytest.fixture
def city() -> City:
    made = City()
    ledger.fill(made, n=30)
    h = scenes.ordered(made, due=5)
    commands.urge(h.pk, by=made.clerk, at=later(1), words="请抓紧整改")
    done = scenes.submitted(made)
    commands.fail(done.pk, by=made.officer, at=later(2), still_open="未锁", due_on=date(2019, 9, 9))
    tally.fold()
    return made


def ask(by: Actor, **asked: Any) -> tuple[Client, Any]:
    made = Client()
    made.force_login(User.objects.get(pk=by.id))
    return made, made.post(
        "/sheets/export/", {"query": urlencode(SEPTEMBER | asked), "as": "figure_rows.csv"}
    )


@pytest.mark.parametrize(
    "asked",
    [{"code": "fuond"}, {"code": "found", "place": "999999"}, {"code": "found", "from": "2019-10-09"}, {}],
)
def test_what_is_no_figure_is_refused_and_nothing_waits(city, asked):
    _client, answer = ask(city.clerk, **asked)
    assert answer.status_code == 422
    assert not Export.objects.exists()


def test_a_county_takes_no_records_of_another_and_a_firm_none_at_all(city):
    _client, answer = ask(city.officer, code="found", place=ERQI)
    assert (answer.status_code, Export.objects.count()) == (422, 0)
    _client, answer = ask(city.principal, code="found")
    assert (answer.status_code, Export.objects.count()) == (422, 0)


def test_every_figure_has_as_many_lines_as_it_counted(city):
    seen = 0
    with acting_as(city.clerk):
        for code, i in INDICATORS.items():
            asked = SEPTEMBER | {"code": code, "place": JINSHUI}
            listing = TABLE.listing(asked, city.clerk, later(30).date())
            columns = TABLE.chosen()
            lines = list(out.values(TABLE, columns, listing.ordered(), lambda done: True))
            period = engine.Period(date(2019, 9, 1), date(2019, 9, 30))
            behind = engine.rows(code, place=JINSHUI, period=period).order_by()
            assert len(lines) == behind.count(), code
            if not hasattr(i, "measure"):
                continue
            value = engine.read(engine.Ask((code,), (JINSHUI,), period))[code, JINSHUI]
            amount = getattr(tally.MEASURES[i.measure][1], "amount", "")
            if isinstance(i, Distinct):
                assert value == behind.exclude(**{i.of: None}).values(i.of).distinct().count()
            elif amount:
                assert (
                    value
                    == sum(line[-1] or 0 for line in lines)
                    == (behind.aggregate(n=Sum(amount))["n"] or 0)
                )
            else:
                assert value == len(lines), code
            seen += bool(lines)
    assert seen > 15


def test_a_figure_of_a_sector_is_taken_away_as_the_page_shows_it(city):
    client, answer = ask(city.officer, code="found_general", sector="HAZCHEM")
    assert answer.status_code == 302
    export = Export.objects.get()
    text = b"".join(client.get(f"/sheets/exports/{export.pk}/download/").streaming_content).decode(
        "utf-8-sig"
    )
    head, *lines = csv.reader(io.StringIO(text))
    assert head[:3] == ["记录", "内容", "企业(单位)"]
    page = client.get(
        "/figures/rows/?" + urlencode(SEPTEMBER | {"code": "found_general", "sector": "HAZCHEM"})
    )
    assert f"由下面{len(lines)}条记录数出" in page.content.decode()
    assert 'value="figure_rows.xlsx"' in page.content.decode()
    assert {line[3] for line in lines} == {"金水区"}
    assert {line[5] for line in lines} == {"危险化学品"}


def test_days_are_days_in_the_workbook(city, tmp_path):
    listing = {"code": "found", "place": JINSHUI} | SEPTEMBER
    with acting_as(city.clerk):
        rows = TABLE.listing(listing, city.clerk, later(30).date()).ordered()
        n = out.write(tmp_path / "rows.xlsx", form="xlsx", table=TABLE, columns=TABLE.chosen(), rows=rows)
    sheet = CalamineWorkbook.from_path(str(tmp_path / "rows.xlsx")).get_sheet_by_index(0).to_python()
    assert len(sheet) == n + 1
    assert all(isinstance(line[6], date) for line in sheet[1:])
