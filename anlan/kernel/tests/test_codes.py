"""Credit codes, divisions, industries: what is wrong is said in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.kernel import codes

NUMBERS = st.integers(0, 31**6 - 1)
REGIONS = st.sampled_from(["410100", "410105", "410182", "110000", "650100"])
#: codes of well-known companies, as they publish them
PUBLISHED = ["91110000802100433B", "91440300708461136T", "914403001922038216", "9144030071526726XG"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "18位"),
        ("9111000080210043", "18位"),
        ("9111000080210043OB", "O"),
        ("91110000802100433b", "b"),
        ("B1110000802100433B", "登记管理部门"),
        ("91990000802100433B", "行政区划"),
        ("91110000802100434B", "组织机构代码"),
        ("91110000802100433C", "最后一位"),
    ],
)
def test_a_wrong_credit_code_is_refused_in_words(code, said):
    assert said in str(codes.check_uscc(code))


@given(REGIONS, NUMBERS, st.integers(0, 17), st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_never_passes(region, n, place, other):
    code = codes.make_uscc(region, n)
    wrong = code[:place] + other + code[place + 1 :]
    assert (codes.check_uscc(wrong) is None) == (wrong == code)


@given(REGIONS, NUMBERS, st.integers(0, 16))
def test_two_neighbours_changed_over_never_pass(region, n, place):
    code = codes.make_uscc(region, n)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or codes.check_uscc(swapped) is not None


@given(st.text(max_size=24))
def test_any_text_gets_an_answer(text):
    for check in (codes.check_uscc, codes.check_division, codes.check_industry):
        reason = check(text)
        assert reason is None or str(reason)


@pytest.mark.parametrize("code", PUBLISHED)
def test_codes_of_well_known_companies_pass(code):
    assert codes.check_uscc(code) is None


@given(REGIONS, NUMBERS, NUMBERS)
def test_made_codes_are_right_and_differ(region, a, b):
    assert codes.check_uscc(codes.make_uscc(region, a)) is None
    assert (codes.make_uscc(region, a) == codes.make_uscc(region, b)) == (a == b)


def test_a_number_that_is_too_great_is_refused():
    with pytest.raises(ValueError):
        codes.make_uscc("410105", 31**6)


@pytest.mark.parametrize("code", ["", "4", "41010", "4101051", "990105", "41O105", "4101X1", "41010500100Z"])
def test_a_division_that_cannot_be_is_refused(code):
    assert codes.check_division(code) is not None


@pytest.mark.parametrize("code", ["41", "4101", "410105", "410105560", "410105560001", "4101Z1"])
def test_divisions_of_every_level_pass(code):
    assert codes.check_division(code) is None


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("U26", "门类"),
        ("C5", "2至4位"),
        ("C26145", "2至4位"),
        ("98", "大类"),
        ("B26", "属于门类C"),
        ("", "填写"),
    ],
)
def test_an_industry_that_cannot_be_is_refused_in_words(code, said):
    assert said in str(codes.check_industry(code))


@pytest.mark.parametrize("code", ["C", "C26", "26", "C2614", "2614", "T97"])
def test_industries_of_every_level_pass(code):
    assert codes.check_industry(code) is None


def test_twenty_sections_hold_ninety_seven_divisions_without_gap():
    assert "".join(codes.INDUSTRIES) == "ABCDEFGHIJKLMNOPQRST"
    ranges = [n for _, first, last in codes.INDUSTRIES.values() for n in range(first, last + 1)]
    assert ranges == [int(code) for code in codes.DIVISIONS] == list(range(1, 98))


def test_an_industry_is_named_as_far_as_its_division():
    assert codes.industry_name("C2614") == "制造业 · 化学原料和化学制品制造业"
    assert codes.industry_name("教") == "教"
