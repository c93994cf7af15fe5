"""Whether coverage says what the register said on the first day, and what the visits say now."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from anlan.inspections import coverage_counts as counts
from anlan.inspections import coverage_fill as fill
from anlan.inspections.coverage_models import Cell, Node, Roll
from anlan.inspections.states import RollState, Tier
from anlan.kernel.replay import Finding
from anlan.kernel.words import Reason

#: nodes of one roll that are named one by one
NAMED = 10

_COLUMNS = tuple(f.attname for f in Cell._meta.concrete_fields if f.attname not in {"id", "roll_id"})


def check() -> Iterator[Finding]:
    """Every roll that stands: its denominators against the journal, its numbers against the visits.

    One that was closed counts no visit any more: its sums are held against its own nodes alone.
    """
    for r in Roll._base_manager.filter(state__in=(RollState.RUNNING, RollState.CLOSED)).order_by("pk"):
        yield from _denominators(r)
        if r.state == RollState.RUNNING:
            yield from _nodes(r)
        yield from _cells(r)


def _found(r: Roll, msgid: str, **said: Any) -> Finding:
    return Finding(Reason(msgid, {"name": r.name, **said}), "roll", r.pk)


def _denominators(r: Roll) -> Iterator[Finding]:
    if counts.stands(r) != r.digest or fill.numbers(r) != r.numbers:
        yield _found(r, "覆盖名册“%(name)s”的应查对象与建立时不符:有增加、删除或改动")


def _nodes(r: Roll) -> Iterator[Finding]:
    wrong = dict(islice(counts.differing(r), NAMED))
    for n in Node._base_manager.filter(pk__in=wrong).order_by("pk"):
        said = {"tier": Tier(n.tier).label, "node": n.name, "should": wrong[n.pk].visits, "is": n.visits}
        yield _found(
            r, "覆盖名册“%(name)s”中%(tier)s“%(node)s”的检查次数或首次检查与检查记录不符:应为%(should)s次,记为%(is)s次", **said
        )  # fmt: skip


def _cells(r: Roll) -> Iterator[Finding]:
    should = {_row(c) for c in counts.cells(r, Node._base_manager.filter(roll=r))}
    stands = {_row(c) for c in Cell._base_manager.filter(roll=r)}
    if should != stands:
        yield _found(r, "覆盖名册“%(name)s”的合计与逐个对象不符,共%(n)s处", n=len(should ^ stands))


def _row(c: Cell) -> tuple[Any, ...]:
    return tuple(getattr(c, name) for name in _COLUMNS)
