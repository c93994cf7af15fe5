"""What runs under a hazard: its round with a deadline, and an application to extend it."""

from collections.abc import Sequence
from datetime import date

from anlan.hazards import checks
from anlan.hazards.models import Extension, Hazard, Round
from anlan.kernel.command import Act
from anlan.kernel.words import require


def last_rounds(hazards: Sequence[Hazard]) -> dict[int, Round]:
    """The round now running, or the last one."""
    return {r.hazard_id: r for r in Round.objects.among(hazards, "no")}


def begin_round(h: Hazard, act: Act, *, due_on: date) -> Round:
    """Open the next round with its deadline; that the one before was late stays said."""
    require(checks.after_submission(submitted=h.stopped_on, on=act.day))
    ended = h.stopped_on or act.day
    if h.late_from is not None and ended > h.late_from:
        h.late_before = [*h.late_before, [h.late_from.isoformat(), ended.isoformat()]]
    h.round += 1
    h.due_on = due_on
    h.due_original_on = h.due_original_on or due_on
    return Round(
        hazard=h, at=act.at.happened, by=act.by.id, by_name=act.by.name, no=h.round, due_on=due_on
    )  # fmt: skip


def go_on(h: Hazard, act: Act, before: Round | None, *, due_on: date) -> list[Round]:
    """A round that was running goes on with the new date; one already late ends late, and another begins."""
    if before is None or before.submitted_on is not None or before.decided_on is not None:
        return [begin_round(h, act, due_on=due_on)]
    if act.day > before.due_on:
        before.late, before.passed = True, False
        before.decided_on, before.decided_by_name = act.day, act.by.name
        return [before, begin_round(h, act, due_on=due_on)]
    before.due_on = h.due_on = due_on
    return [before]


def waiting(hazards: Sequence[Hazard]) -> dict[int, Extension]:
    """The application that waits for an answer."""
    asked = [h for h in hazards if h.extension_pending]
    return {e.hazard_id: e for e in Extension.objects.among(asked) if e.granted is None}


def lapse(h: Hazard, act: Act, asked: Extension | None) -> list[Extension]:
    """An application falls away where the deadline that it was about no longer runs."""
    h.extension_pending = False
    if asked is None:
        return []
    asked.granted, asked.decided_on, asked.decided_by_name = False, act.day, act.by.name
    asked.opinion = "期限已停止计算,申请自行失效"
    return [asked]


def reopen(h: Hazard, act: Act, running: Round, *, still_open: str, due_on: date) -> list[Round]:
    """A failed acceptance: a new round with what is still open; earlier lateness stays in its round."""
    require(checks.text_given(text=still_open, what="仍未整改的内容"), "still_open")
    require(checks.deadline(due=due_on, on=act.day), "due_on")
    running.decided_on, running.decided_by_name, running.passed = act.day, act.by.name, False
    running.still_open = still_open.strip()
    h.rectified_on = h.rectified_by = None
    h.rectified_by_name = ""
    h.requirement = still_open.strip()
    return [running, begin_round(h, act, due_on=due_on)]
