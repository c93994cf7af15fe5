"""The kinds of sheets that can be sent. A kind is one declaration: its columns, and how a row becomes an act."""

from anlan.exchange.headers import Kind
from anlan.exchange.kinds.hazards import HAZARDS

KINDS: dict[str, Kind] = {kind.name: kind for kind in (HAZARDS,)}
