"""Reference data into the tables, after every migrate: what is missing is added, nothing is overwritten."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

from django.db.models.signals import post_migrate

from anlan.places import queries
from anlan.places.dated import LONG_AGO, add_missing
from anlan.places.models import CalendarDay, Place

#: the first and the last year of the calendar that comes with the program
FIRST_YEAR, LAST_YEAR = 2018, 2026


def connect() -> None:
    post_migrate.connect(_after_migrate, dispatch_uid="anlan.places.loading")


def _after_migrate(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    if sender is None or sender.name == "anlan.places":
        load_reference(using=using)


def table(package: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a table that comes with a module, as text."""
    text = (files(package) / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(io.StringIO(text, newline=""))


def dates(row: dict[str, str]) -> dict[str, date | None]:
    """`since` and `until` of a row; an empty first day is long ago."""
    return {
        "since": date.fromisoformat(row["since"]) if row.get("since") else LONG_AGO,
        "until": date.fromisoformat(row["until"]) if row.get("until") else None,
    }


def load_reference(using: str = "default") -> None:
    """Places of Henan, Zhengzhou and its units and towns; holidays and make-up days 2018–2026."""
    places = [
        row | dates(row) | {"lng": row["lng"] or None, "lat": row["lat"] or None}
        for row in table("anlan.places", "places.csv")
    ]
    add_missing(Place, places, using)
    manager = CalendarDay.objects.using(using)
    there = set(manager.values_list("day", flat=True))
    days = [
        CalendarDay(
            day=date.fromisoformat(r["day"]), working=r["working"] == "1", name=r["name"], source=r["source"]
        )
        for r in table("anlan.places", "calendar.csv")
    ]
    manager.bulk_create(d for d in days if d.day not in there)
    queries.forget()
