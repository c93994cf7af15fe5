"""The street office's sheet: what is refused and why, and that nothing is dropped."""

import json
from datetime import date
from pathlib import Path

import pytest

from anlan.exchange import cli, intake, reading, refused, values
from anlan.exchange.kinds import KINDS
from anlan.exchange.mapping import Mapping
from anlan.hazards.models import Hazard
from anlan.hazards.tests.scenes import City, later
from anlan.kernel.words import Refused
from anlan.people.models import User
from anlan.site import verify

SHEET = Path(__file__).parent / "data" / "published-hazards-21-columns.xlsx"
PLACES = {"魏都区": "410105", "桂花镇": "410122", "巢湖市": "410181", "": "410103"}
LEDGER = KINDS["hazards"]
TODAY = later(days=2400)  # the sheet reaches into 2025

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def clerk(city: City):
    return city.clerk


def test_without_help_every_refusal_says_why_and_what_to_do(city):
    report = intake.bring(SHEET, by=clerk(city), at=TODAY, dry_run=True)
    assert report.rows == 17
    assert report.accepted + report.refused == report.rows
    assert all(str(r.reason) and str(r.remedy) and r.column for r in report.refusals)
    said = {str(r.reason) for r in report.refusals}
    assert "日期“9月13日”没有写年份" in said
    assert "日期“2025年7月”没有写到日" in said
    assert "“巢湖市”不是本市的县(市、区)或乡镇(街道)" in said


def test_titles_header_and_footnote_are_skipped_with_the_reason(city):
    report = intake.bring(SHEET, by=clerk(city), at=TODAY, dry_run=True)
    assert [(n, str(why)) for n, why in report.skipped] == [
        (1, "表头以上的标题"), (2, "表头以上的标题"), (3, "表头"), (22, "表后的备注或合计"),
    ]  # fmt: skip


def test_a_dry_run_registers_nothing(city):
    intake.bring(
        SHEET, by=clerk(city), at=TODAY, mapping=Mapping(places=PLACES, year=2017, day=1), dry_run=True
    )
    assert not Hazard.everything.exists()


def test_with_places_year_and_day_given_all_seventeen_are_accepted_and_the_second_time_none_is_new(city):
    mapping = Mapping(places=PLACES, year=2017, day=1)
    report = intake.bring(SHEET, by=clerk(city), at=TODAY, mapping=mapping)
    assert (report.rows, report.accepted, report.new, report.refused) == (17, 17, 17, 0), report.refusals
    states = sorted(Hazard.everything.values_list("state", flat=True))
    assert states == ["CLOSED"] * 3 + ["GRADING"] * 3 + ["REGISTERED"] * 11
    assert Hazard.everything.filter(close_basis="IMPORTED").count() == 3
    assert set(Hazard.everything.values_list("no_photo_because", flat=True)) == {"无影像(导入)"}
    again = intake.bring(SHEET, by=clerk(city), at=later(days=2401), mapping=mapping)
    assert (again.accepted, again.new, again.already_present) == (17, 0, 17)
    assert verify.run().holds


def test_a_merged_firm_stands_in_every_row_it_covers(city):
    intake.bring(SHEET, by=clerk(city), at=TODAY, mapping=Mapping(places=PLACES, year=2017, day=1))
    names = set(Hazard.everything.values_list("enterprise__name", flat=True))
    assert names == {"某时代广场", "某生态农业园", "某田园火锅店", "某假日宾馆", "某康养社区"}
    assert Hazard.everything.filter(enterprise__name="某时代广场").count() == 6


def test_refused_rows_come_back_as_a_sheet_that_can_be_mended_and_sent_again(city, tmp_path):
    report = intake.bring(SHEET, by=clerk(city), at=TODAY, mapping=Mapping(places=PLACES))
    back = tmp_path / "back.xlsx"
    assert refused.workbook(SHEET, back, kind=LEDGER, refusals=report.refusals) == report.refused
    with reading.opened(back, kinds=[LEDGER]) as sheet:
        assert list(sheet.fields)[-3:] == ["未接收原因", "怎样修改", "原表行号"]
    mended = intake.bring(back, by=clerk(city), at=TODAY, mapping=Mapping(places=PLACES, year=2017, day=1))
    assert (mended.rows, mended.refused) == (report.refused, 0)
    assert Hazard.everything.count() == 17


def test_a_row_that_stands_twice_in_the_sheet_is_named(city, tmp_path):
    sheet = tmp_path / "twice.csv"
    row = "消防,某商场,金水区,灭火器过期,2019-08-01,否"
    sheet.write_text(f"行业领域,企业名称,属地,隐患描述,检查时间,是否整改\n{row}\n{row}\n", encoding="utf-8")
    report = intake.bring(sheet, by=clerk(city), at=TODAY)
    assert [str(r.reason) for r in report.refusals] == ["与本表第2行重复"]
    assert (report.new, report.refused) == (1, 1)


def test_a_sheet_in_the_older_chinese_encoding_is_read(city, tmp_path):
    sheet = tmp_path / "gb.csv"
    sheet.write_bytes("行业领域,属地,隐患描述,检查时间\n消防,金水区,通道堵塞,2019.8.1\n".encode("gb18030"))
    assert intake.bring(sheet, by=clerk(city), at=TODAY).new == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"", "没有内容"),
        ("a.xlsx", b"PK\x03\x04broken", "损坏"),
        ("a.csv", b"\x00\x01\x02", "不是表格文件"),
        ("a.csv", "甲,乙,丙,丁\n1,2,3,4\n".encode(), "没有找到表头"),
        ("a.csv", ("隐患描述,检查时间,属地,行业领域,隐患描述\n" + "a,b,c,d,e\n").encode(), "出现了两次"),
        ("a.csv", (",".join(f"栏{n}" for n in range(300)) + "\n").encode(), "超过120列"),
    ],
)
def test_what_is_no_ledger_is_refused_in_words(city, tmp_path, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refused, match=said):
        intake.bring(path, by=clerk(city), at=TODAY)


def test_who_may_not_adopt_imports_nothing(city):
    with pytest.raises(Refused, match="不能导入"):
        intake.bring(SHEET, by=city.leader, at=TODAY)


def test_rows_of_another_county_are_refused(city, tmp_path):
    sheet = tmp_path / "other.csv"
    sheet.write_text("行业领域,属地,隐患描述,检查时间\n工贸,二七区,通道堵塞,2019.8.1\n", encoding="utf-8")
    report = intake.bring(sheet, by=city.officer, at=TODAY)
    assert report.refused == 1
    assert "管辖区域" in str(report.refusals[0].reason)


def test_an_alike_firm_is_asked_about(city, tmp_path):
    name = city.firm.name
    sheet = tmp_path / "alike.csv"
    short = name.removesuffix("有限公司")
    sheet.write_text(
        f"行业领域,企业名称,属地,隐患描述,检查时间\n危化,{short},金水区,阀门渗漏,2019.8.1\n", encoding="utf-8"
    )
    report = intake.bring(sheet, by=clerk(city), at=TODAY)
    assert name in str(report.refusals[0].reason)
    chosen = intake.bring(sheet, by=clerk(city), at=TODAY, mapping=Mapping(firms={short: city.firm.uscc}))
    assert chosen.new == 1
    assert Hazard.everything.get().enterprise == city.firm


def test_the_command_line_prints_the_report_as_json(city, tmp_path, monkeypatch):
    user = User.objects.get(pk=clerk(city).id)
    lines: list[str] = []
    code = cli.bring(
        SHEET, username=user.username, mapping=None, dry_run=True, as_json=True, refused_to=tmp_path / "r.xlsx",
        say=lines.append,
    )  # fmt: skip
    said = json.loads(lines[0])
    assert code == 1
    assert said["rows"] == said["accepted"] + said["refused"] == 17
    assert said["mapping"]["检查时间"] == "found_on"
    assert (tmp_path / "r.xlsx").exists()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017.9.11", date(2017, 9, 11)), ("2017年9月11日", date(2017, 9, 11)), ("2017/9/12", date(2017, 9, 12)),
        ("2025-07-24", date(2025, 7, 24)), ("20190801", date(2019, 8, 1)), ("43709", date(2019, 9, 1)),
        ("2019-08-01 10:30", date(2019, 8, 1)),
    ],
)  # fmt: skip
def test_every_form_of_date_is_read(text, day):
    assert values.day_of(text) == day


@pytest.mark.parametrize("text", ["9月13日", "2025年7月", "上周五", "2019-02-30", ""])
def test_a_date_that_lacks_something_is_not_guessed(text):
    assert isinstance(values.day_of(text), values.Wrong)
