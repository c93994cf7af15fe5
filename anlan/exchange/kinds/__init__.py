"""The kinds of sheets that can be sent. A kind is one declaration: its columns, and how a row becomes an act."""

from anlan.exchange.headers import Kind
from anlan.exchange.kinds.enterprises import ENTERPRISES
from anlan.exchange.kinds.hazards import HAZARDS
from anlan.exchange.kinds.people import PEOPLE
from anlan.exchange.kinds.visits import VISITS

KINDS: dict[str, Kind] = {kind.name: kind for kind in (HAZARDS, VISITS, ENTERPRISES, PEOPLE)}
