"""Reads, already limited to whoever acts. A row opens by three answers; a list is asked along one axis."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from anlan.hazards.models import Hazard, Suspension, SuspensionGround
from anlan.hazards.states import OPEN, State
from anlan.kernel import scope, search
from anlan.kernel.clock import CHINA
from anlan.kernel.scope import Actor, Axis, acting
from anlan.kernel.web import day_said, whole
from anlan.register import queries as register

SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list can be narrowed by; "" is no narrowing. `when` is one of open, overdue, soon, waiting."""

    state: str = ""
    grade: str = ""
    sector: str = ""
    county: str = ""
    town: str = ""
    source: str = ""
    track: str = ""
    enterprise: str = ""
    when: str = ""
    text: str = ""
    since: str = ""
    until: str = ""

    def given(self) -> dict[str, str]:
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}


def ledger(*, filters: Filters, on: date, axis: Axis = Axis.PLACE) -> QuerySet[Hazard]:
    """The ledger (台账) along one axis, narrowed."""
    rows = Hazard.objects.along(axis)
    columns = {
        "state": "state", "grade": "grade", "sector": "now_sector", "county": "now_county", "town": "now_town",
        "source": "source", "track": "track", "enterprise": "enterprise_id",
    }  # fmt: skip
    for name, column in columns.items():
        if value := getattr(filters, name):
            rows = rows.filter(**{column: value if name != "enterprise" else whole(value) or 0})
    if filters.when == "open":
        # said so that the index of what is open gives it in its order, not each state for itself
        rows = rows.filter(closed_on=None).exclude(state__in=frozenset(State) - OPEN)
    elif filters.when == "overdue":
        rows = rows.filter(overdue_q(on))
    elif filters.when == "soon":
        rows = rows.filter(stopped_on=None, due_on__range=(on, on + SOON), state=State.RECTIFYING)
    if filters.since:
        since = day_said(filters.since, field="since")
        rows = rows.filter(found_on__gte=since, found_at__gte=_begins(since))
    if filters.until:
        until = day_said(filters.until, field="until")
        rows = rows.filter(found_on__lte=until, found_at__lt=_begins(until + timedelta(days=1)))
    return _said(rows, filters, axis) if filters.text else rows


def _said(rows: QuerySet[Hazard], filters: Filters, axis: Axis) -> QuerySet[Hazard]:
    """By number where it looks like one, else by words of the description, the place or the firm."""
    tail = filters.text.rsplit("-", 1)[-1]
    if tail.isdecimal() and (len(tail) == 7 or filters.text.isdecimal()):
        numbered = rows.filter(pk=int(tail))
        if len(tail) == 7 or numbered.exists():
            return numbered
    actor = acting()
    within = search.marks_for(actor) if actor is not None and axis is Axis.PLACE else []
    marked = {"c": filters.county, "t": filters.town, "s": filters.sector, "e": filters.enterprise}
    within += [[search.mark(kind, value)] for kind, value in marked.items() if value]
    return search.find(rows, filters.text, within=within)


def _begins(day: date) -> datetime:
    """A day as the lists are ordered, by moments. Dates beside found_at, which is what the index holds."""
    return datetime.combine(day, time(), CHINA)


def default_axis(actor: Actor) -> Axis:
    """The axis along which a position sees most."""
    if Hazard.coordinates.q(actor) is not None:
        return Axis.PLACE
    return Axis.HANDED if actor.organisation else Axis.MINE


def order_of(filters: Filters) -> tuple[str, str]:
    """The sort key of a list and where it stands: what is found by words comes as the index has it."""
    return ("pk", "index__row_id") if filters.text and not filters.text.isdecimal() else ("found_at", "")


def overdue_q(on: date) -> Q:
    """Late on a day: the clock runs and the deadline has passed. One partial index answers."""
    return Q(stopped_on__isnull=True, due_on__isnull=False, due_on__lt=on)


def hazard(pk: int) -> Hazard:
    """One hazard, if any of the three answers opens it. Raises Hazard.DoesNotExist."""
    found: Hazard = scope.one(Hazard, pk, "enterprise")
    return found


def opened(keys: Iterable[int]) -> QuerySet[Hazard]:
    """Of these, the hazards that any of the three answers opens."""
    return Hazard.objects.opening(pk__in=list(keys)).select_related("enterprise")


def firm_name(pk: str) -> str:
    """What a firm that a list is narrowed to is called; its number where it is not mine to see."""
    firm = register.enterprise(int(pk)) if pk.isdecimal() and len(pk) < 16 else None
    return firm.name if firm else pk


def suspension(pk: int) -> Suspension:
    return Suspension.objects.opening(pk=pk).select_related("enterprise").get()


def looks_like_a_number(text: str) -> bool:
    """Whether this could be a number of ours: unit, year and running number."""
    parts = text.strip().split("-")
    return (
        len(parts) == 3
        and parts[1].isdigit()
        and len(parts[1]) == 4
        and len(parts[2]) == 7
        and parts[2].isdigit()
    )


def by_number(number: str) -> Hazard | None:
    key = whole(number.strip().rsplit("-", 1)[-1])
    return Hazard.objects.opening(pk=key).first() if key is not None else None


def alike(*, enterprise: int, description: str, on: date, at_most: int = 5) -> list[tuple[Hazard, int]]:
    """Likely doubles in the same firm: open, or found within the last seven days, with like words.

    With each its likeness in per cent (shared pairs of characters). Shown before registering.
    """
    words = _pairs(description)
    if not words:
        return []
    recent = (
        Hazard.objects.filter(enterprise_id=enterprise)
        .filter(Q(state__in=OPEN) | Q(found_on__gte=on - timedelta(days=7)))
        .order_by("-found_at")[:200]
    )
    scored = []
    for h in recent:
        other = _pairs(h.description)
        likeness = round(100 * len(words & other) / max(1, min(len(words), len(other))))
        if likeness >= 50:
            scored.append((h, likeness))
    return sorted(scored, key=lambda pair: -pair[1])[:at_most]


def _pairs(text: str) -> set[str]:
    kept = "".join(c for c in text if c.isalnum())
    return {kept[i : i + 2] for i in range(len(kept) - 1)}


def grounds_of(rows: Sequence[Suspension]) -> dict[int, list[int]]:
    """The hazards on which suspensions in hand rest, by suspension."""
    found: dict[int, list[int]] = {}
    for ground in SuspensionGround.objects.of(rows).order_by("hazard_id"):
        found.setdefault(ground.suspension_id, []).append(ground.hazard_id)
    return found


def suspensions() -> QuerySet[Suspension]:
    return Suspension.objects.select_related("enterprise").order_by("-proposed_on", "-id")


def imported(keys: Iterable[str]) -> set[str]:
    """Which of these rows of sheets stand in the ledger already, of those I may open."""
    wanted = list(keys)
    found: set[str] = set()
    for i in range(0, len(wanted), 500):
        rows = Hazard.objects.opening(import_key__in=wanted[i : i + 500])
        found |= set(rows.values_list("import_key", flat=True))
    return found


def of_sheets(*, keys: Iterable[str], numbers: Iterable[str]) -> dict[str, Hazard]:
    """By import key and by number: what became of rows of sheets, of those I may open."""
    found: dict[str, Hazard] = {}
    wanted = list(keys)
    for i in range(0, len(wanted), 500):
        for h in Hazard.objects.opening(import_key__in=wanted[i : i + 500]):
            found[h.import_key] = h
    for number in numbers:
        if (one := by_number(number)) is not None:
            found[number] = one
    return found


def majors_by_firm() -> dict[int, int]:
    """How many major hazards are open at each firm, of any place: a weight, shown to nobody as such."""
    rows = Hazard._base_manager.filter(state__in=OPEN, grade="MAJOR", enterprise__isnull=False)
    return dict(Counter(rows.values_list("enterprise", flat=True)))


def found_then(*, enterprise: int | None, on: date, description: str) -> Hazard | None:
    """The hazard of a firm found on a day in these very words, of those I may open."""
    if enterprise is None:
        return None
    return (
        Hazard.objects.filter(enterprise=enterprise, found_on=on, description=description)
        .order_by("pk")
        .first()
    )
