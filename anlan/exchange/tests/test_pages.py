"""A sheet by page: seen how it is read, mended, taken in, stopped, gone on with, sent back."""

from datetime import timedelta

import pytest
import python_calamine
from django.utils import timezone

from anlan.exchange import intake, jobs
from anlan.exchange.kinds import KINDS
from anlan.exchange.models import Habit, SheetIn, Step
from anlan.exchange.tests.sheets import HEADER, PLACES, PUBLISHED, row, send, signed_in, text, xlsx
from anlan.hazards.models import Hazard
from anlan.kernel.scope import acting_as
from anlan.people.models import User
from anlan.standards import queries as standards

pytestmark = pytest.mark.django_db


def choices(**given: str) -> dict[str, object]:
    return {"places_value": list(PLACES), "places_is": list(PLACES.values())} | given


@pytest.fixture
def office(city):
    return signed_in(city.clerk)


def test_the_published_sheet_is_mended_on_the_page_and_all_seventeen_rows_come_in_once(city, office):
    page = send(office, PUBLISHED).content.decode()
    assert "共17行,可接收0行" in page
    for words in (
        "魏都区",
        "桂花镇",
        "巢湖市",
        "(空白)",
        "没有写年份",
        "没有写到日",
        'name="year"',
        'name="day"',
    ):
        assert words in page
    sheet = SheetIn.objects.get()
    page = office.post(f"/sheets/{sheet.pk}/", choices(year="2017", day="1"), follow=True).content.decode()
    assert "共17行,可接收17行(新增17,已有0),不能接收0行" in page
    assert not Hazard.everything.exists()
    office.post(f"/sheets/{sheet.pk}/", choices(year="2017", day="1", go="import"))
    assert Hazard.everything.count() == 17
    again = send(office, PUBLISHED)
    assert again.status_code == 200
    second = SheetIn.objects.latest("pk")
    office.post(f"/sheets/{second.pk}/", {"year": "2017", "day": "1", "go": "import"})
    second.refresh_from_db()
    assert (second.report["new"], second.report["already_present"], second.report["refused"]) == (0, 17, 0)


def test_what_goes_out_as_the_form_comes_in_again_without_a_new_row(city, office, tmp_path):
    send(office, PUBLISHED)
    office.post(f"/sheets/{SheetIn.objects.get().pk}/", choices(year="2017", day="1", go="import"))
    for form in ("xlsx", "csv"):
        answer = office.post("/sheets/export/", {"as": f"form21.{form}", "query": ""}, follow=True)
        path = tmp_path / f"out.{form}"
        path.write_bytes(b"".join(answer.streaming_content))
        send(office, path)
        said = SheetIn.objects.latest("pk").report
        assert (said["rows"], said["new"], said["already_present"], said["refused"]) == (17, 0, 17, 0)


def test_a_row_with_a_number_of_the_ledger_that_says_something_else_is_refused(city, office, tmp_path):
    send(office, text(tmp_path / "a.csv", [HEADER, row()]))
    office.post(f"/sheets/{SheetIn.objects.get().pk}/", {"go": "import"})
    number = Hazard.everything.get().number
    path = text(tmp_path / "b.csv", [("编号", *HEADER), (number, *row(隐患描述="另一处隐患"))])
    page = send(office, path).content.decode()
    assert f"台账中{number}的隐患描述与表中不同" in page


def test_what_was_chosen_is_remembered_for_the_sender_but_not_the_year_or_the_day(city, office):
    send(office, PUBLISHED)
    first = SheetIn.objects.get()
    office.post(
        f"/sheets/{first.pk}/", choices(year="2017", day="1", column=["举报情况备注"], column_is=[""])
    )
    page = send(office, PUBLISHED).content.decode()
    second = SheetIn.objects.latest("pk")
    assert second.mapping["places"] == PLACES
    assert second.mapping["columns"] == {"举报情况备注": ""}
    assert (second.mapping["year"], second.mapping["day"]) == (None, None)
    assert '<option value="410105" selected>' in page
    send(signed_in(city.officer), PUBLISHED)
    assert SheetIn.objects.latest("pk").mapping["places"] == {}


def test_meanings_are_remembered_for_a_sheet_with_another_header_and_columns_are_not(city, office, tmp_path):
    first = send(office, text(tmp_path / "a.csv", [HEADER, row(属地="某开发区")]))
    assert "不认识的属地" in first.content.decode()
    sheet = SheetIn.objects.get()
    office.post(f"/sheets/{sheet.pk}/", {"places_value": "某开发区", "places_is": "410122"})
    other = [*HEADER[:3], "问题", *HEADER[4:]]
    page = send(office, text(tmp_path / "b.csv", [other, row(2, 属地="某开发区")])).content.decode()
    assert "没有隐患描述" in page
    second = SheetIn.objects.latest("pk")
    office.post(f"/sheets/{second.pk}/", {"column": ["问题"], "column_is": ["description"], "go": "import"})
    assert Hazard.everything.get().found_county == "410122"
    assert {h.headers for h in Habit.objects.all()} == {"", sheet.headers, second.headers}


def test_two_columns_for_one_field_and_a_year_that_is_none_are_refused_and_nothing_is_lost(
    city, office, tmp_path
):
    send(office, text(tmp_path / "a.csv", [HEADER, row()]))
    sheet = SheetIn.objects.get()
    twice = office.post(f"/sheets/{sheet.pk}/", {"column": ["属地"], "column_is": ["sector"]})
    assert twice.status_code == 422
    assert "有两栏都对应“行业领域”" in twice.content.decode()
    for said in ("17", "二〇一七", "99999"):
        assert office.post(f"/sheets/{sheet.pk}/", {"year": said}).status_code == 422
    assert (
        office.post(f"/sheets/{sheet.pk}/", {"places_value": "金水区", "places_is": "999999"}).status_code
        == 422
    )
    sheet.refresh_from_db()
    assert sheet.mapping["places"] == {}
    assert office.get(f"/sheets/{sheet.pk}/").status_code == 200


def test_an_alike_firm_is_asked_about_with_the_firms_to_choose_from(city, office, tmp_path):
    known = city.firm
    short = known.name.removesuffix("有限公司")
    page = send(office, text(tmp_path / "a.csv", [HEADER, row(企业名称=short)])).content.decode()
    assert f'<option value="{known.uscc}">{known.name} {known.uscc}</option>' in page
    sheet = SheetIn.objects.get()
    page = office.post(f"/sheets/{sheet.pk}/", {"firms_value": short, "firms_is": known.uscc}, follow=True)
    assert f'<option value="{known.uscc}" selected>' in page.content.decode()
    office.post(f"/sheets/{sheet.pk}/", {"firms_value": short, "firms_is": "new", "go": "import"})
    assert Hazard.everything.get().enterprise.name == short


def long(tmp_path, n: int = 2600):
    return text(tmp_path / "long.csv", [HEADER, *(row(i) for i in range(n))])


def test_a_long_sheet_is_tried_by_its_beginning_and_left_to_the_worker_with_progress(city, office, tmp_path):
    page = send(office, long(tmp_path)).content.decode()
    assert "只试了前2,000行" in page
    sheet = SheetIn.objects.get()
    page = office.post(f"/sheets/{sheet.pk}/", {"go": "import"}, follow=True).content.decode()
    assert "正在排队" in page
    assert not Hazard.everything.exists()
    assert jobs.run_waiting(at=timezone.now()) == 1
    page = office.get(f"/sheets/{sheet.pk}/").content.decode()
    assert "2,600" in page
    assert Hazard.everything.count() == 2600


def test_a_stopped_import_says_what_it_took_and_goes_on_without_doubles(city, office, tmp_path, monkeypatch):
    send(office, long(tmp_path))
    sheet = SheetIn.objects.get()
    office.post(f"/sheets/{sheet.pk}/", {"go": "import"})
    take = intake._take

    def take_one_and_be_stopped(*given, **more):
        take(*given, **more)
        office.post(f"/sheets/{sheet.pk}/cancel/")

    monkeypatch.setattr(intake, "_take", take_one_and_be_stopped)
    jobs.run_waiting(at=timezone.now())
    monkeypatch.undo()
    sheet.refresh_from_db()
    assert sheet.step == Step.CANCELLED
    assert Hazard.everything.count() == 1000
    page = office.get(f"/sheets/{sheet.pk}/").content.decode()
    assert "已接收的1,000行保留在台账中,还有约1,600行没有处理" in page
    office.post(f"/sheets/{sheet.pk}/", {"go": "on"})
    jobs.run_waiting(at=timezone.now())
    sheet.refresh_from_db()
    assert (sheet.report["rows"], sheet.report["new"], sheet.report["already_present"]) == (2600, 1600, 1000)
    assert Hazard.everything.count() == 2600


def test_an_import_whose_worker_died_is_taken_up_again(city, office, tmp_path):
    send(office, text(tmp_path / "a.csv", [HEADER, row()]))
    ago = timezone.now() - timedelta(minutes=1)
    SheetIn.objects.update(step=Step.RUNNING, beat=ago, position=city.clerk.position)
    assert jobs.run_waiting(at=timezone.now()) == 0
    SheetIn.objects.update(beat=ago - timedelta(hours=1))
    assert jobs.run_waiting(at=timezone.now()) == 1
    assert SheetIn.objects.get().step == Step.DONE


def test_nothing_is_taken_in_for_somebody_who_left(city, office, tmp_path):
    send(office, long(tmp_path, 2100))
    sheet = SheetIn.objects.get()
    office.post(f"/sheets/{sheet.pk}/", {"go": "import"})
    User.objects.filter(pk=city.clerk.id).update(state="DISABLED")
    assert jobs.run_waiting(at=timezone.now()) == 0
    sheet.refresh_from_db()
    assert sheet.step == Step.FAILED
    assert not Hazard.everything.exists()


def test_what_was_refused_is_mended_in_the_sheet_that_came_back_and_sent_again(city, office, tmp_path):
    path = xlsx(
        tmp_path / "月报.xlsx", [["台账"], HEADER, row(1), row(2, 检查时间="8月3日"), row(3, 属地="某市")]
    )
    send(office, path)
    sheet = SheetIn.objects.get()
    page = office.post(f"/sheets/{sheet.pk}/", {"go": "import"}, follow=True).content.decode()
    assert "下载未接收的行" in page
    answer = office.get(f"/sheets/{sheet.pk}/refused.xlsx")
    back = tmp_path / "back.xlsx"
    back.write_bytes(b"".join(answer.streaming_content))
    cells = python_calamine.CalamineWorkbook.from_path(str(back)).get_sheet_by_index(0).to_python()
    assert cells[0][0] == "台账"
    assert tuple(cells[1]) == (*HEADER, "未接收原因", "怎样修改", "原表行号")
    assert [r[-1] for r in cells[2:]] == ["4", "5"]
    assert "如 2019-08-03" in cells[2][7]
    cells[2][4], cells[3][2] = "2019-08-03", "二七区"
    send(office, xlsx(tmp_path / "mended.xlsx", cells))
    second = SheetIn.objects.latest("pk")
    office.post(f"/sheets/{second.pk}/", {"go": "import"})
    second.refresh_from_db()
    assert (second.report["new"], second.report["refused"]) == (2, 0)
    assert Hazard.everything.count() == 3


def test_the_same_sheet_is_mended_by_its_meanings_after_the_import_and_nothing_is_doubled(
    city, office, tmp_path
):
    send(office, text(tmp_path / "a.csv", [HEADER, row(1), row(2, 企业名称="溪畔旅社", 属地="某市")]))
    sheet = SheetIn.objects.get()
    office.post(f"/sheets/{sheet.pk}/", {"go": "import"})
    page = office.post(f"/sheets/{sheet.pk}/", {"go": "mend"}, follow=True).content.decode()
    assert "共2行,可接收1行(新增0,已有1)" in page
    office.post(f"/sheets/{sheet.pk}/", {"places_value": "某市", "places_is": "410103", "go": "import"})
    sheet.refresh_from_db()
    assert (sheet.report["new"], sheet.report["already_present"]) == (1, 1)


def test_the_history_says_who_sent_what_when_and_what_became_of_it(city, office, tmp_path):
    path = text(tmp_path / "七月台账.csv", [HEADER, row()])
    send(office, path)
    sheet = SheetIn.objects.get()
    office.post(f"/sheets/{sheet.pk}/", {"go": "import"})
    page = office.get("/sheets/").content.decode()
    for words in ("七月台账.csv", city.clerk.name, "已完成", intake.file_hash(path)):
        assert words in page
    assert "七月台账.csv" not in signed_in(city.officer).get("/sheets/").content.decode()


@pytest.mark.parametrize("kind", ["hazards", "enterprises"])
def test_the_empty_form_has_lists_of_the_values_in_force_and_is_read_as_its_kind(
    city, office, tmp_path, kind
):
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"".join(office.get(f"/sheets/template-{kind}.xlsx").streaming_content))
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    assert book.get_sheet_by_index(0).to_python()[0] == list(KINDS[kind].form)
    offered = {
        column[0]: set(column[1:]) for column in zip(*book.get_sheet_by_index(1).to_python(), strict=True)
    }
    with acting_as(city.clerk):
        assert {name for _code, name in standards.sector_choices(on=None)} <= offered["行业领域"]
    assert "金水区" in offered["属地" if kind == "hazards" else "县(市、区)"]
    assert send(office, path).status_code == 200  # a form without rows is a sheet without rows


def test_every_page_of_an_import_is_there_in_english(city, office, tmp_path):
    english = {"headers": {"Accept-Language": "en"}}
    send(office, text(tmp_path / "a.csv", [HEADER, row(1), row(2, 属地="某市")]))
    sheet = SheetIn.objects.get()
    page = office.get(f"/sheets/{sheet.pk}/", **english).content.decode()
    assert "is no county or town of this city" in page
    office.post(f"/sheets/{sheet.pk}/", {"go": "import"})
    assert (
        "is no county or town of this city" in office.get(f"/sheets/{sheet.pk}/", **english).content.decode()
    )
    assert "Drop a sheet here" in office.get("/sheets/", **english).content.decode()
