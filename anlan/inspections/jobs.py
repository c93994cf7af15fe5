"""What takes longer than somebody waits: freezing a large roll, sharing out thousands of visits.

Each goes on in portions that are whole by themselves, so that it can be stopped, and goes on where it stopped.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from anlan.inspections import coverage, coverage_fill
from anlan.inspections import coverage_counts as counts
from anlan.inspections import coverage_queries as queries
from anlan.inspections.coverage_models import Errand, Roll
from anlan.inspections.states import ErrandKind, RollState, Step, Tier
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, acting_as
from anlan.kernel.words import Reason, Refused
from anlan.people import queries as people
from anlan.people.models import User

#: a worker that has not said for so long that it goes on has ended
SILENT = timedelta(minutes=3)
#: visits that one act of the worker plans
SLICE = 250

GONE = Reason("发起人已不在原职务,请由现任人员重新办理")


def ask_share(
    r: Roll, *, by: Actor, at: datetime, tier: int, number: int, groups: Sequence[int], since: date, until: date,
    county: str = "", sector: str = "", basis: str = "",
) -> Errand:  # fmt: skip
    """Leave it to the worker to work out who would go where; nothing is sent before its sender says so."""
    asked = {
        "tier": int(tier), "number": number, "groups": list(groups), "since": since.isoformat(),
        "until": until.isoformat(), "county": county, "sector": sector, "basis": basis,
    }  # fmt: skip
    return Errand.objects.create(
        kind=ErrandKind.SHARE, roll=r, person=by.id, position=by.position, asked=asked, total=number, at=at
    )


def go_on(errand: Errand, *, at: datetime) -> None:
    """Its sender has seen the plan, and wants it carried out; or wants what was stopped to go on."""
    ready = Errand.objects.filter(pk=errand.pk, step__in=(Step.READY, Step.CANCELLED), kind=ErrandKind.SHARE)
    ready.exclude(plan=[]).update(step=Step.WAITING, go=True, at=at)


def stop(errand: Errand) -> None:
    """What was sent out stays; the rest is not."""
    going = (Step.WAITING, Step.RUNNING, Step.READY)
    Errand.objects.filter(pk=errand.pk, step__in=going, kind=ErrandKind.SHARE).update(step=Step.CANCELLED)


def run_waiting(*, at: datetime) -> int:
    """Take up what waits, and what fell silent. Returns how many."""
    waits = Q(step=Step.WAITING) | Q(step=Step.READY, kind=ErrandKind.FREEZE)
    waits |= Q(step=Step.RUNNING, beat__lt=at - SILENT)
    taken = 0
    for errand in Errand.objects.filter(waits).select_related("roll").order_by("at")[:5]:
        if not Errand.objects.filter(waits, pk=errand.pk).update(step=Step.RUNNING, beat=at):
            continue
        try:
            (_freeze if errand.kind == ErrandKind.FREEZE else _share)(errand, at)
        except Refused as refusal:
            _end(errand, Step.FAILED, failed=[refusal.reason.msgid, _plain(refusal.reason.params)])
        taken += 1
    return taken


def _plain(params: Any) -> dict[str, str]:
    return {k: str(v) for k, v in params.items()}


def _end(errand: Errand, step: Step, **said: Any) -> None:
    Errand.objects.filter(pk=errand.pk).exclude(step=Step.CANCELLED).update(step=step, **said)


def _goes_on(errand: Errand, done: int) -> bool:
    """Say how far it is. Whether nobody stopped it meanwhile."""
    mine = Errand.objects.filter(pk=errand.pk, step=Step.RUNNING)
    return bool(mine.update(done=done, beat=timezone.now()))


# -- freezing --------------------------------------------------------------------------------------


def _freeze(errand: Errand, at: datetime) -> None:
    """Copy the register; once it stands, count the visits again that were under way meanwhile."""
    r = errand.roll
    if r.state == RollState.WAITING:
        for done in coverage_fill.fill(r):
            if not _waits(r) or not _goes_on(errand, done):
                break
        if _waits(r):
            coverage.stand(r.pk, by=coverage.maker(), at=at)
            return _end(errand, Step.READY)
    if r.state == RollState.RUNNING:
        with transaction.atomic():
            counts.recount(r)
        return _end(errand, Step.DONE)
    if not _waits(r) and not r.digest:
        for _gone in coverage_fill.clear(r):
            _goes_on(errand, 0)
    return _end(errand, Step.DONE)


def _waits(r: Roll) -> bool:
    return Roll._base_manager.filter(pk=r.pk, state=RollState.WAITING).exists()


# -- sharing out -----------------------------------------------------------------------------------


def _share(errand: Errand, at: datetime) -> None:
    user = User.objects.filter(pk=errand.person).first()
    still = user is not None and user.is_active
    by = people.actor_for(user, on=day_of(at), position=errand.position) if user and still else None
    if by is None or by.position != errand.position or not by.may("coverage.manage"):
        raise Refused(GONE)
    if errand.go:
        _carry_out(errand, by, at)
    else:
        _work_out(errand, by)


def days(errand: Errand) -> dict[str, Any]:
    return {name: date.fromisoformat(errand.asked[name]) for name in ("since", "until")}


def _work_out(errand: Errand, by: Actor) -> None:
    """Who would go where, as its sender may send them."""
    asked = errand.asked
    with acting_as(by):
        keys = queries.chosen(
            errand.roll, Tier(asked["tier"]), number=asked["number"], groups=asked["groups"],
            on=days(errand)["since"], county=asked["county"], sector=asked["sector"],
        )  # fmt: skip
        portions = queries.portions(
            errand.roll, groups=asked["groups"], nodes=keys, by=by, most=queries.MOST_LEFT, **days(errand)
        )
    plan: list[dict[str, Any]] = [
        {"group": p.group.pk, "name": p.group.name, "people": len(p.crew), "load": p.team.load, "km": round(p.km),
         "nodes": [n.pk for n in p.nodes]}
        for p in portions
    ]  # fmt: skip
    total = sum(len(p["nodes"]) for p in plan)
    if not total:
        raise Refused(coverage.NOTHING)
    _end(errand, Step.READY, plan=plan, total=total)


def _carry_out(errand: Errand, by: Actor, at: datetime) -> None:
    """Send each group its part, some at a time; what was sent before it stopped is not sent twice."""
    done = 0
    for portion in errand.plan:
        for i in range(0, len(portion["nodes"]), SLICE):
            nodes = portion["nodes"][i : i + SLICE]
            if not _goes_on(errand, done):
                return
            try:
                coverage.share(
                    errand.roll_id, by=by, at=at, groups=[portion["group"]], nodes=nodes, laid_out=True,
                    basis=errand.asked["basis"], **days(errand),
                )  # fmt: skip
            except Refused as refusal:
                if refusal.reason != coverage.NOTHING:
                    raise
            done += len(nodes)
    _end(errand, Step.DONE, done=done)
