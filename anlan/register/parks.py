"""Acts upon parks (园区) and the firms in them."""

from collections.abc import Sequence
from typing import Any

from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused, require
from anlan.places import queries as places
from anlan.register import rules
from anlan.register.models import Park, ParkFirm
from anlan.register.workflow import PARK


def _firms(rows: Sequence[Park]) -> dict[int, list[ParkFirm]]:
    found: dict[int, list[ParkFirm]] = {row.pk: [] for row in rows}
    for firm in ParkFirm.objects.of(rows).filter(until=None).order_by("pk"):
        found[firm.park_id].append(firm)
    return found


@performs(PARK, "found", on=Park)
def found(
    p: Park, *, act: Act, name: str, county: str, town: str = "", address: str = "", keeper: str = ""
) -> Done | None:
    require(rules.has_a_name(name), "name")
    require(rules.county_manages(county, [c.code for c in places.counties(on=act.day)]), "county")
    require(rules.town_is_of_county(town, places.unit_of(town, on=act.day), county), "town")
    p.name, p.county, p.town, p.address, p.keeper = (
        name.strip(),
        county,
        town,
        address.strip(),
        keeper.strip(),
    )
    require(rules.within_reach(Park.coordinates.covers(act.by, p)), "county")
    return None


@performs(PARK, "admit", on=Park, loads={"firms": _firms})
def admit(p: Park, *, act: Act, firms: list[ParkFirm], enterprise: Any) -> Done:
    """A firm of the same county stands in the park from today."""
    if enterprise is None:
        raise Refused(Reason("没有找到这家企业,请从提示中选择"), "enterprise")
    if enterprise.county != p.county:
        raise Refused(Reason("这家企业不属于园区所在的县(市、区)"), "enterprise")
    if enterprise.pk in {f.enterprise_id for f in firms}:
        raise Refused(Reason("这家企业已在本园区"), "enterprise")
    p.firms_no = len(firms) + 1
    return Done(children=[ParkFirm(park=p, enterprise=enterprise, since=act.day)])


@performs(PARK, "release", on=Park, loads={"firms": _firms})
def release(p: Park, *, act: Act, firms: list[ParkFirm], item: int) -> Done:
    one = next((f for f in firms if f.pk == item), None)
    if one is None:
        raise Refused(Reason("没有找到,或已经结束,请刷新后再办理"))
    one.until, p.firms_no = max(one.since, act.day), len(firms) - 1
    return Done(children=[one])


@performs(PARK, "close", on=Park, loads={"firms": _firms})
def close(p: Park, *, act: Act, firms: list[ParkFirm]) -> Done:
    """The park is no more; its firms stand where they stand."""
    for f in firms:
        f.until = max(f.since, act.day)
    p.firms_no = 0
    return Done(children=firms)
