"""Bulletins of the demonstration: two that were signed, and a draft that waits for the leader."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from anlan.demo.city import Cast
from anlan.figures.bulletins import commands
from anlan.figures.bulletins.states import Section
from anlan.figures.periods import Named, Period
from anlan.kernel.scope import acting_as
from anlan.places import queries as places

WORDS = {
    "title": "本周安全生产隐患排查治理情况", "problems": "部分单位夜间检查不足,逾期隐患督办不力。",
    "requirements": "各单位要立查立改,逾期的逐条说明原因;重大隐患由主要负责人包抓。",
    "main_to": "各县(市、区)人民政府,市安委会各成员单位", "copied_to": "市委办公厅,市政府办公厅",
}  # fmt: skip


def play(cast: Cast) -> None:
    """A notice and a brief of the last two weeks, and this week's draft."""
    office, leader = cast.actors["office"], cast.actors["leader"]
    every: list[Any] = [code for code, _name in places.county_choices()]
    for kind, weeks in (("NOTICE", 2), ("BRIEF", 1), ("NOTICE", 0)):
        end = cast.today - timedelta(days=1 + 7 * weeks)
        at = datetime.combine(cast.today - timedelta(days=1), time(8 - weeks), UTC)
        b = commands.draft(
            by=office, at=at, kind=kind, place="", named=Named("", "", Period(end - timedelta(days=6), end)),
            sections=list(Section.values), words=WORDS, addressed=every,
        )  # fmt: skip
        if weeks:
            with acting_as(leader):
                read = commands.drawn(b).digest
            commands.sign(b.pk, by=leader, at=at + timedelta(minutes=30), seen_digest=read)
