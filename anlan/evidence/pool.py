"""The parsing processes of this server process: started when first needed, kept, ended when they hang.

At most `EVIDENCE_WORKERS` (2) at a time; who comes later waits his turn, and is told to try again when
that takes too long. A forked server starts its own.
"""

import json
import logging
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

import anlan
from anlan.kernel.words import Reason, Refused

log = logging.getLogger("anlan.evidence")

WALL_S = 20.0
WAIT_S = 25.0
JOBS = 500
START = "import sys; sys.path.insert(0, sys.argv[1]); from anlan.evidence.worker import main; main()"

HEAVY = Reason("处理“%(name)s”占用的时间或内存过多,已停止。请用手机或相机重新拍摄后上传")
FAULT = Reason("“%(name)s”无法识别,没有保存。请重新拍摄,或另存为JPG后上传")
BUSY = Reason("正在处理的照片太多,这次没有保存。请过几秒钟再上传")


class Gone(Exception):
    """The child ended before it answered."""


class Child:
    """One parsing process."""

    def __init__(self) -> None:
        root = str(Path(anlan.__file__).resolve().parent.parent)
        self.jobs = 0
        self.process = subprocess.Popen(  # noqa: S603  our own interpreter, our own module
            [sys.executable, "-I", "-c", START, root],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8", "PATH": os.environ.get("PATH", "")},
        )

    def ask(self, data: bytes, request: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """The answer. Raises Gone where the child died or was ended for taking too long."""
        self.jobs += 1
        timer = threading.Timer(WALL_S, self.process.kill)
        timer.daemon = True
        timer.start()
        source, sink = self.process.stdout, self.process.stdin
        try:
            sink.write(json.dumps(request | {"bytes": len(data)}).encode() + b"\n")  # type: ignore[union-attr]
            sink.write(data)  # type: ignore[union-attr]
            sink.flush()  # type: ignore[union-attr]
            line = source.readline()  # type: ignore[union-attr]
            if not line:
                raise Gone
            answer = json.loads(line)
            sizes = [copy[0] for copy in answer.get("copies", ())]
            copies = [source.read(size) for size in sizes]  # type: ignore[union-attr]
        except (OSError, ValueError) as error:
            raise Gone from error
        finally:
            timer.cancel()
        if [len(copy) for copy in copies] != sizes:
            raise Gone
        return answer, copies

    def end(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        self.process.kill()
        self.process.wait()


class Pool:
    """Hands each file to a child that is free."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """After a fork: the children belong to the parent."""
        self._idle: list[Child] = []
        self._lock = threading.Lock()
        self._free: threading.Semaphore | None = None

    def process(self, data: bytes, *, name: str, **request: Any) -> tuple[dict[str, Any], list[bytes]]:
        """What `worker.handle` said. Raises Refused, also where the child had to be ended."""
        with self._lock:
            if self._free is None:
                self._free = threading.Semaphore(getattr(settings, "EVIDENCE_WORKERS", 2))
            free = self._free
        if not free.acquire(timeout=WAIT_S):
            raise Refused(BUSY)
        try:
            answer, copies = self._ask(data, {"name": name, **request})
        except Gone:
            log.warning("a file of %d bytes ended its parsing process", len(data))
            raise Refused(Reason(HEAVY.msgid, {"name": name})) from None
        finally:
            free.release()
        if "refused" in answer:
            msgid, params = answer["refused"]
            raise Refused(Reason(msgid, params))
        if "heavy" in answer:
            raise Refused(Reason(HEAVY.msgid, {"name": name}))
        if "fault" in answer:
            log.error("a file could not be parsed:\n%s", answer["fault"])
            raise Refused(Reason(FAULT.msgid, {"name": name}))
        return answer, copies

    def _ask(self, data: bytes, request: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        with self._lock:
            child = self._idle.pop() if self._idle else None
        if child is not None and child.process.poll() is not None:
            child.end()
            child = None
        child = child or Child()
        try:
            answer, copies = child.ask(data, request)
        except BaseException:
            child.end()
            raise
        if child.jobs >= JOBS or "heavy" in answer:
            child.end()
        else:
            with self._lock:
                self._idle.append(child)
        return answer, copies


POOL = Pool()
os.register_at_fork(after_in_child=POOL.forget)
