"""The child process in which files from outside are parsed: little memory, little time, no files.

It knows neither Django nor the database. A request is one line of JSON and the bytes; the answer is
one line of JSON and the two copies. It lives on for many files, because starting takes longer than a
photo; limits on processor time are set anew for each.
"""

import json
import resource
import sys
import traceback
from contextlib import suppress
from dataclasses import asdict
from typing import Any, BinaryIO

from anlan.evidence import images
from anlan.kernel.words import Refused

MEMORY = 1024 * 1024 * 1024
CPU_S = 15


def main() -> None:
    """Serve requests until the pipe closes."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    _confine()
    while line := source.readline():
        request = json.loads(line)
        data = source.read(request.pop("bytes"))
        _allow_time()
        answer, copies = handle(data, request)
        _write(sink, answer, copies)
        if "heavy" in answer:
            return  # a heap that was full once is not used again


def handle(data: bytes, request: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """One file: what it is and its copies, or `refused`, `heavy`, `fault`."""
    try:
        done = images.process(data, **request)
    except Refused as refusal:
        return {"refused": [refusal.reason.msgid, dict(refusal.reason.params)]}, []
    except MemoryError:
        return {"heavy": True}, []
    except Exception:
        return {"fault": traceback.format_exc(limit=8)}, []
    said = asdict(done.said)
    said["taken_at"] = done.said.taken_at and done.said.taken_at.isoformat()
    said["lng"], said["lat"] = (None if v is None else str(v) for v in (done.said.lng, done.said.lat))
    copies = [copy for copy in (done.view, done.thumb) if copy is not None]
    answer = {
        "media_type": done.media_type, "width": done.width, "height": done.height, "phash": done.phash, "said": said,
        "copies": [[len(c.data), c.width, c.height] for c in copies], "viewable": done.view is not None,
    }  # fmt: skip
    return answer, [c.data for c in copies]


def _write(sink: BinaryIO, answer: dict[str, Any], copies: list[bytes]) -> None:
    sink.write(json.dumps(answer).encode() + b"\n")
    for copy in copies:
        sink.write(copy)
    sink.flush()


def _confine() -> None:
    images.face(40)  # fonts and decoders are read while files may still be opened
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


def _allow_time() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_S, hard))
