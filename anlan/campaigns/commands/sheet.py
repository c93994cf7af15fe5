"""Four questions, four checks: each answer becomes an item with owner and deadline."""

from collections.abc import Sequence
from datetime import date

from anlan.campaigns import events, rules
from anlan.campaigns.models import Campaign, SheetItem, Worksheet
from anlan.campaigns.states import Block, ItemState
from anlan.campaigns.workflow import ITEM, SHEET
from anlan.kernel.command import Act, Done, performs
from anlan.kernel.words import Reason, Refused, require
from anlan.people.models import Organisation


def _settled(rows: Sequence[Worksheet]) -> dict[int, int]:
    """How many items of a worksheet are not settled yet."""
    left = {row.pk: 0 for row in rows}
    for row in rows:
        open_ = SheetItem.objects.opening(sheet=row.pk, state__in=(ItemState.OPEN, ItemState.ANSWERED))
        left[row.pk] = open_.count()
    return left


@performs(SHEET, "start", on=Worksheet)
def start(
    w: Worksheet, *, act: Act, to: Organisation, due_on: date, title: str = "", sector: str = "",
    campaign: Campaign | None = None,
) -> Done:  # fmt: skip
    """Ask a unit the four questions, for one sector or for all."""
    if act.by.organisation is None:
        raise Refused(Reason("请以集中办公室的职务办理"))
    require(rules.ahead(due=due_on, on=act.day, what="查摆期限"), "due_on")
    w.campaign, w.title = campaign, title.strip() or f"{to.name}四问四查"
    w.issuer, w.issuer_name = act.by.organisation, act.by.organisation_name
    w.organisation, w.organisation_name, w.county, w.town = to.pk, to.name, to.county, to.town
    w.sector, w.started_on, w.due_on = sector, act.day, due_on
    return Done(opens=[(to.pk, None, None), (w.issuer, None, None)])


@performs(SHEET, "conclude", on=Worksheet, loads={"left": _settled})
def conclude(w: Worksheet, *, act: Act, left: int, conclusion: str) -> Done | None:
    require(rules.all_settled(left))
    require(rules.text_given(text=conclusion, what="办结意见"), "conclusion")
    w.conclusion, w.concluded_on, w.concluded_by_name = conclusion.strip(), act.day, act.by.name
    return None


@performs(ITEM, "raise", on=SheetItem)
def raise_(
    i: SheetItem, *, act: Act, sheet: Worksheet, block: str, words: str, owner: Organisation, due_on: date
) -> Done:
    """An answer to one of the four questions, with who does something about it and by when."""
    if sheet.state != "OPEN":
        raise Refused(Reason("这份四问四查已经办结"))
    require(rules.of_the_unit(sheet, act.by, act.at.happened))
    require(rules.text_given(text=words, what="回答内容", least=4), "words")
    require(rules.ahead(due=due_on, on=act.day, what="完成期限"), "due_on")
    i.sheet, i.block, i.words = sheet, Block(block), words.strip()
    i.issuer, i.organisation, i.county, i.town, i.sector = (
        sheet.issuer, sheet.organisation, sheet.county, sheet.town, sheet.sector,
    )  # fmt: skip
    i.owner, i.owner_name, i.raised_on, i.due_on = owner.pk, owner.name, act.day, due_on
    keys = {owner.pk, sheet.issuer, sheet.organisation}
    return Done(opens=[(key, None, None) for key in sorted(keys)], event=events.ItemRaised(i))


@performs(ITEM, "answer", on=SheetItem)
def answer(i: SheetItem, *, act: Act, words: str) -> Done:
    require(rules.text_given(text=words, what="落实情况", least=4), "words")
    i.answer, i.answered_on, i.answered_by, i.answered_by_name = (
        words.strip(),
        act.day,
        act.by.id,
        act.by.name,
    )
    return Done(event=events.ItemAnswered(i))


@performs(ITEM, "accept", on=SheetItem)
def accept(i: SheetItem, *, act: Act, opinion: str = "") -> Done:
    i.accepted_on, i.accepted_by_name = act.day, act.by.name
    return Done(note={"opinion": opinion.strip()})


@performs(ITEM, "return", on=SheetItem)
def return_(i: SheetItem, *, act: Act, reason: str) -> Done:
    require(rules.text_given(text=reason, what="退回的理由", least=4), "reason")
    i.returned_no += 1
    i.return_reason = reason.strip()
    return Done(event=events.ItemReturned(i, reason.strip()))


@performs(ITEM, "urge", on=SheetItem)
def urge(i: SheetItem, *, act: Act, words: str = "") -> Done:
    i.urged_no += 1
    return Done(event=events.ItemUrged(i, words.strip()), note={"words": words.strip()})


@performs(ITEM, "void", on=SheetItem)
def void(i: SheetItem, *, act: Act, reason: str) -> Done | None:
    require(rules.text_given(text=reason, what="撤销的原因"), "reason")
    i.void_reason = reason.strip()
    return None
