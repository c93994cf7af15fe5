"""Files by their hash: ab/cd/abcd…, written once, never overwritten.

A file is complete on the disk before its name appears, and its name is on the disk before the row that
describes it: a power loss leaves a file too many, never a row without a file.
"""

import errno
import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from anlan.kernel.words import Reason, Refused

HASH = re.compile(r"[0-9a-f]{64}")
FULL = Reason("服务器的存储空间已满,文件没有保存。请联系系统管理员")
NOT_KEPT = Reason("服务器无法保存文件,没有保存。请联系系统管理员检查存储")
CHANGED = Reason("服务器上的同一份文件已被改动,新文件没有保存。请联系系统管理员核验")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path_of(sha: str) -> Path:
    """Where a hash lies. Raises ValueError for what is no hash: no name from outside becomes a path."""
    if not HASH.fullmatch(sha):
        raise ValueError(sha)
    return Path(settings.EVIDENCE_DIR) / sha[:2] / sha[2:4] / sha


@contextmanager
def held(*, alone: bool = False) -> Iterator[None]:
    """While files are written and described, the sweep (which asks for it alone) removes none."""
    folder = Path(settings.EVIDENCE_DIR)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise Refused(NOT_KEPT) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(lock)


def keep(data: bytes, *, sha: str) -> None:
    """Store the bytes under their hash. Raises Refused where the disk will not have them."""
    path = path_of(sha)
    try:
        if path.exists():
            if not holds(sha):
                raise Refused(CHANGED)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise Refused(FULL if full else NOT_KEPT) from error


def _write(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o440)
        _name(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        _sync(folder)


def _name(temporary: str, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        return  # somebody brought the same bytes meanwhile
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK}:
            raise
        os.rename(temporary, path)  # a file system without links


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def holds(sha: str) -> bool:
    """Whether the file is there and its bytes still have this hash."""
    try:
        with path_of(sha).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha
    except OSError:
        return False


def remove(sha: str) -> None:
    path_of(sha).unlink(missing_ok=True)


def files() -> Iterator[tuple[str, Path]]:
    """Every stored file as (hash, path), for the backup. Folders in order, nothing held in memory."""
    root = Path(settings.EVIDENCE_DIR)
    for first in sorted(root.glob("[0-9a-f][0-9a-f]")):
        for second in sorted(first.glob("[0-9a-f][0-9a-f]")):
            for path in sorted(second.iterdir()):
                if HASH.fullmatch(path.name):
                    yield path.name, path
