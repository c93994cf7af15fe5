"""Law and codes into the tables, after every migrate: what is missing is added, nothing is overwritten."""

from typing import Any

from django.db.models.signals import post_migrate

from anlan.places.dated import Dated, add_missing
from anlan.places.loading import dates, table
from anlan.standards import queries
from anlan.standards.models import (
    AccidentClass,
    HazardCategory,
    LegalBasis,
    MajorRule,
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
}


def connect() -> None:
    post_migrate.connect(_after_migrate, dispatch_uid="anlan.standards.loading")


def _after_migrate(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    if sender is None or sender.name == "anlan.standards":
        load_reference(using=using)


def _typed(row: dict[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = row | dates(row)
    if "rolls" in said:
        said["rolls"] = said["rolls"] == "1"
    for number in ("order", "days"):
        if number in said:
            said[number] = int(said[number])
    return said


def load_reference(using: str = "default") -> None:
    """Fill the seven tables; safe to repeat."""
    for name, model in TABLES.items():
        add_missing(model, [_typed(row) for row in table("anlan.standards", name)], using)
    queries.forget()
