"""Acts beside the papers: interviews (约谈) and fines (罚款), recorded by the organ that held or decided them."""

from datetime import date
from typing import Any

from anlan.enforcement import rules
from anlan.enforcement.models import Fine, Interview
from anlan.enforcement.workflow import FINE, INTERVIEW
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused, require


def _of(m: Interview | Fine, act: Act, *, enterprise: Any, day: date, reason: str) -> None:
    if act.by.organisation is None:
        raise Refused(Reason("请以登记单位的职务办理"))
    require(rules.looks_after(actor=act.by, county=enterprise.county, sector=enterprise.sector), "enterprise")
    require(rules.has_come(day=day, on=act.day), "day")
    require(rules.reason_given(reason), "reason")
    m.enterprise, m.day, m.reason = enterprise, day, reason.strip()
    m.county, m.town, m.sector = enterprise.county, enterprise.town, enterprise.sector
    m.system, m.organ, m.organ_name = act.by.system, act.by.organisation, act.by.organisation_name


@performs(INTERVIEW, "record", on=Interview)
def interview(
    i: Interview, *, act: Act, enterprise: Any, day: date, reason: str, demands: str = ""
) -> Done | None:
    """Somebody who answers for a firm was called in: what about, and what was asked of him."""
    _of(i, act, enterprise=enterprise, day=day, reason=reason)
    i.demands = demands.strip()
    return None


@performs(FINE, "record", on=Fine)
def fine(
    f: Fine, *, act: Act, enterprise: Any, day: date, yuan: int, reason: str, basis: str = "", case_number: str = "",
) -> Done | None:  # fmt: skip
    """A fine as it was decided on a day. `yuan` whole yuan."""
    _of(f, act, enterprise=enterprise, day=day, reason=reason)
    require(rules.is_an_amount(yuan), "yuan")
    f.yuan, f.basis, f.case_number = yuan, basis.strip(), case_number.strip()
    return None


def _voided(m: Interview | Fine, reason: str) -> None:
    require(rules.reason_given(reason), "reason")
    m.void_reason = reason.strip()


@performs(INTERVIEW, "void", on=Interview)
def void_interview(i: Interview, *, act: Act, reason: str) -> Done | None:
    """Entered by mistake: counted on no day."""
    _voided(i, reason)
    return None


@performs(FINE, "void", on=Fine)
def void_fine(f: Fine, *, act: Act, reason: str) -> Done | None:
    """Entered by mistake, or set aside: counted on no day."""
    _voided(f, reason)
    return None
