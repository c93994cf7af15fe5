"""The processes that serve: the server and the worker for scheduled tasks."""

import signal
import socket
import subprocess
import sys
from typing import Any


def taken(host: str, port: int) -> bool:
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((host, port))
        except OSError:
            return True
    return False


def foreground(host: str, port: int, *, workers: int, work: bool) -> bool:
    """Serve until it ends or is told to stop; whether it ended as it was told."""
    started = children(host, port, workers=workers, work=work)

    def stop(*_: Any) -> None:
        for child in started:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        code = started[0].wait()
    finally:
        stop()
    for child in started:
        child.wait()
    return code in (0, -signal.SIGTERM, -signal.SIGINT)


def children(
    host: str, port: int, *, workers: int, work: bool, apart: bool = False
) -> list[subprocess.Popen]:
    """What serves, and beside it the worker for scheduled tasks; `apart`: each with its own as a group of processes."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "2", "--log-level", "warning",
        "anlan.site.wsgi:application",
    ]  # fmt: skip
    commands = [command, *([[sys.executable, "-m", "anlan", "work"]] if work else [])]
    return [subprocess.Popen(c, start_new_session=apart) for c in commands]  # noqa: S603
