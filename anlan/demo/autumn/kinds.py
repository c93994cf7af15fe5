"""What a plan is made of."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from anlan.demo.autumn.course import Course
from anlan.demo.autumn.firms import Firm


class Way(NamedTuple):
    """Who looks, and how: `by` is a BUREAU of `system`, its SQUAD, a city GROUP, a TOWN, an EXPERT, the firm's SELF."""

    by: str
    system: str
    source: str

    @property
    def covert(self) -> bool:
        return self.source == "GOV_COVERT"


@dataclass(slots=True)
class Find:
    """A general or major hazard; `course` None: put right on the spot; `retaken`: its picture after is that before."""

    fault: int
    course: Course | None = None
    retaken: bool = False


@dataclass(slots=True)
class Visit:
    """A visit to a firm; `minute` of the day at which it began; `officers`: the first of its organ's who went, None: in turn."""

    day: date
    minute: int
    county: str
    way: Way
    firm: Firm
    people: int
    finds: list[Find] = field(default_factory=list)
    officers: int | None = None


class Park(NamedTuple):
    """A park of a town and the firms in it."""

    county: str
    town: str
    name: str
    firms: tuple[Firm, ...]


class Sortie(NamedTuple):
    """A group's day. `standing` is the number of a city group or of a squad, None for people of the day."""

    day: date
    county: str
    system: str
    name: str
    people: int
    covert: bool = False
    standing: int | None = None
    squad: bool = False


class Trip(NamedTuple):
    """A leader's day in the field."""

    day: date
    county: str
    post: str
    where: Firm


class Interview(NamedTuple):
    day: date
    firm: Firm


class Fine(NamedTuple):
    """`yuan` that were fined."""

    day: date
    firm: Firm
    yuan: int


class Stop(NamedTuple):
    """A suspension of production on the ground of a hazard: the `find`-th of a visit; `lifted` None: still in force."""

    day: date
    visit: Visit
    find: Find
    lifted: date | None


class Planted(NamedTuple):
    """A unit that works for show: `unit` is the town of a station, or the system of a county's bureau."""

    kind: str
    county: str
    unit: str
    first: date
    last: date


@dataclass(slots=True)
class Plan:
    """Everything that happens, in plain data."""

    firms: list[Firm] = field(default_factory=list)
    parks: list[Park] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    sorties: list[Sortie] = field(default_factory=list)
    trips: list[Trip] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    fines: list[Fine] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    formal: list[Planted] = field(default_factory=list)
