"""How a hazard goes after it was found: put right on the spot, or ordered, handed in, looked at again, closed."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from anlan.demo.autumn.article import SETTLED
from anlan.demo.autumn.days import desk_day

SPOT, ORDERED, LEGAL, OWN, MAJOR = "SPOT", "ORDERED", "LEGAL", "OWN", "MAJOR"
TERMS = {ORDERED: (3, 5, 7, 7, 10), LEGAL: (7, 10, 15, 15, 30), OWN: (2, 3, 5, 7), MAJOR: (20, 30, 45)}
#: of a hundred: handed in late, not accepted at first, given more time, left lying until winter
LATE, FAILED, EXTENDED, NEVER = 0.11, 0.06, 0.05, 0.02


@dataclass(slots=True)
class Course:
    """The days of a hazard's way; None where it has not come so far by the end."""

    kind: str
    due: date
    submitted: date | None = None
    failed: date | None = None
    again: date | None = None
    accepted: date | None = None
    asked: date | None = None
    until: date | None = None
    legal: bool = False

    def at_once(self, found: date) -> bool:
        """Whether it is closed on the day on which it was found, minutes after: nobody can have looked."""
        return self.accepted == found


def laid_out(
    kind: str, found: date, chance: random.Random, *, by: date | None = None, after: date | None = None
) -> Course:
    """A way for a hazard found on a day. `by`: handed in by then; `after`: not before the day after that."""
    due = found + timedelta(days=chance.choice(TERMS[kind]))
    c = Course(kind, due, legal=kind == LEGAL)
    if by is not None:
        c.submitted = found + timedelta(days=chance.randint(0, (by - found).days))
        c.accepted = desk_day(c.submitted + timedelta(days=1))
        return c
    if chance.random() < NEVER and kind != MAJOR:  # urged for weeks, put right in winter
        c.submitted = desk_day(date(2019, 12, 2) + timedelta(days=chance.randint(0, 35)))
        c.accepted = desk_day(c.submitted + timedelta(days=2))
        return c
    last = due
    if chance.random() < EXTENDED and kind in (ORDERED, LEGAL) and (due - found).days >= 7:
        c.asked, c.until = found + timedelta(days=1), due + timedelta(days=7)
        last = c.until
    days = (
        chance.randint(1, (last - found).days)
        if chance.random() >= LATE
        else (last - found).days + chance.randint(1, 9)
    )
    c.submitted = _handed_in(max(found + timedelta(days=days), (after or found) + timedelta(days=1)))
    if c.submitted and chance.random() < FAILED:
        c.failed = _handed_in(c.submitted + timedelta(days=1))
        c.again = _handed_in(c.failed + timedelta(days=chance.randint(1, 4))) if c.failed else None
    handed = c.again if c.failed else c.submitted
    if handed is not None:
        c.accepted = _handed_in(handed + timedelta(days=chance.randint(1, 3)))
    return c


def _handed_in(day: date) -> date | None:
    day = desk_day(day)
    return day if day <= SETTLED else None
