"""Visits made by commands, for tests of this module and of those above it."""

from datetime import datetime
from typing import Any

from anlan.hazards.tests.scenes import NOW, City, later, photos
from anlan.inspections import commands, queries
from anlan.inspections.models import Visit
from anlan.kernel.scope import acting_as

BASIS = "2019年度监督检查计划"


def begun(city: City, *, at: datetime = NOW, **given: Any) -> Visit:
    """An unplanned check by two officers of the bureau, on site."""
    said = {
        "source": "GOV_OPEN",
        "enterprise": city.firm,
        "party": [city.second],
        "basis": "接到反映",
    } | given
    return commands.begin(by=city.officer, at=at, **said)


def planned(city: City, *, at: datetime = NOW, **given: Any) -> Visit:
    said = {
        "source": "GOV_PLAN", "enterprise": city.firm, "party": [city.second], "basis": BASIS,
        "planned_on": later(days=1).date(),
    } | given  # fmt: skip
    return commands.plan(by=city.officer, at=at, **said)


def met(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code, "result": "MET"} for code in codes]


def fault(code: str, words: str = "现场未设置报警器", **given: Any) -> dict[str, Any]:
    return {"code": code, "result": "NOT_MET", "words": words, "before": photos()} | given


def answered(city: City, v: Visit, *answers: dict[str, Any], at: datetime = NOW, **given: Any) -> Visit:
    return commands.answer(v.pk, by=given.get("by", city.officer), at=at, answers=list(answers))


def finished(city: City, v: Visit, *, at: datetime = NOW, **given: Any) -> Visit:
    said = {"conclusion": "检查完毕", "signer": "陈厂长"} | given
    by = said.pop("by", city.officer)
    return commands.finish(v.pk, by=by, at=at, **said)


def fresh(v: Visit, by: Any = None) -> Visit:
    if by is None:
        return Visit.everything.get(pk=v.pk)
    with acting_as(by):
        return queries.visit(v.pk)
