"""What follows from acts upon campaigns; part of the one list in reactions.py."""

from dataclasses import replace
from typing import Any

from anlan.campaigns import events as e
from anlan.campaigns import following, telling
from anlan.campaigns import queries as campaigns
from anlan.campaigns.commands import trip
from anlan.inspections import events as visits
from anlan.kernel.clock import Moment
from anlan.kernel.scope import Actor, acting_as, system_for

CAN = frozenset({"campaign.trips"})


def count_the_leader(
    event: visits.Finished | visits.Recorded | visits.Unveiled, *, by: Actor, at: Moment
) -> None:
    """A visit led by a leader is a stop of his trip of that day in that county, the first one makes the trip.

    A covert visit stays untold until it is filed, and is a stop then.
    """
    v = event.visit
    if not v.led or v.veil:
        return
    leader = _recorder(by, v)
    with acting_as(leader):
        known = campaigns.trip_of(v.led_by_name, day=v.held_on, county=v.county)
    if known is not None:
        trip.stop(known.pk, by=leader, at=at, where=v.where, visit=v.pk)
        return
    trip.record(
        by=leader, at=at, leader=v.led_by_name, post=v.led_post, day=v.held_on, county=v.county, town=v.town,
        sector=v.sector, what=v.basis or "带队检查", of=by.code[:6], system=v.system,
        stops=[{"where": v.where, "visit": v.pk}],
    )  # fmt: skip


def _recorder(by: Actor, v: Any) -> Actor:
    """The system, recording in the name of the organisation that made the visit."""
    return replace(
        system_for(by),
        can=CAN,
        organisation=v.organisation,
        organisation_name=v.organisation_name,
        system=v.system,
    )


REACTIONS = (
    (visits.Finished, count_the_leader),
    (visits.Recorded, count_the_leader),
    (visits.Unveiled, count_the_leader),
    (e.Issued, following.send_to_each),
    (e.Sent, telling.of_plan),
    (e.Filed, telling.of_filing),
    (e.ReceiptReturned, telling.of_receipt_returned),
    (e.ReceiptAccepted, telling.of_receipt_accepted),
    (e.ReceiptUrged, telling.of_urging),
    (e.Joined, following.appoint_member),
    (e.Joined, telling.of_membership),
    (e.Left, following.end_member),
    (e.DutiesMoved, following.align),
    (e.GroupEnded, following.end_group),
    (e.Rostered, telling.of_roster),
    (e.ItemRaised, telling.of_item),
    (e.ItemAnswered, telling.of_answer),
    (e.ItemReturned, telling.of_item_returned),
    (e.ItemUrged, telling.of_item_urged),
)
