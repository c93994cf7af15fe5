"""`anlan verify`: the journal against the records, the seals, the triggers, the tallies, the coverage, the files.

Says what does not agree, and plainly what it cannot prove: entries after the last root that was
printed or sent out could still be rewritten by whoever holds the machine.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Sum

from anlan.enforcement import verify as documents
from anlan.evidence import verify as evidence
from anlan.figures import invariants
from anlan.figures.bulletins import verify as bulletins
from anlan.inspections import coverage_verify as coverage
from anlan.kernel import sealing, search, tally, triggers
from anlan.kernel.clock import day_of
from anlan.kernel.journal import JournalEntry
from anlan.kernel.replay import Finding, Replay
from anlan.kernel.scope import SYSTEM, acting_as
from anlan.kernel.words import Reason
from anlan.site import closing

Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Report:
    """What was read and what was found."""

    entries: int = 0
    subjects: int = 0
    records: int = 0
    cells: int = 0
    seals: int = 0
    unsealed: int = 0
    last_root: str = ""
    last_sealed_at: datetime | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.findings


def run(progress: Progress | None = None) -> Report:
    """Check everything. Changes nothing."""
    report = Report()
    tell = progress or (lambda what, n: None)
    with acting_as(SYSTEM), _snapshot():
        replay = Replay(progress)
        report.findings += replay.findings()
        report.entries, report.subjects, report.records = replay.entries, replay.subjects, replay.records
        report.findings += _seals(report)
        report.findings += [
            Finding(Reason("数据库缺少防改触发器%(name)s,请重新运行迁移", {"name": name}))
            for name in triggers.missing()
        ]
        report.findings += _tallies(report, tell)
        tell("search", 0)
        report.findings += _search()
        for name, check in (
            ("coverage", coverage.check),
            ("evidence", evidence.check),
            ("documents", documents.check),
            ("bulletins", bulletins.check),
            ("campaigns", closing.check),
            ("figures", _invariants),
        ):
            tell(name, 0)
            report.findings += [f if isinstance(f, Finding) else Finding(f) for f in check()]
    report.findings += _torn()
    return report


@contextmanager
def _snapshot() -> Iterator[None]:
    """All of it as it stood at one moment; nobody who works meanwhile waits."""
    if connection.in_atomic_block:
        yield
        return
    lite: Any = connection
    mode = getattr(lite, "transaction_mode", None)
    try:
        if mode is not None:  # an act takes SQLite's write lock at once; who only reads needs none
            lite.transaction_mode = "DEFERRED"
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    cursor.execute("SET LOCAL statement_timeout = 0")
            yield
    finally:
        if mode is not None:
            lite.transaction_mode = mode


_BROKEN = {
    "COUNT": "第%(no)s号封存的日志条数不符:有日志被删除或插入",
    "ROOT": "第%(no)s号封存的根值不符:被封存的日志有改动",
    "CHAIN": "第%(no)s号封存与前一号不相连",
}


def _seals(report: Report) -> Iterator[Finding]:
    for stream in sealing.STREAMS:
        for sealed, what in sealing.broken(stream):
            yield Finding(Reason(_BROKEN[what], {"no": sealed.no}), stream, sealed.no)
    last = sealing.last_seal()
    report.unsealed = sealing.unsealed()
    if last:
        report.seals, report.last_root, report.last_sealed_at = last.no, last.chained, last.at


def _tallies(report: Report, tell: Progress) -> Iterator[Finding]:
    """Lines of every row, recomputed, against what stands in days, months and unfolded lines."""
    by_day: Counter = Counter()
    by_month: Counter = Counter()
    for fact in tally.FACTS.values():
        rows = fact.model._base_manager.values_list(*fact.needed, named=True)
        for n, row in enumerate(rows.iterator(chunk_size=2000)):
            if n % 10_000 == 0:
                tell("tally", n)
            for (measure, day, cell), count in fact.lines(row).items():
                county, town, sector, source, grade, system = cell
                by_day[measure, day, county, sector, source, grade, system] += count
                by_month[measure, day.replace(day=1), county, town, sector, source, grade, system] += count
    names = ("measure", "day", "county", "sector", "source", "grade", "system")
    wide = ("measure", "day", "county", "town", "sector", "source", "grade", "system")
    unfolded_days: Counter = Counter()
    unfolded_months: Counter = Counter()
    for *key, n in tally.TallyLine.objects.values_list(*wide, "n").iterator(chunk_size=5000):
        measure, day, county, town, *rest = key
        unfolded_days[measure, day, county, *rest] += n
        unfolded_months[measure, day.replace(day=1), county, town, *rest] += n
    for expected, model, columns, pending in (
        (by_day, tally.TallyDay, names, unfolded_days),
        (by_month, tally.TallyMonth, wide, unfolded_months),
        (tally.coarser(by_day), tally.TallySpan, (*names, "span", "rolled"), tally.coarser(unfolded_days)),
    ):
        stands = Counter(pending)
        for *key, n in model.objects.values_list(*columns).annotate(total=Sum("n")):
            stands[tuple(key)] += n
        report.cells += len(stands)
        for key in expected.keys() | stands.keys():
            if expected.get(key, 0) != stands.get(key, 0):
                yield Finding(
                    Reason(
                        "台账数与统计不符:%(cell)s 应为%(should)s,统计为%(is)s",
                        {
                            "cell": " ".join(str(k) for k in key if k not in ("", True, False)),
                            "should": expected.get(key, 0),
                            "is": stands.get(key, 0),
                        },
                    ),
                    "tally",
                )


def _invariants() -> Iterator[Reason]:
    """What must hold between figures, as of the last act."""
    last = JournalEntry.objects.order_by("-no").values_list("happened", flat=True).first()
    if last is not None:
        yield from invariants.check(on=day_of(last))


def _torn() -> Iterator[Finding]:
    for source in search.SOURCES.values():
        if search.torn(source):
            yield _of_index(source, 0)


def _of_index(source: search.Source, pk: int) -> Finding:
    said = {"kind": source.model._meta.model_name, "pk": pk}
    return Finding(Reason("搜索索引与记录不符:%(kind)s %(pk)s,请运行 anlan reindex", said), "search", pk)


def _search() -> Iterator[Finding]:
    """The first rows of each kind that would not be found by their own words."""
    for source in search.SOURCES.values():
        for pk in islice(search.differing(source), 10):
            yield _of_index(source, pk)


def summary(report: Report) -> str:
    """What was read and how it ended, in a sentence; what it cannot prove is said too."""
    read = f"日志{report.entries}条、主体{report.subjects}个、附属记录{report.records}条、统计单元{report.cells}个"
    said = f"{read},全部一致" if report.holds else f"{read},发现{len(report.findings)}处不一致"
    if report.unsealed:
        said += f";其中{report.unsealed}条日志尚未封存"
    return said
