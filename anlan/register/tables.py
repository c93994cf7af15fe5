"""The register's columns, said once for page, file and paper."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.kernel import tables
from anlan.kernel.scope import Actor, Axis
from anlan.kernel.tables import Column, Kind, Listing, Row, Table, plain
from anlan.places import queries as places
from anlan.register import queries
from anlan.register.models import Enterprise
from anlan.register.states import Scale, State
from anlan.standards import queries as standards


class Names(places.Names):
    """What codes are called, looked up once for all rows."""

    def __init__(self) -> None:
        super().__init__()
        self.sectors = dict(standards.sector_choices(on=None))
        self.states = {code: str(label) for code, label in State.choices}
        self.scales = {code: str(label) for code, label in Scale.choices}


def _place(row: Row, names: Names) -> str:
    return f"{names.place(row['county'])} {names.place(row['town'])}".strip()


COLUMNS = (
    Column(
        code="name", label=_("企业(单位)"), needs=("pk", "name", "is_key"), of=lambda r, n: r["name"],
        shape="register/cells/name.html",
    ),
    plain("uscc", _("统一社会信用代码"), kind=Kind.CODE),
    Column(code="sector", label=_("行业领域"), needs=("sector",), of=lambda r, n: n.sectors.get(r["sector"], r["sector"])),
    Column(code="place", label=_("属地"), needs=("county", "town"), of=_place),
    Column(code="scale", label=_("规模"), needs=("scale",), of=lambda r, n: n.scales.get(r["scale"], "")),
    plain("headcount", _("从业人数"), kind=Kind.NUMBER),
    Column(code="state", label=_("状态"), needs=("state",), of=lambda r, n: n.states[r["state"]]),
    plain("address", _("地址"), kind=Kind.WIDE),
    plain("industry", _("国民经济行业")),
    plain("sector_organ__name", _("行业主管部门")),
    plain("registered_on", _("在册日期"), kind=Kind.DAY),
)  # fmt: skip


def filters_of(asked: Mapping[str, Any]) -> queries.Filters:
    """What an address narrows the register by."""
    known = {f.name for f in fields(queries.Filters)}
    return queries.Filters(**{k: s for k, v in asked.items() if k in known and (s := str(v).strip()[:60])})


def listing(asked: Mapping[str, str], by: Actor, on: date) -> Listing:
    """The firms of my place and sectors, by name."""
    return Listing(queries.enterprises(filters=filters_of(asked), axis=Axis.PLACE), "name", ascending=True)


ENTERPRISES = tables.declare(
    Table(
        code="enterprises", title=_("企业名册"), kind=Enterprise._meta.model_name or "", columns=COLUMNS,
        shown=("name", "uscc", "sector", "place", "scale", "headcount", "state"),
        asks=frozenset(f.name for f in fields(queries.Filters)), listing=listing, names=Names,
    )
)  # fmt: skip
