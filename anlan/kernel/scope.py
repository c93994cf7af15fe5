"""Who may touch which rows. The only file in the system that knows.

An actor is one person in one position; that position is one grant. Three answers open a row: it lies
in the place and sectors that the position manages; an organisation of the actor's owns or owned it;
the actor was admitted by name (group, visit, delegation). The last two stand in `Access`.

A list is asked along one axis at a time, so that it stays one equality on one index.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from anlan.kernel.kept import Blank, Read

#: so many parents are asked one by one
FEW = 4


class Level(StrEnum):
    """How far a position reaches. One installation holds one city: CITY asks no place."""

    CITY = "CITY"
    COUNTY = "COUNTY"
    TOWN = "TOWN"
    ENTERPRISE = "ENTERPRISE"
    NAMED = "NAMED"  # only what the actor or the organisation was admitted to
    SYSTEM = "SYSTEM"


class Axis(StrEnum):
    """Along which of the three answers a list is asked."""

    PLACE = "place"
    HANDED = "handed"  # 交我办的
    MINE = "mine"  # admitted by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One person acting in one position.

    `sectors` None means every sector. `system` is the system of organisations (口径) for which
    this person's work is counted. `credential_until` is the last day of a valid enforcement
    credential, None where there is none. `duties` are the counties assigned to his group now.
    `today` is the day on which permission is asked: admissions with an end are void without it.
    """

    id: int
    name: str
    role: str
    level: Level
    can: frozenset[str] = field(default_factory=frozenset)
    code: str = ""
    sectors: frozenset[str] | None = None
    position: int | None = None
    title: str = ""
    organisation: int | None = None
    organisation_name: str = ""
    enterprise: int | None = None
    system: str = ""
    credential: str = ""
    credential_until: date | None = None
    duties: frozenset[str] = field(default_factory=frozenset)
    today: date | None = None
    on_behalf_of: str = ""

    def may(self, capability: str) -> bool:
        return capability in self.can

    def __canonical__(self) -> str:
        return f"person:{self.id}@{self.position or 0}"

    @property
    def is_enterprise(self) -> bool:
        return self.level is Level.ENTERPRISE


SYSTEM = Actor(id=0, name="系统", role="system", level=Level.SYSTEM)


def system_for(actor: Actor) -> Actor:
    """The system reacting to what somebody did: the journal names both."""
    return Actor(
        id=0, name="系统", role="system", level=Level.SYSTEM, on_behalf_of=f"{actor.id}:{actor.name}"
    )


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Where a row sits: its columns for county, town, sector and enterprise. "" where it has none."""

    county: str = "county"
    town: str = "town"
    sector: str = "sector"
    enterprise: str = "enterprise_id"

    def q(self, actor: Actor) -> Q | None:
        """The place axis as equality on columns, or None where it opens nothing."""
        if actor.level is Level.SYSTEM:
            return Q()
        if not actor.may("see"):
            return None
        if actor.level is Level.ENTERPRISE:
            known = self.enterprise and actor.enterprise is not None
            return Q(**{self.enterprise: actor.enterprise}) if known else None
        if actor.level is Level.NAMED:
            return None
        q = Q()
        if actor.level is Level.COUNTY:
            q &= Q(**{self.county: actor.code})
        elif actor.level is Level.TOWN:
            q &= Q(**{self.town: actor.code})
        if actor.sectors is not None and self.sector:
            if len(actor.sectors) == 1:
                q &= Q(**{self.sector: next(iter(actor.sectors))})
            else:
                q &= Q(**{f"{self.sector}__in": sorted(actor.sectors)})
        return q

    def covers(self, actor: Actor, row: Any) -> bool:
        """The same answer for a row in hand."""
        if actor.level is Level.SYSTEM:
            return True
        if not actor.may("see") or actor.level is Level.NAMED:
            return False
        if actor.level is Level.ENTERPRISE:
            known = self.enterprise and actor.enterprise is not None
            return bool(known) and attrgetter(self.enterprise)(row) == actor.enterprise
        if actor.level is Level.COUNTY and attrgetter(self.county)(row) != actor.code:
            return False
        if actor.level is Level.TOWN and attrgetter(self.town)(row) != actor.code:
            return False
        return actor.sectors is None or not self.sector or attrgetter(self.sector)(row) in actor.sectors


class Access(models.Model):
    """Who else opens a row: an organisation of its chain, or a person admitted until a day."""

    kind = models.CharField(max_length=30)
    subject = models.BigIntegerField()
    organisation = models.BigIntegerField(null=True)
    person = models.BigIntegerField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_is_for_one",
                condition=Q(organisation__isnull=True) ^ Q(person__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["kind", "organisation", "subject"],
                name="access_of_organisation_once",
                condition=Q(organisation__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "person", "subject"],
                name="access_of_person_once",
                condition=Q(person__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["kind", "subject"], name="access_subject")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject}"


class ScopeNotSet(RuntimeError):
    """A scoped table was read with nobody acting. Wrap the caller in acting_as()."""


#: the largest key a database takes
LARGEST = 2**63 - 1

_actor: ContextVar[Actor | None] = ContextVar("anlan_actor", default=None)


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    token = _actor.set(actor)
    try:
        yield actor
    finally:
        _actor.reset(token)


def acting() -> Actor | None:
    """Who acts now, or None."""
    return _actor.get()


def _required(model: type[models.Model]) -> Actor:
    actor = _actor.get()
    if actor is None:
        raise ScopeNotSet(model.__name__)
    return actor


def handed(model: type[models.Model], actor: Actor, *, axis: Axis) -> Q:
    """Rows that the chain of assignment (HANDED) or a dated membership (MINE) opens."""
    rows = Access.objects.filter(kind=model._meta.model_name).filter(_in_force(actor))
    if axis is Axis.HANDED:
        if actor.organisation is None:  # NULL would match every admission of a person
            return Q(pk__in=[])
        rows = rows.filter(organisation=actor.organisation)
    else:
        rows = rows.filter(person=actor.id)
    return Q(pk__in=rows.values("subject"))


def _in_force(actor: Actor) -> Q:
    forever = Q(until__isnull=True)
    return forever if actor.today is None else forever | Q(until__gte=actor.today)


class ScopedManager(models.Manager):
    """Only what the acting person may see, along the place axis unless told otherwise."""

    model: Any

    def get_queryset(self) -> models.QuerySet:
        actor = _required(self.model)
        q = self.model.coordinates.q(actor)
        everything = super().get_queryset()
        return everything.none() if q is None else everything.filter(q)

    def along(self, axis: Axis) -> models.QuerySet:
        """A list along one axis."""
        if axis is Axis.PLACE:
            return self.get_queryset()
        return super().get_queryset().filter(handed(self.model, _required(self.model), axis=axis))

    def opening(self, **key: Any) -> models.QuerySet:
        """One row by key, through any of the three answers. Name the key: this is no list."""
        actor = _required(self.model)
        rows = super().get_queryset().filter(**key)
        if actor.level is Level.SYSTEM:
            return rows
        q = self.model.coordinates.q(actor)
        if q is not None and not q:  # the whole city; an empty Q would vanish in the OR below
            return rows
        opened = Q(pk__in=[]) if q is None else q
        kind = self.model._meta.model_name
        admitted = Access.objects.filter(_in_force(actor), kind=kind, subject=models.OuterRef("pk"))
        who = Q(person=actor.id)
        if actor.organisation is not None:
            who |= Q(organisation=actor.organisation)
        return rows.filter(opened | models.Exists(admitted.filter(who)))


def one(model: Any, pk: Any, *related: str, lock: bool = False) -> Any:
    """The row of a key, if it may be opened, with what it is `related` to. Raises DoesNotExist.

    The answers are those of `opening`. Where these are the usual three, the place is looked up on the row in
    hand, and the other two are asked only where it opens nothing.
    """
    if _usual(type(model.objects)) and type(pk) is int and 0 < pk <= LARGEST:
        actor = _required(model)
        found = _by_key(model, related, lock)(pk=pk)
        if not found:
            raise model.DoesNotExist(pk)
        if model.coordinates.covers(actor, found[0]):
            return found[0]
    rows = model.objects.opening(pk=pk)
    rows = rows.select_related(*related) if related else rows
    return (rows.select_for_update(of=("self",)) if lock else rows).get()


def _usual(manager: type) -> bool:
    """Whether this manager has no rule of its own about who sees what."""
    return (
        issubclass(manager, ScopedManager)
        and manager.opening is ScopedManager.opening
        and manager.get_queryset is ScopedManager.get_queryset
    )


@cache
def _by_key(model: Any, related: tuple[str, ...], lock: bool) -> Any:
    """Reads one row whoever acts: for `one`, which then asks whether it may be seen."""
    rows = model._base_manager.filter(pk=Blank("pk"))
    rows = rows.select_related(*related) if related else rows
    return Read(rows.select_for_update(of=("self",)) if lock else rows)


class ScopedModel(models.Model):
    """A row that somebody may see and somebody else may not."""

    coordinates: ClassVar[Coordinates] = Coordinates()
    everything = models.Manager()
    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "everything"
        default_manager_name = "objects"


class ChildManager(models.Manager):
    """Rows reached only through a parent that has been opened: `hazard.rounds.all()`."""

    model: Any

    def get_queryset(self) -> models.QuerySet:
        if getattr(self, "instance", None) is None and _required(self.model).level is not Level.SYSTEM:
            raise ScopeNotSet(f"{self.model.__name__} is reached through its parent")
        return super().get_queryset()

    def of(self, parents: Iterable[models.Model]) -> models.QuerySet:
        """The records of parents that are already in hand."""
        return super().get_queryset().filter(**{f"{self.model.parent}__in": list(parents)})

    def under(self, parent: models.Model, order: str = "pk") -> list[Any]:
        """The records of one parent that is in hand, in an order."""
        return _children(self.model, order)(parent=parent.pk)

    def among(self, parents: Sequence[models.Model], order: str = "pk") -> list[Any]:
        """Those of several parents, each parent's in an order; of a few one by one, by a read that is there."""
        if len(parents) <= FEW:
            return [child for parent in parents for child in self.under(parent, order)]
        return list(self.of(parents).order_by(order))


@cache
def _children(model: Any, order: str) -> Any:
    return Read(model._base_manager.filter(**{model.parent: Blank("parent")}).order_by(order))


class ChildModel(models.Model):
    """A record that belongs to a scoped one, named by `parent`, and is seen with it."""

    parent: ClassVar[str] = ""
    everything = models.Manager()
    objects = ChildManager()

    class Meta:
        abstract = True
        base_manager_name = "everything"
        default_manager_name = "objects"
