"""Enterprises and people by sheet: the same care, through the acts of their own modules."""

import zipfile

import pytest

from anlan.exchange import intake, refused
from anlan.exchange.kinds import KINDS
from anlan.exchange.mapping import Mapping
from anlan.exchange.models import SheetIn
from anlan.exchange.tests.sheets import send, signed_in, text
from anlan.hazards.tests.scenes import NOW, account, actor, appoint, later
from anlan.kernel import personal
from anlan.kernel.codes import make_uscc
from anlan.kernel.journal import Personal
from anlan.kernel.words import Refused
from anlan.people.models import Position, User
from anlan.register.models import Enterprise
from anlan.site import cli, verify

pytestmark = pytest.mark.django_db
FIRMS = (
    "企业名称",
    "统一社会信用代码",
    "县(市、区)",
    "乡镇(街道)",
    "行业领域",
    "规模",
    "从业人数",
    "主要负责人",
    "主要负责人电话",
    "重点单位",
)
PEOPLE = ("用户名", "姓名", "单位", "角色", "职务", "主管行业领域", "结束日期")


def firm(n: int, **given: str) -> list[str]:
    cells = (
        f"某溪畔{n}号铸造厂", make_uscc("410105", 9000 + n), "金水区", "", "工贸", "小型", "35人", "冯厂长", "13800000000", "是",
    )  # fmt: skip
    return list((dict(zip(FIRMS, cells, strict=True)) | given).values())


@pytest.fixture
def administrator(city):
    user = account("管理员")
    appoint(user, city.office, "administrator", "CITY")
    return actor(user)


def test_firms_are_entered_with_their_persons_and_the_second_time_none_is_new(city, tmp_path):
    path = text(tmp_path / "firms.csv", [FIRMS, firm(1), firm(2, 规模="", 从业人数="")])
    assert intake.bring(path, by=city.clerk, at=NOW, dry_run=True).new == 2
    assert not Enterprise.everything.exists()
    report = intake.bring(path, by=city.clerk, at=NOW)
    assert (report.kind, report.rows, report.new, report.refused) == ("enterprises", 2, 2, 0), report.refusals
    made = Enterprise.everything.get(name="某溪畔1号铸造厂")
    assert (made.county, made.sector, made.scale, made.headcount, made.is_key) == (
        "410105",
        "TRADE",
        "SMALL",
        35,
        True,
    )
    person = made.persons(manager="everything").get()
    assert set(personal.reveal([person.name, person.phone]).values()) == {"冯厂长", "13800000000"}
    again = intake.bring(path, by=city.clerk, at=later(days=1))
    assert (again.new, again.already_present) == (0, 2)
    assert verify.run().holds


def test_a_row_sent_twice_is_one_firm_and_one_set_of_names_also_where_it_was_chosen_as_new(city, tmp_path):
    short = city.firm.name.removesuffix("有限公司")
    path = text(
        tmp_path / "firms.csv", [FIRMS, firm(1, 企业名称=short, 统一社会信用代码="", 规模="其他单位")]
    )
    as_new = Mapping(firms={short: "new"})
    first, second = (intake.bring(path, by=city.clerk, at=NOW, mapping=as_new) for _ in range(2))
    assert (first.new, first.already_present) == (1, 0), first.refusals
    assert (second.new, second.already_present, second.refused) == (0, 1, 0), second.refusals
    assert Enterprise.everything.filter(name=short).count() == 1
    assert Personal.objects.filter(value="冯厂长").count() == 1


def test_a_sheet_that_comes_in_while_it_is_read_once_more_enters_nothing_twice(city, tmp_path):
    path = text(tmp_path / "firms.csv", [FIRMS, firm(1), firm(2, 统一社会信用代码="", 规模="其他单位")])
    others = []

    def meanwhile(done, total):
        if not others:
            others.append(intake.bring(path, by=city.clerk, at=NOW))
        return True

    report = intake.bring(path, by=city.clerk, at=NOW, going=meanwhile)
    assert (others[0].new, report.new, report.already_present, report.refused) == (2, 0, 2, 0), (
        report.refusals
    )
    assert Enterprise.everything.filter(name__startswith="某溪畔").count() == 2
    assert Personal.objects.filter(value="冯厂长").count() == 2


def test_a_firm_with_a_wrong_code_an_unknown_place_or_an_alike_name_is_refused_with_what_to_do(
    city, tmp_path
):
    known = city.firm
    short = known.name.removesuffix("有限公司")
    rows = [
        firm(1, 统一社会信用代码="91410105MA00000000"),
        firm(2, **{"县(市、区)": "某县"}),
        firm(3, 企业名称=short, 统一社会信用代码=""),
        firm(4, 行业领域="航天"),
        firm(5, 从业人数="许多"),
    ]
    report = intake.bring(text(tmp_path / "firms.csv", [FIRMS, *rows]), by=city.clerk, at=NOW)
    assert (report.rows, report.new, report.refused) == (5, 0, 5)
    assert [r.column for r in report.refusals] == [
        "统一社会信用代码",
        "县(市、区)",
        "企业名称",
        "行业领域",
        "从业人数",
    ]
    assert known.name in str(report.refusals[2].reason)
    assert Enterprise.everything.count() == 1
    chosen = Mapping(firms={short: known.uscc}, sectors={"航天": "TRADE"}, places={"某县": "410122"})
    mended = intake.bring(text(tmp_path / "firms.csv", [FIRMS, *rows]), by=city.clerk, at=NOW, mapping=chosen)
    assert (mended.new, mended.already_present, mended.refused) == (2, 1, 2)


def test_a_firm_of_another_county_is_not_entered(city, tmp_path):
    path = text(tmp_path / "firms.csv", [FIRMS, firm(1, **{"县(市、区)": "二七区"})])
    report = intake.bring(path, by=city.officer, at=NOW)
    assert "只能登记本辖区" in str(report.refusals[0].reason)


def test_refused_firms_come_back_as_their_sheet(city, tmp_path):
    path, back = (
        text(tmp_path / "firms.csv", [FIRMS, firm(1), firm(2, 行业领域="航天")]),
        tmp_path / "back.xlsx",
    )
    report = intake.bring(path, by=city.clerk, at=NOW)
    assert refused.workbook(path, back, kind=KINDS["enterprises"], refusals=report.refusals) == 1
    mended = intake.bring(back, by=city.clerk, at=NOW, mapping=Mapping(sectors={"航天": "TRADE"}))
    assert (mended.rows, mended.new) == (1, 1)


def person(n: int, **given: str) -> list[str]:
    said = dict(
        zip(
            PEOPLE,
            (f"zhang{n}", f"张{n}", "区应急管理局", "行业部门经办", "科员", "危化、工贸", ""),
            strict=True,
        )
    )
    return list((said | given).values())


def test_people_get_an_account_and_a_position_and_the_second_time_none_is_new(city, administrator, tmp_path):
    assert city.bureau
    path = text(tmp_path / "people.csv", [PEOPLE, person(1), person(2, 姓名="李2")])
    assert intake.bring(path, by=administrator, at=NOW, dry_run=True).new == 2
    assert not User.objects.filter(username="zhang1").exists()
    report = intake.bring(path, by=administrator, at=NOW)
    assert (report.kind, report.new, report.refused) == ("people", 2, 0), report.refusals
    position = Position.objects.get(user__username="zhang1")
    assert (position.role, position.level, position.code) == ("department_officer", "COUNTY", "410105")
    assert position.sectors == ["HAZCHEM", "TRADE"]
    username, _name, password = report.opened[0]
    user = User.objects.get(username=username)
    assert user.check_password(password)
    assert user.must_change_password
    again = intake.bring(path, by=administrator, at=later(days=1))
    assert (again.new, again.already_present, again.opened) == (0, 2, [])


def test_a_person_who_is_there_gets_the_position_he_lacks_and_keeps_his_password(
    city, administrator, tmp_path
):
    assert city.bureau
    assert city.office
    intake.bring(text(tmp_path / "a.csv", [PEOPLE, person(1)]), by=administrator, at=NOW)
    before = User.objects.get(username="zhang1").password
    second = text(tmp_path / "b.csv", [PEOPLE, person(1, 单位="市集中办公室", 角色="集中办公室")])
    report = intake.bring(second, by=administrator, at=NOW)
    assert (report.new, report.opened) == (1, [])
    assert Position.objects.filter(user__username="zhang1").count() == 2
    assert User.objects.get(username="zhang1").password == before


def test_people_that_cannot_be_are_refused_with_the_reason(city, administrator, tmp_path):
    assert city.bureau
    rows = [
        person(1, 单位="某单位"),
        person(2, 角色="部长"),
        person(3, 用户名="张三"),
        person(4, 主管行业领域=""),
        person(5, 角色="督导暗访组员"),
        person(6, 用户名=User.objects.get(pk=administrator.id).username, 姓名="别人"),
    ]
    report = intake.bring(text(tmp_path / "a.csv", [PEOPLE, *rows]), by=administrator, at=NOW)
    assert (report.rows, report.new, report.refused) == (6, 0, 6)
    said = "".join(str(r.reason) for r in report.refusals)
    for words in (
        "没有单位“某单位”",
        "不认识角色“部长”",
        "用户名用小写字母",
        "须选择主管的行业领域",
        "须有结束日期",
        "是管理员的",
    ):
        assert words in said


def test_only_administrators_send_people_and_only_who_keeps_files_sends_firms(city, administrator, tmp_path):
    people, firms = text(tmp_path / "p.csv", [PEOPLE, person(1)]), text(tmp_path / "f.csv", [FIRMS, firm(1)])
    with pytest.raises(Refused, match="不能导入"):
        intake.bring(people, by=city.clerk, at=NOW)
    with pytest.raises(Refused, match="不能导入"):
        intake.bring(firms, by=administrator, at=NOW)
    assert send(signed_in(city.clerk), people).status_code == 422
    assert not User.objects.filter(username="zhang1").exists()
    assert signed_in(city.clerk).get("/sheets/template-people.xlsx").status_code == 404
    assert signed_in(administrator).get("/sheets/template-hazards.xlsx").status_code == 404


def test_one_time_passwords_are_handed_out_once(city, administrator, tmp_path):
    assert city.bureau
    client = signed_in(administrator)
    send(client, text(tmp_path / "p.csv", [PEOPLE, person(1)]))
    sheet = SheetIn.objects.get()
    client.post(f"/sheets/{sheet.pk}/", {"go": "import"})
    assert "zhang1" not in str(SheetIn.objects.get().report)  # what was shown to be checked is not kept
    first = client.post(f"/sheets/{sheet.pk}/passwords.xlsx")
    assert first.content.startswith(b"PK")
    assert client.post(f"/sheets/{sheet.pk}/passwords.xlsx").status_code == 404


def test_the_command_line_asks_where_the_passwords_go_before_it_opens_an_account(
    city, administrator, tmp_path, capsys
):
    assert city.bureau
    path, to = text(tmp_path / "p.csv", [PEOPLE, person(1)]), tmp_path / "secret.xlsx"
    words = ["import", str(path), "--as", User.objects.get(pk=administrator.id).username]
    assert cli.main(words) == cli.FOUND
    assert "--passwords" in capsys.readouterr().err
    assert not User.objects.filter(username="zhang1").exists()
    assert cli.main([*words, "--passwords", str(to)]) == cli.OK
    assert to.stat().st_mode & 0o077 == 0
    assert zipfile.is_zipfile(to)
