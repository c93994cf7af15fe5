"""A county's own workbook comes back filled; what cannot be read is refused by name and nothing is filled."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from anlan.figures.engine import Period
from anlan.figures.fill.filling import Asked, fill
from anlan.figures.tests.office import Offices
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import JINSHUI, register
from anlan.kernel.words import Refused
from anlan.people.models import User

pytestmark = pytest.mark.django_db
SEPTEMBER = Period(date(2019, 9, 1), date(2019, 9, 30))


@pytest.fixture
def city() -> Offices:
    made = Offices()
    register(made.officer, made.firm)
    register(made.officer, made.firm, general=False, description="通道堵塞")
    scenes.major(made)
    return made


def book(**cells: str) -> bytes:
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink) as made:
        page = made.add_worksheet("月报")
        page.write_string("A1", "本县表格", made.add_format({"bold": True}))
        for at, text in cells.items():
            page.write(at, text)
    return sink.getvalue()


def filled(city: Offices, data: bytes) -> list[list]:
    asked = Asked(city.filler, JINSHUI, SEPTEMBER, scenes.TODAY)
    made = fill(data, asked)
    return CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"B3": "{{fund}}"}, "月报!B3:没有指标“fund”,相近的有:.*found"),
        ({"B3": "{{found|sector=FIER}}"}, "月报!B3:没有代码“FIER”,相近的有:.*FIRE"),
        ({"B3": "{{found|weather=RAIN}}"}, "不能按“weather”细分,可以按"),
        ({"B3": "{{found|place=410103}}"}, "不在您的职责范围内"),
        ({"B3": "{{found|place=999999}}"}, "没有代码为“999999”的地方"),
        ({"B3": "{{found|period=mid-autum-2019}}"}, "相近的有:mid-autumn-2019"),
        (
            {"B3": "{{B4}}", "B4": "{{C5 + 1}}", "C5": "{{B3}}"},
            "互相引用.*月报!B3 → 月报!B4 → 月报!C5 → 月报!B3",
        ),
        ({"B3": "{{B3}}"}, "互相引用.*月报!B3 → 月报!B3"),
        ({"B3": "{{C9}}"}, "引用的 C9 里没有指标代码"),
        ({"B3": "{{found +}}"}, "不是指标代码或算式"),
        ({"B3": "{{__import__('os')}}"}, "不是指标代码或算式"),
        ({"B3": "没有代码"}, "模板中没有指标代码"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cell(city, cells, words):
    with pytest.raises(Refused, match=words):
        filled(city, book(**cells))


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused(city, data):
    with pytest.raises(Refused, match=r"不是 \.xlsx 工作簿"):
        filled(city, data)


def test_entities_in_a_workbook_are_refused(city):
    sink = io.BytesIO(book(B3="{{found}}"))
    out = io.BytesIO()
    with zipfile.ZipFile(sink) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/sharedStrings.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + data
            new.writestr(name, data)
    with pytest.raises(Refused, match="不是"):
        filled(city, out.getvalue())


def test_codes_become_numbers_words_and_sums_and_the_rest_stays(city):
    rows = filled(city, book(
        B3="{{found}}", B4="{{found|sector=HAZCHEM|grade=MAJOR}}", B5="{{ found_general + found_major }}", B6="{{B5 / B3}}",
        B7="共{{found}}处,整改率{{rectification_rate}}%", B8="{{found|sector=COAL}}", B9="{{general_rate|sector=COAL}}",
        C3="=B3*2",
    ))  # fmt: skip
    assert rows[0][0] == "本县表格"
    assert [rows[n][1] for n in (2, 3, 4)] == [3, 1, 2]
    assert rows[5][1] == pytest.approx(2 / 3)
    assert rows[6][1] == "共3处,整改率0.00%"
    assert (rows[7][1], rows[8][1]) == (0, "—")


def test_formulas_are_kept_and_worked_out_anew(city):
    asked = Asked(city.filler, JINSHUI, SEPTEMBER, scenes.TODAY)
    with zipfile.ZipFile(io.BytesIO(fill(book(B3="{{found}}", C3="=B3*2"), asked))) as made:
        assert "B3*2" in made.read("xl/worksheets/sheet1.xml").decode()
        assert 'fullCalcOnLoad="1"' in made.read("xl/workbook.xml").decode()


def test_the_page_gives_the_file_back_or_says_why_not(city, client):
    client.force_login(User.objects.get(pk=city.filler.id))
    sent = {"from": "2019-09-01", "to": "2019-09-30"}
    good = client.post("/figures/template/", {"file": io.BytesIO(book(B3="{{found}}"))} | sent)
    assert good["Content-Type"].endswith("sheet")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(good.content)).get_sheet_by_index(0).to_python()
    assert rows[2][1] == 3
    bad = client.post("/figures/template/", {"file": io.BytesIO(book(B3="{{fund}}"))} | sent)
    assert bad.status_code == 422
    assert "相近的有" in bad.content.decode()
    assert client.post("/figures/template/", sent).status_code == 422
