"""Check docs/claims.md: every test it names exists and ran, every file it names is there.

`check_claims.py [folder]`: the folder holds the names of the tests that passed, as the suites left
them; without it only the existence of tests and files is checked. Prints how many claims stand.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLAIMS = ROOT / "docs" / "claims.md"
TEST = re.compile(r"`((?:[\w.-]+/)*test_\w+\.py)(?:::(\w+))?`")
FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|html|ts|css|csv|typ|yml)|Makefile|\.ci/run|LICENSE)`")


def rows() -> list[tuple[int, str, str]]:
    """(line, sentence, proof) of every claim."""
    found = []
    for n, line in enumerate(CLAIMS.read_text(encoding="utf-8").splitlines(), 1):
        cells = [c.strip() for c in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if line.startswith("|") and len(cells) == 2 and not set(cells[0]) <= {"-", " ", ":"}:
            found.append((n, cells[0], cells[1]))
    return [row for row in found if row[1] != "Sentence"]


def main() -> int:
    ran: set[str] | None = None
    if len(sys.argv) > 1:
        ran = set()
        for report in Path(sys.argv[1]).glob("*.txt"):
            ran |= set(report.read_text(encoding="utf-8").split("\n"))
    claims, wrong, shown = rows(), [], 0
    for n, _sentence, proof in claims:
        if not proof:
            wrong.append(f'{n}: no proof and no "not yet"')
            continue
        shown += not proof.lower().startswith("not yet")
        for path, name in TEST.findall(proof):
            file = ROOT / path
            if not file.is_file():
                wrong.append(f"{n}: there is no {path}")
            elif name and f"def {name}(" not in file.read_text(encoding="utf-8"):
                wrong.append(f"{n}: {path} has no {name}")
            elif ran is not None and not any(_is(node, path, name) for node in ran):
                wrong.append(f"{n}: {path}::{name or '*'} did not run, or did not pass")
        for path in FILE.findall(proof):
            if not (ROOT / path).exists():
                wrong.append(f"{n}: there is no {path}")
    for words in wrong:
        print(f"docs/claims.md:{words}")
    print(f"claims: {len(claims)} sentences, {shown} shown, {len(claims) - shown} not yet")
    return 1 if wrong or not claims else 0


def _is(node: str, path: str, name: str) -> bool:
    file, _, rest = node.partition("::")
    return file == path and (not name or rest.split("[")[0].split("::")[-1] == name)


if __name__ == "__main__":
    sys.exit(main())
