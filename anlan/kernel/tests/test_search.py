"""Found by their words: what is found, what is not, and that the index tells the rows."""

import pytest

from anlan.hazards import commands, queries
from anlan.hazards.finding import SOURCE, HazardIndex
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import ERQI, TODAY, City, later
from anlan.kernel import newest, search
from anlan.kernel.scope import acting_as
from anlan.kernel.words import Refused
from anlan.register import commands as firms
from anlan.register.tests import scenes as firm_scenes
from anlan.site import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return City()


def found(by, text: str, **narrowed: str) -> list[int]:
    with acting_as(by):
        rows = queries.ledger(filters=queries.Filters(text=text, **narrowed), on=TODAY)
        return sorted(rows.values_list("pk", flat=True))


def test_a_text_is_cut_into_pairs_that_never_join_two_runs():
    assert search.grams("配电箱,无门") == ["配电", "电箱", "0", "无门"]
    assert search.grams("XK-20") == ["xk", "0", "20"]
    assert search.grams("") == []


@pytest.mark.parametrize("text", ["电箱", "配电箱无门", "配电箱 线路", "线路裸露", "安信", "仓库"])
def test_two_characters_find_what_holds_them(city, text):
    h = scenes.register(city.officer, city.firm, description="仓库配电箱无门,线路裸露")
    held = all(word in h.description or word in city.firm.name for word in text.split())
    assert found(city.clerk, text) == ([h.pk] if held else [])


@pytest.mark.parametrize("text", ["箱", "箱无线", "门线", "消防栓", "电配", '"', "' OR 1", "()"])
def test_what_is_not_there_is_not_found(city, text):
    scenes.register(city.officer, city.firm, description="仓库配电箱无门,线路裸露")
    assert found(city.clerk, text) == []


def test_full_width_figures_and_capitals_are_the_same(city):
    h = scenes.register(city.officer, city.firm, description="3号罐区压力表PT-101未检定")
    assert found(city.clerk, "pt-101") == found(city.clerk, "PT-101") == [h.pk]


def test_a_number_finds_its_hazard(city):
    h = scenes.register(city.officer, city.firm)
    assert found(city.clerk, h.number) == found(city.clerk, str(h.pk)) == [h.pk]


@pytest.mark.parametrize("sizes", [(1, 1, 2), (1, 1, 1), (1, 0, 2), (9, 9, 1)])
def test_a_large_table_finds_the_same_in_new_rows_and_in_old(city, monkeypatch, sizes):
    old, other, new = (
        scenes.register(city.officer, city.firm, description=said)
        for said in ("配电箱无门", "配电箱破损", "线路裸露")
    )
    for name, size in zip(("NEWEST", "ENOUGH", "BY_NAME"), sizes, strict=True):
        monkeypatch.setattr(newest, name, size)
    monkeypatch.setattr(newest, "LARGE", 0)
    assert found(city.clerk, "配电箱") == [old.pk, other.pk]
    assert found(city.clerk, "无门") == [old.pk]
    assert found(city.clerk, "裸露") == [new.pk]
    assert found(city.clerk, "消防栓") == []


def test_another_county_finds_nothing_of_it(city):
    elsewhere = City(county=ERQI, town="")
    canary = scenes.register(city.clerk, elsewhere.firm, description="金丝雀专用描述", general=False)
    assert found(city.officer, "金丝雀") == []
    assert found(city.clerk, "金丝雀") == found(city.clerk, "金丝雀", county=ERQI) == [canary.pk]
    assert found(city.clerk, "金丝雀", county=scenes.JINSHUI) == []


def test_a_firm_finds_only_its_own(city):
    h = scenes.register(city.officer, city.firm)
    assert found(city.principal, "配电箱") == [h.pk]
    assert found(City(county=ERQI, town="").principal, "配电箱") == []


def test_words_follow_correction_and_the_name_of_the_firm(city):
    h = scenes.register(city.officer, city.firm)
    firms.update(city.firm.pk, by=firm_scenes.officer(), at=later(hours=1), name="郑州凤凰涅槃化工有限公司")
    assert found(city.clerk, "凤凰涅槃") == [h.pk]
    assert verify.run().holds


def test_nothing_is_found_after_a_refusal(city):
    before = HazardIndex._base_manager.count()
    with pytest.raises(Refused):
        scenes.register(city.officer, city.firm, description="玄武岩" * 400)
    assert HazardIndex._base_manager.count() == before


def test_verify_names_words_that_are_not_those_of_the_row(city):
    h = scenes.register(city.officer, city.firm)
    assert verify.run().holds
    HazardIndex._base_manager.filter(pk=h.pk).delete()
    assert any("搜索" in str(f.reason) for f in verify.run().findings)
    assert search.rebuild(SOURCE) == Hazard.everything.count()
    assert verify.run().holds


def test_many_and_one_leave_the_same_words(city):
    one = scenes.register(city.officer, city.firm)
    made = commands.register.many(
        [{"description": one.description, "source": "GOV_OPEN", "enterprise": city.firm, "no_photo_because": "防爆",
          "general": True}] * 2,
        by=city.officer, at=later(hours=1),
    )  # fmt: skip
    keys = [one.pk, *(o.row.pk for o in made)]
    assert len(set(HazardIndex._base_manager.filter(pk__in=keys).values_list("grams", flat=True))) == 1
