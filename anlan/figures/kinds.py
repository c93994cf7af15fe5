"""What kinds of figure there are. A declaration says what is counted, by which date, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A measure of the tally, narrowed by cells.

    `among` maps a dimension (grade, source, …) to the values that count. `counted_by` says in words
    which date decides; `term` is where the field or the article uses it.
    """

    code: str
    label: Any
    unit: Any
    definition: Any
    counted_by: Any
    measure: str
    among: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """How many different ones (家 beside 家次): read from the fact table, never added up over places."""

    code: str
    label: Any
    unit: Any
    definition: Any
    counted_by: Any
    measure: str
    of: str
    among: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Part of a whole in per cent, one decimal; None over nothing, printed "—".

    By cohort: part and whole are the same hazards, found in the period. `apart` is counted neither in the
    one nor in the other and is shown beside: what another system had closed before it came here.
    """

    code: str
    label: Any
    part: str
    whole: str
    definition: Any
    counted_by: Any
    unit: Any = "%"
    apart: str = ""
    term: str = ""


Indicator = Counted | Distinct | Rate
