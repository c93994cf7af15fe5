"""The statistics paragraph: clause by clause, what is said over nothing, and what is not said at all."""

from datetime import date

import pytest

from anlan.figures.bulletins import paragraph, reading
from anlan.figures.bulletins.reading import About
from anlan.figures.indicators import INDICATORS
from anlan.figures.periods import Period
from anlan.kernel.words import Refused

pytestmark = pytest.mark.django_db
HOLIDAY = Period(date(2019, 10, 1), date(2019, 10, 7))
ZEROS = dict.fromkeys(paragraph.CODES, 0) | {"rectification_rate": None}


WHOLE_CITY = About("4101", HOLIDAY)


def said(about: About = WHOLE_CITY, **values):
    return paragraph.written(about, ZEROS | values).text


def test_over_nothing_only_the_majors_are_said():
    assert said() == "2019年10月1日至10月7日,郑州市共重大隐患0处。"


def test_what_was_not_reported_is_not_printed_as_zero():
    assert "重大隐患" not in said(found_major=None)
    assert "整改率" not in said(rectification_rate=None)
    assert "检查企业" not in said(visits=9, firms_checked=None)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"groups_out": 245, "sorties": 245}, "派出检查组245个、245组次"),
        ({"sortie_people": 778}, "出动人员778人次"),
        ({"inspectors": 12}, "出动检查人员12人次"),
        ({"leader_trips": 30, "leader_trips_principal": 29}, "领导带队督导30次,其中党政主要负责同志带队29次"),
        ({"firms_checked": 861, "visits": 900}, "检查企业861家、900家次"),
        ({"found_general": 15782}, "排查一般隐患15782处"),
        ({"found_major": 3}, "重大隐患3处"),
        ({"found_ungraded": 2}, "另有2处尚待定级"),
        ({"rectified_general": 15506}, "已整改一般隐患15506处"),
        ({"rectified_major": 3}, "已整改重大隐患3处"),
        ({"rectified_general": 15506, "rectified_major": 3}, "已整改一般隐患15506处、重大隐患3处"),
        ({"on_spot": 705}, "当即整改705处"),
        ({"closed": 4}, "验收销号4处"),
        ({"firms_suspended": 297}, "停产整顿297家"),
        ({"ordered": 5}, "责令限期整改5处"),
        ({"orders_issued": 96}, "下达整改令96份"),
        ({"interviews": 4}, "约谈4家"),
        ({"fines": 65600}, "罚款6.56万元"),
        ({"rectification_rate": 0.0}, "期间发现的隐患整改率0.0%"),
        ({"open_major": 1}, "截至2019年10月7日,在办重大隐患1处"),
        ({"overdue": 6}, "截至2019年10月7日,逾期未改6处"),
    ],
)
def test_each_clause_is_said_with_its_unit_and_left_out_over_nothing(values, words):
    assert words in said(**values)
    if "rate" not in words and next(iter(values)) != "found_major":
        assert words.rstrip("0123456789处家份次个") not in said()


def test_of_two_ways_to_say_the_same_the_better_one_is_said():
    assert "检查人员" not in said(inspectors=12, sortie_people=9)
    assert "责令限期整改" not in said(ordered=5, orders_issued=4)


def test_the_clauses_stand_in_the_order_of_the_field():
    everything = said(**dict.fromkeys(paragraph.CODES, 1))
    order = ["派出检查组", "出动人员", "检查企业", "排查一般隐患", "重大隐患", "已整改一般隐患", "当即整改",
             "停产整顿", "下达整改令", "约谈", "罚款", "在办重大隐患"]  # fmt: skip
    at = [everything.index(word) for word in order]
    assert at == sorted(at)


def test_the_heading_names_the_period_the_place_and_whose_work_it_is():
    about = About("4101", HOLIDAY, system="EMERGENCY", code="national-day-2019", label="2019年国庆节")
    assert said(about).startswith("2019年国庆节(2019年10月1日至10月7日),郑州市应急管理系统共")
    assert said(About("4101", HOLIDAY, code="to-date", label="截至")).startswith(
        "2019年10月1日以来,截至2019年10月7日,郑州市共"
    )
    assert said(About("410105", Period(date(2019, 9, 13), date(2019, 9, 13)), group="COVERT")).startswith(
        "2019年9月13日,金水区暗访组共"
    )
    assert said(About("4101", Period(date(2019, 12, 30), date(2020, 1, 2)))).startswith(
        "2019年12月30日至2020年1月2日,"
    )


def test_an_unknown_kind_of_group_is_refused():
    with pytest.raises(Refused, match="督导组"):
        About("4101", HOLIDAY, group="NOBODY")


def test_a_figure_whose_records_cannot_tell_whose_they_are_is_not_reported():
    about = About("4101", HOLIDAY, group="COVERT")
    assert reading.reported(["leader_trips", "visits", "sorties", "found_general"], about) == [
        "visits", "sorties", "found_general",
    ]  # fmt: skip


def test_a_clause_of_the_paragraph_is_an_indicator_that_is_declared_or_is_not_said():
    undeclared = [c for c in paragraph.CODES if c not in INDICATORS]
    made = paragraph.paragraph(About("4101", HOLIDAY))
    assert not set(undeclared) & {code for code, _value in made.figures}


def test_the_article_of_national_day_comes_out_figure_by_figure():
    about = About("4101", HOLIDAY, code="national-day-2019", label="2019年国庆节")
    text = said(
        about, groups_out=428, sorties=428, sortie_people=2836, leader_trips=29, leader_trips_principal=29,
        firms_checked=6892, visits=6892, found_general=15782, found_major=3, rectified_general=15506,
        rectified_major=3, orders_issued=96, interviews=4, fines=65600,
    )  # fmt: skip
    assert text == (
        "2019年国庆节(2019年10月1日至10月7日),郑州市共派出检查组428个、428组次,出动人员2836人次,领导带队督导29次,"
        "其中党政主要负责同志带队29次,检查企业6892家、6892家次,排查一般隐患15782处,重大隐患3处,"
        "已整改一般隐患15506处、重大隐患3处,下达整改令96份,约谈4家,罚款6.56万元。"
    )


def test_the_article_of_mid_autumn_comes_out_for_the_emergency_system_alone():
    days = Period(date(2019, 9, 13), date(2019, 9, 15))
    about = About("4101", days, system="EMERGENCY", code="mid-autumn-2019", label="2019年中秋节")
    text = said(
        about, groups_out=245, sorties=245, sortie_people=778, firms_checked=861, visits=861, found_general=711,
        on_spot=705,
    )  # fmt: skip
    assert text == (
        "2019年中秋节(2019年9月13日至9月15日),郑州市应急管理系统共派出检查组245个、245组次,出动人员778人次,"
        "检查企业861家、861家次,排查一般隐患711处,重大隐患0处,当即整改705处。"
    )
