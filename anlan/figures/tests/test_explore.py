"""The explorer: what cannot be asked is said; what is answered opens into its records and goes into files as it stands."""

import csv
import io
from zipfile import ZipFile

import pytest
from django.test import Client

from anlan.figures.tests import ledger
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import City
from anlan.kernel.scope import Actor
from anlan.people.models import User

pytestmark = pytest.mark.django_db
AUTUMN = "from=2019-08-01&to=2019-10-31"
AT = "/figures/explore/"


@pytest.fixture
def city() -> City:
    made = City()
    ledger.fill(made, n=60)
    return made


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.id))
    return client


def test_a_firm_and_a_group_find_no_explorer(city):
    for who in (city.principal, city.supervisor):
        for path in (AT, f"{AT}file.csv"):
            assert signed_in(who).get(path).status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "exe"])
def test_a_file_of_an_unknown_kind_is_not_found(city, kind):
    assert signed_in(city.clerk).get(f"{AT}file.{kind}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("i=fuond", "found"),
        ("place=410103", "职责范围"),
        ("place=4199", "没有代码"),
        ("period=mid-autum-2019", "mid-autumn-2019"),
        ("from=2019-10-31&to=2019-08-01", "早于"),
        ("i=open&by=hour", "不能这样分组"),
        ("system=EMERGNCY", "EMERGENCY"),
        ("by=weather", "请核对"),
        ("as=pie", "请核对"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words_on_the_page_and_as_a_file(city, asked, words):
    client = signed_in(city.head)
    for path in (AT, f"{AT}file.xlsx"):
        answer = client.get(f"{path}?{asked}")
        assert answer.status_code == 422, path
        assert words in answer.content.decode()


def test_too_much_at_once_is_refused_with_the_most_there_may_be(city):
    from anlan.figures.indicators import INDICATORS

    asked = "&".join(f"i={code}" for code in list(INDICATORS)[:13])
    answer = signed_in(city.clerk).get(f"{AT}?{asked}")
    assert answer.status_code == 422
    assert "最多看12项" in answer.content.decode()


@pytest.mark.parametrize(
    "by",
    ["", "place", "region", "sector", "source", "grade", "system", "day", "week", "month", "organisation"],
)
def test_every_cell_opens_into_the_records_that_it_counted(city, by):
    client = signed_in(city.clerk)
    codes = "i=found&i=rectified" + (
        "" if by in ("day", "organisation") else "&i=rectification_rate&i=overdue"
    )
    answer = client.get(f"{AT}?{codes}&by={by}&{AUTUMN}")
    assert answer.status_code == 200, answer.content[:500]
    grid = answer.context["grid"]
    cells = [cell for line in grid.lines for cell in line.cells if cell.value]
    assert cells
    for cell in cells[:40]:
        opened = client.get(cell.href)
        assert opened.status_code == 200, cell.href
        assert opened.context["value"] == cell.value, cell.href


def test_a_town_of_a_unit_opens_for_the_city(city):
    client = signed_in(city.clerk)
    grid = client.get(f"{AT}?place={scenes.JINSHUI}&by=place&i=found&{AUTUMN}").context["grid"]
    towns = [line for line in grid.lines if len(line.code) > 6 and line.cells[0].value]
    assert towns
    for line in towns:
        assert client.get(line.cells[0].href).context["value"] == line.cells[0].value


def test_parts_of_several_places_stand_beside_each_other(city):
    grid = signed_in(city.clerk).get(
        f"{AT}?place=410105&place=410103&i=found&by=sector&{AUTUMN}"
    ).context["grid"]  # fmt: skip
    assert len(grid.heads) == 2
    for n in range(2):
        assert sum(line.cells[n].value for line in grid.parts) == grid.lines[0].cells[n].value


def test_a_bureau_of_some_sectors_sees_no_other_sector(city):
    grid = signed_in(city.officer).get(f"{AT}?i=found&by=sector&{AUTUMN}").context["grid"]
    assert {line.code for line in grid.parts} <= {"HAZCHEM", "TRADE"}


def test_a_file_holds_exactly_what_the_page_shows(city):
    client = signed_in(city.clerk)
    asked = f"i=found&i=closure_rate&by=place&{AUTUMN}"
    grid = client.get(f"{AT}?{asked}").context["grid"]
    said = client.get(f"{AT}file.csv?{asked}").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(said)))
    shown = [
        [line.name, *("—" if c.value is None else str(c.value) for c in line.cells)] for line in grid.lines
    ]
    assert rows[2 : 2 + len(shown)] == shown
    assert "2019-08-01" in rows[0][0]
    book = client.get(f"{AT}file.xlsx?{asked}")
    sheet = ZipFile(io.BytesIO(book.content)).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") >= len(grid.lines) + 2
    assert f"<v>{grid.lines[0].cells[0].value}</v>" in sheet


def test_without_a_script_a_picture_is_a_table_and_with_it_the_same_numbers(city):
    client = signed_in(city.clerk)
    for shown in ("line", "bar", "map"):
        answer = client.get(f"{AT}?i=found&by=place&as={shown}&{AUTUMN}")
        grid, picture = answer.context["grid"], answer.context["picture"]
        assert picture["series"][0]["values"] == [line.cells[0].value for line in grid.parts]
        assert "<table" in answer.content.decode()
    assert len(picture["map"]["areas"]) == 16
