"""Campaigns and what stands above them: named periods, figures on their pages, records in and out of them.

A campaign is a lens: day, place, sector and source of a record say whether it belongs; tags add what does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from anlan.campaigns import queries
from anlan.campaigns.models import Campaign, Phase, Receipt
from anlan.campaigns.pages import show
from anlan.campaigns.states import CampaignState
from anlan.figures import lens, periods, reach
from anlan.figures.indicators import INDICATORS
from anlan.hazards.pages import RECORD_PANELS
from anlan.inspections import pages as visit_pages
from anlan.inspections.states import Veil
from anlan.kernel.clock import day_of
from anlan.kernel.scope import SYSTEM, Actor, Level, acting, acting_as
from anlan.people import queries as people
from anlan.places import queries as places
from anlan.standards import queries as standards

#: what a campaign's page says
PANEL = (
    "visits", "firms_checked", "found_general", "found_major", "rectified", "on_spot", "ordered", "suspended", "sorties",
    "sortie_people", "leader_trips_principal", "open_major",
)  # fmt: skip
DONE = ("visits", "found", "rectified")


# -- periods ---------------------------------------------------------------------------------------


def named_periods(on: date) -> list[periods.Named]:
    """Campaigns that were opened, and their phases, as far as whoever asks may know of them."""
    actor = acting()
    with acting_as(actor or SYSTEM):
        known = list(
            queries.campaigns().filter(state__in=(CampaignState.ACTIVE, CampaignState.CLOSED), since__lte=on)
        )
    found = []
    phases = Phase.objects.of(known).filter(gone=False) if known else []
    for c in known:
        found.append(periods.Named(c.code, c.name, periods.Period(c.since, c.until)))
        mine = [p for p in phases if p.campaign_id == c.pk]
        found += [
            periods.Named(f"{c.code}-{n}", f"{c.name} · {p.name}", periods.Period(p.since, p.until))
            for n, p in enumerate(mine, 1)
        ]
    return found


# -- figures ---------------------------------------------------------------------------------------


def lens_of(c: Campaign, actor: Actor, on: date) -> lens.Lens | None:
    """The campaign's lens, narrowed to what this person may count; None where that is nothing yet."""
    own, until = reach.own_place(actor), min(c.until, on)
    if not own or until < c.since or not (actor.may("figures.see") or actor.level is Level.SYSTEM):
        return None
    if actor.level in (Level.CITY, Level.SYSTEM):
        at: tuple[str, ...] = tuple(c.counties) or (own,)
    elif c.counties and own[:6] not in c.counties:
        return None
    else:
        at = (own,)
    only: dict[str, tuple[str, ...]] = {}
    if c.sources:
        only["source"] = tuple(c.sources)
    mine = actor.sectors
    if c.sectors or mine is not None:
        both = set(c.sectors or mine or ()) & set(mine if mine is not None else c.sectors)
        only["sector"] = tuple(sorted(both)) or ("—",)
    return lens.Lens(at, periods.Period(c.since, until), tuple(only.items()), tagged(c), reach=(own,))


def tagged(c: Campaign) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for t in queries.tags(c).values("kind", "subject"):
        found.setdefault(t["kind"], []).append(t["subject"])
    return found


def opened_rows(code: str, view: lens.Lens) -> str:
    """Where a figure opens into its rows; "" where the lens is more than one address can ask."""
    if len(view.places) != 1:
        return ""
    asked: dict[str, Any] = {
        "code": code,
        "place": view.places[0],
        "from": view.period.start,
        "to": view.period.end,
    }
    asked |= {d: list(values) for d, values in view.only}
    return f"{reverse('figures:rows')}?{urlencode(asked, doseq=True)}"


def where(view: lens.Lens) -> str:
    """The places of a lens in words."""
    return "、".join(places.name_of(p) for p in view.places)


def panel(c: Campaign, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """What came of a campaign so far, in figures."""
    view = lens_of(c, actor, day_of(now))
    if view is None:
        return None
    values = lens.figures(PANEL, view)
    return {
        "template": "campaigns/figures.html",
        "shown": [
            {"indicator": INDICATORS[code], "value": values[code], "href": reverse("site:campaign_rows", args=[c.pk, code])}
            for code in PANEL
        ],
        "period": view.period,
        "where": where(view),
        "beside": sum(len(keys) for keys in view.tagged.values()),
    }  # fmt: skip


def progress(r: Receipt, actions: Sequence[Any], on: date) -> dict[int, dict[str, Any]]:
    """What was done in each sub-action's place, field and days.

    A concentrated action of a department counts in the fields that it answers for.
    """
    organ = people.organ(r.organisation)
    fields = tuple(organ.sectors) if organ is not None and r.kind == "DEPARTMENT" else ()
    found = {}
    for a in actions:
        if a.since > on:
            continue
        sectors = (a.sector,) if a.sector else fields
        city = places.city()
        place = a.county or r.county or (city.code if city else "")
        view = lens.Lens(
            (place,), periods.Period(a.since, min(a.until, on)), (("sector", sectors),) if sectors else ()
        )
        values = lens.figures(DONE, view)
        found[a.pk] = {**values, **{f"{code}_href": opened_rows(code, view) for code in DONE}}
    return found


def units_of(view: lens.Lens, c: Campaign) -> list[str]:
    """The places that a report tells one by one: counties, and whatever lies away from them and was tagged."""
    if any(len(p) > 4 for p in view.reach):
        return list(view.places)
    found = [p for p in view.places if len(p) == 6] or [p.code for p in places.counties()]
    away = set(queries.tags(c).exclude(county="").values_list("county", flat=True)) - set(found)
    return [*found, *sorted(away)]


def sectors_of(view: lens.Lens) -> list[str]:
    narrowed = dict(view.only).get("sector")
    return list(narrowed) if narrowed else [code for code, _name in standards.sector_choices(on=None)]


def of_sector(view: lens.Lens, sector: str) -> lens.Lens:
    """The lens over one sector; what was tagged counts where it lies."""
    mine = dict(view.only).get("sector")
    rest = tuple(o for o in view.only if o[0] != "sector")
    part = (("sector", (sector,)),)
    return replace(
        view, only=(*rest, *part), part=part, places=view.places if mine is None or sector in mine else ()
    )


# -- records ---------------------------------------------------------------------------------------


def holds(c: Campaign, *, day: date | None, county: str, sector: str, source: str) -> bool:
    """Whether a record lies in the campaign's lens."""
    return (
        day is not None
        and c.since <= day <= c.until
        and (not c.counties or county in c.counties)
        and (not c.sectors or sector in c.sectors)
        and (not c.sources or source in c.sources)
    )


def coordinates(kind: str, row: Any) -> dict[str, Any]:
    """Day, place, sector and source by which a record is counted."""
    if kind == "hazard":
        return {
            "day": row.found_on,
            "county": row.found_county,
            "sector": row.found_sector,
            "source": row.source,
        }
    return {
        "day": row.held_on or row.planned_on,
        "county": row.county,
        "sector": row.sector,
        "source": row.source,
    }


def _belongs(kind: str, row: Any, actor: Actor) -> dict[str, Any] | None:
    if not actor.may("campaign.see"):
        return None
    at = coordinates(kind, row)
    opened = (CampaignState.ACTIVE, CampaignState.CLOSED)
    fits = [c for c in queries.campaigns().filter(state__in=opened) if holds(c, **at)]
    by_hand = [t for t in queries.tags_of(kind, row.pk) if t.campaign not in fits]
    may_tag = actor.may("campaign.tag")
    if not fits and not by_hand and not may_tag:
        return None
    return {
        "template": "campaigns/of_record.html", "fits": fits, "tags": by_hand, "may_tag": may_tag, "kind": kind, "pk": row.pk
    }  # fmt: skip


def of_visit(v: Any, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
    """The same for a visit; one whose plan is veiled belongs to none that anybody could read."""
    return None if v.veil == Veil.FROM_ALL else _belongs("visit", v, actor)


def of_hazard(h: Any, actor: Actor, now: datetime) -> Mapping[str, Any] | None:
    """The campaigns to which a hazard belongs, by lens or by hand."""
    return _belongs("hazard", h, actor)


def connect() -> None:
    """Make campaigns known to figures and figures to campaigns, once."""
    if named_periods not in periods.PROVIDERS:
        periods.PROVIDERS.append(named_periods)
        show.CAMPAIGN_PANELS.append(panel)
        show.PROGRESS.append(progress)
        RECORD_PANELS.append(of_hazard)
        visit_pages.PANELS.append(of_visit)
