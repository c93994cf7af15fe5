"""The small workflow of a suspension, beside the hazard's: a measure is not a state of a hazard."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from anlan.hazards.models import Suspension
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason
from anlan.kernel.workflow import Transition, Workflow

P = Suspension.Step


def not_the_proposer(s: Any, actor: Actor, at: datetime) -> Reason | None:
    return Reason("提出人不能自己批准,请由部门其他负责人批准") if s.proposed_by == actor.id else None


def of_the_firm(s: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if actor.enterprise == s.enterprise_id else Reason("只有该企业可以申请复产")


def of_the_organ(s: Any, actor: Actor, at: datetime) -> Reason | None:
    return None if s.organ == actor.organisation else Reason("由作出停产决定的部门办理")


def reviewed(s: Any, actor: Actor, at: datetime) -> Reason | None:
    if s.review_passed is None:
        return Reason("尚未现场审查,请先由两名执法人员现场审查")
    if not s.review_passed:
        return Reason("现场审查未通过,请“不同意复产”,或重新审查")
    return None


def not_the_reviewer(s: Any, actor: Actor, at: datetime) -> Reason | None:
    return Reason("现场审查人和批准人不能是同一人") if s.reviewed_by == actor.id else None


SUSPENSION = Workflow(
    "suspension",
    P,
    (
        Transition(name="propose", label=_("提出停产"), needs="hazard.suspend", targets=(P.PROPOSED,)),
        Transition(
            name="approve",
            label=_("批准停产"),
            needs="hazard.approve_suspension",
            source=frozenset({P.PROPOSED}),
            targets=(P.IN_FORCE,),
            guards=(of_the_organ, not_the_proposer),
            main=True,
            danger=True,
            law="安全生产法第65条第1款第3项",
        ),
        Transition(
            name="reject",
            label=_("不批准停产"),
            needs="hazard.approve_suspension",
            source=frozenset({P.PROPOSED}),
            targets=(P.REJECTED,),
            guards=(of_the_organ, not_the_proposer),
        ),
        Transition(
            name="apply",
            label=_("申请复产"),
            needs="hazard.ask_extension",
            source=frozenset({P.IN_FORCE}),
            targets=(P.REVIEW,),
            guards=(of_the_firm,),
            main=True,
        ),
        Transition(
            name="review",
            label=_("现场审查"),
            needs="hazard.suspend",
            source=frozenset({P.REVIEW}),
            guards=(of_the_organ,),
            main=True,
            law="安全生产法第65条第1款第3项",
        ),
        Transition(
            name="lift",
            label=_("批准复产"),
            needs="hazard.approve_suspension",
            source=frozenset({P.REVIEW}),
            targets=(P.LIFTED,),
            guards=(of_the_organ, reviewed, not_the_reviewer),
            main=True,
            law="安全生产法第65条第1款第3项",
        ),
        Transition(
            name="refuse",
            label=_("不同意复产"),
            needs="hazard.approve_suspension",
            source=frozenset({P.REVIEW}),
            targets=(P.IN_FORCE,),
            guards=(of_the_organ,),
        ),
    ),
)
