"""`anlan verify` over as many hazards as the campaign of autumn 2019 had, each with its journal.

Nothing is left out of it: chains, records, children, seals, tallies, files.
"""

import resource

from anlan.kernel import canonical
from anlan.kernel.journal import JournalEntry
from anlan.site import verify
from bench.filling import fill
from bench.result import Options, Row, clocked
from bench.world import world

TARGET_S = 60


def measure(options: Options) -> list[Row]:
    filled = fill(world(), options.hazards)
    floor = clocked(_read_and_hash) / 1000
    reports: list[verify.Report] = []
    took = clocked(lambda: reports.append(verify.run())) / 1000
    report = reports[0]
    if report.findings:
        raise RuntimeError(f"{len(report.findings)} findings, the first: {report.findings[0].reason}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Row(
            name=f"verify of {filled.hazards:,} hazards",
            target=f"≤ {TARGET_S} s for 126,273",
            median=took * 1000,
            ratio=took / floor,
            said=f"{report.entries:,} entries, {report.records:,} children, {report.cells:,} cells; "
            f"floor {floor:.1f} s (every entry read and hashed); {memory:.0f} MB at most",
            passed=took <= TARGET_S * max(1.0, filled.hazards / 126_273),
        )
    ]


def _read_and_hash() -> None:
    entries = JournalEntry.objects.order_by("kind", "subject", "seq").values_list("digest", "body")
    for digest, body in entries.iterator(chunk_size=2000):
        canonical.digest(digest, body)
