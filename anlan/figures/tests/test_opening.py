"""Any figure, of any place and period, whole or narrowed, opens into exactly the records that it counted."""

import random
from datetime import date, timedelta

import pytest
from django.db.models import Sum

from anlan.demo.city import BUREAUS, DEPARTMENTS
from anlan.figures import engine, whose
from anlan.figures.ask import CELLS
from anlan.figures.engine import Ask, Period, read
from anlan.figures.indicators import INDICATORS, SUBJECTS
from anlan.figures.kinds import Counted, Distinct
from anlan.figures.tests import ledger
from anlan.hazards import commands
from anlan.hazards.models import Hazard
from anlan.hazards.tests import scenes
from anlan.hazards.tests.scenes import JINSHUI, STREET, City, later
from anlan.kernel import tally
from anlan.people.models import User

pytestmark = pytest.mark.django_db
VALUES = {
    "sector": ("HAZCHEM", "FIRE", "TRADE"), "source": ("GOV_OPEN", "SELF_DAILY"), "grade": ("GENERAL", "MAJOR"),
    "system": ("EMERGENCY", "OFFICE"),
}  # fmt: skip
COUNTABLE = [i for i in INDICATORS.values() if isinstance(i, Counted | Distinct)]


@pytest.fixture
def city() -> City:
    """A ledger, and beside it every record that can hang on a hazard."""
    made = City()
    ledger.fill(made, n=60)
    tally.fold()
    h = scenes.ordered(made, due=5)
    commands.urge(h.pk, by=made.clerk, at=later(1), words="请抓紧整改")
    commands.ask_extension(h.pk, by=made.principal, at=later(1), reason="配件未到", until=date(2019, 9, 20))
    commands.grant_extension(h.pk, by=made.officer, at=later(2))
    done = scenes.submitted(made)
    commands.fail(done.pk, by=made.officer, at=later(2), still_open="未锁", due_on=date(2019, 9, 9))
    scenes.major_submitted(made)
    return made


def found_by_the_group(city: City) -> Hazard:
    return scenes.register(
        city.supervisor,
        city.firm,
        at=later(1),
        description="督导组发现",
        source="GOV_SUPERVISION",
        general=None,
    )


def counted(code: str, place: str, period: Period, only: engine.Only) -> int:
    """The records behind a figure, counted as it counts: one by one, by amount, or different ones."""
    i = INDICATORS[code]
    behind = engine.rows(code, place=place, period=period, only=only).order_by()
    if isinstance(i, Distinct):
        return behind.exclude(**{i.of: None}).values(i.of).distinct().count()
    amount = getattr(tally.MEASURES[i.measure][1], "amount", "")
    return behind.aggregate(n=Sum(amount))["n"] or 0 if amount else behind.count()


def test_random_figures_open_into_exactly_their_rows(city):
    chance, seen = random.Random(20190913), 0
    for i in COUNTABLE * 4:
        start = date(2019, 7, 20) + timedelta(days=chance.randrange(120))
        start -= timedelta(days=chance.choice((0, 0, 200, 700)))
        period = Period(start, start + timedelta(days=chance.choice((0, 2, 13, 45, 130, 400, 1100))))
        place = chance.choice(("4101", JINSHUI, STREET))
        told = [d for d in CELLS if engine.tells(i, d)]
        only = tuple((d, VALUES[d]) for d in chance.sample(told, min(len(told), chance.randrange(3))))
        value = read(Ask((i.code,), (place,), period, only))[i.code, place]
        assert value == counted(i.code, place, period, only), (i.code, place, period, only)
        seen += bool(value)
    assert seen > 60


@pytest.mark.parametrize("split", ["hour", "organisation", "enterprise", "group"])
def test_a_part_that_only_the_records_tell_opens_into_exactly_its_rows(city, split):
    found_by_the_group(city)
    period, seen = Period(date(2019, 8, 1), date(2019, 10, 31)), 0
    for i in COUNTABLE:
        if not engine.tells(i, split):
            continue
        table = read(Ask((i.code,), (JINSHUI,), period, split=split))
        for (_code, _place, part), n in table.values.items():
            if part:
                only = ((split, (part,)),)
                assert n == counted(i.code, JINSHUI, period, only), (i.code, part)
                assert n == read(Ask((i.code,), (JINSHUI,), period, only))[i.code, JINSHUI], (i.code, part)
                seen += 1
    assert seen


def test_what_hangs_on_a_hazard_is_counted_by_its_own_date(city):
    def on(code: str, day: date) -> object:
        return read(Ask((code,), (JINSHUI,), Period(day, day)))[code, JINSHUI]

    tuesday, wednesday = date(2019, 9, 3), date(2019, 9, 4)
    assert [on("urged", d) for d in (tuesday, wednesday)] == [1, 0]
    assert [on("extensions_asked", d) for d in (tuesday, wednesday)] == [1, 0]
    assert [on("extensions_granted", d) for d in (tuesday, wednesday)] == [0, 1]
    assert on("acceptances_failed", wednesday) == 1


def test_what_hangs_on_a_hazard_leaves_with_it(city):
    period = Period(date(2019, 9, 1), date(2019, 9, 30))
    assert read(Ask(("urged",), (JINSHUI,), period))["urged", JINSHUI] == 1
    h = Hazard.everything.get(extended=1)
    commands.ask_void(h.pk, by=city.officer, at=later(3), reason="经核实不是隐患,属误登记")
    commands.void(h.pk, by=city.head, at=later(4))
    assert read(Ask(("urged",), (JINSHUI,), period))["urged", JINSHUI] == 0


def test_a_group_is_a_part_and_an_office_is_none(city):
    found = found_by_the_group(city)
    period = Period(date(2019, 9, 1), date(2019, 9, 30))
    table = read(Ask(("found",), (JINSHUI,), period, split="group"))
    parts = {value: n for (_c, _p, value), n in table.values.items() if value}
    assert parts == {str(city.group.pk): 1}
    assert found.found_organisation == city.group.pk
    assert table["found", JINSHUI] == read(Ask(("found",), (JINSHUI,), period))["found", JINSHUI]
    behind = engine.rows("found", place=JINSHUI, period=period, only=(("group", (str(city.group.pk),)),))
    assert [h.pk for h in behind] == [found.pk]


@pytest.mark.parametrize("about", SUBJECTS)
@pytest.mark.parametrize("by", ["", "place", "region", "sector", "group", "month", "hour"])
def test_every_subject_is_shown_under_every_division_with_whose_it_is(city, client, about, by):
    client.force_login(User.objects.get(pk=city.clerk.id))
    page = client.get(f"/figures/?about={about}&by={by}&period=2019-09&system=EMERGENCY")
    assert page.status_code == 200
    assert "应急管理系统 · 2019年9月1日–2019年9月30日" in page.content.decode()


@pytest.mark.parametrize(
    "asked", ["period=mid-autum-2019", "from=2019-09-30&to=2019-09-01", "place=999999", "system=EMERGENCE"]
)
def test_what_is_asked_wrongly_is_a_sentence_and_no_table(city, client, asked):
    client.force_login(User.objects.get(pk=city.clerk.id))
    page = client.get(f"/figures/?{asked}")
    assert page.status_code == 422
    assert 'class="flash is-error"' in page.content.decode()


def test_every_system_of_the_demonstration_can_be_asked_for():
    for _name, _word, system, _sectors in (*BUREAUS, *DEPARTMENTS):
        assert whose.system(system.lower()) == system
