"""Acts upon an enterprise file. The organisation of the same key is made in the act that makes the file.

Names and phones of people come as digests (kernel.personal.keep): values never enter the journal.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from anlan.kernel.clock import Moment
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason, Refused, require
from anlan.people import commands as people
from anlan.places import queries as places
from anlan.register import events, rules
from anlan.register.models import Enterprise, EnterpriseSector, Premises, ResponsiblePerson, Workpost
from anlan.register.workflow import ENTERPRISE
from anlan.standards import queries as standards

#: who a firm is before it has an account: may sign up, sees nothing
APPLICANT = Actor(
    id=0, name="企业自行登记", role="applicant", level=Level.NAMED, can=frozenset({"register.sign_up"})
)

#: what the place decides, and what the firm itself may say
FACTS = frozenset(
    {
        "name",
        "uscc",
        "county",
        "town",
        "sector",
        "industry",
        "address",
        "lng",
        "lat",
        "scale",
        "headcount",
        "sector_organ",
        "is_key",
    }
)
DECLARED = frozenset({"address", "lng", "lat", "scale", "headcount", "industry"})


def _organisation(inputs: Sequence[dict[str, Any]], *, by: Actor, at: Moment) -> Sequence[int]:
    """The organisations that share their keys with the files about to be made."""
    said = [{"name": i["name"], "county": i["county"], "town": i.get("town", "")} for i in inputs]
    return people.found_enterprises(said, by=by, at=at)


def _current(model: type[Any]) -> Any:
    """A loader: what an enterprise has of these now, by enterprise."""

    def load(rows: Sequence[Enterprise]) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {row.pk: [] for row in rows}
        for part in model.objects.of(rows).filter(until=None).order_by("pk"):
            found[part.enterprise_id].append(part)
        return found

    return load


def _say(e: Enterprise, act: Act, facts: Mapping[str, Any], allowed: frozenset[str]) -> bool:
    """Write the facts that were given and check the whole. Returns whether name or place changed."""
    if strangers := facts.keys() - allowed:
        raise TypeError(f"an enterprise file has no {sorted(strangers)}")
    before = (e.name, e.county, e.town)
    for name, value in facts.items():
        if name == "sector_organ":
            e.sector_organ_id = getattr(value, "pk", value)
        else:
            setattr(e, name, value.strip() if isinstance(value, str) else value)
    e.uscc = e.uscc.upper()
    on = act.day
    require(rules.has_a_name(e.name), "name")
    require(rules.uscc_is_right(e.uscc, e.scale), "uscc")
    require(rules.industry_is_known(e.industry), "industry")
    require(rules.sector_in_force(e.sector, standards.sector_codes(on=on)), "sector")
    require(rules.county_manages(e.county, [p.code for p in places.counties(on=on)]), "county")
    require(rules.town_is_of_county(e.town, places.unit_of(e.town, on=on), e.county), "town")
    require(rules.position_is_here(e.lng, e.lat), "lng")
    require(rules.headcount_is_possible(e.headcount), "headcount")
    e.region = places.region_of(e.town, on=on) or places.region_of(e.county, on=on)
    return before != (e.name, e.county, e.town)


def _person(e: Enterprise, act: Act, role: str, given: Mapping[str, Any]) -> ResponsiblePerson:
    require(rules.person_is_named(given.get("name", "")), "name")
    return ResponsiblePerson(
        enterprise=e, role=role, name=given["name"], phone=given.get("phone", ""),
        certificate=given.get("certificate", ""), since=given.get("since") or act.day,
    )  # fmt: skip


def _people(e: Enterprise, act: Act, principal: Any, safety_manager: Any) -> list[ResponsiblePerson]:
    said = (("PRINCIPAL", principal), ("SAFETY_MANAGER", safety_manager))
    return [_person(e, act, role, given) for role, given in said if given]


@performs(ENTERPRISE, "sign_up", on=Enterprise, key=_organisation)
def sign_up(
    e: Enterprise,
    *,
    act: Act,
    principal: Mapping[str, Any],
    safety_manager: Mapping[str, Any] | None = None,
    **facts: Any,
) -> Done:
    """The firm applies. `principal`, `safety_manager`: {name, phone} as digests."""
    _say(e, act, facts, FACTS - {"sector_organ", "is_key"})
    e.signed_up_on = act.day
    return Done(children=_people(e, act, principal, safety_manager), event=events.SignedUp(e))


@performs(ENTERPRISE, "enter", on=Enterprise, key=_organisation)
def enter(
    e: Enterprise,
    *,
    act: Act,
    principal: Mapping[str, Any] | None = None,
    safety_manager: Mapping[str, Any] | None = None,
    premises: Sequence[Mapping[str, Any]] = (),
    workposts: Sequence[Mapping[str, Any]] = (),
    **facts: Any,
) -> Done:
    """The place enters a firm of its own; it stands on the register at once.

    `premises` {name, kind} and `workposts` {name, people_no} where they are known from the first day.
    """
    _say(e, act, facts, FACTS)
    require(rules.within_reach(Enterprise.coordinates.covers(act.by, e)))
    e.registered_on = act.day
    for part in (*premises, *workposts):
        require(rules.has_a_name(part["name"]), "name")
    places_ = [Premises(enterprise=e, town=e.town, address=e.address, since=act.day, **p) for p in premises]
    posts = [Workpost(enterprise=e, since=act.day, **p) for p in workposts]
    children = [*_people(e, act, principal, safety_manager), *places_, *posts]
    return Done(children=children, event=events.Admitted(e))


@performs(ENTERPRISE, "approve", on=Enterprise)
def approve(e: Enterprise, *, act: Act, opinion: str = "") -> Done:
    e.registered_on, e.opinion = act.day, opinion
    return Done(event=events.Admitted(e))


@performs(ENTERPRISE, "refuse", on=Enterprise)
def refuse(e: Enterprise, *, act: Act, opinion: str) -> Done:
    """The firm may apply again with the same credit code."""
    require(rules.reason_given(opinion), "opinion")
    e.opinion = opinion
    return Done(event=events.SignUpRefused(e, opinion))


@performs(ENTERPRISE, "update", on=Enterprise)
def update(e: Enterprise, *, act: Act, **facts: Any) -> Done:
    """Change any fact, the managing place included. A place can hand a firm on, but only its own."""
    moved = _say(e, act, facts, FACTS)
    return Done(event=events.Moved(e) if moved else None)


@performs(ENTERPRISE, "declare", on=Enterprise)
def declare(e: Enterprise, *, act: Act, **facts: Any) -> None:
    """What the firm itself may change; identity and belonging are the place's."""
    _say(e, act, facts, DECLARED)


@performs(ENTERPRISE, "set_person", on=Enterprise, loads={"persons": _current(ResponsiblePerson)})
def set_person(
    e: Enterprise,
    *,
    act: Act,
    persons: list[ResponsiblePerson],
    role: str,
    name: str,
    phone: str = "",
    certificate: str = "",
    since: date | None = None,
) -> Done:
    """Name who answers for what. A role that only one can hold passes on; the one before stays in history.

    The row of the holder passes to the new one and a closed row keeps the old: an open second principal
    would be refused by the database before the first could be ended.
    """
    start = since or act.day
    require(rules.not_before(start, act.day), "since")
    given = {"name": name, "phone": phone, "certificate": certificate, "since": start}
    new = _person(e, act, role, given)
    holder = next((p for p in persons if p.role == role), None) if role in rules.SINGLE else None
    if holder is None:
        return Done(children=[new])
    if start < holder.since:
        raise Refused(Reason("起始日期不能早于现任的任职日期%(day)s", {"day": holder.since}), "since")
    past = ResponsiblePerson(
        enterprise=e, role=role, name=holder.name, phone=holder.phone, certificate=holder.certificate,
        since=holder.since, until=max(holder.since, start - timedelta(days=1)),
    )  # fmt: skip
    holder.name, holder.phone, holder.certificate, holder.since = name, phone, certificate, start
    return Done(children=[holder, past])


def _end(parts: list[Any], key: int, act: Act) -> Any:
    part = next((p for p in parts if p.pk == key), None)
    if part is None:
        raise Refused(Reason("没有找到,或已经结束,请刷新后再办理"))
    part.until = max(part.since, act.day)
    return part


@performs(ENTERPRISE, "end_person", on=Enterprise, loads={"persons": _current(ResponsiblePerson)})
def end_person(e: Enterprise, *, act: Act, persons: list[ResponsiblePerson], person: int) -> Done:
    ended = _end(persons, person, act)
    require(rules.principal_is_replaced_not_removed(ended.role))
    return Done(children=[ended])


@performs(ENTERPRISE, "add_premises", on=Enterprise)
def add_premises(
    e: Enterprise,
    *,
    act: Act,
    name: str,
    kind: str = "OTHER",
    address: str = "",
    town: str = "",
    lng: Any = None,
    lat: Any = None,
) -> Done:
    """A place of work; its town may be another one of the same or a neighbouring county."""
    require(rules.has_a_name(name), "name")
    require(rules.position_is_here(lng, lat), "lng")
    if town and places.place(town, on=act.day) is None:
        raise Refused(Reason("没有这个乡镇(街道),请重新选择"), "town")
    made = Premises(
        enterprise=e, name=name.strip(), kind=kind, address=address, town=town or e.town, lng=lng, lat=lat,
        since=act.day,
    )  # fmt: skip
    return Done(children=[made])


@performs(ENTERPRISE, "end_premises", on=Enterprise, loads={"parts": _current(Premises)})
def end_premises(e: Enterprise, *, act: Act, parts: list[Premises], premises: int) -> Done:
    return Done(children=[_end(parts, premises, act)])


@performs(ENTERPRISE, "add_workpost", on=Enterprise, loads={"parts": _current(Premises)})
def add_workpost(
    e: Enterprise,
    *,
    act: Act,
    parts: list[Premises],
    name: str,
    premises: int | None = None,
    people_no: int | None = None,
    certificate_needed: bool = False,
) -> Done:
    require(rules.has_a_name(name), "name")
    if premises is not None and premises not in {p.pk for p in parts}:
        raise Refused(Reason("这个场所不属于本企业或已停用,请重新选择"), "premises")
    made = Workpost(
        enterprise=e, name=name.strip(), premises_id=premises, people_no=people_no,
        certificate_needed=certificate_needed, since=act.day,
    )  # fmt: skip
    return Done(children=[made])


@performs(ENTERPRISE, "end_workpost", on=Enterprise, loads={"parts": _current(Workpost)})
def end_workpost(e: Enterprise, *, act: Act, parts: list[Workpost], workpost: int) -> Done:
    return Done(children=[_end(parts, workpost, act)])


@performs(ENTERPRISE, "add_sector", on=Enterprise, loads={"parts": _current(EnterpriseSector)})
def add_sector(e: Enterprise, *, act: Act, parts: list[EnterpriseSector], sector: str) -> Done:
    """A further sector, theme or field; the main one stands in the file itself."""
    require(rules.sector_in_force(sector, [s.code for s in standards.sectors(on=act.day)]), "sector")
    if sector == e.sector or sector in {p.sector for p in parts}:
        raise Refused(Reason("这家企业已经列入该行业领域"), "sector")
    return Done(children=[EnterpriseSector(enterprise=e, sector=sector, since=act.day)])


@performs(ENTERPRISE, "remove_sector", on=Enterprise, loads={"parts": _current(EnterpriseSector)})
def remove_sector(e: Enterprise, *, act: Act, parts: list[EnterpriseSector], sector: str) -> Done:
    require(rules.not_the_main_sector(sector, e.sector), "sector")
    key = next((p.pk for p in parts if p.sector == sector), 0)
    return Done(children=[_end(parts, key, act)])


@performs(ENTERPRISE, "close", on=Enterprise)
def close(e: Enterprise, *, act: Act, opinion: str) -> Done:
    """Taken off the register: dissolved, moved away, stopped for good. Its hazards stay."""
    require(rules.reason_given(opinion), "opinion")
    e.closed_on, e.opinion = act.day, opinion
    return Done(event=events.Closed(e))


@performs(ENTERPRISE, "reopen", on=Enterprise)
def reopen(e: Enterprise, *, act: Act, opinion: str) -> Done:
    require(rules.reason_given(opinion), "opinion")
    e.closed_on, e.opinion = None, opinion
    return Done(event=events.Admitted(e))
