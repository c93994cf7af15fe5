"""Interviews and fines; papers of the past: who may enter them, what is counted of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from anlan.enforcement import commands, measures
from anlan.enforcement.models import Document, Fine, Interview
from anlan.enforcement.tests.scenes import NOW, ORDER, REMEDIES, TODAY, Bureau, see
from anlan.enforcement.verify import check
from anlan.figures import engine
from anlan.figures.engine import Ask, Period
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.kernel.words import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Bureau:
    return Bureau()


def counted(*codes: str) -> list[object]:
    table = engine.read(Ask(codes, ("4101",), Period(TODAY, TODAY)))
    return [table[code, "4101"] for code in codes]


def test_an_organ_interviews_and_fines_the_firms_of_its_own_sectors_alone(city):
    said = {
        "by": replace(city.officer, sectors=frozenset({"BUILD"})),
        "at": NOW,
        "enterprise": city.firm,
        "day": TODAY,
        "reason": "多次逾期未改",
    }
    with pytest.raises(Refused, match="不在您单位的职责范围"):
        measures.interview(**said)
    with pytest.raises(Refused, match="不在您单位的职责范围"):
        measures.fine(**said, yuan=10_000)
    assert not Interview.everything.exists()
    assert not Fine.everything.exists()


def test_a_firm_and_the_office_fine_nobody(city):
    for who in (city.principal, city.clerk):
        with pytest.raises(Refused):
            measures.fine(by=who, at=NOW, enterprise=city.firm, day=TODAY, reason="逾期未改", yuan=10_000)


@pytest.mark.parametrize(
    "wrong", [{"yuan": 0}, {"yuan": -5}, {"yuan": 10**12}, {"reason": " "}, {"day": TODAY + timedelta(1)}]
)
def test_a_fine_has_an_amount_a_reason_and_a_day_that_has_come(city, wrong):
    said = {
        "by": city.officer,
        "at": NOW,
        "enterprise": city.firm,
        "day": TODAY,
        "reason": "逾期未改",
        "yuan": 20_000,
    }
    with pytest.raises(Refused):
        measures.fine(**(said | wrong))


def test_interviews_are_firms_and_fines_are_yuan_and_a_voided_one_counts_nowhere(city):
    said = {"by": city.officer, "at": NOW, "enterprise": city.firm, "day": TODAY, "reason": "多次逾期未改"}
    first = measures.interview(**said, demands="三日内提交整改方案")
    measures.interview(**said)
    wrong = measures.fine(**said, yuan=50_000)
    measures.fine(**said, yuan=15_600)
    assert counted("interviews", "interviews_held", "fines", "fines_decided") == [1, 2, 65_600, 2]
    with pytest.raises(Refused, match="写明理由"):
        measures.void_fine(wrong.pk, by=city.officer, at=NOW, reason=" ")
    measures.void_fine(wrong.pk, by=city.officer, at=NOW, reason="金额登记有误")
    measures.void_interview(first.pk, by=city.second, at=NOW, reason="重复登记")
    assert counted("interviews", "interviews_held", "fines", "fines_decided") == [1, 1, 15_600, 1]


def test_another_county_sees_neither(city):
    said = {"by": city.officer, "at": NOW, "enterprise": city.firm, "day": TODAY, "reason": "多次逾期未改"}
    made = measures.fine(**said, yuan=10_000)
    far = replace(city.officer, code="410122")
    with acting_as(far):
        assert not Fine.objects.opening(pk=made.pk).exists()
    with pytest.raises(Fine.DoesNotExist):
        measures.void_fine(made.pk, by=far, at=NOW, reason="与我无关")


def test_a_paper_of_the_past_takes_the_next_number_and_is_drawn_from_the_record(city):
    _ = city.heads
    h = city.ordered_in_writing()
    with pytest.raises(Refused, match="签发人"):
        commands.record(
            by=city.officer, at=NOW, type=ORDER, hazards=[h], second=city.second, signed_by="", words=REMEDIES
        )
    with pytest.raises(Refused, match="两名执法人员"):
        commands.record(by=city.officer, at=NOW, type=ORDER, hazards=[h], signed_by="钱局长", words=REMEDIES)
    assert not Document.everything.exists()
    d = commands.record(by=city.officer, at=NOW, type=ORDER, hazards=[h], second=city.second, signed_by="钱局长",
                        words=REMEDIES)  # fmt: skip
    assert (d.no, d.state, d.on_paper, d.pdf_sha256) == (1, "SERVED", True, "")
    assert h.description in d.context
    assert see(d, city.principal) == d
    with pytest.raises(Refused, match="已有"):
        commands.record(by=city.officer, at=NOW, type=ORDER, hazards=[h], second=city.second, signed_by="钱局长",
                        words=REMEDIES)  # fmt: skip
    assert city.order_approved(city.ordered_in_writing()).no == 2
    with acting_as(SYSTEM):
        assert [str(f.reason) for f in check()] == []
