"""What is no sheet, or a bad one: a sentence, nothing changed, nothing lost, never a fault; by page and by command."""

import json
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from anlan.exchange.models import SheetIn
from anlan.exchange.tests.sheets import DATA, HEADER, row, send, signed_in, text, xlsx
from anlan.hazards.models import Hazard
from anlan.kernel.journal import JournalEntry
from anlan.people.models import User
from anlan.register.models import Enterprise
from anlan.site import cli

pytestmark = pytest.mark.django_db


def bomb(path: Path) -> Path:
    """A workbook whose sheet is two gigabytes of spaces, packed into two megabytes."""
    xlsx(path.with_name("small.xlsx"), [HEADER, row()])
    with (
        zipfile.ZipFile(path.with_name("small.xlsx")) as small,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as big,
    ):
        for name in small.namelist():
            if name != "xl/sharedStrings.xml":
                big.writestr(name, small.read(name))
        with big.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b" " * 1024 * 1024)
    return path


def lying_bomb(path: Path) -> Path:
    """The same, whose directory says that it is small."""
    data = bytearray(bomb(path).read_bytes())
    size = (600 * 1024 * 1024).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    return path


def locked_xls(path: Path) -> Path:
    """An old workbook with a password says so by FILEPASS (0x002F) behind BOF ([MS-XLS] 2.4.117)."""
    data = bytearray((DATA / "old.xls").read_bytes())
    begin = data.index(struct.pack("<HH", 0x0809, 16))
    struct.pack_into("<H", data, begin + 20, 0x002F)
    return written(path, bytes(data))


def wide(path: Path) -> Path:
    return xlsx(path, [[*HEADER, *(f"栏{n}" for n in range(300))], row()])


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


NONE = {
    "empty": (lambda p: written(p / "a.xlsx", b""), "没有内容"),
    "empty workbook": (lambda p: xlsx(p / "a.xlsx", []), "没有内容"),
    "blank text": (lambda p: written(p / "a.csv", b"\r\n\r\n  \r\n"), "没有内容"),
    "locked": (lambda p: written(p / "a.xlsx", (DATA / "locked.xlsx").read_bytes()), "有密码"),
    "old and locked": (lambda p: locked_xls(p / "a.xls"), "有密码"),
    "broken": (lambda p: written(p / "a.xlsx", b"PK\x03\x04 broken"), "损坏"),
    "cut in half": (lambda p: written(p / "a.xlsx", (DATA / "published-hazards-21-columns.xlsx").read_bytes()[:4000]), "损坏"),
    "old and cut in half": (lambda p: written(p / "a.xls", (DATA / "old.xls").read_bytes()[:1200]), "损坏"),
    "a picture": (lambda p: written(p / "a.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "不是表格文件"),
    "a page": (lambda p: written(p / "a.xls", "<html><table><tr><td>隐患描述".encode()), "不是表格文件"),
    "a document": (lambda p: _zipped(p / "a.docx", "word/document.xml"), "不是表格文件"),
    "of another kind": (lambda p: text(p / "a.csv", [["学号", "姓名", "语文", "数学"], ["1", "2", "3", "4"]]), "没有找到表头"),
    "no header": (lambda p: text(p / "a.csv", [row(), row(2)]), "没有找到表头"),
    "a header twice": (lambda p: text(p / "a.csv", [[*HEADER, "隐患描述"], [*row(), "x"]]), "出现了两次"),
    "300 columns": (lambda p: wide(p / "a.xlsx"), "超过120列"),
    "a zip bomb": (lambda p: bomb(p / "a.xlsx"), "过大"),
    "a zip bomb that lies": (lambda p: lying_bomb(p / "a.xlsx"), "过大|损坏"),
}  # fmt: skip


def _zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return path


def stands() -> tuple[int, ...]:
    return Hazard.everything.count(), Enterprise.everything.count(), JournalEntry.objects.count()


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_sheet_is_refused_in_a_sentence_on_the_page_and_nothing_is_kept(city, tmp_path, name):
    make, said = NONE[name]
    path, client = make(tmp_path), signed_in(city.clerk)
    before = stands()
    answer = send(client, path)
    assert answer.status_code == 422
    assert any(s in answer.content.decode() for s in said.split("|"))
    assert stands() == before
    assert not SheetIn.objects.exists()
    assert not [p for p in (tmp_path / "data" / "sheets").glob("*") if p.is_file()]


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_sheet_is_refused_in_a_sentence_by_the_command(city, tmp_path, name, capsys):
    make, said = NONE[name]
    path, user = make(tmp_path), User.objects.get(pk=city.clerk.id)
    before = stands()
    assert cli.main(["import", str(path), "--as", user.username, "--json"]) == cli.FOUND
    captured = capsys.readouterr()
    assert any(s in captured.err for s in said.split("|"))
    assert "Traceback" not in captured.err
    assert captured.out == ""
    assert stands() == before


def taken(city, path, capsys, *words: str) -> dict:
    user = User.objects.get(pk=city.clerk.id)
    cli.main(["import", str(path), "--as", user.username, "--json", *words])
    return json.loads(capsys.readouterr().out)


def test_a_million_blank_rows_cost_nothing(city, tmp_path, capsys):
    path = tmp_path / "blank.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page, shade = book.add_worksheet(), book.add_format({"bg_color": "#EEEEEE"})
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, row())
        for n in range(2, 1_000_000, 5):
            page.write_blank(n, 0, None, shade)
        page.write_row(1_000_000, 0, row(2))
    said = taken(city, path, capsys)
    assert (said["rows"], said["accepted"]) == (2, 2)
    answer = send(signed_in(city.clerk), path)
    assert answer.status_code == 200
    assert "已有2" in answer.content.decode()


def test_formulas_links_and_macros_are_never_run_and_that_is_said(city, tmp_path, capsys):
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, row())
        page.write_formula(1, 3, "=CONCATENATE(A1,B1)", None, "配电箱无门")
        page.write_row(2, 0, row(2))
        page.write_formula(2, 3, '=HYPERLINK("http://example.invalid")', None, "")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    said = taken(city, path, capsys, "--dry-run")
    assert [n[:7] for n in said["notes"]] == ["文件里有宏,没", "文件里有外部链", "文件里有公式,"]
    assert (said["new"], said["refused"]) == (1, 1)
    assert said["refusals"][0]["reason"] == "没有隐患描述"
    answer = send(signed_in(city.clerk), path)
    assert "文件里有公式,没有计算" in answer.content.decode()


def test_what_looks_like_a_formula_is_kept_as_text_and_comes_back_as_text(city, tmp_path, capsys):
    path = text(tmp_path / "a.csv", [HEADER, row(隐患描述="=cmd|' /C calc'!A0", 检查时间="上周")])
    back = tmp_path / "back.xlsx"
    taken(city, path, capsys, "--refused", str(back))
    with zipfile.ZipFile(back) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_rows_of_another_county_are_refused_one_by_one_on_the_page_before_anything_is_done(city, tmp_path):
    path = text(tmp_path / "a.csv", [HEADER, row(), row(2, 属地="二七区")])
    city.firm  # noqa: B018  the register is not empty
    client = signed_in(city.town_officer)
    before = stands()
    answer = send(client, path)
    assert answer.status_code == 200
    assert "不在您的乡镇(街道)内" in answer.content.decode()
    assert stands() == before


def test_a_row_between_bad_ones_is_taken_and_every_other_says_why(city, tmp_path, capsys):
    rows = [
        row(1),
        row(2, 检查时间="昨天"),
        row(3, 属地="某市"),
        row(4, 行业领域="航天"),
        row(5, 是否整改="大概"),
        row(6, 检查时间="2099-01-01"),
        row(7, 隐患描述=""),
        row(8),
    ]
    said = taken(city, text(tmp_path / "a.csv", [HEADER, *rows]), capsys)
    assert said["rows"] == 8 == said["accepted"] + said["refused"]
    assert said["new"] == 2
    assert [r["row"] for r in said["refusals"]] == [3, 4, 5, 6, 7, 8]
    assert all(r["reason"] and r["remedy"] and r["column"] for r in said["refusals"])


def test_somebody_elses_sheet_is_not_found(city, tmp_path):
    send(signed_in(city.clerk), text(tmp_path / "a.csv", [HEADER, row()]))
    sheet = SheetIn.objects.get()
    for address in (f"/sheets/{sheet.pk}/", f"/sheets/{sheet.pk}/refused.xlsx"):
        assert signed_in(city.officer).get(address).status_code == 404
        assert signed_in(city.leader).get(address).status_code == 404
    assert signed_in(city.leader).get("/sheets/").status_code == 404
