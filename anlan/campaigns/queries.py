"""Reads of campaigns, already limited to whoever acts."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from anlan.campaigns.models import (
    ActionPlan,
    Campaign,
    Group,
    LeaderTrip,
    Member,
    Receipt,
    SheetItem,
    Sortie,
    SortieMember,
    Tag,
    Worksheet,
)
from anlan.campaigns.states import (
    CampaignState,
    GroupKind,
    GroupState,
    ItemState,
    PlanState,
    ReceiptState,
    SheetState,
    SortieState,
    TagState,
)
from anlan.kernel.scope import Actor, Axis, Level
from anlan.people import queries as people
from anlan.people.models import Organisation
from anlan.people.states import Kind

# -- campaigns -------------------------------------------------------------------------------------


def campaigns() -> QuerySet[Campaign]:
    """Those that run first, then the newest."""
    return Campaign.objects.order_by("-since", "-pk")


def campaign(pk: int) -> Campaign:
    """Raises Campaign.DoesNotExist."""
    return Campaign.objects.opening(pk=pk).get()


def running(*, on: date) -> list[Campaign]:
    """Several run at once: those opened whose days hold this one."""
    return list(campaigns().filter(state=CampaignState.ACTIVE, since__lte=on, until__gte=on))


def open_ones() -> QuerySet[Campaign]:
    return campaigns().filter(state=CampaignState.ACTIVE)


def tags(c: Campaign) -> QuerySet[Tag]:
    return Tag.objects.along(Axis.PLACE).filter(campaign=c, state=TagState.TAGGED).order_by("-on", "-pk")


def tags_of(kind: str, subject: int) -> list[Tag]:
    """The campaigns into which a record was put by hand."""
    rows = Tag.objects.opening(kind=kind, subject=subject, state=TagState.TAGGED)
    return list(rows.select_related("campaign"))


# -- plans -----------------------------------------------------------------------------------------


def plan(pk: int) -> ActionPlan:
    return ActionPlan.objects.opening(pk=pk).select_related("campaign").get()


def plan_above(p: ActionPlan) -> ActionPlan | None:
    """The plan that this one carries out, where it opens."""
    return ActionPlan.objects.opening(pk=p.refines).first() if p.refines is not None else None


def plans(c: Campaign, actor: Actor) -> list[ActionPlan]:
    """The plans of a campaign that this person may see: of his place, or sent to his organisation."""
    rows = ActionPlan.objects.opening(campaign=c).exclude(state=PlanState.VOID)
    return [
        p for p in rows.order_by("-issued_on", "-pk") if p.state != "DRAFT" or p.issuer == actor.organisation
    ]


def receipt(pk: int) -> Receipt:
    return Receipt.objects.opening(pk=pk).select_related("plan", "campaign").get()


def receipts(p: ActionPlan) -> list[Receipt]:
    """Who has the plan, departments first, and how far he is."""
    rows = Receipt.objects.opening(plan=p).order_by("county", "town", "organisation_name")
    return list(rows)


def sent_to(p: ActionPlan) -> set[int]:
    return set(Receipt.objects.opening(plan=p).values_list("organisation", flat=True))


def plans_sent_to(actor: Actor, *, campaign: int) -> list[ActionPlan]:
    """The plans of a campaign that my organisation was sent: what a plan of its own carries out."""
    rows = Receipt.objects.along(Axis.HANDED).filter(organisation=actor.organisation, campaign=campaign)
    return [r.plan for r in rows.select_related("plan").order_by("-sent_on", "-pk")]


def to_sign(actor: Actor) -> list[Receipt]:
    """Plans that wait at my organisation: to be signed for, refined, mended."""
    waiting = (ReceiptState.SENT, ReceiptState.SIGNED, ReceiptState.RETURNED)
    rows = Receipt.objects.along(Axis.HANDED).filter(organisation=actor.organisation, state__in=waiting)
    return list(rows.select_related("plan").order_by("file_due_on", "pk"))


def receipts_waiting(actor: Actor) -> list[Receipt]:
    """What waits at my organisation as addressee or as issuer, in one question."""
    waiting = (ReceiptState.SENT, ReceiptState.SIGNED, ReceiptState.RETURNED)
    ours = Q(organisation=actor.organisation, state__in=waiting)
    theirs = Q(issuer=actor.organisation, state=ReceiptState.FILED)
    rows = Receipt.objects.along(Axis.HANDED).filter(ours | theirs)
    return list(rows.select_related("plan").order_by("file_due_on", "pk"))


def due_receipts(first: date, last: date) -> QuerySet[Receipt]:
    """Deadlines of receipts in a range of days."""
    unsigned = Q(state=ReceiptState.SENT, sign_due_on__range=(first, last))
    waiting = (ReceiptState.SENT, ReceiptState.SIGNED, ReceiptState.RETURNED)
    return Receipt.objects.along(Axis.PLACE).filter(
        unsigned | Q(state__in=waiting, file_due_on__range=(first, last))
    )


def addressees(actor: Actor) -> list[Organisation]:
    """To whom an office sends a plan: the city's to departments and counties, a county's to its own."""
    if actor.level is Level.CITY:
        kinds = (Kind.DEPARTMENT, Kind.COUNTY_OFFICE)
        return list(people.organisations(kinds=kinds))
    kinds = (Kind.COUNTY_BUREAU, Kind.TOWN_STATION)
    return list(people.organisations(kinds=kinds, county=actor.code[:6]))


# -- groups ----------------------------------------------------------------------------------------


def groups(actor: Actor, *, kind: str = "", ended: bool = False, campaign: int | None = None) -> list[Group]:
    """Groups of my place, or the group in whose name I act; covert ones are for their keeper and themselves."""
    axis = Axis.HANDED if actor.level is Level.NAMED else Axis.PLACE
    rows = Group.objects.along(axis).select_related("campaign")
    rows = rows.filter(state=GroupState.ENDED if ended else GroupState.STANDS)
    if kind:
        rows = rows.filter(kind=kind)
    if campaign is not None:
        rows = rows.filter(campaign=campaign)
    found = rows.order_by("kind", "name", "pk")
    return [g for g in found if not veiled(g, actor)]


def veiled(g: Group, actor: Actor) -> bool:
    """Who is in a covert group, and where it goes, its keeper and its members know."""
    return g.kind == GroupKind.COVERT and actor.organisation not in (g.pk, g.keeper)


def group(pk: int, actor: Actor) -> Group:
    found = Group.objects.opening(pk=pk).select_related("campaign").get()
    if veiled(found, actor):
        raise Group.DoesNotExist
    return found


def standing_groups() -> QuerySet[Group]:
    return Group.objects.along(Axis.PLACE).filter(state=GroupState.STANDS)


def counties_of(g: Group, *, on: date) -> set[str]:
    """Where a group looks on a day."""
    rows = g.duties.filter(since__lte=on, until__gte=on)
    return set(rows.values_list("county", flat=True))


def members_on(g: Group, day: date) -> list[Member]:
    return list(g.members.filter(since__lte=day, until__gte=day))


def groups_on(county: str, *, on: date, actor: Actor) -> list[Group]:
    """Which groups look at a county on a day, as far as this person may know."""
    return [g for g in groups(actor) if county in counties_of(g, on=on)]


def sorties(actor: Actor, first: date, last: date, *, group: int | None = None) -> list[Sortie]:
    """The roster between two days."""
    axis = Axis.HANDED if actor.level is Level.NAMED else Axis.PLACE
    rows = Sortie.objects.along(axis).filter(day__range=(first, last)).exclude(state=SortieState.CANCELLED)
    if group is not None:
        rows = rows.filter(group=group)
    found = rows.order_by("day", "name", "pk")
    return [s for s in found if s.kind != GroupKind.COVERT or actor.organisation in (s.group, s.keeper)]


def sortie(pk: int, actor: Actor) -> Sortie:
    found = Sortie.objects.opening(pk=pk).get()
    if found.kind == GroupKind.COVERT and actor.organisation not in (found.group, found.keeper):
        raise Sortie.DoesNotExist
    return found


def parties(rows: Iterable[Sortie]) -> dict[int, list[SortieMember]]:
    """Who goes, by sortie."""
    found: dict[int, list[SortieMember]] = {s.pk: [] for s in rows}
    for m in SortieMember.objects.of(list(rows)).filter(gone=False):
        found[m.sortie_id].append(m)
    return found


def candidates(g: Group) -> dict[str, list[tuple[int, str]]]:
    """Whom a group can take in, by organisation: people of the keeper's place who may hold such a position."""
    kinds = [k for k in Kind.values if k not in (Kind.ENTERPRISE, Kind.GROUP)]
    roles = {"expert"} if g.kind == GroupKind.EXPERT else {
        "office", "department_officer", "department_head", "enforcement_officer", "town_officer", "expert",
    }  # fmt: skip
    rows = people.in_roles(roles, kinds=kinds, county=g.county, on=g.since)
    found: dict[str, list[tuple[int, str]]] = {}
    for p in rows:
        found.setdefault(p.organisation.name, []).append((p.user_id, f"{p.user.name} · {p}"))
    return found


# -- four questions --------------------------------------------------------------------------------


def sheets(actor: Actor, *, concluded: bool = False) -> list[Worksheet]:
    rows = Worksheet.objects.along(Axis.PLACE if actor.may("see") else Axis.HANDED)
    rows = rows.filter(state=SheetState.CONCLUDED if concluded else SheetState.OPEN)
    return list(rows.select_related("campaign").order_by("due_on", "pk"))


def sheet(pk: int) -> Worksheet:
    return Worksheet.objects.opening(pk=pk).select_related("campaign").get()


def item(pk: int) -> SheetItem:
    return SheetItem.objects.opening(pk=pk).select_related("sheet").get()


def items(w: Worksheet) -> list[SheetItem]:
    return list(SheetItem.objects.opening(sheet=w).exclude(state=ItemState.VOID).order_by("due_on", "pk"))


def numbers(rows: Iterable[Worksheet], *, on: date) -> dict[int, dict[str, int]]:
    """How many items of each worksheet are done, open and late."""
    keys = [w.pk for w in rows]
    found = {key: {"all": 0, "done": 0, "late": 0} for key in keys}
    items_ = SheetItem.objects.opening(sheet__in=keys).exclude(state=ItemState.VOID)
    for sheet_, state, due in items_.values_list("sheet_id", "state", "due_on"):
        found[sheet_]["all"] += 1
        found[sheet_]["done"] += state == ItemState.ACCEPTED
        found[sheet_]["late"] += state == ItemState.OPEN and due < on
    return found


def numbers_of(c: Campaign, *, on: date) -> dict[str, int]:
    """The four questions of a campaign: how many worksheets and items, how many done and late."""
    rows = list(Worksheet.objects.along(Axis.PLACE).filter(campaign=c))
    each = numbers(rows, on=on).values()
    return {"sheets": len(rows)} | {key: sum(n[key] for n in each) for key in ("all", "done", "late")}


def my_items(actor: Actor) -> list[SheetItem]:
    """What my organisation has to do."""
    rows = SheetItem.objects.along(Axis.HANDED).filter(owner=actor.organisation, state=ItemState.OPEN)
    return list(rows.select_related("sheet").order_by("due_on", "pk"))


def items_waiting(actor: Actor) -> list[SheetItem]:
    """Items to carry out and items to look at, in one question."""
    ours = Q(owner=actor.organisation, state=ItemState.OPEN)
    theirs = Q(issuer=actor.organisation, state=ItemState.ANSWERED)
    rows = SheetItem.objects.along(Axis.HANDED).filter(ours | theirs)
    return list(rows.select_related("sheet").order_by("due_on", "pk"))


def due_items(first: date, last: date) -> QuerySet[SheetItem]:
    return SheetItem.objects.along(Axis.PLACE).filter(state=ItemState.OPEN, due_on__range=(first, last))


# -- leaders ---------------------------------------------------------------------------------------


def trips(actor: Actor, first: date, last: date) -> QuerySet[LeaderTrip]:
    rows = LeaderTrip.objects.along(Axis.PLACE).filter(state="HELD", day__range=(first, last))
    return rows.order_by("-day", "-pk")


def trip(pk: int) -> LeaderTrip:
    return LeaderTrip.objects.opening(pk=pk).get()


def trip_of(leader: str, *, day: date, county: str) -> LeaderTrip | None:
    """The trip of a leader on a day in a county, where there is one already."""
    return (
        LeaderTrip.objects.along(Axis.PLACE)
        .filter(state="HELD", leader=leader, day=day, county=county)
        .first()
    )


def week_around(day: date) -> tuple[date, date]:
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)
