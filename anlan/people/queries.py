"""Who holds what, on a day. Who is acting, as an Actor."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from anlan.kernel.kept import kept
from anlan.kernel.scope import Actor, Level
from anlan.people.models import Credential, Delegation, Organisation, Position, User
from anlan.people.roles import ROLES
from anlan.people.states import AccountState, Kind, Standing, Tenure

#: what everybody who manages firms or accounts may do besides
_ENROL = frozenset({"people.enrol"})


def held_on(on: Any) -> Q:
    """Positions that may be used on a day, also one that ended since."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))


def _with_credentials(rows: QuerySet[Position], *, user: Any = None) -> QuerySet[Position]:
    whose = OuterRef("user_id") if user is None else user
    valid = Credential.objects.filter(user=whose, state=Tenure.HELD).order_by("-until")
    return rows.select_related("organisation", "user").annotate(
        credential_number=Subquery(valid.values("number")[:1]),
        credential_until=Subquery(valid.values("until")[:1]),
    )


def _rows(on: date) -> QuerySet[Position]:
    return _with_credentials(Position.objects.filter(held_on(on)))


def actor_of(position: Position, *, on: date, user: User | None = None) -> Actor:
    """Somebody in a position; `user` another than its holder acts by delegation."""
    role, organisation = ROLES[position.role], position.organisation
    holder = position.user
    person = user or holder
    can = role.can
    if not can.isdisjoint({"people.manage", "register.approve"}):
        can |= _ENROL
    return Actor(
        id=person.pk,
        name=person.name,
        role=position.role,
        level=Level(position.level),
        can=can,
        code=position.code,
        sectors=frozenset(position.sectors) or None,
        position=position.pk,
        title=str(position),
        organisation=organisation.pk,
        organisation_name=organisation.name,
        enterprise=organisation.pk if organisation.kind == Kind.ENTERPRISE else None,
        system=organisation.system,
        credential=getattr(position, "credential_number", None) or "",
        credential_until=getattr(position, "credential_until", None),
        duties=frozenset(position.duties),
        today=on,
        on_behalf_of=f"{holder.pk}:{holder.name}" if person.pk != holder.pk else "",
    )


def nobody(user: User, *, on: date) -> Actor:
    """Signed in, without any position today: sees nothing, does nothing."""
    return Actor(id=user.pk, name=user.name, role="", level=Level.NAMED, today=on)


def positions_of(user: User, *, on: date) -> list[Position]:
    """The positions a person may act in on a day, own ones first, then those delegated to him. One query.

    The credential is the person's own, also where he acts for another.
    """
    return held(user.pk, on=on)


def held(user: int, *, on: date) -> list[Position]:
    """The same by the key of the account."""
    return sorted(_held(user=user, on=on), key=lambda p: (p.user_id != user, p.pk))


@kept
def _held(user: Any, on: Any) -> QuerySet[Position]:
    delegated = Delegation.objects.filter(user=user, state=Tenure.HELD, since__lte=on, until__gte=on)
    mine = Q(user=user) | Q(pk__in=delegated.values("position"))
    return _with_credentials(Position.objects.filter(held_on(on)).filter(mine), user=user)


def actor_for(user: User, *, on: date, position: int | None = None) -> Actor:
    """A person as he acts on a day, in the position named or his first; nobody() without one."""
    held = positions_of(user, on=on)
    chosen = next((p for p in held if p.pk == position), held[0] if held else None)
    return actor_of(chosen, on=on, user=user) if chosen else nobody(user, on=on)


def user_named(username: str) -> User | None:
    return User.objects.filter(username=username.strip().lower()).first()


def _roles_with(can: str) -> list[str]:
    return [code for code, role in ROLES.items() if can in role.can]


def places_of(user: int) -> set[str]:
    """The counties in whose organisations somebody holds positions, "" for the city's own."""
    rows = Position.objects.filter(user=user, state=Tenure.HELD)
    return set(rows.values_list("organisation__county", flat=True))


def accounts(actor: Actor, *, text: str = "", organisation: int | None = None) -> QuerySet[User]:
    """The accounts that an administrator keeps: all, or those of his county. By name or user name."""
    rows = User.objects.all()
    if actor.level is Level.COUNTY:
        rows = rows.filter(positions__organisation__county=actor.code).exclude(
            pk__in=Position.objects.filter(state=Tenure.HELD)
            .exclude(organisation__county=actor.code)
            .values("user")
        )
    if text:
        rows = rows.filter(
            Q(name__icontains=text)
            | Q(username__icontains=text)
            | Q(pk__in=Position.objects.filter(organisation__name__icontains=text).values("user"))
        )
    if organisation is not None:
        rows = rows.filter(positions__organisation=organisation)
    return rows.distinct()


def kept_organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations, enterprises apart, that an administrator keeps."""
    rows = organisations()
    return rows.filter(county=actor.code) if actor.level is Level.COUNTY else rows


def organisations_near(actor: Actor | None) -> QuerySet[Organisation]:
    """The organisations that somebody may name: the city's, and those of his own county."""
    rows = organisations()
    if actor is None or actor.level not in (Level.COUNTY, Level.TOWN):
        return rows
    return rows.filter(county__in=("", actor.code[:6]))


def holders(organisation: int, *, on: date, can: str | None = None, role: str | None = None) -> list[int]:
    """Who holds a position in an organisation on a day, by account; `can` keeps those who may do that."""
    return _holders(can, role)(organisation=organisation, on=on)


@cache
def _holders(can: str | None, role: str | None) -> Callable[..., list[int]]:
    @kept
    def of(organisation: Any, on: Any) -> QuerySet[Position, int]:
        rows = Position.objects.filter(
            held_on(on), organisation=organisation, user__state=AccountState.ACTIVE
        )
        if can is not None:
            rows = rows.filter(role__in=_roles_with(can))
        if role is not None:
            rows = rows.filter(role=role)
        return rows.order_by("user").values_list("user", flat=True).distinct()

    return of


def colleagues(organisation: int | None, *, on: date, can: str) -> list[Actor]:
    """Those of an organisation who may do something on a day, as actors, in the order of their names."""
    if organisation is None:
        return []
    rows = _rows(on).filter(
        organisation=organisation, role__in=_roles_with(can), user__state=AccountState.ACTIVE
    )
    return [actor_of(p, on=on) for p in rows.order_by("user__name", "pk")]


def who_looked(organisation: int, *, on: date) -> list[Actor]:
    """Those of an organisation who could hold a visit on a day of the past, with the credential of that day.

    Also who has left since, and whose account is closed.
    """
    valid = Credential.objects.filter(user=OuterRef("user_id"), since__lte=on, until__gte=on).order_by(
        "-until"
    )
    rows = Position.objects.filter(
        held_on(on), organisation=organisation, role__in=_roles_with("visit.hold")
    ).select_related("organisation", "user")
    rows = rows.annotate(
        credential_number=Subquery(valid.values("number")[:1]),
        credential_until=Subquery(valid.values("until")[:1]),
    )
    return [actor_of(p, on=on) for p in rows.order_by("user__name", "pk")]


def in_role(role: str, *, on: date) -> list[Actor]:
    """Everybody who holds a role on a day, as actors, in the order of their names."""
    rows = _rows(on).filter(role=role, user__state=AccountState.ACTIVE)
    return [actor_of(p, on=on) for p in rows.order_by("user__name", "pk")]


def firms_of(users: Iterable[int]) -> set[tuple[int, int]]:
    """In which firms people hold or once held a position, as (person, firm)."""
    rows = Position.objects.filter(user__in=list(users), organisation__kind=Kind.ENTERPRISE)
    return set(rows.values_list("user", "organisation"))


# -- organisations ---------------------------------------------------------------------------------


def _standing() -> QuerySet[Organisation]:
    return Organisation.objects.filter(state=Standing.STANDS)


def organ(pk: int) -> Organisation | None:
    return next(iter(_organ(pk=pk)), None)


@kept
def _organ(pk: Any) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk=pk)


def organisations(*, kinds: Iterable[str] = (), county: str = "") -> QuerySet[Organisation]:
    """Organisations that stand, without enterprises unless they are asked for."""
    rows = _standing().filter(kind__in=list(kinds)) if kinds else _standing().exclude(kind=Kind.ENTERPRISE)
    return (rows.filter(county=county) if county else rows).order_by("kind", "county", "name")


def office_of(county: str = "") -> Organisation | None:
    """The campaign office of a county, of the city for ""; a county without one is served by the city's."""
    if county:
        found = _standing().filter(kind=Kind.COUNTY_OFFICE, county=county).order_by("pk").first()
        if found is not None:
            return found
    return _standing().filter(kind=Kind.OFFICE).order_by("pk").first()


def competent_organ(*, sector: str, county: str, on: date) -> Organisation | None:
    """The organ that answers for a sector: the county's bureau, else the city's department."""
    bureaus = _standing().filter(kind=Kind.COUNTY_BUREAU, county=county).order_by("pk")
    departments = _standing().filter(kind=Kind.DEPARTMENT).order_by("pk")
    return next((o for rows in (bureaus, departments) for o in rows if sector in o.sectors), None)


def station_of(town: str) -> Organisation | None:
    """The station of a town or street."""
    return _standing().filter(kind=Kind.TOWN_STATION, town=town).order_by("pk").first() if town else None


def organs_for(*, county: str, on: date) -> list[Organisation]:
    """To whom something in a county may be handed: its own offices, bureaus and stations, then the city's."""
    own = (Kind.COUNTY_GOVERNMENT, Kind.COUNTY_OFFICE, Kind.COUNTY_BUREAU, Kind.TOWN_STATION)
    city = (Kind.OFFICE, Kind.DEPARTMENT)
    here = list(_standing().filter(kind__in=own, county=county).order_by("kind", "name")) if county else []
    return here + list(_standing().filter(kind__in=city).order_by("-kind", "name"))


#: the sectors a position can be limited to; the standards module says which there are
SECTOR_CHOICES: list[Callable[[], list[tuple[str, str]]]] = []


def sector_choices() -> list[tuple[str, str]]:
    """Code and name of every sector in force."""
    return [choice for ask in SECTOR_CHOICES for choice in ask()]


def level_in(o: Organisation, role: str) -> tuple[str, str]:
    """The level and place of a position, as its organisation and its role give them."""
    levels = ROLES[role].levels
    if o.kind == Kind.ENTERPRISE:
        return Level.ENTERPRISE, ""
    if Level.NAMED in levels:
        return Level.NAMED, ""
    if o.town:
        return Level.TOWN, o.town
    if o.county:
        return Level.COUNTY, o.county
    return Level.CITY, ""


def held_by(users: Iterable[int], *, on: date) -> dict[int, list[Position]]:
    """The positions that several people hold on a day, by person."""
    found: dict[int, list[Position]] = {}
    rows = Position.objects.filter(held_on(on), user__in=list(users)).select_related("organisation")
    for p in rows.order_by("pk"):
        found.setdefault(p.user_id, []).append(p)
    return found


def ever_held(users: Iterable[int]) -> list[Position]:
    """Every position that several people hold or once held, with its organisation, the oldest first."""
    rows = Position.objects.filter(user__in=list(users)).select_related("organisation", "user")
    return list(rows.order_by("since", "pk"))


def in_roles(roles: Iterable[str], *, kinds: Iterable[str], county: str, on: date) -> list[Position]:
    """Who holds one of these roles in organisations of a place on a day ("" for the whole city), by name."""
    rows = Position.objects.filter(
        held_on(on), state=Tenure.HELD, role__in=list(roles), organisation__kind__in=list(kinds),
        user__state=AccountState.ACTIVE,
    )  # fmt: skip
    rows = rows.filter(organisation__county=county) if county else rows
    return list(
        rows.select_related("organisation", "user").order_by(
            "organisation__county", "organisation", "user__name"
        )
    )


def standing_in(organisation: int, *, on: date, user: int | None = None) -> list[Position]:
    """The positions of an organisation that have not ended: held on a day, or later."""
    rows = Position.objects.filter(organisation=organisation, state=Tenure.HELD)
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=on))
    return list((rows if user is None else rows.filter(user=user)).order_by("pk"))


def numbers_of(organisations: Iterable[int], *, on: date) -> dict[int, int]:
    """How many people hold a position in each organisation on a day."""
    rows = Position.objects.filter(held_on(on), organisation__in=list(organisations))
    return dict(rows.values_list("organisation").annotate(n=Count("user", distinct=True)).order_by())
