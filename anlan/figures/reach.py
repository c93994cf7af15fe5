"""Whose figures a position may read: its own place and what lies in it, its own sectors."""

from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason, Refused
from anlan.places import queries as places

Only = tuple[tuple[str, tuple[str, ...]], ...]


def own_place(actor: Actor) -> str:
    """The place of a position, "" where it has none."""
    if actor.level in (Level.CITY, Level.SYSTEM):
        city = places.city()
        return city.code if city else ""
    return actor.code if actor.level in (Level.COUNTY, Level.TOWN) else ""


def place_within(place: str, *, actor: Actor) -> str:
    """The place asked for, or the position's own for "". Refused where it lies outside.

    A town belongs to its management unit, never to the statistical region.
    """
    own = own_place(actor)
    if not own or not (actor.may("figures.see") or actor.level is Level.SYSTEM):
        raise Refused(Reason("您的职务不看统计,请切换职务后再查看"))
    if not place or place == own:
        return own
    found = places.place(place)
    if found is None:
        raise Refused(Reason("没有代码为“%(place)s”的地方,请从列表中选择", {"place": place}), "place")
    if actor.level in (Level.CITY, Level.SYSTEM):
        return place
    if actor.level is Level.COUNTY and places.unit_of(place) == own:
        return place
    raise Refused(Reason("“%(place)s”不在您的职责范围内", {"place": found.name}), "place")


def only_own(actor: Actor) -> Only:
    """The sectors to which a position is limited, as a narrowing of figures."""
    return (("sector", tuple(sorted(actor.sectors))),) if actor.sectors is not None else ()
