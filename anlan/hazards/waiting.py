"""What waits for whom, as one table: the desk (工作台) and the hand-over of a leaver both read it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from anlan.hazards.models import Hazard, Instruction
from anlan.hazards.queries import SOON, overdue_q
from anlan.hazards.states import OPEN, Grade, State, Track
from anlan.kernel.scope import Actor, Axis, Level

Rows = Callable[[Actor, date], QuerySet]


@dataclass(frozen=True, slots=True)
class Waiting:
    """`act` is the main act offered; `needs` the capability without which the queue is not asked for."""

    code: str
    title: Any
    act: str
    needs: str
    rows: Rows
    roles: tuple[str, ...] = ()


def _in_hand(**state: Any) -> Rows:
    """Rows that the actor's organisation answers for now: its own place first, what was handed to it too."""

    def rows(actor: Actor, on: date) -> QuerySet:
        return Hazard.objects.along(Axis.HANDED).filter(now_organ=actor.organisation, **state)

    return rows


def _in_place(*q: Q, **state: Any) -> Rows:
    def rows(actor: Actor, on: date) -> QuerySet:
        return Hazard.objects.filter(*q, **state)

    return rows


def _to_order(actor: Actor, on: date) -> QuerySet:
    """Signed for, or found by ourselves, graded and not yet ordered."""
    return Hazard.objects.along(Axis.HANDED).filter(
        Q(now_organ=actor.organisation, state=State.ASSIGNED, signed_on__isnull=False, transfer_to=None)
        | Q(now_organ=None, found_organisation=actor.organisation, state=State.REGISTERED)
        | Q(now_organ=actor.organisation, state=State.REGISTERED)
    )


def _to_assign(actor: Actor, on: date) -> QuerySet:
    """Found by a group or an office, or given back: nobody has it in hand."""
    return Hazard.objects.filter(state=State.REGISTERED, track=Track.FOUND, now_organ=None).filter(
        Q(returns__gt=0)
        | Q(found_organisation=actor.organisation)
        | Q(found_organisation=None)
        | Q(found_system="GROUP")
    )


def _overdue(actor: Actor, on: date) -> QuerySet:
    rows = Hazard.objects.all() if actor.role == "office" else Hazard.objects.along(Axis.HANDED)
    return rows.filter(overdue_q(on), state=State.RECTIFYING)


def _soon(actor: Actor, on: date) -> QuerySet:
    return Hazard.objects.filter(stopped_on=None, due_on__range=(on, on + SOON), state=State.RECTIFYING)


def _firm_overdue(actor: Actor, on: date) -> QuerySet:
    return Hazard.objects.filter(overdue_q(on), state=State.RECTIFYING)


def _own_review(actor: Actor, on: date) -> QuerySet:
    return Hazard.objects.filter(state=State.REVIEW, track=Track.OWN, taken_over=False).exclude(
        rectified_by=actor.id
    )


def _mine(actor: Actor, on: date) -> QuerySet:
    axis = Axis.MINE if actor.level is Level.ENTERPRISE else Axis.HANDED
    return Hazard.objects.along(axis).exclude(state__in=(State.VOID, State.MERGED))


def _open_of_group(actor: Actor, on: date) -> QuerySet:
    return Hazard.objects.along(Axis.HANDED).exclude(state__in=(State.CLOSED, State.VOID, State.MERGED))


def _consulted(actor: Actor, on: date) -> QuerySet:
    """An expert was asked by name and has not answered."""
    return Hazard.objects.along(Axis.MINE).filter(state__in=OPEN).exclude(opinions__by=actor.id)


def _instructions(actor: Actor, on: date) -> QuerySet:
    """Each hazard with an instruction that our organisation still owes an answer to."""
    owed = {"instructions__owner_organisation": actor.organisation, "instructions__answered_on": None}
    return Hazard.objects.along(Axis.HANDED).filter(instructions_open__gt=0, **owed).distinct()


QUEUES: tuple[Waiting, ...] = (
    Waiting(
        "instructions", _("领导批示待答复"), "answer_instruction", "hazard.answer_instruction", _instructions
    ),
    Waiting(
        "grading",
        _("拟定重大,待认定"),
        "confirm_major",
        "hazard.confirm_major",
        lambda actor, on: Hazard.objects.filter(state=State.GRADING),
    ),
    Waiting(
        "to_approve",
        _("验收意见待批准"),
        "approve_acceptance",
        "hazard.approve",
        _in_hand(state=State.REVIEW, acceptance_by__isnull=False),
    ),
    Waiting("to_assign", _("待交办"), "assign", "hazard.assign", _to_assign),
    Waiting("to_sign", _("待签收"), "sign", "hazard.sign", _in_hand(state=State.ASSIGNED, signed_on=None)),
    Waiting(
        "transfers",
        _("移送待接收"),
        "accept_transfer",
        "hazard.accept_transfer",
        lambda actor, on: Hazard.objects.along(Axis.HANDED).filter(transfer_to=actor.organisation),
    ),
    Waiting(
        "to_accept",
        _("待验收"),
        "accept",
        "hazard.accept",
        _in_hand(state=State.REVIEW, acceptance_by=None),
    ),
    Waiting(
        "extensions",
        _("延期申请待决定"),
        "grant_extension",
        "hazard.decide_extension",
        _in_hand(state=State.RECTIFYING, extension_pending=True),
    ),
    Waiting(
        "own_extensions",
        _("企业自查隐患的延期申请"),
        "grant_extension",
        "hazard.decide_extension",
        _in_place(state=State.RECTIFYING, extension_pending=True, track=Track.OWN, now_organ=None),
    ),
    Waiting("to_order", _("待责令整改"), "order", "hazard.order", _to_order),
    Waiting(
        "leaving",
        _("撤销或合并待确认"),
        "void",
        "hazard.void",
        lambda actor, on: (
            Hazard.objects.along(Axis.HANDED)
            .filter(leaving_asked_by__isnull=False)
            .exclude(state__in=(State.VOID, State.MERGED, State.CLOSED))
            .exclude(leaving_asked_by=actor.id)
        ),
    ),
    Waiting("overdue", _("逾期未改"), "urge", "hazard.urge", _overdue),
    Waiting("firm_overdue", _("已逾期,请立即整改"), "submit", "hazard.submit", _firm_overdue),
    Waiting("firm_soon", _("三日内到期"), "submit", "hazard.submit", _soon),
    Waiting(
        "firm_rectifying",
        _("整改中"),
        "submit",
        "hazard.submit",
        _in_place(state=State.RECTIFYING),
    ),
    Waiting(
        "firm_start",
        _("自查发现,待整改"),
        "start_own",
        "hazard.start_own",
        _in_place(state=State.REGISTERED, track=Track.OWN),
    ),
    Waiting("firm_accept", _("待内部验收"), "accept_own", "hazard.accept_own", _own_review),
    Waiting(
        "self_found",
        _("企业自查,可抽查接管"),
        "take_over",
        "hazard.take_over",
        _in_place(
            state__in=(State.REGISTERED, State.RECTIFYING, State.REVIEW), track=Track.OWN, taken_over=False
        ),
        roles=("town_officer", "grid_officer"),
    ),
    Waiting(
        "majors",
        _("在办重大隐患"),
        "instruct",
        "hazard.instruct",
        _in_place(
            grade=Grade.MAJOR,
            state__in=(State.REGISTERED, State.ASSIGNED, State.RECTIFYING, State.REVIEW),
        ),
    ),
    Waiting(
        "leader_overdue",
        _("逾期未改"),
        "instruct",
        "hazard.instruct",
        lambda a, on: Hazard.objects.filter(overdue_q(on)),
    ),
    Waiting(
        "group",
        _("本组发现,尚未销号"),
        "urge",
        "hazard.relapse",
        _open_of_group,
        roles=("supervisor",),
    ),
    Waiting("consulted", _("征求您的意见"), "opinion", "hazard.opinion", _consulted, roles=("expert",)),
    Waiting("opinions", _("请您提出意见"), "opinion", "hazard.opinion", _open_of_group, roles=("expert",)),
    Waiting("reported", _("我上报的"), "", "hazard.register", _mine, roles=("worker", "grid_officer")),
)


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of thing that waits for a person now: what, how many are worth showing, and the act."""

    code: str
    title: Any
    act: str
    rows: QuerySet


def queues(actor: Actor, *, on: date) -> list[Queue]:
    """Everything that waits for this person in this position, most urgent kind first."""
    return [
        Queue(q.code, q.title, q.act, q.rows(actor, on))
        for q in QUEUES
        if actor.may(q.needs) and (not q.roles or actor.role in q.roles)
    ]


# -- deadlines of every kind, for the reminders ------------------------------------------------------


def running() -> QuerySet[Hazard]:
    """Hazards on which a clock runs."""
    return Hazard.objects.filter(state=State.RECTIFYING, stopped_on=None)


def to_reply(days: tuple[date, date]) -> QuerySet[Hazard]:
    """Handed over, not yet reported back, the report due between two days."""
    return Hazard.objects.filter(reply_due__range=days, replied_on=None, now_organ__isnull=False)


def to_answer(days: tuple[date, date]) -> list[tuple[Hazard, Instruction]]:
    """Instructions to be answered between two days, each with its hazard."""
    rows = Hazard.objects.filter(instructions_open__gt=0)
    items = Instruction.objects.of(rows).filter(answered_on=None, due_on__range=days)
    return [(item.hazard, item) for item in items.select_related("hazard")]
