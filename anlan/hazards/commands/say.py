"""What is said about a hazard without moving it: opinions, instructions, the safety manager's report."""

from datetime import date
from typing import Any

from anlan.hazards import events, rules
from anlan.hazards.models import Hazard, Instruction, Opinion
from anlan.hazards.workflow import HAZARD
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused, require


@performs(HAZARD, "opinion", on=Hazard)
def opinion(h: Hazard, *, act: Act, words: str, thinks_major: bool | None = None) -> Done:
    """An expert's opinion. It decides nothing, and it stands in the file."""
    require(rules.text_given(text=words, what="专家意见"), "words")
    said = Opinion(
        hazard=h,
        at=act.at.happened,
        by=act.by.id,
        by_name=act.by.name,
        words=words.strip(),
        thinks_major=thinks_major,
    )
    return Done(children=[said], event=events.OpinionGiven(h))


@performs(HAZARD, "instruct", on=Hazard)
def instruct(h: Hazard, *, act: Act, words: str, owner: Any, due_on: date) -> Done:
    """A leader's instruction (批示) becomes an item with an owner and a deadline."""
    require(rules.text_given(text=words, what="批示内容"), "words")
    require(rules.deadline(due=due_on, on=act.day), "due_on")
    item = Instruction(
        hazard=h, at=act.at.happened, by=act.by.id, by_name=act.by.name, words=words.strip(),
        owner_organisation=owner.id, owner_name=owner.name, due_on=due_on,
    )  # fmt: skip
    h.instructions_open += 1
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
def answer_instruction(h: Hazard, *, act: Act, items: list[Instruction] | None, answer: str) -> Done:
    """Answer the oldest open instruction addressed to one's organisation."""
    require(rules.text_given(text=answer, what="办理情况"), "answer")
    mine = [i for i in items or () if i.owner_organisation == act.by.organisation]
    if not mine:
        raise Refused(Reason("没有交给您单位的批示等待答复"))
    item = mine[0]
    item.answered_on, item.answered_by_name, item.answer = act.day, act.by.name, answer.strip()
    h.instructions_open -= 1
    return Done(children=[item], event=events.InstructionAnswered(h, item.by, answer.strip()))


@performs(HAZARD, "report_major", on=Hazard)
def report_major(h: Hazard, *, act: Act, words: str) -> Done:
    """The safety manager tells the regulator himself, where his principal does not act (安全生产法 art. 46)."""
    require(rules.text_given(text=words, what="报告内容"), "words")
    return Done(event=events.ReportedUpwards(h), note={"words": words.strip()})
