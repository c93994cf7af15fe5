"""The processes that serve: the server and the worker for scheduled tasks."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: so long a process may take to end
PATIENCE_S = 15


def taken(host: str, port: int) -> bool:
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((host, port))
        except OSError:
            return True
    return False


@contextmanager
def until_told() -> Iterator[None]:
    """Within, being told to end (INT, TERM, HUP) leaves it; being told once more changes nothing."""

    def leave(*_: Any) -> None:
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in ENDING:
        signal.signal(number, leave)
    with suppress(KeyboardInterrupt):
        yield


def foreground(host: str, port: int, *, workers: int, work: bool) -> bool:
    """Serve until it ends or is told to stop; whether it ended as it was told."""
    started = children(host, port, workers=workers, work=work)
    with until_told():
        try:
            started[0].wait()
        finally:
            stop(started)
    return started[0].returncode in (0, -signal.SIGTERM, -signal.SIGINT)


def stop(started: Sequence[Any]) -> None:
    """Let processes end by themselves; whoever does not in good time is ended with all of his group."""
    for child in started:
        if child.poll() is None:
            child.terminate()
    for child in started:
        try:
            child.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def children(host: str, port: int, *, workers: int, work: bool) -> list[subprocess.Popen]:
    """What serves, and beside it the worker for scheduled tasks, each with its own as a group of processes."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "2", "--log-level", "warning",
        "anlan.site.wsgi:application",
    ]  # fmt: skip
    commands = [command, *([[sys.executable, "-m", "anlan", "work"]] if work else [])]
    return [subprocess.Popen(c, start_new_session=True) for c in commands]  # noqa: S603
