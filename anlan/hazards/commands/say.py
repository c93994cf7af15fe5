"""What is said about a hazard without moving it: opinions, instructions, the safety manager's report."""

from datetime import date
from typing import Any

from anlan.hazards import checks, events
from anlan.hazards.models import Hazard, Instruction, Opinion
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor
from anlan.kernel.words import Reason, Refused, require


@performs(HAZARD, "opinion", on=Hazard)
def opinion(h: Hazard, *, act: Act, words: str, thinks_major: bool | None = None) -> Done:
    """An expert's opinion. It decides nothing, and it stands in the file."""
    require(checks.text_given(text=words, what="专家意见"), "words")
    said = Opinion(
        hazard=h,
        at=act.at.happened,
        by=act.by.id,
        by_name=act.by.name,
        words=words.strip(),
        thinks_major=thinks_major,
    )
    h.opinions_given += 1
    return Done(children=[said], event=events.OpinionGiven(h))


@performs(HAZARD, "consult", on=Hazard)
def consult(h: Hazard, *, act: Act, expert: Actor, words: str, until: date) -> Done:
    """Ask an expert: he sees this hazard until the day named, and is told what is asked."""
    require(checks.text_given(text=words, what="征求意见的内容"), "words")
    require(checks.deadline(due=until, on=act.day), "until")
    if not expert.may("hazard.opinion"):
        raise Refused(Reason("%(name)s不是专家,请从专家中选择", {"name": expert.name}), "expert")
    if expert.duties and h.now_county not in expert.duties:
        raise Refused(Reason("%(name)s的分工不含这里,请另选专家", {"name": expert.name}), "expert")
    return Done(
        opens=[(None, expert.id, until)],
        event=events.Consulted(h, expert.id, words.strip(), until),
        note={"expert": expert.name, "words": words.strip()},
    )


@performs(HAZARD, "instruct", on=Hazard)
def instruct(h: Hazard, *, act: Act, words: str, owner: Any, due_on: date) -> Done:
    """A leader's instruction (批示) becomes an item with an owner and a deadline."""
    require(checks.text_given(text=words, what="批示内容"), "words")
    require(checks.deadline(due=due_on, on=act.day), "due_on")
    item = Instruction(
        hazard=h, at=act.at.happened, by=act.by.id, by_name=act.by.name, words=words.strip(),
        owner_organisation=owner.id, owner_name=owner.name, due_on=due_on,
    )  # fmt: skip
    if owner.kind == "ENTERPRISE":
        raise Refused(Reason("批示请交给单位办理,由单位督促企业"), "owner")
    h.instructions_open += 1
    h.instructed = [*h.instructed, owner.id]
    return Done(
        children=[item],
        opens=[(owner.id, None, None)],
        event=events.Instructed(h, owner.id, words.strip(), due_on),
    )


def open_instructions(hazards) -> dict[int, list[Instruction]]:
    found: dict[int, list[Instruction]] = {}
    for item in Instruction.objects.of(hazards).filter(answered_on=None).order_by("id"):
        found.setdefault(item.hazard_id, []).append(item)
    return found


@performs(HAZARD, "answer_instruction", on=Hazard, loads={"items": open_instructions})
def answer_instruction(h: Hazard, *, act: Act, items: list[Instruction], answer: str) -> Done:
    """Answer the oldest open instruction addressed to one's organisation."""
    require(checks.text_given(text=answer, what="办理情况"), "answer")
    item = next(i for i in items if i.owner_organisation == act.by.organisation)
    item.answered_on, item.answered_by_name, item.answer = act.day, act.by.name, answer.strip()
    h.instructions_open -= 1
    left = list(h.instructed)
    left.remove(item.owner_organisation)
    h.instructed = left
    return Done(children=[item], event=events.InstructionAnswered(h, item.by, answer.strip()))


@performs(HAZARD, "report_major", on=Hazard)
def report_major(h: Hazard, *, act: Act, words: str) -> Done:
    """The safety manager tells the regulator himself, where his principal does not act (安全生产法 art. 46)."""
    require(checks.text_given(text=words, what="报告内容"), "words")
    return Done(event=events.ReportedUpwards(h), note={"words": words.strip()})
