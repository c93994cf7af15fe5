"""Every form in which a sheet is sent is read alike: workbooks old and new, text in every encoding, every date."""

from datetime import date

import pytest

from anlan.exchange import intake, reading, values
from anlan.exchange.kinds import KINDS
from anlan.exchange.tests.sheets import DATA, HEADER, row, text, xlsx
from anlan.hazards.models import Hazard
from anlan.hazards.tests.scenes import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_text_is_read_in_every_encoding_with_every_sign_between_cells(city, tmp_path, encoding, sign):
    path = text(tmp_path / "a.csv", [["台账"], HEADER, row(1), row(2)], encoding=encoding, sign=sign)
    report = intake.bring(path, by=city.clerk, at=NOW)
    assert (report.new, report.refused) == (2, 0)
    assert Hazard.everything.order_by("pk").first().description == "1号灭火器过期"


def test_a_sheet_that_names_its_sign_and_quotes_its_cells_is_read(city, tmp_path):
    cells = [f'"{c}"' for c in row(隐患描述="灭火器过期;未年检")]
    path = text(tmp_path / "a.csv", [["sep=;"], HEADER, cells], sign=";")
    assert intake.bring(path, by=city.clerk, at=NOW).new == 1
    assert Hazard.everything.get().description == "灭火器过期;未年检"


def test_an_old_workbook_is_read_with_its_merged_cells_and_its_dates(city):
    report = intake.bring(DATA / "old.xls", by=city.clerk, at=NOW)
    assert (report.new, report.refused) == (2, 0), report.refusals
    rows = Hazard.everything.order_by("pk")
    assert [h.found_on for h in rows] == [date(2019, 8, 1), date(2019, 8, 2)]
    assert {h.enterprise.name for h in rows} == {"某老厂"}


def test_a_table_that_does_not_begin_in_the_corner_is_read(city, tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [[], [], ["", "", *HEADER], ["", "", *row()]])
    report = intake.bring(path, by=city.clerk, at=NOW)
    assert report.new == 1
    assert Hazard.everything.get().import_row == 4


def test_the_sheet_with_the_header_is_found_and_the_others_are_named(city, tmp_path):
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("封面").write(0, 0, "封面")
        page = book.add_worksheet("台账")
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, row())
    report = intake.bring(path, by=city.clerk, at=NOW, dry_run=True)
    assert report.new == 1
    assert "只读取了工作表“台账”,另有1张没有读取" in {str(n) for n in report.notes}


def test_what_is_no_row_is_skipped_with_the_reason_and_a_row_never_is(city, tmp_path):
    numbered = ["序号", *HEADER]
    rows = [
        ["台账"], numbered, ["1", *row(1)], numbered, ["2", *row(2)], ["合计", "2", "2", "0", "0"], ["4"],
        ["填表人:张三", "审核人:李四", "2019年9月"], ["5", *row(5, 行业领域="合计")],
    ]  # fmt: skip
    report = intake.bring(text(tmp_path / "a.csv", rows), by=city.clerk, at=NOW)
    assert [(n, str(why)) for n, why in report.skipped] == [
        (1, "表头以上的标题"), (2, "表头"), (4, "表头重复出现"), (6, "表后的备注或合计"), (7, "只有序号的空行"),
        (8, "表后的备注或合计"),
    ]  # fmt: skip
    assert (report.rows, report.accepted, report.refused) == (3, 2, 1)


def test_columns_are_known_by_many_names_and_of_two_alike_the_forms_own_is_taken():
    ledger = KINDS["hazards"]
    assert ledger.fields_of(["存在问题", "所属县区", "发现时间", "受检单位"]) == {
        "存在问题": "description", "所属县区": "place", "发现时间": "found_on", "受检单位": "firm",
    }  # fmt: skip
    assert ledger.fields_of(["问题描述", "隐患描述"]) == {"问题描述": "", "隐患描述": "description"}


def test_a_firm_is_joined_by_its_code_whatever_its_name_is_and_a_name_with_another_code_is_asked_about(
    city, tmp_path
):
    header = [*HEADER, "统一社会信用代码"]
    known = city.firm
    by_code = text(tmp_path / "a.csv", [header, [*row(企业名称="旧名称"), known.uscc.lower()]])
    assert intake.bring(by_code, by=city.clerk, at=NOW).new == 1
    assert Hazard.everything.get().enterprise == known
    other = "91410105MA0000000X" if known.uscc != "91410105MA0000000X" else ""
    wrong = text(tmp_path / "b.csv", [header, [*row(2, 企业名称=known.name), other]])
    assert intake.bring(wrong, by=city.clerk, at=NOW).refusals[0].column == "统一社会信用代码"


def test_the_same_rows_from_another_office_add_nothing(city, tmp_path):
    path = text(tmp_path / "a.csv", [HEADER, row(行业领域="危化")])
    assert intake.bring(path, by=city.clerk, at=NOW).new == 1
    report = intake.bring(path, by=city.officer, at=NOW)
    assert (report.new, report.already_present) == (0, 1)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2017.9.11", date(2017, 9, 11)), ("2017年9月11日", date(2017, 9, 11)), ("2017/9/12", date(2017, 9, 12)),
        ("2025-07-24", date(2025, 7, 24)), ("20190801", date(2019, 8, 1)), ("43709", date(2019, 9, 1)),
        ("43709.4375", date(2019, 9, 1)), ("2019-08-01 10:30", date(2019, 8, 1)), ("2019年8月1号", date(2019, 8, 1)),
        ("2019年8月1日上午", date(2019, 8, 1)), ("2019年8月1日星期四", date(2019, 8, 1)), ("19.8.1", date(2019, 8, 1)),
        ("2019.8.1", date(2019, 8, 1)), ("二〇一九年八月十一日", date(2019, 8, 11)), ("2019 . 8 . 1", date(2019, 8, 1)),
        ("2019-08-01T08:00:00", date(2019, 8, 1)), ("2019年08月01日 8时30分", date(2019, 8, 1)),
    ],
)  # fmt: skip
def test_every_form_of_a_date_is_read(said, day):
    assert values.day_of(said) == day


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("9月13日", "2017-09-13"), ("2025年7月", "2025-07-01"), ("2025.7", "2025-07-01"),
        ("2019.8.1-8.3", "2019-08-01"), ("2019年8月1日至3日", "2019-08-01"), ("2019-02-30", "请核对"),
        ("上周五", "2019-09-11"), ("08/01/19", "2019-09-11"), ("13.40", "2019-09-11"),
    ],
)  # fmt: skip
def test_a_date_that_lacks_something_is_refused_with_a_suggestion(said, remedy):
    wrong = values.day_of(said, likely=2017)
    assert isinstance(wrong, values.Wrong)
    assert remedy in str(wrong.remedy)


def test_a_sheet_is_read_as_it_is_asked_for(tmp_path):
    path = text(tmp_path / "a.csv", [HEADER, *(row(n) for n in range(3000))])
    with reading.opened(path, kinds=KINDS.values()) as sheet:
        assert next(sheet.below).number == 2
        assert sheet.total == 3000
