"""Rows that hold between two days. Law, places and terms are such rows: what was in force can be asked.

`until` is the last day on which the row holds, not the first on which it does not.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

#: from when on something is taken to hold whose first day we do not know
LONG_AGO = date(1949, 10, 1)


def on_day(on: date | None) -> Q:
    """Rows in force on a day; every row where no day is named."""
    return Q() if on is None else Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))


class Dated(models.Model):
    since = models.DateField(default=LONG_AGO)
    until = models.DateField(null=True, blank=True)

    #: columns that, with `since`, name a row of the reference data
    natural: ClassVar[tuple[str, ...]] = ("code",)

    class Meta:
        abstract = True

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(until__isnull=True) | Q(until__gte=F("since")))


def add_missing(model: type[Dated], rows: list[dict[str, Any]], using: str = "default") -> int:
    """Insert the reference rows that are not there yet; those that are, edited or not, stay as they are."""
    names = (*model.natural, "since")
    manager = model._base_manager.using(using)
    there = set(manager.values_list(*names))
    new = [model(**row) for row in rows]
    fresh = [row for row in new if tuple(getattr(row, n) for n in names) not in there]
    manager.bulk_create(fresh)
    return len(fresh)
