"""The keys of the records behind a signed bulletin's figures, as a file named by its hash.

A key is written as its distance from the one before, so that a hundred thousand take little room.
"""

import gzip
import json
from itertools import accumulate, pairwise

from anlan.evidence import store
from anlan.figures.bulletins.drawing import Kept
from anlan.kernel import canonical
from anlan.kernel.words import Reason, Refused


def pack(kept: Kept) -> bytes:
    """The same keys give the same bytes."""
    plain = {
        code: [label, [b - a for a, b in pairwise([0, *keys])]]
        for code, (label, keys) in sorted(kept.items())
    }
    return gzip.compress(canonical.text(plain).encode(), mtime=0)


def unpack(packed: bytes) -> Kept:
    return {
        code: (label, list(accumulate(steps)))
        for code, (label, steps) in json.loads(gzip.decompress(packed)).items()
    }


def put(data: bytes) -> str:
    """Keep bytes; their hash."""
    sha = store.sha256(data)
    store.keep(data, sha=sha)
    return sha


def paper(sha: str) -> bytes:
    """The PDF or Word file that was kept. Refused where it is missing or was changed."""
    if not store.holds(sha):
        raise Refused(Reason("文件缺失或已被改动,没有下载。请联系系统管理员核验并从备份恢复"))
    return store.path_of(sha).read_bytes()


def of(sha: str) -> Kept | None:
    """The keys of a signed bulletin; None where the file is missing or was changed."""
    return unpack(store.path_of(sha).read_bytes()) if store.holds(sha) else None
