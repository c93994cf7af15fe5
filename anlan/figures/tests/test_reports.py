"""A report is counted, frozen, signed by another and filed; what is filed moves no more."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from python_calamine import CalamineWorkbook

from anlan.figures.reports import commands, filling, jobs, queries, view
from anlan.figures.reports.models import Frozen, Report
from anlan.figures.reports.states import State
from anlan.figures.tests.office import Offices
from anlan.hazards import commands as hazards
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import JINSHUI, later, register
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.kernel.words import Refused
from anlan.people.models import User

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2019, 9, 15)
AFTER = datetime(2019, 10, 9, 1, 0, tzinfo=UTC)
FILED = datetime(2019, 10, 10, 1, 0, tzinfo=UTC)


@pytest.fixture
def city() -> Offices:
    return Offices()


def begun(city: Offices, form: str = "T1") -> Report:
    return commands.begin(by=city.filler, at=AFTER, form=form, day=SEPTEMBER)


def frozen(city: Offices) -> Report:
    r = begun(city)
    return commands.freeze(r.pk, by=city.filler, at=AFTER)


def filed(city: Offices) -> Report:
    r = frozen(city)
    return commands.sign(r.pk, by=city.signer, at=FILED)


def value(r: Report, row: str, column: str):
    with acting_as(SYSTEM):
        return filling.fill(r)[row, column].value


def test_an_unknown_form_is_refused_and_the_nearest_is_named(city):
    with pytest.raises(Refused, match="相近的有:T1"):
        commands.begin(by=city.filler, at=AFTER, form="T11", day=SEPTEMBER)
    assert not Report.everything.exists()


def test_a_form_is_begun_once_for_a_period_and_only_when_that_has_begun(city):
    begun(city)
    with pytest.raises(Refused, match="已经建立"):
        begun(city)
    with pytest.raises(Refused, match="还不能建立"):
        commands.begin(by=city.filler, at=AFTER, form="T1", day=date(2019, 11, 3))
    assert Report.everything.count() == 1


def test_a_period_that_is_not_over_is_not_frozen(city):
    r = commands.begin(by=city.filler, at=later(3), form="T1", day=SEPTEMBER)
    with pytest.raises(Refused, match="结束后才能冻结"):
        commands.freeze(r.pk, by=city.filler, at=later(4))
    assert Report.everything.get().state == State.DRAFT


def test_who_freezes_does_not_sign_and_a_stranger_neither(city):
    r = frozen(city)
    with pytest.raises(Refused, match="另一人审签"):
        commands.sign(r.pk, by=city.filler, at=FILED)
    with pytest.raises(Refused, match="由区集中办公室填报和审签"):
        commands.sign(r.pk, by=city.leader, at=FILED)
    assert Report.everything.get().state == State.FROZEN


def test_what_is_filed_moves_no_more_and_says_how_it_can_be_corrected(city):
    r = filed(city)
    before = Report.everything.values().get()
    with pytest.raises(Refused, match="请市级写明原因退回"):
        commands.enter(r.pk, by=city.filler, at=FILED, values={"coal.listed": 2})
    with pytest.raises(Refused, match="已上报"):
        commands.freeze(r.pk, by=city.filler, at=FILED)
    assert Report.everything.values().get() == before


def test_a_counted_cell_takes_no_number_by_hand(city):
    r = begun(city)
    with pytest.raises(Refused, match="由系统从记录数出"):
        commands.enter(r.pk, by=city.filler, at=AFTER, values={"coal.cohort_general": 7})
    with pytest.raises(Refused, match="0或正整数"):
        commands.enter(r.pk, by=city.filler, at=AFTER, values={"coal.listed": -1})


def test_a_reason_is_needed_to_return_and_the_county_cannot_return_its_own(city):
    r = filed(city)
    with pytest.raises(Refused, match="写明退回的原因"):
        commands.give_back(r.pk, by=city.clerk, at=FILED, reason=" ")
    with pytest.raises(Refused, match="由市级退回"):
        commands.give_back(r.pk, by=city.filler, at=FILED, reason="数字有误")
    assert Report.everything.get().state == State.FILED


def test_the_cells_are_what_the_records_say(city):
    register(city.officer, city.firm)
    h = scenes.submitted(city)
    hazards.accept(h.pk, by=city.officer, at=later(2), opinion="合格", second=city.second)
    scenes.major(city)
    r = begun(city)
    assert value(r, "hazchem", "cohort_general") == 2
    assert value(r, "hazchem", "cohort_rectified_general") == 1
    assert value(r, "hazchem", "general_rate") == 50.0
    assert value(r, "hazchem", "cohort_major") == 1
    assert value(r, "hazchem", "firms_listed") == 1
    assert value(r, "coal", "cohort_general") == 0
    assert value(r, "coal", "general_rate") is None
    assert value(r, "total", "cohort_general") == 2


def test_what_changes_after_freezing_stands_beside_and_the_frozen_table_stays(city):
    register(city.officer, city.firm)
    r = filed(city)
    kept = Frozen.everything.get()
    late = register(city.officer, city.firm, description="补登的隐患", at=later(5))
    assert late.found_on <= r.end
    with acting_as(city.filler):
        shown = view.table(queries.report(r.pk))
    line = next(x for x in shown["lines"] if x["row"].key == "hazchem")
    cell = next(c for c in line["cells"] if c["column"].code == "cohort_general")
    assert (cell["value"], cell["now"], cell["differs"]) == (1, 2, True)
    assert Frozen.everything.get().body == kept.body


def test_a_returned_report_is_filed_anew_and_both_tables_are_kept(city):
    register(city.officer, city.firm)
    r = filed(city)
    register(city.officer, city.firm, description="补登的隐患", at=later(5))
    commands.give_back(r.pk, by=city.clerk, at=FILED, reason="漏报一处隐患")
    r = commands.freeze(r.pk, by=city.filler, at=FILED)
    r = commands.sign(r.pk, by=city.signer, at=FILED)
    tables = [f.table["cells"]["hazchem"]["cohort_general"] for f in Frozen.everything.order_by("nth")]
    assert tables == [1, 2]
    assert (r.state, r.nth) == (State.FILED, 2)


def test_filed_numbers_count_only_once_their_report_is_filed_and_leave_with_its_return(city):
    from anlan.figures.engine import Ask, Period, read

    def listed() -> object:
        return read(Ask(("listed",), ("4101",), Period(date(2019, 9, 1), date(2019, 9, 30))))[
            "listed", "4101"
        ]

    r = begun(city)
    commands.enter(r.pk, by=city.filler, at=AFTER, values={"coal.listed": 2, "trade.listed": 1})
    assert value(r, "total", "listed") == 3
    assert listed() is None
    commands.freeze(r.pk, by=city.filler, at=AFTER)
    commands.sign(r.pk, by=city.signer, at=FILED)
    assert listed() == 3
    commands.give_back(r.pk, by=city.clerk, at=FILED, reason="数字有误,请核对")
    assert listed() is None


def test_the_city_adds_up_what_its_counties_filed_and_names_them(city):
    r = begun(city)
    commands.enter(r.pk, by=city.filler, at=AFTER, values={"coal.listed": 2})
    commands.freeze(r.pk, by=city.filler, at=AFTER)
    commands.sign(r.pk, by=city.signer, at=FILED)
    mine = commands.begin(by=city.clerk, at=FILED, form="T1", day=SEPTEMBER)
    with acting_as(city.clerk):
        cell = filling.fill(mine)["coal", "listed"]
    assert (cell.value, cell.by) == (2, "金水区")
    with pytest.raises(Refused, match="不另行填报"):
        commands.enter(mine.pk, by=city.clerk, at=FILED, values={"coal.listed": 9})


def test_who_has_not_reported_is_named(city):
    from anlan.figures.reports import cadence
    from anlan.figures.reports.tables import FORMS

    filed(city)
    with acting_as(city.clerk):
        turns = queries.turns(FORMS["T1"], cadence.period_of("MONTHLY", SEPTEMBER))
    assert len(turns) == 16
    assert [t.county for t in turns if t.is_filed] == [JINSHUI]


def test_the_page_opens_every_counted_cell_and_the_count_is_the_cell(city, client):
    register(city.officer, city.firm)
    scenes.major(city)
    r = begun(city)
    client.force_login(User.objects.get(pk=city.filler.id))
    page = client.get(r.get_absolute_url()).content.decode()
    links = re.findall(r'href="(/figures/rows/\?[^"]+)"[^>]*>([\d,.]+)<', page)
    assert len(links) > 50
    opened = 0
    for href, n in links:
        if n == "0" or "rate" in href or "code=money" in href:
            continue
        rows = client.get(href.replace("&amp;", "&"))
        assert rows.status_code == 200, href
        assert rows.context["value"] == int(n.replace(",", "")), href
        opened += 1
    assert opened >= 4


def test_the_file_has_the_layout_of_the_form_and_the_hash(city, client):
    register(city.officer, city.firm)
    r = filed(city)
    client.force_login(User.objects.get(pk=city.filler.id))
    answer = client.get(f"/figures/reports/{r.pk}/table.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "工矿企业安全生产隐患排查治理情况月报表"
    assert "口径:全部系统 · 全部行业" in rows[1][0]
    assert rows[2][0] == "行业和领域"
    assert rows[3][4] == "排查一般隐患(项)"
    hazchem = next(x for x in rows if x[0].startswith("危险化学品"))
    assert hazchem[4] == 1
    assert any(r.digest in str(cell) for row in rows for cell in row)


def test_a_report_of_another_county_is_not_found(city, client):
    r = frozen(city)
    other = Offices(county=scenes.ERQI, town=f"{scenes.ERQI}001")
    client.force_login(User.objects.get(pk=other.filler.id))
    assert client.get(r.get_absolute_url()).status_code == 404
    assert client.get(f"/figures/reports/{r.pk}/table.xlsx").status_code == 404
    assert client.post(f"/figures/reports/{r.pk}/sign/").status_code == 404
    assert "金水区" not in client.get("/figures/reports/").content.decode().split("record")[0]


def test_a_position_limited_to_sectors_reports_for_these_alone(city):
    with pytest.raises(Refused, match="请选择您负责的行业领域"):
        commands.begin(by=city.officer, at=AFTER, form="T1", day=SEPTEMBER)
    register(city.officer, city.firm)
    r = commands.begin(by=city.officer, at=AFTER, form="T1", day=SEPTEMBER, sector="HAZCHEM")
    assert value(r, "hazchem", "cohort_general") == 1
    assert value(r, "coal", "cohort_general") is None
    assert value(r, "total", "cohort_general") == 1


def test_at_its_hour_a_report_is_frozen_by_itself_and_who_filled_it_in_still_does_not_sign(city):

    r = begun(city)
    assert jobs.freeze_due(at=datetime(2019, 10, 15, 3, 59, tzinfo=UTC)) == 0
    assert jobs.freeze_due(at=datetime(2019, 10, 15, 4, 0, tzinfo=UTC)) == 1
    assert jobs.freeze_due(at=datetime(2019, 10, 15, 4, 1, tzinfo=UTC)) == 0
    kept = Report.everything.get()
    assert (kept.state, kept.frozen_by_name) == (State.FROZEN, "系统")
    with pytest.raises(Refused, match="另一人审签"):
        commands.sign(r.pk, by=city.filler, at=datetime(2019, 10, 15, 5, 0, tzinfo=UTC))
    late = commands.sign(r.pk, by=city.signer, at=datetime(2019, 10, 15, 5, 0, tzinfo=UTC))
    assert late.is_late


def test_what_was_returned_for_correction_is_left_to_whoever_corrects_it(city):

    r = filed(city)
    commands.give_back(r.pk, by=city.clerk, at=FILED, reason="数字有误,请核对")
    assert jobs.freeze_due(at=datetime(2019, 10, 16, 4, 0, tzinfo=UTC)) == 0
    assert Report.everything.get().state == State.RETURNED
