"""What was in force on a day."""

from datetime import date

import pytest

from anlan.kernel.clock import Days
from anlan.places import queries as places
from anlan.standards import loading, queries
from anlan.standards.models import AccidentClass, Family, LegalBasis, MajorRule, Mark, SectorKind, TermRow

pytestmark = pytest.mark.django_db
AUTUMN_2019, TODAY = date(2019, 10, 2), date(2026, 11, 2)


@pytest.fixture(autouse=True)
def read_anew():
    queries.forget()
    yield
    queries.forget()


def test_an_unknown_term_is_no_term():
    assert queries.term("no_such_term", on=TODAY) is None


def test_an_unknown_source_has_no_family():
    with pytest.raises(LookupError):
        queries.family("MADE_UP")


def test_a_basis_that_did_not_exist_yet_is_not_found():
    assert queries.basis("daily_fine", on=AUTUMN_2019) is None


def test_autumn_2019_runs_under_the_law_of_2014():
    assert queries.basis("hazard_system", on=AUTUMN_2019).article == "第三十八条"
    assert queries.basis("hazard_system", on=date(2021, 8, 31)).article == "第三十八条"
    assert queries.basis("hazard_system", on=date(2021, 9, 1)).article == "第四十一条"


def test_no_matter_has_two_answers_on_one_day():
    for model in (LegalBasis, TermRow):
        rows = list(model.objects.all())
        for row in rows:
            same = [r for r in rows if r.code == row.code and r.holds(row.since)]
            assert same == [row], row


def test_a_hearing_is_asked_for_in_three_days_then_and_five_working_days_now():
    then, now = (queries.term("hearing_request", on=day) for day in (AUTUMN_2019, TODAY))
    assert (then.days, then.count) == (3, Days.CALENDAR)
    assert (now.days, now.count) == (5, Days.WORKING)


def test_fifteen_working_days_before_the_end_of_october_2019_count_the_make_up_saturday():
    term = queries.term("extension_major_before", on=AUTUMN_2019)
    assert term.starts_no_later_than(date(2019, 10, 31), places.calendar()) == date(2019, 10, 11)
    assert queries.term_row("extension_major_before", on=TODAY).mark == Mark.PRACTICE


def test_a_general_hazard_may_ask_until_the_last_day():
    term = queries.term("extension_general_before", on=AUTUMN_2019)
    assert term.starts_no_later_than(date(2019, 10, 31), places.calendar()) == date(2019, 10, 31)


def test_there_are_nine_sectors_one_theme_and_the_further_fields():
    assert len(queries.sectors(kind=SectorKind.SECTOR)) == 9
    assert [s.code for s in queries.sectors(kind=SectorKind.THEME)] == ["RESUME"]
    fields = {s.code for s in queries.sectors(kind=SectorKind.FIELD)}
    assert fields == {"SPECIAL", "PIPELINE", "CROWDED", "OTHER"}
    assert "RESUME" not in dict(queries.sector_choices(on=TODAY))


def test_every_source_begins_with_its_family():
    assert {s.family for s in queries.sources()} == set(Family.values)
    assert all(s.code.startswith(f"{s.family}_") for s in queries.sources())


def test_a_firm_names_only_its_own_checks_and_its_experts():
    families = {queries.family(code) for code, _ in queries.source_choices("safety_manager", on=TODAY)}
    assert families == {Family.SELF, Family.EXPERT}


def test_accident_classes_change_with_the_edition():
    assert len(queries.accidents(on=date(2026, 6, 30))) == 20
    assert {a.edition for a in queries.accidents(on=date(2026, 7, 1))} == {"GB 6441-2025"}
    assert all(a.mark == Mark.UNVERIFIED for a in AccidentClass.objects.filter(edition="GB 6441-2025"))


def test_categories_have_four_top_classes_in_each_edition():
    for day, edition in ((AUTUMN_2019, "GB/T 13861-2009"), (TODAY, "GB/T 13861-2022")):
        top = [c for c in queries.categories(on=day) if not c.parent]
        assert len(top) == 4
        assert {c.edition for c in top} == {edition}


@pytest.mark.parametrize(
    ("sector", "then", "now"),
    [
        ("TRADE", "2017", "2023"),
        ("MINE_NC", "2017", "2022"),
        ("FIRE", "2017", "2025"),
        ("COAL", "2015", "2020"),
    ],
)
def test_criteria_of_a_sector_are_those_of_the_pack_in_force(sector, then, now):
    assert {r.version for r in queries.rules_for(sector, on=AUTUMN_2019)} == {then}
    assert now in {r.version for r in queries.rules_for(sector, on=TODAY)}
    assert then not in {r.version for r in queries.rules_for(sector, on=TODAY)}


def test_construction_had_no_national_criteria_in_2019():
    assert queries.rules_for("BUILD", on=AUTUMN_2019) == []
    assert any("塔式起重机" in clause for clause in queries.major_clauses("BUILD", on=TODAY))


def test_every_criterion_belongs_to_a_known_sector():
    assert set(MajorRule.objects.values_list("sector", flat=True)) <= {s.code for s in queries.sectors()}


def test_loading_again_keeps_what_was_corrected():
    TermRow.objects.filter(code="sign_for").update(days=2)
    before = TermRow.objects.count()
    loading.load_reference()
    assert TermRow.objects.count() == before
    assert queries.term("sign_for", on=TODAY).days == 2
