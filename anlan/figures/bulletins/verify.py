"""What can be wrong with signed bulletins: words that are not what was hashed, a missing or changed file, a gap."""

from collections import defaultdict
from collections.abc import Iterator

from anlan.evidence import store
from anlan.figures.bulletins import queries
from anlan.figures.bulletins.models import Bulletin
from anlan.figures.bulletins.states import State
from anlan.kernel import canonical
from anlan.kernel.replay import Finding, Progress
from anlan.kernel.words import Reason


def check(progress: Progress | None = None) -> Iterator[Finding]:
    """Findings, one by one. The caller acts as the system."""
    tell = progress or (lambda what, n: None)
    given: dict[tuple[int, str, int], set[int]] = defaultdict(set)
    for n, b in enumerate(
        Bulletin.objects.filter(state=State.SIGNED).order_by("pk").iterator(chunk_size=100)
    ):
        tell("bulletins", n)
        assert b.no is not None
        assert b.year is not None
        given[b.organisation_id, b.kind, b.year].add(b.no)
        if canonical.digest(b.content) != b.digest:
            yield Finding(
                Reason("%(name)s的正文与签发时的散列值不符:已签发的内容被直接改动", {"name": b.called}),
                "bulletin",
                b.pk,
            )
        for what, sha in (("PDF", b.pdf_sha256), ("Word", b.docx_sha256), ("底账", b.kept_sha256)):
            if not _stands(sha):
                yield Finding(
                    Reason("%(name)s的%(what)s文件缺失或已被改动,请从备份恢复", {"name": b.called, "what": what}),
                    "bulletin", b.pk,
                )  # fmt: skip
    yield from _gaps(given)


def _stands(sha: str) -> bool:
    try:
        return store.holds(sha)
    except ValueError:
        return False


def _gaps(given: dict[tuple[int, str, int], set[int]]) -> Iterator[Finding]:
    """The numbers that stand are exactly those that the series gave."""
    for series in queries.series():
        numbers = given.pop((series.organisation_id, series.kind, series.year), set())
        said = {"name": series.organisation.name, "year": series.year, "kind": series.get_kind_display()}
        for no in sorted(set(range(1, series.last + 1)) ^ numbers):
            yield Finding(
                Reason("%(name)s%(year)s年%(kind)s的编号%(no)s与序列不符", said | {"no": no}), "bulletin"
            )
    for (organisation, kind, year), numbers in sorted(given.items()):
        yield Finding(
            Reason(
                "单位%(name)s%(year)s年%(kind)s的%(n)s个编号没有序列:序列被删除",
                {"name": organisation, "year": year, "kind": kind, "n": len(numbers)},
            ),
            "bulletin",
        )
