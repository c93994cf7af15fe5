"""What goes out: exactly what is on the screen, to whom it may, and nothing that starts by itself."""

import csv
import io
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from anlan.exchange import export_jobs, firm_file, intake, out
from anlan.exchange.exports import Export, Stage
from anlan.hazards import commands
from anlan.hazards.tables import FORM, HAZARDS
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import ERQI, City
from anlan.kernel.accesslog import AccessLog
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, acting_as
from anlan.kernel.words import Refused
from anlan.people import commands as people
from anlan.people.models import Position, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def city() -> City:
    return City()


def client(actor: Actor) -> Client:
    made = Client()
    made.force_login(User.objects.get(pk=actor.id))
    return made


def ask(by: Actor, query: str = "", as_: str = "hazards.csv") -> Export:
    answer = client(by).post("/sheets/export/", {"query": query, "as": as_})
    assert answer.status_code == 302, answer.content.decode()
    return Export.objects.order_by("-pk")[0]


def taken(by: Actor, export: Export) -> bytes:
    answer = client(by).get(f"/sheets/exports/{export.pk}/download/")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def on_screen(by: Actor, query: str) -> list[list[str]]:
    """The cells of the list's page, as words."""
    page = client(by).get(f"/hazards/?{query}").content.decode()
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    cells = [re.findall(r"<td(?![^>]*pick)[^>]*>(.*?)</td>", row, re.S) for row in rows]
    return [[re.sub(r"<[^>]+>|\s", "", cell) for cell in row] for row in cells]


def test_the_file_holds_the_rows_and_columns_of_the_screen_in_their_order(city):
    for n in range(3):
        scenes.register(city.officer, city.firm, description=f"{n}号仓库配电箱无门")
    scenes.ordered(city, description="安全出口上锁")
    query = "text=配电箱&col=number&col=firm&col=description&col=now_organ_name&col=found_on"
    said = lines(taken(city.officer, ask(city.officer, query)))
    assert len(said) == 4
    assert said[0] == ["编号", "企业(单位)", "隐患", "办理单位", "发现日期"]
    shown = on_screen(city.officer, query)
    assert [[cell or "—" for cell in row] for row in said[1:]] == shown


def test_the_same_rows_go_into_a_workbook_with_days_as_days(city, tmp_path):
    scenes.ordered(city)
    data = taken(city.officer, ask(city.officer, "col=number&col=due_on&col=description", "hazards.xlsx"))
    (tmp_path / "x.xlsx").write_bytes(data)
    rows = CalamineWorkbook.from_path(str(tmp_path / "x.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[0] == ["编号", "整改期限", "隐患"]
    assert str(rows[1][1]) == "2019-09-07"


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "=1+1", "\t=1"])
def test_no_cell_starts_a_formula(city, tmp_path, text):
    assert out.safe(text).startswith("'")
    scenes.register(city.officer, city.firm, description=f"{text.strip()}处有隐患")
    with acting_as(city.officer):
        rows = HAZARDS.listing({}, city.officer, scenes.TODAY).ordered()
        columns = HAZARDS.chosen(["description"])
        out.to_csv(tmp_path / "x.csv", table=HAZARDS, columns=columns, rows=rows)
        out.to_xlsx(tmp_path / "x.xlsx", table=HAZARDS, columns=columns, rows=rows)
    assert lines((tmp_path / "x.csv").read_bytes())[1][0].startswith("'")
    import zipfile

    sheet = zipfile.ZipFile(tmp_path / "x.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_a_hazard_of_another_county_is_in_no_file(city):
    elsewhere = City(county=ERQI, town="")
    scenes.register(city.clerk, elsewhere.firm, description="金丝雀专用描述", general=False)
    scenes.register(city.officer, city.firm)
    for as_ in ("hazards.csv", "hazards.xlsx", "form21.csv", "risks.csv", "enterprises.csv"):
        data = taken(city.officer, ask(city.officer, "", as_))
        assert "金丝雀" not in data.decode("utf-8-sig", errors="ignore")
        assert elsewhere.firm.name not in data.decode("utf-8-sig", errors="ignore")


def test_another_person_does_not_find_it(city):
    scenes.register(city.officer, city.firm)
    export = ask(city.officer)
    for path in ("download/", "cancel/"):
        for method in ("get", "post"):
            answer = getattr(client(city.second), method)(f"/sheets/exports/{export.pk}/{path}")
            assert answer.status_code in (404, 405)


def test_after_its_days_it_is_refused_and_thrown_away(city):
    scenes.register(city.officer, city.firm)
    export = ask(city.officer)
    Export.objects.filter(pk=export.pk).update(expires=timezone.now() - timedelta(seconds=1))
    answer = client(city.officer).get(f"/sheets/exports/{export.pk}/download/")
    assert answer.status_code == 422
    assert "已过期" in answer.content.decode()
    export_jobs.run_waiting(at=timezone.now())
    export.refresh_from_db()
    assert export.stage == Stage.EXPIRED
    assert not export_jobs.path_of(export).exists()


def test_after_the_position_has_ended_it_is_refused(city):
    scenes.register(city.clerk, city.firm, general=False)
    export = ask(city.officer)
    position = Position.objects.get(pk=city.officer.position)
    ended = timezone.now() - timedelta(days=2)
    people.step_down(position.pk, by=people.CONSOLE, at=ended, on=day_of(ended))
    with pytest.raises(Refused, match="不在导出时的职务"):
        export_jobs.taken_away(export, at=timezone.now())
    assert client(city.officer).get(f"/sheets/exports/{export.pk}/download/").status_code == 422


def test_taking_it_away_is_logged_with_how_many(city):
    scenes.register(city.officer, city.firm)
    taken(city.officer, ask(city.officer))
    entry = AccessLog.objects.filter(what="export").order_by("-no")[0]
    assert (entry.person, entry.kind, entry.count) == (city.officer.id, "hazard", 1)


def test_a_long_one_waits_for_the_worker_and_can_be_cancelled(city, monkeypatch):
    scenes.register(city.officer, city.firm)
    scenes.register(city.officer, city.firm, description="安全出口上锁")
    monkeypatch.setattr(export_jobs, "AT_ONCE", 1)
    first, second = ask(city.officer), ask(city.officer)
    assert (first.stage, second.stage) == (Stage.WAITING, Stage.WAITING)
    client(city.officer).post(f"/sheets/exports/{second.pk}/cancel/")
    assert export_jobs.run_waiting(at=timezone.now()) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.stage, first.done, first.total) == (Stage.DONE, 2, 2)
    assert second.stage == Stage.CANCELLED
    assert not export_jobs.path_of(second).exists()


def test_one_cancelled_on_the_way_leaves_no_file(city):
    scenes.register(city.officer, city.firm)
    export = ask(city.officer)
    export_jobs.path_of(export).unlink()
    with acting_as(city.officer):
        rows = HAZARDS.listing({}, city.officer, scenes.TODAY).ordered()
    with acting_as(city.officer), pytest.raises(out.Stopped):
        out.write(
            export_jobs.path_of(export), form="csv", table=HAZARDS, columns=HAZARDS.chosen(), rows=rows,
            going=lambda done: False,
        )  # fmt: skip
    assert list(export_jobs.folder().iterdir()) == []


def test_a_queue_is_exported_as_it_waits(city):
    h = scenes.register(city.clerk, city.firm, general=False)
    commands.assign(h.pk, by=city.clerk, at=scenes.later(hours=1), to=city.bureau, reply_due=None)
    scenes.register(city.officer, city.firm, description="不在待签收之列")
    answer = client(city.officer).post("/sheets/export/", {"as": "hazards.csv", "queue": "to_sign"})
    assert answer.status_code == 302
    said = lines(taken(city.officer, Export.objects.get()))
    assert [row[0] for row in said[1:]] == [h.number]


def test_the_form_has_the_twenty_one_columns_and_the_number(city):
    labels = [str(c.label) for c in FORM.chosen()]
    assert len(labels) == 22
    assert labels[0] == "上报单位"
    assert labels[20:] == ["举报情况备注", "隐患编号"]


def test_nobody_without_a_position_gets_a_row(city):
    scenes.register(city.officer, city.firm)
    user = scenes.account("无职务")
    made = Client()
    made.force_login(user)
    made.post("/sheets/export/", {"as": "hazards.csv"})
    export = Export.objects.filter(person=user.pk).first()
    assert export is None or export.done == 0


# -- an enterprise's file ------------------------------------------------------------------------------


def test_an_enterprises_file_is_one_pdf_of_what_its_tabs_say(city):
    h = scenes.ordered(city, description="一号罐区可燃气体报警器失效")
    answer = client(city.officer).post(f"/sheets/firms/{city.firm.pk}/file/")
    export = Export.objects.get()
    assert answer["Location"].endswith(f"/exports/{export.pk}/download/")
    assert taken(city.officer, export).startswith(b"%PDF-")
    with acting_as(city.officer):
        said = json.dumps(firm_file.content(city.firm, city.officer, timezone.now()), ensure_ascii=False)
    assert city.firm.uscc in said
    assert h.number in said
    assert "可燃气体报警器" in said


def test_a_firm_of_another_county_has_no_file_for_me(city):
    elsewhere = City(county=ERQI, town="")
    assert client(city.officer).post(f"/sheets/firms/{elsewhere.firm.pk}/file/").status_code == 404
    assert not Export.objects.exists()


def test_names_of_people_stand_in_the_file_only_for_whom_they_are(city):
    with acting_as(city.leader):
        said = json.dumps(firm_file.content(city.firm, city.leader, timezone.now()), ensure_ascii=False)
    assert city.leader.may("register.see_personal") or "王建国" not in said


def test_what_went_out_comes_in_again_with_nothing_new(city, tmp_path):
    for _ in range(3):
        scenes.register(city.officer, city.firm, description="同样的一处隐患,各有编号")
    scenes.submitted(city, description="已提交整改的一处")
    for form in ("csv", "xlsx"):
        path = tmp_path / f"out.{form}"
        with acting_as(city.officer):
            rows = FORM.listing({}, city.officer, scenes.TODAY).ordered()
            out.write(path, form=form, table=FORM, columns=FORM.chosen(), rows=rows)
        report = intake.bring(path, by=city.officer, at=scenes.later(9))
        assert (report.rows, report.new, report.already_present, report.refused) == (4, 0, 4, 0)
