"""Putting it right: ordered by an organ or begun by the firm, planned, reported, submitted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from anlan.hazards import checks, events
from anlan.hazards.commands.evidence import attach
from anlan.hazards.commands.rounds import go_on, lapse, last_rounds, waiting
from anlan.hazards.models import Extension, Hazard, ProgressReport, Round, TreatmentPlan
from anlan.hazards.states import Grade
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused, require


@performs(HAZARD, "order", on=Hazard, loads={"before": last_rounds})
def order(
    h: Hazard,
    *,
    act: Act,
    before: Round | None,
    due_on: date,
    requirement: str,
    legal: bool = False,
    second: Actor | None = None,
    responsible: str = "",
    enterprise: Any = None,
) -> Done:
    """Order the firm to put it right by a date (责令整改). `legal`: with an order document, by two officers.

    `enterprise`: who has to, where the hazard was found without knowing whose it is; a firm of its place.

    The date is a date: it does not roll over holidays. A round that was already running (the hazard
    went back for grading) goes on with the new date; its first deadline stays on record.
    """
    require(checks.deadline(due=due_on, on=act.day), "due_on")
    require(checks.text_given(text=requirement, what="整改要求"), "requirement")
    require(checks.one_to_order(h, named=enterprise), "enterprise")
    if h.enterprise_id is None:
        h.enterprise = enterprise
    if legal:
        require(checks.two_officers(actor=act.by, second=second, on=act.day), "second")
    rounds = go_on(h, act, before, due_on=due_on)
    h.now_organ, h.now_organ_name = act.by.organisation, act.by.organisation_name
    h.ordered_on, h.legal_order, h.ordered_by_name = act.day, legal, act.by.organisation_name
    h.requirement, h.responsible = requirement.strip(), responsible
    return Done(
        children=rounds,
        opens=[(act.by.organisation, None, None)],
        event=events.RectificationStarted(h),
        note={"second": second.name if second else ""},
    )


@performs(HAZARD, "start_own", on=Hazard, loads={"before": last_rounds})
def start_own(
    h: Hazard, *, act: Act, before: Round | None, due_on: date, responsible: str, requirement: str = ""
) -> Done:
    """The firm begins on what it found itself, with its own deadline and responsible person."""
    require(checks.deadline(due=due_on, on=act.day), "due_on")
    require(checks.text_given(text=responsible, what="整改责任人"), "responsible")
    h.requirement, h.responsible = requirement.strip(), responsible
    h.ordered_on = act.day
    return Done(children=go_on(h, act, before, due_on=due_on), event=events.RectificationStarted(h))


@performs(HAZARD, "take_over", on=Hazard)
def take_over(h: Hazard, *, act: Act, reason: str) -> Done:
    """The regulator takes a self-found hazard over: his own acceptance applies from now on."""
    require(checks.text_given(text=reason, what="接管理由"), "reason")
    h.taken_over = True
    h.now_organ, h.now_organ_name = act.by.organisation, act.by.organisation_name
    return Done(opens=[(act.by.organisation, None, None)], note={"reason": reason})


@performs(HAZARD, "plan", on=Hazard)
def plan(h: Hazard, *, act: Act, **items: Any) -> Done:
    """File the treatment plan: six items, five fulfilments (总局令16 art. 15; 五落实)."""
    for name in TreatmentPlan.SIX:
        field: Any = TreatmentPlan._meta.get_field(name)
        label = field.verbose_name
        require(checks.text_given(text=items.get(name) or "", what=str(label)), name)
    if h.grade == Grade.MAJOR and not all(items.get(name) for name in TreatmentPlan.FIVE):
        raise Refused(Reason("重大隐患的治理方案须“五落实”:责任、措施、资金、时限、预案,请逐项落实并勾选"))
    h.plan_on = act.day
    filed = TreatmentPlan(hazard=h, at=act.at.happened, by=act.by.id, by_name=act.by.name, **items)
    return Done(children=[filed])


@performs(HAZARD, "progress", on=Hazard)
def progress(h: Hazard, *, act: Act, words: str, percent: int, photos: Sequence[Any] = ()) -> Done:
    """Say how far it is."""
    require(checks.text_given(text=words, what="进展情况"), "words")
    if not 0 <= percent <= 100:
        raise Refused(Reason("进度须在0到100之间"), "percent")
    said = ProgressReport(
        hazard=h, at=act.at.happened, by=act.by.id, by_name=act.by.name, words=words.strip(), percent=percent
    )
    return Done(children=[said, *attach(h, photos, label="DURING", act=act)])


@performs(HAZARD, "submit", on=Hazard, loads={"running": last_rounds, "asked": waiting})
def submit(
    h: Hazard,
    *,
    act: Act,
    running: Round,
    asked: Extension | None,
    measures: str,
    photos: Sequence[Any],
    money_spent: int = 0,
    evaluation: str = "",
) -> Done:
    """Hand in what was done (已整改): the clock stops on this day, whatever the acceptance says later."""
    require(checks.text_given(text=measures, what="整改措施"), "measures")
    require(checks.photos_after(photos=photos), "photos")
    require(checks.money_is_possible(money_spent), "money_spent")
    if h.grade == Grade.MAJOR and evaluation not in {"SELF", "EXPERT", "AGENCY"}:
        raise Refused(Reason("重大隐患须附治理效果评估(自评、专家或机构)"), "evaluation")
    h.rectified_on, h.rectified_by, h.rectified_by_name = act.day, act.by.id, act.by.name
    h.measures, h.evaluation = measures.strip(), evaluation
    h.money_spent += money_spent
    h.acceptance_by = h.acceptance_second = None
    h.acceptance_name = h.acceptance_second_name = h.acceptance_opinion = ""
    running.submitted_on, running.submitted_by_name = act.day, act.by.name
    running.measures, running.late = measures.strip(), act.day > running.due_on
    children = [running, *lapse(h, act, asked), *attach(h, photos, label="AFTER", act=act)]
    return Done(children=children, event=events.Submitted(h))
