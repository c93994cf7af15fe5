"""Acts upon checklists. A published version is never touched again; a change is a new version."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from anlan.kernel.command import Act, Done, performs
from anlan.kernel.scope import Actor, Level
from anlan.kernel.words import Reason, Refused, require
from anlan.standards import rules
from anlan.standards.models import Checklist, ChecklistItem
from anlan.standards.workflow import CHECKLIST

#: who puts in the checklists that come with the program
PROGRAM = Actor(
    id=0, name="系统", role="system", level=Level.SYSTEM, can=frozenset({"standards.load", "standards.edit"})
)
#: what an item says, the key of its row apart
SAID = (
    "code", "order", "heading", "text", "how", "not_met", "clause", "major", "rules", "number", "unit", "limit_label",
    "limit", "factor", "direction",
)  # fmt: skip


def _items(rows: Sequence[Checklist]) -> dict[int, list[ChecklistItem]]:
    found: dict[int, list[ChecklistItem]] = {row.pk: [] for row in rows}
    for item in ChecklistItem.objects.of(rows).order_by("order", "pk"):
        found[item.checklist_id].append(item)
    return found


def _made(c: Checklist, said: Sequence[Mapping[str, Any]]) -> list[ChecklistItem]:
    made = [ChecklistItem(checklist=c, **item) for item in said]
    for item in made:
        require(rules.item_is_whole(item), item.code)
    return made


@performs(CHECKLIST, "load", on=Checklist)
def load(
    c: Checklist, *, act: Act, code: str, version: int, label: str, since: date, items: Sequence[Any], note: str = ""
) -> Done:  # fmt: skip
    """A version that comes with the program."""
    c.code, c.version, c.label, c.since, c.note = code, version, label, since, note
    c.published_on, c.published_by_name = since, act.by.name
    return Done(children=_made(c, items))


@performs(CHECKLIST, "draft", on=Checklist)
def draft(
    c: Checklist, *, act: Act, code: str, version: int, label: str, items: Sequence[Any], note: str = ""
) -> Done:
    """A new version, begun from `items` (those of the version in force)."""
    c.code, c.version, c.label, c.note = code, version, label.strip(), note.strip()
    require(rules.of_his_sector(c, act.by, act.at.happened))
    c.drafted_by_name, c.drafted_on = act.by.name, act.day
    return Done(children=_made(c, items))


@performs(CHECKLIST, "put_item", on=Checklist, loads={"items": _items})
def put_item(c: Checklist, *, act: Act, items: list[ChecklistItem], code: str, **said: Any) -> Done:
    """Say an item anew, or add one; one that was dropped comes back."""
    if strangers := said.keys() - set(SAID):
        raise TypeError(f"an item has no {sorted(strangers)}")
    item = next((i for i in items if i.code == code), None)
    if item is None:
        said.setdefault("order", max((i.order for i in items), default=0) + 10)
        item = ChecklistItem(checklist=c, code=code)
    for name, value in said.items():
        setattr(item, name, value.strip() if isinstance(value, str) else value)
    item.gone = False
    require(rules.item_is_whole(item), "text")
    return Done(children=[item], note={"item": code})


@performs(CHECKLIST, "drop_item", on=Checklist, loads={"items": _items})
def drop_item(c: Checklist, *, act: Act, items: list[ChecklistItem], code: str) -> Done:
    item = next((i for i in items if i.code == code and not i.gone), None)
    if item is None:
        raise Refused(Reason("草稿里没有“%(code)s”,请刷新后再办理", {"code": code}))
    item.gone = True
    return Done(children=[item], note={"item": code})


@performs(CHECKLIST, "publish", on=Checklist, loads={"items": _items})
def publish(c: Checklist, *, act: Act, items: list[ChecklistItem], since: date, note: str = "") -> Done:
    """From `since` on visits answer this version; visits before keep the one they answered."""
    require(rules.has_items(items=items))
    require(rules.begins(since=since, at=act.at.happened), "since")
    c.since, c.note = since, note.strip() or c.note
    c.published_on, c.published_by_name = act.day, act.by.name
    return Done()


@performs(CHECKLIST, "discard", on=Checklist)
def discard(c: Checklist, *, act: Act, reason: str = "") -> Done:
    return Done(note={"reason": reason})
