"""What can be wrong with official documents: a gap in the numbers, a file that is not what was signed.

The rows themselves are replayed from the journal like all others; here are what the journal cannot see:
the files on the disk, and the series, which must have given exactly the numbers that stand on documents.
"""

from collections import defaultdict
from collections.abc import Iterator

from anlan.enforcement import queries
from anlan.enforcement.models import Document
from anlan.evidence import store
from anlan.kernel.replay import Finding, Progress
from anlan.kernel.words import Reason


def check(progress: Progress | None = None) -> Iterator[Finding]:
    """Findings, one by one. The caller acts as the system."""
    tell = progress or (lambda what, n: None)
    given: dict[tuple[int, str, int], set[int]] = defaultdict(set)
    rows = Document.objects.exclude(no=None).order_by("pk").iterator(chunk_size=500)
    for n, d in enumerate(rows):
        if n % 100 == 0:
            tell("documents", n)
        assert d.no is not None
        assert d.year is not None
        given[d.agency_id, d.type, d.year].add(d.no)
        for form, sha in () if d.on_paper else (("PDF", d.pdf_sha256), ("Word", d.docx_sha256)):
            yield from _file(d, form, sha)
    yield from _gaps(given)


def _file(d: Document, form: str, sha: str) -> Iterator[Finding]:
    said = {"number": d.number, "form": form}
    try:
        path = store.path_of(sha)
    except ValueError:
        yield Finding(
            Reason("%(number)s的%(form)s文件校验值不是校验值:登记被直接改动", said), "document", d.pk
        )
        return
    if not path.is_file():
        yield Finding(Reason("%(number)s的%(form)s文件不见了,请从备份恢复", said), "document", d.pk)
    elif not store.holds(sha):
        yield Finding(Reason("%(number)s的%(form)s文件已被改动,请从备份恢复", said), "document", d.pk)


def _gaps(given: dict[tuple[int, str, int], set[int]]) -> Iterator[Finding]:
    """Every number up to the last one given stands on a document, a voided one included."""
    for series in queries.series():
        numbers = given.pop((series.agency_id, series.type, series.year), set())
        said = {"kind": series.get_type_display(), "year": series.year, "agency": series.agency.name}
        for missing in sorted(set(range(1, series.last + 1)) - numbers):
            yield Finding(
                Reason("%(agency)s%(year)s年%(kind)s缺%(no)s号:文号不连续", said | {"no": missing}),
                "document",
            )
        for beyond in sorted(n for n in numbers if n > series.last):
            yield Finding(
                Reason("%(agency)s%(year)s年%(kind)s的%(no)s号不是系统赋予的", said | {"no": beyond}),
                "document",
            )
    for (agency, type, year), numbers in sorted(given.items()):
        yield Finding(
            Reason(
                "单位%(agency)s%(year)s年%(type)s的%(n)s个文号没有编号序列:序列被删除",
                {"agency": agency, "year": year, "type": type, "n": len(numbers)},
            ),
            "document",
        )
