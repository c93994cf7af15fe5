"""Acts upon a roll of coverage: freeze it, share out what nobody has looked at yet, close it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from anlan.inspections import coverage_counts as counts
from anlan.inspections import coverage_fill as fill
from anlan.inspections import coverage_queries as queries
from anlan.inspections import draws, draws_queries, events
from anlan.inspections.coverage_models import Errand, Roll
from anlan.inspections.rules import days_in_order, text_given
from anlan.inspections.states import ErrandKind, Step, Tier
from anlan.inspections.workflow import ROLL
from anlan.kernel.clock import Moment
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.events import Performed
from anlan.kernel.scope import SYSTEM, Actor, system_for
from anlan.kernel.words import Reason, Refused, require

#: firms of a roll that is made while its sender waits
AT_ONCE = 2000
NOTHING = Reason("没有可以分派的对象:都已检查、已安排,或不在所选各组的分工之内")


@performs(ROLL, "freeze", on=Roll)
def freeze(
    r: Roll, *, act: Act, name: str, since: date, until: date, counties: Sequence[str] = (), sectors: Sequence[str] = (),
    campaign: int | None = None, county: str = "",
) -> Done:  # fmt: skip
    """Write down what stands on the register today: the denominators, which do not move afterwards."""
    require(text_given(text=name, what="名称"), "name")
    if until < since:
        raise Refused(
            Reason("结束日期%(until)s早于开始日期%(since)s,请核对", {"since": since, "until": until}), "until"
        )
    if until < act.day:
        raise Refused(Reason("覆盖统计的结束日期%(until)s已过", {"until": until}), "until")
    r.name, r.since, r.until, r.frozen_on = name.strip(), since, until, act.day
    r.county = act.by.code[:6] or county
    r.counties, r.sectors, r.campaign = sorted(counties), sorted(sectors), campaign
    r.organisation, r.organisation_name = act.by.organisation, act.by.organisation_name
    if not fill.firms(r).exists():
        raise Refused(Reason("这个范围内没有在册企业,不能建立覆盖名册"), "sectors")
    return Done(event=events.Frozen(r))


def maker(by: Actor = SYSTEM) -> Actor:
    """The system, making a roll for whoever asked for it."""
    return replace(system_for(by), can=frozenset({"coverage.stand"}))


def copy_the_register(event: events.Frozen, *, by: Actor, at: Moment) -> None:
    """A short roll stands at once; a long one is left to the worker."""
    r, total = event.roll, fill.firms(event.roll).count()
    errand = Errand(
        kind=ErrandKind.FREEZE, roll=r, person=by.id, position=by.position, total=total, at=at.received
    )
    if total <= AT_ONCE:
        for done in fill.fill(r):
            errand.done = done
        stand(r.pk, by=maker(by), at=at)
        r.refresh_from_db()
        errand.step = Step.READY
    errand.save()


@performs(ROLL, "stand", on=Roll)
def stand(r: Roll, *, act: Act) -> Done:
    """All of it is copied: the numbers and their digest are written down, and do not move afterwards."""
    r.numbers, r.digest, r.frozen_on = fill.numbers(r), counts.stands(r), act.day
    return Done(event=events.Stood(r))


def count_all(event: events.Stood, *, by: Actor, at: Moment) -> None:
    """What was looked at since the first day counts, also where the roll was frozen later."""
    counts.recount(event.roll)


@performs(ROLL, "drop", on=Roll)
def drop(r: Roll, *, act: Act) -> Done | None:
    """Not to be made after all; the worker takes away what was copied already."""
    r.campaign = None
    return None


def follow_campaign(event: Performed, *, by: Actor, at: Moment) -> None:
    """A campaign that opens has its roll frozen that day; one that closes closes it."""
    system = replace(system_for(by), can=frozenset({"coverage.manage"}))
    if event.command == "campaign.open":
        for c in event.rows:
            if draws_queries.candidates_exist(
                counties=[c.county] if c.county else c.counties, sectors=c.sectors
            ):
                freeze(
                    by=system, at=at, name=c.name, since=c.since, until=c.until, counties=c.counties,
                    sectors=c.sectors, campaign=c.pk, county=c.county,
                )  # fmt: skip
    if event.command == "campaign.close":
        for r in queries.of_campaigns([c.pk for c in event.rows]):
            (close if r.state == "RUNNING" else drop)(r.pk, by=system, at=at)


@performs(ROLL, "share", on=Roll)
def share(
    r: Roll,
    *,
    act: Act,
    groups: Sequence[int],
    since: date,
    until: date,
    nodes: Sequence[int],
    basis: str = "",
    laid_out: bool = False,
) -> Done:
    """Planned visits for these nodes, shared out fairly among the groups by distance and load.

    `laid_out`: they are one group's already, in the order of its trip.
    """
    require(days_in_order(since=since, until=until, on=act.day), "since")
    portions = queries.portions(
        r, groups=groups, nodes=nodes, since=since, until=until, by=act.by, laid_out=laid_out
    )
    if not any(p.nodes for p in portions):
        raise Refused(NOTHING, "groups")
    n = sum(len(p.nodes) for p in portions)
    r.shared_no += n
    return Done(
        event=events.SharedOut(r, tuple(portions), since, until, basis.strip() or r.name),
        note={"shared": [[p.group.pk, len(p.nodes)] for p in portions]},
    )


def plan_each(event: events.SharedOut, *, by: Actor, at: Moment) -> None:
    """Each node of a portion becomes a planned visit of its group."""
    requests = []
    for p in event.portions:
        for n in p.nodes:
            requests.append({
                "head": p.crew[0], "party": p.crew, "source": "GOV_SUPERVISION", "enterprise": n.enterprise,
                "premises": queries.part(n, Tier.PREMISES), "workpost": queries.part(n, Tier.WORKPOST),
                "planned_on": event.since, "planned_until": event.until, "basis": event.basis,
                "campaign": event.roll.campaign,
            })  # fmt: skip
    for outcome in draws.task.many(requests, by=draws.sender(by), at=at):
        if outcome.reason is not None:
            raise Refused(outcome.reason)


@performs(ROLL, "close", on=Roll)
def close(r: Roll, *, act: Act) -> Done | None:
    """From now on visits change it no more."""
    return None
