"""The desk of a position: what each module puts on it, in one readable list."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from anlan.campaigns import panels as campaigns
from anlan.campaigns.pages.show import CAMPAIGN_PANELS
from anlan.duty import panels as duties
from anlan.enforcement import panels as documents
from anlan.figures import engine
from anlan.figures.bulletins import panels as bulletins
from anlan.figures.indicators import INDICATORS
from anlan.hazards import panels as hazards
from anlan.hazards import queries as hazard_queries
from anlan.hazards import waiting
from anlan.hazards.pages import RECORD_PANELS
from anlan.hazards.workflow import HAZARD
from anlan.inspections import coverage_pages, draws_queries
from anlan.inspections import panels as inspections
from anlan.kernel.clock import day_of
from anlan.kernel.scope import Actor, acting_as
from anlan.notices import queries as notices
from anlan.notices.commands import pass_on
from anlan.people import handover, keeping_pages, queries
from anlan.places import queries as places
from anlan.register import queries as register
from anlan.site.panels import DESK, Panel
from anlan.standards import queries as standards

FIGURES = ("open", "open_major", "overdue", "found", "closed", "rectification_rate")
NOTICES = 6


def work(actor: Actor, at: datetime) -> Panel | None:
    """What waits for me, with its clocks."""
    found = hazards.work(actor, at)
    if not found and not any(actor.may(t.needs) for t in HAZARD):
        return None
    return Panel(title=_("等我办理"), template="hazards/desk.html", context={"queues": found})


def self_check(actor: Actor, at: datetime) -> Panel | None:
    """A firm that has not checked itself this month sees it first."""
    found = inspections.due(actor, at)
    if found is None:
        return None
    return Panel(title=_("每月自查"), template="inspections/desk_due.html", context=found)


def visits(actor: Actor, at: datetime) -> Panel | None:
    """My visits of these days, plans to approve."""
    found = inspections.desk(actor, at)
    if found is None:
        return None
    return Panel(title=_("检查"), template="inspections/desk.html", context=found)


def command(actor: Actor, at: datetime) -> Panel | None:
    """Plans and items of campaigns; for a group the days on which it goes out."""
    found = campaigns.desk(actor, at)
    if found is None:
        return None
    return Panel(title=_("集中行动"), template="campaigns/desk.html", context=found)


def duty(actor: Actor, at: datetime) -> Panel | None:
    """Today's roll call: mine to work through, and how we were reached."""
    found = duties.desk(actor, at)
    if found is None:
        return None
    return Panel(title=_("值班"), template="duty/desk.html", context=found)


def suspensions(actor: Actor, at: datetime) -> Panel | None:
    rows = hazards.suspensions(actor, at)
    if not rows:
        return None
    return Panel(title=_("停产整顿"), template="hazards/desk_suspensions.html", context={"rows": rows})


def papers(actor: Actor, at: datetime) -> Panel | None:
    """Official documents that wait to be signed, mended or served."""
    found = documents.waiting(actor)
    if not found:
        return None
    return Panel(title=_("文书"), template="enforcement/desk.html", context={"queues": found})


def reports_out(actor: Actor, at: datetime) -> Panel | None:
    """Bulletins that wait to be signed or mended."""
    found = bulletins.waiting(actor)
    if not found:
        return None
    return Panel(title=_("通报简报"), template="bulletins/desk.html", context={"queues": found})


def unread(actor: Actor, at: datetime) -> Panel | None:
    rows = list(notices.inbox(person=actor.id).filter(read_at=None)[:NOTICES])
    if not rows:
        return None
    return Panel(title=_("新消息"), template="notices/desk.html", context={"rows": rows}, aside=True)


def figures(actor: Actor, at: datetime) -> Panel | None:
    """Six figures of my place, the last thirty days; each opens into its rows."""
    if not actor.may("figures.see"):
        return None
    today = day_of(at)
    period = engine.Period(today - timedelta(days=29), today)
    city = places.city()
    place = actor.code or (city.code if city else "")
    if not place:
        return None
    only = (("sector", tuple(sorted(actor.sectors))),) if actor.sectors is not None else ()
    table = engine.read(engine.Ask(FIGURES, (place,), period, only))
    asked = f"place={place}&from={period.start}&to={period.end}"
    shown = [{"indicator": INDICATORS[c], "value": table[c, place], "asked": asked} for c in FIGURES]
    return Panel(
        title=_("近三十日"),
        template="figures/desk.html",
        context={"shown": shown, "asked": asked},
        aside=True,
    )


def left_behind(actor: Actor, at: datetime) -> list[handover.Left]:
    """What waits for a position, as a leaver hands it over."""
    with acting_as(actor):
        return [
            handover.Left(q.title, q.rows.count(), reverse("hazards:queue", args=[q.code]))
            for q in waiting.queues(actor, on=day_of(at))
        ]


def connect() -> None:
    """Put the panels on the desk, once; let a leaver's work be known."""
    if left_behind not in handover.WAITING:
        handover.WAITING.append(left_behind)
        handover.PASS_ON.append(pass_on)
        keeping_pages.FIRM_OF.append(lambda pk: register.enterprise(pk) is not None)
        queries.SECTOR_CHOICES.append(lambda: standards.sector_choices(on=None))
    if coverage_pages.of_campaign not in CAMPAIGN_PANELS:
        CAMPAIGN_PANELS.append(coverage_pages.of_campaign)
        draws_queries.MAJORS.append(hazard_queries.majors_by_firm)
    if inspections.of_hazard not in RECORD_PANELS:
        RECORD_PANELS.append(inspections.of_hazard)
    for panel in (self_check, duty, work, visits, papers, reports_out, suspensions, unread, figures):
        if panel not in DESK:
            DESK.append(panel)
