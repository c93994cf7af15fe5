"""What happens beside a single hazard's way: an older sheet taken over, firms that apply."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from anlan.demo import city, firms, texts
from anlan.demo.plot import Plot, Tale
from anlan.hazards import commands as hazards
from anlan.kernel.codes import make_uscc
from anlan.register import commands as register


def adopted(p: Plot) -> Tale:
    """Twelve rows of an older sheet, each where it stood; the last is called major there."""
    rows: list[dict[str, Any]] = []
    for n in range(12):
        found, what = p.day(n - 40), texts.ADOPTED[n % len(texts.ADOPTED)]
        row = {"enterprise": p.firm, "description": what, "source": "GOV_OTHER", "found_on": found, "import_row": n + 4,
               "import_key": f"demo-{n}", "found_by_name": "原系统"}  # fmt: skip
        if n % 3 == 0:
            row |= {"closed_on": p.day(n - 33), "measures": "原系统已办结"}
        elif n % 3 == 1:
            row |= {"due_on": p.day(n + 40)} | ({"submitted_on": p.day(-1)} if n % 2 else {})
        if n == 11:
            row |= {"major": True, "description": "液氨储罐区无固定式检测报警,原台账列为重大"}
        rows.append(row)
    sheet = sha256("\n".join(f"{r['import_row']},{r['description']}" for r in rows).encode()).hexdigest()
    hazards.adopt.many([row | {"import_file": sheet} for row in rows], by=p.officer, at=p.t)
    yield 1


def applied(n: int) -> Callable[[Plot], Tale]:
    """A firm signs up and waits for its place's answer."""

    def tale(p: Plot) -> Tale:
        code = make_uscc(city.REGISTRATION, 7900 + n)
        facts = city.described(p.cast, n + 1, firms.APPLICANTS[n], uscc=code)
        register.sign_up(by=register.APPLICANT, at=p.t, **facts)
        yield 1

    return tale
