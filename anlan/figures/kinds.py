"""What kinds of figure there are. A declaration says what is counted, by which date, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A measure of the tally, narrowed by cells.

    `among` maps a dimension (grade, source, …) to the values that count. `counted_by` says in words
    which date decides; `term` is where the field or the article uses it. `beyond`: some lie in the city and in no
    county, so that the city has more than its counties together.
    """

    code: str
    label: Any
    unit: Any
    definition: Any
    counted_by: Any
    measure: str
    among: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beyond: bool = False
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

    By `cohort`: part and whole are the same records, so the part is never more than the whole. By window: each
    by its own date, and the rate may pass 100. `apart` is counted neither in the one nor in the other and is
    shown beside: what another system had closed before it came here.
    """

    code: str
    label: Any
    part: str
    whole: str
    definition: Any
    counted_by: Any
    unit: Any = "%"
    apart: str = ""
    cohort: bool = False
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What the system cannot see: reported by a county, signed there, and counted once its report is filed.

    Its period is that of the report; asked for a longer one, the reports that lie within it are added up.
    """

    code: str
    label: Any
    unit: Any
    definition: Any
    counted_by: Any
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """The sum of what is reported: of figures by hand only, counted ones have a measure of their own."""

    code: str
    label: Any
    unit: Any
    parts: tuple[str, ...]
    definition: Any
    counted_by: Any
    term: str = ""


Indicator = Counted | Distinct | Rate | Filed | Added
