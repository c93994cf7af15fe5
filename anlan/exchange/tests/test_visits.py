"""Visits by sheet: what is refused and why, that one visit is one act, that its findings become hazards."""

import json
from datetime import date

import pytest

from anlan.campaigns.models import TripStop
from anlan.exchange import intake
from anlan.exchange.kinds import KINDS
from anlan.exchange.mapping import Mapping
from anlan.exchange.models import SheetIn
from anlan.exchange.tests.sheets import HEADER as LEDGER
from anlan.exchange.tests.sheets import row, send, signed_in, text, xlsx
from anlan.hazards.models import Hazard
from anlan.hazards.tests.scenes import NOW
from anlan.inspections import coverage
from anlan.inspections.coverage_models import Node
from anlan.inspections.models import Finding, Participant, Visit
from anlan.inspections.states import Tier
from anlan.kernel import tally
from anlan.kernel.words import Refused
from anlan.people.models import User
from anlan.site import cli, verify

pytestmark = pytest.mark.django_db
HEADER = ("检查日期", "被检查单位", "属地", "行业领域", "检查方式", "明查暗访", "检查单位", "检查人员", "检查结果", "隐患描述",
          "是否整改", "整改完成时间")  # fmt: skip


@pytest.fixture
def held(city):
    """A row of a clean covert-free check by two officers of the bureau; `given` by header."""
    cells = (
        "2019-08-20",
        city.firm.name,
        "",
        "",
        "专项检查",
        "明查",
        "区应急管理局",
        "李强、王磊",
        "未发现隐患",
        "",
        "",
        "",
    )
    assert (city.officer.name, city.second.name) == ("李强", "王磊")

    def made(**given: str) -> list[str]:
        return list((dict(zip(HEADER, cells, strict=True)) | given).values())

    return made


def bring(city, path, *rows, by=None, header=HEADER, **given):
    return intake.bring(text(path, [header, *rows]), by=by or city.clerk, at=NOW, **given)


def said(report) -> str:
    return " ".join(f"{r.column}:{r.reason}" for r in report.refusals)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"检查日期": "2019-09-03"}, "晚于今天"),
        ({"检查日期": "9月13日"}, "没有写年份"),
        ({"检查方式": ""}, "没有写检查方式"),
        ({"检查方式": "举报"}, "请选择检查方式"),
        ({"检查方式": "抽样"}, "不认识检查方式"),
        ({"检查单位": "某某局"}, "没有单位“某某局”"),
        ({"检查人员": ""}, "没有写检查人员"),
        ({"检查人员": "李强"}, "须由两名执法人员"),
        ({"检查人员": "李强、某甲"}, "某甲在2019-08-20没有有效的执法证"),
        ({"检查方式": "双随机"}, "请填写批准人和批准日期"),
        ({"检查结果": ""}, "没有写检查结果"),
        ({"检查结果": "2处"}, "没有描述"),
        ({"检查结果": "马马虎虎"}, "不认识检查结果"),
        ({"隐患描述": "通道堵塞"}, "写了未发现隐患,又描述了隐患"),
        ({"检查结果": "2", "隐患描述": "通道堵塞"}, "写了隐患2处,描述了1处"),
        ({"检查结果": "1", "隐患描述": "通道堵塞", "是否整改": "是"}, "没有写完成时间"),
        ({"检查结果": "1", "隐患描述": "通道堵塞", "是否整改": "是", "整改完成时间": "2019-08-01"}, "整改完成时间"),
    ],
)  # fmt: skip
def test_a_visit_that_cannot_be_is_refused_and_a_trial_says_the_same(city, held, tmp_path, given, why):
    for dry in (True, False):
        report = bring(city, tmp_path / "a.csv", held(**given), dry_run=dry)
        assert (report.rows, report.new, report.refused) == (1, 0, 1)
        assert why in said(report)
    assert not Visit.everything.exists()
    assert not Hazard.everything.exists()


def test_a_credential_that_had_run_out_on_the_day_does_not_count(city, held, tmp_path):
    late = held(检查日期="2017-12-31")  # both credentials begin in 2018, both people in 2019
    assert "没有有效的执法证" in said(bring(city, tmp_path / "a.csv", late))
    named = held(检查日期="2017-12-31", 检查人员="李强(1601-7)、王磊(1601-8)")
    report = bring(city, tmp_path / "b.csv", named)
    assert report.new == 1, said(report)
    assert list(Participant.everything.values_list("name", "person", "credential")) == [
        ("李强", None, "1601-7"), ("王磊", None, "1601-8"),
    ]  # fmt: skip


def test_what_followed_a_plan_names_who_approved_it_before(city, held, tmp_path):
    header = (*HEADER, "方案批准人", "方案批准日期")
    planned = held(检查方式="双随机")
    assert "晚于检查日期" in said(
        bring(city, tmp_path / "a.csv", [*planned, "赵局", "2019-08-21"], header=header)
    )
    report = bring(city, tmp_path / "b.csv", [*planned, "赵局", "2019-08-19"], header=header)
    assert report.new == 1, said(report)
    v = Visit.everything.get()
    assert (v.planned, v.authorised_by_name, v.authorised_on) == (True, "赵局", date(2019, 8, 19))


def test_another_county_and_another_countys_organ_are_refused(city, held, tmp_path):
    elsewhere = held(被检查单位="二七某厂", 属地="二七区", 行业领域="危化")
    report = bring(city, tmp_path / "a.csv", elsewhere, by=city.officer)
    assert report.new == 0
    assert "辖区" in said(report)
    foreign = held(检查单位="市集中办公室")
    assert city.office
    assert "只能补录" in said(bring(city, tmp_path / "b.csv", foreign, by=city.officer))
    assert not Visit.everything.exists()


def test_who_records_no_visits_sends_none(city, held, tmp_path):
    with pytest.raises(Refused, match="不能导入"):
        bring(city, tmp_path / "a.csv", held(), by=city.supervisor)


def test_a_sheet_without_a_header_is_no_sheet_and_a_ledger_of_hazards_stays_one(city, tmp_path):
    with pytest.raises(Refused, match="没有找到表头"):
        intake.bring(
            text(tmp_path / "a.csv", [["甲", "乙"], ["1", "2"]]), by=city.clerk, at=NOW, kind="visits"
        )
    report = intake.bring(
        text(tmp_path / "b.csv", [(*LEDGER, "检查单位", "检查人员"), [*row(), "", ""]]),
        by=city.clerk,
        at=NOW,
        dry_run=True,
    )
    assert report.kind == "hazards"


def test_one_wrong_row_refuses_its_whole_visit_and_no_other(city, held, tmp_path):
    rows = [
        held(检查结果="", 隐患描述="甲处堵塞"),
        held(检查结果="", 隐患描述="乙处堵塞", 是否整改="是"),
        held(检查日期="2019-08-21"),
    ]
    report = bring(city, tmp_path / "a.csv", *rows)
    assert (report.rows, report.new, report.refused) == (3, 1, 2)
    assert "同一次检查的第3行有误" in said(report)
    assert not Hazard.everything.exists()


def test_rows_of_one_visit_that_contradict_each_other_are_refused(city, held, tmp_path):
    rows = [
        held(检查结果="", 隐患描述="甲处堵塞"),
        held(检查结果="", 隐患描述="乙处堵塞", 检查人员="李强、赵局"),
    ]
    assert "与第2行是同一次检查,写的却不同" in said(bring(city, tmp_path / "a.csv", *rows))


def test_clean_and_found_visits_are_filed_and_the_second_time_none_is_new(city, held, tmp_path):
    rows = [
        held(检查结果="3", 隐患描述="甲处堵塞"),
        held(检查日期="2019-08-21"),
        held(
            检查结果="", 隐患描述="乙处堵塞", 是否整改="是", 整改完成时间="2019-08-25"
        ),  # of the first, not beside it
        held(检查结果="", 隐患描述="丙处堵塞", 是否整改="当场整改"),
        held(检查日期="2019-08-21"),  # twice
    ]
    path = tmp_path / "a.csv"
    trial = bring(city, path, *rows, dry_run=True)
    assert (trial.kind, trial.rows, trial.new, trial.refused) == ("visits", 5, 4, 1), said(trial)
    assert not Visit.everything.exists()
    report = bring(city, path, *rows)
    assert (report.rows, report.new, report.refused) == (5, 4, 1), said(report)
    assert report.records == Visit.everything.count(), "rows and visits are both told"
    assert "与本表第3行重复" in said(report)
    found, clean = Visit.everything.order_by("held_on")
    assert (found.state, found.found_no, found.found_nothing, found.import_row) == ("FILED", 3, False, 2)
    assert (clean.state, clean.found_no, clean.found_nothing, clean.conclusion) == (
        "FILED",
        0,
        True,
        "未发现隐患",
    )
    assert found.import_file == intake.file_hash(path)
    assert (found.organisation, found.level, found.people_no) == (city.bureau.pk, "COUNTY", 2)
    hazards = {h.description: h for h in Hazard.everything.all()}
    assert {d: (h.state, h.closed_on) for d, h in hazards.items()} == {
        "甲处堵塞": ("REGISTERED", None),
        "乙处堵塞": ("CLOSED", date(2019, 8, 25)),
        "丙处堵塞": ("CLOSED", date(2019, 8, 20)),
    }
    assert {f.hazard for f in Finding.everything.all()} == {h.pk for h in hazards.values()}
    assert {h.found_by_name for h in hazards.values()} == {"李强、王磊"}
    again = bring(city, tmp_path / "b.csv", *reversed(rows))
    assert (again.new, again.already_present, again.refused) == (0, 4, 1), said(again)
    assert verify.run().holds


def test_a_finding_that_comes_later_is_not_slipped_into_a_recorded_visit(city, held, tmp_path):
    bring(city, tmp_path / "a.csv", held())
    report = bring(city, tmp_path / "b.csv", held(检查结果="1", 隐患描述="甲处堵塞"))
    assert (report.new, report.refused) == (0, 1)
    assert "已补录为" in said(report)


def test_rows_that_name_neither_firm_nor_day_go_on_with_the_visit_above(city, held, tmp_path):
    def more(words: str) -> list[str]:
        return [words if header == "隐患描述" else "" for header in HEADER]

    report = bring(city, tmp_path / "a.csv", held(检查结果="2处", 隐患描述="甲处堵塞"), more("乙处堵塞"))
    assert (report.new, report.refused) == (2, 0), said(report)
    assert report.records == Visit.everything.count() == 1, "two rows are one visit"
    assert Visit.everything.get().found_no == 2


def test_findings_stand_in_further_columns_too(city, held, tmp_path):
    header = (*HEADER, "隐患2", "隐患3")
    report = bring(
        city,
        tmp_path / "a.csv",
        [*held(检查结果="3", 隐患描述="甲处堵塞"), "乙处堵塞", "丙处堵塞"],
        header=header,
    )
    assert report.new == 1, said(report)
    assert Hazard.everything.count() == 3


def test_a_hazard_that_the_ledger_has_is_joined_to_its_visit_and_not_doubled(city, held, tmp_path):
    ledger = row(企业名称=city.firm.name, 隐患描述="甲处堵塞", 检查时间="2019-08-20", 行业领域="危化")
    intake.bring(text(tmp_path / "l.csv", [LEDGER, ledger]), by=city.clerk, at=NOW)
    bring(city, tmp_path / "a.csv", held(检查结果="1", 隐患描述="甲处堵塞"))
    assert Finding.everything.get().hazard == Hazard.everything.get().pk


def test_the_three_checks_a_leader_and_a_firm_that_is_new(city, held, tmp_path):
    header = (*HEADER, "带队领导", "带队领导职务")
    rows = [
        [*held(检查方式="企业自查", 检查单位="", 检查人员="陈厂长"), "", ""],
        [*held(检查方式="专家服务", 检查人员="唐专家"), "", ""],
        [*held(检查方式="暗访", 被检查单位="某砚岭化工厂", 属地="金水区", 行业领域="危化"), "", ""],
        [*held(检查方式="领导带队"), "吴市长", "副市长"],
        [*held(检查日期="2019-08-22"), "吴市长", ""],
    ]
    assert bring(city, tmp_path / "t.csv", *rows, header=header, dry_run=True).new == 4
    report = bring(city, tmp_path / "a.csv", *rows, header=header)
    assert (report.new, report.new_firms, report.refused) == (4, 1, 1), said(report)
    assert "姓名和职务" in said(report)
    told = {v.source: (v.mode, v.covert, v.led, v.organisation_name) for v in Visit.everything.all()}
    assert told == {
        "SELF_DAILY": ("SELF", False, False, city.firm.name),
        "EXPERT_SERVICE": ("EXPERT", False, False, "区应急管理局"),
        "GOV_COVERT": ("GOV", True, False, "区应急管理局"),
        "GOV_LEADER": ("GOV", False, True, "区应急管理局"),
    }


def test_a_firm_with_a_name_like_anothers_is_asked_about(city, held, tmp_path):
    short = city.firm.name.removesuffix("有限公司")
    rows = [held(被检查单位=short, 属地="金水区", 行业领域="危化")]
    report = bring(city, tmp_path / "a.csv", *rows)
    assert city.firm.name in said(report)
    assert [q.vocabulary for q in report.questions] == ["firms"]
    assert bring(city, tmp_path / "a.csv", *rows, mapping=Mapping(firms={short: city.firm.uscc})).new == 1
    assert Visit.everything.get().enterprise == city.firm


def test_figures_of_visits_move(city, held, tmp_path):
    def visits() -> int:
        rows = tally.TallyLine.objects.filter(measure__in=(*tally.written_as("visit"), "visit_clean"))
        return sum(r.n for r in rows)

    before = visits()
    bring(city, tmp_path / "a.csv", held(), held(检查日期="2019-08-21", 检查结果="1", 隐患描述="甲处堵塞"))
    assert visits() == before + 3
    assert verify.run().holds


def test_the_page_the_form_and_the_command_know_visits(city, held, tmp_path, capsys):
    client = signed_in(city.clerk)
    form = client.get("/sheets/template-visits.xlsx")
    assert b"".join(form.streaming_content).startswith(b"PK")
    path = xlsx(tmp_path / "a.xlsx", [["2019年8月检查情况"], HEADER, held(检查结果="1", 隐患描述="甲处堵塞")])
    page = send(client, path).content.decode()
    assert "检查记录" in page
    sheet = SheetIn.objects.get()
    client.post(f"/sheets/{sheet.pk}/", {"go": "import"})
    v = Visit.everything.get()
    shown = client.get(v.get_absolute_url()).content.decode()
    assert "补录" in shown
    assert "甲处堵塞" in shown
    assert "以原始纸质记录为准" in client.get(f"{v.get_absolute_url()}print/").content.decode()
    words = [
        "import",
        str(path),
        "--kind",
        "visits",
        "--as",
        User.objects.get(pk=city.clerk.id).username,
        "--json",
    ]
    assert cli.main(words) == cli.OK
    assert json.loads(capsys.readouterr().out)["already_present"] == 1
    assert KINDS["visits"].form[:2] == ("检查编号", "被检查单位")


def test_a_recorded_visit_covers_its_firm_and_is_a_stop_of_its_leader(city, held, tmp_path):
    roll = coverage.freeze(
        by=city.clerk, at=NOW, name="中秋排查", since=date(2019, 9, 1), until=date(2019, 9, 30)
    )
    led = [*held(检查方式="领导带队", 检查日期="2019-09-01"), "吴市长", "副市长"]
    report = bring(city, tmp_path / "a.csv", led, header=(*HEADER, "带队领导", "带队领导职务"))
    assert report.new == 1, said(report)
    v = Visit.everything.get()
    node = Node._base_manager.get(roll=roll, subject=city.firm.pk, tier=Tier.ENTERPRISE)
    assert (node.first_on, node.gov_no) == (date(2019, 9, 1), 1)
    stop = TripStop._base_manager.get()
    assert (stop.visit, stop.trip.day) == (v.pk, date(2019, 9, 1))
    assert verify.run().holds
