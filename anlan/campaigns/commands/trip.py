"""Leaders in the field."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from anlan.campaigns import rules
from anlan.campaigns.models import LeaderTrip, TripStop
from anlan.campaigns.states import Rank
from anlan.campaigns.workflow import TRIP
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused, require


@performs(TRIP, "record", on=LeaderTrip)
def record(
    t: LeaderTrip, *, act: Act, leader: str, post: str, day: date, what: str, county: str, of: str = "",
    town: str = "", sector: str = "", rank: str = "", stops: Sequence[Mapping[str, Any]] = (), system: str = "",
) -> Done:  # fmt: skip
    """A leader went out on a day: into which county, for what, and where to.

    `of` is the county whose leader he is, "" for the city's; his rank follows from his post unless it is
    given. Each of `stops` says where, and which visit.
    """
    require(rules.text_given(text=leader, what="带队领导姓名"), "leader")
    require(rules.text_given(text=post, what="带队领导职务"), "post")
    require(rules.text_given(text=what, what="督导内容"), "what")
    require(rules.day_has_come(day=day, on=act.day), "day")
    if not county:
        raise Refused(Reason("请选择县(市、区)"), "county")
    if act.by.organisation is None:
        raise Refused(Reason("请以登记单位的职务办理"))
    t.leader, t.post, t.rank = leader.strip(), post.strip(), Rank(rank or rules.rank_of(post))
    t.of, t.county, t.town, t.sector, t.day, t.what = of, county, town, sector, day, what.strip()
    t.organisation, t.organisation_name = act.by.organisation, act.by.organisation_name
    t.system = system or act.by.system
    rows = [TripStop(trip=t, where=s["where"][:200], visit=s.get("visit")) for s in stops]
    t.stops_no = len(rows)
    return Done(children=rows)


@performs(TRIP, "stop", on=LeaderTrip)
def stop(t: LeaderTrip, *, act: Act, where: str, visit: int | None = None) -> Done:
    """One more place of the same trip."""
    require(rules.text_given(text=where, what="到过的地点"), "where")
    t.stops_no += 1
    return Done(children=[TripStop(trip=t, where=where.strip()[:200], visit=visit)])


@performs(TRIP, "void", on=LeaderTrip)
def void(t: LeaderTrip, *, act: Act, reason: str) -> Done | None:
    require(rules.text_given(text=reason, what="作废的原因"), "reason")
    t.void_reason = reason.strip()
    return None
