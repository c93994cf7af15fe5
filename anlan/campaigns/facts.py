"""What may be counted: groups that went out, people as person-times and persons, trips of leaders, plans.

The dimension `grade` carries the kind of group, and of a trip the leader's rank: these have no grade.
"""

from anlan.campaigns.models import LeaderTrip, Sortie, SortieMember
from anlan.campaigns.states import SortieState, TripState
from anlan.kernel.tally import Fact, Flow, Where, declare

OUT = Where("state", (SortieState.OUT,))
TOLD = Where("told", (True,))
CAME = Where("gone", (False,))
HELD = Where("state", (TripState.HELD,))
CELL = {"county": "county", "town": "town", "sector": "sector", "source": "", "system": "system"}

SORTIES = declare(
    Fact(
        model=Sortie,
        cell=CELL | {"grade": "kind"},
        more={"group": "group", "organisation": "keeper"},
        measures=(
            Flow(code="sortie", on="day", where=(OUT, TOLD)),
            Flow(code="sortie_people", on="day", where=(OUT, TOLD), amount="people_no"),
        ),
    )
)
SORTIE_MEMBERS = declare(
    Fact(
        model=SortieMember,
        cell=CELL | {"grade": "kind"},
        more={"group": "group"},
        measures=(Flow(code="sortie_person", on="out_on", where=(CAME,)),),
    )
)
TRIPS = declare(
    Fact(
        model=LeaderTrip,
        cell=CELL | {"grade": "rank"},
        more={"organisation": "organisation"},
        measures=(Flow(code="leader_trip", on="day", where=(HELD,)),),
    )
)
