"""What follows from acts upon campaigns below: positions of a group's members, receipts of a plan.

One truth: the membership says who is in a group and the assignments say where it looks; positions, which the
scope reads, are brought into line by people's own commands, in the same transaction.
"""

from datetime import date, datetime

from anlan.campaigns import events, queries
from anlan.campaigns.commands.parts import acting_for
from anlan.campaigns.commands.plan import send
from anlan.campaigns.models import Group
from anlan.campaigns.states import GroupKind
from anlan.kernel.clock import Moment
from anlan.kernel.scope import SYSTEM, Actor, acting_as
from anlan.people import commands as people
from anlan.people import queries as holders

_CAN = ("people.manage", "people.enrol")


def send_to_each(event: events.Issued, *, by: Actor, at: Moment) -> None:
    """Each addressee of a plan gets it to sign for; who has it already does not get it twice."""
    there = queries.sent_to(event.plan)
    requests = [
        {"plan": event.plan, "to": organ}
        for key in event.organisations
        if key not in there and (organ := holders.organ(key)) is not None
    ]
    for request in requests:
        send(by=acting_for(by, "campaign.system"), at=at, **request)


def role_of(group: Group) -> str:
    return "expert" if group.kind == GroupKind.EXPERT else "supervisor"


def appoint_member(event: events.Joined, *, by: Actor, at: Moment) -> None:
    """Who joins holds a position in the group for that time, with the group's counties."""
    g, m = event.group, event.member
    if any(p.role == role_of(g) for p in holders.standing_in(g.pk, user=m.user, on=m.since)):
        return
    people.appoint(
        by=acting_for(by, *_CAN), at=at, user=m.user, organisation=g.pk, role=role_of(g), level="NAMED",
        title=m.title, since=m.since, until=m.until, duties=sorted(queries.counties_of(g, on=at.day)),
    )  # fmt: skip


def end_member(event: events.Left, *, by: Actor, at: Moment) -> None:
    _step_down(event.group, event.member.user, event.member.until, by=by, at=at)


def _step_down(g: Group, user: int, last: date, *, by: Actor, at: Moment) -> None:
    for p in holders.standing_in(g.pk, user=user, on=at.day):
        people.step_down(p.pk, by=acting_for(by, *_CAN), at=at, on=last)


def align(event: events.DutiesMoved, *, by: Actor, at: Moment) -> None:
    _align(event.group, by=by, at=at)


def _align(g: Group, *, by: Actor, at: Moment | datetime) -> int:
    day = (at if isinstance(at, Moment) else Moment.at(at)).day
    wanted, moved = sorted(queries.counties_of(g, on=day)), 0
    for p in holders.standing_in(g.pk, on=day):
        if sorted(p.duties) != wanted:
            people.set_duties(p.pk, by=acting_for(by, *_CAN), at=at, duties=wanted)
            moved += 1
    return moved


def end_group(event: events.GroupEnded, *, by: Actor, at: Moment) -> None:
    for m in event.members:
        _step_down(event.group, m.user, m.until, by=by, at=at)
    _align(event.group, by=by, at=at)


def align_all(*, at: datetime) -> int:
    """Assignments that begin or end today: the positions follow. Returns how many moved."""
    with acting_as(SYSTEM):
        return sum(_align(g, by=SYSTEM, at=at) for g in queries.standing_groups())
