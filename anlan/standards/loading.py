"""Law and codes into the tables, after every migrate: what is missing is added, nothing is overwritten."""

from collections import defaultdict
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.db.models.signals import post_migrate

from anlan.kernel.clock import CHINA
from anlan.places.dated import Dated, add_missing
from anlan.places.loading import dates, table
from anlan.standards import commands, queries
from anlan.standards.models import (
    AccidentClass,
    Checklist,
    HazardCategory,
    LegalBasis,
    MajorRule,
    RuleCount,
    RulePack,
    Sector,
    Source,
    TermRow,
)

TABLES: dict[str, type[Dated]] = {
    "sectors.csv": Sector,
    "sources.csv": Source,
    "categories.csv": HazardCategory,
    "accidents.csv": AccidentClass,
    "bases.csv": LegalBasis,
    "terms.csv": TermRow,
    "rules.csv": MajorRule,
    "packs.csv": RulePack,
    "counts.csv": RuleCount,
}


def connect() -> None:
    post_migrate.connect(_after_migrate, dispatch_uid="anlan.standards.loading")


def _after_migrate(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    if sender is None or sender.name == "anlan.standards":
        load_reference(using=using)


def _typed(row: dict[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = row | dates(row)
    for flag in ("rolls", "element"):
        if flag in said:
            said[flag] = said[flag] == "1"
    for number in ("order", "days", "needs"):
        if number in said:
            said[number] = int(said[number])
    return said


def load_reference(using: str = "default") -> None:
    """Fill the tables and the checklists; safe to repeat."""
    for name, model in TABLES.items():
        add_missing(model, [_typed(row) for row in table("anlan.standards", name)], using)
    if using == "default":  # acts are journaled in the one database
        load_checklists()
    queries.forget()


def load_checklists() -> None:
    """The checklists that come with the program, through the command of everyday life: verify proves them.

    A version that is there, edited since or not, stays as it is.
    """
    there = set(Checklist.objects.values_list("code", "version"))
    items: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in table("anlan.standards", "items.csv"):
        key = row.pop("checklist"), int(row.pop("version"))
        items[key].append(_item(row, order=10 * (len(items[key]) + 1)))
    for row in table("anlan.standards", "checklists.csv"):
        key, since = (row["code"], int(row["version"])), dates(row)["since"]
        assert since is not None
        if key not in there:
            commands.load(
                by=commands.PROGRAM, at=datetime.combine(since, time(8), CHINA), code=key[0], version=key[1],
                label=row["label"], since=since, note=row["note"], items=items[key],
            )  # fmt: skip


def _item(row: dict[str, str], *, order: int) -> dict[str, Any]:
    limit, factor = row["limit"], row["factor"]
    return row | {
        "order": order,
        "limit": Decimal(limit) if limit else None,
        "factor": Decimal(factor or "1"),
    }
