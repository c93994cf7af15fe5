"""Reads of checklists: which version answers on a day, what two versions differ in, which criterion is met."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from anlan.kernel.kept import kept
from anlan.standards import queries
from anlan.standards.commands import SAID
from anlan.standards.models import Checklist, ChecklistItem, MajorRule, RuleCount, Stage, Weight

#: fields that cut across sectors and have no list of their own are looked at by that of the nearest sector
NEAREST = {"CROWDED": "FIRE", "PIPELINE": "HAZCHEM", "SPECIAL": "TRADE", "OTHER": "TRADE"}


def list_for(sector: str, among: Container[str] | None = None) -> str:
    """The code of the list by which firms of a sector or field are looked at; `among`: those published, where known."""
    published = _published(code=sector) if among is None else sector in among
    return sector if published else NEAREST.get(sector, sector)


def published() -> frozenset[str]:
    """The codes of all lists that are or were in force."""
    return frozenset(Checklist.objects.filter(state=Stage.PUBLISHED).values_list("code", flat=True))


@kept
def _published(code: Any) -> QuerySet[Checklist]:
    return Checklist.objects.filter(code=code, state=Stage.PUBLISHED).order_by("pk")[:1]


def in_force(code: str, *, on: date) -> Checklist | None:
    """The version that visits of a sector or theme answer on a day: the published one that began last."""
    return (
        Checklist.objects.filter(code=code, state=Stage.PUBLISHED, since__lte=on).order_by("-since", "-version").first()
    )  # fmt: skip


def all_in_force(*, on: date) -> list[Checklist]:
    """One for each sector and theme, in their order."""
    latest: dict[str, Checklist] = {}
    for c in Checklist.objects.filter(state=Stage.PUBLISHED, since__lte=on).order_by("since", "version"):
        latest[c.code] = c
    order = [s.code for s in queries.sectors(on=on)]
    return sorted(latest.values(), key=lambda c: order.index(c.code) if c.code in order else len(order))


def checklist(pk: int) -> Checklist | None:
    return Checklist.objects.filter(pk=pk).first()


def versions(code: str) -> list[Checklist]:
    """Every version of a list, the newest first, discarded ones left out."""
    return list(Checklist.objects.filter(code=code).exclude(state=Stage.DISCARDED).order_by("-version"))


def next_version(code: str) -> int:
    return max((c.version for c in Checklist.objects.filter(code=code)), default=0) + 1


def draft_of(code: str) -> Checklist | None:
    return Checklist.objects.filter(code=code, state=Stage.DRAFT).first()


def items_of(c: Checklist) -> list[ChecklistItem]:
    """What is asked, in order."""
    return list(c.items.filter(gone=False).order_by("order", "pk"))


def said(item: ChecklistItem) -> dict[str, Any]:
    """An item's words, for a new version that begins from it."""
    return {name: getattr(item, name) for name in SAID}


# -- the criterion of an item ---------------------------------------------------------------------


def criterion(item: ChecklistItem, *, sector: str, on: date) -> MajorRule | None:
    """The rule that an item points at, in the pack in force on the day; None where none is."""
    for reference in filter(None, item.rules.split(";")):
        of, _, rest = reference.strip().rpartition(":")
        version, _, code = rest.partition("/")
        for rule in queries.rules_in_force(of or sector, on=on):
            if (rule.version, rule.code) == (version, code):
                return rule
    return None


def reached(items: Iterable[ChecklistItem], *, sector: str, places: str, on: date) -> RuleCount | None:
    """The count of elements that these unmet items reach together, for a kind of place."""
    met = {
        rule.code for i in items if i.major == Weight.ELEMENT and (rule := criterion(i, sector=sector, on=on))
    }
    for count in queries.counts_for(sector, on=on):
        if count.places != places:
            continue
        counted = met & set(count.of.split()) if count.of else met
        if len(counted) >= count.needs:
            return count
    return None


# -- two versions ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One item in two versions. `change` is ADDED, DROPPED, CHANGED or SAME; `columns` what differs."""

    code: str
    old: ChecklistItem | None
    new: ChecklistItem | None
    columns: frozenset[str] = field(default_factory=frozenset)

    @property
    def change(self) -> str:
        if self.old is None:
            return "ADDED"
        if self.new is None:
            return "DROPPED"
        return "CHANGED" if self.columns else "SAME"


def compared(old: Checklist | None, new: Checklist) -> list[Line]:
    """Item by item, in the order of the new version; what was dropped stands where it stood."""
    before = {i.code: i for i in items_of(old)} if old else {}
    after = {i.code: i for i in items_of(new)}
    lines = []
    for code in sorted({**before, **after}, key=lambda c: ((after.get(c) or before[c]).order, c)):
        was, now = before.get(code), after.get(code)
        columns = frozenset()
        if was and now:
            columns = frozenset(
                n for n in SAID if n not in ("code", "order") and getattr(was, n) != getattr(now, n)
            )
        lines.append(Line(code, was, now, columns))
    return lines
