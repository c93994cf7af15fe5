"""The plan carried out by the commands of everyday life, phase after phase, in lists.

Within a phase what was found comes first, then the visits that found it, then what followed, step by step; so
every act finds its record in the state that it needs. A refusal is a fault of the plan and is raised.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from anlan.demo import command, photos
from anlan.demo.autumn import beside, days, plan, register, roll_calls, who
from anlan.demo.autumn.article import ARTICLE, SETTLED
from anlan.demo.autumn.course import MAJOR
from anlan.demo.autumn.kinds import Find, Plan, Visit
from anlan.demo.autumn.steps import Agenda, at, done, lots
from anlan.demo.autumn.ways import Ways, fault_of
from anlan.demo.city import Cast
from anlan.demo.haste import counted_once
from anlan.hazards import commands as hazards
from anlan.inspections.recorded import record
from anlan.kernel import sealing, tally
from anlan.kernel.scope import Actor

Tell = Callable[[str, int, int], None]
#: the register stood
BEFORE = date(2019, 7, 8)
SLICE = 2_000


def load(cast: Cast, *, seed: int, scale: float, pictures: photos.Pool, tell: Tell) -> Plan:
    """Make the autumn and live it. `cast` are the organs, before any firm stands on the register."""
    people = who.Who(cast, who.units(BEFORE))
    made = plan.made(people.units, seed=seed, scale=scale, article=ARTICLE)
    bar = Bar(tell, made)
    cmd = command.Command(cast)
    campaign, sent = command.autumn(cmd)
    people.lead(sent, on=days.GROUPS_STAND)
    firms = register.entered(people, made.firms, bar)
    register.parked(people, made.parks, firms, bar)
    register.staffed(people, made.firms, firms, bar)
    ways = Ways(people, firms, pictures, Agenda(), {})
    mark = sha256(f"autumn 2019, seed {seed}, scale {scale}".encode()).hexdigest()
    first = 0
    with counted_once():
        for phase, (last, _) in enumerate(days.PHASES):
            visits = [v for v in made.visits if days.phase_of(v.day) == phase]
            _found(ways, visits, bar)
            _visited(ways, visits, mark, first, bar)
            first += len(visits)
            for s in made.stops:
                if days.phase_of(s.day) == phase:
                    ways.stop(s)
            ways.agenda.perform(phase, bar)
            if phase < len(days.PHASES) - 1:
                sealing.seal(at=at(last + timedelta(days=1), 30))
    beside.lived(made, people, firms, campaign, sent, bar)
    roll_calls.held(people, seed=seed, scale=scale, tell=bar)
    while tally.fold():
        pass
    sealing.seal(at=at(SETTLED + timedelta(days=1), 30))
    command.autumn_ends(cmd, campaign, sent)
    bar.end()
    return made


class Bar:
    """How far it is: acts done of acts planned."""

    def __init__(self, tell: Tell, made: Plan):
        finds = [f for v in made.visits for f in v.finds]
        ways = sum(3 for f in finds if f.course is not None)
        self.total = (
            len(made.firms) + 2 * sum(f.staffed for f in made.firms) + len(made.visits) + len(finds) + ways
        )
        self.done, self.tell = 0, tell

    def __call__(self, n: int) -> None:
        self.done = min(self.done + n, self.total - 1)
        self.tell("2019年秋", self.done, self.total)

    def end(self) -> None:
        self.tell("2019年秋", self.total, self.total)


def _slices(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[i : i + SLICE] for i in range(0, len(rows), SLICE))


def _found(ways: Ways, visits: Sequence[Visit], bar: Bar) -> None:
    """Into the ledger: what was put right on the spot, and what has a way to go."""
    lists: dict[tuple[str, int], tuple[Any, Actor, list[tuple[Visit, int, Find]]]] = {}
    for v in visits:
        finder = ways.who.finder(v)
        for n, f in enumerate(v.finds):
            kind = hazards.fix_on_spot if f.course is None else hazards.register
            lists.setdefault((kind.name, finder.position or 0), (kind, finder, []))[2].append((v, n, f))
    for lot in lots(lists.values(), lambda one: len(one[2])):
        with transaction.atomic():
            for kind, finder, found in lot:
                _entered(ways, kind, finder, found)
        bar(sum(len(found) for _, _, found in lot))


def _entered(ways: Ways, kind: Any, finder: Actor, found: Sequence[tuple[Visit, int, Find]]) -> None:
    for some in _slices(found):
        rows = done(kind, [_request(ways, v, n, f) for v, n, f in some], by=finder)
        for (v, _, f), row in zip(some, rows, strict=True):
            ways.known[id(f)] = row.pk
            if f.course is not None:
                ways.follow(v, f, row.pk)


def _request(ways: Ways, v: Visit, n: int, f: Find) -> dict[str, Any]:
    said = {
        "at": at(v.day, v.minute + 12 + n % 5 * 7), "enterprise": ways.firms[v.firm.n], "source": v.way.source,
        **ways.words(v, f),
    }  # fmt: skip
    if f.course is not None:
        if f.course.kind == MAJOR:
            return said
        return said | {"general": True, "photos": ways.photo(f, fault_of(v, f).picture, "BEFORE")}
    fault = fault_of(v, f)
    said |= {
        "measures": fault.measures, "before": ways.photo(f, fault.picture, "BEFORE"),
        "after": ways.photo(f, fault.picture, "AFTER"),
    }  # fmt: skip
    if v.way.by == "SELF":
        return said | {"confirmed_by": ways.who.principals[v.firm.n]}
    return said | {"signer": "安全科长"}


def _visited(ways: Ways, visits: Sequence[Visit], mark: str, first: int, bar: Bar) -> None:
    """The visits, each with what it found."""
    lists: dict[int, tuple[Actor, list[tuple[int, Visit]]]] = defaultdict()
    for n, v in enumerate(visits, first):
        recorder, _ = ways.who.recorder(v)
        lists.setdefault(recorder.position or 0, (recorder, []))[1].append((n, v))
    for lot in lots(lists.values(), lambda one: len(one[1])):
        with transaction.atomic():
            for recorder, held in lot:
                for some in _slices(held):
                    done(record, [_visit(ways, n, v, mark) for n, v in some], by=recorder)
        bar(sum(len(held) for _, held in lot))


def _visit(ways: Ways, n: int, v: Visit, mark: str) -> dict[str, Any]:
    return {
        "at": at(v.day, v.minute + 60), "source": v.way.source, "held_on": v.day,
        "organisation": ways.who.recorder(v)[1], "enterprise": ways.firms[v.firm.n], "covert": v.way.covert,
        "party": ways.who.party(v, n), "signer": "" if v.way.by == "SELF" else "安全科长",
        "import_file": mark, "import_row": n + 1, "import_key": f"{mark[:24]}-{n}",
        "found": [_finding(ways, v, n, f) for f in v.finds],
    }  # fmt: skip


def _finding(ways: Ways, v: Visit, n: int, f: Find) -> dict[str, Any]:
    said = ways.words(v, f)
    measures = fault_of(v, f).measures if f.course is None else ""
    return {
        "description": said["description"], "location": said["location"], "measures": measures,
        "closed_on": v.day if f.course is None else None, "hazard": ways.known[id(f)], "import_row": n + 1,
        "import_key": "",
    }  # fmt: skip
