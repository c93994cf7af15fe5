"""How a hazard comes into the ledger. Refusals first."""

from datetime import date

import pytest

from anlan.figures.engine import Ask, Period, read
from anlan.figures.indicators import INDICATORS
from anlan.hazards import commands
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import NOW, TODAY, City, later, photos, register
from anlan.kernel.scope import acting_as
from anlan.kernel.words import Refused

pytestmark = pytest.mark.django_db
SEPTEMBER = Period(date(2019, 9, 1), date(2019, 9, 30))


@pytest.fixture
def city() -> City:
    return City()


def on_spot(city: City, by=None, **given):
    said = {
        "description": "灭火器失压", "source": "GOV_OPEN", "measures": "当场更换", "before": photos(), "after": photos(),
        "enterprise": city.firm, "signer": "值班经理",
    }  # fmt: skip
    return commands.fix_on_spot(by=by or city.officer, at=NOW, **(said | given))


def adopt(city: City, by=None, **given):
    said = {
        "description": "消防通道堵塞", "source": "GOV_OPEN", "found_on": date(2019, 8, 20), "import_file": "f" * 64,
        "import_row": 7, "import_key": f"row-{len(given)}-{sorted(given)}"[:64], "enterprise": city.firm,
    }  # fmt: skip
    return commands.adopt(by=by or city.clerk, at=NOW, **(said | given))


def nobodys(city: City, **given):
    """Found where nobody knows yet whose it is: the place and the sector say who answers."""
    where = {"county": city.firm.county, "town": city.firm.town, "sector": city.firm.sector}
    return register(city.officer, None, **(where | given))


def order(city: City, h: Hazard, **given):
    return commands.order(
        h.pk, by=city.officer, at=NOW, due_on=later(5).date(), requirement="清理通道", **given
    )


# -- registered ------------------------------------------------------------------------------------


def test_a_hazard_without_a_photo_needs_the_reason_why_none(city):
    with pytest.raises(Refused, match="至少上传一张照片"):
        register(city.officer, city.firm, no_photo_because=" ")
    assert not Hazard.everything.exists()
    h = register(city.officer, city.firm, photos=photos(), no_photo_because="")
    assert h.no_photo_because == ""


def test_a_firm_registers_for_itself_alone(city):
    other = scenes.firms.enterprise(scenes.JINSHUI)
    with pytest.raises(Refused, match="只能登记本企业"):
        register(city.manager, other)


def test_a_place_a_sector_or_a_group_outside_one_s_duties_is_refused(city):
    far = scenes.firms.enterprise(scenes.ERQI)
    mine = scenes.firms.enterprise(scenes.JINSHUI, town="410105002", sector="BUILD")
    for by, firm, words in (
        (city.officer, far, "不在您的管辖区域内"),
        (city.town_officer, mine, "不在您的乡镇"),
        (city.supervisor, far, "督导组的分工"),
        (city.officer, mine, "不在您的职责之内"),
    ):
        with pytest.raises(Refused, match=words):
            register(by, firm, general=False)


def test_a_source_that_the_role_cannot_have_is_refused(city):
    with pytest.raises(Refused, match="来源"):
        register(city.manager, city.firm, source="GOV_OPEN")
    with pytest.raises(Refused, match="来源"):
        register(city.officer, city.firm, source="INVENTED")


def test_who_may_not_grade_registers_without_a_grade(city):
    for by in (city.worker, city.grid_officer, city.supervisor, city.expert):
        with pytest.raises(Refused, match="不能定级"):
            register(by, city.firm, general=True)
        h = register(by, city.firm, general=False)
        assert (h.state, h.grade) == ("REGISTERED", "UNGRADED")


@pytest.mark.parametrize("who", ["leader", "auditor", "head"])
def test_who_only_reads_or_approves_registers_nothing(city, who):
    with pytest.raises(Refused, match="您的职务不能"):
        register(getattr(city, who), city.firm, general=False)


def test_the_track_follows_from_who_found_it(city):
    assert register(city.worker, city.firm, general=False).track == "OWN"
    assert register(city.grid_officer, city.firm, general=False).track == "FOUND"
    assert register(city.expert, city.firm, general=False).track == "FOUND"


def test_where_it_was_found_does_not_move_when_it_is_rehomed(city):
    h = register(city.officer, city.firm)
    moved = commands.rehome(h.pk, by=city.officer, at=later(1), county=scenes.ERQI, reason="辖区调整")
    assert (moved.found_county, moved.now_county) == (scenes.JINSHUI, scenes.ERQI)
    counted = read(Ask(("found",), (scenes.JINSHUI, scenes.ERQI), SEPTEMBER))
    assert (counted["found", scenes.JINSHUI], counted["found", scenes.ERQI]) == (1, 0)


def test_it_is_rehomed_to_a_place_that_there_is(city):
    h = register(city.officer, city.firm)
    with pytest.raises(Refused, match="县"):
        commands.rehome(h.pk, by=city.officer, at=later(1), county="999999", reason="辖区调整")
    with pytest.raises(Refused, match="不归所选"):
        commands.rehome(
            h.pk, by=city.officer, at=later(1), county=scenes.ERQI, town=scenes.STREET, reason="调整"
        )


# -- fixed on the spot -----------------------------------------------------------------------------


def test_on_the_spot_takes_a_photo_before_and_one_after(city):
    with pytest.raises(Refused, match="整改前照片"):
        on_spot(city, before=[])
    with pytest.raises(Refused, match="整改后照片"):
        on_spot(city, after=[])


def test_on_the_spot_somebody_signs_or_refuses_before_a_witness(city):
    with pytest.raises(Refused, match="现场负责人姓名"):
        on_spot(city, signer="")
    with pytest.raises(Refused, match="见证人"):
        on_spot(city, signer="", refused=True)
    h = on_spot(city, signer="", refused=True, witness="社区网格员")
    assert (h.state, h.close_basis, h.grade) == ("CLOSED", "ON_SPOT", "GENERAL")


def test_what_meets_a_major_criterion_is_not_settled_on_the_spot(city):
    with pytest.raises(Refused, match="不能当场整改"):
        on_spot(city, clause="特种作业人员未持证上岗")


def test_in_a_self_check_a_second_person_of_the_firm_confirms(city):
    stranger = city.of_firm("principal", "外厂", scenes.firms.enterprise(scenes.JINSHUI))
    for nobody in (None, city.manager, stranger, city.officer):
        with pytest.raises(Refused, match="本企业另一人确认"):
            on_spot(city, by=city.manager, source="SELF_DAILY", signer="", confirmed_by=nobody)
    h = on_spot(city, by=city.manager, source="SELF_DAILY", signer="", confirmed_by=city.principal)
    assert (h.rectified_by, h.acceptance_by) == (city.manager.id, city.principal.id)
    assert h.closed_by_name == city.principal.name


def test_on_the_spot_counts_as_found_rectified_and_closed_on_one_day(city):
    on_spot(city)
    codes = ("found", "rectified", "closed", "on_spot", "open")
    counted = read(Ask(codes, ("4101",), Period(TODAY, TODAY)))
    assert [counted[c, "4101"] for c in codes] == [1, 1, 1, 1, 0]


# -- adopted from a sheet or another system ---------------------------------------------------------


@pytest.mark.parametrize("who", ["principal", "supervisor", "grid_officer", "leader", "head"])
def test_only_offices_and_organs_adopt(city, who):
    with pytest.raises(Refused, match="您的职务不能"):
        adopt(city, by=getattr(city, who))


def test_a_row_is_adopted_once(city):
    adopt(city, import_key="one")
    with pytest.raises(Refused, match="已经登记过"):
        adopt(city, import_key="one")


def test_a_day_found_to_come_or_closed_before_found_is_refused(city):
    with pytest.raises(Refused, match="晚于今天"):
        adopt(city, found_on=date(2019, 9, 3))
    with pytest.raises(Refused, match="早于检查时间"):
        adopt(city, closed_on=date(2019, 8, 19))


@pytest.mark.parametrize(
    ("given", "state", "basis"),
    [
        ({}, "REGISTERED", ""),
        ({"due_on": date(2019, 9, 10)}, "RECTIFYING", ""),
        ({"due_on": date(2019, 8, 25), "submitted_on": date(2019, 8, 27)}, "REVIEW", ""),
        ({"closed_on": date(2019, 8, 27)}, "CLOSED", "IMPORTED"),
        ({"major": True}, "GRADING", ""),
    ],
)
def test_a_row_stands_where_it_stood(city, given, state, basis):
    h = adopt(city, **given)
    assert (h.state, h.close_basis, h.no_photo_because) == (state, basis, "无影像(导入)")
    assert (h.import_row, len(h.import_file)) == (7, 64)


def test_a_late_round_of_another_system_stays_late(city):
    h = adopt(city, due_on=date(2019, 8, 25), submitted_on=date(2019, 8, 27))
    assert scenes.rounds(h)[0].late


def test_a_major_one_of_a_sheet_is_determined_here(city):
    h = adopt(city, major=True)
    assert (h.grade, h.state) == ("UNGRADED", "GRADING")
    confirmed = commands.confirm_major(
        h.pk, by=city.officer, at=later(1), basis="第4条", evacuate=False, suspend=False, second=city.second
    )
    assert confirmed.grade == "MAJOR"


def test_what_was_closed_elsewhere_is_shown_apart_and_in_no_rate(city):
    adopt(city, closed_on=date(2019, 8, 27))
    h = scenes.submitted(city)
    commands.accept(h.pk, by=city.officer, at=later(2), opinion="合格")
    scenes.ordered(city, description="另一处")
    both = Period(date(2019, 8, 1), date(2019, 9, 30))
    rates = ("rectification_rate", "closure_rate", "window_rate")
    table = read(Ask((*rates, "found", "closed", "closed_imported"), ("4101",), both))
    assert [table[c, "4101"] for c in rates] == [50.0, 50.0, 50.0]
    assert [table[c, "4101"] for c in ("found", "closed", "closed_imported")] == [3, 2, 1]
    assert {INDICATORS[c].apart for c in rates} == {"cohort_imported"}
    assert table["cohort_imported", "4101"] == 1


def test_a_rate_over_nothing_is_none(city):
    adopt(city, closed_on=date(2019, 8, 27))
    table = read(Ask(("rectification_rate",), ("4101",), Period(date(2019, 8, 1), date(2019, 8, 31))))
    assert table["rectification_rate", "4101"] is None


def test_what_was_adopted_this_morning_can_be_worked_on_this_morning(city):
    h = adopt(city, found_on=TODAY)
    assert commands.assign(h.pk, by=city.clerk, at=later(hours=0.5), to=city.bureau).state == "ASSIGNED"


# -- found where nobody knows whose it is ------------------------------------------------------------


def test_a_hazard_of_nobody_needs_its_place_and_sector(city):
    with pytest.raises(Refused, match="请填写所在县"):
        nobodys(city, county="")
    with pytest.raises(Refused, match="请填写所在县"):
        nobodys(city, sector="")
    assert not Hazard.everything.exists()


def test_no_order_goes_to_nobody_nor_to_a_firm_elsewhere_nor_past_the_one_on_record(city):
    h = nobodys(city)
    with pytest.raises(Refused, match="请填写责任企业"):
        order(city, h)
    with pytest.raises(Refused, match="不在这处隐患所在"):
        order(city, h, enterprise=scenes.firms.enterprise(scenes.ERQI))
    known = register(city.officer, city.firm)
    with pytest.raises(Refused, match="不能改为另一家"):
        order(city, known, enterprise=scenes.firms.enterprise(scenes.JINSHUI))


def test_the_order_names_the_firm_which_then_sees_and_rectifies_it(city):
    h = nobodys(city)
    with acting_as(city.manager):
        assert not Hazard.objects.opening(pk=h.pk).exists()
    h = order(city, h, enterprise=city.firm)
    assert h.enterprise_id == city.firm.pk
    h = commands.submit(h.pk, by=city.manager, at=NOW, measures="已清理", photos=photos())
    assert h.state == "REVIEW"
