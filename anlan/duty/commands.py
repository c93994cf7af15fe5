"""Acts of a roll call, one function each."""

from datetime import date, datetime
from typing import Any

from anlan.duty import events, rules
from anlan.duty.models import RollCall
from anlan.duty.states import AGAIN, REACHED, RESULTS, CallState
from anlan.duty.workflow import ROLL_CALL
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Level
from anlan.kernel.words import Reason, Refused, require


def _listed(c: RollCall, act: Act, unit: Any, *, day: date, round: int, phone: str) -> None:
    """Who calls whom, on which day and in which round."""
    if act.by.organisation is None:
        raise Refused(Reason("请以点名单位的职务办理"))
    require(
        rules.answers_to(kind=unit.kind, county=unit.county, level=act.by.level, code=act.by.code), "unit"
    )
    c.day, c.round, c.phone = day, round, phone.strip()
    c.caller, c.caller_name, c.system = act.by.organisation, act.by.organisation_name, act.by.system
    c.home = "" if act.by.level is Level.CITY else act.by.code[:6]
    c.organisation, c.organisation_name = unit.pk, unit.name
    c.county, c.town = unit.county, unit.town


def _came_to(
    c: RollCall, *, result: str, at: datetime, answered_by: str, post: str, leader_present: bool | None,
    rings: int | None, remark: str,
) -> Done:  # fmt: skip
    """What came of it; says so to the unit where nobody on duty was reached."""
    require(rules.result_known(result, RESULTS), "result")
    reached = result in REACHED
    require(rules.answerer_named(name=answered_by, reached=reached), "answered_by")
    require(rules.told_why(remark=remark, absent=result == CallState.ABSENT), "remark")
    require(rules.rings_counted(rings), "rings")
    c.called_at, c.rings, c.remark = at, rings, remark.strip()
    c.answered_by, c.post = answered_by.strip(), post.strip()
    c.leader_present = leader_present if reached else None
    missed = None if reached else events.Missed(c)
    return Done(target=result, event=missed)


@performs(ROLL_CALL, "begin", on=RollCall)
def begin(c: RollCall, *, act: Act, unit: Any, round: int = 1, phone: str = "") -> Done | None:
    """Put a unit on today's sheet. `unit` an organisation that answers to whoever calls."""
    _listed(c, act, unit, day=act.day, round=round, phone=phone)
    return None


@performs(ROLL_CALL, "record", on=RollCall)
def record(
    c: RollCall, *, act: Act, unit: Any, called_at: datetime, day: date, result: str, round: int = 1,
    answered_by: str = "", post: str = "", leader_present: bool | None = None, rings: int | None = None,
    remark: str = "", phone: str = "",
) -> Done:  # fmt: skip
    """A call that was written down on paper, entered afterwards under its own day."""
    require(rules.has_come(day=day, on=act.day), "day")
    if called_at > act.at.happened:
        raise Refused(Reason("点名时间还没有到,请核对"), "called_at")
    _listed(c, act, unit, day=day, round=round, phone=phone)
    return _came_to(c, result=result, at=called_at, answered_by=answered_by, post=post, leader_present=leader_present,
                    rings=rings, remark=remark)  # fmt: skip


@performs(ROLL_CALL, "result", on=RollCall)
def result(
    c: RollCall, *, act: Act, result: str, answered_by: str = "", post: str = "", leader_present: bool | None = None,
    rings: int | None = None, remark: str = "",
) -> Done:  # fmt: skip
    """The unit was called: who answered, whether the duty leader was there, or that nobody answered."""
    require(rules.on_its_day(day=c.day, on=act.day))
    return _came_to(c, result=result, at=act.at.happened, answered_by=answered_by, post=post,
                    leader_present=leader_present, rings=rings, remark=remark)  # fmt: skip


@performs(ROLL_CALL, "again", on=RollCall)
def again(
    c: RollCall, *, act: Act, result: str, answered_by: str = "", post: str = "", leader_present: bool | None = None,
    remark: str = "",
) -> Done:  # fmt: skip
    """Called once more after nobody answered. Whoever answers now answered late."""
    require(rules.on_its_day(day=c.day, on=act.day))
    require(rules.result_known(result, AGAIN), "result")
    first = c.called_at
    done = _came_to(c, result=result, at=act.at.happened, answered_by=answered_by, post=post,
                    leader_present=leader_present, rings=c.rings, remark=remark)  # fmt: skip
    c.called_at, c.again_at = first, act.at.happened
    return done


@performs(ROLL_CALL, "correct", on=RollCall)
def correct(
    c: RollCall, *, act: Act, result: str, reason: str, answered_by: str = "", post: str = "",
    leader_present: bool | None = None, remark: str = "",
) -> Done:  # fmt: skip
    """What was entered wrongly, put right with the reason; the first entry stays in the journal."""
    require(rules.reason_given(reason), "reason")
    c.reason = reason.strip()
    assert c.called_at is not None
    return _came_to(c, result=result, at=c.called_at, answered_by=answered_by, post=post, leader_present=leader_present,
                    rings=c.rings, remark=remark)  # fmt: skip


@performs(ROLL_CALL, "void", on=RollCall)
def void(c: RollCall, *, act: Act, reason: str) -> Done | None:
    """Put on the sheet by mistake: counted on no day."""
    require(rules.reason_given(reason), "reason")
    c.reason = reason.strip()
    return None
